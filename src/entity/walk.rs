//! Finds the names of a gazetteer in a text: from every word, along the paths of the table.
//!
//! Each step is one lookup, no path is longer than the longest name that may be given, and forks (a word cut by
//! a hyphen, a misspelt word) share a budget, so that the time is linear in the text whatever the names.

use rustc_hash::FxHashMap;

use super::{
    affixes::{self, has_affixes},
    beside,
    forms::{Form, Need},
    fuzzy,
    gazetteer::{Gazetteer, Spelling},
    hash, longer,
    matcher::{Case, Options, Overlap},
    overlap::{Hit, Tells, keep_longest},
    pieces::{self, Gap, Piece, Shape, narrow},
    plain,
    readings::{Reader, Reading, Readings},
    sieve::Sieve,
};
use crate::{
    lang::{Class, Lexicon},
    text::{Span, fold::Folding},
};

/// The most steps from one word.
const STEPS: usize = 512;

/// A name of so many letters may be another one in capitals: "Li" and LI.
const SHORT: usize = 3;

/// Commas that a careful writer puts before these, and a careless one does not.
const AFTER_COMMA: &[&str] = &["jr", "sr", "inc", "ltd", "llc", "corp", "plc", "co"];

/// Words inside names that are often written with a full stop, besides the abbreviations of the language.
const STOPPED: &[&str] = &["st", "ste", "mt", "ft", "bros", "jr", "sr", "inc", "co", "corp", "ltd"];

/// A word on the current path.
#[derive(Debug, Clone, Copy)]
struct Step {
    gap: Gap,
    shape: Shape,
    start: usize,
    end: usize,
    /// The word of the index for which it is misspelt.
    near: Option<u32>,
}

/// What was found of a gazetteer's names, and the words of the text.
pub(super) struct Found {
    pub(super) hits: Vec<Hit>,
    /// Longer names, misspelt, of which hits are the beginning.
    pub(super) longer: Vec<Span>,
    pub(super) words: Vec<Piece>,
}

/// Finds the names of one of several gazetteers, in no order; a word that any of them has is no error. Where `alone`, hits
/// that a longer one before them covers may be left out.
pub(super) fn find(
    all: &[Gazetteer],
    index: usize,
    options: Options,
    lexicon: &Lexicon,
    source: &str,
    alone: bool,
) -> Found {
    let Some(gazetteer) = all.get(index).filter(|gazetteer| !gazetteer.is_empty()) else {
        return Found { hits: Vec::new(), longer: Vec::new(), words: Vec::new() };
    };
    let mut walk = Walk::read(all, gazetteer, options, lexicon, source);
    let skips = alone && !options.derive && options.overlap == Overlap::Longest && options.fuzzy == 0;
    let mut covered = 0;
    for start in walk.starts() {
        if walk.words[start].start >= covered {
            let end = walk.from(start);
            covered = if skips { end } else { 0 };
        }
    }
    Found { hits: walk.hits, longer: walk.longer, words: walk.words }
}

struct Walk<'a> {
    all: &'a [Gazetteer<'a>],
    gazetteer: &'a Gazetteer<'a>,
    options: Options,
    folding: Folding,
    lexicon: &'a Lexicon,
    source: &'a str,
    words: Vec<Piece>,
    /// For words before which a hyphen stands, the hash of the word that they make with the one before.
    joined: Vec<(usize, u64)>,
    /// The words that each word may be misspelt for, if errors are forgiven.
    readings: Readings,
    /// Whether the text has no capital letter.
    caseless: bool,
    /// Whether the text has addresses, in which no name is looked for.
    has_addresses: bool,
    path: Vec<Step>,
    steps: usize,
    /// Where the hits from the current word begin.
    first_hit: usize,
    /// Where the last words of the longest exact and of the longest misspelt hit from the current word end.
    longest: [usize; 2],
    hits: Vec<Hit>,
    longer: Vec<Span>,
    /// Where each entity was first named in full, if forms are derived. An entity has all its names in one gazetteer.
    named: FxHashMap<u32, usize>,
    /// Room for a name to compare with.
    spelling: Spelling,
}

