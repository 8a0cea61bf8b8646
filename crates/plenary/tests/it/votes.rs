//! Lists of votes: they are what a join by hand over the documents gives.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use plenary::analysis::Questions;
use plenary::analysis::table::{Cell, Table};
use plenary::types::{Citation, Outcome, Session};
use plenary::{
    Input, SortColumn, VoteColumns, VoteRows, VoteTable, VoteVerdict, VotesSettings, WideRows,
    roll_call, votes,
};
use plenary_testing::shared;
use serde_json::{Value, json};

const STATES: [&str; 6] = ["BRA", "CUB", "FRA", "GBR", "ISR", "USA"];
const CHOICES: [&str; 4] = ["yes", "no", "abstain", "non-voting"];

/// Documents of forty decisions: in four sessions, on whole texts and on paragraphs, with lists and without.
fn documents() -> Vec<Value> {
    let mut seed = 7_u64;
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % below
    };
    let subjects = ["PALESTINE QUESTION", "NUCLEAR WEAPONS", "HUMAN RIGHTS"];
    let mut documents = Vec::new();
    for number in 0..40_u64 {
        let session = 70 + number / 10;
        let mut decision = json!({
            "act": "decision", "body": "unga", "session": session.to_string(),
            "date": format!("{}-12-{:02}", 1945 + session, 1 + number % 28),
        });
        let fields = decision.as_object_mut().unwrap();
        if next(4) == 0 {
            fields.insert("question".into(), json!({"scope": "paragraph"}));
        }
        if next(5) == 0 {
            fields.insert("mode".into(), json!("without-vote"));
            fields.insert("outcome".into(), json!("adopted"));
        } else {
            let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for state in STATES {
                if next(8) > 0 {
                    let choice = CHOICES[usize::try_from(next(4)).unwrap()];
                    lists.entry(choice).or_default().push(state);
                }
            }
            fields.insert("ballots".into(), json!(lists));
            if next(3) == 0 {
                fields.insert("outcome".into(), json!("rejected"));
            }
        }
        documents.push(json!({
            "title": format!("\"Title\" {number},\n=1+1"),
            "symbols": [format!("A/RES/{session}/{number}")],
            "subjects": [subjects[usize::try_from(next(3)).unwrap()]],
            "acts": [{"act": "step", "date": "2015", "what": "tabled"}, decision],
        }));
    }
    documents
}

fn input(documents: &[Value]) -> Input {
    let lines: Vec<String> = documents.iter().map(Value::to_string).collect();
    Input::bytes("votes.jsonl".to_owned(), lines.join("\n"))
}

fn listed(change: impl FnOnce(&mut VotesSettings)) -> Result<VoteTable, plenary::Error> {
    let mut settings = VotesSettings::default();
    change(&mut settings);
    votes([input(&documents())], &settings)
}

fn named(columns: &[&str]) -> VoteColumns {
    VoteColumns::Named(columns.iter().map(ToString::to_string).collect())
}

/// The rows of a table as texts.
fn rows_of(table: &Table) -> Vec<Vec<String>> {
    let row = |row| {
        table
            .columns()
            .iter()
            .map(move |column| column.cell(row).to_string())
    };
    (0..table.len()).map(|at| row(at).collect()).collect()
}

/// The decision of a document, and the choice of each state on its list.
fn decision(document: &Value) -> (&Value, BTreeMap<&str, &str>) {
    let decision = &document["acts"][1];
    let lists = decision["ballots"].as_object().into_iter().flatten();
    let choices = lists.flat_map(|(choice, states)| {
        let states = states.as_array().into_iter().flatten();
        states.map(move |state| (state.as_str().unwrap(), choice.as_str()))
    });
    (decision, choices.collect())
}

/// A selection by hand, for the list and for the settings.
type ByHand = (
    &'static str,
    fn(&Value, &Value) -> bool,
    fn(&mut VotesSettings),
);

