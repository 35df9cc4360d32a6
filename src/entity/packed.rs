//! The caller's records, packed: nothing is allocated for a record, so that a million of them are quickly there and gone.

use super::{
    Record,
    store::{EntityRef, Store, StoreBuilder},
};

/// Records, in order.
#[derive(Debug, Clone)]
pub struct Records {
    /// Each record as an entity of its own.
    pub(super) rows: StoreBuilder,
    /// Regular expressions, each with the index of its record.
    pub(super) regexes: Vec<(u32, String)>,
    /// The first record for which there was no room, and what there is too much of.
    pub(super) left_out: Option<(usize, String)>,
    /// The line of the file in which each record stands, if they are from a file.
    pub(super) lines: Vec<u32>,
}

impl Default for Records {
    fn default() -> Self {
        Self { rows: StoreBuilder::new(), regexes: Vec::new(), left_out: None, lines: Vec::new() }
    }
}

impl Records {
    /// Adds a record.
    pub fn push<'a>(
        &mut self,
        entity: EntityRef,
        aliases: impl IntoIterator<Item = &'a str>,
        regex: Option<&str>,
    ) {
        self.begin(entity, regex);
        aliases.into_iter().for_each(|alias| self.alias(alias));
    }

    /// Adds a record without aliases.
    pub(crate) fn begin(&mut self, entity: EntityRef, regex: Option<&str>) {
        let row = self.len();
        match self.rows.begin(entity) {
            Ok(index) => self.regexes.extend(regex.map(|regex| (index, regex.to_owned()))),
            Err(problem) => self.leave_out(row, problem),
        }
    }

    /// Adds an alias to the last record.
    pub(crate) fn alias(&mut self, alias: &str) {
        let row = self.len().saturating_sub(1);
        let added = u32::try_from(row).map_err(|_| "too many names".to_owned());
        if let Err(problem) = added.and_then(|row| self.rows.name(row, alias)) {
            self.leave_out(row, problem);
        }
    }

    /// Says in which line of a file the last record stands.
    pub(super) fn stands_in(&mut self, line: usize) {
        self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
    }

    /// The error is for who compiles the records.
    fn leave_out(&mut self, row: usize, problem: String) {
        self.left_out.get_or_insert((row, problem));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.store().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The records one by one.
    pub fn iter(&self) -> impl Iterator<Item = Record> + '_ {
        let store = self.store();
        (0..store.len())
            .map(move |row| Record { entity: store.entity(row), regex: self.regex(row).map(str::to_owned) })
    }

    pub(super) fn store(&self) -> Store<'_> {
        self.rows.store()
    }

    /// The regular expression of a record.
    pub(super) fn regex(&self, row: usize) -> Option<&str> {
        let place = self.regexes.binary_search_by_key(&row, |regex| regex.0 as usize).ok()?;
        Some(&self.regexes[place].1)
    }
}

impl Extend<Record> for Records {
    fn extend<T: IntoIterator<Item = Record>>(&mut self, records: T) {
        for Record { entity, regex } in records {
            self.push(entity.view(), entity.aliases.iter().map(String::as_str), regex.as_deref());
        }
    }
}

impl FromIterator<Record> for Records {
    fn from_iter<T: IntoIterator<Item = Record>>(records: T) -> Self {
        let mut all = Self::default();
        all.extend(records);
        all
    }
}

impl From<Vec<Record>> for Records {
    fn from(records: Vec<Record>) -> Self {
        records.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;

    #[test]
    fn records_are_given_back_as_they_were_given() {
        let record = |id: &str, aliases: &[&str], regex: Option<&str>| Record {
            entity: Entity {
                id: id.to_owned(),
                name: "Mara Quist".to_owned(),
                kind: format!("kind of {id}"),
                aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            },
            regex: regex.map(str::to_owned),
        };
        let all = vec![
            record("a", &["Quist", ""], None),
            record("b", &[], Some("[Cc]ase")),
            record("a", &["Łódź"], None),
            record("c", &[], Some("x")),
        ];
        let records = Records::from(all.clone());
        assert_eq!((records.len(), records.is_empty()), (4, false));
        assert_eq!(records.iter().collect::<Vec<_>>(), all);
        assert!(Records::default().is_empty());
    }
}
