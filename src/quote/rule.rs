//! The rules by name, so that what they said can be told.

use crate::text::Span;

/// A rule of the quote stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rule {
    /// "“…,” said X."
    Behind,
    /// "X said: “…”"
    Before,
    /// "X: “…”"
    Colon,
    /// "X said on Monday:", and the quotation is a paragraph of its own.
    Introduced,
    /// A further piece of the utterance before.
    GoesOn,
    /// The opening mark is repeated in the next paragraph.
    Continued,
    /// "“…” — X"
    Signature,
    /// "X: …" at the beginning of a paragraph of an interview.
    Turn,
    /// "X was blunt. “…”"
    Subject,
    /// Who spoke last.
    Last,
    /// "X called it “…”": somebody says something before it in the sentence.
    Fragment,
    /// Part of a reported clause.
    Reported,
    /// A title, a nickname, a term.
    Term,
    /// "X said that …"
    Clause,
    /// "X said that …", where nothing stands between.
    That,
    /// "…, said X.", where nothing follows.
    Signed,
    /// Inner marks beside a verb of saying.
    Nested,
    /// Inner marks beside no verb of saying.
    NestedTerm,
    /// Nothing tells.
    #[default]
    Silence,
}

/// What the rules say of some words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruling {
    /// The inside of a pair of marks, or the first word of a cue.
    pub about: Span,
    /// Which rule it is that says it.
    pub rule: Rule,
    /// Whether it is sure, so that nobody is asked.
    pub sure: bool,
    /// The cue and the source that it names.
    pub cue: Option<Span>,
    /// Who it says is the source.
    pub source: Option<Span>,
}

impl Rule {
    /// What the rule has seen, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Behind => "its attribution stands right behind the marks",
            Self::Before => "its attribution stands before the marks",
            Self::Colon => "a name and a colon stand before the marks",
            Self::Introduced => "the paragraph before it ends with a colon",
            Self::GoesOn => "it goes on with the utterance before it",
            Self::Continued => {
                "the paragraph before it did not close its marks, and this one opens them again"
            }
            Self::Signature => "a name behind a dash signs it",
            Self::Turn => "it is a turn of an interview, labelled with who speaks",
            Self::Subject => "it is a sentence beside the one that its speaker is the subject of",
            Self::Last => "it is a sentence with no attribution, and goes to who spoke last",
            Self::Fragment => "it is a fragment of a sentence in which somebody says something",
            Self::Reported => "it is a fragment of a reported clause",
            Self::Term => "it is a few words that nobody beside them says: a title, a nickname, a term",
            Self::Clause => "a cue with a source reports the clause",
            Self::That => "the source, the cue and “that” stand right before the clause",
            Self::Signed => "the cue and the source behind it end the sentence",
            Self::Nested => "a verb of saying stands right beside the inner marks",
            Self::NestedTerm => "no verb of saying stands right beside the inner marks",
            Self::Silence => "nothing beside it tells who says it",
        }
    }
}
