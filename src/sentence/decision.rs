//! Whether a sentence ends at a candidate: ordered rules, the first that knows decides.
//!
//! A rule is one statement about how the language is written. It says that the sentence ends or goes on, or leaves
//! the question to the rules below it. What a rule must know about words is in the word lists.

use super::{
    breaks,
    candidates::{Gap, Kind, Run, char_at},
    context::{self, Context, First},
    marks::{self, Closer, Stop},
    words,
};
use crate::{
    lang::{Class, Ordinals},
    model::combine,
};

/// What a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The sentence ends where the candidate does.
    Ends,
    /// The sentence ends here.
    EndsAt(usize),
    /// The sentence goes on.
    GoesOn,
}

/// What the rules say of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opinion {
    pub(super) verdict: Verdict,
    /// The rule, as a number, and its verdict: what a model learns how far to trust.
    pub(super) rule: u64,
    /// Whether no model is asked.
    pub(super) certain: bool,
}

/// What is said of a gap that no rule is about.
pub(super) const NO_OPINION: Opinion = Opinion { verdict: GoesOn, rule: 0, certain: false };

/// What is said of a gap before what belongs to the mark that stands there.
pub(super) const JOINED: Opinion = Opinion { verdict: GoesOn, rule: 0, certain: true };

/// What is said of a stop that white space follows and no rule is about.
pub(super) fn plain_stop() -> Opinion {
    Opinion { verdict: Ends, rule: rule_number(2, 0, false, Ends), certain: false }
}

/// What is said of the point of a decimal, behind which [`no_word_follows`].
pub(super) fn point() -> Opinion {
    const ROW: u64 = 6;
    Opinion { verdict: GoesOn, rule: rule_number(1, ROW, false, GoesOn), certain: false }
}

/// What is said of a bracket that marks no item, with no line break behind it.
pub(super) fn plain_bracket(gap: Gap) -> Opinion {
    match gap {
        Gap::None => Opinion { verdict: GoesOn, rule: 0, certain: true },
        _ => Opinion { verdict: GoesOn, rule: rule_number(5, 0, false, GoesOn), certain: false },
    }
}

/// A row of a table of rules and what is said there, as a number.
fn rule_number(table: u64, row: u64, ends_line: bool, verdict: Verdict) -> u64 {
    combine(combine(table, row), combine(u64::from(ends_line), u64::from(verdict == GoesOn)))
}

/// Whether a rule is right wherever it applies, or mostly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    Certain,
    Likely,
}

use Trust::{Certain, Likely};
use Verdict::{Ends, EndsAt, GoesOn};

type Rule = fn(&Context) -> Option<Verdict>;

/// Stops that white space follows. What the stop itself shows comes first, then what the word before it is, from
/// lists that say most to shapes that say least; case alone comes last.
const SPACED: &[(Rule, Trust)] = &[
    (full_stop_of_other_scripts, Certain),
    (omission_in_brackets, Certain),
    (leading_pause, Certain),
    (omission_before_capital, Certain),
    (pause, Certain),
    (signature, Certain),
    (words_between_quotations, Likely),
    (joint, Likely),
    (dash, Likely),
    (callers_abbreviation, Certain),
    (title_before_name, Certain),
    (volume_of_reporter, Certain),
    (section_sign, Certain),
    (abbreviation_before_number, Certain),
    (citation, Certain),
    (abbreviation, Likely),
    (ordinal, Likely),
    (only_says_when, Certain),
    (clock_tail, Certain),
    (clock_time, Likely),
    (company_form, Certain),
    (abbreviation_at_the_end, Likely),
    (initial_in_name, Certain),
    (initial, Likely),
    (word_without_vowel, Certain),
    (address_follows, Likely),
    (quotation_in_sentence, Certain),
    (question_that_is_reported, Certain),
    (question_before_sentence, Certain),
    (question_before_starter, Certain),
    (small_letter_after_pause, Certain),
    (question_in_sentence, Likely),
    (name_with_mark, Certain),
];

