//! Real votes of the Library, laid out in every format that can hold them: each adapter must read the same.

use std::collections::BTreeMap;
use std::fmt::Write;

use plenary_import::{Import, Mapping, Options, Record, read, read_bytes};
use plenary_testing::shared;
use plenary_types::{Choice, StateCode};

use crate::slow;

type Row = BTreeMap<String, String>;

/// The last votes of a table of the Library, each with its rows.
fn votes(path: &str, count: usize) -> Option<Vec<Vec<Row>>> {
    let path = shared(path)?;
    let mut votes: Vec<Vec<Row>> = Vec::new();
    let mut reader = csv::Reader::from_reader(slow::unpacked(&path));
    let headers = reader.headers().unwrap().clone();
    for row in reader.records() {
        let row: Row = row.unwrap().deserialize(Some(&headers)).unwrap();
        match votes.last_mut() {
            Some(vote) if vote[0]["undl_id"] == row["undl_id"] => vote.push(row),
            _ => votes.push(vec![row]),
        }
        if votes.len() > count + 1 {
            votes.remove(0);
        }
    }
    votes.truncate(count);
    Some(votes)
}

fn assembly() -> Option<Vec<Vec<Row>>> {
    votes("undl/library_ga_1946_1989.csv.zst", 60)
}

fn csv_of(rows: impl IntoIterator<Item = Vec<String>>, delimiter: u8) -> String {
    let mut table = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .from_writer(Vec::new());
    for row in rows {
        table.write_record(row).unwrap();
    }
    String::from_utf8(table.into_inner().unwrap()).unwrap()
}

/// A long table of some columns, each under another name.
fn long(votes: &[Vec<Row>], columns: &[(&str, &str)], delimiter: u8) -> String {
    let header = columns.iter().map(|(_, new)| (*new).to_owned()).collect();
    let row = |row: &Row| columns.iter().map(|(old, _)| row[*old].clone()).collect();
    csv_of(
        std::iter::once(header).chain(votes.iter().flatten().map(row)),
        delimiter,
    )
}

const OF_2026: [(&str, &str); 10] = [
    ("undl_id", "undl_id"),
    ("ms_code", "ms_code"),
    ("ms_name", "ms_name"),
    ("ms_vote", "ms_vote"),
    ("date", "date"),
    ("session", "session"),
    ("resolution", "resolution"),
    ("meeting", "meeting"),
    ("title", "title"),
    ("agenda_title", "agenda_title"),
];

const OF_2024: [(&str, &str); 10] = [
    ("ms_name", "ms_names"),
    ("agenda_title", "agenda_titles"),
    ("undl_id", "undl_id"),
    ("ms_vote", "ms_votes"),
    ("title", "title"),
    ("ms_code", "ms_codes"),
    ("date", "date"),
    ("session", "session"),
    ("meeting", "meeting"),
    ("resolution", "resolutions"),
];

