//! The table of names: every form as a path of folded words.
//!
//! ```text
//! table    hash of "toma" → goes on, hash of "toma rell" → forms 6 …    which paths there are
//! forms    6 → name 3, needs a capital …                                 marks, case and ends of a path's names
//! store    name 3 → "Toma Rell" of entity 1                              what was given
//! ```
//!
//! All of it is flat bytes, so a saved gazetteer is used as it lies in its file.

use super::{
    affixes::has_affixes,
    forms::{Form, Need, Spacing},
    fuzzy::{self, Deletes},
    hash,
    matcher::{Accents, Case, Options},
    pieces::{self, Gap, Piece, Shape},
    store::{self, Store, StoreBuilder},
    strict::Difference,
    table::{self, Filter, MAX_FORMS, Node, Table},
    writings::{self, Spelt, Writing},
};
use crate::{
    lang::{Class, Lexicon},
    sections::Sections,
    text::fold::Folding,
};

/// The longest name, in words.
pub(super) const MAX_WORDS: usize = 64;

/// An all-capital name of no more letters is matched in capitals only: "US" is not "us".
const SHORT_CAPITALS: usize = 5;

/// A name with no more letters is no name without the marks at its ends: "C++", ".NET".
const NEEDS_ITS_ENDS: usize = 3;

/// A hyphened name with at least so many letters may be written as one word.
const CLOSES_UP: usize = 5;

/// A word with a capital letter inside and no fewer letters is no other word in small letters: "youtube", but not "boj".
const SHORTEST_HUMPED: usize = 4;

/// In a name of at most so many words one space alone may be missing.
const DROPS_ONE_SPACE: usize = 5;

const TABLE: usize = store::SECTIONS;
const FILTER: usize = TABLE + 1;
const FORMS: usize = TABLE + 2;
const KNOWN: usize = TABLE + 3;
const DELETES: usize = TABLE + 4;

/// The compiled names, to look things up in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gazetteer<'a> {
    pub(super) store: Store<'a>,
    table: Table<'a>,
    filter: Filter<'a>,
    forms: &'a [[u8; 8]],
    known: Table<'a>,
    /// The index for misspelt words, if they are to be found.
    pub(super) deletes: Option<Deletes<'a>>,
    /// The number of each entity, `u32::MAX` for those that were removed; their indexes if there is no list.
    numbers: Option<&'a [u32]>,
}

impl<'a> Gazetteer<'a> {
    /// The gazetteer in these sections, of which the first `skipped` are not its own. Its entities may have other
    /// numbers than their indexes.
    pub(super) fn new(sections: &'a Sections, skipped: usize, numbers: Option<&'a [u32]>) -> Self {
        let section = |index| sections.get(skipped + index);
        Self {
            store: Store::new(section),
            table: Table::new(section(TABLE)),
            filter: Filter::new(section(FILTER)),
            forms: section(FORMS).as_chunks().0,
            known: Table::new(section(KNOWN)),
            deletes: Deletes::new(|index| section(DELETES + index)),
            numbers,
        }
    }

    /// The number of the entity that has the name, unless it was removed.
    pub(super) fn owner(&self, name: usize) -> Option<u32> {
        let index = self.store.owner(name)?;
        let Some(numbers) = self.numbers else { return Some(index) };
        numbers.get(index as usize).copied().filter(|&number| number != u32::MAX)
    }

    /// Whether there may be a path of this hash.
    pub(super) fn may_lead(&self, path: u64) -> bool {
        self.filter.has(path)
    }

    /// Whether a name may begin with the word of this hash, and whether it may go on with it.
    #[inline]
    pub(super) fn may_have(&self, word: u64) -> (bool, bool) {
        self.filter.has_either(word)
    }

    /// The same, as facts about a piece.
    pub(super) fn facts(&self, word: u64) -> Shape {
        let (begins, is_inner) = self.may_have(word);
        Shape::FIRST.when(begins).and(Shape::INNER.when(is_inner))
    }

    /// What the path of this hash leads to.
    pub(super) fn node(&self, path: u64) -> Option<Node> {
        if self.may_lead(path) { self.table.find(path) } else { None }
    }