/// Stops that nothing follows but the next word. What is surely no sentence end, names and addresses, comes before
/// what may be one.
const GLUED: &[(Rule, Trust)] = &[
    (full_stop_of_other_scripts, Certain),
    (leading_pause, Certain),
    (pause_of_the_next, Likely),
    (footnote, Certain),
    (glued_question, Likely),
    (no_word_follows, Likely),
    (address, Certain),
    (closed_and_glued, Likely),
    (glued_pause_or_question, Likely),
    (glued_file_name, Certain),
    (callers_abbreviation, Certain),
    (enumeration, Likely),
    (glued_abbreviation, Certain),
    (acronym_glued_to_word, Certain),
    (acronym_of_name, Certain),
    (glued_acronym, Likely),
    (glued_words, Likely),
];

/// What the rules say of a candidate that is no list marker and no certain end.
pub(super) fn decide(context: &Context) -> Opinion {
    let (table, rules, otherwise) = match (context.candidate.kind, context.candidate.gap) {
        (Kind::Stop(_), Gap::None) => (1, GLUED, GoesOn),
        (Kind::Stop(_), _) => (2, SPACED, Ends),
        (Kind::Bullet, _) => return Opinion { verdict: bullet(context), rule: 0, certain: true },
        (Kind::Address, _) if context.right.first == First::Upper => (3, NONE, Ends),
        (Kind::Break, _) if breaks::begins_item(context.source, context.candidate.next) => {
            return Opinion { verdict: Ends, rule: 0, certain: true };
        }
        (Kind::Break, _) if breaks::is_after_comma(context) => {
            return Opinion { verdict: GoesOn, rule: 0, certain: true };
        }
        (Kind::Break, _) if breaks::ends_sentence(context) => (4, NONE, Ends),
        (Kind::Colon, _) => (6, NONE, heading(context)),
        (Kind::Semicolon, _) => (7, NONE, ends_if(begins_anew(context))),
        (_, Gap::None) => return Opinion { verdict: GoesOn, rule: 0, certain: true },
        _ => (5, NONE, GoesOn),
    };
    let first = rules.iter().zip(1..).find_map(|(&(rule, trust), row)| Some((rule(context)?, trust, row)));
    let (verdict, trust, row) = first.unwrap_or((otherwise, Likely, 0));
    let ends_line = verdict == GoesOn && breaks::ends_sentence(context);
    let verdict = if ends_line && trust == Likely { Ends } else { verdict };
    let rule = rule_number(table, row, ends_line, verdict);
    Opinion { verdict, rule, certain: trust == Certain }
}

/// Where no rule is needed.
const NONE: &[(Rule, Trust)] = &[];

fn goes_on_if(condition: bool) -> Option<Verdict> {
    condition.then_some(GoesOn)
}

fn ends_if(condition: bool) -> Verdict {
    if condition { Ends } else { GoesOn }
}

/// A bullet among words begins the next item.
fn bullet(context: &Context) -> Verdict {
    let start = context.candidate.start;
    let apart = context.source[..start].ends_with(char::is_whitespace);
    if apart { EndsAt(start) } else { GoesOn }
}

/// "Question and answer: what happened?": a heading opens its paragraph, is short and tells of nobody's saying.
fn heading(context: &Context) -> Verdict {
    const LONGEST: usize = 160;
    if context.candidate.start - context.sentence > LONGEST {
        return GoesOn;
    }
    let sentence = &context.source[context.sentence..context.candidate.start];
    let says = sentence.split_whitespace().any(|word| context.words.has(word, Class::SayVerb));
    ends_if(opens_line(context) && !says)
}

/// Whether the sentence is the first of its paragraph or line.
fn opens_line(context: &Context) -> bool {
    let sentence = &context.source[context.sentence..context.candidate.start];
    let white = sentence.len() - sentence.trim_start().len();
    context.opens || sentence[..white].contains(['\n', '\r'])
}

