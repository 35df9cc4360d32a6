//! Whether a name is the beginning of a longer one that is misspelt: where a list has "New York Times", the "New York" of
//! "New York Tmes" is no mention of New York.
//!
//! Without an index of misspelt words the words that may be meant are tried one by one (Norvig, 2007): all that are one
//! slip away from the word behind the name. That word is capitalised, in no name of the list and no ordinary one, and longer
//! names begin as the text does, so that few are tried.

use super::{
    edits::Room,
    fuzzy,
    gazetteer::Gazetteer,
    hash,
    pieces::{self, Gap, Piece, Shape},
    table::Node,
    walk::letters,
};
use crate::{
    lang::Lexicon,
    model::hash_run,
    text::{Span, fold::Folding},
};

/// For so many bytes behind the misspelt word the rest of the longer name is looked for.
const FAR: usize = 256;

/// What is needed to look for longer names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    /// All lists: a word that any of them has is no error.
    pub(super) all: &'a [Gazetteer<'a>],
    pub(super) lexicon: &'a Lexicon,
    pub(super) folding: Folding,
    pub(super) source: &'a str,
}

impl Reader<'_> {
    /// The longer name that is misspelt behind the name that stands at `span` and has the path `path`.
    pub(super) fn find(&self, path: u64, span: Span) -> Option<Span> {
        let run = self.run(span.end())?;
        let word = self.unknown(run.of(self.source))?;
        if !self.all.iter().any(|list| list.node(path).is_some_and(Node::goes_on)) {
            return None;
        }
        let mut given = letters(span.of(self.source), self.folding);
        let (length, mut end) = (given.len(), 0);
        self.meant(path, word, |list, path, node, meant| {
            given.truncate(length);
            given.push_str(meant);
            end = end.max(self.end(list, path, node, &mut given, run.end()));
        });
        (end > 0).then(|| Span::new(span.start(), end))
    }

    /// The word of ASCII and with a capital letter that follows a name, with a space before it.
    fn run(&self, at: usize) -> Option<Span> {
        let (b' ' | b'\n', rest) = self.source.as_bytes().get(at..)?.split_first()? else { return None };
        if !rest.first()?.is_ascii_uppercase() {
            return None;
        }
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).take(Room::LONGEST + 1);
        let run = Span::new(at + 1, at + 1 + letters.count());
        rest.get(run.len()).is_none_or(u8::is_ascii).then_some(run)
    }

    /// The folded word, if no list has it and it is no ordinary one.
    fn unknown(&self, word: &str) -> Option<Room> {
        let mut folded = Room::new(word.as_bytes())?;
        if self.folding.case {
            folded.make_small();
        }
        let hash = folded.hash();
        let is_known = |list: &Gazetteer| list.facts(hash).has(Shape::FIRST.and(Shape::INNER));
        let is_ordinary = || self.lexicon.is_ordinary_run(hash_run(word.as_bytes()));
        (!self.all.iter().any(is_known) && !is_ordinary()).then_some(folded)
    }

    /// Calls `each` for all words that may be meant and with which a name goes on from `path`, with where it then is.
    fn meant(&self, path: u64, word: Room, mut each: impl FnMut(&Gazetteer, u64, Node, &str)) {
        let folded = String::from_utf8_lossy(word.word());
        if !fuzzy::may_be_misspelt(self.lexicon, &folded) {
            return;
        }
        let mut take = |meant: &Room| {
            let hash = meant.hash();
            for list in self.all.iter().filter(|list| list.may_have(hash).1) {
                let path = hash::path(path, hash);
                let Some(node) = list.node(path) else { continue };
                if !fuzzy::is_derived(meant.word(), word.word()) {
                    each(list, path, node, &String::from_utf8_lossy(meant.word()));
                }
            }
        };
        word.one_edit(&mut take);
        fuzzy::lookalikes(&folded, |meant| Room::new(meant.as_bytes()).iter().for_each(&mut take));
    }

    /// The words behind `at`, as far as a name may go on.
    fn pieces(&self, at: usize) -> Vec<Piece> {
        let end = (at..=self.source.len().min(at + FAR)).rev().find(|&end| self.source.is_char_boundary(end));
        let near = &self.source[at..end.unwrap_or(at)];
        let mut pieces = Vec::new();
        pieces::read(near, self.folding, &mut pieces);
        let place = |piece: Piece| Piece { start: at + piece.start, end: at + piece.end, ..piece };
        pieces.into_iter().map(place).collect()
    }

    /// Where the longest name ends that goes on from a node whose letters are `given`; zero if there is none.
    fn end(&self, list: &Gazetteer, path: u64, node: Node, given: &mut String, at: usize) -> usize {
        let mut end = if is_name(list, node, given, self.folding) { at } else { 0 };
        let (mut path, mut node) = (path, node);
        let words = if node.goes_on() { self.pieces(at) } else { Vec::new() };
        for word in words {
            path = hash::path(path, word.hash);
            let next = list.node(path).filter(|_| node.goes_on() && word.gap.marks() == Gap::NONE);
            let Some(next) = next else { break };
            word.fold(self.source, self.folding, given);
            end = if is_name(list, next, given, self.folding) { word.end } else { end };
            node = next;
        }
        end
    }
}

