//! What the rules of this stage look at: the words outside quotation marks, cut into segments.
//!
//! A segment is a sentence, but one that no boundary inside marks cuts:
//!
//! ```text
//! “It leaks. It has for years,” said Mara Quist.   Nobody came.
//! └──────────────── segment ───────────────────┘ └─ segment ─┘
//!  └────────── unit ──────────┘
//! ```
//!
//! A unit is an outermost pair of marks. What stands inside one is never searched for cues or speakers.

use std::ops::Range;

use super::{
    aside, features,
    turns::{self, Turn},
};
use crate::{
    entity::{Entities, MentionKind},
    lang::{Class, Classes, Tagged},
    model::{combine, hash},
    text::{Span, TokenKind, counts_before},
};

/// One text with its sentences and mentions, ready for the rules.
#[derive(Debug)]
pub(super) struct Scene<'a, 't, 's> {
    pub(super) text: &'a Tagged<'t, 's>,
    pub(super) entities: &'a Entities,
    pub(super) segments: Vec<Segment>,
    pub(super) units: Vec<Unit>,
    /// Who speaks in turn, if the text is an interview.
    pub(super) turns: Vec<Turn>,
    /// For each token, the unit that it stands in, its marks included.
    unit_of: Indexes,
    /// For each token, the outermost mention that it belongs to.
    mention_of: Indexes,
    /// For each mention, its tokens.
    mention_tokens: Vec<Range<usize>>,
    /// Whether the text tells a conversation, as fiction does.
    pub(super) is_dialogue: bool,
    /// For each token, the segment that it stands in.
    segment_of: Vec<u32>,
    /// For each entity of the roster, a number for its type.
    types: Vec<u64>,
    /// For each token, what features ask for again and again.
    faces: Vec<Face>,
    /// For each token and the end, what stands before it.
    tallies: Vec<Tally>,
    /// The same of the units and of the mentions that begin.
    units_before: Vec<u32>,
    mentions_before: Vec<u32>,
    /// For each mention, whether it says nothing, wherever it stands.
    aside: Vec<bool>,
}

/// For each token an index, or none.
#[derive(Debug)]
struct Indexes {
    /// One more than the index; nothing for none.
    after: Vec<u32>,
}

impl Indexes {
    fn new(tokens: usize) -> Self {
        Self { after: vec![0; tokens] }
    }

    #[inline]
    fn get(&self, token: usize) -> Option<usize> {
        self.after.get(token).and_then(|&after| after.checked_sub(1)).map(|index| index as usize)
    }

    /// Gives an index to some tokens.
    fn put(&mut self, tokens: Range<usize>, index: usize) {
        self.after[tokens].fill(u32::try_from(index + 1).unwrap_or_default());
    }
}

/// How many tokens of a way are counted at the most.
pub(super) const COUNTED: usize = 60;

/// What features see of a token, in numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    /// What kind of word it is, where it is a step of a way.
    step: u64,
    /// What kind of word it is, unless it stands in marks or is part of a mention.
    pub(super) plain_kind: u64,
    /// Its word, unless it stands in marks.
    pub(super) plain_word: u64,
}

impl Face {
    const MARKED_STEP: u64 = 3;
    const MARKED: u64 = 1;

    fn new(text: &Tagged, token: usize, is_marked: bool, is_mentioned: bool) -> Self {
        if is_marked {
            return Self { step: Self::MARKED_STEP, plain_kind: Self::MARKED, plain_word: Self::MARKED };
        }
        let word = text.hash(token);
        if is_mentioned {
            let plain_kind = combine(2, u64::from(text.has(token, Class::Pronoun)));
            return Self { step: 5, plain_kind, plain_word: word };
        }
        let kind = features::kind_of(text, token);
        let step = if text.tokens()[token].kind == TokenKind::Number { 4 } else { kind };
        Self { step, plain_kind: kind, plain_word: word }
    }
}

