//! Which mentions mean the same one.
//!
//! In the order of the text, each mention joins a group or founds one:
//!
//! * the caller's entities are groups of their own, by id;
//! * a name joins the group that has its form, else the one with the same first and last word, else, if it is a
//!   single word, the latest one with that surname or given name, a letter's slip allowed;
//! * a role in apposition to a name joins its group, another with a definite determiner the latest group whose title or
//!   apposition has its noun;
//! * a pronoun joins the most salient person that it can mean.
//!
//! A full name that comes after its surname (as behind a headline) takes the surname's group over.

use std::{ops::Range, sync::Arc};

use rustc_hash::FxHashMap;

use super::{
    Entity, EntityMatcher, EntityRef, Mention, MentionKind, apposition,
    index::{self, Index, Known, Word},
    names::Name,
    recognizer::{Entities, Found},
    roles::{Role, is_plural},
    salience::{self, Salience, VERBS, Who},
    traits::{Gender, Sort, Traits},
};
use crate::{
    lang::{Class, Tagged},
    text::{Span, Text},
};

/// How many forms of one name are kept.
const MOST_FORMS: usize = 16;
/// A form is the fullest of a name only if it is at least one of so many mentions.
const SELDOM: usize = 256;
/// Somebody who is mentioned less often may have a full form that occurs once.
const SHORT: usize = 24;
/// How far behind a name a pronoun tells its bearer's gender, in tokens.
const TOLD_WITHIN: usize = 24;

/// Those who are taken for one.
#[derive(Debug)]
pub(super) struct Group {
    /// The caller's entity: an index into the matcher's.
    given: Option<usize>,
    /// All forms in the text, in the order of their first use.
    forms: Forms,
    /// Whether a title tells it from others of its family: "Mrs. Quist".
    pub(super) styled: bool,
    /// How many names mean it.
    pub(super) mentions: usize,
    traits: Traits,
    /// How many pronouns tell that it is a man, and how many that it is a woman.
    told: [u32; 2],
}

/// A form of a name.
#[derive(Debug, Clone, Copy)]
struct Form {
    span: Span,
    /// How many words it has, and whether a title is one.
    words: (usize, bool),
    /// Whether it begins with a given name that the language knows.
    is_sure: bool,
    count: usize,
}

/// The forms of a name: most have one.
#[derive(Debug, Default)]
struct Forms {
    first: Option<Form>,
    others: Vec<Form>,
}

impl Forms {
    fn iter(&self) -> impl DoubleEndedIterator<Item = &Form> {
        self.first.iter().chain(&self.others)
    }

    /// The form that is written like this.
    fn find(&mut self, text: &Text, span: Span) -> Option<&mut Form> {
        let is_same =
            |form: &&mut Form| form.span.len() == span.len() && text.slice(form.span) == text.slice(span);
        self.first.iter_mut().chain(&mut self.others).find(is_same)
    }

    /// One more, if there is room.
    fn push(&mut self, form: Form) {
        if self.first.is_none() {
            self.first = Some(form);
        } else if self.others.len() + 1 < MOST_FORMS {
            self.others.push(form);
        }
    }
}

impl Group {
    /// Whether somebody of this gender can be meant.
    pub(super) fn fits(&self, gender: Option<Gender>) -> bool {
        gender
            .is_none_or(|gender| may_be_person(self.traits) && self.gender().is_none_or(|own| own == gender))
    }

    /// Whether a name of one word may mean them although its gender is another: given names are surnames, too.
    pub(super) fn is_open_to(&self, known: &Known) -> bool {
        known.style.is_none() && !(self.styled && known.is_first_name)
    }

    /// What names and titles tell, or else most of the pronouns.
    fn gender(&self) -> Option<Gender> {
        let [male, female] = self.told;
        let told = if male > 2 * female {
            Some(Gender::Male)
        } else if female > 2 * male {
            Some(Gender::Female)
        } else {
            None
        };
        self.traits.gender.or(told)
    }

