//! Which mentions mean the same one.
//!
//! In the order of the text, each mention joins a group or founds one:
//!
//! * the caller's entities are groups of their own, by id;
//! * a name joins the group that has its form, else the one with the same first and last word, else, if it is a
//!   single word, the latest one with that surname or given name, a letter's slip allowed;
//! * a role with a definite determiner joins the latest group whose title or apposition has its noun;
//! * a pronoun joins the most salient person that it can mean.
//!
//! A full name that comes after its surname (as behind a headline) takes the surname's group over.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{
    Entity, EntityMatcher, EntityRef, Mention, MentionKind,
    names::Name,
    recognizer::{Entities, Found},
    roles::Role,
    salience::Salience,
    slips,
    traits::{Gender, Sort, Traits},
};
use crate::{
    lang::{Class, Tagged},
    text::{Span, fold::folded},
};

/// How many forms of one name are kept.
const MOST_FORMS: usize = 16;

/// Those who are taken for one.
#[derive(Debug)]
struct Group {
    /// The caller's entity: an index into the matcher's.
    given: Option<usize>,
    /// The fullest form in the text.
    fullest: Span,
    /// How many words the fullest form has.
    words: usize,
    /// All forms in the text, in the order of their first use.
    forms: Vec<Span>,
    traits: Traits,
}

/// Links all that was found, given in the order of the text.
pub(super) fn link(
    text: &Tagged,
    sentences: &[Span],
    found: Vec<Found>,
    given: Option<&EntityMatcher>,
) -> Entities {
    let mut linker = Linker {
        text,
        given,
        groups: Vec::new(),
        index: Index::default(),
        salience: Salience::new(text, sentences),
    };
    let links: Vec<(Mention, Option<usize>)> = found.into_iter().map(|found| linker.link(found)).collect();
    linker.entities(links)
}

struct Linker<'a, 't, 's> {
    text: &'a Tagged<'t, 's>,
    /// The caller's entities.
    given: Option<&'a EntityMatcher>,
    groups: Vec<Group>,
    index: Index,
    salience: Salience<'a, 't, 's>,
}

/// Groups by a word of theirs with one letter left out; the word stands beside the group.
type BySlip = FxHashMap<String, (usize, String)>;

/// The ways to find a group; every key is folded.
#[derive(Default)]
struct Index {
    by_given: FxHashMap<usize, usize>,
    by_form: FxHashMap<String, usize>,
    by_ends: FxHashMap<(String, String), usize>,
    /// Surnames, and the given names of full names: the latest group.
    by_part: FxHashMap<String, usize>,
    /// Surnames of full names.
    by_slip: BySlip,
    /// Names of one word.
    lone_by_slip: BySlip,
    by_title: FxHashMap<String, usize>,
}

impl<'s> Linker<'_, '_, 's> {
    /// The mention, and the group that it joins.
    fn link(&mut self, found: Found) -> (Mention, Option<usize>) {
        match found {
            Found::Given(mention) => {
                let group = self.given_group(&mention);
                (mention, group)
            }
            Found::Name(name) => {
                let group = self.name_group(&name);
                (plain(name.span, MentionKind::Name), Some(group))
            }
            Found::Role(role) => {
                let group = self.role_group(role);
                (plain(role.span, MentionKind::Role), group)
            }
            Found::Pronoun(token) => {
                let group = self.pronoun_group(token);
                (plain(self.text.span(token), MentionKind::Pronoun), group)
            }
        }
    }

    fn given_group(&mut self, mention: &Mention) -> Option<usize> {
        let entity = mention.entity?;
        let EntityRef { kind, name, .. } = self.given?.view(entity);
        let words = self.words(mention.span);
        let sort = sort_of_type(kind);
        let gender = words.first().and_then(|word| Gender::of(self.text.language.lexicon.classes(word)));
        let traits = Traits { sort, gender };
        let group = match self.index.by_given.get(&entity) {
            Some(&group) => group,
            None => self.found_group(Some(entity), mention.span, traits),
        };
        self.index.by_given.insert(entity, group);
        // The caller's own form serves names that only the text shortens.
        let own: Vec<&str> = name.split_whitespace().collect();
        self.join(group, mention.span, traits);
        self.register(group, &words);
        self.register(group, &own);
        self.see(group, mention.span);
        Some(group)
    }

    fn name_group(&mut self, name: &Name) -> usize {
        let words = self.words(name.span);
        let group = self.index.group_of(&words).or_else(|| self.takes_over(&words));
        let group = group.unwrap_or_else(|| self.found_group(None, name.span, name.traits));
        self.join(group, name.span, name.traits);
        self.register(group, &words);
        for noun in name.title.into_iter().chain(self.apposition(name)) {
            self.learn_title(group, noun);
        }
        self.see(group, name.span);
        group
    }

