//! What words tell of the one they name.

use crate::lang::{Class, Classes};

/// What kind of thing bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sort {
    /// A human being.
    Person,
    /// A body that acts: a state, a firm, a committee.
    Group,
    /// A place.
    Place,
    /// The words do not tell.
    #[default]
    Unknown,
}

impl Sort {
    /// The type of an entity of this sort.
    pub(crate) fn as_type(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Group => "ORG",
            Self::Place => "PLACE",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// The grammatical gender that pronouns take up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
}

impl Gender {
    /// What a title, a noun or a given name tells; words of both genders tell nothing.
    pub(crate) fn of(classes: Classes) -> Option<Self> {
        match (classes.has(Class::Female), classes.has(Class::Male)) {
            (true, false) => Some(Self::Female),
            (false, true) => Some(Self::Male),
            _ => None,
        }
    }

    /// The gender of whom a personal pronoun takes up.
    pub(crate) fn of_pronoun(classes: Classes) -> Option<Self> {
        match classes {
            classes if classes.has(Class::MalePronoun) => Some(Self::Male),
            classes if classes.has(Class::FemalePronoun) => Some(Self::Female),
            _ => None,
        }
    }
}

/// What is known of the bearer of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Traits {
    pub(crate) sort: Sort,
    pub(crate) gender: Option<Gender>,
}

impl Traits {
    /// With what another mention tells; what is known already stays.
    pub(crate) fn learn(&mut self, other: Self) {
        if self.sort == Sort::Unknown || other.sort == Sort::Person {
            self.sort = other.sort;
        }
        self.gender = self.gender.or(other.gender);
    }
}