    /// The forms that end at a node.
    pub(super) fn forms(&self, node: Node) -> impl Iterator<Item = Form> + use<'a> {
        let forms = node.forms().and_then(|first| self.forms.get(first..)).unwrap_or_default();
        let mut goes_on = true;
        forms
            .iter()
            .map(|&form| Form::from_bytes(form))
            .take_while(move |form| std::mem::replace(&mut goes_on, form.has(Form::HAS_NEXT)))
    }

    /// Whether a name has the word of this hash. Where errors are not forgiven, only words of scripts that write
    /// something onto names are known.
    pub(super) fn knows(&self, word: u64) -> bool {
        self.known.find(word).is_some()
    }

    /// Whether there is nothing to find.
    pub(super) fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }
}

/// A name as it is read: its pieces, and the marks around them.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    pub(super) pieces: Vec<Piece>,
}

impl Spelling {
    pub(super) fn read(&mut self, name: &str, folding: Folding) {
        self.pieces.clear();
        pieces::read(name, folding, &mut self.pieces);
    }

    /// Marks before the first word.
    pub(super) fn head<'n>(&self, name: &'n str) -> &'n str {
        self.pieces.first().map_or("", |first| name[..first.start].trim())
    }

    /// Marks after the last word.
    pub(super) fn tail<'n>(&self, name: &'n str) -> &'n str {
        self.pieces.last().map_or("", |last| name[last.end..].trim())
    }

    /// What stands before each word of the name in this spacing.
    pub(super) fn gaps(&self, spacing: Spacing) -> impl Iterator<Item = Gap> + '_ {
        let apart =
            self.pieces.iter().enumerate().filter(move |(index, piece)| !spacing.joins(*index, piece));
        apart.map(|(_, piece)| piece.gap.marks())
    }
}

/// Collects names for a [`Gazetteer`].
#[derive(Debug)]
pub(super) struct Builder<'a> {
    options: Options,
    lexicon: &'a Lexicon,
    /// Paths to names, with the forms.
    names: Vec<(u64, Form)>,
    /// Paths on the way to names.
    inner: Vec<u64>,
    /// Words behind the first one.
    later: Vec<u64>,
    known: Vec<u64>,
    /// The words that stand in names as they were given, not closed up.
    spelt: fuzzy::Vocabulary,
    /// Room for the name that is being added.
    spelling: Spelling,
    folded: String,
    /// In which other ways names may be written.
    rules: Vec<Writing>,
    spelt_words: Spelt,
}

impl<'a> Builder<'a> {
    /// A builder of the forms of so many names.
    pub(super) fn new(options: Options, lexicon: &'a Lexicon, names: usize) -> Self {
        Self {
            options,
            lexicon,
            names: Vec::with_capacity(names + names / 6),
            inner: Vec::with_capacity(names + names / 6),
            later: Vec::with_capacity(names + names / 6),
            known: Vec::new(),
            spelt: fuzzy::Vocabulary::default(),
            spelling: Spelling::default(),
            folded: String::new(),
            rules: rules(options),
            spelt_words: Spelt::new(),
        }
    }

    /// Adds the ways to write the name of that number; says what is wrong with it if it cannot be used.
    pub(super) fn add(&mut self, number: u32, name: &str, needs_full: bool) -> Result<(), String> {
        let mut spelling = std::mem::take(&mut self.spelling);
        spelling.read(name, self.options.folding());
        let added = check(name, &spelling).and_then(|()| {
            let form = self.form(number, name, &spelling, needs_full);
            self.add_spacings(name, &spelling, form)?;
            self.add_writings(number, name, &mut spelling, needs_full)
        });
        self.spelling = spelling;
        added
    }

    /// The name in other writings: `J. R. R. Tolkien`, `Saint Louis`.
    fn add_writings(
        &mut self,
        number: u32,
        name: &str,
        spelling: &mut Spelling,
        needs_full: bool,
    ) -> Result<(), String> {
        let has_words = spelling.pieces.iter().any(|piece| self.spelt_words.may_have(piece.hash));
        for (writing, written) in Writing::all(name, &self.rules, has_words) {
            spelling.read(&written, self.options.folding());
            let form = self.form(number, &written, spelling, needs_full);
            self.insert(&written, spelling, form.written(writing))?;
        }
        Ok(())
    }