const SELECTIONS: [ByHand; 8] = [
    (
        "all questions",
        |_, _| true,
        |settings| {
            settings.selection.votes.selection.questions = Questions::All;
        },
    ),
    (
        "whole texts",
        |_, decision| decision["question"].is_null(),
        |_| {},
    ),
    (
        "a session",
        |_, decision| decision["question"].is_null() && decision["session"] == "71",
        |settings| settings.selection.votes.selection.sessions = vec![Session::Regular(71)],
    ),
    (
        "a subject",
        |document, decision| {
            decision["question"].is_null() && document["subjects"][0] == "PALESTINE QUESTION"
        },
        |settings| settings.selection.votes.selection.subject = Some("palestine".to_owned()),
    ),
    (
        "a symbol",
        |document, decision| {
            let symbol = document["symbols"][0].as_str().unwrap();
            decision["question"].is_null() && symbol.starts_with("A/RES/72/2")
        },
        |settings| settings.selection.votes.selection.symbol = Some("A/RES/72/2".to_owned()),
    ),
    (
        "dates",
        |_, decision| {
            let date = decision["date"].as_str().unwrap();
            decision["question"].is_null() && ("2016-12-05".."2017-12-24").contains(&date)
        },
        |settings| {
            settings.selection.votes.selection.from = "2016-12-05".parse().ok();
            settings.selection.votes.selection.to = "2017-12-23".parse().ok();
        },
    ),
    (
        "an outcome",
        |_, decision| decision["question"].is_null() && decision["outcome"] == "rejected",
        |settings| settings.selection.votes.selection.outcomes = vec![Outcome::Rejected],
    ),
    (
        "a body that did not vote",
        |_, _| false,
        |settings| settings.selection.votes.selection.body = Some(plenary::types::BodyId::UNSC),
    ),
];

#[test]
fn ballots_are_those_of_a_join_by_hand() {
    let documents = documents();
    for (name, is_selected, change) in SELECTIONS {
        for states in [&STATES[..0], &["FRA", "USA"], &["Cuba"]] {
            let wanted: BTreeSet<&str> = match states {
                [] => STATES.into(),
                ["Cuba"] => ["CUB"].into(),
                some => some.iter().copied().collect(),
            };
            let mut expected = Vec::new();
            for (record, document) in (1..).zip(&documents) {
                let (decision, choices) = decision(document);
                if !is_selected(document, decision) {
                    continue;
                }
                let count = |of: &str| choices.values().filter(|choice| **choice == of).count();
                let chosen = choices.iter().filter(|(state, _)| wanted.contains(**state));
                expected.extend(chosen.map(|(state, choice)| {
                    [
                        i32::to_string(&record),
                        "1".to_owned(),
                        (*state).to_owned(),
                        (*choice).to_owned(),
                        document["symbols"][0].as_str().unwrap().to_owned(),
                        document["title"].as_str().unwrap().to_owned(),
                        decision["session"].as_str().unwrap().to_owned(),
                        decision["date"].as_str().unwrap().to_owned(),
                        count("yes").to_string(),
                        (count("yes") as i64 - count("no") as i64).to_string(),
                    ]
                    .to_vec()
                }));
            }
            let found = listed(|settings| {
                change(settings);
                settings.rows = Some(VoteRows::Ballots);
                settings.selection.states = states.iter().map(ToString::to_string).collect();
                settings.columns = named(&[
                    "record",
                    "act",
                    "participant",
                    "choice",
                    "symbol",
                    "title",
                    "session",
                    "date",
                    "counted_yes",
                    "margin",
                ]);
            });
            match found {
                Ok(found) => assert_eq!(rows_of(&found.table), expected, "{name}, {states:?}"),
                Err(error) => {
                    assert!(expected.is_empty(), "{name}, {states:?}: {error}");
                    assert!(
                        error.to_string().starts_with("no decision is selected"),
                        "{error}"
                    );
                }
            }
        }
    }
}

