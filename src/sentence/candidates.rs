//! Where a sentence may end: one pass over the bytes that stops at nothing but possible ends.
//!
//! Those are stops, line breaks and their like, and every gap between words that is not plainly inside a sentence:
//! headlines, signatures and list items end without a stop. A gap before a small letter is inside one, unless a
//! mark other than a comma stands before it.
//!
//! A candidate takes with it all that belongs to the stop: further stops, what closes after it, citations, and
//! the white space up to the next word. The scan goes on behind, so each byte is passed once however long a run
//! of marks is.

use super::{
    Newlines,
    halts::Halts,
    marks::{self, Closer, Stop},
};
use crate::{lang::Writing, text::breaks::is_line_break};

/// A place where a sentence may end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// Why it is one.
    pub(super) kind: Kind,
    /// Where the mark begins.
    pub(super) start: usize,
    /// Where the sentence would end: after the mark and what closes behind it.
    pub(super) end: usize,
    /// The strongest that closes behind the stop.
    pub(super) closer: Option<Closer>,
    /// What lies between `end` and `next`.
    pub(super) gap: Gap,
    /// Where the next sentence would begin.
    pub(super) next: usize,
}

/// What makes a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One stop or several in a run.
    Stop(Run),
    /// A web address.
    Address,
    /// A line break with no stop before it.
    Break,
    /// A closing bracket, perhaps that of a list marker: `2)`.
    Bracket,
    /// A bullet.
    Bullet,
    /// A colon that may end a heading.
    Colon,
    /// A semicolon that may end an item of a list.
    Semicolon,
    /// White space with none of these before it.
    Plain,
}

/// A run of stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) stop: Stop,
    /// How many stops.
    pub(super) count: usize,
    /// Whether white space stands between some.
    pub(super) spaced: bool,
}

/// What stands between a stop and the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// White space.
    Space,
    /// White space with one line break that may mean no more than a space.
    Line,
    /// What always ends a sentence: a blank line, or the end of the text.
    Certain,
}

/// Finds the candidates of a text, in order.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    pub(super) source: &'a str,
    newlines: Newlines,
    writing: Writing,
    /// Whether gaps without a stop are candidates.
    gaps: bool,
    /// Where it stops to look.
    halts: Halts,
    at: usize,
    /// Where the last candidate's `next` was: what is before it belongs to others.
    floor: usize,
    /// Where the title of a work begins that is not over yet: `《`.
    title: Option<usize>,
    /// Whether a straight quotation mark is open in this paragraph, so that the next one closes.
    quote_open: bool,
}

/// How far a scan has come: what is needed to go on with it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) at: usize,
    pub(super) floor: usize,
    title: Option<usize>,
    quote_open: bool,
}

impl Place {
    /// The same place in a text without its first bytes.
    pub(super) fn behind(self, bytes: usize) -> Self {
        let title = self.title.and_then(|title| title.checked_sub(bytes));
        Self { at: self.at - bytes, floor: self.floor.saturating_sub(bytes), title, ..self }
    }
}

impl<'a> Scanner<'a> {
    pub(super) fn new(source: &'a str, newlines: Newlines, writing: Writing, gaps: bool) -> Self {
        let halts = Halts::new(gaps);
        Self { source, newlines, writing, gaps, halts, at: 0, floor: 0, title: None, quote_open: false }
    }

    /// How far it has come.
    pub(super) fn place(&self) -> Place {
        Place { at: self.at, floor: self.floor, title: self.title, quote_open: self.quote_open }
    }

    /// Goes on from a place.
    pub(super) fn resume(&mut self, place: Place) {
        (self.at, self.floor) = (place.at, place.floor);
        (self.title, self.quote_open) = (place.title, place.quote_open);
    }

    /// What kind of stop a character is here, if any.
    fn stop_of(&self, c: char) -> Option<Stop> {
        marks::stop(c).or((c == ';' && self.writing.semicolon_asks).then_some(Stop::Strong))
    }

    fn here(&self) -> Option<char> {
        char_at(self.source, self.at)
    }