    /// The fullest form: the one with most words that is not merely a slip of the pen.
    fn fullest(&self) -> Option<Span> {
        let often = |form: &&Form| {
            (form.count > 1 || form.is_sure || self.mentions < SHORT) && form.count * SELDOM >= self.mentions
        };
        let fullest = self.forms.iter().rev().filter(often).max_by_key(|form| form.words);
        fullest.or(self.forms.first.as_ref()).map(|form| form.span)
    }
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
        words: Vec::new(),
    };
    let mut groups: Vec<Option<usize>> = Vec::with_capacity(found.len());
    for (index, one) in found.iter().enumerate() {
        let group = linker.named(one);
        groups.push(group);
        linker.appose(&found[..=index], &mut groups);
    }
    linker.hear(&found, &groups);
    let links = found.into_iter().zip(groups).map(|(found, group)| linker.link(found, group)).collect();
    linker.entities(links)
}

struct Linker<'a, 't, 's> {
    text: &'a Tagged<'t, 's>,
    /// The caller's entities.
    given: Option<&'a EntityMatcher>,
    groups: Vec<Group>,
    index: Index,
    salience: Salience<'a, 't, 's>,
    /// Room for the words of a name.
    words: Vec<Word<'s>>,
}

impl<'s> Linker<'_, '_, 's> {
    /// The group that a name or a role joins.
    fn named(&mut self, found: &Found) -> Option<usize> {
        match found {
            Found::Given(mention) => self.given_group(mention),
            Found::Name(name) => Some(self.name_group(name)),
            Found::Role(role) => self.role_group(**role),
            Found::Pronoun(_) => None,
        }
    }

    /// Counts for each name the pronouns that tell its bearer's gender: those behind it where no other stands between; an object is
    /// somebody else.
    fn hear(&mut self, found: &[Found], groups: &[Option<usize>]) {
        for (index, pair) in found.windows(2).enumerate() {
            let ([Found::Name(name), Found::Pronoun(pronoun)], Some(group)) = (pair, groups[index]) else {
                continue;
            };
            if self.is_aside(found, index) {
                continue;
            }
            let last = name.tokens.1;
            // "Asked if she trusted Quist, she said": the comma ends what is said of the name.
            let apart = *pronoun == last + 2 && self.text.is(last + 1, ",");
            let near = !apart
                && !salience::is_object(self.text, *pronoun)
                && *pronoun <= last + TOLD_WITHIN
                && self.text.marked_by(*pronoun) == self.text.marked_by(last);
            if near && !(last..*pronoun).any(|token| self.text.is_stop(token)) {
                match self.gender_of(*pronoun) {
                    Some(Gender::Male) => self.groups[group].told[0] += 1,
                    Some(Gender::Female) => self.groups[group].told[1] += 1,
                    None => {}
                }
            }
        }
    }

    /// Whether a name only tells who a role is that is not the subject: "representing the operator, Baltic Hydro, told".
    fn is_aside(&self, found: &[Found], name: usize) -> bool {
        let Some(before) = name.checked_sub(1) else { return false };
        let (role, name) = (self.tokens(&found[before]), self.tokens(&found[name]));
        let is_object = || role.start > 0 && self.text.is_word(role.start - 1);
        let comma = role.end + 1 == name.start && self.text.is(role.end, ",");
        matches!(found[before], Found::Role(_)) && comma && is_object()
    }

    /// The mention, and the group that it joins; pronouns join those who are most salient.
    fn link(&mut self, found: Found, group: Option<usize>) -> (Mention, Option<usize>) {
        let tokens = self.tokens(&found);
        let described = self.described(&found);
        let (mention, group) = match found {
            Found::Given(mention) => {
                let others = std::mem::take(&mut mention.others);
                (Mention { others, ..*mention }, group)
            }
            Found::Name(name) => (plain(name.span, MentionKind::Name), group),
            Found::Role(role) => (plain(role.span, MentionKind::Role), group),
            Found::Pronoun(token) => {
                let group = self.pronoun_group(token);
                (plain(self.text.span(token), MentionKind::Pronoun), group)
            }
        };
        if let Some(who) = group.map(Who::Group).or(described) {
            let start =
                if tokens.is_empty() { mention.span.start() } else { self.text.span(tokens.start).start() };
            self.salience.see(who, start, tokens);
        }
        (mention, group)
    }

