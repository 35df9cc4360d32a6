//! Rules for stops that white space follows.

use super::{
    Certain, Ends, EndsAt, GoesOn, Likely, Rule, Trust, Verdict, callers_abbreviation, ends_if,
    full_stop_of_other_scripts, goes_on_if, is_period, leading_pause, run,
};
use crate::{
    lang::{Class, Ordinals},
    sentence::{
        candidates::{Gap, Run},
        context::{self, Context, First},
        marks::{self, Closer, Stop},
        plain, words,
    },
};

/// Stops that white space follows. What the stop itself shows comes first, then what the word before it is, from
/// lists that say most to shapes that say least; case alone comes last.
pub(super) const RULES: &[(Rule, Trust)] = &[
    (full_stop_of_other_scripts, Certain),
    (omission_in_brackets, Certain),
    (leading_pause, Certain),
    (omission_before_capital, Certain),
    (pause, Certain),
    (signature, Certain),
    (words_between_quotations, Likely(7)),
    (verse, Certain),
    (joint, Likely(8)),
    (dash, Likely(9)),
    (callers_abbreviation, Certain),
    (marker, Certain),
    (title_before_name, Certain),
    (volume_of_reporter, Certain),
    (series_of_reporter, Certain),
    (law_review, Certain),
    (both_parts, Certain),
    (defined_term, Certain),
    (section_sign, Certain),
    (abbreviation_before_number, Certain),
    (citation, Certain),
    (abbreviation, Likely(16)),
    (ordinal, Likely(17)),
    (company_form, Certain),
    (only_says_when, Certain),
    (clock_tail, Certain),
    (time_before_title, Certain),
    (clock_time, Likely(20)),
    (company_before_small_letter, Certain),
    (abbreviation_at_the_end, Likely(22)),
    (initial_in_name, Certain),
    (initial, Likely(24)),
    (word_without_vowel, Certain),
    (address_follows, Likely(26)),
    (quotation_in_sentence, Certain),
    (question_that_is_reported, Certain),
    (question_before_sentence, Certain),
    (question_before_starter, Certain),
    (small_letter_after_pause, Certain),
    (question_in_sentence, Likely(32)),
    (name_with_mark, Certain),
    (letter_without_case, Certain),
];

/// "the plan [...] The rest": the dots stand for words left out.
fn omission_in_brackets(context: &Context) -> Option<Verdict> {
    let opened = context.source[..context.candidate.start].ends_with(['[', '(']);
    let omits = opened && run(context).stop == Stop::Ellipsis && context.candidate.closer.is_some();
    goes_on_if(omits && (context.right.first == First::Lower || context.is_quoted()))
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

/// "“It was. So still / stood the town / in the rain”": verses that are quoted in one line are one quotation.
fn verse(context: &Context) -> Option<Verdict> {
    let slash = plain::has_slash(context.source.as_bytes(), &context.candidate);
    let open = slash && context.candidate.closer != Some(Closer::Quote) && context.is_in_quotation();
    goes_on_if(open && context.around().any(|word| word == "/"))
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
    goes_on_if(name && page && follows_number(context) && context.left.is_upper())
}

/// Whether nothing but digits is the word before the last.
fn follows_number(context: &Context) -> bool {
    let before = context.before_left();
    !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit())
}

/// "30 Cal. App. 5th 118", "31 So. 2d 7": an ordinal in digits tells which series of a reporter is cited.
fn series_of_reporter(context: &Context) -> Option<Verdict> {
    const LONGEST: usize = 6;
    let digits = context.right.word.bytes().take_while(u8::is_ascii_digit).count();
    let series = digits > 0 && matches!(&context.right.word[digits..], "d" | "nd" | "rd" | "th");
    let cited = context.before_left().ends_with('.') || follows_number(context);
    let name = context.left.is_upper() && context.left.word.len() <= LONGEST;
    goes_on_if(is_period(context) && series && name && cited)
}

/// "12 Harv. L. Rev. 1": a volume, and a name of several shortened words.
fn law_review(context: &Context) -> Option<Verdict> {
    const LONGEST: usize = 6;
    let left = &context.left;
    let short = left.is_upper() && left.word.len() <= LONGEST && !left.has(Class::Common);
    let right = context.right.word;
    let initial = right.len() == 1 && context.source[context.right.end..].starts_with(". ");
    goes_on_if(is_period(context) && short && initial && follows_number(context))
}

/// "Quist Ltd. (“the seller”)": what is shortened is given a name of its own.
fn defined_term(context: &Context) -> Option<Verdict> {
    const LONGEST: usize = 40;
    let short = context.left.acronym || context.left.has(Class::ClosingAbbreviation);
    let next = context::head(&context.source[context.candidate.next..], LONGEST);
    let inside = next.strip_prefix('(').map(|rest| rest.trim_start_matches("the "));
    let term = inside.is_some_and(|rest| {
        rest.starts_with(['"', '“', '‘']) && ["\")", "”)", "’)"].iter().any(|close| rest.contains(close))
    });
    goes_on_if(is_period(context) && short && term)
}