/// How many tokens of some kinds there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) commas: u32,
    pub(super) auxiliaries: u32,
    /// Auxiliaries and verbs of saying.
    pub(super) verbs: u32,
}

/// A sentence that no boundary inside quotation marks cuts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) tokens: Range<usize>,
    pub(super) units: Range<usize>,
    /// The paragraph.
    pub(super) block: usize,
}

/// An outermost pair of quotation marks, or a paragraph of what somebody says in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// An index into the text's marks; nothing, where somebody speaks in turn without any.
    pub(super) pair: Option<usize>,
    /// An index into the turns.
    pub(super) turn: Option<usize>,
    /// Its tokens, the marks included.
    pub(super) tokens: Range<usize>,
    /// What stands inside the marks.
    pub(super) inner: Span,
    pub(super) segment: usize,
}

impl<'a, 't, 's> Scene<'a, 't, 's> {
    pub(super) fn new(text: &'a Tagged<'t, 's>, sentences: &[Span], entities: &'a Entities) -> Self {
        let turns = turns::find(text, entities);
        let (mut units, unit_of) = units(text, &turns);
        let segments = segments(text, sentences, &mut units, &unit_of);
        let mention_tokens: Vec<Range<usize>> =
            entities.mentions.iter().map(|mention| text.text.tokens_in(mention.span)).collect();
        let mut mention_of = Indexes::new(text.len());
        // The outermost comes first.
        for (mention, tokens) in mention_tokens.iter().enumerate().rev() {
            mention_of.put(tokens.clone(), mention);
        }
        let faces = unit_of.after.iter().zip(&mention_of.after).enumerate();
        let faces =
            faces.map(|(token, (&unit, &mention))| Face::new(text, token, unit != 0, mention != 0)).collect();
        let units_before = counts_before(units.iter().map(|unit| unit.tokens.start), text.len());
        let mentions_before = counts_before(mention_tokens.iter().map(|tokens| tokens.start), text.len());
        let mut segment_of = Vec::with_capacity(text.len());
        for (index, segment) in (0..).zip(&segments) {
            segment_of.resize(segment.tokens.end, index);
        }
        let is_dialogue = is_dialogue(text, &units, &unit_of);
        let mut scene = Self {
            text,
            entities,
            segments,
            units,
            turns,
            unit_of,
            mention_of,
            mention_tokens,
            is_dialogue,
            segment_of,
            types: entities.roster.iter().map(|entity| hash(&entity.kind)).collect(),
            faces,
            tallies: tallies(text),
            units_before,
            mentions_before,
            aside: Vec::new(),
        };
        scene.aside = aside::all(&scene);
        scene
    }

    /// Whether a token is the pronoun of whoever tells the story.
    pub(super) fn is_first_person(&self, token: usize) -> bool {
        self.text.is(token, self.text.language.grammar.first_person)
    }

    /// Where the numbers of features begin: what holds of conversations is learnt apart from what holds of the news.
    pub(super) fn register(&self) -> u64 {
        /// More than any stage has features.
        const APART: u64 = 10_000;
        APART * u64::from(self.is_dialogue)
    }

    /// How many mentions begin before a token.
    pub(super) fn mentions_before(&self, token: usize) -> usize {
        self.mentions_before[token.min(self.text.len())] as usize
    }

    /// A number for the token's word, however it is written; behind the last token that of no word.
    pub(super) fn hash(&self, token: usize) -> u64 {
        self.text.hash(token)
    }

    /// A number for what kind of word the token is.
    pub(super) fn kind(&self, token: usize) -> u64 {
        let is_plain = self.is_outside(token) && self.mention_of(token).is_none();
        match self.faces.get(token) {
            None => 0,
            Some(face) if is_plain => face.plain_kind,
            Some(_) => features::kind_of(self.text, token),
        }
    }

    /// The same, unless the token stands in marks or is part of a mention.
    pub(super) fn plain_kind(&self, token: usize) -> u64 {
        self.faces.get(token).map_or(0, |face| face.plain_kind)
    }

