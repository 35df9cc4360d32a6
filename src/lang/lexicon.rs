//! Word classes: which lists of a language a word stands in.

use super::{
    classes::{Table, Views},
    ordinary::Ordinary,
};
use crate::{
    model::{hash, hash_plain, hash_plain_in, hash_word},
    text::Span,
};

/// A class of words; each is one file of a language's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// Abbreviations after which a sentence goes on.
    Abbreviation,
    /// Verbs of saying that take a clause without "that".
    SayVerb,
    /// Verbs that report, but mostly do something else.
    ReportVerb,
    /// Verbs of thinking and feeling.
    ThinkVerb,
    /// Nouns whose "that" clause is what somebody says.
    ReportNoun,
    /// People by what they are or do.
    Role,
    /// Bodies that speak.
    Group,
    /// Things that are said to say something.
    Written,
    /// Words that tell that somebody is a woman.
    Female,
    /// Words that tell that somebody is a man.
    Male,
    /// Personal pronouns.
    Pronoun,
    /// Pronouns of a man.
    MalePronoun,
    /// Pronouns of a woman.
    FemalePronoun,
    /// Pronouns of several.
    PluralPronoun,
    /// Pronouns that can be a subject.
    SubjectPronoun,
    /// Words that begin a noun group.
    Determiner,
    /// Determiners that introduce somebody new.
    Indefinite,
    /// Prepositions.
    Preposition,
    /// Conjunctions and relative pronouns.
    Conjunction,
    /// Auxiliary verbs and their negations.
    Auxiliary,
    /// Adverbs that stand between a subject and its verb.
    Adverb,
    /// Other words that are no names, however they are written.
    Function,
    /// Months and days.
    Calendar,
    /// Places of one word.
    Place,
    /// Adjectives of places and creeds.
    Demonym,
    /// Words in the names of organisations.
    Organisation,
    /// Titles that stand only before a name.
    Honorific,
    /// Words that say that a name is kept back.
    Anonymity,
    /// Small words inside a name: "van", "de".
    Particle,
    /// Adjectives that stand before a role.
    Adjective,
    /// Abbreviations inside a name that are no titles.
    NameAbbreviation,
    /// Articles.
    Article,
    /// The prepositions inside offices and bodies.
    Of,
    /// The preposition of the infinitive and of the one spoken to.
    To,
    /// The conjunction before a reported clause.
    That,
    /// Words that begin a reported question.
    Whether,
    /// Relative pronouns.
    Relative,
    /// Forms of the verb that passives and progressives are made with.
    Being,
    /// Words that join equals.
    And,
    /// Verbs whose hearer comes before what is said.
    Addressing,
    /// Forms of verbs that are nouns as often.
    NounVerb,
    /// What counts people: "40 percent said".
    Share,
    /// Conjunctions that end a reported clause behind a comma.
    Contrast,
    /// The dummy subject of "there is".
    Existential,
    /// Nouns of time that "that" may determine.
    TimeNoun,
    /// The first word of "according to".
    According,
    /// Shortened titles that a name follows: `Gen.`
    ShortTitle,
    /// Abbreviations that may end a sentence, if its successor looks like one: `Inc.`
    ClosingAbbreviation,
    /// Abbreviations that end a sentence if a capital follows: `etc.`
    FinalAbbreviation,
    /// Abbreviations before a number: `No.`, `Jan.`
    NumberAbbreviation,
    /// Words that, with a capital, begin a sentence rather than a name.
    SentenceStarter,
    /// What belongs to a clock time before it: `EST`, `Monday`.
    ClockTail,
    /// Prepositions that open a sentence with a time.
    OpeningPreposition,
    /// Last parts of domain and file names.
    NameEnding,
    /// Words that a line ends with only if the next one goes on.
    Connective,
    /// Ordinary words in all their forms.
    Common,
    /// Frequent names of people and places.
    OtherName,
    /// Verbs in the mood of reported speech.
    Subjunctive,
    /// Determiners and pronouns that no subject begins with.
    Oblique,
    /// What a verb leaves at the end of its clause: "gab … bekannt".
    VerbPrefix,
    /// Prepositions that say "according to" in one word.
    Per,
    /// What stands behind its source and says "according to": "Berichten zufolge".
    Postposition,
    /// Nouns of what somebody has said, behind the first word of "according to": "nach Angaben der Polizei".
    Account,
    /// The adverb behind a statement, before its source: "…, so Quist".
    Thus,
}

