//! Values that users call by a name: options and kinds.

use crate::error::Error;

/// An enumeration whose variants have public names.
pub trait Named: Copy + PartialEq + 'static {
    /// What the enumeration is called where one of its names is wrong.
    const WHAT: &'static str;
    /// Every variant with its name.
    const NAMES: &'static [(Self, &'static str)];

    /// The variant's name.
    fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(variant, _)| *variant == self).map_or("", |(_, name)| name)
    }

    /// The variant with this name.
    ///
    /// # Errors
    /// There is none; the error lists the names that there are.
    fn parse(name: &str) -> Result<Self, Error> {
        let found = Self::NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(variant, _)| *variant).ok_or_else(|| {
            let known: Vec<&str> = Self::NAMES.iter().map(|(_, known)| *known).collect();
            Error::unknown_option(Self::WHAT, name, &known.join(", "))
        })
    }
}