    /// The one person whom a role describes who was not spoken of before: "a neighbour", "the founder’s brother".
    fn described(&self, found: &Found) -> Option<Who> {
        let Found::Role(role) = found else { return None };
        let is_owned = |token: usize| self.text.is_possessive(token) || self.text.is_owner(token);
        let is_one = (self.text.has(role.first, Class::Indefinite) || (role.first..role.noun).any(is_owned))
            && self.text.has(role.noun, Class::Role)
            && !is_plural(self.text, role.noun)
            && !(self.text.is(role.noun + 1, ",") && self.text.is_capital(role.noun + 2));
        is_one.then(|| Who::Described(Gender::of(self.text.classes(role.noun))))
    }

    fn given_group(&mut self, mention: &Mention) -> Option<usize> {
        let entity = mention.entity?;
        let EntityRef { kind, name, .. } = self.given?.view(entity);
        let tokens = self.text.text.tokens_in(mention.span);
        let words: Vec<&str> = self.words(mention.span, tokens.clone()).collect();
        let shown: Vec<Word> = words.iter().copied().filter_map(Word::new).collect();
        let sort = sort_of_type(kind);
        let gender = words.first().and_then(|word| Gender::of(self.text.language.lexicon.classes(word)));
        let traits = Traits { sort, gender };
        let group = match self.index.by_given.get(&entity) {
            Some(&group) => group,
            None => self.found_group(Some(entity), traits),
        };
        self.index.by_given.insert(entity, group);
        // The caller's own form serves names that only the text shortens.
        let own: Vec<Word> = name.split_whitespace().filter_map(Word::new).collect();
        let is_new = self.join(group, mention.span, tokens.start, (words.len(), false), traits);
        let may_be_person = may_be_person(self.groups[group].traits);
        let form = index::Form { is_new, is_given: true, may_be_person };
        self.index.register(group, &shown, form);
        self.index.register(group, &own, form);
        Some(group)
    }

    fn name_group(&mut self, name: &Name) -> usize {
        let mut words = std::mem::take(&mut self.words);
        words.clear();
        words.extend(self.words(name.span, name.tokens.0..name.tokens.1 + 1).filter_map(Word::new));
        let style = name.styled.and_then(|style| Word::new(self.text.word(style)));
        let is_first_name = self.text.any(name.tokens.0, &[Class::Male, Class::Female]);
        let known = Known { style, gender: name.traits.gender, is_first_name };
        let group = self.index.group_of(&self.groups, &words, known);
        let group = group.or_else(|| self.takes_over(&words, name.traits.gender));
        let group = group.unwrap_or_else(|| self.found_group(None, name.traits));
        let span = name.styled.map_or(name.span, |style| self.text.span(style).to(name.span));
        let first = name.styled.unwrap_or(name.tokens.0);
        let is_new = self.join(group, span, first, (words.len(), name.styled.is_some()), name.traits);
        self.groups[group].styled |= name.styled.is_some();
        let Group { given, traits, .. } = self.groups[group];
        let form = index::Form { is_new, is_given: given.is_some(), may_be_person: may_be_person(traits) };
        self.index.register(group, &words, form);
        if let (Some(style), &[surname], true) = (style, &words[..], is_new) {
            self.index.register_style(group, style, surname);
        }
        self.words = words;
        let described = apposition::noun_behind(self.text, &name.with_title())
            .filter(|_| may_be_person(self.groups[group].traits));
        for noun in name.title.into_iter().chain(described) {
            self.learn_title(group, noun);
        }
        group
    }

    /// The group of a lone surname or given name, for the full name that comes after it.
    fn takes_over(&self, words: &[Word], gender: Option<Gender>) -> Option<usize> {
        let group = self.index.lone(&self.groups, words, gender)?;
        let Group { forms, traits, .. } = &self.groups[group];
        let is_lone = forms.iter().all(|form| form.words.0 == 1) && traits.sort != Sort::Place;
        (words.len() > 1 && is_lone).then_some(group)
    }

    /// Links the last that was found with one before it, where one is a name and the other a role in apposition.
    fn appose(&mut self, found: &[Found], groups: &mut [Option<usize>]) {
        let Some((name, role, noun)) = self.apposed(found) else { return };
        let person = groups[name].filter(|&group| may_be_person(self.groups[group].traits));
        if let Some(group) = person {
            groups[role] = Some(group);
            self.learn_title(group, noun);
        }
    }