/// The classes that one word belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(u64);

impl Classes {
    /// Whether the word is in this class.
    #[inline]
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// Whether the word is in one of these classes.
    #[inline]
    pub fn any(self, classes: &[Class]) -> bool {
        self.meets(Self::of(classes))
    }

    /// Whether the word is in one of these classes.
    #[inline]
    pub fn meets(self, classes: Self) -> bool {
        self.0 & classes.0 != 0
    }

    /// Those of these classes that are among others.
    #[must_use]
    pub fn only(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// All of these.
    #[inline]
    pub fn of(classes: &[Class]) -> Self {
        Self(classes.iter().fold(0, |bits, &class| bits | 1 << class as u8))
    }
}

impl Classes {
    /// These classes and one more.
    #[must_use]
    pub fn with(self, class: Class) -> Self {
        Self(self.0 | 1 << class as u8)
    }

    /// These classes and others.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// The classes as one number.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The classes, each as its number.
    pub fn iter(self) -> impl Iterator<Item = u64> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let class = u64::from(rest.trailing_zeros());
            let any = rest != 0;
            rest &= rest.wrapping_sub(1);
            any.then_some(class)
        })
    }
}

/// The word lists of a language, looked up together.
#[derive(Debug)]
pub struct Lexicon {
    /// By the hashes of the words: a text's words are looked up without writing them in small letters first.
    words: Table,
    /// Those that compounds end with, too.
    tails: Table,
    /// How long these are, in bytes, the longest first.
    tail_lengths: Vec<usize>,
    /// The same by the hashes that runs have, and other words.
    runs: Table,
    /// Those of them that are surely no misspelt names.
    ordinary: Ordinary,
    /// The number of each ASCII character as a word: marks are frequent.
    single: Vec<u64>,
    /// The classes that have words.
    listed: Classes,
}