    /// A run of stops that begins with `first`, and what belongs to it.
    fn stop(&mut self, first: Stop) -> Candidate {
        // Marks of direction around a stop belong to it.
        let before = &self.source[self.floor..self.at];
        let start = self.floor + before.trim_end_matches(marks::is_invisible).len();
        let run = self.run(first);
        let mut closer = self.closers();
        let mut end = self.at;
        let (mut gap, mut next) = self.gap(end);
        while gap == Gap::Space && self.trailer(next) {
            closer = closer.max(self.closers());
            end = self.at;
            (gap, next) = self.gap(end);
        }
        Candidate { kind: Kind::Stop(run), start, end, closer, gap, next }
    }

    /// Takes the stops of a run: `?!`, `...`, `. . .`
    fn run(&mut self, first: Stop) -> Run {
        let mut run = Run { stop: first, count: 0, spaced: false };
        while let Some(c) = self.here() {
            if let Some(stop) = self.stop_of(c) {
                self.at += c.len_utf8();
                run.stop = match (run.stop, stop) {
                    (Stop::Full, _) | (_, Stop::Full) => Stop::Full,
                    (Stop::Strong, _) | (_, Stop::Strong) => Stop::Strong,
                    (Stop::Ellipsis, _) | (_, Stop::Ellipsis) => Stop::Ellipsis,
                    _ if run.count > 0 => Stop::Ellipsis,
                    _ => Stop::Period,
                };
                run.count += 1;
            } else if self.spaced_stop(c) {
                self.at += c.len_utf8();
                run.spaced = true;
            } else {
                break;
            }
        }
        run
    }

    /// Whether a space and a stop that begins no word come next.
    fn spaced_stop(&self, space: char) -> bool {
        if !matches!(space, ' ' | '\u{a0}') {
            return false;
        }
        let mut chars = self.source[self.at + space.len_utf8()..].chars();
        matches!(chars.next(), Some('.' | '!' | '?')) && !chars.next().is_some_and(char::is_alphanumeric)
    }

    /// Takes what closes right after a stop.
    fn closers(&mut self) -> Option<Closer> {
        let mut strongest = None;
        while let Some(c) = self.here() {
            let closes = match marks::closer(c) {
                None if c == '[' => self.citation(),
                None if marks::may_close(c) && self.stands_alone(c) => {
                    strongest = Some(Closer::Quote);
                    true
                }
                None => false,
                Some(_) if matches!(c, '"' | '\'') => self.straight_mark_closes(c),
                kind => {
                    strongest = strongest.max(kind);
                    true
                }
            };
            if !closes {
                break;
            }
            if matches!(c, '"' | '\'') {
                strongest = Some(Closer::Quote);
            }
            if c == '"' {
                self.quote_open = false;
            }
            self.at += if c == '[' { self.citation_len() } else { c.len_utf8() };
        }
        strongest
    }

    /// A straight mark between a stop and a word closes if one is open; next to anything else it closes.
    fn straight_mark_closes(&self, mark: char) -> bool {
        match char_at(self.source, self.at + 1) {
            Some(after) if after.is_alphanumeric() => match mark {
                '"' => self.quote_open,
                _ => after.is_uppercase(),
            },
            _ => true,
        }
    }

    fn citation(&self) -> bool {
        self.citation_len() > 0
    }

    /// The length of a citation or an editor's note that begins here, `[12]` or `[citation needed]`, or 0.
    fn citation_len(&self) -> usize {
        const DIGITS: usize = 4;
        const NOTE: usize = 24;
        let rest = self.source.as_bytes().get(self.at + 1..).unwrap_or_default();
        let Some(length) = rest.iter().take(NOTE).position(|&byte| byte == b']') else { return 0 };
        let inside = &rest[..length];
        let number = length <= DIGITS && inside.iter().all(u8::is_ascii_digit);
        let note = inside.iter().all(|&byte| byte.is_ascii_lowercase() || byte == b' ');
        if length > 0 && (number || note) { length + 2 } else { 0 }
    }

    /// Steps over the white space before `next` if what stands there belongs to the stop all the same: a
    /// citation, a lone closing mark.
    fn trailer(&mut self, next: usize) -> bool {
        let before = std::mem::replace(&mut self.at, next);
        let belongs = match self.here() {
            Some('[') => self.citation(),
            Some('"') => self.quote_open && (self.stands_alone('"') || self.is_before_stop('"')),
            Some(c @ (')' | ']' | '”' | '’' | '»')) => self.stands_alone(c),
            Some('\'') => self.source[next..].starts_with("''") && self.is_white(next + 2),
            Some(':' | ';') => self.emoticon(),
            Some(c) if marks::is_emoji(c) => self.emoji(),
            _ => false,
        };
        if !belongs {
            self.at = before;
        }
        belongs
    }