    /// The indexes of the name and the role, and the role's noun.
    fn apposed(&self, found: &[Found]) -> Option<(usize, usize, usize)> {
        /// How many may stand inside the role before a name: "a spokesman for Quist, Jonas Abelard, said".
        const INSIDE: usize = 2;
        let last = found.len().checked_sub(1)?;
        let tokens = |index: usize| self.tokens(&found[index]);
        let is_name = |index: usize| matches!(found[index], Found::Name(_) | Found::Given(_));
        if let Found::Role(role) = found[last] {
            let name = last.checked_sub(1).filter(|&name| is_name(name))?;
            return apposition::describes(self.text, &tokens(name), *role).then_some((name, last, role.noun));
        }
        (0..last).rev().take(1 + INSIDE).filter(|_| is_name(last)).find_map(|index| match found[index] {
            Found::Role(role) if apposition::names(self.text, *role, &tokens(last)) => {
                Some((last, index, role.noun))
            }
            _ => None,
        })
    }

    /// The tokens of what was found, its title among them.
    fn tokens(&self, found: &Found) -> Range<usize> {
        match found {
            Found::Name(name) => name.with_title(),
            Found::Pronoun(token) => *token..token + 1,
            found => self.text.text.tokens_in(found.span(self.text)),
        }
    }

    fn role_group(&mut self, role: Role) -> Option<usize> {
        let definite =
            self.text.has(role.first, Class::Article) && !self.text.has(role.first, Class::Indefinite);
        if !definite {
            return None;
        }
        self.index.by_title.get(&self.text.hash(role.noun)).copied()
    }

    fn pronoun_group(&mut self, token: usize) -> Option<usize> {
        let gender = self.gender_of(token)?;
        let groups = &self.groups;
        let fits = |group: usize| groups[group].fits(Some(gender));
        let is_person = |group: usize| groups[group].traits.sort == Sort::Person;
        let group = self.salience.most_salient((token, gender), fits, is_person)?;
        self.groups[group].traits.learn(Traits { sort: Sort::Person, gender: None });
        // In somebody's words a pronoun means whom the speaker means, which the text around them does not tell.
        if self.text.marked_by(token).is_none() && self.groups[group].gender().is_none() {
            self.groups[group].traits.gender = Some(gender);
        }
        Some(group)
    }

    /// The gender of a pronoun.
    fn gender_of(&self, token: usize) -> Option<Gender> {
        let gender = Gender::of_pronoun(self.text.classes(token));
        gender.filter(|&gender| gender == Gender::Male || !self.is_of_several(token))
    }

    /// Whether a pronoun that may mean one or several stands beside a verb of several.
    fn is_of_several(&self, pronoun: usize) -> bool {
        let text = self.text;
        let beside = [Some(pronoun + 1), pronoun.checked_sub(1)].into_iter().flatten();
        let verb = beside.into_iter().find(|&token| text.any(token, &VERBS)).map(|token| text.word(token));
        let plural = text.language.grammar.plural_verbs;
        text.has(pronoun, Class::PluralPronoun)
            && verb.is_some_and(|verb| plural.iter().any(|ending| verb.ends_with(ending)))
    }

    fn found_group(&mut self, given: Option<usize>, traits: Traits) -> usize {
        let group =
            Group { given, forms: Forms::default(), styled: false, mentions: 0, traits, told: [0; 2] };
        self.groups.push(group);
        self.groups.len() - 1
    }

    /// Adds a form to a group, and says whether it is a new one. `first` is its first token.
    fn join(&mut self, group: usize, span: Span, first: usize, words: (usize, bool), traits: Traits) -> bool {
        let group = &mut self.groups[group];
        group.traits.learn(traits);
        group.mentions += 1;
        if let Some(form) = group.forms.find(self.text.text, span) {
            form.count += 1;
            return false;
        }
        let is_sure = self.text.any(first, &[Class::Male, Class::Female]);
        group.forms.push(Form { span, words, is_sure, count: 1 });
        true
    }

