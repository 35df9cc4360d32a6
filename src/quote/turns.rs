//! Interviews: paragraphs that begin with who speaks in them.
//!
//! ```text
//! turn  = label ":" speech, and the paragraphs up to the next turn
//! label = mark? bold? (a name | one capital letter) bold?        WALLACE:   Q:   **Mara Quist:**   “QUIST:   MQ:
//! ```
//!
//! A label alone tells little: "Note:", "WASHINGTON:", the headings of a guide. So an interview has a few turns of at least
//! two speakers, who all are labelled alike, and one of them speaks again after another has. What follows the last turn
//! belongs to it only as far as marks say so, and so does whatever stands between turns that are in marks.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    entity::{Entities, MentionKind},
    lang::{Class, Tagged},
    text::{
        MarkPair, Span, TokenKind,
        bits::{is, positions},
    },
};

/// An interview has so many turns at least.
const FEWEST: usize = 3;
/// How many paragraphs a turn has at the most.
const LONGEST: usize = 8;
/// How many tokens a label has at the most, its marks included.
const LABEL: usize = 10;

/// What somebody says in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    /// The words of the label.
    pub(super) name: Range<usize>,
    /// The mention in the label; none, where it is a letter.
    pub(super) mention: Option<usize>,
    /// What is said, paragraph by paragraph.
    pub(super) paragraphs: Vec<Paragraph>,
}

/// What is said in one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// All tokens of the paragraph.
    pub(super) block: Range<usize>,
    /// Those of the speech.
    pub(super) tokens: Range<usize>,
    pub(super) inner: Span,
    /// The pair of marks that begins with the paragraph.
    pub(super) pair: Option<usize>,
}

/// A paragraph that begins with a label.
#[derive(Debug, Clone)]
struct Label {
    block: usize,
    name: Range<usize>,
    /// The name that it shortens, or its own.
    whole: Range<usize>,
    mention: Option<usize>,
    /// How it looks: of one interview all look alike.
    look: Look,
    /// Whether it names somebody for certain.
    names: bool,
    /// The first token of what is said.
    speech: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    marked: bool,
    bold: bool,
    /// All capitals, which a letter is too.
    capitals: bool,
}

/// Finds the turns of a text, in order.
pub(super) fn find(text: &Tagged, entities: &Entities) -> Vec<Turn> {
    let reader = Reader { text, entities };
    let blocks = text.text.blocks();
    let mut labels: Vec<Label> = (0..blocks.len()).filter_map(|block| reader.label(block)).collect();
    reader.lengthen(&mut labels);
    let alike = labels.chunk_by(|one, other| one.look == other.look && other.block - one.block <= LONGEST);
    alike.filter_map(|run| reader.interview(run)).flatten().collect()
}

struct Reader<'a, 't, 's> {
    text: &'a Tagged<'t, 's>,
    entities: &'a Entities,
}

