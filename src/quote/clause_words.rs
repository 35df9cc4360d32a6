//! What speaks for a cue, its clause and its source, in words.

use std::ops::Range;

use super::{
    clause_facts::{Asked, Fact},
    clause_features::{CUE, END, SOURCE, START},
    explain::Account,
    scene::Scene,
    source::SourcePart,
    wording::{account, before, behind, counted, quoted, words_in},
};
use crate::lang::Class;

/// A way between a cue and its source is shown whole if it has no more tokens.
const SHORT: usize = 8;

/// What is told in one and the same words.
#[derive(Debug, Clone, Copy)]
enum Aspect {
    Usual,
    Cue,
    Around,
    Place,
    Way,
    That,
    Rules,
    Marks,
    Length,
    Who,
    Governed,
}

const ASPECTS: [Aspect; 11] = [
    Aspect::Usual,
    Aspect::Cue,
    Aspect::Around,
    Aspect::Place,
    Aspect::Way,
    Aspect::That,
    Aspect::Rules,
    Aspect::Marks,
    Aspect::Length,
    Aspect::Who,
    Aspect::Governed,
];

/// The aspect that a fact belongs to.
fn aspect(fact: Fact) -> usize {
    let aspect = match fact {
        Fact::Cue
        | Fact::Classes
        | Fact::Ending
        | Fact::Capital
        | Fact::AfterCue
        | Fact::BeforeCue
        | Fact::Stem => Aspect::Cue,
        Fact::Left
        | Fact::Left2
        | Fact::Left3
        | Fact::Right
        | Fact::Right2
        | Fact::Right3
        | Fact::LeftWord
        | Fact::RightWord
        | Fact::Here
        | Fact::Word
        | Fact::Mention
        | Fact::Relative
        | Fact::Says
        | Fact::Subject => Aspect::Around,
        Fact::FromStart
        | Fact::ToEnd
        | Fact::Behind
        | Fact::Distance
        | Fact::Opens
        | Fact::ToCue
        | Fact::Rest
        | Fact::Aside
        | Fact::Place => Aspect::Place,
        Fact::Whole | Fact::Near | Fact::Far => Aspect::Way,
        Fact::That | Fact::Verb => Aspect::That,
        Fact::Rule | Fact::SourceSide | Fact::Within => Aspect::Rules,
        Fact::Units | Fact::NextUnit => Aspect::Marks,
        Fact::Length | Fact::Commas | Fact::Verbs | Fact::First => Aspect::Length,
        Fact::Who | Fact::Head => Aspect::Who,
        Fact::Governed => Aspect::Governed,
    };
    aspect as usize
}

impl Asked<'_, '_, '_, '_> {
    /// The word as a cue, in words.
    pub(super) fn cue_account(&self) -> Account {
        let one = std::iter::once(self.token..self.token + 1);
        let mut account = account(CUE, aspect, &ASPECTS, one, |tokens, aspect| match aspect {
            Aspect::Usual => "few such words are cues".to_owned(),
            Aspect::Place => {
                let [before, behind] = [self.segment.start..tokens.start, tokens.end..self.segment.end]
                    .map(|range| words_in(self.scene, range));
                format!("{} before it in its sentence, {behind} behind", counted(before, "word"))
            }
            Aspect::That => match self.that() {
                Some(that) => format!("“that” stands {} on", counted(that - self.token, "word")),
                None => "no “that” follows".to_owned(),
            },
            Aspect::Rules => match (self.cue, self.clause) {
                (_, Some(_)) => "the rules find a cue with a source and a clause".to_owned(),
                (Some(_), None) => "the rules find a cue, and no clause".to_owned(),
                (None, None) => "the rules find no cue".to_owned(),
            },
            _ => self.tell(tokens, aspect),
        });
        usual(&mut account);
        account
    }

    /// The tokens that the clause may start at, in words.
    pub(super) fn start_account(&self, starts: &[usize]) -> Account {
        let starts = starts.iter().map(|&start| start..start + 1);
        account(START, aspect, &ASPECTS, starts, |tokens, aspect| match aspect {
            Aspect::Rules => same(self.clause.map(|clause| clause.tokens.start == tokens.start), "start"),
            _ => self.tell(tokens, aspect),
        })
    }