/// "the plans; The council": a semicolon does not end a sentence, but whoever wrote this capital thought so. One
/// letter, like "I", may always be a capital; `&amp;` is no semicolon.
fn begins_anew(context: &Context) -> bool {
    let letter = context.right.word.chars().count() == 1;
    context.right.starts_sentence() && !letter && !context.left.run.starts_with('&')
}

fn run(context: &Context) -> Run {
    match context.candidate.kind {
        Kind::Stop(run) => run,
        _ => Run { stop: Stop::Period, count: 1, spaced: false },
    }
}

fn is_period(context: &Context) -> bool {
    run(context).stop == Stop::Period
}

// Rules for every stop.

/// A stop that is used for nothing else ends a sentence, but for Japanese speech that a particle reports, and before
/// another stop that stands outside the marks.
fn full_stop_of_other_scripts(context: &Context) -> Option<Verdict> {
    let outer = matches!(context.right.first, First::Mark(c) if marks::stop(c).is_some());
    let reported = context.candidate.closer == Some(Closer::Quote)
        && context.candidate.gap == Gap::None
        && matches!(char_at(context.source, context.candidate.next), Some('と' | 'っ'));
    (run(context).stop == Stop::Full).then(|| ends_if(!reported && !outer))
}

/// `Dr.~` in the caller's list never ends a sentence.
fn callers_abbreviation(context: &Context) -> Option<Verdict> {
    goes_on_if(is_period(context) && context.words.is_callers(context.left.word))
}

// Rules for stops that white space follows.

/// "the plan [...] The rest": the dots stand for words left out.
fn omission_in_brackets(context: &Context) -> Option<Verdict> {
    let opened = context.source[..context.candidate.start].ends_with(['[', '(']);
    let omits = opened && run(context).stop == Stop::Ellipsis && context.candidate.closer.is_some();
    goes_on_if(omits && (context.right.first == First::Lower || context.is_quoted()))
}

/// "... and so it went": dots before the first word belong to its sentence.
fn leading_pause(context: &Context) -> Option<Verdict> {
    goes_on_if(run(context).stop == Stop::Ellipsis && context.sentence_has_no_word())
}

/// "was lost. . . . The rest": the first stop is the sentence's own, the dots behind it begin the next.
fn omission_before_capital(context: &Context) -> Option<Verdict> {
    const STOP_AND_OMISSION: usize = 4;
    let Run { stop, count, spaced } = run(context);
    let (before, marks) = context.source.split_at(context.candidate.start);
    let own_stop = marks.starts_with(". ") && before.ends_with(char::is_alphanumeric);
    let omits = stop == Stop::Ellipsis && spaced && count == STOP_AND_OMISSION && own_stop;
    let opens = context.right.first == First::Upper && context.candidate.closer.is_none();
    (omits && opens).then_some(EndsAt(context.candidate.start + 1))
}

/// "the thing is . . . I did not": three dots apart are a pause, and "I" is always a capital.
fn pause(context: &Context) -> Option<Verdict> {
    let Run { stop, count, spaced } = run(context);
    let apart = context.source[..context.candidate.start].ends_with(char::is_whitespace);
    let pronoun = context::leading_word(context.right.word).split(['\'', '’']).next() == Some("I");
    let goes_on = pronoun || context.right.first == First::Lower;
    goes_on_if(stop == Stop::Ellipsis && spaced && count == 3 && apart && goes_on)
}

/// "etc., and", "(Mon.) and": after a comma or a closing bracket the sentence is not over.
fn joint(context: &Context) -> Option<Verdict> {
    goes_on_if(matches!(context.right.first, First::Mark(c) if marks::is_joint(c)))
}

/// "alone? — at least": after a dash, a small letter goes on.
fn dash(context: &Context) -> Option<Verdict> {
    let small = context.following().nth(1).is_some_and(|word| word.starts_with(char::is_lowercase));
    goes_on_if(before_dash(context) && small)
}

