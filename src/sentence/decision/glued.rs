//! Rules for stops that nothing follows but the next word.

use super::{
    Certain, Ends, EndsAt, GoesOn, Likely, Rule, Trust, Verdict, callers_abbreviation, ends_if,
    full_stop_of_other_scripts, goes_on_if, is_period, leading_pause, run,
};
use crate::{
    lang::Class,
    sentence::{
        candidates::Run,
        context::{self, Context, First},
        marks::{Closer, Stop},
    },
};

/// Stops that nothing follows but the next word. What is surely no sentence end, names and addresses, comes before
/// what may be one.
pub(super) const RULES: &[(Rule, Trust)] = &[
    (full_stop_of_other_scripts, Certain),
    (leading_pause, Certain),
    (pause_of_the_next, Likely(3)),
    (footnote, Certain),
    (glued_question, Likely(5)),
    (title_that_runs_in, Certain),
    (no_word_follows, Likely(6)),
    (address, Certain),
    (closed_and_glued, Likely(8)),
    (glued_pause_or_question, Likely(9)),
    (glued_file_name, Certain),
    (callers_abbreviation, Certain),
    (enumeration, Likely(12)),
    (glued_abbreviation, Certain),
    (acronym_glued_to_word, Certain),
    (glued_clock_time, Certain),
    (acronym_behind_hyphen, Certain),
    (acronym_of_name, Certain),
    (glued_acronym, Likely(16)),
    (glued_words, Likely(17)),
];

/// "the last was over. ...and then": dots that hang on the next word are its own.
fn pause_of_the_next(context: &Context) -> Option<Verdict> {
    let Run { stop, count, spaced } = run(context);
    let (before, marks) = context.source.split_at(context.candidate.start);
    let own_stop = marks.starts_with(". ") && before.ends_with(char::is_alphanumeric);
    let dots = stop == Stop::Ellipsis && count > 2 && context.candidate.closer.is_none();
    (spaced && own_stop && dots).then_some(EndsAt(context.candidate.start + 1))
}

/// "1.Ice, 2.Meat": a number behind a comma or a colon counts what comes next.
fn enumeration(context: &Context) -> Option<Verdict> {
    const DIGITS: usize = 2;
    let run = context.left.run;
    let number = (1..=DIGITS).contains(&run.len()) && run.bytes().all(|byte| byte.is_ascii_digit());
    let before = &context.source[context.sentence..context.candidate.start - run.len()];
    let listed = before.strip_suffix(' ').is_some_and(|before| before.ends_with([',', ':', ';']));
    goes_on_if(number && is_period(context) && listed)
}

/// "the river.24 Later": a note's number stands behind the stop.
fn footnote(context: &Context) -> Option<Verdict> {
    const LETTERS: usize = 4;
    const DIGITS: usize = 3;
    let word = context.left.word;
    let is_word = word.len() >= LETTERS && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let counts = context.left.has(Class::NumberAbbreviation);
    if context.right.first != First::Digit || !is_period(context) || !is_word || counts {
        return None;
    }
    let digits = context.right.word.len();
    let after = &context.source[context.right.end..];
    let sentence_follows = after.starts_with(char::is_whitespace)
        && after.trim_start_matches(' ').starts_with(char::is_uppercase);
    (digits <= DIGITS && sentence_follows).then_some(EndsAt(context.right.end))
}

/// "is it?how", but not "page?q=a": a question mark between two words in small letters.
fn glued_question(context: &Context) -> Option<Verdict> {
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let words = is_word(context.left.run) && is_word(context.right.word);
    let next = context.next_run();
    (run(context).stop == Stop::Strong && words && !next.contains(['=', '/'])).then_some(Ends)
}

/// "In general.—The agency shall": a dash joins a title to the text behind it.
fn title_that_runs_in(context: &Context) -> Option<Verdict> {
    let dash = matches!(context.right.first, First::Mark('—' | '–'));
    goes_on_if(dash && is_period(context) && context.candidate.closer.is_none())
}

/// ".5", ".,": no word follows that could begin a sentence; nor does a small letter.
fn no_word_follows(context: &Context) -> Option<Verdict> {
    goes_on_if(!matches!(context.right.first, First::Upper | First::Letter))
}

/// "Jane.Doe@example.com", "?q=A": inside an address.
fn address(context: &Context) -> Option<Verdict> {
    let next = context.next_run();
    goes_on_if(context::is_address(context.left.run) || context::is_address(next) || next.contains('='))
}