    /// What features see of some tokens.
    pub(super) fn faces(&self, tokens: &Range<usize>) -> &[Face] {
        &self.faces[tokens.clone()]
    }

    /// A number for a step of a way over the token.
    pub(super) fn step(&self, token: usize) -> u64 {
        self.faces.get(token).map_or(Face::MARKED_STEP, |face| face.step)
    }

    /// A number for the type of a mention's entity.
    pub(super) fn type_of(&self, entity: Option<usize>) -> u64 {
        entity.map_or(0, |entity| self.types[entity])
    }

    /// What stands among the first of some tokens.
    pub(super) fn tally(&self, tokens: &Range<usize>) -> Tally {
        let end = tokens.end.min(tokens.start + COUNTED).min(self.text.len());
        let (before, to) = (self.tallies[tokens.start.min(end)], self.tallies[end]);
        Tally {
            commas: to.commas - before.commas,
            auxiliaries: to.auxiliaries - before.auxiliaries,
            verbs: to.verbs - before.verbs,
        }
    }

    /// The unit that the token stands in.
    pub(super) fn unit_of(&self, token: usize) -> Option<usize> {
        self.unit_of.get(token)
    }

    /// Whether the token stands outside all marks.
    pub(super) fn is_outside(&self, token: usize) -> bool {
        self.unit_of.after.get(token) == Some(&0)
    }

    /// For some tokens, whether each stands outside all marks.
    pub(super) fn outside_in(&self, tokens: Range<usize>) -> impl Iterator<Item = bool> {
        self.unit_of.after[tokens].iter().map(|&unit| unit == 0)
    }

    /// The outermost mention that the token belongs to.
    pub(super) fn mention_of(&self, token: usize) -> Option<usize> {
        self.mention_of.get(token)
    }

    /// The tokens of a mention.
    pub(super) fn mention_tokens(&self, mention: usize) -> Range<usize> {
        self.mention_tokens[mention].clone()
    }

    /// The segment that the token stands in.
    pub(super) fn segment_of(&self, token: usize) -> usize {
        self.segment_of.get(token).map_or(self.segments.len(), |&segment| segment as usize)
    }

    /// The first token behind the paragraph that the token stands in.
    pub(super) fn block_end(&self, token: usize) -> usize {
        let offset = self.text.span(token).start();
        let blocks = self.text.text.blocks();
        let next = blocks.partition_point(|block| block.start() <= offset);
        blocks.get(next).map_or(self.text.len(), |block| self.text.text.token_at(block.start()))
    }

    /// The first token of a paragraph, which is searched for from the token `near` on.
    pub(super) fn block_start(&self, block: usize, near: usize) -> usize {
        let blocks = self.text.text.blocks();
        match blocks.get(block) {
            Some(block) => self.text.text.token_at(block.start()),
            None => self.text.len().max(near),
        }
    }

    /// Whether a mention can say something: not a date, not the object form of a pronoun, not in the case of an object, not
    /// whose lawyer says it, nor what its mayor is of, nor where the news is from.
    pub(super) fn can_speak(&self, mention: usize) -> bool {
        let first = self.mention_tokens[mention].start;
        if self.aside[mention] || self.text.has(first, Class::Oblique) || self.is_possessor(mention) {
            return false;
        }
        self.entities.mentions[mention].kind != MentionKind::Pronoun
            || self.text.has(first, Class::SubjectPronoun)
    }

    /// Whether a mention says nothing, wherever it stands: the place of a dateline, a name in another's title.
    pub(super) fn is_aside(&self, mention: usize) -> bool {
        self.aside[mention]
    }

    /// Whether a mention tells whose something is: the mayor of "the mayor’s lawyer"; "he’s" is a verb.
    pub(super) fn is_possessor(&self, mention: usize) -> bool {
        let clitic = self.mention_tokens[mention].end;
        self.entities.mentions[mention].kind != MentionKind::Pronoun
            && self.text.is_possessive(clitic)
            && self.text.is_word(clitic + 1)
    }

