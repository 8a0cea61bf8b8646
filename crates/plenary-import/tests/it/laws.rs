//! What holds of every input, however it is broken.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use plenary_import::{Import, Mapping, Options, read, read_bytes, recognise};
use plenary_types::Act;
use proptest::prelude::*;

use crate::fixtures::{fixture, options};

/// Every file made by hand, and the mapping that explains it, to be broken.
fn seeds() -> &'static [(Vec<u8>, Options)] {
    static SEEDS: OnceLock<Vec<(Vec<u8>, Options)>> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let mut seeds = Vec::new();
        let mut folders = vec![fixture("")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    seeds.push((fs::read(&path).unwrap(), options(&path)));
                }
            }
        }
        assert!(seeds.len() > 200);
        seeds
    })
}

/// Changes, insertions and cuts at places of a text.
fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, Option<u8>)>> {
    let edit = (
        any::<prop::sample::Index>(),
        prop_oneof![
            any::<u8>().prop_map(Some),
            prop::sample::select(b"\",;\n\r\t{}<[:Y".to_vec()).prop_map(Some),
            Just(None),
        ],
    );
    prop::collection::vec(edit, 0..6)
}

fn edited(text: &[u8], edits: &[(prop::sample::Index, Option<u8>)]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for (place, edit) in edits {
        let at = place.index(bytes.len().max(1)).min(bytes.len());
        match edit {
            Some(byte) => bytes.insert(at, *byte),
            None if at < bytes.len() => drop(bytes.remove(at)),
            None => {}
        }
    }
    bytes
}

/// A file made by hand with bytes changed, inserted and cut.
fn broken() -> impl Strategy<Value = (Vec<u8>, Options)> {
    (any::<prop::sample::Index>(), edits()).prop_map(|(seed, edits)| {
        let (text, options) = seed.get(seeds());
        (edited(text, &edits), options.clone())
    })
}

fn both((bytes, options): &(Vec<u8>, Options)) -> (Option<Import>, Option<Import>) {
    let strict = read_bytes("in", bytes, options).ok();
    let lenient = read_bytes("in", bytes, &options.clone().lenient()).ok();
    (strict, lenient)
}

/// Every ballot of an import, by record and voter.
fn ballots(import: &Import) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for record in import.records() {
        for (_, decision) in record.agreement.decisions() {
            for (at, ballot) in decision.ballots.iter().flat_map(|b| b.iter()).enumerate() {
                let place = record.origin.place(plenary_types::Locus::of_act(
                    0,
                    plenary_types::Field::Choice(at),
                ));
                all.insert(format!(
                    "{:?} {} {}",
                    place.line,
                    ballot.entry.label(),
                    ballot.choice
                ));
            }
        }
    }
    all
}

fn accounts_add_up(import: &Import) -> Result<(), TestCaseError> {
    let summary = import.summary();
    prop_assert_eq!(summary.rows, summary.used + summary.rejected);
    prop_assert_eq!(summary.rejected, import.rejected().len() as u64);
    prop_assert_eq!(summary.records, import.records().len() as u64);
    for rejected in import.rejected() {
        prop_assert!(
            rejected.place.line.is_some()
                && !rejected.reason.is_empty()
                && !rejected.help.is_empty()
        );
    }
    Ok(())
}

/// For each vote, who is on its list and how they voted: 0 to 3 for yes, no, abstention, absence.
type Votes = BTreeMap<u32, BTreeMap<usize, usize>>;

fn votes() -> impl Strategy<Value = Votes> {
    let list = prop::collection::btree_map(0..STATES.len(), 0usize..4, 1..5);
    let votes = prop::collection::btree_map(1u32..9, list, 3..6);
    // unvotes has no row for who is absent, and a table without rows is refused.
    votes.prop_filter("somebody votes", |votes| {
        votes
            .values()
            .flat_map(BTreeMap::values)
            .any(|choice| *choice < 3)
    })
}

/// Name, and the numbers and letters by which sources call a state.
const STATES: [[&str; 4]; 5] = [
    ["PERU", "PE", "135", "Peru"],
    ["HUNGARY", "HU", "310", "Hungary"],
    ["CHINA", "CN", "710", "China"],
    [
        "\"KOREA, REPUBLIC OF\"",
        "KR",
        "732",
        "\"Korea, Republic of\"",
    ],
    ["FRANCE", "FR", "220", "France"],
];

/// A text of which the lines between the first and the last may stand in any order.
struct Lines {
    name: &'static str,
    head: String,
    rows: Vec<String>,
    foot: &'static str,
    options: Options,
}

