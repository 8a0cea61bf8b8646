//! The decisions that are listed, read from the tables of a dataset without its documents.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use plenary_analysis::table::{Cell, Table};
use plenary_analysis::{ScopeRecord, Selection, VoteKey, Votes};
use plenary_bodies::Reference;
use plenary_dataset::StoredTables;
use plenary_types::{
    Agreement, BodyId, Choice, Citation, Date, Decision, Outcome, Participant, Scope, Session,
    Source,
};

use super::super::decisions::{self, DecisionSettings};
use super::super::selected;
use super::found::{FoundBallot, FoundVotes, Labels};
use crate::{Input, with_carried};

/// What is between the texts of a list in one cell.
const BETWEEN: char = '|';

/// Reads what is selected of a dataset from its tables, where these say all that its documents do. Nothing where they do not, or something is
/// to be said that only the documents show: copies of a vote, voters that are on a list twice, marks, persons.
pub(super) fn read(
    inputs: &[Input],
    settings: &DecisionSettings,
    with_ballots: bool,
) -> Option<FoundVotes> {
    let [Input::Path(folder)] = inputs else {
        return None;
    };
    let votes = &settings.votes;
    // Verdicts were given by the reference data of the program and of the dataset.
    let is_plain = Arc::ptr_eq(&votes.reference, Reference::embedded());
    if !is_plain || votes.day.is_some() || !folder.is_dir() {
        return None;
    }
    let tables = StoredTables::open(folder, &["agreements", "decisions", "ballots"]).ok()??;
    if tables.version() != Some(env!("CARGO_PKG_VERSION")) {
        return None;
    }
    let reference = with_carried(&votes.reference, inputs).ok()?;
    let stored = Decisions::read(&tables)?;
    let chosen = stored.select(&votes.selection)?;
    let ballots = Ballots::read(&tables, &stored, &chosen)?;
    stored.found(folder, settings, &reference, &chosen, ballots, with_ballots)
}

/// The decisions of a dataset.
struct Decisions {
    table: Table,
    records: Vec<usize>,
    acts: Vec<usize>,
    /// What selects and identifies each, without its ballots.
    light: Vec<Light>,
    has_parts: bool,
}

/// What is known of a decision without its ballots.
struct Light {
    agreement: Agreement,
    decision: Decision,
    /// The record of its source, with the source.
    source: Option<(String, String)>,
}

impl Decisions {
    fn read(tables: &StoredTables) -> Option<Self> {
        let schema = plenary_dataset::TableSchema::named("decisions")?;
        let names: Vec<&str> = schema.columns.iter().map(|column| column.name).collect();
        let table = tables.read("decisions", &names, None).ok()?;
        let agreements = [
            "record",
            "title",
            "symbols",
            "subjects",
            "source",
            "source_record",
        ];
        let agreements = tables.read("agreements", &agreements, None).ok()?;
        let records = numbers(&table, "record")?;
        let acts = numbers(&table, "act")?;
        let row_of: HashMap<usize, usize> = numbers(&agreements, "record")?
            .into_iter()
            .zip(0..)
            .collect();
        let rows = records.iter().enumerate();
        let light = rows.map(|(row, record)| light(&table, row, &agreements, *row_of.get(record)?));
        let light = light.collect::<Option<Vec<Light>>>()?;
        Some(Self {
            has_parts: light
                .iter()
                .any(|light| light.decision.question.scope != Scope::Whole),
            table,
            records,
            acts,
            light,
        })
    }

    /// The rows of the decisions that are selected; nothing where some may be copies of others.
    fn select(&self, selection: &Selection) -> Option<Vec<usize>> {
        let mut selection = selection.clone();
        selection.states.clear();
        let is_split = |text: &Option<String>| text.as_ref().is_some_and(|t| t.contains(BETWEEN));
        // Symbols stand in one cell, so that one with a stroke in it would be taken for two.
        let mut all = self.light.iter().flat_map(|light| &light.agreement.symbols);
        let needs_documents = !selection.issues.is_empty()
            || is_split(&selection.subject)
            || (selection.symbol.is_some() && all.any(|symbol| symbol.symbol().is_none()));
        if needs_documents {
            return None;
        }
        let admitted = self.light.iter().enumerate();
        let admitted =
            admitted.filter(|(_, light)| selection.admits(&light.agreement, &light.decision));
        let rows: Vec<usize> = admitted.map(|(row, _)| row).collect();
        let mut names = HashSet::new();
        let mut sources = HashSet::new();
        let is_alone = |row: &usize| {
            let Some(light) = self.light.get(*row) else {
                return false;
            };
            let symbol = light.agreement.symbols.first();
            let symbol = symbol.or(light.decision.symbol.as_ref());
            let name = match symbol {
                Some(symbol) => symbol.normal().to_string(),
                None => light.agreement.title.trim().to_owned(),
            };
            let source = light.source.as_ref();
            names.insert(name) && source.is_none_or(|source| sources.insert(source))
        };
        (!rows.is_empty() && rows.iter().all(is_alone)).then_some(rows)
    }

