//! Whom a pronoun can mean: those mentioned last, subjects before others.

use std::{collections::VecDeque, ops::Range};

use super::{apposition, traits::Gender};
use crate::{
    lang::{Class, Tagged},
    text::Span,
};

/// Verbs, as far as the lists know them.
pub(super) const VERBS: [Class; 4] = [Class::SayVerb, Class::ReportVerb, Class::ThinkVerb, Class::Auxiliary];

/// How many mentions stay in mind.
const MEMORY: usize = 16;
/// How many sentences back a pronoun reaches.
const REACH: usize = 8;
/// What a sentence of distance costs, and what a subject and who is known to be a person gain, in the same unit.
const DISTANCE: i32 = 2;
const SUBJECT: i32 = 3;
const PERSON: i32 = 1;

/// The mentions that a pronoun may take up.
#[derive(Debug)]
pub(super) struct Salience<'a, 't, 's> {
    text: &'a Tagged<'t, 's>,
    sentences: &'a [Span],
    /// The sentence that was reached.
    reached: usize,
    /// How many sentences before it have a stop: scraped text is cut where none stands, and that makes nobody more remote.
    stopped: usize,
    seen: VecDeque<Seen>,
}

/// Whom a mention means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// A group.
    Group(usize),
    /// Somebody who has no name, as far as is known: "a neighbour".
    Described(Option<Gender>),
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    who: Who,
    /// The token behind its last.
    end: usize,
    sentence: usize,
    subject: bool,
    /// Whether it stands where places do: "near Vorrand".
    located: bool,
    /// The pair of quotation marks that it stands in.
    marked_by: Option<usize>,
}

impl<'a, 't, 's> Salience<'a, 't, 's> {
    pub(super) fn new(text: &'a Tagged<'t, 's>, sentences: &'a [Span]) -> Self {
        Self { text, sentences, reached: 0, stopped: 0, seen: VecDeque::with_capacity(MEMORY) }
    }

    /// Remembers a mention that begins at an offset and has these tokens, its title among them; a gazetteer's may have none.
    /// Mentions come in the order of the text.
    pub(super) fn see(&mut self, who: Who, start: usize, tokens: Range<usize>) {
        if self.seen.len() == MEMORY {
            self.seen.pop_front();
        }
        let sentence = self.sentence_of(start);
        let begins = self.sentences.get(self.reached).is_some_and(|sentence| sentence.start() == start);
        self.seen.push_back(Seen {
            who,
            sentence,
            end: tokens.end,
            subject: is_subject(self.text, tokens.start, tokens.end, begins)
                && !self.is_reported(who, tokens.start),
            located: apposition::is_place(self.text, tokens.start),
            marked_by: self.text.marked_by(tokens.start),
        });
    }

    /// Whether a mention that begins at a token is the subject of what somebody else says in the same sentence: "Quist said that
    /// Fenn knew".
    fn is_reported(&self, who: Who, first: usize) -> bool {
        let text = self.text;
        let start =
            self.sentences.get(self.reached).map_or(0, |sentence| text.text.token_at(sentence.start()));
        let subject = self.seen.iter().rev().take_while(|seen| seen.end > start).find(|seen| seen.subject);
        let apart = first > 0 && text.is(first - 1, ",");
        subject.is_some_and(|subject| {
            let says = |token: usize| text.any(token, &[Class::SayVerb, Class::ThinkVerb]);
            !apart && subject.who != who && (subject.end..first).any(says)
        })
    }

    /// The most salient group that is fit for the pronoun, unless somebody without a name is more so. What somebody else says in
    /// quotation marks is not heard
    /// outside them, what stands where places do must be known for a person, and an object is not the subject of its own
    /// verb: "Quist accused him".
    pub(super) fn most_salient(
        &mut self,
        (pronoun, gender): (usize, Gender),
        fit: impl Fn(usize) -> bool,
        is_person: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let sentence = self.sentence_of(self.text.span(pronoun).start());
        let marked_by = self.text.marked_by(pronoun);
        let subject = if is_object(self.text, pronoun) { self.last_subject(sentence) } else { None };
        let salience = |seen: &Seen| {
            let distance = i32::try_from(sentence - seen.sentence).unwrap_or(i32::MAX / DISTANCE);
            let known = matches!(seen.who, Who::Group(group) if is_person(group));
            i32::from(seen.subject) * SUBJECT + i32::from(known) * PERSON - distance * DISTANCE
        };
        let may_be = |seen: &Seen| match seen.who {
            Who::Group(group) => fit(group) && (!seen.located || is_person(group)),
            Who::Described(known) => seen.subject && known.is_none_or(|known| known == gender),
        };
        let near = self
            .seen
            .iter()
            .filter(|seen| sentence - seen.sentence <= REACH)
            .filter(|seen| seen.marked_by.is_none() || seen.marked_by == marked_by)
            .filter(|seen| Some(seen.who) != subject && may_be(seen));
        match near.max_by_key(|seen| salience(seen))?.who {
            Who::Group(group) => Some(group),
            Who::Described(_) => None,
        }
    }

    /// Whoever was mentioned last in a sentence, if it is their sentence: the subject of the verb that follows.
    fn last_subject(&self, sentence: usize) -> Option<Who> {
        let Seen { who, .. } = *self.seen.back()?;
        let mut own = self.seen.iter().rev().take_while(|seen| seen.sentence == sentence);
        own.find(|seen| seen.who == who && seen.subject).map(|seen| seen.who)
    }

    /// The number of the sentence that an offset lies in, where only those that end with a stop are counted.
    fn sentence_of(&mut self, offset: usize) -> usize {
        let source = self.text.text.source();
        while self.sentences.get(self.reached + 1).is_some_and(|next| next.start() <= offset) {
            let sentence = self.sentences[self.reached].of(source);
            let word = |c: char| c.is_alphanumeric() || matches!(c, ']' | ')');
            self.stopped += usize::from(!sentence.ends_with(word));
            self.reached += 1;
        }
        self.stopped
    }
}

/// Whether a pronoun is an object and never a subject, a possessor or the subject once more: "him".
pub(super) fn is_object(text: &Tagged, pronoun: usize) -> bool {
    text.is_one_of(pronoun, text.language.grammar.object_pronouns)
}

/// Whether a verb follows the mention, perhaps behind an apposition, or it `begins` its sentence.
fn is_subject(text: &Tagged, first: usize, end: usize, begins: bool) -> bool {
    let governed = first > 0 && text.has(first - 1, Class::Preposition);
    let opens_clause = begins || first == 0 || text.is_stop(first - 1);
    let is_verb = |token: usize| {
        let verb = if text.has(token, Class::Adverb) { token + 1 } else { token };
        text.any(verb, &VERBS)
    };
    let behind = || closing_comma(text, end).is_some_and(|comma| is_verb(comma + 1));
    !governed && !text.is_clitic(end) && (is_verb(end) || opens_clause || behind())
}

/// The comma that closes what one at `comma` sets apart: "Quist, 38, said".
fn closing_comma(text: &Tagged, comma: usize) -> Option<usize> {
    /// Appositions are no longer, in tokens.
    const REACH: usize = 12;
    let mut inside = comma + 1..text.len().min(comma + REACH);
    let closing = inside.find(|&token| text.is(token, ",") || text.is_stop(token))?;
    (text.is(comma, ",") && text.is(closing, ",")).then_some(closing)
}