impl Lines {
    fn of(
        name: &'static str,
        head: &str,
        votes: &Votes,
        row: impl Fn(u32, [&str; 4], usize) -> Option<String>,
    ) -> Self {
        let of = |(id, list): (&u32, &BTreeMap<usize, usize>)| -> Vec<String> {
            let row = |(state, choice): (&usize, &usize)| row(*id, STATES[*state], *choice);
            list.iter().filter_map(row).collect()
        };
        Self::new(name, head, votes.iter().flat_map(of).collect())
    }

    fn new(name: &'static str, head: &str, rows: Vec<String>) -> Self {
        Self {
            name,
            head: head.to_owned(),
            rows,
            foot: "",
            options: Options::default(),
        }
    }

    fn text(&self, rows: &[String], end: &str) -> String {
        let lines = [self.head.clone()].into_iter().chain(rows.iter().cloned());
        let mut text: String = lines.map(|line| line + end).collect();
        text.push_str(self.foot);
        text
    }

    /// Its agreements, each with its acts in order.
    fn agreements(&self, text: &[u8]) -> Vec<String> {
        let import = read_bytes("in", text, &self.options).unwrap();
        assert_eq!(import.rejected(), [], "{}", self.name);
        let text = |record: plenary_import::Record| {
            let mut agreement = record.agreement;
            let mut ballots = Vec::new();
            for act in &mut agreement.acts {
                if let Act::Decision(decision) = act {
                    let list = decision.ballots.take().into_iter();
                    ballots.extend(list.flat_map(|list| {
                        let line =
                            |b: plenary_types::Ballot<'_>| format!("{:?} {}", b.entry, b.choice);
                        list.iter().map(line).collect::<Vec<_>>()
                    }));
                }
            }
            ballots.sort();
            agreement.acts.sort_by_key(|act| format!("{act:?}"));
            format!("{agreement:?} {ballots:?}")
        };
        let mut all: Vec<String> = import.records().map(text).collect();
        all.sort();
        all
    }
}

/// The votes in every format whose lines may be dealt anew.
fn layouts(votes: &Votes) -> Vec<Lines> {
    let letter = |choice: usize| ["Y", "N", "A", "X"][choice];
    let title = |id: u32| format!("\"A \n\"\"title\"\" of {id}\"");
    let mapping = "[columns]\nvote = \"id\"\nname = \"who\"\nchoice = \"how\"\n\
        [choices]\nyes = [\"0\"]\nno = [\"1\"]\nabstain = [\"2\"]\nnon-voting = [\"3\"]\n";
    let (first, list) = votes.iter().next().unwrap();
    let one = Votes::from([(*first, list.clone())]);
    vec![
        Lines::of(
            "undl-ga",
            "undl_id,ms_name,ms_vote,date,title,resolution",
            votes,
            |id, [name, ..], choice| {
                let (vote, title) = (letter(choice), title(id));
                Some(format!(
                    "{id},{name},{vote},2018-12-{id:02},{title},A/RES/73/{id}"
                ))
            },
        ),
        Lines::of(
            "undl-ga without numbers",
            "ms_names;ms_votes;date;resolutions",
            votes,
            |id, [name, ..], choice| {
                let vote = letter(choice).replace('X', "NV");
                Some(format!("{name};{vote};2018-12-{id:02};A/RES/73/{id}"))
            },
        ),
        Lines::of(
            "undl-sc",
            "permanent_member,undl_id,ms_name,ms_vote,date,description,resolution",
            votes,
            |id, [name, ..], choice| {
                let (vote, title) = (letter(choice), title(id));
                Some(format!(
                    ",{id},{name},{vote},2002-12-{id:02},{title},S/RES/14{id}(2002)"
                ))
            },
        ),
        Lines::of(
            "unvotes",
            "rcid,country,country_code,vote",
            votes,
            |id, [_, code, _, name], choice| {
                let word = ["yes", "no", "abstain"].get(choice)?;
                Some(format!("{id},{name},{code},{word}"))
            },
        ),
        Lines::of(
            "voeten",
            "rcid\tsession\tccode\tvote",
            votes,
            |id, [_, _, number, _], choice| {
                Some(format!("{id}\t73\t{number}\t{}", [1, 3, 2, 8][choice]))
            },
        ),
        Lines {
            options: Options::default().with_mapping(Mapping::from_toml(mapping).unwrap()),
            ..Lines::of("mapped", "who,how,id", votes, |id, [name, ..], choice| {
                Some(format!("{name},{choice},{id}"))
            })
        },
        Lines::of(
            "typed",
            "symbol: A/RES/73/195\n\nstate,vote",
            &one,
            |_, [_, _, _, name], choice| Some(format!("{name},{}", letter(choice))),
        ),
        Lines::of(
            "untc",
            "Participant,\"Accession(a), Ratification\"",
            &one,
            |_, [_, _, _, name], choice| {
                Some(format!(
                    "{name},{} Jan 2000 {}",
                    choice + 1,
                    ["a", ""][choice % 2]
                ))
            },
        ),
        Lines::new(
            "undl-ga-wide",
            "undl_id,date,resolution,PERU,HUNGARY,CHINA",
            wide_rows(votes),
        ),
        Lines::new("json", "", documents(votes)),
        Lines {
            foot: "</collection>",
            ..Lines::new(
                "marcxml",
                "<collection xmlns=\"http://www.loc.gov/MARC21/slim\">",
                marc_records(votes),
            )
        },
    ]
}