#[test]
fn decisions_are_listed_with_and_without_a_list_of_ballots() {
    let documents = documents();
    let all = listed(|settings| {
        settings.selection.votes.selection.questions = Questions::All;
        settings.columns = named(&["record", "mode", "counted_members"]);
    });
    let all = all.unwrap().table;
    assert_eq!(all.len(), documents.len());
    for (row, document) in documents.iter().enumerate() {
        let (decision, choices) = decision(document);
        let is_listed = !decision["ballots"].is_null();
        let counted = all.column("counted_members").unwrap().cell(row);
        let expected = match is_listed {
            true => Cell::Integer(choices.len() as i64),
            false => Cell::Missing,
        };
        assert_eq!(counted, expected, "{document}");
    }
    // Of one participant, those on whose list it is.
    let of_france = listed(|settings| {
        settings.rows = Some(VoteRows::Decisions);
        settings.selection.states = vec!["FRA".to_owned()];
        settings.columns = named(&["symbol"]);
    });
    let is_whole = |document: &&Value| {
        let (decision, choices) = decision(document);
        decision["question"].is_null() && choices.contains_key("FRA")
    };
    let expected: Vec<_> = documents
        .iter()
        .filter(is_whole)
        .map(|document| vec![document["symbols"][0].as_str().unwrap().to_owned()])
        .collect();
    assert_eq!(rows_of(&of_france.unwrap().table), expected);
}

#[test]
fn a_wide_table_has_the_choices_of_the_long_one() {
    let long = listed(|settings| {
        settings.rows = Some(VoteRows::Ballots);
        settings.columns = named(&["symbol", "participant", "choice"]);
    });
    let long: BTreeMap<(String, String), String> = rows_of(&long.unwrap().table)
        .into_iter()
        .map(|row| match <[String; 3]>::try_from(row) {
            Ok([symbol, who, choice]) => ((symbol, who), choice),
            Err(row) => panic!("{row:?}"),
        })
        .collect();
    for wide in [WideRows::Votes, WideRows::Participants] {
        let table = listed(|settings| {
            settings.wide = Some(wide);
            settings.columns = named(match wide {
                WideRows::Votes => &["symbol"],
                _ => &["participant"],
            });
        });
        let table = table.unwrap().table;
        let mut found = BTreeMap::new();
        let [first, rest @ ..] = table.columns() else {
            panic!("there are columns");
        };
        for column in rest {
            for row in 0..table.len() {
                if let Cell::Text(choice) = column.cell(row) {
                    let (row, column) = (first.cell(row).to_string(), column.name().to_owned());
                    let key = match wide {
                        WideRows::Votes => (row, column),
                        _ => (column, row),
                    };
                    found.insert(key, choice.to_owned());
                }
            }
        }
        assert_eq!(found, long, "{wide:?}");
    }
}

#[test]
fn decisions_are_selected_by_what_the_rule_makes_of_the_votes() {
    let document = |number: u32, lists: Value| {
        json!({"title": format!("Text {number}"), "acts": [{"act": "decision", "date": "2018-12-19",
            "rule": "more than 1/2 of present and voting", "ballots": lists}]})
    };
    let documents = [
        document(1, json!({"yes": ["FRA", "GBR"], "no": ["USA"]})),
        document(2, json!({"yes": ["FRA"], "no": ["USA"]})),
        document(3, json!({"no": ["USA"], "abstain": ["FRA"]})),
    ];
    let of = |verdicts: &[VoteVerdict], rows| {
        let mut settings = VotesSettings::default();
        settings.verdicts = verdicts.to_vec();
        settings.rows = Some(rows);
        settings.columns = named(&["record"]);
        let list = votes([input(&documents)], &settings);
        list.map(|list| rows_of(&list.table).concat().join(" "))
    };
    let decisions = |verdict| of(&[verdict], VoteRows::Decisions).unwrap();
    assert_eq!(decisions(VoteVerdict::Adopted), "1");
    assert_eq!(decisions(VoteVerdict::Rejected), "2 3");
    let ballots = of(&[VoteVerdict::Rejected], VoteRows::Ballots).unwrap();
    assert_eq!(ballots, "2 2 3 3");
    let none = of(&[VoteVerdict::Undecidable], VoteRows::Decisions).unwrap_err();
    assert_eq!(
        none.to_string(),
        "no selected decision has the verdict undecidable"
    );
}