    fn learn_title(&mut self, group: usize, noun: usize) {
        self.index.by_title.insert(self.text.hash(noun), group);
        let gender = Gender::of(self.text.classes(noun));
        self.groups[group].traits.learn(Traits { sort: Sort::Person, gender });
    }

    /// The words of a form that has these tokens, without the marks between them.
    fn words(&self, span: Span, tokens: Range<usize>) -> impl Iterator<Item = &'s str> {
        let tokens = tokens.filter(|&token| self.text.is_word(token));
        // A token reaches past the span where glued text joined the next word to it.
        tokens
            .map(|token| self.text.span(token))
            .map(move |word| self.text.text.slice(Span::new(word.start(), word.end().min(span.end()))))
    }

    /// Numbers the groups by their first mention and makes entities of those that the caller does not know.
    fn entities(&self, links: Vec<(Mention, Option<usize>)>) -> Entities {
        let count = self.groups.len();
        let mut entities = Entities {
            mentions: Vec::with_capacity(links.len()),
            roster: Vec::with_capacity(count),
            fullest: Vec::with_capacity(count),
            given: Vec::with_capacity(count),
            genders: Vec::with_capacity(count),
            mentioned: 0,
        };
        let mut index_of: Vec<Option<usize>> = vec![None; count];
        for (_, group) in &links {
            let Some(number) = *group else { continue };
            if index_of[number].is_some() {
                continue;
            }
            index_of[number] = Some(entities.roster.len());
            let group = &self.groups[number];
            let form = group.fullest();
            let fullest = form.map_or_else(String::new, |form| self.written(form));
            entities.roster.push(self.entity(group, form, &fullest));
            entities.given.push(group.given.is_some());
            entities.genders.push(group.gender());
            entities.fullest.push(fullest);
        }
        entities.mentioned = entities.roster.len();
        let mut candidate_of: FxHashMap<usize, usize> = self
            .index
            .by_given
            .iter()
            .filter_map(|(&given, group)| Some((given, index_of[*group]?)))
            .collect();
        for (mut mention, group) in links {
            mention.entity = group.and_then(|group| index_of[group]);
            for candidate in &mut mention.others {
                *candidate = *candidate_of.entry(*candidate).or_insert_with(|| {
                    entities.roster.extend(self.given.map(|given| given.entity(*candidate)));
                    entities.roster.len() - 1
                });
            }
            entities.mentions.push(mention);
        }
        entities
    }

    /// The entity of a group with this fullest form, which is written like this.
    fn entity(&self, group: &Group, fullest: Option<Span>, name: &str) -> Arc<Entity> {
        if let Some((matcher, given)) = self.given.zip(group.given) {
            return matcher.entity(given);
        }
        let others = group.forms.iter().map(|form| form.span).filter(|&form| Some(form) != fullest);
        let aliases = others.map(|form| self.written(form)).filter(|form| form != name);
        Arc::new(Entity {
            id: ["name:", name].concat(),
            kind: group.traits.sort.as_type().to_owned(),
            aliases: aliases.collect(),
            name: name.to_owned(),
        })
    }

    /// A form as it is written, but with single spaces.
    fn written(&self, span: Span) -> String {
        let written = self.text.text.slice(span);
        let mut last = b' ';
        let is_spaced = |byte: u8| {
            let before = std::mem::replace(&mut last, byte);
            byte.is_ascii_graphic() || byte == b' ' && before != b' '
        };
        if written.bytes().all(is_spaced) && last != b' ' {
            return written.to_owned();
        }
        written.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn plain(span: Span, kind: MentionKind) -> Mention {
    Mention { span, kind, entity: None, others: Vec::new(), score: 1.0 }
}

fn may_be_person(traits: Traits) -> bool {
    matches!(traits.sort, Sort::Person | Sort::Unknown)
}

/// What the caller's type says; callers have many names for a person.
fn sort_of_type(kind: &str) -> Sort {
    match kind.to_ascii_uppercase().as_str() {
        "PERSON" | "PER" | "PEOPLE" | "HUMAN" => Sort::Person,
        "LOC" | "GPE" | "PLACE" | "LOCATION" => Sort::Place,
        _ => Sort::Group,
    }
}
