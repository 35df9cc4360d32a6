//! Stops that no rule is about: most of them, and seen to be so by a few bytes.

use super::{
    candidates::{Candidate, Gap, Kind, Run},
    marks::Stop,
    words::Words,
};
use crate::{
    lang::Class,
    text::bits::{BLOCK, Block, is},
};

/// One full stop.
const RUN: Run = Run { stop: Stop::Period, count: 1, spaced: false };

/// Markers are no longer: "[00:01:12]".
const MARKER: usize = 14;

/// Words before whose stop a rule may know more.
const ABBREVIATIONS: &[Class] = &[
    Class::ShortTitle,
    Class::Abbreviation,
    Class::NumberAbbreviation,
    Class::FinalAbbreviation,
    Class::ClosingAbbreviation,
];

/// Whether a candidate is a full stop behind a word that is no abbreviation, perhaps with marks that close behind it,
/// and white space and a capital follow. The rules of [`super::decision`] say of those that the sentence ends, and have
/// nothing to add.
pub(super) fn is_stop(source: &str, candidate: &Candidate, sentence: usize, words: &Words) -> bool {
    let &Candidate { kind, start, gap, next, .. } = candidate;
    let bytes = source.as_bytes();
    if kind != Kind::Stop(RUN) || gap == Gap::None || bytes[start] != b'.' {
        return false;
    }
    let opens = match bytes[next..] {
        [b'"', first, ..] | [0xE2, 0x80, 0x9C, first, ..] | [first, ..] => first.is_ascii_uppercase(),
        [] => false,
    };
    let before = &bytes[sentence..start];
    let length = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    // A word that a stop stands before may be the second part of an abbreviation.
    let apart = matches!(before[..before.len() - length], [.., other, b' '] if other != b'.');
    let word = &source[start - length..start];
    opens
        && apart
        && is_word(word)
        && !words.known(word).any(ABBREVIATIONS)
        && !words.is_callers(word)
        && !has_slash(bytes, candidate)
}

/// Whether what may part verses, of which rules know, stands in the line around a candidate.
#[inline]
pub(super) fn has_slash(bytes: &[u8], candidate: &Candidate) -> bool {
    let before = Block::load(bytes, candidate.start.saturating_sub(BLOCK)).bits(|lanes| is(lanes, b'/'));
    let behind = Block::load(bytes, candidate.next);
    let breaks = behind.bits(|lanes| is(lanes, b'\n') | is(lanes, b'\r'));
    // Nothing is seen from the first line break on.
    let line = (breaks & breaks.wrapping_neg()).wrapping_sub(1);
    before != 0 || behind.bits(|lanes| is(lanes, b'/')) & line != 0
}

/// Whether a gap between two words is plainly about no sign, label, marker or number.
#[inline]
pub(super) fn is_nothing(source: &str, candidate: &Candidate, sentence: usize) -> bool {
    let bytes = source.as_bytes();
    let joins =
        bytes[..candidate.end].last().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b',');
    joins && candidate.end - sentence > MARKER && bytes.get(candidate.next) != Some(&b'N')
}

/// Whether a candidate is the point of a decimal, which does not begin its sentence, as the number of an item does.
pub(super) fn is_point(source: &str, candidate: &Candidate, sentence: usize) -> bool {
    let &Candidate { kind, start, next, .. } = candidate;
    if kind != Kind::Stop(RUN) || next != start + 1 || !source[start..].starts_with('.') {
        return false;
    }
    let before = &source.as_bytes()[sentence..start];
    let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let follows = source.as_bytes().get(next).is_some_and(u8::is_ascii_digit);
    digits > 0 && digits < before.len() && follows
}

