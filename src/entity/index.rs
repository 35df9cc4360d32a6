//! The ways to find those whom a name means; every key is folded.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{links::Group, slips, traits::Gender};

/// How many bearers of one surname or given name are kept in mind.
const MOST_BEARERS: usize = 8;
/// A name that stood alone more often than this is somebody's own.
pub(super) const ESTABLISHED: usize = 3;

/// Groups by a word of theirs with one letter left out; the word stands beside the group.
type BySlip = FxHashMap<u64, (usize, Rc<str>)>;

/// What a name of one word tells of its bearer.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known<'n> {
    /// The title before it, folded: "mrs".
    pub(super) style: Option<&'n str>,
    /// The title's gender, or else the given name's.
    pub(super) gender: Option<Gender>,
    /// Whether it is known as a given name.
    pub(super) is_first_name: bool,
}

/// Groups by what they are called.
#[derive(Default)]
pub(super) struct Index {
    pub(super) by_given: FxHashMap<usize, usize>,
    by_form: FxHashMap<String, usize>,
    by_ends: FxHashMap<(String, String), usize>,
    /// Surnames with the title before them: "mrs", "quist".
    by_style: FxHashMap<(String, String), usize>,
    /// Those who bear a surname, the latest first.
    by_surname: FxHashMap<String, Vec<usize>>,
    /// Those who bear a given name, the earliest first.
    by_first_name: FxHashMap<String, Vec<usize>>,
    /// Surnames of full names.
    by_slip: BySlip,
    /// Names of one word.
    lone_by_slip: BySlip,
    pub(super) by_title: FxHashMap<String, usize>,
}

impl Index {
    /// The group that a name belongs to, by its words; of one word, by what is known of the bearer.
    pub(super) fn group_of(&self, groups: &[Group], folded: &[String], known: Known) -> Option<usize> {
        let (first, last) = (folded.first()?, folded.last()?);
        if folded.len() > 1 {
            let ends = (first.clone(), last.clone());
            return self.by_form.get(&folded.join(" ")).or_else(|| self.by_ends.get(&ends)).copied();
        }
        let styled =
            known.style.and_then(|style| self.by_style.get(&(style.to_owned(), last.clone())).copied());
        styled
            .or_else(|| {
                self.bearer(last, known.is_first_name, |group| groups[group].fits(known.gender), groups)
            })
            .or_else(|| {
                self.bearer(last, known.is_first_name, |group| groups[group].is_open_to(&known), groups)
            })
    }

    /// The bearer of a name of one word, among those that fit.
    fn bearer(
        &self,
        name: &str,
        is_first_name: bool,
        fits: impl Fn(usize) -> bool,
        groups: &[Group],
    ) -> Option<usize> {
        let lone = self.by_form.get(name).copied().filter(|&group| fits(group));
        let own = lone.filter(|&group| groups[group].mentions > ESTABLISHED);
        let among = |bearers: &FxHashMap<String, Vec<usize>>| {
            bearers.get(name)?.iter().copied().find(|&group| fits(group))
        };
        let (first, second) = if is_first_name {
            (&self.by_first_name, &self.by_surname)
        } else {
            (&self.by_surname, &self.by_first_name)
        };
        own.or_else(|| among(first))
            .or_else(|| among(second))
            .or(lone)
            .or_else(|| slip_of(&self.by_slip, name).filter(|&group| fits(group)))
    }

    /// The group of a name of one word that a full name turns out to mean: its surname, as behind a headline, or its given
    /// name.
    pub(super) fn lone(&self, groups: &[Group], folded: &[String], gender: Option<Gender>) -> Option<usize> {
        let (given, surname) = (folded.first()?, folded.last()?);
        let by_surname = self.by_form.get(surname).copied().or_else(|| slip_of(&self.lone_by_slip, surname));
        let by_surname =
            by_surname.filter(|&group| !groups[group].styled || groups[group].mentions <= ESTABLISHED);
        let by_given =
            self.by_form.get(given).copied().filter(|&group| groups[group].mentions <= ESTABLISHED);
        by_surname.or(by_given).filter(|&group| groups[group].fits(gender))
    }

    /// Makes a group findable by a form and, if that is a person's full name, by its parts.
    pub(super) fn register(&mut self, group: usize, words: &[String], is_given: bool, may_be_person: bool) {
        let folded: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        let Some((&first, &last)) = folded.first().zip(folded.last()) else {
            return;
        };
        self.by_form.insert(folded.join(" "), group);
        if folded.len() == 1 && !is_given {
            self.lone_by_slip.extend(slip_rows(group, last));
        }
        if folded.len() < 2 || !may_be_person {
            return;
        }
        self.by_ends.insert((first.to_owned(), last.to_owned()), group);
        let bearers = self.by_surname.entry(last.to_owned()).or_default();
        bearers.retain(|&bearer| bearer != group);
        bearers.insert(0, group);
        bearers.truncate(MOST_BEARERS);
        let bearers = self.by_first_name.entry(first.to_owned()).or_default();
        if !bearers.contains(&group) && bearers.len() < MOST_BEARERS {
            bearers.push(group);
        }
        self.by_slip.extend(slip_rows(group, last));
    }

    /// Makes a group findable by a surname with its title.
    pub(super) fn register_style(&mut self, group: usize, style: &str, surname: &str) {
        self.by_style.insert((style.to_owned(), surname.to_owned()), group);
    }
}

/// What finds a group by a slip of its word.
fn slip_rows(group: usize, word: &str) -> impl Iterator<Item = (u64, (usize, Rc<str>))> {
    let shared: Rc<str> = word.into();
    slips::deletions(word).map(move |slip| (slip, (group, shared.clone())))
}

/// The group with a word that is one slip away.
fn slip_of(groups: &BySlip, word: &str) -> Option<usize> {
    slips::deletions(word)
        .find_map(|slip| groups.get(&slip).filter(|(_, other)| slips::is_one_slip(word, other)))
        .map(|(group, _)| *group)
}