fn wide_rows(votes: &Votes) -> Vec<String> {
    let row = |(id, list): (&u32, &BTreeMap<usize, usize>)| {
        let cell = |state| {
            list.get(&state)
                .map_or("", |choice| ["Y", "N", "A", "X"][*choice])
        };
        let cells: Vec<&str> = (0..3).map(cell).collect();
        format!("{id},2018-12-{id:02},A/RES/73/{id},{}", cells.join(","))
    };
    votes.iter().map(row).collect()
}

fn documents(votes: &Votes) -> Vec<String> {
    let codes = ["PER", "HUN", "CHN", "KOR", "FRA"];
    let words = ["yes", "no", "abstain", "non-voting"];
    let row = |(id, list): (&u32, &BTreeMap<usize, usize>)| {
        let of = |choice: usize| {
            let voters = list.iter().filter(move |(_, of)| **of == choice);
            let voters: Vec<String> = voters
                .map(|(at, _)| format!("\"{}\"", codes[*at]))
                .collect();
            format!("\"{}\":[{}]", words[choice], voters.join(","))
        };
        let ballots = (0..4).map(of).collect::<Vec<_>>().join(",");
        format!(
            "{{\"title\":\"{id}\",\"acts\":[{{\"act\":\"decision\",\"ballots\":{{{ballots}}}}}]}}"
        )
    };
    votes.iter().map(row).collect()
}

fn marc_records(votes: &Votes) -> Vec<String> {
    let field = |tag: &str, code: &str, text: &str| {
        format!("<datafield tag=\"{tag}\"><subfield code=\"{code}\">{text}</subfield></datafield>")
    };
    let row = |(id, list): (&u32, &BTreeMap<usize, usize>)| {
        let member = |(state, choice): (&usize, &usize)| {
            let name = STATES[*state][0].trim_matches('"');
            let vote = ["Y", "N", "A", "X"][*choice];
            format!(
                "<datafield tag=\"967\"><subfield code=\"d\">{vote}</subfield>\n\
                 <subfield code=\"e\">{name}</subfield></datafield>"
            )
        };
        let members: String = list.iter().map(member).collect();
        format!(
            "<record>{}{members}</record>",
            field("791", "a", &format!("A/RES/73/{id}"))
        )
    };
    votes.iter().map(row).collect()
}