    fn found(
        &self,
        folder: &Path,
        settings: &DecisionSettings,
        reference: &Arc<Reference>,
        chosen: &[usize],
        ballots: Ballots,
        with_ballots: bool,
    ) -> Option<FoundVotes> {
        // Of each record of which something is selected, every body.
        let records: HashSet<usize> = chosen
            .iter()
            .filter_map(|row| self.records.get(*row))
            .copied()
            .collect();
        let of_records = self.light.iter().zip(&self.records);
        let of_records = of_records.filter(|(_, record)| records.contains(record));
        let bodies: BTreeSet<BodyId> = of_records
            .filter_map(|(light, _)| light.decision.body.clone())
            .collect();
        let bodies: Vec<BodyId> = bodies.into_iter().collect();
        let mut votes = Votes::default();
        let voters: BTreeSet<Participant> = ballots.all.iter().map(|ballot| ballot.who).collect();
        let names: Vec<String> = voters.iter().map(ToString::to_string).collect();
        let one_each = names.iter().map(|name| (name.as_str(), Choice::Yes));
        votes.add(VoteKey::new("voters"), one_each);
        let states = decisions::named(&settings.states, reference, &votes).ok()?;
        let chosen_groups = decisions::groups(settings, reference, &bodies).ok()?;
        let scope = match self.has_parts {
            true => ScopeRecord::All,
            false => ScopeRecord::None,
        };
        let mut selection = settings.votes.selection.clone();
        selection.states.clone_from(&states);
        let mut metadata = vec![("votes", selection.describe(scope))];
        metadata.extend(decisions::members_of(settings, &chosen_groups.groups));
        metadata.extend(selected::layers(reference));
        metadata.extend(selected::made_of([(
            folder.to_string_lossy().as_ref(),
            "plenary-dataset",
        )]));
        let light: Vec<&Decision> = chosen
            .iter()
            .filter_map(|row| self.light.get(*row))
            .map(|light| &light.decision)
            .collect();
        let mut warnings = crate::carried::replaced(reference);
        warnings.extend(selected::of_unresolved(ballots.unresolved));
        if settings.asks_for_groups() {
            let dates = light.iter().filter_map(|decision| decision.date);
            warnings.extend(chosen_groups.caveats(dates));
        }
        let has_list = self.table.column("counted_yes")?;
        let listed: Vec<bool> = chosen
            .iter()
            .map(|row| has_list.cell(*row) != Cell::Missing)
            .collect();
        let only_members = settings.asks_for_groups();
        let days = light.iter().map(|decision| decision.date);
        let undated = days
            .clone()
            .zip(&listed)
            .filter(|(date, listed)| **listed && date.and_then(Date::as_day).is_none());
        let undated = undated.count();
        let mut labels = Labels::default();
        let mut kept = Vec::new();
        if with_ballots {
            let members: Vec<_> = days
                .clone()
                .map(|date| {
                    date.and_then(Date::as_day)
                        .map(|day| chosen_groups.groups.members_on(day))
                })
                .collect();
            for ballot in ballots.all {
                if !states.is_empty() && states.binary_search(&ballot.who).is_err() {
                    continue;
                }
                let members = members.get(ballot.decision).and_then(Option::as_ref);
                let groups = members.map_or(&[][..], |members| members.of(ballot.who));
                if only_members && groups.is_empty() {
                    continue;
                }
                kept.push(FoundBallot {
                    group: labels.place(groups, chosen_groups.groups.names()),
                    ..ballot
                });
            }
        }
        let columns = self
            .table
            .columns()
            .iter()
            .map(|column| column.rows(chosen));
        Some(FoundVotes::of_parts(super::found::Parts {
            decisions: Table::new(columns.collect()),
            days: days.map(|date| date.and_then(Date::first)).collect(),
            listed: listed.iter().filter(|listed| **listed).count(),
            undated,
            ballots: kept,
            printed: HashMap::new(),
            labels,
            is_of_some: !states.is_empty() || only_members,
            only_members,
            bodies: &bodies,
            reference: Arc::clone(reference),
            scheme: chosen_groups.scheme,
            metadata,
            warnings,
            beside: Vec::new(),
        }))
    }
}