/// One row a vote, a column a name.
fn wide(votes: &[Vec<Row>]) -> String {
    let mut names: Vec<&str> = votes.iter().flatten().map(|r| &*r["ms_name"]).collect();
    names.sort_unstable();
    names.dedup();
    let facts = [
        "undl_id",
        "date",
        "session",
        "resolution",
        "meeting",
        "title",
    ];
    let cell = |vote: &Vec<Row>, name: &str| {
        let row = vote.iter().find(|row| row["ms_name"] == name);
        row.map_or_else(String::new, |row| row["ms_vote"].clone())
    };
    let row = |vote: &Vec<Row>| {
        let cells = names.iter().map(|name| cell(vote, name));
        facts
            .iter()
            .map(|fact| vote[0][*fact].clone())
            .chain(cells)
            .collect()
    };
    let header = facts.iter().chain(&names).map(|text| (*text).to_owned());
    csv_of(
        std::iter::once(header.collect()).chain(votes.iter().map(row)),
        b',',
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The fields that the Library's own records of votes have.
fn marcxml(votes: &[Vec<Row>], body: &str) -> String {
    let mut xml = "<collection xmlns=\"http://www.loc.gov/MARC21/slim\">\n".to_owned();
    let field = |tag: &str, subfields: &[(char, &str)]| {
        let parts: String = subfields
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(code, text)| format!("<subfield code=\"{code}\">{}</subfield>", escaped(text)))
            .collect();
        format!("<datafield tag=\"{tag}\" ind1=\" \" ind2=\" \">{parts}</datafield>\n")
    };
    for vote in votes {
        let fact = |column: &str| vote[0].get(column).map_or("", |text| text);
        let title = [fact("title"), fact("description")].concat();
        let number = fact("undl_id");
        write!(
            xml,
            "<record><controlfield tag=\"001\">{number}</controlfield>"
        )
        .unwrap();
        let day = fact("date").replace('-', "");
        xml += &field("245", &[('a', &title)]);
        xml += &field(
            "791",
            &[
                ('a', fact("resolution")),
                ('b', body),
                ('c', fact("session")),
            ],
        );
        xml += &field("952", &[('a', fact("meeting"))]);
        xml += &field("992", &[('a', &day)]);
        for (at, row) in vote.iter().enumerate() {
            let choice = row["ms_vote"].replace('X', "");
            let number = (at + 1).to_string();
            let member = [
                ('a', &*number),
                ('c', &row["ms_code"]),
                ('d', &choice),
                ('e', &row["ms_name"]),
            ];
            xml += &field("967", &member);
        }
        xml += "</record>\n";
    }
    xml + "</collection>\n"
}

/// What every layout has of a vote.
#[derive(Debug, PartialEq)]
struct Essence {
    title: String,
    symbol: String,
    date: String,
    meeting: String,
    session: Option<String>,
    ballots: BTreeMap<StateCode, Choice>,
    unknown: Vec<(String, Choice)>,
}

fn essence(record: Record) -> Essence {
    let (_, decision) = record.agreement.principal_decision().unwrap();
    let ballots = decision.ballots.as_ref().unwrap();
    let unknown = ballots
        .iter()
        .filter(|ballot| ballot.entry.state().is_none());
    Essence {
        title: record.agreement.title.clone(),
        symbol: record.agreement.label().to_owned(),
        date: decision.date.unwrap().to_string(),
        meeting: decision.meeting.as_ref().unwrap().as_str().to_owned(),
        session: decision.session.map(|session| session.to_string()),
        ballots: ballots.by_state().collect(),
        unknown: unknown.map(|b| (b.entry.label(), b.choice)).collect(),
    }
}

fn read_as(format: &str, name: &str, text: &str, options: &Options) -> Import {
    let import = read_bytes(name, text.as_bytes(), options).unwrap();
    assert_eq!(import.summary().format, format);
    assert_eq!(import.rejected(), []);
    import
}

fn assert_equal(a: &Import, b: &Import) {
    assert_eq!(a.len(), b.len());
    for (a, b) in a.records().zip(b.records()) {
        assert_eq!(essence(a), essence(b));
    }
}

#[test]
fn votes_of_the_assembly_are_the_same_in_every_layout_of_the_library() {
    let Some(votes) = assembly() else { return };
    let plain = Options::default();
    let text = long(&votes, &OF_2026, b',');
    let first = read_as("undl-ga-csv", "2026", &text, &plain);
    assert_eq!(
        (first.len(), first.summary().rows),
        (60, votes.iter().flatten().count() as u64)
    );
    let old = long(&votes, &OF_2024, b';').replace(";X;", ";NV;");
    assert_equal(&first, &read_as("undl-ga-csv", "2024", &old, &plain));
    assert_equal(
        &first,
        &read_as("undl-ga-wide-csv", "wide", &wide(&votes), &plain),
    );
    let xml = marcxml(&votes, "A/");
    assert_equal(&first, &read_as("undl-marcxml", "xml", &xml, &plain));
}

#[test]
fn votes_of_the_council_are_the_same_as_a_table_and_as_marcxml() {
    let Some(votes) = votes("undl/library_sc_1946_1989.csv.zst", 646) else {
        return;
    };
    let columns: Vec<(&str, &str)> = votes[0][0].keys().map(|name| (&**name, &**name)).collect();
    let table = long(&votes, &columns, b'\t');
    let table = read_as("undl-sc-csv", "table", &table, &Options::default());
    let xml = marcxml(&votes, "S/");
    let xml = read_as("undl-marcxml", "xml", &xml, &Options::default());
    assert_equal(&table, &xml);
}

#[test]
fn a_mapping_of_the_librarys_columns_reads_what_the_librarys_adapter_reads() {
    let Some(votes) = assembly() else { return };
    let known = long(&votes, &OF_2026, b',');
    let known = read_as("undl-ga-csv", "known", &known, &Options::default());
    let columns = OF_2026.map(|(old, _)| (old, old));
    let other = long(&votes, &columns, b',').replacen("undl_id,", "number,", 1);
    let mapping = "body = \"unga\"\n[columns]\nvote = \"number\"\nstate = \"ms_code\"\nname = \"ms_name\"\n\
        choice = \"ms_vote\"\ndate = \"date\"\nsession = \"session\"\nsymbol = \"resolution\"\n\
        meeting = \"meeting\"\ntitle = \"title\"\nagenda = \"agenda_title\"\n\
        [choices]\nyes = [\"Y\"]\nno = [\"N\"]\nabstain = [\"A\"]\nnon-voting = [\"X\"]\n";
    let options = Options::default().with_mapping(Mapping::from_toml(mapping).unwrap());
    assert_equal(&known, &read_as("mapped-csv", "mapped", &other, &options));
}

#[test]
fn a_dataset_and_typed_tables_hold_what_the_library_printed() {
    let Some(votes) = assembly() else { return };
    let text = long(&votes, &OF_2026, b',');
    let import = read_as("undl-ga-csv", "first", &text, &Options::default());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dataset");
    let agreements = import.records().map(|record| record.agreement);
    crate::native::write_documents(&path, agreements);
    let back = read(&path, &Options::default()).unwrap();
    assert_eq!(back.summary().format, "plenary-dataset");
    for (one, other) in import.records().zip(back.records()) {
        let mut one = one.agreement;
        one.id = one.derived_id();
        assert_eq!(one, other.agreement);
    }
    for (record, vote) in import.records().zip(&votes) {
        let fact = |column: &str| &vote[0][column];
        let header = format!(
            "title: {}\nsymbol: {}\ndate: {}\nbody: unga\nsession: {}\nmeeting: {}\n\n",
            fact("title"),
            fact("resolution"),
            fact("date"),
            fact("session"),
            fact("meeting")
        );
        let columns = [
            ("ms_code", "state"),
            ("ms_name", "name"),
            ("ms_vote", "vote"),
        ];
        let typed = header + &long(std::slice::from_ref(vote), &columns, b',');
        let typed = read_as("plenary-csv", "typed", &typed, &Options::default());
        assert_eq!(essence(record), essence(typed.record(0).unwrap()));
    }
}

/// The word of each state in a table of ballots, by vote, as printed.
fn words(
    path: &str,
    [vote, state, word]: [&str; 3],
) -> Option<BTreeMap<String, BTreeMap<String, String>>> {
    let path = shared(path)?;
    let mut reader = csv::Reader::from_reader(slow::unpacked(&path));
    let headers = reader.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|h| h == name).unwrap();
    let (vote, state, word) = (at(vote), at(state), at(word));
    let mut votes: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        let list = votes.entry(row[vote].to_owned()).or_default();
        list.insert(row[state].to_uppercase(), row[word].to_owned());
    }
    Some(votes)
}

