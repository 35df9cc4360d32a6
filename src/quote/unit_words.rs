//! What a pair of marks shows about whether somebody said what stands in it, in words.

use std::ops::Range;

use super::{
    cue::Cue,
    explain::Account,
    features::Hints,
    scene::{Scene, Unit},
    unit_features::{Fact, TEMPLATES, governing},
    wording::{account as account_of, counted, ending, inside, quoted, words_in},
};

/// What is told in one and the same words.
#[derive(Debug, Clone, Copy)]
enum Aspect {
    Usual,
    Length,
    Capitals,
    Ends,
    Before,
    Behind,
    Sentence,
    Cue,
    Rules,
    Mark,
    SaidBefore,
    Wording,
}

/// The last is that of the features behind the templates, which are the words inside.
const ASPECTS: [Aspect; 12] = [
    Aspect::Usual,
    Aspect::Length,
    Aspect::Capitals,
    Aspect::Ends,
    Aspect::Before,
    Aspect::Behind,
    Aspect::Sentence,
    Aspect::Cue,
    Aspect::Rules,
    Aspect::Mark,
    Aspect::SaidBefore,
    Aspect::Wording,
];

/// The aspect that a fact belongs to.
fn aspect(fact: Fact) -> Aspect {
    match fact {
        Fact::Any => Aspect::Usual,
        Fact::Words => Aspect::Length,
        Fact::Title => Aspect::Capitals,
        Fact::First | Fact::Last => Aspect::Ends,
        Fact::Before | Fact::TwoBefore | Fact::BeforeKind => Aspect::Before,
        Fact::Behind | Fact::BehindKind | Fact::SecondBehind => Aspect::Behind,
        Fact::Edges | Fact::Frame => Aspect::Sentence,
        Fact::Cue | Fact::CueGap => Aspect::Cue,
        Fact::Rule | Fact::Sure => Aspect::Rules,
        Fact::Mark => Aspect::Mark,
        Fact::SaidBefore => Aspect::SaidBefore,
        Fact::FirstWord | Fact::LastWord => Aspect::Wording,
    }
}

/// The unit in words.
pub(super) fn account(scene: &Scene, unit: &Unit, cues: &[Cue], hints: &Hints) -> Account {
    let tell = |(): &(), aspect| tell(scene, unit, cues, hints, aspect);
    let mut account =
        account_of(TEMPLATES, |fact| aspect(fact) as usize, &ASPECTS, std::iter::once(()), tell);
    account.aspects.push(vec![Aspect::Wording as usize]);
    account
}

fn tell(scene: &Scene, unit: &Unit, cues: &[Cue], hints: &Hints, aspect: Aspect) -> String {
    let Range { start, end } = unit.tokens;
    let inside = inside(scene, unit);
    let words = words_in(scene, inside.clone());
    match aspect {
        Aspect::Usual => "most of what stands in marks was said by somebody".to_owned(),
        Aspect::Length => format!("{} in the marks", counted(words, "word")),
        Aspect::Capitals => {
            let capitals = inside.filter(|&token| scene.text.is_capital(token)).count();
            format!("{} with a capital", counted(capitals, "word"))
        }
        Aspect::Ends => format!("it ends with {}", ending(scene, unit)),
        Aspect::Before => {
            format!("{} stands before the marks", quoted(scene, start.saturating_sub(1)..start))
        }
        Aspect::Behind => format!("{} stands behind the marks", quoted(scene, end..end + 1)),
        Aspect::Sentence => {
            let segment = &scene.segments[unit.segment].tokens;
            let stop = usize::from(scene.text.is_stop(end));
            match (segment.start == start, segment.end <= end + stop) {
                (true, true) => "the marks hold a whole sentence",
                (true, false) => "the marks begin a sentence",
                (false, true) => "the marks end a sentence",
                (false, false) => "the marks stand within a sentence",
            }
            .to_owned()
        }
        Aspect::Cue => match governing(scene, cues, unit) {
            Some((cue, gap)) => {
                let word = quoted(scene, cue.tokens.clone());
                format!("{word} stands {} before the marks", counted(gap + 1, "word"))
            }
            None => "no cue stands before the marks".to_owned(),
        },
        Aspect::Rules => match (hints.is_term(), hints.source) {
            (true, _) => "the rules take it for a title or a term".to_owned(),
            (_, Some(source)) => {
                format!("the rules say that {} said it", quoted(scene, source.tokens.clone()))
            }
            (_, None) => "the rules take it for said, by nobody they know".to_owned(),
        },
        Aspect::Mark => format!("it is marked by {}", scene.text.word(start)),
        Aspect::SaidBefore => match hints.said_before {
            None => "it is the first in marks".to_owned(),
            Some(true) => "what stood in marks before it was said".to_owned(),
            Some(false) => "what stood in marks before it was not said".to_owned(),
        },
        Aspect::Wording => format!("its words, {}", quoted(scene, inside)),
    }
}