impl Reader<'_, '_, '_> {
    /// The label that a paragraph begins with.
    fn label(&self, block: usize) -> Option<Label> {
        let text = self.text;
        let span = text.text.blocks()[block];
        // Most paragraphs have no colon where a label would end, which costs less to see than their tokens.
        let head = text.text.slice(span);
        let head = &head.as_bytes()[..head.len().min(LABEL * LABEL)];
        let colon = positions(head, |lanes| is(lanes, b':')).next()?;
        let Range { start, end } = text.text.tokens_in(span);
        let colon = text.text.token_at(span.start() + colon);
        if !text.is(colon, ":") || colon - start > LABEL || colon + 1 >= end {
            return None;
        }
        let is_sign = |token: usize| !text.is_word(token);
        let first = (start..colon).find(|&token| !is_sign(token))?;
        let last = (first..colon).rev().find(|&token| !is_star(text.word(token)))?;
        let signs = start..first;
        let bold = signs.clone().any(|token| is_star(text.word(token)));
        let marked = signs.clone().any(|token| text.marked_by(token).is_some());
        let plain = signs.clone().all(|token| is_star(text.word(token)) || text.marked_by(token).is_some());
        let name = first..last + 1;
        let speech = (colon + 1..end).find(|&token| !is_star(text.word(token)))?;
        let spaced = text.span(colon).end() < text.span(speech).start();
        // "Quist: 1,812" is a count.
        let counts = text.tokens()[speech].kind == TokenKind::Number;
        if !plain || !spaced || counts || !self.is_name(&name) {
            return None;
        }
        let is_letter = self.is_letter(&name);
        let mention = self.mention(&name);
        let is_role = text.has(name.end - 1, Class::Role);
        let capitals = name.clone().all(|token| text.word(token).chars().all(|c| !c.is_lowercase()));
        Some(Label {
            block,
            look: Look { marked, bold, capitals },
            names: is_letter || is_role || mention.is_some(),
            whole: name.clone(),
            name,
            mention,
            speech,
        })
    }

    /// Makes initials the names that stand for them in labels before: "IB:" after "Ilse Brandt:".
    fn lengthen(&self, labels: &mut [Label]) {
        let mut whole: BTreeMap<String, usize> = BTreeMap::new();
        for index in 0..labels.len() {
            let name = labels[index].name.clone();
            if name.len() > 1 {
                whole.entry(self.initials(&name)).or_insert(index);
            } else if let Some(&first) = whole.get(self.text.word(name.start)) {
                let Label { whole, mention, look, names, .. } = labels[first].clone();
                let label = &mut labels[index];
                (label.whole, label.mention, label.look, label.names) = (whole, mention, look, names);
            }
        }
    }

    /// The initials of a name, without its article.
    fn initials(&self, name: &Range<usize>) -> String {
        let words = name.clone().filter(|&token| self.text.is_word(token));
        let words = words.filter(|&token| !self.text.has(token, Class::Article));
        words.filter_map(|token| self.text.word(token).chars().next()).collect()
    }

    /// Whether the tokens are written like a name: every word with a capital, none that a sentence begins with but the article
    /// of a longer one.
    fn is_name(&self, name: &Range<usize>) -> bool {
        const NEVER: [Class; 5] =
            [Class::Determiner, Class::Pronoun, Class::Preposition, Class::Conjunction, Class::Calendar];
        let text = self.text;
        let capitals =
            name.clone().all(|token| text.is_capital(token) || matches!(text.word(token), "." | "-"));
        let titled = name.len() > 1 && text.has(name.start, Class::Article);
        capitals && (self.is_letter(name) || titled || !text.any(name.start, &NEVER))
    }

    /// "Q", "A".
    fn is_letter(&self, name: &Range<usize>) -> bool {
        name.len() == 1 && self.text.word(name.start).chars().count() == 1
    }

    /// The mention of somebody with a name that the label has.
    fn mention(&self, name: &Range<usize>) -> Option<usize> {
        let span = self.text.span_of(name.start, name.end - 1);
        let mentions = &self.entities.mentions;
        let first = mentions.partition_point(|mention| mention.span.start() < span.start());
        let inside =
            mentions.iter().enumerate().skip(first).take_while(|(_, one)| one.span.start() < span.end());
        let named = |kind| matches!(kind, MentionKind::Name | MentionKind::Gazetteer);
        let mut inside = inside.filter(|(_, one)| named(one.kind) && span.covers(one.span));
        inside.find(|(_, one)| one.entity.is_some()).map(|(index, _)| index)
    }

    /// The turns of labels that look alike, if they are those of an interview.
    fn interview(&self, labels: &[Label]) -> Option<Vec<Turn>> {
        // What a text begins with is its headline, unless the next paragraph is a turn too.
        let speaks = labels[0].names || self.returning(labels).contains(&self.key(&labels[0]));
        let is_headline = labels[0].block == 0 && labels.get(1).is_some_and(|next| next.block > 1 || !speaks);
        let labels = &labels[usize::from(is_headline)..];
        if !self.is_interview(labels) {
            return None;
        }
        let ends = labels.iter().skip(1).map(|next| next.block).map(Some).chain([None]);
        Some(labels.iter().zip(ends).map(|(label, end)| self.turn(label, end)).collect())
    }

    /// Whether a few speak, and one of them again after another.
    fn is_interview(&self, labels: &[Label]) -> bool {
        let mut last: BTreeMap<String, usize> = BTreeMap::new();
        let (mut turns, mut again) = (0, false);
        let returning = self.returning(labels);
        for label in labels.iter().filter(|label| label.names || returning.contains(&self.key(label))) {
            let returns = last.insert(self.key(label), turns).is_some_and(|before| before + 1 < turns);
            again |= returns;
            turns += 1;
        }
        // More than two letters are the answers to choose from.
        let letters = labels.iter().filter(|label| self.is_letter(&label.name)).count();
        turns >= FEWEST && again && if letters > 0 { last.len() == 2 } else { last.len() > 1 }
    }

    /// The labels in capitals that come again, where others name somebody: "QUESTION:" beside "THE MAYOR:".
    fn returning(&self, labels: &[Label]) -> BTreeSet<String> {
        let (mut seen, mut again) = (BTreeSet::new(), BTreeSet::new());
        if labels.iter().any(|label| label.names) {
            let capitals = labels.iter().filter(|label| label.look.capitals);
            again.extend(capitals.map(|label| self.key(label)).filter(|key| !seen.insert(key.clone())));
        }
        again
    }

    /// By what a speaker is known again: the entity, or else the last word of the label.
    fn key(&self, label: &Label) -> String {
        match label.mention.and_then(|mention| self.entities.mentions[mention].entity) {
            Some(entity) => self.entities.fullest[entity].to_lowercase(),
            None => self.text.word(label.whole.end - 1).to_lowercase(),
        }
    }

    /// A turn, up to the paragraph `end`.
    fn turn(&self, label: &Label, end: Option<usize>) -> Turn {
        let blocks = self.text.text.blocks();
        let end = end.unwrap_or(if label.look.marked { blocks.len() } else { label.block + 1 });
        let mut paragraphs = vec![self.paragraph(label.block, Some(label.speech))];
        for block in (label.block + 1..end.min(label.block + LONGEST)).filter(|&block| self.is_speech(block))
        {
            let paragraph = self.paragraph(block, None);
            if label.look.marked && paragraph.pair.is_none() {
                break;
            }
            paragraphs.push(paragraph);
        }
        paragraphs.retain(|paragraph| !paragraph.tokens.is_empty());
        Turn { name: label.name.clone(), mention: label.mention, paragraphs }
    }

    /// Whether a paragraph is more than "(CROSSTALK)" or dots.
    fn is_speech(&self, block: usize) -> bool {
        let words = self.text.text.slice(self.text.text.blocks()[block]);
        let words = words.trim_matches(|c: char| "\"“”'.…".contains(c));
        let aside = words.starts_with(['(', '[']) && words.ends_with([')', ']']);
        !aside && words.contains(char::is_alphanumeric)
    }

    /// What is said in a paragraph, from the token `speech` on or from its beginning.
    fn paragraph(&self, block: usize, speech: Option<usize>) -> Paragraph {
        let text = self.text;
        let marks = text.text.marks();
        let tokens = text.text.tokens_in(text.text.blocks()[block]);
        let first = text.span(tokens.start).start();
        let pair = marks.partition_point(|pair| pair.outer.start() < first);
        let pair = Some(pair).filter(|&pair| marks.get(pair).is_some_and(|pair| pair.outer.start() == first));
        let closing = pair.is_some_and(|pair| closes(text, &tokens, &marks[pair..]));
        let start = speech.unwrap_or(tokens.start + usize::from(pair.is_some()));
        let said = start..(tokens.end - usize::from(closing)).max(start);
        let inner =
            if said.is_empty() { Span::new(first, first) } else { text.span_of(said.start, said.end - 1) };
        Paragraph { block: tokens, tokens: said, inner, pair }
    }
}

/// Whether the last token of a paragraph closes one of the pairs that begin in it, the first of `pairs` at its beginning.
fn closes(text: &Tagged, tokens: &Range<usize>, pairs: &[MarkPair]) -> bool {
    let end = text.span(tokens.end - 1).end();
    let mut inside = pairs.iter().take_while(|pair| pair.outer.start() < end);
    inside.any(|pair| pair.closed && pair.outer.end() == end)
}

fn is_star(word: &str) -> bool {
    matches!(word, "*" | "_")
}
