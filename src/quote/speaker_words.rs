//! What speaks for a mention as the speaker, in words.

use super::{
    explain::Account,
    speaker_features::{Candidacy, Fact, TEMPLATES},
    wording::{account as account_of, before, behind, counted, ending, inside, quoted, words_in},
};
use crate::{entity::MentionKind, lang::Class};

/// A way between marks and mention is shown whole if it has no more tokens.
const SHORT: usize = 8;

/// What is told in one and the same words.
#[derive(Debug, Clone, Copy)]
enum Aspect {
    Place,
    Quotations,
    Who,
    Before,
    Behind,
    Governed,
    Cue,
    Way,
    Spoke,
    Rules,
    Quotation,
}

const ASPECTS: [Aspect; 11] = [
    Aspect::Place,
    Aspect::Quotations,
    Aspect::Who,
    Aspect::Before,
    Aspect::Behind,
    Aspect::Governed,
    Aspect::Cue,
    Aspect::Way,
    Aspect::Spoke,
    Aspect::Rules,
    Aspect::Quotation,
];

/// The aspect that a fact belongs to.
fn aspect(fact: Fact) -> Aspect {
    match fact {
        Fact::Position | Fact::Side | Fact::Distance => Aspect::Place,
        Fact::Units => Aspect::Quotations,
        Fact::Who | Fact::Head | Fact::HeadClasses => Aspect::Who,
        Fact::Left | Fact::LeftKind | Fact::Left2Kind => Aspect::Before,
        Fact::Right | Fact::RightKind | Fact::Right2Kind => Aspect::Behind,
        Fact::Governed => Aspect::Governed,
        Fact::SourceOf | Fact::Subject | Fact::NextCue => Aspect::Cue,
        Fact::Whole | Fact::Commas | Fact::Verbs => Aspect::Way,
        Fact::Spoke => Aspect::Spoke,
        Fact::IsRule | Fact::Sure => Aspect::Rules,
        Fact::Frame | Fact::Before => Aspect::Quotation,
    }
}

/// The candidates in words.
pub(super) fn account<'c, 'a: 'c, 't: 'a, 's: 't>(
    candidates: impl Iterator<Item = Candidacy<'c, 'a, 't, 's>>,
) -> Account {
    account_of(TEMPLATES, |fact| aspect(fact) as usize, &ASPECTS, candidates, tell)
}

fn tell(one: &Candidacy, aspect: Aspect) -> String {
    let (scene, tokens) = (one.scene, one.tokens.clone());
    match aspect {
        Aspect::Place => place(one),
        Aspect::Quotations => match scene.units_between(&one.between()) {
            0 => "no other quotation stands between".to_owned(),
            count => format!("{} between", counted(count, "other quotation")),
        },
        Aspect::Who => who(one),
        Aspect::Before => before(scene, &tokens),
        Aspect::Behind => behind(scene, &tokens),
        Aspect::Governed if scene.is_governed(tokens.start) => {
            format!("it belongs to the preposition {}", quoted(scene, tokens.start - 1..tokens.start))
        }
        Aspect::Governed => "it belongs to no preposition".to_owned(),
        Aspect::Cue => cue(one),
        Aspect::Way => way(one),
        Aspect::Spoke => match one.spoke() {
            [true, _] => "it spoke last".to_owned(),
            [_, true] => "it spoke last but one".to_owned(),
            _ => "it was none of the last two speakers".to_owned(),
        },
        Aspect::Rules => match one.is_rule() {
            3 => "the rules name nobody".to_owned(),
            4 => "it is part of whom the rules name".to_owned(),
            2 => "the rules name it".to_owned(),
            1 => "the rules name another mention of the same".to_owned(),
            _ => "the rules name another".to_owned(),
        },
        Aspect::Quotation => quotation(one),
    }
}

fn place(one: &Candidacy) -> String {
    let side = if one.is_before() { "before" } else { "behind" };
    let segment = one.scene.segment_of(one.tokens.start);
    let (own, other) = (&one.scene.segments[one.unit.segment], &one.scene.segments[segment]);
    let blocks = other.block.abs_diff(own.block);
    let segments = segment.abs_diff(one.unit.segment);
    let far = match (blocks, segments, words_in(one.scene, one.between())) {
        (0, 0, 0) => format!("right {side}"),
        (0, 0, words) => format!("{} {side}", counted(words, "word")),
        (0, ..) => format!("{} {side}", counted(segments, "sentence")),
        _ => format!("{} {side}", counted(blocks, "paragraph")),
    };
    format!("it stands {far} the marks")
}

fn who(one: &Candidacy) -> String {
    let kind = match one.scene.entities.mentions[one.mention].kind {
        MentionKind::Gazetteer => "one of the given entities",
        MentionKind::Name => "a name",
        MentionKind::Role => "a role",
        MentionKind::Pronoun => "a pronoun",
        MentionKind::Pattern => "a pattern",
    };
    let subject = if one.scene.can_speak(one.mention) { "" } else { ", and no subject" };
    format!("it is {kind}, {}{subject}", quoted(one.scene, one.tokens.clone()))
}

fn cue(one: &Candidacy) -> String {
    let [next, previous] = one.cues_beside();
    let word = |cue: &super::cue::Cue| quoted(one.scene, cue.tokens.clone());
    match (next, previous) {
        (Some(cue), _) | (_, Some(cue)) if one.is_source_of(Some(cue)) => {
            format!("it is the source of {}", word(cue))
        }
        (Some(cue), _) => {
            let far = words_in(one.scene, one.tokens.end..cue.tokens.start);
            format!("{} is the next cue, {} on", word(cue), counted(far + 1, "word"))
        }
        (None, Some(cue)) => format!("{} is the last cue before it", word(cue)),
        (None, None) => "no cue stands in its sentence".to_owned(),
    }
}

fn way(one: &Candidacy) -> String {
    let way = one.between();
    if way.len() <= SHORT {
        return format!("{} stands between it and the marks", quoted(one.scene, way));
    }
    let verbs = [Class::SayVerb, Class::ReportVerb, Class::Auxiliary];
    let verbs = way.clone().filter(|&token| one.scene.text.any(token, &verbs)).count();
    let words = words_in(one.scene, way);
    format!("{} and {} among them stand between", counted(words, "word"), counted(verbs, "verb"))
}

fn quotation(one: &Candidacy) -> String {
    let words = words_in(one.scene, inside(one.scene, one.unit));
    format!("the quotation has {} and ends with {}", counted(words, "word"), ending(one.scene, one.unit))
}