#[test]
fn rows_are_sorted_and_those_beyond_the_limit_are_counted() {
    let sorted = |text: &str, limit| {
        let list = listed(|settings| {
            settings.rows = Some(VoteRows::Ballots);
            settings.columns = named(&["session", "participant", "counted_yes"]);
            let sort = text.split(',').map(str::parse::<SortColumn>);
            settings.sort = sort.collect::<Result<_, _>>().unwrap();
            settings.limit = limit;
        });
        list.unwrap()
    };
    let all = sorted("-counted_yes,participant", None);
    let table = rows_of(&all.table);
    assert_eq!(all.rows, table.len());
    let key = |row: &Vec<String>| {
        let yes: i64 = row[2].parse().unwrap();
        (-yes, row[1].clone())
    };
    assert!(table.is_sorted_by_key(key), "{table:?}");
    let first = sorted("-counted_yes,participant", Some(3));
    assert_eq!(rows_of(&first.table), table[..3]);
    assert_eq!(first.rows, all.rows);
    let said = first.table.metadata().iter().find(|(key, _)| key == "rows");
    assert_eq!(
        said.map(|(_, text)| text.clone()),
        Some(format!("3 of {} ballots", all.rows))
    );
}

#[test]
fn what_is_not_known_is_refused_by_name() {
    let refused = |change: &dyn Fn(&mut VotesSettings)| match listed(change) {
        Ok(found) => panic!("{:?}", rows_of(&found.table)),
        Err(error) => error.to_string(),
    };
    assert_eq!(
        refused(&|settings| settings.columns = named(&["symbl"])),
        "unknown column `symbl`"
    );
    assert_eq!(
        refused(&|settings| settings.columns = named(&["choice"])),
        "unknown column `choice`",
        "decisions have no choice"
    );
    assert_eq!(
        refused(&|settings| settings.columns = named(&["date", "date"])),
        "the column `date` is named twice"
    );
    assert_eq!(
        refused(&|settings| settings.sort = vec!["iso".parse().unwrap()]),
        "unknown column `iso`"
    );
    assert_eq!(
        refused(&|settings| settings.selection.states = vec!["Peru".to_owned()]),
        "`Peru` cast no ballot in the selected votes"
    );
    assert_eq!(
        refused(&|settings| {
            settings.selection.votes.selection.symbol = Some("S/RES/".to_owned());
        }),
        "no decision is selected"
    );
}

#[test]
fn codes_are_those_of_the_day() {
    let document = json!({"title": "A text", "symbols": ["A/RES/44/1"], "acts": [{"act": "decision", "body": "unga", "date": "1989-12-01",
        "ballots": {"yes": ["SUN", "DDR"], "no": ["DEU"], "abstain": ["CIV"]}}]});
    let mut settings = VotesSettings::default();
    settings.rows = Some(VoteRows::Ballots);
    settings.columns = named(&[
        "participant",
        "name",
        "iso2",
        "cow",
        "gw",
        "m49",
        "group",
        "choice",
    ]);
    settings.coding = Some("voeten".parse().unwrap());
    let list = votes([input(&[document])], &settings).unwrap();
    let found: Vec<String> = rows_of(&list.table)
        .iter()
        .map(|row| row.join(" "))
        .collect();
    assert_eq!(
        found,
        [
            "CIV Côte d'Ivoire CI 437 437 384 african 2",
            "DDR German Democratic Republic DD 265 265 278 eastern-european 1",
            "DEU Federal Republic of Germany DE 260 260 280 western-european-others 3",
            "SUN Union of Soviet Socialist Republics SU 365 365 810 eastern-european 1",
        ]
    );
}

