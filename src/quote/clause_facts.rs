//! What is asked about the clause of a word that may be a cue, and what is measured of the tokens around it.

use std::ops::Range;

use super::{
    cue::{self, Cue},
    features::{size, word},
    indirect::Clause,
    scene::{Face, Scene},
    source::SourcePart,
};
use crate::{
    lang::{Class, ending},
    model::{combine, hash_word},
};

/// A word that may be a cue, in its segment, with what the rules say of it.
#[derive(Debug, Clone)]
pub(super) struct Asked<'c, 'a, 't, 's> {
    pub(super) scene: &'c Scene<'a, 't, 's>,
    pub(super) token: usize,
    pub(super) segment: Range<usize>,
    /// What features see of the segment's tokens.
    pub(super) faces: &'c [Face],
    /// The rules' cue at this word, and its clause.
    pub(super) cue: Option<&'c Cue>,
    pub(super) clause: Option<&'c Clause>,
    /// The mention that was said to speak last.
    pub(super) standing: Option<usize>,
    /// How many segments back the last clause was reported.
    pub(super) since: Option<usize>,
    /// How the word ends.
    pub(super) ending: u64,
    /// How the word stands to a clause that the rules find for another cue.
    pub(super) within: u64,
    /// What only a close look asks for.
    pub(super) closer: Closer,
}

/// What a close look sees of a word, whatever is asked about it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Closer {
    /// The word, and the kinds of the tokens before it and behind it.
    pub(super) cue: u64,
    pub(super) before: u64,
    pub(super) after: u64,
    /// How the word begins.
    pub(super) stem: u64,
    /// Whether commas stand around it and its source.
    pub(super) aside: u64,
    /// Whether it is a verb of saying in the passive.
    pub(super) is_passive: bool,
}

/// How a word ends, by the endings that tell what form a verb has.
pub(super) fn ending_at(scene: &Scene, token: usize) -> u64 {
    ending(scene.text.bytes(token), scene.text.language.grammar.verb_endings)
}

/// How far behind a verb its prefix may stand.
const PREFIX: usize = 30;

/// What templates are filled with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fact {
    /// The word that is the cue or may be one, its classes, how it ends.
    Cue,
    Classes,
    Ending,
    /// The tokens around by what kind of words they are.
    Left,
    Left2,
    Left3,
    Right,
    Right2,
    Right3,
    /// The tokens around.
    LeftWord,
    RightWord,
    /// What the rules say.
    Rule,
    /// Whether the cue has a capital.
    Capital,
    /// How far behind it "that" and a verb stand.
    That,
    Verb,
    /// How much of the segment stands before it and behind it.
    FromStart,
    ToEnd,
    /// How many units its segment has, and how many stand right behind it.
    Units,
    NextUnit,
    /// On which side of the cue the clause stands.
    Behind,
    /// How far from the cue it stands.
    Distance,
    /// The token itself, by its kind and as it is.
    Here,
    Word,
    /// The tokens of a short way.
    Whole,
    /// Whether the segment starts here.
    Opens,
    /// Whether a mention starts here.
    Mention,
    /// The tokens beside the cue.
    AfterCue,
    BeforeCue,
    /// Where the rules' source stands.
    SourceSide,
    /// How long the clause would be, and how much would be left.
    Length,
    Rest,
    ToCue,
    /// What the clause would hold.
    Commas,
    Verbs,
    /// Whether a verb of saying follows.
    Says,
    /// Its first word.
    First,
    /// Where the mention stands.
    Place,
    /// What it is.
    Who,
    /// The way beside the mention, and beside the cue.
    Near,
    Far,
    /// Whether a preposition governs it.
    Governed,
    /// Whether a relative pronoun follows.
    Relative,
    /// Its last word.
    Head,
    /// How the cue begins.
    Stem,
    /// Whether it stands in what the rules say that another cue reports.
    Within,
    /// Who or what stands before it.
    Subject,
    /// Whether it stands with its source between commas.
    Aside,
}

pub(super) const FACTS: usize = Fact::Aside as usize + 1;