    /// Whether white space or the end of the text follows the character here.
    fn stands_alone(&self, c: char) -> bool {
        self.is_white(self.at + c.len_utf8())
    }

    /// Whether a stop follows the character here, and then white space or the end of the text: `/ [...] ".`
    fn is_before_stop(&self, c: char) -> bool {
        let stop = self.at + c.len_utf8();
        matches!(self.source.as_bytes().get(stop), Some(b'.' | b',')) && self.is_white(stop + 1)
    }

    /// Whether there is white space or the end of the text at `at`.
    fn is_white(&self, at: usize) -> bool {
        char_at(self.source, at).is_none_or(char::is_whitespace)
    }

    /// Takes `:)` and its like.
    fn emoticon(&mut self) -> bool {
        let rest = &self.source.as_bytes()[self.at + 1..];
        let nose = usize::from(rest.first() == Some(&b'-'));
        let face = matches!(rest.get(nose), Some(b')' | b'(' | b'D' | b'P'));
        let alone = rest.get(nose + 1).is_none_or(u8::is_ascii_whitespace);
        if face && alone {
            self.at += nose + 2;
        }
        face && alone
    }

    /// Takes a run of emoji.
    fn emoji(&mut self) -> bool {
        let rest = &self.source[self.at..];
        self.at += rest.find(|c| !marks::is_emoji(c)).unwrap_or(rest.len());
        true
    }

    /// A web address that begins with the `://` here; its last marks are left to the scan.
    fn address(&mut self) -> Option<Candidate> {
        let start = self.at;
        if !self.source[start..].starts_with("://") {
            self.at += 1;
            return None;
        }
        let length = self.source[start..]
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '’' | '»' | ')'))
            .unwrap_or(self.source.len() - start);
        let address = &self.source[start..start + length];
        let trimmed = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '…', '*', '_']);
        self.at = start + trimmed.len();
        (trimmed.len() == address.len()).then(|| self.plain(Kind::Address, start))
    }

    /// The colon at `start`, where it may end a heading.
    fn heading(&mut self, start: usize) -> Option<Candidate> {
        (self.writing.headings && self.at == start + 1 && self.is_white(self.at))
            .then(|| self.plain(Kind::Colon, start))
    }

    /// Whether the title of a work goes on here; what runs on for longer has lost its closing mark.
    fn in_title(&self) -> bool {
        const LONGEST: usize = 120;
        self.title.is_some_and(|start| self.at - start <= LONGEST)
    }

    /// A candidate whose mark has been passed and takes nothing with it but white space.
    fn plain(&mut self, kind: Kind, start: usize) -> Candidate {
        let end = self.at;
        let (gap, next) = self.gap(end);
        Candidate { kind, start, end, closer: None, gap, next }
    }

    /// A space between two words; what the general way would make of it, at once.
    #[inline]
    fn word_gap(&self) -> Option<Candidate> {
        let bytes = self.source.as_bytes();
        let [left, b' ', right] = bytes.get(self.at.checked_sub(1)?..self.at + 2)? else { return None };
        let joins = left.is_ascii_alphanumeric() || *left == b',';
        (joins && right.is_ascii_alphanumeric()).then(|| {
            let (kind, start, closer, gap) = (Kind::Plain, self.at, None, Gap::Space);
            Candidate { kind, start, end: start, closer, gap, next: start + 1 }
        })
    }

    /// White space with no stop before it.
    fn white(&mut self, start: usize) -> Option<Candidate> {
        let (gap, _) = self.gap(start);
        let kind = if gap > Gap::Space { Kind::Break } else { Kind::Plain };
        let candidate = self.plain(kind, start);
        self.at = candidate.next;
        (kind == Kind::Break || (self.gaps && start > 0)).then_some(candidate)
    }

    /// The white space from `end`, and where it stops.
    pub(super) fn gap(&self, end: usize) -> (Gap, usize) {
        match self.source.as_bytes()[end..] {
            [b' ', next, ..] if next.is_ascii_graphic() => return (Gap::Space, end + 1),
            [next, ..] if next.is_ascii_graphic() => return (Gap::None, end),
            _ => {}
        }
        let rest = &self.source[end..];
        let length = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let next = end + length;
        let gap = match (length, count_breaks(&rest[..length]), self.newlines) {
            _ if next == self.source.len() => Gap::Certain,
            (0, ..) => Gap::None,
            (_, 0, _) | (_, _, Newlines::Space) => Gap::Space,
            (_, 1, Newlines::Paragraph) => Gap::Line,
            _ => Gap::Certain,
        };
        (gap, next)
    }

    /// What the byte here makes, if anything; always moves on.
    fn look(&mut self) -> Option<Candidate> {
        let start = self.at;
        let c = self.here()?;
        if let Some(stop) = self.stop_of(c) {
            if self.in_title() {
                self.run(stop);
                return None;
            }
            return Some(self.stop(stop));
        }
        match c {
            ':' => return self.address().or_else(|| self.heading(start)),
            ';' if self.is_white(start + 1) => {
                self.at += 1;
                return Some(self.plain(Kind::Semicolon, start));
            }
            '《' => self.title = Some(start),
            '》' => self.title = None,
            '"' => self.quote_open = !self.quote_open,
            _ => {}
        }
        if c.is_whitespace() {
            return self.white(start);
        }
        self.at += c.len_utf8();
        match c {
            ')' => Some(self.plain(Kind::Bracket, start)),
            _ if marks::is_bullet(c) => Some(self.plain(Kind::Bullet, start)),
            _ => None,
        }
    }
}