    /// Whether a mention is a name.
    pub(super) fn is_name(&self, mention: usize) -> bool {
        matches!(self.entities.mentions[mention].kind, MentionKind::Name | MentionKind::Gazetteer)
    }

    /// Whether two mentions stand for one, as far as is known.
    pub(super) fn is_same(&self, one: usize, other: usize) -> bool {
        let entity = |mention: usize| self.entities.mentions[mention].entity;
        one == other || entity(one).is_some() && entity(one) == entity(other)
    }

    /// Whether a token may lead up to a name: a title, a determiner, an adverb.
    pub(super) fn leads(&self, token: usize) -> bool {
        const LEADING: [Class; 9] = [
            Class::Adverb,
            Class::Determiner,
            Class::Adjective,
            Class::Role,
            Class::Honorific,
            Class::NameAbbreviation,
            Class::ShortTitle,
            Class::And,
            Class::Of,
        ];
        let text = self.text;
        let abbreviates = token > 0
            && text.is(token, ".")
            && text.any(token - 1, &[Class::NameAbbreviation, Class::ShortTitle]);
        abbreviates || text.any(token, &LEADING) || text.is_capital(token) || text.is(token, "-")
    }

    /// Whether a preposition governs what begins with a token.
    pub(super) fn is_governed(&self, token: usize) -> bool {
        self.governor(token).is_some()
    }

    /// The preposition that governs what begins with a token, perhaps behind its article: "of the mayor", "of the Osterby Bank".
    pub(super) fn governor(&self, token: usize) -> Option<usize> {
        let before = token.checked_sub(1)?;
        let before = if self.text.has(before, Class::Article) { before.checked_sub(1)? } else { before };
        self.text.any(before, &[Class::Preposition, Class::To]).then_some(before)
    }

    /// How many units begin within the tokens.
    pub(super) fn units_between(&self, tokens: &Range<usize>) -> usize {
        let before = |end: usize| self.units_before[end.min(self.text.len())];
        before(tokens.end).saturating_sub(before(tokens.start)) as usize
    }

    /// The mentions from one token to another, in order, that stand outside all marks and inside no other mention.
    pub(super) fn mentions_in(&self, tokens: Range<usize>) -> impl DoubleEndedIterator<Item = usize> {
        let (first, last) = (self.mentions_before(tokens.start), self.mentions_before(tokens.end));
        (first..last.max(first)).filter(|&mention| {
            let start = self.mention_tokens[mention].start;
            self.is_outside(start) && self.mention_of(start) == Some(mention)
        })
    }

    /// Whether a unit begins with the token.
    pub(super) fn opens_unit(&self, token: usize) -> bool {
        self.unit_of(token).is_some_and(|unit| self.units[unit].tokens.start == token)
    }

    /// Whether a unit ends with the token.
    pub(super) fn closes_unit(&self, token: usize) -> bool {
        self.unit_of(token).is_some_and(|unit| self.units[unit].tokens.end == token + 1)
    }

    /// What stands inside the unit's marks.
    pub(super) fn inner(&self, unit: usize) -> Span {
        self.units[unit].inner
    }

    /// The span of some tokens; there is at least one.
    pub(super) fn span_of(&self, tokens: &Range<usize>) -> Span {
        self.text.span_of(tokens.start, tokens.end - 1)
    }
}

/// Whether people take turns in the text: whether paragraphs of nothing but talk follow one another as they do in fiction
/// and in interviews. A newspaper's article has few of them, and says of nearly every quotation whose it is.
fn is_dialogue(text: &Tagged, units: &[Unit], unit_of: &Indexes) -> bool {
    /// So many paragraphs of nothing but talk make a conversation.
    const ENOUGH: usize = 6;
    let blocks = text.text.blocks();
    let starts: Vec<usize> =
        blocks.iter().map(|block| text.text.token_at(block.start())).chain([text.len()]).collect();
    let is_talk = |tokens: Range<usize>| {
        let opens = unit_of.get(tokens.start).filter(|&unit| units[unit].tokens.start == tokens.start);
        let continued = |unit: usize| {
            let before = unit.checked_sub(1).and_then(|before| units[before].pair);
            before.is_some_and(|pair| text.text.marks()[pair].continued)
        };
        opens.is_some_and(|unit| !continued(unit))
            && tokens.into_iter().all(|token| unit_of.get(token).is_some() || !text.is_word(token))
    };
    starts
        .iter()
        .zip(&starts[1..])
        .filter(|&(&start, &end)| start < end && is_talk(start..end))
        .nth(ENOUGH - 1)
        .is_some()
}