    /// The name as it is given, and other spacings: `McDonalds`, `GuineaBissau`, and if errors are forgiven `TomaRell`.
    fn add_spacings(&mut self, name: &str, spelling: &Spelling, form: Form) -> Result<(), String> {
        let inner = &spelling.pieces[1..];
        let letters = usize::from(form.letters());
        self.insert(name, spelling, form)?;
        if inner.iter().any(|piece| piece.shape.has(Shape::CLITIC)) {
            self.insert(name, spelling, form.spaced(Spacing::CLITICS))?;
        }
        let closes_up = |piece: &Piece| letters >= CLOSES_UP || piece.is_number();
        if inner.iter().any(|piece| piece.gap == Gap::HYPHEN && closes_up(piece)) {
            self.insert(name, spelling, form.spaced(Spacing::HYPHENS))?;
        }
        if inner.iter().any(|piece| piece.is_number() && piece.gap == Gap::NONE) {
            self.insert(name, spelling, form.spaced(Spacing::NUMBERS))?;
        }
        if !inner.is_empty() && name.starts_with(is_katakana) {
            self.insert(name, spelling, form.spaced(Spacing::DOTS))?;
        }
        if self.options.fuzzy > 0 && letters > CLOSES_UP {
            for spacing in wrong_spacings(&spelling.pieces) {
                self.insert(name, spelling, form.spaced(spacing))?;
            }
        }
        Ok(())
    }

    fn form(&mut self, number: u32, name: &str, spelling: &Spelling, needs_full: bool) -> Form {
        let (head, tail) = (spelling.head(name), spelling.tail(name));
        let letters = spelling.pieces.iter().map(|piece| usize::from(piece.letters)).sum();
        let has_ends = !(head.is_empty() && tail.is_empty());
        let has_inner = spelling.pieces[1..].iter().any(|piece| piece.gap.marks() != Gap::NONE);
        Form::new(number, letters, self.need(name, &spelling.pieces, letters))
            .when(Form::HAS_MARKS, has_ends || has_inner)
            .when(Form::NEEDS_ENDS, has_ends && letters <= NEEDS_ITS_ENDS && tail != ".")
            .when(Form::NEEDS_FULL, needs_full)
    }

    /// The folded form of a piece.
    fn fold(&mut self, name: &str, piece: &Piece) -> &str {
        self.folded.clear();
        piece.fold(name, self.options.folding(), &mut self.folded);
        &self.folded
    }

    fn need(&mut self, name: &str, pieces: &[Piece], letters: usize) -> Need {
        if self.options.case != Case::Smart || !pieces.iter().any(|piece| piece.shape.has(Shape::UPPER)) {
            return Need::Nothing;
        }
        let has_small =
            pieces.iter().any(|piece| piece.shape.has(Shape::LOWER) && !piece.shape.has(Shape::CLITIC));
        let lexicon = self.lexicon;
        let mut is_ordinary = |piece| lexicon.classes(self.fold(name, piece)).has(Class::Common);
        match pieces {
            _ if !has_small && letters <= SHORT_CAPITALS => Need::Capitals,
            _ if pieces.iter().all(&mut is_ordinary) => Need::Capital,
            [piece] if has_hump(name, piece) && !lexicon.is_ordinary(self.fold(name, piece)) => Need::Nothing,
            [_] => Need::CapitalIfAny,
            _ => Need::Nothing,
        }
    }

    /// Adds the path of a form.
    fn insert(&mut self, name: &str, spelling: &Spelling, form: Form) -> Result<(), String> {
        let (folding, spacing) = (self.options.folding(), form.spacing());
        let mut path = 0;
        let mut pieces = spelling.pieces.iter().enumerate().peekable();
        while let Some((_, piece)) = pieces.next() {
            let mut word = piece.hash;
            let joins = |next: &(usize, &Piece)| spacing.joins(next.0, next.1);
            let is_known = self.options.fuzzy > 0 || has_affixes(&name[piece.start..]);
            if is_known || pieces.peek().is_some_and(joins) {
                self.folded.clear();
                piece.fold(name, folding, &mut self.folded);
                while let Some((_, next)) = pieces.next_if(joins) {
                    next.fold(name, folding, &mut self.folded);
                }
                word = hash::word(self.folded.as_bytes());
                self.known.push(word);
                if self.options.fuzzy > 0 && spacing == Spacing::GIVEN {
                    let stands = stands(path != 0, pieces.peek().is_some(), form);
                    self.spelt.add(word, &self.folded, stands)?;
                }
            }
            if path != 0 {
                self.inner.push(path);
                self.later.push(word);
            }
            path = hash::path(path, word);
        }
        self.names.push((path, form));
        if self.names.len() < MAX_FORMS { Ok(()) } else { Err("too many names".to_owned()) }
    }