/// "«Where to? – asked Mara. – Wait for me»": the words between dashes stand inside the quotation that they report.
fn words_between_quotations(context: &Context) -> Option<Verdict> {
    goes_on_if(before_dash(context) && context.is_quoted())
}

/// "not quite. — Mara Quist": a dash and a name, and nothing behind them.
fn signature(context: &Context) -> Option<Verdict> {
    const NAME: std::ops::RangeInclusive<usize> = 2..=4;
    const LONGEST: usize = 60;
    let rest = &context.source[context.candidate.next..];
    if !before_dash(context) || rest.len() > LONGEST {
        return None;
    }
    let names = || rest.split_whitespace().skip(1);
    let is_name = names().all(|word| word.starts_with(char::is_uppercase));
    (is_name && NAME.contains(&names().count()) && !rest.contains(['\n', '\r'])).then_some(Ends)
}

fn before_dash(context: &Context) -> bool {
    matches!(context.right.first, First::Mark('—' | '–' | '-'))
}

/// "Gen. Mark": a shortened title has its name behind it.
fn title_before_name(context: &Context) -> Option<Verdict> {
    // "a smart rep" is a word; of "then-Sen" the last part is the title.
    let capital = words::last_part(context.left.word).starts_with(char::is_uppercase);
    let title = context.left.has(Class::ShortTitle) && (capital || !context.left.has(Class::Common));
    goes_on_if(is_period(context) && title && !context.right.starts_sentence())
}

/// "410 U.S. 113": between two numbers stands what they are the volume and the page of.
fn volume_of_reporter(context: &Context) -> Option<Verdict> {
    let name = context.left.acronym || context.left.has(Class::NumberAbbreviation);
    let page = is_period(context) && context.right.first == First::Digit;
    let volume = context.before_left();
    let volume = !volume.is_empty() && volume.bytes().all(|byte| byte.is_ascii_digit());
    goes_on_if(name && page && volume && context.left.is_upper())
}

/// "42 U.S.C. § 1983", "Compl. ¶ 5": a section of what is shortened before it. Behind a word of small letters it begins a
/// sentence.
fn section_sign(context: &Context) -> Option<Verdict> {
    const SHORT: [Class; 4] =
        [Class::Abbreviation, Class::NumberAbbreviation, Class::ClosingAbbreviation, Class::ShortTitle];
    let left = &context.left;
    let short = left.acronym || left.letter().is_some() || left.classes.any(&SHORT);
    let word = left.word.len() > 2 && left.word.bytes().all(|byte| byte.is_ascii_lowercase());
    let section = is_period(context) && matches!(context.right.first, First::Mark('§' | '¶'));
    (section && (short || word)).then(|| ends_if(!short))
}

/// "No. 5", "Fri. Jan. 6", "Fig. A": a number belongs to what counts it. Before a small letter, what is no word is an
/// abbreviation here too: "15 de mar. fue".
fn abbreviation_before_number(context: &Context) -> Option<Verdict> {
    let counts = is_period(context) && context.left.has(Class::NumberAbbreviation);
    let right = &context.right;
    let letter = right.word.len() == 1 && !right.starts_sentence();
    let counts_too = right.has(Class::NumberAbbreviation)
        && !right.starts_sentence()
        && context.source[right.end..].starts_with('.');
    let counted = match right.first {
        First::Digit => true,
        First::Upper => letter || counts_too,
        First::Lower => !context.left.has(Class::Common),
        _ => false,
    };
    goes_on_if(counts && counted)
}

/// "vs. Mara", "approx. five"; but "IE." is a name.
fn abbreviation(context: &Context) -> Option<Verdict> {
    let left = &context.left;
    let letters = left.letter().is_none() && left.is_upper() && context::is_all_upper(left.word);
    goes_on_if(is_period(context) && left.has(Class::Abbreviation) && (left.acronym || !letters))
}