/// The choices of the states of an import that are printed under these names, by vote.
fn choices(import: &Import) -> BTreeMap<String, BTreeMap<String, Choice>> {
    let of = |record: Record| {
        let (_, decision) = record.agreement.principal_decision().unwrap();
        let ballots = decision.ballots.iter().flat_map(|ballots| ballots.iter());
        let named =
            ballots.filter_map(|b| Some((b.entry.name.as_deref()?.to_uppercase(), b.choice)));
        (
            record.agreement.sources[0].record.clone().unwrap(),
            named.collect(),
        )
    };
    import.records().map(of).collect()
}

/// In the overlap of `unvotes` and the Library's records, wherever the two print one word for a state under one
/// name, the two adapters read one choice for it, and wherever they print two words, two choices.
#[test]
fn the_same_votes_through_two_adapters_have_the_same_ballots_where_the_sources_agree() {
    const FILES: [&str; 2] = [
        "unvotes/unvotes.csv.zst",
        "undl/library_ga_1946_1989.csv.zst",
    ];
    let [Some(a), Some(b)] = FILES.map(shared) else {
        return;
    };
    let [a, b] = [a, b].map(|path| read(path, &Options::default()).unwrap());
    let pairs = pairs(&a, &b);
    let read = [choices(&a), choices(&b)];
    let printed = [["rcid", "country", "vote"], LIBRARY];
    let [Some(a), Some(b)] = [0, 1].map(|of| words(FILES[of], printed[of])) else {
        return;
    };
    let (mut same, mut other) = (0, 0);
    for (rcid, id) in &pairs {
        for (state, word) in &a[rcid] {
            let Some(letter) = b[id].get(state) else {
                continue;
            };
            let agree = word[..1].eq_ignore_ascii_case(letter);
            let choices = [read[0][rcid][state], read[1][id][state]];
            assert_eq!(
                choices[0] == choices[1],
                agree,
                "{state} in {rcid} and {id}"
            );
            *if agree { &mut same } else { &mut other } += 1;
        }
    }
    assert_eq!((pairs.len(), same, other), (1_250, 147_314, 1_103));
}

const LIBRARY: [&str; 3] = ["undl_id", "ms_name", "ms_vote"];

/// Votes of two imports that bear one symbol, and no other vote of either bears it.
fn pairs(a: &Import, b: &Import) -> Vec<(String, String)> {
    let by_symbol = |import: &Import| {
        let mut symbols: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for record in import.records() {
            let id = record.agreement.sources[0].record.clone().unwrap();
            let of = symbols.entry(record.agreement.label().to_owned());
            of.or_default().push(id);
        }
        symbols.retain(|_, ids| ids.len() == 1);
        symbols
    };
    let (a, b) = (by_symbol(a), by_symbol(b));
    let both = a
        .iter()
        .filter_map(|(symbol, ids)| Some((ids, b.get(symbol)?)));
    both.map(|(a, b)| (a[0].clone(), b[0].clone())).collect()
}
