//! What speaks for a character as who takes a turn, in words.

use super::{
    cast::Known,
    character_features::{Asked, Fact, TEMPLATES},
    explain::Account,
    stage::Named,
    wording::{account as account_of, counted},
};

/// What is told in one and the same words.
#[derive(Debug, Clone, Copy)]
enum Aspect {
    Known,
    Speaker,
    Gender,
    Seen,
    Turn,
    Here,
    Before,
    Narration,
    Share,
    Frame,
}

const ASPECTS: [Aspect; 10] = [
    Aspect::Known,
    Aspect::Speaker,
    Aspect::Gender,
    Aspect::Seen,
    Aspect::Turn,
    Aspect::Here,
    Aspect::Before,
    Aspect::Narration,
    Aspect::Share,
    Aspect::Frame,
];

/// The aspect that a fact belongs to.
fn aspect(fact: Fact) -> Aspect {
    match fact {
        Fact::Known => Aspect::Known,
        Fact::Mention | Fact::Sure | Fact::Linked => Aspect::Speaker,
        Fact::Gender | Fact::Heard => Aspect::Gender,
        Fact::Rank | Fact::Gap | Fact::Crowd => Aspect::Seen,
        Fact::Turn | Fact::TurnGap | Fact::Same => Aspect::Turn,
        Fact::Here => Aspect::Here,
        Fact::Before => Aspect::Before,
        Fact::Beside | Fact::Above | Fact::Left | Fact::Right => Aspect::Narration,
        Fact::Share | Fact::Talk => Aspect::Share,
        Fact::Any | Fact::Frame | Fact::Asked => Aspect::Frame,
    }
}

/// The characters on the stage in words, each by its place there.
pub(super) fn account(asked: &Asked, places: impl Iterator<Item = usize>) -> Account {
    account_of(
        TEMPLATES,
        |fact| aspect(fact) as usize,
        &ASPECTS,
        places,
        |&place, aspect| tell(asked, place, aspect),
    )
}

fn tell(asked: &Asked, place: usize, aspect: Aspect) -> String {
    let seen = asked.seen(place);
    match aspect {
        Aspect::Known => match seen.known {
            Known::Name(_) => "it is a character with a name",
            Known::Role(_) => "it is a character known by a role",
            Known::Narrator => "it is whoever tells the story",
        }
        .to_owned(),
        Aspect::Speaker => match seen.linked {
            Some(true) => "the words for the speaker mean it, as far as links tell",
            Some(false) => "the words for the speaker mean another, as far as links tell",
            None => "no words tell who speaks",
        }
        .to_owned(),
        Aspect::Gender => match seen.agrees {
            Some(true) => "the pronoun has its gender",
            Some(false) => "the pronoun has another gender",
            None => "no gender tells",
        }
        .to_owned(),
        Aspect::Seen => match (place, seen.gap) {
            (0, _) => "it was seen or heard last".to_owned(),
            (others, Some(gap)) => {
                format!(
                    "{} were seen or heard since; it was mentioned {} ago",
                    counted(others, "other"),
                    counted(gap, "paragraph")
                )
            }
            (others, None) => format!("{} were seen or heard since", counted(others, "other")),
        },
        Aspect::Turn => match (seen.same, seen.turn) {
            (Some(true), _) => "it spoke in this paragraph".to_owned(),
            (_, Some(0)) => "it spoke last".to_owned(),
            (_, Some(1)) => "it spoke last but one".to_owned(),
            (_, Some(turns)) => format!("{} were taken since it spoke", counted(turns, "turn")),
            (_, None) => "it took none of the last turns".to_owned(),
        },
        Aspect::Here => named(seen.here, "the quotation"),
        Aspect::Before => named(seen.before, "the turn before"),
        Aspect::Narration if seen.ranks[..2] != [None; 2] => {
            "the narration of the paragraph mentions it".to_owned()
        }
        Aspect::Narration if seen.ranks[2].is_some() => {
            "the narration since the last turn mentions it".to_owned()
        }
        Aspect::Narration => "the narration around does not mention it".to_owned(),
        Aspect::Share => format!("it took {} so far", counted(seen.taken, "turn")),
        Aspect::Frame => "what the paragraph looks like".to_owned(),
    }
}

fn named(how: Named, what: &str) -> String {
    match how {
        Named::Addressed => format!("{what} is spoken to it"),
        Named::Inside => format!("{what} speaks of it"),
        Named::Not => format!("{what} does not name it"),
    }
}