/// "am 12. Juni", "Ludwig XIV. regierte", "5. gade": in some languages a stop makes an ordinal of a number. Where
/// nouns have capitals, only a word that begins sentences shows that it does not.
fn ordinal(context: &Context) -> Option<Verdict> {
    const DIGITS: usize = 2;
    let (word, run) = (context.left.word, context.left.run);
    let ordinals = context.words.writing().ordinals;
    let number = word.len() <= DIGITS && word.bytes().all(|byte| byte.is_ascii_digit());
    let roman = word.bytes().all(|byte| b"IVXLC".contains(&byte));
    if !is_period(context) || word.is_empty() || word != run || !(number || roman) {
        return None;
    }
    match (ordinals, context.right.first) {
        (Ordinals::Otherwise, _) => None,
        (_, First::Lower | First::Digit) => Some(GoesOn),
        (Ordinals::BeforeAny, First::Upper) if context.right.opener.is_none() => {
            Some(ends_if(context.right.starts_sentence()))
        }
        _ => None,
    }
}

/// "At 5 a.m. Mr. Quist": a preposition and a time are no sentence yet.
fn only_says_when(context: &Context) -> Option<Verdict> {
    const WORDS: usize = 3;
    let time = is_period(context) && context.left.has(Class::FinalAbbreviation);
    let mut words = context.short_sentence()?.split_whitespace();
    let opens = words.next().is_some_and(|first| context.words.has(first, Class::OpeningPreposition));
    goes_on_if(time && opens && words.count() < WORDS && !context.right.starts_sentence())
}

/// "at 5 p.m. Monday", "6 a.m. (EST)": what tells more of the time.
fn clock_tail(context: &Context) -> Option<Verdict> {
    let time = is_period(context) && context.left.has(Class::FinalAbbreviation);
    goes_on_if(time && context.right.has(Class::ClockTail))
}

/// "6 p.m. Then", "etc. The": the sentence ends if a capital follows.
fn clock_time(context: &Context) -> Option<Verdict> {
    let known = is_period(context) && context.left.has(Class::FinalAbbreviation);
    let is_word = matches!(context.left.word, "am" | "pm") && context.right.first == First::Lower;
    known.then(|| ends_if(is_word || context.right.first == First::Upper))
}

/// "Reed Inc. Chairman Dov Lund": before a name or a role, the name of a company is not over.
fn company_form(context: &Context) -> Option<Verdict> {
    let closes =
        is_period(context) && context.left.is_upper() && context.left.has(Class::ClosingAbbreviation);
    let title = context.right.first == First::Upper && !context.right.starts_sentence();
    goes_on_if(closes && !context.left.acronym && title && context.candidate.closer.is_none())
}

/// "in the U.S. He", "the U.S. Senate", "Inc. said": ends the sentence only if a sentence begins behind it.
fn abbreviation_at_the_end(context: &Context) -> Option<Verdict> {
    let may_end = context.left.acronym || context.left.has(Class::ClosingAbbreviation);
    (is_period(context) && may_end).then(|| ends_if(context.right.starts_sentence()))
}

/// "stairways” (Quist 55).": after a quotation, a bracket that a stop follows says whose it is.
fn citation(context: &Context) -> Option<Verdict> {
    const LONGEST: usize = 40;
    let quotation = context.candidate.closer == Some(Closer::Quote);
    let next = context::head(&context.source[context.candidate.next..], LONGEST);
    let source = next.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    goes_on_if(quotation && source.is_some_and(|(_, behind)| behind.starts_with(['.', ',', ';'])))
}

/// "Antony J. Quist": between a first name and a word that begins no sentence, a letter is an initial.
fn initial_in_name(context: &Context) -> Option<Verdict> {
    let letter = is_period(context) && context.left.letter().is_some();
    let name = context.before_left_is_upper() && context.right.first == First::Upper;
    goes_on_if(letter && name && !context.right.starts_sentence())
}

/// "Antony J. Quist", "you and I. Did": a single letter is an initial, unless a sentence begins behind it.
fn initial(context: &Context) -> Option<Verdict> {
    let letter = context.left.letter().filter(|_| is_period(context))?;
    let pronoun = letter == 'I' && context.before_left_is_lower();
    Some(ends_if(context.right.starts_sentence() || (pronoun && context.right.first == First::Upper)))
}