    /// The places that the clause may end at, in words.
    pub(super) fn end_account(&self, start: usize, ends: &[usize]) -> Account {
        let clauses = ends.iter().map(|&end| start..end);
        account(END, aspect, &ASPECTS, clauses, |clause, aspect| match aspect {
            Aspect::Around => {
                let last = quoted(self.scene, clause.end - 1..clause.end);
                format!("{last} would be its last word, {}", behind(self.scene, clause))
            }
            Aspect::Length => {
                format!("it would have {}", counted(words_in(self.scene, clause.clone()), "word"))
            }
            Aspect::Place => {
                let rest = words_in(self.scene, clause.end..self.segment.end.max(clause.end));
                match rest {
                    0 => "nothing of the sentence would be left".to_owned(),
                    rest => format!("{} of the sentence would be left", counted(rest, "word")),
                }
            }
            Aspect::Rules => same(self.clause.map(|rule| rule.tokens.end == clause.end), "end"),
            _ => self.tell(clause, aspect),
        })
    }

    /// The mentions that may be the source, in words.
    pub(super) fn source_account(&self, mentions: &[(usize, usize)], clause: &Range<usize>) -> Account {
        let tokens = mentions.iter().map(|&(_, mention)| self.scene.mention_tokens(mention));
        account(SOURCE, aspect, &ASPECTS, tokens, |tokens, aspect| match aspect {
            Aspect::Place if clause.contains(&tokens.start) => "it stands within the clause".to_owned(),
            Aspect::Rules => match self.cue.map(|cue| cue.source.as_ref()) {
                Some(Some(source)) => match source.part(self.scene, tokens.start) {
                    SourcePart::Head => "the rules name it".to_owned(),
                    SourcePart::Joined => "it is part of whom the rules name".to_owned(),
                    SourcePart::None => "the rules name another".to_owned(),
                },
                None if self.closer.is_passive => {
                    "the verb is a passive, whose subject says nothing".to_owned()
                }
                _ => "the rules name nobody".to_owned(),
            },
            _ => self.tell(tokens, aspect),
        })
    }

    /// What is told alike whatever is asked.
    fn tell(&self, tokens: &Range<usize>, aspect: Aspect) -> String {
        let scene = self.scene;
        match aspect {
            Aspect::Usual => "as a rule".to_owned(),
            Aspect::Cue => format!("the cue is {}", quoted(scene, self.token..self.token + 1)),
            Aspect::Around => format!("{}, {}", before(scene, tokens), behind(scene, tokens)),
            Aspect::Place => place(scene, tokens, self.token),
            Aspect::Way => way(scene, tokens, self.token),
            Aspect::Who => format!("it is {}", quoted(scene, tokens.clone())),
            Aspect::Governed if scene.is_governed(tokens.start) => {
                format!("it belongs to the preposition {}", quoted(scene, tokens.start - 1..tokens.start))
            }
            Aspect::Governed => "it belongs to no preposition".to_owned(),
            Aspect::Marks => match scene.units_between(&self.segment) {
                0 => "nothing in its sentence stands in marks".to_owned(),
                _ => "something in its sentence stands in marks".to_owned(),
            },
            Aspect::Length => format!("it has {}", counted(words_in(scene, tokens.clone()), "word")),
            Aspect::That | Aspect::Rules => String::new(),
        }
    }

    /// The "that" that follows.
    fn that(&self) -> Option<usize> {
        /// No further than the features look.
        const REACH: usize = 9;
        (self.token + 1..self.segment.end).take(REACH).find(|&at| self.scene.text.has(at, Class::That))
    }
}

/// Whether the rules have a clause, and it has the same bound.
fn same(same: Option<bool>, what: &str) -> String {
    match same {
        None => "the rules find no clause".to_owned(),
        Some(true) => format!("the rules {what} it here"),
        Some(false) => format!("the rules {what} it elsewhere"),
    }
}

/// The first feature of a question of yes or no is always the same.
fn usual(account: &mut Account) {
    if let Some(first) = account.aspects.first_mut().filter(|aspects| aspects.is_empty()) {
        first.push(Aspect::Usual as usize);
    }
}

fn place(scene: &Scene, tokens: &Range<usize>, cue: usize) -> String {
    let (between, side) = between(tokens, cue);
    match words_in(scene, between) {
        0 => format!("it stands right {side} the cue"),
        words => format!("it stands {} {side} the cue", counted(words, "word")),
    }
}

fn way(scene: &Scene, tokens: &Range<usize>, cue: usize) -> String {
    let (between, _) = between(tokens, cue);
    if between.len() <= SHORT {
        return format!("{} stands between it and the cue", quoted(scene, between));
    }
    format!("{} stand between it and the cue", counted(words_in(scene, between), "word"))
}

/// The tokens between some tokens and the cue, and on which side of it they stand.
fn between(tokens: &Range<usize>, cue: usize) -> (Range<usize>, &'static str) {
    if tokens.start <= cue { (tokens.end.min(cue)..cue, "before") } else { (cue + 1..tokens.start, "behind") }
}