/// What stands before each token, and before the end.
fn tallies(text: &Tagged) -> Vec<Tally> {
    const VERBS: [Class; 3] = [Class::SayVerb, Class::ReportVerb, Class::Auxiliary];
    let comma = hash(",");
    let mut tally = Tally::default();
    let next = |(word, classes): (u64, Classes)| {
        tally.commas += u32::from(word == comma);
        tally.auxiliaries += u32::from(classes.has(Class::Auxiliary));
        tally.verbs += u32::from(classes.any(&VERBS));
        tally
    };
    let mut tallies = Vec::with_capacity(text.len() + 1);
    tallies.push(Tally::default());
    tallies.extend(text.numbers().map(next));
    tallies
}

/// The turns and the outermost pairs outside them, and for each token its unit.
fn units(text: &Tagged, turns: &[Turn]) -> (Vec<Unit>, Indexes) {
    let mut taken =
        turns.iter().enumerate().flat_map(|(turn, one)| one.paragraphs.iter().map(move |it| (turn, it)));
    let mut next = taken.next();
    let mut units = Vec::with_capacity(text.text.marks().len());
    let in_turn = |(turn, paragraph): (usize, &turns::Paragraph)| Unit {
        pair: paragraph.pair,
        turn: Some(turn),
        tokens: paragraph.tokens.clone(),
        inner: paragraph.inner,
        segment: 0,
    };
    let mut covered = 0;
    for (index, pair) in text.text.marks().iter().enumerate().filter(|(_, pair)| pair.parent.is_none()) {
        let tokens = text.text.tokens_in(pair.outer);
        while let Some(one) = next.filter(|(_, paragraph)| paragraph.block.start <= tokens.start) {
            covered = one.1.block.end;
            units.push(in_turn(one));
            next = taken.next();
        }
        if !tokens.is_empty() && tokens.start >= covered {
            units.push(Unit { pair: Some(index), turn: None, tokens, inner: pair.inner, segment: 0 });
        }
    }
    units.extend(next.into_iter().chain(taken).map(in_turn));
    let mut unit_of = Indexes::new(text.len());
    for (index, unit) in units.iter().enumerate() {
        unit_of.put(unit.tokens.clone(), index);
    }
    (units, unit_of)
}

fn segments(text: &Tagged, sentences: &[Span], units: &mut [Unit], unit_of: &Indexes) -> Vec<Segment> {
    let mut starts: Vec<usize> = sentences
        .iter()
        .map(|sentence| text.text.token_at(sentence.start()))
        // A boundary inside marks is none here.
        .filter(|&token| {
            token == 0
                || token >= text.len()
                || unit_of.get(token).is_none()
                || unit_of.get(token) != unit_of.get(token - 1)
        })
        .collect();
    starts.push(text.len());
    starts.dedup();
    let mut segments: Vec<Segment> = Vec::with_capacity(starts.len());
    let (mut unit, mut block) = (0, 0);
    for (&start, &end) in starts.iter().zip(&starts[1..]) {
        let first_unit = unit;
        while units.get(unit).is_some_and(|unit| unit.tokens.start < end) {
            units[unit].segment = segments.len();
            unit += 1;
        }
        while text.text.blocks().get(block + 1).is_some_and(|next| next.start() <= text.span(start).start()) {
            block += 1;
        }
        segments.push(Segment { tokens: start..end, units: first_unit..unit, block });
    }
    segments
}