/// The rows dealt into two heaps and taken from both in turn.
fn dealt(rows: &[String], order: prop::sample::Index) -> Vec<String> {
    let mut shuffled = rows.to_vec();
    shuffled.rotate_left(order.index(rows.len()));
    let (front, back) = shuffled.split_at(rows.len() / 2);
    let mut dealt: Vec<String> = Vec::new();
    for (at, row) in back.iter().enumerate() {
        dealt.extend(front.get(at).cloned());
        dealt.push(row.clone());
    }
    dealt
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 384, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_input_panics_and_every_row_is_accounted_for(input in broken()) {
        let (strict, lenient) = both(&input);
        let _ = recognise(&input.0);
        for import in [&strict, &lenient].into_iter().flatten() {
            accounts_add_up(import)?;
        }
    }

    #[test]
    fn what_strict_reading_accepts_lenient_reading_accepts_too(input in broken()) {
        if let (Some(strict), lenient) = both(&input) {
            let Some(lenient) = lenient else { return Err(TestCaseError::fail("lenient refused")) };
            let (strict, lenient) = (ballots(&strict), ballots(&lenient));
            prop_assert!(strict.is_subset(&lenient), "{:?} {:?}", strict, lenient);
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Mapping::from_toml(&String::from_utf8_lossy(&bytes));
        let _ = both(&(bytes, Options::default()));
    }
}

/// The folders of tables and documents made by hand.
fn folders() -> Vec<PathBuf> {
    let parents = [
        "unvotes/good",
        "unvotes/bad",
        "plenary-dataset/good",
        "plenary-dataset/bad",
    ];
    let entries = parents
        .iter()
        .flat_map(|parent| fs::read_dir(fixture(parent)).unwrap());
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.is_dir()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_folder_panics_and_strict_is_within_lenient(seed in any::<prop::sample::Index>(), edits in edits()) {
        let folder = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(seed.get(&folders())).unwrap() {
            let path = entry.unwrap().path();
            let text = edited(&fs::read(&path).unwrap(), &edits);
            fs::write(folder.path().join(path.file_name().unwrap()), text).unwrap();
        }
        let strict = read(folder.path(), &Options::default()).ok();
        let lenient = read(folder.path(), &Options::default().lenient()).ok();
        for import in [&strict, &lenient].into_iter().flatten() {
            accounts_add_up(import)?;
        }
        if let Some(strict) = strict {
            let Some(lenient) = lenient else { return Err(TestCaseError::fail("lenient refused")) };
            prop_assert!(ballots(&strict).is_subset(&ballots(&lenient)));
        }
    }

    #[test]
    fn the_order_of_the_rows_changes_no_record(votes in votes(), order in any::<prop::sample::Index>()) {
        for lines in layouts(&votes) {
            if lines.rows.is_empty() {
                continue;
            }
            let dealt = dealt(&lines.rows, order);
            let [first, other] = [&lines.rows, &dealt]
                .map(|rows| lines.agreements(lines.text(rows, "\n").as_bytes()));
            prop_assert_eq!(first, other, "{}", lines.name);
        }
    }

    #[test]
    fn packing_and_line_ends_change_no_record(votes in votes()) {
        for lines in layouts(&votes) {
            let text = lines.text(&lines.rows, "\n");
            let plain = lines.agreements(text.as_bytes());
            let packed = zstd::bulk::compress(text.as_bytes(), 1).unwrap();
            prop_assert_eq!(&plain, &lines.agreements(&packed), "{}", lines.name);
            let windows = lines.text(&lines.rows, "\r\n");
            prop_assert_eq!(&plain, &lines.agreements(windows.as_bytes()), "{}", lines.name);
            let folder = tempfile::tempdir().unwrap();
            for (name, bytes) in [("plain", text.as_bytes()), ("packed.zst", &packed)] {
                let path = folder.path().join(name);
                fs::write(&path, bytes).unwrap();
                let import = read(&path, &lines.options).unwrap();
                prop_assert_eq!(import.summary().records, plain.len() as u64, "{}", lines.name);
            }
        }
    }
}

#[test]
fn a_file_read_in_stretches_gives_what_it_gives_as_one_wherever_the_stretches_meet() {
    let mut text = String::from("undl_id,ms_name,ms_vote,date,title,resolution\n");
    for vote in 0..900 {
        for (name, choice) in [
            ("PERU", "Y"),
            ("HUNGARY", "N"),
            ("\"KOREA, REPUBLIC OF\"", "a"),
        ] {
            let title = format!(
                "\"Title of {vote}\n{vote},PERU,Y,2018-12-19,x,A/RES/73/{vote}\n{}\"",
                "long ".repeat(900)
            );
            text.push_str(&format!(
                "{vote},{name},{choice},2018-12-19,{title},A/RES/73/{vote}\n"
            ));
        }
    }
    assert!(text.len() > 9 << 20, "long enough to be read in stretches");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.csv");
    std::fs::write(&path, &text).unwrap();
    let whole = plenary_import::read(&path, &Options::default()).unwrap();
    let packed = zstd::bulk::compress(text.as_bytes(), 1).unwrap();
    let streamed = read_bytes("in", &packed, &Options::default()).unwrap();
    for import in [&whole, &streamed] {
        assert_eq!(
            (
                import.summary().rows,
                import.summary().used,
                import.summary().records
            ),
            (2700, 2700, 900)
        );
    }
    for (one, other) in whole.records().zip(streamed.records()) {
        assert_eq!(one.agreement, other.agreement);
        let line = |record: &plenary_import::Record| {
            record
                .origin
                .place(plenary_types::Locus::of_act(
                    0,
                    plenary_types::Field::Choice(2),
                ))
                .line
        };
        assert_eq!(line(&one), line(&other));
    }
}