impl Iterator for Scanner<'_> {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        loop {
            self.at = self.halts.next(self.source.as_bytes(), self.at)?;
            if let Some(candidate) = self.word_gap() {
                self.at = candidate.next;
                self.floor = candidate.next;
                return Some(candidate);
            }
            if let Some(candidate) = self.look() {
                if candidate.gap == Gap::Certain {
                    self.quote_open = false;
                    self.title = None;
                }
                self.at = candidate.next;
                self.floor = candidate.next;
                return Some(candidate);
            }
        }
    }
}

/// The nearest boundary of a character at or before `at`.
pub(super) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The character at `at`, if the text goes that far.
pub(super) fn char_at(source: &str, at: usize) -> Option<char> {
    source.get(at..)?.chars().next()
}

/// How many line breaks there are; one at the end of a paragraph counts for two.
fn count_breaks(white: &str) -> usize {
    let mut count = 0;
    let mut previous = '\0';
    for c in white.chars() {
        count += match (previous, c) {
            ('\r', '\n') => 0,
            (_, '\u{2029}') => 2,
            _ => usize::from(is_line_break(c)),
        };
        previous = c;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each candidate takes up to its end, with the gap behind.
    fn found(source: &str) -> Vec<(&str, Gap)> {
        Scanner::new(source, Newlines::Paragraph, Writing::default(), false)
            .map(|candidate| (&source[candidate.start..candidate.end], candidate.gap))
            .collect()
    }

    #[test]
    fn a_stop_takes_what_closes_behind_it() {
        assert_eq!(found("It is.”) She."), [(".”)", Gap::Space), (".", Gap::Certain)]);
        assert_eq!(found("It is. [12] [sic] She"), [(". [12] [sic]", Gap::Space)]);
        assert_eq!(found("So. :) She"), [(". :)", Gap::Space)]);
        assert_eq!(found("Why?! . . .Go"), [("?! . .", Gap::Space), (".", Gap::None)]);
    }

    #[test]
    fn straight_marks_close_what_is_open() {
        assert_eq!(found("\"So.\"He"), [(".\"", Gap::None)]);
        assert_eq!(found("So.\"He"), [(".", Gap::None)]);
    }

    #[test]
    fn gaps_tell_line_breaks() {
        let gaps = |source| found(source).iter().map(|&(_, gap)| gap).collect::<Vec<_>>();
        assert_eq!(
            gaps("a. b.\nc.\r\nd.\n\t\ne.\u{2029}f"),
            [Gap::Space, Gap::Line, Gap::Line, Gap::Certain, Gap::Certain]
        );
    }

    #[test]
    fn addresses_are_passed_whole() {
        assert_eq!(found("see http://a.b/C.D, or http://e.f?G=.H. I"), [(".", Gap::Space)]);
        assert_eq!(found("see http://a.b/C.D I"), [("://a.b/C.D", Gap::Space)]);
    }
}
