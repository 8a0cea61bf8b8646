//! What readers find fault with: valid tables are read without a finding, and an injected fault is found where it is,
//! and nowhere else.

use std::fmt::Write;

use plenary::bodies::Reference;
use plenary::import::{Import, Options, ReaderCheck, read_bytes};
use plenary::states::{entities, name_on};
use plenary::types::{Agreement, BodyId, Finding, Severity, StateCode};
use plenary_testing::{Context, agreements};
use proptest::prelude::*;

/// A vote as the Library's tables have it: a heading, and a row a member.
#[derive(Clone, Debug)]
struct Table {
    heading: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

const ASSEMBLY: [&str; 8] = [
    "undl_id",
    "ms_code",
    "ms_name",
    "ms_vote",
    "date",
    "session",
    "resolution",
    "title",
];
const COUNCIL: [&str; 9] = [
    "undl_id",
    "ms_code",
    "ms_name",
    "permanent_member",
    "ms_vote",
    "date",
    "resolution",
    "description",
    "modality",
];
const PERMANENT: [&str; 6] = ["CHN", "FRA", "GBR", "RUS", "SUN", "USA"];

impl Table {
    fn of(agreement: &Agreement) -> Self {
        let (_, decision) = agreement.principal_decision().unwrap();
        let council = decision.body == Some(BodyId::UNSC);
        let heading = if council {
            COUNCIL.to_vec()
        } else {
            ASSEMBLY.to_vec()
        };
        let day = decision.date.unwrap().as_day().unwrap();
        let session = decision.session.map(|s| s.to_string()).unwrap_or_default();
        let row = |ballot: plenary::types::Ballot<'_>| {
            let code = ballot.entry.state().unwrap();
            let value = |column: &&str| match *column {
                "undl_id" => "1".to_owned(),
                "ms_code" => code.to_string(),
                "ms_name" => name_on(code, day).unwrap().to_uppercase(),
                "ms_vote" => ["Y", "N", "A", "X"][ballot.choice as usize].to_owned(),
                "permanent_member" => PERMANENT.contains(&&*code.to_string()).to_string(),
                "date" => day.to_string(),
                "session" => session.clone(),
                "resolution" => agreement.label().to_owned(),
                "modality" => String::new(),
                _ => "A resolution".to_owned(),
            };
            heading.iter().map(value).collect()
        };
        let rows = decision.ballots.as_ref().unwrap().iter().map(row).collect();
        Self { heading, rows }
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.heading.iter().position(|column| *column == name)
    }

    /// The rows with this value in a column.
    fn rows_with(&self, name: &str, value: &str) -> Vec<usize> {
        let Some(column) = self.column(name) else {
            return Vec::new();
        };
        (0..self.rows.len())
            .filter(|row| self.rows[*row][column] == value)
            .collect()
    }

    fn text(&self) -> String {
        let mut text = self.heading.join(",") + "\n";
        for row in &self.rows {
            let cells: Vec<_> = row.iter().map(|cell| format!("\"{cell}\"")).collect();
            writeln!(text, "{}", cells.join(",")).unwrap();
        }
        text
    }
}

