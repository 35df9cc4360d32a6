//! A text with the classes of its words: what the stages after the sentences read.

use std::ops::Range;

use super::{Class, Classes, Language};
use crate::text::{Span, Text, Token, TokenKind, places};

/// A text seen by a language.
#[derive(Debug)]
pub struct Tagged<'t, 's> {
    /// The text.
    pub text: &'t Text<'s>,
    /// The language.
    pub language: &'static Language,
    tokens: &'t [Token],
    /// For each token, the [`hash_word`](crate::model::hash_word) of its word.
    hashes: Vec<u64>,
    classes: Vec<Classes>,
    /// For each token, how it looks: asked for again and again, and a byte where tokens have many.
    looks: Vec<Look>,
    /// The tokens that are words with a capital.
    capitals: Vec<u32>,
    /// For each token, the number of the innermost pair of marks around it, one more than its index; nothing for none.
    marked_by: Vec<u32>,
}

impl<'t, 's> Tagged<'t, 's> {
    /// Looks up every word of a text.
    pub fn new(text: &'t Text<'s>, language: &'static Language) -> Self {
        let tokens = text.tokens();
        let lexicon = &language.lexicon;
        let read = |token: &Token| (lexicon.number(text.source(), token.span), Look::of(text, token));
        let (hashes, looks): (Vec<u64>, Vec<Look>) = tokens.iter().map(read).unzip();
        let classes = lexicon.look_up(&hashes, |token| text.slice(tokens[token].span));
        let capitals = places(looks.iter().map(|look| look.has(Look::CAPITAL)), looks.len());
        Self { text, language, tokens, hashes, classes, looks, capitals, marked_by: innermost_pairs(text) }
    }

    /// The tokens.
    pub fn tokens(&self) -> &'t [Token] {
        self.tokens
    }

    /// The number of tokens.
    #[inline]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether the text has no words and no marks.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Where the token stands.
    #[inline]
    pub fn span(&self, token: usize) -> Span {
        self.tokens[token].span
    }

    /// The token as written; nothing behind the last.
    #[inline]
    pub fn word(&self, token: usize) -> &'s str {
        self.tokens.get(token).map_or("", |token| self.text.slice(token.span))
    }

    /// The token's bytes: nobody looks whether the span cuts a character.
    #[inline]
    pub fn bytes(&self, token: usize) -> &'s [u8] {
        let bytes = self.text.source().as_bytes();
        self.tokens.get(token).map_or(&[], |token| &bytes[token.span.start()..token.span.end()])
    }

    /// The [`hash_word`](crate::model::hash_word) of the token's word; nothing behind the last.
    #[inline]
    pub fn hash(&self, token: usize) -> u64 {
        self.hashes.get(token).copied().unwrap_or_default()
    }

    /// For each token the same number, and its classes.
    pub fn numbers(&self) -> impl ExactSizeIterator<Item = (u64, Classes)> {
        self.hashes.iter().copied().zip(self.classes.iter().copied())
    }

    /// Whether the token is this mark or word, as written.
    #[inline]
    pub fn is(&self, token: usize, word: &str) -> bool {
        self.bytes(token) == word.as_bytes()
    }

    /// Whether the token is one of these words, whatever the case of its ASCII letters.
    pub fn is_one_of(&self, token: usize, words: &[&str]) -> bool {
        let word = self.bytes(token);
        words.iter().any(|one| word.eq_ignore_ascii_case(one.as_bytes()))
    }

    /// The classes of the token.
    #[inline]
    pub fn classes(&self, token: usize) -> Classes {
        self.classes.get(token).copied().unwrap_or_default()
    }

    /// The classes of some tokens; none of those behind the last.
    #[inline]
    pub fn classes_in(&self, tokens: Range<usize>) -> &[Classes] {
        let end = tokens.end.min(self.classes.len());
        &self.classes[tokens.start.min(end)..end]
    }

    /// The tokens of any of these classes, in order.
    pub fn tokens_of(&self, classes: &[Class]) -> impl Iterator<Item = usize> {
        let classes = Classes::of(classes);
        let is_one = move |(token, own): (usize, &Classes)| own.meets(classes).then_some(token);
        self.classes.iter().enumerate().filter_map(is_one)
    }

    /// The words that begin with a capital, in order.
    pub fn capitals(&self) -> impl Iterator<Item = usize> {
        self.capitals.iter().map(|&token| token as usize)
    }

    /// The number of some tokens that there are, their classes, and whether each is a word.
    pub fn seen_in(&self, tokens: Range<usize>) -> impl Iterator<Item = (u64, Classes, bool)> {
        let (hashes, classes) = (&self.hashes[tokens.clone()], &self.classes[tokens.clone()]);
        let looks = self.looks[tokens].iter().map(|look| look.has(Look::WORD));
        hashes.iter().zip(classes).zip(looks).map(|((&hash, &classes), is_word)| (hash, classes, is_word))
    }

    /// Whether the token is of this class.
    #[inline]
    pub fn has(&self, token: usize, class: Class) -> bool {
        self.classes(token).has(class)
    }

    /// Whether the token is of one of these classes.
    #[inline]
    pub fn any(&self, token: usize, classes: &[Class]) -> bool {
        self.classes(token).any(classes)
    }

    #[inline]
    fn look(&self, token: usize) -> Look {
        self.looks.get(token).copied().unwrap_or(Look::NONE)
    }

    /// Whether the token is a word, an acronym included.
    #[inline]
    pub fn is_word(&self, token: usize) -> bool {
        self.look(token).has(Look::WORD)
    }

    /// Whether the token is a word that begins with a capital.
    #[inline]
    pub fn is_capital(&self, token: usize) -> bool {
        self.look(token).has(Look::CAPITAL)
    }

    /// Whether the token is a word of capitals alone, at least two.
    pub fn is_all_capitals(&self, token: usize) -> bool {
        let word = self.word(token);
        self.is_word(token) && word.len() > 1 && !word.chars().any(char::is_lowercase)
    }

    /// Whether the token is the tail of a possessive, as far as its letter tells.
    pub fn is_possessive(&self, token: usize) -> bool {
        self.is_clitic(token) && self.word(token).ends_with(['s', 'S'])
    }

    /// Whether the token is a pronoun that says whose something is: "her husband".
    pub fn is_owner(&self, token: usize) -> bool {
        let classes = self.classes(token);
        classes.has(Class::Pronoun) && classes.has(Class::Determiner) && !classes.has(Class::SubjectPronoun)
    }

    /// Whether the token is the tail of the word before: a possessive or a contracted verb.
    pub fn is_clitic(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|token| token.kind == TokenKind::Clitic)
    }

    /// Whether nothing stands between the token and the one before.
    pub fn is_glued(&self, token: usize) -> bool {
        token > 0 && self.tokens[token - 1].span.end() == self.tokens[token].span.start()
    }

    /// Whether the token ends a sentence wherever it stands outside an abbreviation.
    #[inline]
    pub fn is_stop(&self, token: usize) -> bool {
        self.look(token).has(Look::STOP)
    }

    /// Whether the token is a hyphen or a dash.
    #[inline]
    pub fn is_dash(&self, token: usize) -> bool {
        self.look(token).has(Look::DASH)
    }

    /// Whether the token is a word, a number or a sign before one.
    #[inline]
    pub fn is_content(&self, token: usize) -> bool {
        self.look(token).has(Look(Look::WORD.0 | Look::NUMBER.0))
    }

    /// Whether the token is a colon.
    #[inline]
    pub fn is_colon(&self, token: usize) -> bool {
        self.look(token).has(Look::COLON)
    }

    /// From the first byte of one token to the last byte of another.
    pub fn span_of(&self, first: usize, last: usize) -> Span {
        self.span(first).to(self.span(last))
    }

    /// The innermost pair of quotation marks around the token, an index into [`Text::marks`].
    pub fn marked_by(&self, token: usize) -> Option<usize> {
        let pair = self.marked_by.get(token)?.checked_sub(1)?;
        Some(pair as usize)
    }
}