    /// The group of a lone surname, for the full name that comes after it.
    fn takes_over(&self, words: &[&str]) -> Option<usize> {
        let surname = folded(words.last()?);
        let lone = self.index.by_form.get(&surname).copied();
        let group = lone.or_else(|| slip_of(&self.index.lone_by_slip, &surname))?;
        let is_lone = self.groups[group].words == 1 && self.groups[group].traits.sort != Sort::Place;
        (words.len() > 1 && is_lone).then_some(group)
    }

    fn role_group(&mut self, role: Role) -> Option<usize> {
        let definite =
            self.text.has(role.first, Class::Article) && !self.text.has(role.first, Class::Indefinite);
        if !definite {
            return None;
        }
        let group = *self.index.by_title.get(&folded(self.text.word(role.noun)))?;
        self.see(group, role.span);
        Some(group)
    }

    fn pronoun_group(&mut self, token: usize) -> Option<usize> {
        let gender = match self.text.classes(token) {
            classes if classes.has(Class::MalePronoun) => Gender::Male,
            classes if classes.has(Class::FemalePronoun) && !self.is_of_several(token) => Gender::Female,
            _ => return None,
        };
        let groups = &self.groups;
        let group = self.salience.most_salient(token, |group| fit(groups[group].traits, gender))?;
        self.groups[group].traits.learn(Traits { sort: Sort::Person, gender: Some(gender) });
        self.see(group, self.text.span(token));
        Some(group)
    }

    /// Whether a pronoun that may mean one or several stands beside a verb of several.
    fn is_of_several(&self, pronoun: usize) -> bool {
        const VERBS: [Class; 4] = [Class::Auxiliary, Class::SayVerb, Class::ReportVerb, Class::ThinkVerb];
        let text = self.text;
        let beside = [Some(pronoun + 1), pronoun.checked_sub(1)].into_iter().flatten();
        let verb = beside.into_iter().find(|&token| text.any(token, &VERBS)).map(|token| text.word(token));
        let plural = text.language.grammar.plural_verbs;
        text.has(pronoun, Class::PluralPronoun)
            && verb.is_some_and(|verb| plural.iter().any(|ending| verb.ends_with(ending)))
    }

    fn found_group(&mut self, given: Option<usize>, span: Span, traits: Traits) -> usize {
        self.groups.push(Group { given, fullest: span, words: 0, forms: Vec::new(), traits });
        self.groups.len() - 1
    }

    /// Adds a form to a group; the longest in words is its fullest.
    fn join(&mut self, group: usize, span: Span, traits: Traits) {
        let words = self.words(span).len();
        let text = self.text.text;
        let group = &mut self.groups[group];
        if words > group.words {
            (group.words, group.fullest) = (words, span);
        }
        if group.forms.len() < MOST_FORMS
            && !group.forms.iter().any(|&form| text.slice(form) == text.slice(span))
        {
            group.forms.push(span);
        }
        group.traits.learn(traits);
    }

    /// Makes a group findable by a form and, if that is a person's full name, by its parts.
    fn register(&mut self, group: usize, words: &[&str]) {
        let folded: Vec<String> =
            words.iter().map(|word| folded(word)).filter(|word| !word.is_empty()).collect();
        let Some((first, last)) = folded.first().zip(folded.last()) else {
            return;
        };
        self.index.by_form.insert(folded.join(" "), group);
        if folded.len() == 1 && self.groups[group].given.is_none() {
            self.index.lone_by_slip.extend(slip_rows(group, last));
        }
        if folded.len() < 2 || !may_be_person(self.groups[group].traits) {
            return;
        }
        self.index.by_ends.insert((first.clone(), last.clone()), group);
        self.index.by_part.insert(last.clone(), group);
        self.index.by_part.entry(first.clone()).or_insert(group);
        self.index.by_slip.extend(slip_rows(group, last));
    }

    fn learn_title(&mut self, group: usize, noun: usize) {
        self.index.by_title.insert(folded(self.text.word(noun)), group);
        let gender = Gender::of(self.text.classes(noun));
        self.groups[group].traits.learn(Traits { sort: Sort::Person, gender });
    }

    /// The noun of an apposition behind a name: "Marek Dahl, former ambassador to Norrland".
    fn apposition(&self, name: &Name) -> Option<usize> {
        let comma = name.tokens.1 + 1;
        let end = (comma + 1..self.text.len().min(comma + 8)).find(|&token| {
            !self.text.is_word(token)
                || self.text.any(token, &[Class::SayVerb, Class::Auxiliary, Class::Preposition])
        })?;
        let noun = (comma + 1..end).rev().find(|&token| self.text.has(token, Class::Role));
        noun.filter(|_| self.text.is(comma, ","))
    }