impl Asked<'_, '_, '_, '_> {
    /// The token's word, unless it stands in marks or outside the segment. What stands before the first token may wrap.
    pub(super) fn word(&self, token: usize) -> u64 {
        self.face(token).map_or(0, |face| face.plain_word)
    }

    /// What kind of word the token is; of a mention no more than that it is one.
    pub(super) fn kind(&self, token: usize) -> u64 {
        self.face(token).map_or(0, |face| face.plain_kind)
    }

    fn face(&self, token: usize) -> Option<&Face> {
        self.faces.get(token.wrapping_sub(self.segment.start))
    }

    pub(super) fn rule(&self) -> u64 {
        u64::from(self.cue.is_some())
            + 2 * u64::from(self.clause.is_some())
            + 4 * u64::from(self.cue.is_some_and(|cue| cue.source.is_some()))
    }

    /// Whether the clause may stand around the word: a verb whose mood reports, or "…, nach Angaben der Polizei, …".
    pub(super) fn is_inside(&self) -> bool {
        const INSIDE: [Class; 4] = [Class::Subjunctive, Class::Per, Class::Postposition, Class::Thus];
        let text = self.scene.text;
        let according = text.has(self.token, Class::According)
            && !text.has(self.token + 1, Class::To)
            && self.cue.is_some();
        according || text.any(self.token, &INSIDE)
    }

    /// Whether the word is a verb whose mood alone reports.
    pub(super) fn is_mood(&self) -> bool {
        self.scene.text.has(self.token, Class::Subjunctive)
    }

    /// What the verb has left at the end of its clause.
    pub(super) fn prefix(&self) -> Option<u64> {
        let text = self.scene.text;
        if !text.language.lexicon.lists(Class::VerbPrefix) {
            return None;
        }
        let behind = (self.token + 1..self.segment.end).take(PREFIX);
        let mut closes = behind.filter(|&at| text.has(at, Class::VerbPrefix) && self.scene.is_outside(at));
        closes.find(|&at| !text.is_word(at + 1)).map(|at| word(self.scene, Some(at)))
    }

    /// The tokens from the word to another, however they stand.
    pub(super) fn way(&self, token: usize) -> Range<usize> {
        if token > self.token { self.token + 1..token } else { token..self.token }
    }

    /// The same, looked at closely.
    pub(super) fn closer(&self) -> Self {
        let closer = Closer {
            cue: self.word(self.token),
            before: self.kind(self.token.wrapping_sub(1)),
            after: self.kind(self.token + 1),
            stem: self.stem(),
            aside: self.aside(),
            is_passive: self.is_passive(),
        };
        Self { closer, ..self.clone() }
    }

    /// How the cue begins, which many forms of a verb have in common.
    fn stem(&self) -> u64 {
        /// Most endings begin behind so many letters.
        const LETTERS: usize = 5;
        let word = self.scene.text.word(self.token);
        let end = word.char_indices().nth(LETTERS).map_or(word.len(), |(end, _)| end);
        hash_word(&word[..end])
    }

    /// What mention stands before the cue, and how far.
    pub(super) fn subject(&self) -> u64 {
        /// How many tokens before.
        const REACH: usize = 4;
        let scene = self.scene;
        let first = self.segment.start.max(self.token.saturating_sub(REACH));
        let mention = (first..self.token).rev().find_map(|token| Some((token, scene.mention_of(token)?)));
        mention.map_or(0, |(token, mention)| {
            let entry = &scene.entities.mentions[mention];
            let speaks = u64::from(scene.can_speak(mention));
            let governed = u64::from(scene.is_governed(scene.mention_tokens(mention).start));
            let who = combine(entry.kind as u64, scene.type_of(entry.entity));
            combine(combine(who, speaks + 2 * governed), size(self.token - token))
        })
    }

    /// Whether commas stand around the cue and its source: on the left and on the right.
    fn aside(&self) -> u64 {
        let text = self.scene.text;
        let Range { start, end } = self.with_source();
        let before = start.checked_sub(1).is_some_and(|before| text.is(before, ","));
        let has_source = u64::from(end - start > 1);
        u64::from(before) + 2 * u64::from(text.is(end, ",")) + 4 * has_source
    }