/// A class and its words, between white space; `#` begins a comment. A word behind a hyphen may also be the last part of a
/// compound.
pub(super) type List = (Class, &'static str);

/// The lists of English, a row each.
pub(super) const ENGLISH: &[List] = &[
    (Class::Abbreviation, include_str!("en/abbreviations.txt")),
    (Class::SayVerb, include_str!("en/say_verbs.txt")),
    (Class::ReportVerb, include_str!("en/report_verbs.txt")),
    (Class::ThinkVerb, include_str!("en/think_verbs.txt")),
    (Class::ReportNoun, include_str!("en/report_nouns.txt")),
    (Class::Role, include_str!("en/roles.txt")),
    (Class::Group, include_str!("en/groups.txt")),
    (Class::Written, include_str!("en/documents.txt")),
    (Class::Female, include_str!("en/female.txt")),
    (Class::Male, include_str!("en/male.txt")),
    (Class::Pronoun, include_str!("en/pronouns.txt")),
    (Class::MalePronoun, include_str!("en/male_pronouns.txt")),
    (Class::FemalePronoun, include_str!("en/female_pronouns.txt")),
    (Class::PluralPronoun, include_str!("en/plural_pronouns.txt")),
    (Class::SubjectPronoun, include_str!("en/subject_pronouns.txt")),
    (Class::Determiner, include_str!("en/determiners.txt")),
    (Class::Indefinite, include_str!("en/indefinite.txt")),
    (Class::Preposition, include_str!("en/prepositions.txt")),
    (Class::Conjunction, include_str!("en/conjunctions.txt")),
    (Class::Auxiliary, include_str!("en/auxiliaries.txt")),
    (Class::Adverb, include_str!("en/adverbs.txt")),
    (Class::Function, include_str!("en/function_words.txt")),
    (Class::Calendar, include_str!("en/calendar.txt")),
    (Class::Place, include_str!("en/places.txt")),
    (Class::Demonym, include_str!("en/demonyms.txt")),
    (Class::Organisation, include_str!("en/org_words.txt")),
    (Class::Honorific, include_str!("en/honorifics.txt")),
    (Class::Anonymity, include_str!("en/anonymity.txt")),
    (Class::Particle, include_str!("en/particles.txt")),
    (Class::Adjective, include_str!("en/adjectives.txt")),
    (Class::NameAbbreviation, "jr sr st"),
    (Class::Article, "the a an"),
    (Class::Of, "of for"),
    (Class::To, "to"),
    (Class::That, "that"),
    (Class::Whether, "whether if why how what when where who"),
    (Class::Relative, "who which whose whom"),
    (Class::Being, "is are was were be been being am get gets got getting"),
    (Class::And, "and or"),
    (
        Class::Addressing,
        "tell tells told telling inform informs informed informing remind reminds reminded reminding \
                         assure assures assured assuring warn warns warned warning ask asks asked asking",
    ),
    (Class::NounVerb, include_str!("en/noun_verbs.txt")),
    (Class::Share, "percent percentage pct"),
    (Class::Contrast, "while compared whereas"),
    (Class::Existential, "there"),
    (Class::TimeNoun, "day week month year night morning evening afternoon time moment"),
    (Class::According, "according"),
    (Class::ShortTitle, include_str!("en/short_titles.txt")),
    (Class::ClosingAbbreviation, include_str!("en/closing_abbreviations.txt")),
    (Class::FinalAbbreviation, include_str!("en/final_abbreviations.txt")),
    (Class::NumberAbbreviation, include_str!("en/number_abbreviations.txt")),
    (Class::SentenceStarter, include_str!("en/sentence_starters.txt")),
    (Class::ClockTail, include_str!("en/clock_tails.txt")),
    (Class::OpeningPreposition, include_str!("en/opening_prepositions.txt")),
    (Class::NameEnding, include_str!("en/name_endings.txt")),
    (Class::Connective, include_str!("en/connectives.txt")),
    (Class::Common, include_str!("en/common.txt")),
    (Class::OtherName, include_str!("en/other_names.txt")),
];

/// More words of English, which the splitter's model does not see: it needs no other one when they grow. Rules see their abbreviations.
pub(super) const FURTHER_ENGLISH: &[List] = &[
    (Class::Female, include_str!("en/female_names.txt")),
    (Class::Male, include_str!("en/male_names.txt")),
    (Class::Honorific, include_str!("en/ranks.txt")),
    (Class::Role, include_str!("en/occupations.txt")),
    (Class::Group, include_str!("en/bodies.txt")),
    (Class::Written, include_str!("en/further_documents.txt")),
    (Class::Organisation, include_str!("en/further_org_words.txt")),
    (Class::ReportVerb, include_str!("en/further_report_verbs.txt")),
    (Class::Adjective, include_str!("en/further_adjectives.txt")),
    (Class::SayVerb, "remember remembers remembered remembering"),
    (
        Class::NounVerb,
        "comment comments venture ventures hazard hazards counsel blog blogs groan groans moan moans",
    ),
    (Class::Adverb, "immediately"),
    (Class::ClosingAbbreviation, include_str!("en/legal_abbreviations.txt")),
    (Class::NumberAbbreviation, include_str!("en/further_number_abbreviations.txt")),
    (Class::FinalAbbreviation, include_str!("en/further_final_abbreviations.txt")),
];

/// Frequent surnames of English, which are nobody else's misspelt, in words whose letters have no accents.
pub(super) const SURNAMES: &str = include_str!("en/surnames.txt");

/// Words of these are no errors: ordinary words, peoples and frequent names.
const NO_ERRORS: &[Class] = &[Class::Common, Class::Demonym, Class::OtherName];

/// A compound has at least this many bytes before its last part.
const COMPOUNDED: usize = 3;

impl Lexicon {
    /// Reads the lists, whose words are in lower case; of the `further` ones the splitter knows nothing. The `surnames` are
    /// of no class.
    pub(super) fn new(lists: &[List], further: &[List], surnames: &'static str) -> Self {
        let mut lexicon = Self {
            words: Table::default(),
            runs: Table::default(),
            tails: Table::default(),
            tail_lengths: Vec::new(),
            ordinary: Ordinary::default(),
            single: Vec::new(),
            listed: Classes::default(),
        };
        let seen = lists.iter().map(|list| (list, true)).chain(further.iter().map(|list| (list, false)));
        for (&(class, list), seen) in seen {
            for entry in entries(list) {
                lexicon.add(class, entry, seen);
            }
        }
        lexicon.tail_lengths.sort_unstable_by(|one, other| other.cmp(one));
        lexicon.tail_lengths.dedup();
        let is_ordinary = |&&(class, _): &&List| NO_ERRORS.contains(&class);
        let ordinary = lists.iter().filter(is_ordinary).flat_map(|&(_, list)| entries(list));
        let ordinary = ordinary.chain(entries(surnames));
        lexicon.ordinary = Ordinary::new(&ordinary.map(hash_word).collect::<Vec<_>>());
        lexicon.single = ('\0'..='\x7f').map(|c| hash_word(c.encode_utf8(&mut [0; 4]))).collect();
        lexicon
    }

    fn add(&mut self, class: Class, entry: &str, seen: bool) {
        self.listed = self.listed.with(class);
        let all = Classes::default().with(class);
        let own = Views { all, seen: if seen { all } else { Classes::default() } };
        let word = entry.strip_prefix('-').unwrap_or(entry);
        self.words.add(hash(word), own);
        self.runs.add(hash_word(word), own);
        if word != entry {
            self.tails.add(hash(word), own);
            self.tail_lengths.push(word.len());
        }
    }

    /// Whether the language has a list of this class.
    pub fn lists(&self, class: Class) -> bool {
        self.listed.has(class)
    }

    /// The classes of a word, however its letters are written and its apostrophes are shaped.
    pub fn classes(&self, word: &str) -> Classes {
        self.words.get(hash(word)).all
    }

    /// The [`crate::model::hash_word`] of a word of a text.
    #[inline]
    pub fn number(&self, text: &str, word: Span) -> u64 {
        let other = || match word.of(text).as_bytes() {
            [byte] => self.single[usize::from(*byte)],
            _ => hash_word(word.of(text)),
        };
        hash_plain_in(text.as_bytes(), word.start(), word.end()).unwrap_or_else(other)
    }

    /// The classes of words by their numbers; of one that no list has, those of the longest listed word that it ends with as a
    /// compound does: "Hafenmeister".
    ///
    /// All numbers are known before any is looked up, so that no look-up waits for the one before.
    pub fn look_up<'w>(&self, numbers: &[u64], word: impl Fn(usize) -> &'w str) -> Vec<Classes> {
        let mut classes: Vec<Classes> = numbers.iter().map(|&number| self.runs.get(number).all).collect();
        if !self.tails.is_empty() {
            for (index, own) in classes.iter_mut().enumerate().filter(|(_, own)| **own == Classes::default())
            {
                *own = self.classes_of_tail(word(index));
            }
        }
        classes
    }

    /// The classes of the longest listed word that a compound ends with.
    fn classes_of_tail(&self, word: &str) -> Classes {
        let tails = self.tail_lengths.iter().filter_map(|length| word.len().checked_sub(*length));
        tails
            .filter(|&start| start >= COMPOUNDED)
            .filter_map(|start| word.get(start..))
            .map(|tail| self.tails.get(hash(tail)).all)
            .find(|&classes| classes != Classes::default())
            .unwrap_or_default()
    }

    /// The classes of a word as the splitter sees them, however its letters are written.
    pub fn seen(&self, word: &str) -> Classes {
        self.seen_of(hash(word))
    }

    /// The classes of a word, and those of them that the splitter's model sees.
    pub fn both(&self, word: &str) -> [Classes; 2] {
        let views = self.words.get(hash(word));
        [views.all, views.seen]
    }

    /// The same by its [`hash`].
    pub fn seen_of(&self, hash: u64) -> Classes {
        self.words.get(hash).seen
    }

    /// The same by its [`hash_word`].
    pub fn seen_of_run(&self, hash: u64) -> Classes {
        self.runs.get(hash).seen
    }

    /// Whether the run of this [`hash_run`](crate::model::hash_run) is an ordinary word, a people or a frequent name, so surely no misspelt name.
    pub fn is_ordinary_run(&self, hash: u64) -> bool {
        self.ordinary.has(hash)
    }

    /// The same of any word.
    pub fn is_ordinary(&self, word: &str) -> bool {
        hash_plain(word)
            .map_or_else(|| self.words.get(hash(word)).all.any(NO_ERRORS), |run| self.is_ordinary_run(run))
    }
}