/// The ballots on some decisions, by the places of these.
struct Ballots {
    all: Vec<FoundBallot>,
    unresolved: usize,
}

impl Ballots {
    /// Nothing where a voter is on a list twice, has no code, or has a ballot with a mark.
    fn read(tables: &StoredTables, stored: &Decisions, chosen: &[usize]) -> Option<Self> {
        if tables.has_column("ballots", "mark").ok()? {
            return None;
        }
        let wanted: HashMap<(usize, usize), usize> = chosen
            .iter()
            .enumerate()
            .filter_map(|(at, row)| {
                Some(((*stored.records.get(*row)?, *stored.acts.get(*row)?), at))
            })
            .collect();
        let first = wanted.keys().map(|(record, _)| *record).min()?;
        let last = wanted.keys().map(|(record, _)| *record).max()?;
        let records = tables.read("ballots", &["record"], None).ok()?;
        let records = numbers(&records, "record")?;
        // The rows are sorted by record.
        let rows = records.partition_point(|record| *record < first)
            ..records.partition_point(|record| *record <= last);
        let mut names = vec!["act", "participant", "choice"];
        if tables.has_column("ballots", "intended").ok()? {
            names.push("intended");
        }
        let table = tables.read("ballots", &names, Some(rows.clone())).ok()?;
        let acts = numbers(&table, "act")?;
        let choice =
            |name: &str, row: usize| match table.column(name).map(|column| column.cell(row)) {
                Some(Cell::Text(text)) => Some(Choice::from_word(text)),
                _ => None,
            };
        let who = table.column("participant")?;
        let mut known: HashMap<&str, Participant> = HashMap::new();
        let mut all: Vec<FoundBallot> = Vec::new();
        let mut unresolved = 0;
        for (row, record) in records.get(rows)?.iter().enumerate() {
            let Some(&decision) = wanted.get(&(*record, *acts.get(row)?)) else {
                continue;
            };
            let Cell::Text(text) = who.cell(row) else {
                unresolved += 1;
                continue;
            };
            let who = match known.get(text) {
                Some(who) => *who,
                None => {
                    let who: Participant = text.parse().ok()?;
                    who.code()?;
                    known.insert(text, who);
                    who
                }
            };
            let is_twice = all
                .last()
                .is_some_and(|last| last.decision == decision && last.who >= who);
            if is_twice {
                return None;
            }
            let intended = match choice("intended", row) {
                None => None,
                Some(intended) => Some(intended?),
            };
            all.push(FoundBallot {
                decision,
                who,
                choice: choice("choice", row)??,
                intended,
                mark: None,
                group: plenary_analysis::table::MISSING,
            });
        }
        Some(Self { all, unresolved })
    }
}

fn numbers(table: &Table, name: &str) -> Option<Vec<usize>> {
    let column = table.column(name)?;
    let number = |row| match column.cell(row) {
        Cell::Integer(number) => usize::try_from(number).ok(),
        _ => None,
    };
    (0..column.len()).map(number).collect()
}