/// Whether a name with these letters ends at a node, and may have an error.
fn is_name(list: &Gazetteer, node: Node, given: &str, folding: Folding) -> bool {
    list.forms(node).any(|form| {
        fuzzy::budget(form.letters().into()) > 0
            && list.owner(form.name()).is_some()
            && letters(list.store.name(form.name()), folding) == given
    })
}

#[cfg(test)]
mod tests {
    use crate::{
        entity::{EntityMatcher, Options, Overlap, Record},
        text::Text,
    };

    fn found(matcher: &EntityMatcher, text: &str) -> Vec<String> {
        matcher.find(&Text::new(text)).iter().map(|mention| mention.span.of(text).to_owned()).collect()
    }

    const NAMES: [&str; 5] =
        ["Norrland", "Norrland Herald", "Norrland Rivers Agency", "Norrland Agency of Quist", "Quist Bay"];

    #[test]
    fn the_beginning_of_a_misspelt_name_is_no_name() {
        let matcher = EntityMatcher::new(Record::named(&NAMES), Options::default()).unwrap();
        for misspelt in ["Hreald", "Heralt", "Heral", "Herrald", "Zerald", "Riuers Agency", "Agencv of Quist"]
        {
            let text = format!("the Norrland {misspelt}, Norrland");
            assert_eq!(found(&matcher, &text).len(), 1, "{misspelt}");
        }
        for other in [
            "hreald",
            "Hreals",
            "Heralds",
            "Riuers",
            "Riuers Agencv",
            "Riuers, Agency",
            "Rivers",
            "Agency",
            "Ha",
            "– Hreald",
            "Hreald\u{301}",
        ] {
            assert_eq!(found(&matcher, &format!("the Norrland {other}")), ["Norrland"], "{other}");
        }
        // It gives way to a name that goes on behind it.
        assert_eq!(found(&matcher, "Norrland Agencv of Quist Bay"), ["Norrland", "Quist Bay"]);
        let all = Options { overlap: Overlap::All, ..Options::default() };
        assert_eq!(
            found(&EntityMatcher::new(Record::named(&NAMES), all).unwrap(), "Norrland Hreald"),
            ["Norrland"]
        );
    }

    #[test]
    fn what_was_added_and_removed_counts() {
        let one = EntityMatcher::new(Record::named(&NAMES[..1]), Options::default()).unwrap();
        let text = "Norrland Hreald";
        assert_eq!(found(&one, text), ["Norrland"]);
        let both = one.add(Record::named(&NAMES[1..])).unwrap();
        assert!(found(&both, text).is_empty());
        let removed = both.remove(&[NAMES[1].to_owned()]).unwrap();
        assert_eq!(found(&removed, text), ["Norrland"]);
    }
}