/// A fault: the check that has to find it, and what changes the table and says on which row (from 0) and in which column.
type Fault = (
    ReaderCheck,
    fn(&mut Table, usize) -> Option<(usize, &'static str)>,
);

const FAULTS: [Fault; 8] = [
    (ReaderCheck::VoteGrammar, |table, seed| {
        let (row, column) = (seed % table.rows.len(), table.column("ms_vote")?);
        let cell = &mut table.rows[row][column];
        *cell = cell.to_lowercase();
        Some((row, "ms_vote"))
    }),
    (ReaderCheck::RejectedRow, |table, seed| {
        let (row, column) = (seed % table.rows.len(), table.column("ms_vote")?);
        table.rows[row][column] = ["AN PAKISTAN", "?", "YES AND NO"][seed % 3].to_owned();
        Some((row, "ms_vote"))
    }),
    (ReaderCheck::UnreadableField, |table, seed| {
        let column = table.column("date")?;
        let date = ["1976-06-31", "2020-99-99", "in autumn"][seed % 3];
        table
            .rows
            .iter_mut()
            .for_each(|row| row[column] = date.to_owned());
        Some((0, "date"))
    }),
    (ReaderCheck::RowsDisagree, |table, seed| {
        let column = table.column("date")?;
        let row = 1 + seed % (table.rows.len() - 1);
        table.rows[row][column] = "2001-01-01".to_owned();
        Some((row, "date"))
    }),
    (ReaderCheck::CodeContradictsName, |table, seed| {
        let (codes, date) = (table.column("ms_code")?, table.column("date")?);
        let row = seed % table.rows.len();
        let day = table.rows[row][date].parse().ok()?;
        let assembly = Reference::embedded().body("unga")?;
        let is_member = |code: StateCode| assembly.is_member(code.into(), day) == Some(true);
        let mut others = entities().filter(|e| is_member(e.code()));
        let other = others.find(|e| e.code().to_string() != table.rows[row][codes])?;
        table.rows[row][codes] = other.code().to_string();
        Some((row, "ms_code"))
    }),
    (ReaderCheck::UnknownColumn, |table, _| {
        let column = table
            .column("title")
            .or_else(|| table.column("description"))?;
        table.heading[column] = "titel";
        // The heading is the line above the first row.
        Some((usize::MAX, "titel"))
    }),
    (ReaderCheck::PermanentMember, |table, seed| {
        let (row, column) = (seed % table.rows.len(), table.column("permanent_member")?);
        let cell = &mut table.rows[row][column];
        *cell = (*cell != "true").to_string();
        Some((row, "permanent_member"))
    }),
    (ReaderCheck::BallotsWithoutVote, |table, _| {
        let column = table.column("modality")?;
        let against = table.rows_with("ms_vote", "A").len() + table.rows_with("ms_vote", "N").len();
        table
            .rows
            .iter_mut()
            .for_each(|row| row[column] = "ADOPTED WITHOUT VOTE".to_owned());
        (against > 0).then_some((0, "modality"))
    }),
];

fn findings(table: &Table) -> Vec<Finding> {
    let import: Import =
        read_bytes("library.csv", table.text().as_bytes(), &Options::default()).unwrap();
    let mut found: Vec<_> = import
        .rejected()
        .iter()
        .map(|r| r.to_finding(Severity::Error))
        .collect();
    found.extend(import.findings().iter().cloned());
    found.extend(import.records().flat_map(|record| record.findings));
    found
}

fn votes() -> BoxedStrategy<Agreement> {
    prop_oneof![
        agreements(&Context::assembly()),
        agreements(&Context::council())
    ]
    .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_fault_in_a_table_is_found_where_it_is_and_nowhere_else(vote in votes(), seed in 0usize..1000) {
        let valid = Table::of(&vote);
        prop_assert_eq!(findings(&valid), []);
        for (check, inject) in FAULTS {
            let mut broken = valid.clone();
            let Some((row, field)) = inject(&mut broken, seed) else { continue };
            let found = findings(&broken);
            let places: Vec<_> = found
                .iter()
                .map(|f| (&*f.check, f.place.line.unwrap(), f.place.field.as_deref().unwrap()))
                .collect();
            let line = row.wrapping_add(2) as u64;
            prop_assert_eq!(places, [(check.name(), line, field)]);
        }
    }
}

/// The checks that no fault in one table can show, and the tests that hold them.
const ELSEWHERE: [(ReaderCheck, &str); 11] = [
    (ReaderCheck::SponsorsDisagree, "plenary-import, marcxml"),
    (ReaderCheck::NoRollCall, "plenary-import, rollcalls"),
    (
        ReaderCheck::NoResultLine,
        "plenary-import, sources::printed",
    ),
    (ReaderCheck::ResourceNotRead, "plenary-import, native"),
    (ReaderCheck::ResourceChanged, "plenary-cli, hostile"),
    (ReaderCheck::TablesDisagree, "plenary-cli, hostile"),
    (ReaderCheck::UnknownName, "plenary-import, names"),
    (
        ReaderCheck::CodeOfLaterTime,
        "plenary-import, words_and_days",
    ),
    (
        ReaderCheck::RowWithoutMatch,
        "plenary-import, mapped_layouts",
    ),
    (ReaderCheck::RowLimit, "source_errors"),
    (ReaderCheck::SourceLeavesOut, "plenary-import, rollcalls"),
];

#[test]
fn every_check_of_the_readers_has_a_fault_or_a_test_of_its_own() {
    let mut named: Vec<_> = FAULTS.iter().map(|(check, _)| *check).collect();
    named.extend(ELSEWHERE.iter().map(|(check, _)| *check));
    named.sort();
    let mut all = ReaderCheck::ALL.to_vec();
    all.sort();
    assert_eq!(named, all);
}