/// "over.”He": a closing mark before a capital.
fn closed_and_glued(context: &Context) -> Option<Verdict> {
    (context.candidate.closer >= Some(Closer::Bracket)).then_some(Ends)
}

/// "What?Yes", "dead...Long": these marks stand inside no word. Where letters have no capitals, dots are a pause.
fn glued_pause_or_question(context: &Context) -> Option<Verdict> {
    let path = context.left.run.contains('/');
    let pause = run(context).stop == Stop::Ellipsis && context.right.first == First::Letter;
    (!is_period(context)).then(|| ends_if(!path && !pause))
}

/// "Contract.DOC", "ASP.NET": the ending of a file or a domain.
fn glued_file_name(context: &Context) -> Option<Verdict> {
    let ending = context::is_all_upper(context.right.word) && context.right.has(Class::NameEnding);
    let path = context.left.run.strip_suffix(context.left.word).is_some_and(|rest| rest.ends_with('.'));
    let after = &context.source[context.right.end..];
    let member = after.starts_with(['(', '_'])
        || (after.starts_with('.')
            && after[1..].starts_with(char::is_lowercase)
            && context.right.word.len() > 1);
    goes_on_if(ending || path || member)
}

/// "Gen.Mark", "vs.Mara".
fn glued_abbreviation(context: &Context) -> Option<Verdict> {
    let left = &context.left;
    let short = left.has(Class::ShortTitle) || left.has(Class::Abbreviation);
    goes_on_if(short || (left.has(Class::ClosingAbbreviation) && !context.right.starts_sentence()))
}

/// "blames Norland.U.N. envoy": a word, a stop, and letters with stops of their own.
fn acronym_glued_to_word(context: &Context) -> Option<Verdict> {
    const SHORT: usize = 3;
    let after = &context.source[context.right.end..];
    let second = after.strip_prefix('.').map(context::leading_word);
    let letters = context.right.word.len() == 1
        && context.right.first == First::Upper
        && second.is_some_and(|word| word.len() == 1 && word.starts_with(char::is_uppercase));
    let word = context.left.run;
    let is_word = word.len() > SHORT && word.chars().skip(1).all(char::is_lowercase);
    (is_period(context) && letters && is_word).then_some(Ends)
}

/// "at 5 p.m.Lawyers": what ends its sentence before a capital does so without a space.
fn glued_clock_time(context: &Context) -> Option<Verdict> {
    let right = &context.right;
    let word = right.first == First::Upper && right.word.len() > 1 && !context::is_all_upper(right.word);
    let time = is_period(context) && context.left.has(Class::FinalAbbreviation);
    (time && word && !right.has(Class::ClockTail)).then_some(Ends)
}

/// "Mara Quist, R-S.C.": a letter behind a hyphen and one behind its stop.
fn acronym_behind_hyphen(context: &Context) -> Option<Verdict> {
    let (left, right) = (context.left.word, context.right.word);
    let letter = left.len() > 2 && left.as_bytes()[left.len() - 2] == b'-';
    let second = right.len() == 1 && context.source[context.right.end..].starts_with('.');
    goes_on_if(is_period(context) && letter && second)
}

/// "U.S.Senate": an acronym and a capital that begins no sentences are one name.
fn acronym_of_name(context: &Context) -> Option<Verdict> {
    goes_on_if(
        context.left.acronym && context.right.first == First::Upper && !context.right.starts_sentence(),
    )
}

/// "the U.S.He", "Ph.D.".
fn glued_acronym(context: &Context) -> Option<Verdict> {
    const SHORT: usize = 2;
    let letter_follows =
        context.right.word.len() == 1 && context.source[context.right.end..].starts_with('.');
    if letter_follows && context.left.word.len() <= SHORT {
        return Some(GoesOn);
    }
    let sentence = context.right.starts_sentence() && context.right.word.len() > 1;
    (context.left.acronym || context.left.letter().is_some())
        .then(|| ends_if(context.left.acronym && sentence))
}

/// "Norrland.U.N.", "repair.In", "in 2011.The", "over .Then": a word, a stop, a capital.
fn glued_words(context: &Context) -> Option<Verdict> {
    let left_ends_word = context.left.word.ends_with(|c: char| c.is_alphanumeric())
        || (context.left.run.is_empty() && context.right.starts_sentence());
    let (left, right) = (context.left.word, context.right.word);
    let letters = right.chars().count();
    let constant = context::is_all_upper(left) && context::is_all_upper(right) && letters < 4;
    let numbered = left.ends_with(char::is_numeric) && letters == 1;
    (left_ends_word && !constant && !numbered).then_some(Ends)
}