    /// The sections of the gazetteer of the names in `store`.
    pub(super) fn finish(mut self, store: StoreBuilder) -> Vec<Vec<u8>> {
        for words in [&mut self.inner, &mut self.later, &mut self.known] {
            words.sort_unstable();
            words.dedup();
        }
        self.names.sort_unstable();
        let (paths, forms) = group(&self.names, &store.store(), self.options.strict.is_empty());
        let mut sections = Vec::from(store.finish());
        sections.push(table::build(&self.inner, &paths));
        let all = self.inner.iter().copied().chain(paths.iter().map(|path| path.0));
        sections.push(table::filter(self.inner.len() + paths.len(), all, &self.later));
        sections.push(forms);
        sections.push(table::build(&self.known, &[]));
        if self.options.fuzzy > 0 {
            sections.extend(fuzzy::build(self.spelt, self.options.fuzzy));
        }
        sections
    }
}

/// The ways in which names may be written besides their own.
fn rules(options: Options) -> Vec<Writing> {
    let has = |difference| options.strict.has(difference);
    let spaces = has(Difference::Spaces);
    let rules = [
        (Writing::INITIALS, !spaces && !has(Difference::Dots)),
        (Writing::APOSTROPHES, !spaces && !has(Difference::Apostrophes)),
        (Writing::HUMPS, !spaces),
        (Writing::UMLAUTS, options.accents == Accents::Fold),
        (Writing::WORDS, !has(Difference::Words)),
        (Writing::GIVEN, options.fuzzy > 0 && !has(Difference::Words)),
    ];
    rules.into_iter().filter(|rule| rule.1).map(|rule| rule.0).collect()
}

/// Whether a word has a capital letter behind a small one: no ordinary word is written so.
fn has_hump(name: &str, piece: &Piece) -> bool {
    let word = &name.as_bytes()[piece.start..piece.end];
    let letters = word.windows(2);
    usize::from(piece.letters) >= SHORTEST_HUMPED
        && !writings::is_plain(word)
        && letters.into_iter().any(|two| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase())
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{ff66}'..='\u{ff9d}')
}

/// How a word stands in a name, behind others and before others.
fn stands(follows: bool, leads: bool, form: Form) -> u32 {
    match (follows, leads) {
        (false, false) if fuzzy::budget(form.letters().into()) > 0 => fuzzy::ALONE,
        (follows, leads) => fuzzy::FOLLOWS * u32::from(follows) + fuzzy::LEADS * u32::from(leads),
    }
}

/// Says what is wrong with a name that cannot be used.
fn check(name: &str, spelling: &Spelling) -> Result<(), String> {
    match spelling.pieces.len() {
        0 if name.trim().is_empty() => Err("the name is empty".to_owned()),
        0 => Err(format!("the name {name:?} has no letter or digit")),
        1..=MAX_WORDS => Ok(()),
        words => Err(format!("the name has {words} words; at most {MAX_WORDS} are read")),
    }
}

/// The forms of sorted paths, each path once with the number of its first form. Where all is folded, of the names of one
/// entity that are written alike only one stays.
fn group(names: &[(u64, Form)], store: &Store, all_folded: bool) -> (Vec<(u64, u32)>, Vec<u8>) {
    let mut paths: Vec<(u64, u32)> = Vec::with_capacity(names.len());
    let mut forms: Vec<Form> = Vec::with_capacity(names.len());
    for &(path, form) in names {
        if paths.last().is_some_and(|last| last.0 == path) {
            let Some(last) = forms.last_mut() else { continue };
            if all_folded && is_same(*last, form, store) {
                continue;
            }
            *last = last.when(Form::HAS_NEXT, true);
        } else {
            paths.push((path, u32::try_from(forms.len()).unwrap_or(u32::MAX)));
        }
        forms.push(form);
    }
    (paths, forms.into_iter().flat_map(Form::to_bytes).collect())
}

/// Whether two forms of one path are of one entity and tell nothing different.
fn is_same(left: Form, right: Form, store: &Store) -> bool {
    !left.has(Form::HAS_MARKS) && left.is_like(right) && store.owner(left.name()) == store.owner(right.name())
}

/// Spacings that are errors: no space at all, and in a short name one space missing.
fn wrong_spacings(pieces: &[Piece]) -> impl Iterator<Item = Spacing> + '_ {
    let spaces = pieces.len() - 1;
    let single = if (2..DROPS_ONE_SPACE).contains(&spaces) { spaces } else { 0 };
    let single = (1..=single).filter_map(|index| u8::try_from(index).ok()).map(Spacing::one);
    let all = std::iter::once(Spacing::ALL).chain(single);
    all.filter(|spacing| pieces.iter().enumerate().any(|(index, piece)| spacing.joins(index, piece)))
}