    fn see(&mut self, group: usize, span: Span) {
        self.salience.see(group, span);
    }

    /// The words of a form, without the marks between them.
    fn words(&self, span: Span) -> Vec<&'s str> {
        let tokens = self.text.text.tokens_in(span).filter(|&token| self.text.is_word(token));
        // A token reaches past the span where glued text joined the next word to it.
        tokens
            .map(|token| self.text.span(token))
            .map(|word| self.text.text.slice(Span::new(word.start(), word.end().min(span.end()))))
            .collect()
    }

    /// Numbers the groups by their first mention and makes entities of those that the caller does not know.
    fn entities(&self, links: Vec<(Mention, Option<usize>)>) -> Entities {
        let mut entities = Entities::default();
        let mut index_of: FxHashMap<usize, usize> = FxHashMap::default();
        for (_, group) in &links {
            let Some(group) = *group else { continue };
            index_of.entry(group).or_insert_with(|| {
                entities.roster.push(self.entity(&self.groups[group]));
                entities.given.push(self.groups[group].given.is_some());
                entities.fullest.push(self.written(self.groups[group].fullest));
                entities.roster.len() - 1
            });
        }
        entities.mentioned = entities.roster.len();
        let mut candidate_of: FxHashMap<usize, usize> = self
            .index
            .by_given
            .iter()
            .filter_map(|(&given, group)| Some((given, *index_of.get(group)?)))
            .collect();
        for (mut mention, group) in links {
            mention.entity = group.map(|group| index_of[&group]);
            for candidate in &mut mention.candidates {
                *candidate = *candidate_of.entry(*candidate).or_insert_with(|| {
                    entities.roster.extend(self.given.map(|given| given.entity(*candidate)));
                    entities.roster.len() - 1
                });
            }
            if mention.candidates.is_empty() {
                mention.candidates.extend(mention.entity);
            }
            entities.mentions.push(mention);
        }
        entities
    }

    fn entity(&self, group: &Group) -> Arc<Entity> {
        if let Some((matcher, given)) = self.given.zip(group.given) {
            return matcher.entity(given);
        }
        let name = self.written(group.fullest);
        let aliases = group.forms.iter().map(|&form| self.written(form)).filter(|form| *form != name);
        Arc::new(Entity {
            id: format!("name:{name}"),
            kind: group.traits.sort.as_type().to_owned(),
            aliases: aliases.collect(),
            name,
        })
    }

    /// A form as it is written, but with single spaces.
    fn written(&self, span: Span) -> String {
        self.text.text.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Index {
    /// The group that a name belongs to, by its words.
    fn group_of(&self, words: &[&str]) -> Option<usize> {
        let folded: Vec<String> = words.iter().map(|word| folded(word)).collect();
        let (first, last) = (folded.first()?, folded.last()?);
        if folded.len() > 1 {
            let ends = (first.clone(), last.clone());
            return self.by_form.get(&folded.join(" ")).or_else(|| self.by_ends.get(&ends)).copied();
        }
        let exact = self.by_part.get(last).or_else(|| self.by_form.get(last)).copied();
        exact.or_else(|| slip_of(&self.by_slip, last))
    }
}

/// What finds a group by a slip of its word.
fn slip_rows(group: usize, word: &str) -> impl Iterator<Item = (String, (usize, String))> + '_ {
    slips::deletions(word).into_iter().map(move |slip| (slip, (group, word.to_owned())))
}

/// The group with a word that is one slip away.
fn slip_of(groups: &BySlip, word: &str) -> Option<usize> {
    slips::deletions(word)
        .into_iter()
        .find_map(|slip| groups.get(&slip).filter(|(_, other)| slips::is_one_slip(word, other)))
        .map(|&(group, _)| group)
}

fn plain(span: Span, kind: MentionKind) -> Mention {
    Mention { span, kind, entity: None, candidates: Vec::new(), score: 1.0 }
}

fn may_be_person(traits: Traits) -> bool {
    matches!(traits.sort, Sort::Person | Sort::Unknown)
}

/// Whether a pronoun of this gender can mean somebody with these traits.
fn fit(traits: Traits, gender: Gender) -> bool {
    may_be_person(traits) && traits.gender.is_none_or(|known| known == gender)
}

/// What the caller's type says; callers have many names for a person.
fn sort_of_type(kind: &str) -> Sort {
    match kind.to_ascii_uppercase().as_str() {
        "PERSON" | "PER" | "PEOPLE" | "HUMAN" => Sort::Person,
        "LOC" | "GPE" | "PLACE" | "LOCATION" => Sort::Place,
        _ => Sort::Group,
    }
}