/// "Bus. & Com. Code": what is joined by this sign is one name. `&nbsp;` is no such sign.
fn both_parts(context: &Context) -> Option<Verdict> {
    goes_on_if(is_period(context) && context.next_run() == "&")
}

/// "II. The facts", "II.B. The search", "A. I saw a truck.": a capital or a roman number that begins its sentence counts what comes next, or tells who
/// says it.
fn marker(context: &Context) -> Option<Verdict> {
    let left = &context.left;
    let counts = is_roman(left.word) || left.letter().is_some() || is_outline(left.word);
    let alone = left.run == left.word && context.left_is_first() && left.is_upper();
    let counts = is_period(context) && alone && counts;
    goes_on_if(counts && context.candidate.closer.is_none() && context.right.first == First::Upper)
}

/// Whether a word counts in several steps, the first a roman number: "II.B.1".
fn is_outline(word: &str) -> bool {
    const LONGEST: usize = 3;
    let part = |part: &str| {
        (1..=LONGEST).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    word.split_once('.').is_some_and(|(first, rest)| is_roman(first) && rest.split('.').all(part))
}

/// Whether a word is a roman number.
fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| b"IVXLC".contains(&byte))
}

/// "42 U.S.C. § 1983", "Compl. ¶ 5": a section of what is shortened before it. Behind a word of small letters it begins a
/// sentence.
fn section_sign(context: &Context) -> Option<Verdict> {
    const SHORT: &[Class] = &[
        Class::Abbreviation,
        Class::NumberAbbreviation,
        Class::ClosingAbbreviation,
        Class::FinalAbbreviation,
        Class::ShortTitle,
    ];
    let left = &context.left;
    let short = left.acronym || left.letter().is_some() || left.classes.any(SHORT);
    let word = left.word.len() > 2 && left.word.bytes().all(|byte| byte.is_ascii_lowercase());
    let section = is_period(context) && matches!(context.right.first, First::Mark('§' | '¶'));
    (section && (short || word)).then(|| ends_if(!short))
}

/// "No. 5", "Fri. Jan. 6", "Fig. A": a number belongs to what counts it. Before a small letter, what is no word is an
/// abbreviation here too: "15 de mar. fue".
fn abbreviation_before_number(context: &Context) -> Option<Verdict> {
    let counts = is_period(context) && context.left.has(Class::NumberAbbreviation);
    let right = &context.right;
    let marked = context.source[right.end..].starts_with([',', ';', ')']);
    let letter = right.word.len() == 1 && (marked || !right.starts_sentence());
    let roman = right.word.len() > 1 && is_roman(right.word);
    let counts_too = right.classes.any(&[Class::NumberAbbreviation, Class::ClosingAbbreviation])
        && !right.starts_sentence()
        && context.source[right.end..].starts_with('.');
    let counted = match right.first {
        First::Digit => true,
        First::Upper => letter || roman || counts_too || is_labelled(right.word),
        First::Lower => !context.left.has(Class::Common),
        _ => false,
    };
    goes_on_if(counts && counted)
}

/// "S4": a letter and digits.
fn is_labelled(word: &str) -> bool {
    const LONGEST: usize = 4;
    let digits =
        word.get(1..).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    word.len() <= LONGEST && digits
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
    let roman = is_roman(word);
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

/// "He left at 6 p.m. Mr. Quist": a title begins the next sentence, unless this one began with when.
fn time_before_title(context: &Context) -> Option<Verdict> {
    let time = is_period(context) && context.left.has(Class::FinalAbbreviation) && context.left.acronym;
    let right = &context.right;
    let title = right.has(Class::ShortTitle) && context.source[right.end..].starts_with('.');
    let opens = context.words.has(context::leading_word(context.begun()), Class::OpeningPreposition);
    (time && title && !opens).then_some(Ends)
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
    let in_line = context.candidate.gap == Gap::Space && context.candidate.closer.is_none();
    goes_on_if(closes && !context.left.acronym && title && in_line)
}

/// "Were Jane and co. at the party?": in a sentence that began with a capital, another one would too.
fn company_before_small_letter(context: &Context) -> Option<Verdict> {
    let left = &context.left;
    let company = left.has(Class::Organisation) || !left.has(Class::Common);
    let short = is_period(context) && left.has(Class::ClosingAbbreviation) && company;
    goes_on_if(
        short && context.right.first == First::Lower && context.begun().starts_with(char::is_uppercase),
    )
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

/// "Er ging. 「はい。」": a stop before a letter without case ends the sentence; a model of another script knows nothing of it.
fn letter_without_case(context: &Context) -> Option<Verdict> {
    let ends = context.right.first == First::Letter && run(context).stop != Stop::Ellipsis;
    ends.then_some(Ends)
}