/// How a token looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look(u8);

impl Look {
    const NONE: Self = Self(0);
    const WORD: Self = Self(1);
    const CAPITAL: Self = Self(2);
    const STOP: Self = Self(4);
    const DASH: Self = Self(8);
    const COLON: Self = Self(16);
    /// A number, or a sign before one.
    const NUMBER: Self = Self(32);

    /// By the first byte of a token that begins in ASCII: no mark is more than that, and of words and numbers no more is asked.
    const BY_BYTE: [Self; 0x80] = {
        let (mut looks, mut byte) = ([Self::NONE; 0x80], 0_u8);
        while byte < 0x80 {
            looks[byte as usize] = match byte {
                b'A'..=b'Z' => Self::CAPITAL,
                b'.' | b'!' | b'?' => Self::STOP,
                b'-' => Self::DASH,
                b':' => Self::COLON,
                b'0'..=b'9' | b'$' => Self::NUMBER,
                _ => Self::NONE,
            };
            byte += 1;
        }
        looks
    };

    /// How a token looks; nearly no branch asks what it is, as nobody can foresee it.
    #[inline]
    fn of(text: &Text, token: &Token) -> Self {
        let first = usize::from(text.source().as_bytes()[token.span.start()]);
        let look = Self::BY_BYTE.get(first).copied().unwrap_or_else(|| Self::of_other(text, token));
        Self(look.0 | u8::from(token.is_word()))
    }

    /// The same of a token that begins outside ASCII.
    fn of_other(text: &Text, token: &Token) -> Self {
        match text.slice(token.span) {
            "…" | "。" | "！" | "？" => Self::STOP,
            "–" | "—" | "―" => Self::DASH,
            _ if token.kind == TokenKind::Number => Self::NUMBER,
            word if token.is_word() && word.starts_with(char::is_uppercase) => Self::CAPITAL,
            _ => Self::NONE,
        }
    }

    #[inline]
    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// For each token the number of the innermost pair, or nothing: goes from edge to edge of the pairs, with those that are open
/// on a stack.
fn innermost_pairs(text: &Text) -> Vec<u32> {
    let pairs = text.marks();
    let mut open: Vec<(u32, Span)> = Vec::new();
    let mut innermost = Vec::with_capacity(text.tokens().len());
    // Tokens before `end` that have no answer yet have this pair.
    let go_on = |innermost: &mut Vec<_>, end: usize, pair: Option<&(u32, Span)>| {
        innermost.resize(text.token_at(end).max(innermost.len()), pair.map_or(0, |&(pair, _)| pair));
    };
    for (number, pair) in (1..).zip(pairs) {
        let start = pair.outer.start();
        while let Some(last) = open.pop_if(|(_, last)| last.end() <= start) {
            go_on(&mut innermost, last.1.end(), Some(&last));
        }
        go_on(&mut innermost, start, open.last());
        open.push((number, pair.outer));
    }
    while let Some(last) = open.pop() {
        go_on(&mut innermost, last.1.end(), Some(&last));
    }
    innermost.resize(text.tokens().len(), 0);
    innermost
}