impl<'a> Walk<'a> {
    fn read(
        all: &'a [Gazetteer<'a>],
        gazetteer: &'a Gazetteer<'a>,
        options: Options,
        lexicon: &'a Lexicon,
        source: &'a str,
    ) -> Self {
        let folding = options.folding();
        let mut walk = Walk {
            all,
            gazetteer,
            options,
            folding,
            lexicon,
            source,
            words: Vec::with_capacity(source.len() / 12 + 1),
            joined: Vec::new(),
            readings: Readings::default(),
            caseless: !source.chars().any(char::is_uppercase),
            has_addresses: beside::has_addresses(source),
            path: Vec::new(),
            steps: 0,
            first_hit: 0,
            longest: [0; 2],
            hits: Vec::new(),
            longer: Vec::new(),
            named: FxHashMap::default(),
            spelling: Spelling::default(),
        };
        walk.read_words();
        walk.look_closer();
        walk
    }

    fn read_words(&mut self) {
        let &mut Self { gazetteer, options, folding, lexicon, source, caseless, ref mut words, .. } = self;
        let forgives = gazetteer.deletes.is_some();
        // What a text tells may be about any word, and a word of another list is no error.
        if options.derive || (forgives && self.all.len() > 1) {
            pieces::read_text(source, folding, gazetteer, words);
            for word in words {
                word.shape = word.shape.and(gazetteer.facts(word.hash));
            }
        } else if forgives {
            let sieve = Sieve::<true>::new(source, gazetteer, lexicon, caseless, words);
            pieces::read_to(source, folding, sieve);
        } else {
            let sieve = Sieve::<false>::new(source, gazetteer, lexicon, caseless, words);
            pieces::read_to(source, folding, sieve);
        }
    }

    /// Sees to the few words that may be read in another way.
    fn look_closer(&mut self) {
        for index in self.places(|word| word.gap == Gap::HYPHEN && !word.shape.has(Shape::CLITIC)) {
            if index > 0 {
                let hash = self.hash_of(&self.words[index - 1..=index]);
                self.joined.push((index, hash));
                self.begins_if(index - 1, self.gazetteer.may_lead(hash));
            }
        }
        let bytes = self.source.as_bytes();
        let may_have_affixes =
            |word: &Piece| bytes[word.start] >= affixes::FIRST_BYTE || word.shape.has(Shape::APOSTROPHE);
        for index in self.places(may_have_affixes) {
            self.words[index] = self.without_affixes(self.words[index]);
        }
        let &mut Self { all, gazetteer, lexicon, folding, source, caseless, .. } = self;
        if let Some(deletes) = gazetteer.deletes {
            let reader = Reader { all, gazetteer, deletes, lexicon, folding, source, caseless };
            self.readings = reader.read(&self.words);
            for (index, readings) in self.readings.iter() {
                let begins = readings.iter().any(|reading| gazetteer.may_lead(reading.hash));
                let shape = &mut self.words[index].shape;
                *shape = shape.and(Shape::READ).and(Shape::BEGINS.when(begins));
            }
        }
    }

    /// The indexes of the few words that are meant.
    fn places(&self, are_meant: impl Fn(&Piece) -> bool) -> Vec<usize> {
        (0..).zip(&self.words).filter(|(_, word)| are_meant(word)).map(|(index, _)| index).collect()
    }

    /// Takes note that a name may begin with a word that is read in another way.
    fn begins_if(&mut self, index: usize, holds: bool) {
        let word = &mut self.words[index];
        word.shape = word.shape.and(Shape::BEGINS.when(holds));
    }

    /// The hash of the word that these words make.
    fn hash_of(&self, words: &[Piece]) -> u64 {
        let mut folded = String::new();
        for word in words {
            word.fold(self.source, self.folding, &mut folded);
        }
        hash::word(folded.as_bytes())
    }

    /// A name without what is written onto it; the word itself if it is none.
    fn without_affixes(&self, word: Piece) -> Piece {
        let written = &self.source[word.start..word.end];
        // Of words with an apostrophe most are no names, and only the filter knows those that are.
        let is_filtered = word.shape.has(Shape::APOSTROPHE) && !has_affixes(written);
        let is_name = |hash| {
            if is_filtered {
                self.gazetteer.facts(hash).has(Shape::FIRST.and(Shape::INNER))
            } else {
                self.gazetteer.knows(hash)
            }
        };
        if is_name(word.hash) {
            return word;
        }
        let mut names = affixes::bare(written).into_iter().map(|bare| {
            let start = word.start + bare.skipped;
            let alif = Shape::LACKS_ALIF.when(bare.lacks_alif);
            let name = Piece { start, end: start + bare.name.len(), shape: word.shape.and(alif), ..word };
            let hash = hash::word(self.letters(name.start, name.end, name.shape).as_bytes());
            Piece { hash, shape: name.shape.and(self.gazetteer.facts(hash)), ..name }
        });
        names.find(|name| is_name(name.hash)).unwrap_or(word)
    }

    /// The folded letters of a word of the text.
    fn letters(&self, start: usize, end: usize, shape: Shape) -> String {
        let letters = letters(&self.source[start..end], self.folding);
        if shape.has(Shape::LACKS_ALIF) { format!("ا{letters}") } else { letters }
    }

    /// The hash of the word that the one at `index` makes with the one before.
    fn joined(&self, index: usize) -> Option<u64> {
        if self.words.get(index)?.gap != Gap::HYPHEN {
            return None;
        }
        let place = self.joined.binary_search_by_key(&index, |joined| joined.0).ok()?;
        Some(self.joined[place].1)
    }

    /// The words with which a name may begin.
    ///
    /// Each thing is asked for all words before the next one, and none takes a path yet: where the list is large, the
    /// processor waits for several places of it at once.
    fn starts(&self) -> Vec<usize> {
        let mut starts = vec![0; self.words.len() + 1];
        let mut count = 0;
        // No branch is taken on what is asked: guessing wrong, the processor would wait for memory each time.
        for (index, word) in self.words.iter().enumerate() {
            starts[count] = index;
            let begins = word.shape.has(Shape::FIRST.and(Shape::BEGINS));
            count += usize::from(begins & !word.shape.has(Shape::CLITIC));
        }
        starts.truncate(count);
        let pairs: Vec<bool> = starts.iter().map(|&start| self.may_go_on(start)).collect();
        let mut pairs = pairs.into_iter();
        starts.retain(|&start| pairs.next().is_some_and(|may_go_on| self.leads_on(start, may_go_on)));
        starts
    }

    /// Whether there may be a path of the word at `start` and the next one.
    fn may_go_on(&self, start: usize) -> bool {
        let (word, next) = (&self.words[start], self.words.get(start + 1).unwrap_or(&Piece::NOTHING));
        let may_follow = next.shape.has(Shape::INNER) & !next.gap.is_wall();
        may_follow && self.gazetteer.may_lead(hash::path(word.hash, next.hash))
    }

    /// Whether the word at `start` is a name, or goes on to one with the next word.
    fn leads_on(&self, start: usize, may_go_on: bool) -> bool {
        let word = &self.words[start];
        if word.shape.has(Shape::BEGINS) {
            return true;
        }
        let Some(node) = self.gazetteer.node(word.hash) else { return false };
        node.forms().is_some() || (node.goes_on() && self.goes_on(start + 1, may_go_on))
    }

    /// Whether a path may go on with the word at `at`, as it is or in another way.
    fn goes_on(&self, at: usize, as_it_is: bool) -> bool {
        let may_be_joined = || self.words.get(at + 1).is_some_and(|after| after.gap == Gap::HYPHEN);
        as_it_is || self.is_read(at) || may_be_joined()
    }

    /// Whether the word at `index` may be misspelt.
    fn is_read(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| word.shape.has(Shape::READ))
    }

    /// Takes every path from the word at `start`; says where the longest hit ends.
    fn from(&mut self, start: usize) -> usize {
        self.steps = STEPS;
        self.first_hit = self.hits.len();
        self.longest = [0; 2];
        self.go(0, start, start, 0);
        if self.keeps_longest() {
            keep_longest(&mut self.hits, self.first_hit);
        }
        let found = &self.hits[self.first_hit..];
        for hit in found.iter().filter(|hit| hit.tells == Tells::InFull) {
            self.named.entry(hit.entity).or_insert(hit.span.end());
        }
        found.iter().map(|hit| hit.span.end()).max().unwrap_or(0)
    }

    /// Whether a longer name hides a shorter one at once; where forms are derived it may turn out not to count.
    fn keeps_longest(&self) -> bool {
        self.options.overlap == Overlap::Longest && !self.options.derive
    }

    /// What is known of a word, its letters too.
    fn seen(&self, word: &Piece) -> Shape {
        if !word.shape.has(Shape::UNSEEN) {
            return word.shape;
        }
        word.shape.and(plain::word(self.source.as_bytes(), word.start, word.end, self.folding).1)
    }

    /// Takes every path that goes on from that of hash `path` with the word at `at`.
    fn go(&mut self, path: u64, start: usize, at: usize, edits: u8) {
        let Some(&word) = self.words.get(at) else { return };
        if self.steps == 0 || (at > start && word.gap.is_wall()) {
            return;
        }
        self.steps -= 1;
        let Piece { start: first, end, gap, hash, .. } = word;
        let shape = self.seen(&word);
        let whole = Step { gap: gap.marks(), shape, start: first, end, near: None };
        self.step(hash::path(path, hash), start, at + 1, edits, whole);
        if let Some(hash) = self.joined(at + 1) {
            let next = self.words[at + 1];
            let joined = Step { end: next.end, shape: shape.and(self.seen(&next)), ..whole };
            self.step(hash::path(path, hash), start, at + 2, edits, joined);
        }
        if !shape.has(Shape::READ) {
            return;
        }
        for index in 0..self.readings.of(at).len() {
            let Reading { near, hash } = self.readings.of(at)[index];
            let edits = edits + near.edits;
            if edits <= self.options.fuzzy {
                let step = Step { near: Some(near.word), ..whole };
                self.step(hash::path(path, hash), start, at + 1, edits, step);
            }
        }
    }

    fn step(&mut self, path: u64, start: usize, next: usize, edits: u8, step: Step) {
        let Some(node) = self.gazetteer.node(path) else { return };
        self.path.push(step);
        if node.goes_on() {
            self.go(path, start, next, edits);
        }
        let before = self.hits.len();
        for form in self.gazetteer.forms(node) {
            let edits = edits + u8::from(form.spacing().is_error() || form.writing().is_error());
            if step.end >= self.longest[usize::from(edits > 0)]
                && let Some(hit) = self.hit(form, start, next, edits)
            {
                self.found(hit, step.end);
            }
        }
        if self.hits.len() > before && (node.goes_on() || self.all.len() > 1) {
            self.look_on(path);
        }
        self.path.pop();
    }

    /// Looks for a longer name, misspelt, that begins with the path, which is a name. Where errors are forgiven it is found
    /// anyway, and only where the longest name counts it matters.
    fn look_on(&mut self, path: u64) {
        if self.options.overlap == Overlap::Longest && self.options.fuzzy == 0 {
            let &mut Self { all, lexicon, folding, source, .. } = self;
            let reader = longer::Reader { all, lexicon, folding, source };
            let longer = self.span().and_then(|span| reader.find(path, span));
            self.longer.extend(longer);
        }
    }

    /// Takes a hit whose last word ends at `end`. If only the longest counts, no shorter one is looked at any more.
    fn found(&mut self, hit: Hit, end: usize) {
        if self.keeps_longest() {
            self.longest[usize::from(!hit.is_exact())] = end;
        }
        self.hits.push(hit);
    }

    /// The mention of `form` whose words are the current path, if marks, case and errors allow it.
    fn hit(&mut self, form: Form, start: usize, next: usize, edits: u8) -> Option<Hit> {
        if edits > fuzzy::budget(form.letters().into()).min(self.options.fuzzy) || !self.has_case(form.case())
        {
            return None;
        }
        let name = &*form.writing().of(self.gazetteer.store.name(form.name()));
        if form.has(Form::HAS_MARKS) {
            self.spelling.read(name, self.folding);
        }
        if !self.has_gaps(form) || !self.is_written(name) {
            return None;
        }
        let span =
            if form.has(Form::HAS_MARKS) { self.with_ends(form, name, start, next)? } else { self.span()? };
        if !self.options.strict.is_empty()
            && !self.options.strict.allows(name, span.of(self.source), edits == 0)
        {
            return None;
        }
        if !self.stands_free(form, name, span, edits) {
            return None;
        }
        let score = 1.0 - f32::from(edits) / f32::from(form.letters().max(1));
        let entity = self.gazetteer.owner(form.name())?;
        let hit = Hit::name(span, entity, score);
        if !self.options.derive {
            return Some(hit);
        }
        let tells = self.tells(form);
        let may_count = || self.named.get(&entity).is_some_and(|&end| end <= span.start());
        (tells != Tells::ShortForm || may_count()).then(|| hit.telling(tells))
    }

    /// Whether what stands around the name lets it be one.
    fn stands_free(&self, form: Form, name: &str, span: Span, edits: u8) -> bool {
        let is_all_large = || {
            let has_small = |shape: Shape| shape.has(Shape::LOWER);
            name.contains(char::is_lowercase) && !self.path.iter().any(|step| has_small(step.shape))
        };
        // A short name in capitals is another one, unless all is in capitals.
        let is_short = usize::from(form.letters()) <= SHORT && self.options.case == Case::Smart;
        let is_other = is_short && is_all_large() && beside::is_among_small(self.source, span);
        // An account of several words is no name as it is written.
        let is_account = (edits > 0 || self.path.len() > 1) && beside::is_account(self.source, span);
        let is_part = is_account || beside::is_in_word(self.source, span);
        let is_in_address = self.has_addresses && beside::is_in_address(self.source, span);
        !is_other && !is_part && !is_in_address
    }

    /// What the current path tells of the form's entity.
    fn tells(&self, form: Form) -> Tells {
        if form.has(Form::NEEDS_FULL) {
            Tells::ShortForm
        } else if self.path.len() > 1 || self.gazetteer.store.is_preferred(form.name()) {
            Tells::InFull
        } else {
            Tells::Nothing
        }
    }

    /// From the first to the last word of the path.
    fn span(&self) -> Option<Span> {
        Some(Span::new(self.path.first()?.start, self.path.last()?.end))
    }

    /// The path with the marks that the name has before and after it, as far as the text has them.
    fn with_ends(&self, form: Form, name: &str, start: usize, next: usize) -> Option<Span> {
        let span = self.span()?;
        let room = if start == 0 { 0 } else { self.words[start - 1].end };
        let head = ends_with(&self.source[room..span.start()], self.spelling.head(name));
        let room = self.words.get(next).map_or(self.source.len(), |word| word.start);
        let tail = starts_with(&self.source[span.end()..room], self.spelling.tail(name));
        if form.has(Form::NEEDS_ENDS) && (head.is_none() || tail.is_none()) {
            return None;
        }
        Some(Span::new(span.start() - head.unwrap_or(0), span.end() + tail.unwrap_or(0)))
    }

    /// A text may leave out a mark that a name has; it has no other ones, but the stop of an abbreviation.
    fn has_gaps(&self, form: Form) -> bool {
        let has_none = self.path.iter().skip(1).all(|step| step.gap == Gap::NONE);
        has_none || self.has_marks(form)
    }

    fn has_marks(&self, form: Form) -> bool {
        let mut wanted = form.has(Form::HAS_MARKS).then(|| self.spelling.gaps(form.spacing()).skip(1));
        self.path.windows(2).all(|pair| {
            let wanted = wanted.as_mut().and_then(Iterator::next).unwrap_or(Gap::NONE);
            let gap = pair[1].gap;
            gap == Gap::NONE
                || gap == wanted
                || (gap == Gap::STOP && self.is_stopped(&pair[0]))
                || (gap == Gap::COMMA && AFTER_COMMA.contains(&self.folded(&pair[1]).as_str()))
        })
    }

    /// Whether a full stop after the word ends no sentence.
    fn is_stopped(&self, step: &Step) -> bool {
        if step.shape.has(Shape::INITIAL) {
            return true;
        }
        let folded = self.folded(step);
        STOPPED.contains(&folded.as_str()) || self.lexicon.classes(&folded).has(Class::Abbreviation)
    }

    /// The folded word of a step; the right one if it is misspelt.
    fn folded(&self, step: &Step) -> String {
        match (step.near, self.gazetteer.deletes) {
            (Some(word), Some(deletes)) => deletes.word(word).to_owned(),
            _ => self.letters(step.start, step.end, step.shape),
        }
    }

    /// Whether the path has the letters of the name: hashes only say where to look.
    fn is_written(&self, name: &str) -> bool {
        let Some(span) = self.span() else { return false };
        self.is_spelt_plainly(name, span.of(self.source).as_bytes()) || {
            let written: String = self.path.iter().map(|step| self.folded(step)).collect();
            written == letters(name, self.folding)
        }
    }

    /// Whether the text is the name, letter by letter, but for case and for marks at its end.
    fn is_spelt_plainly(&self, name: &str, written: &[u8]) -> bool {
        let Some((same, rest)) = name.as_bytes().split_at_checked(written.len()) else { return false };
        let is_same = if self.folding.case { same.eq_ignore_ascii_case(written) } else { same == written };
        is_same
            && rest.iter().all(u8::is_ascii_punctuation)
            && self.path.iter().all(|step| step.near.is_none())
    }

    fn has_case(&self, need: Need) -> bool {
        let has_capital = || self.path.iter().any(|step| step.shape.has(Shape::UPPER));
        match need {
            Need::Nothing => true,
            Need::CapitalIfAny => self.caseless || has_capital(),
            Need::Capital => has_capital(),
            Need::Capitals => {
                let is_small = |step: &Step| step.shape.has(Shape::LOWER) && !step.shape.has(Shape::CLITIC);
                !self.path.iter().any(is_small) && has_capital()
            }
        }
    }
}

/// The folded letters and digits of a name or of words, without what stands between them.
pub(super) fn letters(words: &str, folding: Folding) -> String {
    let mut folded = String::with_capacity(words.len());
    for (index, part) in words.split(['&', '＆']).enumerate() {
        folded.push_str(if index > 0 { "and" } else { "" });
        let part = if index > 0 { part.strip_prefix("amp;").unwrap_or(part) } else { part };
        folding.fold(part, &mut folded);
    }
    if !words.is_ascii() {
        folded.retain(|c| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c));
    }
    folded
}

/// How many bytes of `text` the marks take with which it begins, written wide or not.
fn starts_with(text: &str, marks: &str) -> Option<usize> {
    let mut rest = text.chars();
    let begins = marks.chars().all(|mark| rest.next().is_some_and(|c| narrow(c) == narrow(mark)));
    begins.then(|| text.len() - rest.as_str().len())
}

/// How many bytes of `text` the marks take with which it ends.
fn ends_with(text: &str, marks: &str) -> Option<usize> {
    let mut rest = text.chars();
    let ends = marks.chars().rev().all(|mark| rest.next_back().is_some_and(|c| narrow(c) == narrow(mark)));
    ends.then(|| text.len() - rest.as_str().len())
}
