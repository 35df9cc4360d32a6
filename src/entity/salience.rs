//! Whom a pronoun can mean: those mentioned last, subjects before others.

use std::{collections::VecDeque, ops::Range};

use crate::{
    lang::{Class, Tagged},
    text::Span,
};

/// How many mentions stay in mind.
const MEMORY: usize = 16;
/// How many sentences back a pronoun reaches.
const REACH: usize = 8;
/// What a sentence of distance costs, and what a subject gains, in the same unit.
const DISTANCE: i32 = 2;
const SUBJECT: i32 = 3;

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

#[derive(Debug, Clone, Copy)]
struct Seen {
    group: usize,
    sentence: usize,
    subject: bool,
    /// The pair of quotation marks that it stands in.
    marked_by: Option<usize>,
}

impl<'a, 't, 's> Salience<'a, 't, 's> {
    pub(super) fn new(text: &'a Tagged<'t, 's>, sentences: &'a [Span]) -> Self {
        Self { text, sentences, reached: 0, stopped: 0, seen: VecDeque::with_capacity(MEMORY) }
    }

    /// Remembers a mention that has these tokens; mentions come in the order of the text.
    pub(super) fn see(&mut self, group: usize, span: Span, tokens: Range<usize>) {
        if self.seen.len() == MEMORY {
            self.seen.pop_front();
        }
        let sentence = self.sentence_of(span.start());
        self.seen.push_back(Seen {
            group,
            sentence,
            subject: is_subject(self.text, tokens.start, tokens.end),
            marked_by: self.text.marked_by(tokens.start),
        });
    }

    /// The most salient group that is fit for the pronoun. What somebody else says in quotation marks is not heard
    /// outside them.
    pub(super) fn most_salient(&mut self, pronoun: usize, fit: impl Fn(usize) -> bool) -> Option<usize> {
        let sentence = self.sentence_of(self.text.span(pronoun).start());
        let marked_by = self.text.marked_by(pronoun);
        let salience = |seen: &Seen| {
            let distance = i32::try_from(sentence - seen.sentence).unwrap_or(i32::MAX / DISTANCE);
            i32::from(seen.subject) * SUBJECT - distance * DISTANCE
        };
        self.seen
            .iter()
            .filter(|seen| sentence - seen.sentence <= REACH)
            .filter(|seen| seen.marked_by.is_none() || seen.marked_by == marked_by)
            .filter(|seen| fit(seen.group))
            .max_by_key(|seen| salience(seen))
            .map(|seen| seen.group)
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

/// Whether a verb follows the mention, or its sentence begins with it.
fn is_subject(text: &Tagged, first: usize, end: usize) -> bool {
    const VERBS: [Class; 4] = [Class::SayVerb, Class::ReportVerb, Class::ThinkVerb, Class::Auxiliary];
    let governed = first > 0 && text.has(first - 1, Class::Preposition);
    let opens_clause = first == 0 || text.is_stop(first - 1);
    let verb = if text.has(end, Class::Adverb) { end + 1 } else { end };
    !governed && !text.is_clitic(end) && (text.any(verb, &VERBS) || opens_clause)
}