/// A decision without its ballots.
fn light(table: &Table, row: usize, agreements: &Table, at: usize) -> Option<Light> {
    let text = |name: &str| match table.column(name).map(|column| column.cell(row)) {
        Some(Cell::Text(text)) => Some(text),
        _ => None,
    };
    let of_record = |name: &str| match agreements.column(name).map(|column| column.cell(at)) {
        Some(Cell::Text(text)) => Some(text),
        _ => None,
    };
    let list = |text: Option<&str>| -> Vec<String> {
        let parts = text.into_iter().flat_map(|text| text.split(BETWEEN));
        parts.map(ToOwned::to_owned).collect()
    };
    let date = match table.column("date")?.cell(row) {
        Cell::Date(day) => Some(Date::day(day)),
        _ => match text("date_text") {
            Some(text) => Some(text.parse::<Date>().ok()?),
            None => None,
        },
    };
    let session = match text("session") {
        Some(text) => Some(Session::read(text).ok()?),
        None => None,
    };
    let body = match text("body") {
        Some(text) => Some(text.parse::<BodyId>().ok()?),
        None => None,
    };
    let outcome = match text("outcome") {
        Some(text) => Some(text.parse::<Outcome>().ok()?),
        None => None,
    };
    let scope = [
        Scope::Whole,
        Scope::Paragraph,
        Scope::Amendment,
        Scope::Motion,
    ];
    let scope = scope
        .into_iter()
        .find(|scope| Some(scope.as_str()) == text("scope"))?;
    let mut decision = Decision {
        date,
        session,
        body,
        outcome,
        symbol: text("symbol").map(Citation::new),
        agenda: text("agenda").map(ToOwned::to_owned),
        ..Decision::default()
    };
    decision.question.scope = scope;
    decision.question.text = text("question").map(ToOwned::to_owned);
    if table
        .column("important")
        .is_some_and(|column| column.cell(row) == Cell::Flag(true))
    {
        decision.notes.push(Decision::IMPORTANT_VOTE.to_owned());
    }
    let symbols = list(of_record("symbols"));
    let source = of_record("source_record").map(|record| {
        let source = of_record("source").unwrap_or_default();
        (source.to_owned(), record.to_owned())
    });
    let agreement = Agreement {
        title: of_record("title").unwrap_or_default().to_owned(),
        symbols: symbols.iter().map(|symbol| Citation::new(symbol)).collect(),
        subjects: list(of_record("subjects")),
        sources: source
            .iter()
            .map(|(title, record)| Source {
                title: title.clone(),
                record: Some(record.clone()),
                ..Source::default()
            })
            .collect(),
        ..Agreement::default()
    };
    Some(Light {
        agreement,
        decision,
        source,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use plenary_analysis::Questions;
    use plenary_types::Outcome;

    use super::super::{VoteRows, VotesSettings, WideRows, list};
    use super::*;
    use crate::{ImportSettings, import};

    /// A dataset of ninety decisions of three sessions, with lists and without, and what the text says more.
    fn dataset(folder: &Path, more: &str) {
        let states = ["BRA", "CIV", "CUB", "FRA", "NAM", "USA"];
        let choices = ["yes", "no", "abstain", "non-voting"];
        let mut lines = Vec::new();
        for number in 1..=89_usize {
            let session = 70 + number / 30;
            let list = |choice: usize| {
                let mut chosen = Vec::new();
                for (at, state) in states.iter().enumerate() {
                    if (at * 7 + number * 5 + at * number) % 4 == choice {
                        chosen.push(format!("\"{state}\""));
                    }
                }
                format!("\"{}\": [{}]", choices[choice], chosen.join(", "))
            };
            let lists: Vec<String> = (0..4).map(list).collect();
            let how = match number % 7 {
                0 => r#""mode": "without-vote", "outcome": "adopted""#.to_owned(),
                1 => format!(
                    r#""outcome": "rejected", "ballots": {{{}}}"#,
                    lists.join(", ")
                ),
                _ => format!(r#""ballots": {{{}}}"#, lists.join(", ")),
            };
            let session_told = match number % 3 {
                0 => format!(r#""session": "{session}", "#),
                _ => String::new(),
            };
            let body = if number % 4 == 0 {
                ""
            } else {
                r#""body": "unga", "#
            };
            let scope = match number % 5 {
                0 => r#""question": {"scope": "paragraph", "text": "paragraph 2"}, "#,
                _ => "",
            };
            let date = match number % 11 {
                0 => format!("{}", 1945 + session),
                _ => format!("{}-12-{:02}", 1945 + session, 1 + number % 28),
            };
            lines.push(format!(
                r#"{{"title": "Text {number}, \"quoted\"", "symbols": ["A/RES/{session}/{number}"], "subjects": ["PALESTINE--{number}", "PEACE"],
                "sources": [{{"title": "Library", "record": "{number}"}}],
                "acts": [{{"act": "decision", {body}{session_told}{scope}"date": "{date}", "agenda": "Item {number}", {how}}}]}}"#
            ).replace('\n', " "));
        }
        lines.push(more.to_owned());
        let file = folder.join("in.jsonl");
        fs::write(&file, lines.join("\n").trim_end()).unwrap();
        let imported = import(
            [Input::from(file)],
            folder.join("un"),
            &ImportSettings::default(),
        );
        assert!(imported.unwrap().refused.is_none());
    }

    fn both(folder: &Path, settings: &VotesSettings) -> (Option<Table>, Result<Table, String>) {
        let input = || vec![Input::from(folder.join("un"))];
        let stored = read(&input(), &settings.selection, true);
        let stored = stored.map(|found| list(found, settings).unwrap().table);
        let documents = FoundVotes::of_documents(input(), &settings.selection, true);
        let documents = documents.map_err(|error| error.to_string());
        let documents = documents.map(|found| list(found, settings).unwrap().table);
        (stored, documents)
    }

    /// A table as it is printed: columns may keep their texts otherwise.
    fn text(table: &Table) -> String {
        serde_json::to_string(table).unwrap()
    }

    type Change = fn(&mut VotesSettings);

    #[test]
    fn tables_and_documents_of_a_dataset_give_the_same_list() {
        let folder = tempfile::tempdir().unwrap();
        dataset(folder.path(), "");
        let changes: [Change; 12] = [
            |_| {},
            |settings| settings.selection.votes.selection.questions = Questions::All,
            |settings| settings.selection.votes.selection.sessions = vec![Session::Regular(71)],
            |settings| settings.selection.votes.selection.body = Some(BodyId::UNGA),
            |settings| settings.selection.votes.selection.subject = Some("palestine--1".to_owned()),
            |settings| settings.selection.votes.selection.symbol = Some("A/RES/72/".to_owned()),
            |settings| settings.selection.votes.selection.outcomes = vec![Outcome::Rejected],
            |settings| {
                settings.selection.votes.selection.from = "2016".parse().ok();
                settings.selection.votes.selection.to = "2016-12-20".parse().ok();
            },
            |settings| settings.selection.states = vec!["Namibia".to_owned(), "FRA".to_owned()],
            |settings| settings.selection.scheme = Some("un-regional".to_owned()),
            |settings| {
                settings.selection.scheme = Some("un-regional".to_owned());
                settings.selection.only = vec!["african".to_owned()];
            },
            |settings| settings.wide = Some(WideRows::Votes),
        ];
        for (at, change) in changes.into_iter().enumerate() {
            for rows in [VoteRows::Ballots, VoteRows::Decisions] {
                let mut settings = VotesSettings {
                    rows: Some(rows),
                    ..VotesSettings::default()
                };
                change(&mut settings);
                let (stored, documents) = both(folder.path(), &settings);
                let stored = stored.map(|table| text(&table));
                assert_eq!(
                    stored,
                    documents.ok().map(|table| text(&table)),
                    "{at}, {rows:?}"
                );
                assert!(stored.is_some(), "{at}, {rows:?}");
            }
        }
    }

    #[test]
    fn what_only_documents_tell_is_read_of_them() {
        let twice = r#"{"title": "A", "symbols": ["A/RES/73/1"], "acts": [{"act": "decision", "body": "unga", "date": "2018-12-01", "ballots": {"yes": ["FRA", "FRA", "USA"]}}]}"#;
        let person = r#"{"title": "A", "acts": [{"act": "decision", "date": "2018-12-01", "ballots": {"yes": ["person:a"]}}]}"#;
        let marked = r#"{"title": "A", "acts": [{"act": "decision", "date": "2018-12-01", "ballots": {"printed": [{"participant": "FRA", "choice": "no", "mark": "paired"}]}}]}"#;
        let same = r#"{"title": "A", "symbols": ["A/RES/70/1"], "acts": [{"act": "decision", "body": "unga", "date": "2018-12-01", "ballots": {"yes": ["FRA"]}}]}"#;
        for more in [twice, person, marked, same] {
            let folder = tempfile::tempdir().unwrap();
            dataset(folder.path(), more);
            let settings = VotesSettings {
                rows: Some(VoteRows::Ballots),
                ..VotesSettings::default()
            };
            let (stored, documents) = both(folder.path(), &settings);
            let stored = stored.map(|table| text(&table));
            let documents = documents.map(|table| text(&table));
            assert_eq!(
                (stored, documents.is_ok()),
                (None, true),
                "{more}: {documents:?}"
            );
        }
        let folder = tempfile::tempdir().unwrap();
        dataset(folder.path(), "");
        let table = folder.path().join("un/ballots.parquet");
        let mut bytes = fs::read(&table).unwrap();
        bytes[20] ^= 1;
        fs::write(&table, bytes).unwrap();
        let (stored, documents) = both(folder.path(), &VotesSettings::default());
        assert!(stored.is_none() && documents.is_ok(), "an edited table");
    }
}
