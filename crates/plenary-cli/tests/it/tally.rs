//! `plenary tally`, as a user meets it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use plenary_testing::shared;

/// The output and the messages of a command.
fn run(folder: &Path, arguments: &str, code: i32) -> (String, String) {
    let done = Command::cargo_bin("plenary")
        .unwrap()
        .current_dir(folder)
        .args(arguments.split(' '))
        .assert()
        .code(code);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        text(&done.get_output().stdout),
        text(&done.get_output().stderr),
    )
}

/// Rows of CSV as maps from heading to field.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let fields = headings.iter().zip(&row);
        fields
            .map(|(name, field)| (name.to_owned(), field.to_owned()))
            .collect()
    });
    rows.collect()
}

/// Votes of four years of two decades.
fn votes(folder: &Path) {
    let mut text = String::from("undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title\n");
    let titles = [
        "Nuclear-weapon-free zones",
        "Human rights in Chile",
        "Nuclear-weapon-free zones",
        "Budget",
    ];
    for (at, (choices, title)) in ["YYNA", "NYAX", "AAYY", "YNYA"]
        .into_iter()
        .zip(titles)
        .enumerate()
    {
        let states = ["CHL,CHILE", "IND,INDIA", "NOR,NORWAY", "PER,PERU"];
        for (state, choice) in states.into_iter().zip(choices.chars()) {
            let year = 1988 + at;
            writeln!(
                text,
                "{},{state},{choice},{year}-11-10,{},A/RES/{}/{},{title}",
                700 + at,
                year - 1945,
                year - 1945,
                20 + at
            )
            .unwrap();
        }
    }
    fs::write(folder.join("votes.csv"), text).unwrap();
}

#[test]
fn choices_are_counted_by_decade_and_sorted() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    votes(folder);
    let (table, told) = run(
        folder,
        "tally votes.csv --by decade --format csv --sort abstain-share --limit 2",
        0,
    );
    let rows = rows(&table);
    let named: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{} {} {} {}",
                row["decade"], row["participant"], row["abstain_share"], row["name"]
            )
        })
        .collect();
    assert_eq!(
        named,
        [
            "1980 PER 1 Peru",
            "1980 NOR 0.5 Norway",
            "1990 CHL 0.5 Chile",
            "1990 IND 0.5 India"
        ]
    );
    assert!(
        told.contains("limit: the first 2 of each part; 4 rows not shown"),
        "{told}"
    );
    assert!(
        told.contains("abstain_share: abstain / (yes + no + abstain)"),
        "{told}"
    );
    let peru = &rows[0];
    assert_eq!(
        (&*peru["votes"], &*peru["non_voting"], &*peru["attendance"]),
        ("2", "1", "0.5")
    );
    let (least, _) = run(
        folder,
        "tally votes.csv --by decade --format csv --sort attendance --ascending --limit 1",
        0,
    );
    assert!(
        least
            .lines()
            .nth(1)
            .is_some_and(|row| row.starts_with("PER,Peru,1980,")),
        "{least}"
    );
}

#[test]
fn tables_are_wide_and_of_all_or_of_groups() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    votes(folder);
    let (table, _) = run(
        folder,
        "tally votes.csv --per all --by year --wide yes --format csv",
        0,
    );
    assert_eq!(table, "1988,1989,1990,1991\n2,1,2,2\n");
    let (table, told) = run(
        folder,
        "tally votes.csv --states CHL,IND --by issue,decade --wide yes-share --format csv",
        0,
    );
    let heading = table.lines().next().unwrap();
    assert_eq!(heading, "participant,name,issue,1980,1990");
    assert!(
        told.contains("those of 4 votes computed from their words"),
        "{told}"
    );
    fs::write(
        folder.join("groups.csv"),
        "group,member,from,to\nsouth,CHL,,\nsouth,PER,1990-01-01,\n",
    )
    .unwrap();
    let (table, _) = run(
        folder,
        "tally votes.csv --per group --group groups.csv --by decade --format csv",
        0,
    );
    let rows = rows(&table);
    let counts: Vec<_> = rows
        .iter()
        .map(|row| format!("{} {} {}", row["group"], row["votes"], row["ballots"]))
        .collect();
    assert_eq!(counts, ["south 2 2", "south 2 4"]);
    let (human, _) = run(folder, "tally votes.csv", 0);
    assert!(human.starts_with("participant  name"), "{human}");
}