/// Whether such a stop ends a sentence for sure: before a capital with no mark but the stop between, if the word behind begins
/// sentences, or the one before has small letters and can be spoken. What is shortened has a capital, is in a list, or is
/// shorter or has no vowel.
pub(super) fn is_sure(source: &str, candidate: &Candidate, words: &Words) -> bool {
    const SHORT: usize = 2;
    let &Candidate { start, end, next, .. } = candidate;
    let bytes = source.as_bytes();
    let small = bytes[..start].iter().rev().take_while(|byte| byte.is_ascii_lowercase()).count();
    let word = &bytes[start - small..start];
    let spoken = small > SHORT
        && bytes[..start - small].last() == Some(&b' ')
        && word.iter().any(|byte| b"aeiouy".contains(byte));
    let starts = || {
        let length = bytes[next..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        length > 1 && words.has(&source[next..next + length], Class::SentenceStarter)
    };
    end == start + 1 && next == end + 1 && bytes[next].is_ascii_uppercase() && (spoken || starts())
}

/// Whether a candidate stands between a colon and a web address in one line: "The site is: https://…" is a sentence, if it
/// begins its paragraph.
pub(super) fn is_label(source: &str, candidate: &Candidate) -> bool {
    let before = &source.as_bytes()[..candidate.end];
    before.last() == Some(&b':')
        && candidate.gap == Gap::Space
        && ["http://", "https://", "www."].iter().any(|scheme| source[candidate.next..].starts_with(scheme))
}

/// Whether the sign of a section or a number stands before a candidate: "§ 1983".
pub(super) fn is_sign(source: &str, candidate: &Candidate) -> bool {
    let before = &source.as_bytes()[..candidate.end];
    // What is ASCII is none, which is seen at once.
    before.last().is_some_and(|byte| !byte.is_ascii()) && source[..candidate.end].ends_with(['§', '¶', '№'])
}

/// Whether nothing but a mark and a number, or a number in brackets, stands in the sentence before a candidate: "¶ 12 The court",
/// "[3] The court", "> Are we".
pub(super) fn is_marker(source: &str, candidate: &Candidate, sentence: usize) -> bool {
    candidate.end - sentence <= MARKER
        && candidate.gap == Gap::Space
        && marks(source[sentence..candidate.end].trim_start())
}

/// Whether a text is such a marker.
fn marks(before: &str) -> bool {
    match before.strip_prefix(['[', '(']) {
        Some(rest) => rest.strip_suffix([']', ')']).is_some_and(|inside| {
            !inside.is_empty() && inside.bytes().all(|byte| matches!(byte, b'0'..=b':'))
        }),
        None => match before.strip_prefix(['§', '¶', '№']) {
            Some(rest) => rest.trim_start().bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.')),
            None => matches!(before, ">" | "-" | "–" | "*" | "#"),
        },
    }
}

/// Whether the sentence before a candidate is no more than up to three words with capitals and a colon, as before what somebody says
/// or an entry holds, perhaps behind a time: "Mara: Yes", "[00:12] THE COURT: Overruled".
pub(super) fn label<'a>(source: &'a str, candidate: &Candidate, sentence: usize) -> Option<&'a str> {
    const LONGEST: usize = 30;
    const WORDS: usize = 3;
    let before = &source.as_bytes()[sentence..candidate.end];
    if before.last() != Some(&b':') || before.len() > LONGEST || candidate.gap != Gap::Space {
        return None;
    }
    let begun = source[sentence..candidate.end - 1].trim_start();
    let behind_time = begun.strip_prefix('[').and_then(|rest| Some(rest.split_once("] ")?.1));
    let label = behind_time.unwrap_or(begun);
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\''))
    };
    let words = label.split(' ').count();
    (words <= WORDS && label.split(' ').all(is_name)).then_some(label)
}

/// Whether a candidate stands before what counts, though no stop does: "the Regulation (EC) No 1/2003".
pub(super) fn is_numbered(source: &str, candidate: &Candidate) -> bool {
    let bytes = source.as_bytes();
    candidate.gap == Gap::Space && matches!(bytes[candidate.next..], [b'N', b'o', b' ', b'0'..=b'9', ..])
}

/// Whether it is no initial, no roman number and no number that may count an item.
fn is_word(word: &str) -> bool {
    const COUNTS: usize = 3;
    let letters = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    letters && word.len() > 1 && word.ends_with(|c: char| c.is_ascii_lowercase())
        || digits && word.len() > COUNTS
}

/// Whether a candidate is a bracket that closes behind a word of letters, so that it marks no item of a list.
pub(super) fn is_bracket(source: &str, candidate: &Candidate) -> bool {
    let before = &source.as_bytes()[..candidate.start];
    candidate.kind == Kind::Bracket
        && candidate.gap <= Gap::Space
        && matches!(before, [.., a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lang::Language,
        sentence::{
            Newlines,
            candidates::Scanner,
            context::Context,
            decision::{self, Opinion},
            items::Items,
        },
    };

    /// What the rules say of each candidate of a text, and what is said of it without them.
    fn opinions(source: &str, words: &Words) -> Vec<(Opinion, Opinion)> {
        let scanner = Scanner::new(source, Newlines::Paragraph, words.writing(), true);
        let plain = scanner.filter_map(|candidate| {
            let opinion = if is_bracket(source, &candidate) {
                decision::plain_bracket(candidate.gap)
            } else if is_point(source, &candidate, 0) {
                decision::point()
            } else if is_stop(source, &candidate, 0, words) {
                decision::plain_stop()
            } else {
                return None;
            };
            let context = Context::new(source, words, candidate, 0, true);
            assert_eq!(Items::default().read(&context), None, "an item in {source:?}");
            Some((decision::decide(&context), opinion))
        });
        plain.collect()
    }

    #[test]
    fn the_rules_agree() {
        let words = Words::new(Language::get("en").expect("English is known"), &["Obl.".to_owned()]);
        let before = [
            "the roof", "Veltmark", "Gen", "in Jan", "Inc", "p.m", "z. b", "I", "a 12", "of 2024", "Obl",
            "XIV",
        ];
        let stops = [".", ".”", ".\"", ".)", ". [12]", "!", "...", ")", "]."];
        let behind = [
            "The mayor",
            "“The mayor",
            "\"It is",
            "he",
            "5",
            "5%.",
            "(Quist 5).",
            "— Mara Quist",
            "I",
            "A. Quist",
            "",
        ];
        let mut seen = 0;
        for before in before {
            for stop in stops {
                for behind in behind {
                    for gap in [" ", "", "  ", "\n", " \n", "\u{a0}"] {
                        let source = format!("It is {before}{stop}{gap}{behind}");
                        for (rules, plain) in opinions(&source, &words) {
                            assert_eq!(rules, plain, "{source:?}");
                            seen += 1;
                        }
                    }
                }
            }
        }
        assert!(seen > 50, "{seen} are plain");
    }
}