/// The words of a list.
fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter_map(|line| line.split('#').next()).flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::{super::german::GERMAN, *};

    fn classes(lexicon: &Lexicon, word: &str) -> Classes {
        lexicon.look_up(&[number(lexicon, word)], |_| word)[0]
    }

    fn number(lexicon: &Lexicon, word: &str) -> u64 {
        lexicon.number(word, Span::new(0, word.len()))
    }

    #[test]
    fn a_word_is_looked_up_by_its_hash() {
        let lexicon = Lexicon::new(&[(Class::Auxiliary, "don't unquestionably")], &[], "");
        for word in ["Don’t", "UNQUESTIONABLY"] {
            assert_eq!(number(&lexicon, word), hash_word(&word.to_lowercase()));
            assert!(classes(&lexicon, word).has(Class::Auxiliary));
        }
        assert_eq!(classes(&lexicon, "unquestionable"), Classes::default());
        for c in (0..0x80_u8).map(|byte| char::from(byte).to_string()) {
            assert_eq!(number(&lexicon, &c), hash_word(&c));
        }
    }

    #[test]
    fn no_two_words_share_a_hash() {
        for lists in [&[ENGLISH, FURTHER_ENGLISH].concat(), GERMAN] {
            let bare = |entry: &'static str| entry.strip_prefix('-').unwrap_or(entry);
            let words: HashSet<&str> = lists.iter().flat_map(|&(_, list)| entries(list).map(bare)).collect();
            let hashes: HashMap<u64, &str> = words.iter().map(|&word| (hash(word), word)).collect();
            assert_eq!(hashes.len(), words.len());
            let hashes: HashSet<u64> = words.iter().map(|&word| hash_word(word)).collect();
            assert_eq!(hashes.len(), words.len());
        }
    }

    #[test]
    fn the_splitter_does_not_see_further_words() {
        let lexicon = Lexicon::new(&[(Class::Role, "warden")], &[(Class::Male, "aldo warden")], "");
        assert!(lexicon.classes("Aldo").has(Class::Male) && lexicon.classes("Warden").has(Class::Male));
        assert_eq!(lexicon.seen("Aldo"), Classes::default());
        assert_eq!(lexicon.seen("Warden"), Classes::default().with(Class::Role));
    }

    #[test]
    fn case_and_apostrophes_do_not_matter() {
        let lexicon = Lexicon::new(&[(Class::Auxiliary, "don't # cannot\nété")], &[], "");
        assert!(lexicon.classes("DON’T").has(Class::Auxiliary));
        assert!(lexicon.classes("Été").has(Class::Auxiliary));
        assert_eq!(lexicon.classes("cannot"), Classes::default());
    }

    #[test]
    fn a_compound_has_the_classes_of_its_longest_listed_end() {
        let lexicon =
            Lexicon::new(&[(Class::Role, "-meister wart"), (Class::Female, "-hafenmeister")], &[], "");
        let classes = |word| classes(&lexicon, word);
        assert!(classes("Meister").has(Class::Role));
        assert!(classes("Bürgermeister").has(Class::Role));
        assert!(classes("Osthafenmeister").has(Class::Female));
        for word in ["Torwart", "ümeister", "Meisterei"] {
            assert_eq!(classes(word), Classes::default(), "{word}");
        }
        assert_eq!(lexicon.classes("Bürgermeister"), Classes::default());
    }
}