/// "Blvd. and": what has no vowel is no word.
fn word_without_vowel(context: &Context) -> Option<Verdict> {
    let word = context.left.word;
    let vowelless = word.len() > 1
        && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !word.bytes().any(|byte| b"aeiouyAEIOUY".contains(&byte))
        && !context::is_all_upper(word);
    goes_on_if(vowelless && is_period(context) && context.right.first == First::Lower)
}

/// A web address after a stop after a stop begins a sentence of its own, though with a small letter.
fn address_follows(context: &Context) -> Option<Verdict> {
    let is_letter = matches!(context.right.first, First::Lower);
    (is_letter && context::is_web_address(context.next_run())).then_some(Ends)
}

/// "“It leaks.” said Mara", "(See above.) and": what was quoted or put in brackets is over, the sentence is not.
fn quotation_in_sentence(context: &Context) -> Option<Verdict> {
    goes_on_if(context.right.first == First::Lower && context.candidate.closer >= Some(Closer::Bracket))
}

/// "“Is it safe?” Mara Quist asked", "“Is it?” I asked": a name or "I" and a reporting verb go with the quotation before.
fn question_that_is_reported(context: &Context) -> Option<Verdict> {
    const NAME: usize = 3;
    if context.candidate.closer != Some(Closer::Quote)
        || context.right.first != First::Upper
        || context.right.opener.is_some()
        || (context.right.starts_sentence() && context.right.word != "I")
    {
        return None;
    }
    let reported = context
        .following()
        .take(NAME + 1)
        .find(|word| !word.starts_with(char::is_uppercase))
        .is_some_and(|word| context.words.has(context::leading_word(word), Class::SayVerb));
    goes_on_if(reported && !is_period(context))
}

/// "“Is it?” I did not know": a pronoun behind a question, and no verb of saying.
fn question_before_sentence(context: &Context) -> Option<Verdict> {
    let asked = context.candidate.closer == Some(Closer::Quote) && run(context).stop == Stop::Strong;
    if !asked || context.right.opener.is_some() || !context.right.has(Class::Pronoun) {
        return None;
    }
    let says = |word: &str| context.words.has(context::leading_word(word), Class::SayVerb);
    let tells = context.following().skip(1).take(2).any(says);
    (context.right.first == First::Upper && !tells).then_some(Ends)
}

/// "Hello!? Is that you": a question with nothing that closes behind it, and a word that begins sentences.
fn question_before_starter(context: &Context) -> Option<Verdict> {
    let asks = context.source[..context.candidate.end].ends_with('?') && context.candidate.closer.is_none();
    let spoken = context.right.word.len() > 1 && context.right.opener.is_none();
    let starts = context.right.first == First::Upper && context.right.starts_sentence();
    (asks && spoken && starts && context.candidate.gap == Gap::Space).then_some(Ends)
}

/// "I was … well": dots before a small letter are a pause.
fn small_letter_after_pause(context: &Context) -> Option<Verdict> {
    goes_on_if(context.right.first == First::Lower && run(context).stop == Stop::Ellipsis)
}

/// "preguntó ¿por qué? y se fue": what has a mark at both ends is over, the sentence is not.
fn question_in_sentence(context: &Context) -> Option<Verdict> {
    let small = context.right.first == First::Lower;
    goes_on_if(small && run(context).stop == Stop::Strong && context.opened_a_question())
}

/// "works at Yahoo! in": a name that has the mark as its last letter.
fn name_with_mark(context: &Context) -> Option<Verdict> {
    let mark = &context.source[context.candidate.start..context.candidate.end];
    let name = context.left.is_upper() && !context::is_all_upper(context.left.word);
    goes_on_if(mark == "!" && name && context.right.first == First::Lower && !context.left_is_first())
}

// Rules for glued text.

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