    /// The cue, and its source where the rules find it beside the cue.
    pub(super) fn with_source(&self) -> Range<usize> {
        let source = self.cue.and_then(|cue| cue.source.as_ref()).filter(|source| source.adjacent);
        let source = source.map_or(self.token..self.token + 1, |source| source.tokens.clone());
        self.token.min(source.start)..source.end.max(self.token + 1)
    }

    /// Whether the cue and its source end what they are about: a comma stands before them, and behind them none, or one and what
    /// tells of the source.
    pub(super) fn is_tail(&self) -> bool {
        match self.closer.aside & 3 {
            1 => !self.is_inside(),
            3 => self.tells_of_source(),
            _ => false,
        }
    }

    /// Whether the segment ends with a relative clause behind the source: "…, said an engineer, who would not be named." Where
    /// the pronoun may be an article, the verb at the end shows it, and no mood reports.
    fn tells_of_source(&self) -> bool {
        let text = self.scene.text;
        let clause = self.with_source().end + 1..self.segment.end;
        let stands_alone = !clause.clone().any(|token| text.is(token, ","));
        let last = clause.clone().rev().find(|&token| text.is_word(token));
        let ends_with_verb = || last.is_some_and(|last| text.has(last, Class::Auxiliary));
        let reports = || clause.clone().any(|token| text.has(token, Class::Subjunctive));
        let may_be = text.language.grammar.verb_second && text.has(clause.start, Class::Determiner);
        stands_alone && (text.has(clause.start, Class::Relative) || may_be && ends_with_verb() && !reports())
    }

    /// Whether the rules' clause has its edge at a place.
    pub(super) fn rule_of_place(&self, place: usize, edge: impl Fn(&Range<usize>) -> usize) -> u64 {
        self.clause.map_or(2, |clause| u64::from(edge(&clause.tokens) == place))
    }

    /// Whether a mention is the rules' source or part of it; who was told or accused is none.
    pub(super) fn rule_of_source(&self, tokens: &Range<usize>) -> u64 {
        let no_cue = || if self.closer.is_passive { 4 } else { 3 };
        self.cue.map_or_else(no_cue, |cue| {
            cue.source.as_ref().map_or(2, |source| match source.part(self.scene, tokens.start) {
                SourcePart::None => 0,
                SourcePart::Head => 1,
                SourcePart::Joined => 5,
            })
        })
    }

    /// Whether the word tells what was said to its subject or of it; who is convinced is one who thinks, unless it is nobody: "it
    /// is understood that".
    fn is_passive(&self) -> bool {
        let text = self.scene.text;
        let Some(being) = cue::passive(self.scene, self.token, self.segment.start) else { return false };
        let thinks = text.has(self.token, Class::ThinkVerb);
        let is_nobody = || being > 0 && text.is_one_of(being - 1, &[text.language.grammar.expletive]);
        text.any(self.token, &[Class::SayVerb, Class::ReportVerb]) && !thinks || thinks && is_nobody()
    }

    /// On which side of the cue a clause is, and whether it ends its segment.
    pub(super) fn side_of_end(&self, start: usize, end: usize) -> u64 {
        let last = end >= self.segment.end || (end + 1 == self.segment.end && self.scene.text.is_stop(end));
        u64::from(start > self.token) + 2 * u64::from(last)
    }

    /// Where a mention stands: before the cue, in its segment, in the clause, and how far.
    pub(super) fn place(&self, tokens: &Range<usize>, rank: usize, clause: &Range<usize>) -> u64 {
        let before = u64::from(tokens.start <= self.token);
        let own = u64::from(self.segment.contains(&tokens.start));
        let within = u64::from(clause.contains(&tokens.start));
        before + 2 * own + 4 * within + 8 * size(rank).min(6)
    }

    /// The tokens between the cue and a mention.
    pub(super) fn way_to_source(&self, tokens: &Range<usize>) -> Range<usize> {
        if tokens.start <= self.token {
            tokens.end..self.token.max(tokens.end)
        } else {
            self.token + 1..tokens.start
        }
    }
}