#[test]
fn a_roll_call_has_a_row_and_a_column_for_each_row_of_the_tables_beside_it() {
    let settings = VotesSettings::default();
    let found = roll_call([input(&documents())], &settings).unwrap();
    assert_eq!(found.votes.len(), STATES.len());
    assert_eq!(found.legis.len(), STATES.len());
    assert_eq!(found.votes.columns().len(), 1 + found.vote_data.len());
    let headings = found
        .votes
        .columns()
        .iter()
        .skip(1)
        .map(|column| column.name());
    let votes = found.vote_data.column("vote").unwrap();
    for (row, heading) in headings.enumerate() {
        assert_eq!(votes.cell(row), Cell::Text(heading));
    }
    assert!(found.legis.column("party").is_some());
    let long = listed(|settings| {
        settings.rows = Some(VoteRows::Ballots);
        settings.columns = named(&["symbol", "participant", "choice"]);
    });
    let mut codes = BTreeMap::new();
    for row in rows_of(&long.unwrap().table) {
        codes.insert((row[0].clone(), row[1].clone()), row[2].clone());
    }
    for column in found.votes.columns().iter().skip(1) {
        for (row, state) in STATES.iter().enumerate() {
            let choice = codes.get(&(column.name().to_owned(), (*state).to_owned()));
            let expected = match choice.map(String::as_str) {
                Some("yes") => 1,
                Some("no") => 6,
                Some("abstain") => 7,
                Some("non-voting") => 9,
                _ => 0,
            };
            assert_eq!(
                column.cell(row),
                Cell::Integer(expected),
                "{state} on {}",
                column.name()
            );
        }
    }
}

/// A row of the table of the Library.
struct Row {
    resolution: String,
    vote: String,
}

fn rows_of_france(file: &Path) -> Vec<Row> {
    let file = std::fs::File::open(file).unwrap();
    let mut reader = csv::Reader::from_reader(zstd::Decoder::new(file).unwrap());
    let headings = reader.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let (state, session, vote, resolution) = (
        at("ms_code"),
        at("session"),
        at("ms_vote"),
        at("resolution"),
    );
    let rows = reader.records().map(Result::unwrap);
    let of_france = rows.filter(|row| &row[state] == "FRA" && &row[session] == "70");
    of_france
        .map(|row| Row {
            resolution: row[resolution].to_owned(),
            vote: row[vote].to_owned(),
        })
        .collect()
}

#[test]
fn france_in_session_70_is_as_the_library_has_it() {
    let Some(file) = shared("undl/ga_votes_1946_2019.csv.zst") else {
        return;
    };
    let raw = rows_of_france(&file);
    assert!(raw.len() > 50, "{} rows", raw.len());
    let mut settings = VotesSettings::default();
    settings.selection.votes.selection.sessions = vec![Session::Regular(70)];
    settings.selection.states = vec!["France".to_owned()];
    let list = votes([Input::from(file)], &settings).unwrap();
    assert_eq!(list.table.len(), raw.len());
    let normal = |symbol: &str| Citation::new(symbol).normal().to_string();
    let word = |letter: &str| match letter {
        "Y" => "yes",
        "N" => "no",
        "A" => "abstain",
        _ => "non-voting",
    };
    let expected: BTreeMap<String, &str> = raw
        .iter()
        .map(|row| (normal(&row.resolution), word(&row.vote)))
        .collect();
    let cell = |name: &str, row: usize| list.table.column(name).unwrap().cell(row).to_string();
    for row in 0..list.table.len() {
        let choice = expected.get(&normal(&cell("symbol", row)));
        assert_eq!(
            choice.copied(),
            Some(&*cell("choice", row)),
            "{}",
            cell("symbol", row)
        );
        assert_eq!(cell("iso2", row), "FR");
        assert_eq!(cell("session", row), "70");
        assert_eq!(cell("group", row), "western-european-others");
        assert!(!cell("verdict", row).is_empty());
    }
}