#[test]
fn what_cannot_be_counted_is_refused_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    votes(folder);
    for (arguments, expected) in [
        ("--sort abstentions", "unknown column `abstentions`"),
        ("--by year --wide yess", "nearest: `yes`"),
        ("--least 99", "no row has 99 votes"),
        ("--states FRA", "`FRA` cast no ballot"),
        ("--only south", "add --per group"),
        ("--plot p.svg", "needs more than one group"),
        (
            "--by year --plot p.svg --plot-states FRA",
            "`FRA` is in no row to draw",
        ),
        (
            "--by year --plot p.svg --plot-column yess",
            "unknown column `yess`",
        ),
        ("--by decades", "decade"),
    ] {
        let (_, told) = run(folder, &format!("tally votes.csv {arguments}"), 2);
        assert!(told.contains(expected), "{arguments}: {told}");
    }
    assert!(!folder.join("p.svg").exists());
}

#[test]
fn a_chart_has_a_line_for_each_voter_or_part() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    votes(folder);
    let draw = |arguments: &str| {
        run(
            folder,
            &format!("tally votes.csv --output t.csv --plot p.svg {arguments}"),
            0,
        );
        fs::read_to_string(folder.join("p.svg")).unwrap()
    };
    let svg = draw("--by year --sort abstain-share");
    assert!(
        svg.contains(">Share of abstentions</text>") && svg.contains(">PER</text>"),
        "{svg}"
    );
    let svg = draw("--by year --plot-states PER --plot-column attendance");
    assert!(
        svg.contains("Grey: 3 other lines") && !svg.contains(">CHL</text>"),
        "{svg}"
    );
    let svg = draw("--per all --by decade");
    assert!(
        svg.contains(">Share of yes</text>") && svg.contains(">1980s</text>"),
        "{svg}"
    );
    let svg = draw("--per all --by decade,issue --wide yes-share");
    assert!(svg.contains(">nu</text>"), "{svg}");
}

#[test]
fn the_compact_is_counted() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let (table, _) = run(
        Path::new(root),
        "tally fixtures/global-compact --per all --format csv",
        0,
    );
    let rows = rows(&table);
    let counts =
        ["votes", "ballots", "yes", "no", "abstain", "non_voting"].map(|name| &*rows[0][name]);
    assert_eq!(counts, ["1", "193", "152", "5", "12", "24"]);
}

/// Counts of one year in a table of the Library: votes, yes, no, abstain, non-voting.
type OfYear = [u64; 4];

#[test]
fn totals_by_year_are_those_of_the_raw_table() {
    let name = "undl/ga_votes_1946_2019.csv.zst";
    let Some(path) = shared(name) else {
        return;
    };
    let packed = fs::File::open(&path).unwrap();
    let mut raw = csv::Reader::from_reader(zstd::Decoder::new(packed).unwrap());
    let mut expected: BTreeMap<String, OfYear> = BTreeMap::new();
    for row in raw.records() {
        let row = row.unwrap();
        let year = row[4][..4].to_owned();
        let place = ["Y", "N", "A", "X"]
            .iter()
            .position(|letter| *letter == &row[3]);
        if let Some(place) = place {
            expected.entry(year).or_default()[place] += 1;
        }
    }
    let path = path.to_str().unwrap();
    let (table, _) = run(
        Path::new("."),
        &format!("tally {path} --lenient --questions all --per all --by year --format csv"),
        0,
    );
    let found: BTreeMap<String, OfYear> = rows(&table)
        .into_iter()
        .map(|row| {
            let counts =
                ["yes", "no", "abstain", "non_voting"].map(|name| row[name].parse().unwrap());
            (row["year"].clone(), counts)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_commands_of_the_page_run() {
    let folder = crate::analysis::folder();
    let page = include_str!("../../../../docs/tally.md");
    let commands: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("$ plenary "))
        .collect();
    assert!(commands.len() >= 5);
    for command in commands {
        run(folder.path(), command, 0);
    }
}

#[test]
fn what_has_no_effect_or_leaves_something_out_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    votes(folder);
    let sorted = "tally votes.csv --per all --by year --format csv --sort alone-share --states CHL";
    let (_, told) = run(folder, sorted, 0);
    assert!(!told.contains("usual order"), "{told}");

    // Peru was absent once, so that it has three votes in common with each other state.
    let (_, told) = run(folder, "agree votes.csv --by all --least 4 --format csv", 0);
    assert!(
        told.contains("least: pairs with fewer than 4 votes in common are left out: 3"),
        "{told}"
    );
    let drawn =
        "agree votes.csv --with CHL --states IND --by year --plot chart.svg --plot-states NOR";
    let (_, told) = run(folder, drawn, 2);
    assert!(told.contains("`NOR`"), "{told}");
    assert!(!folder.join("chart.svg").exists());
    let (_, told) = run(folder, "import votes.csv --retrieved 2999-01-01 -o out", 2);
    assert!(told.contains("2999-01-01, a day to come"), "{told}");
    assert!(!folder.join("out").exists());
}
