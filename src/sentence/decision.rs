//! Whether a sentence ends at a candidate: ordered rules, the first that knows decides.
//!
//! A rule is one statement about how the language is written. It says that the sentence ends or goes on, or leaves
//! the question to the rules below it. What a rule must know about words is in the word lists. The rules of stops that white
//! space follows are in `spaced.rs`, those of glued text in `glued.rs`; rules of both are here.

mod glued;
mod spaced;

use super::{
    breaks,
    candidates::{Gap, Kind, Run},
    context::{Context, First},
    marks::{self, Closer, Stop},
};
use crate::{lang::Class, model::combine};

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
    /// The number is how a model knows the rule.
    Likely(u64),
}

use Trust::{Certain, Likely};
use Verdict::{Ends, EndsAt, GoesOn};

type Rule = fn(&Context) -> Option<Verdict>;

/// What the rules say of a candidate that is no list marker and no certain end.
pub(super) fn decide(context: &Context) -> Opinion {
    let (table, rules, otherwise) = match (context.candidate.kind, context.candidate.gap) {
        (Kind::Stop(_), Gap::None) => (1, glued::RULES, GoesOn),
        (Kind::Stop(_), _) => (2, spaced::RULES, Ends),
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
    let first = rules.iter().find_map(|&(rule, trust)| Some((rule(context)?, trust)));
    let (verdict, trust) = first.unwrap_or((otherwise, Likely(0)));
    let row = if let Likely(row) = trust { row } else { 0 };
    let ends_line = verdict == GoesOn && breaks::ends_sentence(context);
    let verdict = if ends_line && trust != Certain { Ends } else { verdict };
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

/// A stop that is used for nothing else ends a sentence, but for Japanese speech that a particle reports, and before
/// another stop that stands outside the marks.
fn full_stop_of_other_scripts(context: &Context) -> Option<Verdict> {
    /// What goes on behind a quotation, and begins no sentence.
    const PARTICLES: [&str; 4] = ["と", "っ", "を", "です"];
    let outer = matches!(context.right.first, First::Mark(c) if marks::stop(c).is_some());
    let reported = context.candidate.closer == Some(Closer::Quote)
        && context.candidate.gap == Gap::None
        && PARTICLES.iter().any(|particle| context.source[context.candidate.next..].starts_with(particle));
    (run(context).stop == Stop::Full).then(|| ends_if(!reported && !outer))
}

/// `Dr.~` in the caller's list never ends a sentence.
fn callers_abbreviation(context: &Context) -> Option<Verdict> {
    goes_on_if(is_period(context) && context.words.is_callers(context.left.word))
}

/// "... and so it went": dots before the first word belong to its sentence.
fn leading_pause(context: &Context) -> Option<Verdict> {
    goes_on_if(run(context).stop == Stop::Ellipsis && context.sentence_has_no_word())
}
