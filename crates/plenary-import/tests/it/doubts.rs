//! What a table or its mapping leaves in doubt is said, and never decided in silence.

use std::fs;

use plenary_import::{Import, Mapping, MembersMapping, Options, read, read_bytes, read_members};
use plenary_types::Choice;

fn import(table: &str, mapping: &str) -> Import {
    let mapping = Mapping::from_toml(mapping).unwrap();
    let options = Options::default().with_mapping(mapping);
    read_bytes("votes.csv", table.as_bytes(), &options).unwrap()
}

fn refused(mapping: &str) -> String {
    Mapping::from_toml(mapping).unwrap_err().to_string()
}

/// The check and the line of each finding, of the table and then of its records.
fn found(import: &Import) -> Vec<String> {
    let records = import.records();
    let of_records = records.flat_map(|record| record.findings);
    let all = import.findings().iter().cloned().chain(of_records);
    let told = all.map(|finding| {
        let line = finding.place.line.unwrap_or(0);
        format!("{}:{line}", finding.check)
    });
    told.collect()
}

/// The choices of the first record, in the order of its list.
fn choices(import: &Import) -> Vec<Choice> {
    let record = import.record(0).unwrap();
    let (_, decision) = record.agreement.decisions().next().unwrap();
    let ballots = decision.ballots.clone().unwrap();
    ballots.iter().map(|ballot| ballot.choice).collect()
}

const LONG: &str = r#"
body = "hrc"
codes = "iso3"
[columns]
vote = "id"
date = "day"
state = "who"
choice = "how"
[choices]
yes = ["yes"]
no = ["no"]
"#;

#[test]
fn a_row_whose_vote_another_row_is_already_is_said_to_be_a_second_record() {
    let totals =
        "body = 'unsc'\nlayout = 'totals'\n[columns]\nvote = 'id'\ndate = 'd'\nyes = 'y'\n";
    let table = "id,d,y\n1,1999-02-03,10\n1,1999-02-03,9\n2,1999-02-04,12\n1.0,1999-02-05,8\n";
    let read = import(table, totals);
    assert_eq!(found(&read), ["rows-disagree:3", "rows-disagree:5"]);
    let once = table.replace("1,1999-02-03,9\n", "").replace("1.0,", "3,");
    assert_eq!(found(&import(&once, totals)), [""; 0]);

    let wide = "body = 'unsc'\nlayout = 'wide'\ncodes = 'iso3'\n[columns]\nvote = 'id'\ndate = 'd'\n[choices]\nyes = ['y']\nno = ['n']\n";
    let table = "id,d,FRA,USA\n1,1999-02-03,y,n\n1,1999-02-03,n,y\n";
    assert_eq!(found(&import(table, wide)), ["rows-disagree:3"]);

    let lists = "body = 'unsc'\nlayout = 'lists'\n[columns]\nvote = 'id'\ndate = 'd'\n[lists]\nyes = 'for'\nno = 'against'\n";
    let table = "id,d,for,against\n1,1999-02-03,France,Chad\n1,1999-02-03,Chad,France\n";
    assert_eq!(found(&import(table, lists)), ["rows-disagree:3"]);
}

#[test]
fn one_agreement_of_two_titles_is_said_to_be_so() {
    let mapping = "of = 'acts'\ncodes = 'names'\n[columns]\nagreement = 'id'\ntitle = 't'\nname = 'who'\n[[acts]]\nact = 'ratification'\ndate = 'd'\n";
    let table = "id,t,who,d\n1,River Treaty,France,2000-01-01\n1,RIVER  treaty,Chad,2000-01-01\n\
                 1,Lake Treaty,Italy,2001-01-01\n1,Lake Treaty,Peru,2001-01-01\n";
    let read = import(table, mapping);
    assert_eq!(found(&read), ["rows-disagree:4"]);
    let apart = table.replace("1,Lake", "2,Lake");
    assert_eq!(found(&import(&apart, mapping)), [""; 0]);
}

#[test]
fn what_a_mapping_says_of_columns_and_votes_that_are_not_there_is_told() {
    let table = "id,day,who,how\n1,2022-07-07,ARG,yes\n1,2022-07-07,FRA,no\n";
    let facts = format!("{LONG}[votes.9]\nsymbol = 'A/HRC/RES/50/1'\n");
    assert_eq!(found(&import(table, &facts)), ["row-without-match:0"]);
    let facts = facts.replace("votes.9", "votes.1");
    assert_eq!(found(&import(table, &facts)), [""; 0]);
    let ignored = format!("ignore = ['nosuch', '*']{LONG}");
    assert_eq!(found(&import(table, &ignored)), ["unknown-column:1"]);
    let ignored = ignored.replace("'nosuch', ", "");
    assert_eq!(found(&import(table, &ignored)), [""; 0]);
}

#[test]
fn a_word_in_capitals_that_two_choices_share_is_no_vote() {
    let mapping = LONG.replace("no = [\"no\"]", "no = [\"no\", \"YES\"]");
    let table =
        "id,day,who,how\n1,2022-07-07,ARG,Yes\n1,2022-07-07,FRA,YES\n1,2022-07-07,CHN,yes\n";
    let read = import(table, &mapping);
    assert_eq!(choices(&read), [Choice::No, Choice::Yes]);
    assert_eq!(read.rejected()[0].place.line, Some(2));
}

#[test]
fn a_mark_that_may_mean_anything_is_no_vote() {
    let mapping = "body = 'bundestag'\ncodes = 'none'\nlayout = 'choice-columns'\n[columns]\nvote = 'id'\nname = 'who'\n[marks]\nyes = 'ja'\nno = 'nein'\n";
    let table = "id,who,ja,nein\n1,A,x,\n1,B,FALSCH,WAHR\n1,C,enthalten,\n1,D,\"0,0\",1\n";
    let read = import(table, mapping);
    assert_eq!(choices(&read), [Choice::Yes, Choice::No, Choice::No]);
    let rejected: Vec<_> = read.rejected().iter().map(|row| row.place.line).collect();
    assert_eq!(rejected, [Some(4)]);
}

#[test]
fn one_day_written_in_two_ways_is_one_day() {
    let days = |one: &str, other: &str| {
        let format = format!("date-format = ['%d %B %Y', '%Y-%m-%d']{LONG}");
        let table = format!("id,day,who,how\n1,{one},ARG,yes\n1,{other},FRA,no\n");
        found(&import(&table, &format))
    };
    assert_eq!(days("7 July 2022", "7 july 2022"), [""; 0]);
    assert_eq!(days("7 July 2022", "2022-07-07"), [""; 0]);
    assert_eq!(days("7 July 2022", "2022-07-08"), ["rows-disagree:3"]);
    let table = "id,day,who,how\n1,2022-07-30,ARG,yes\n1,30/7/2022,FRA,no\n2,30/7/2022,FRA,no\n";
    assert_eq!(found(&import(table, LONG)), [""; 0]);
}

#[test]
fn a_year_of_two_digits_is_of_no_century_in_a_mapping_either() {
    let short = refused(&format!("date-format = '%d/%m/%y'{LONG}"));
    assert!(short.contains("years of two digits"), "{short}");
    let acts = refused(
        "of = 'acts'\ndate-format = '%d/%m/%y'\n[columns]\nname = 'who'\ndate = 'd'\n[fixed]\nact = 'ratification'\n",
    );
    assert!(acts.contains("years of two digits"), "{acts}");
    let members =
        "of = 'members'\ndate-format = ['%d/%m/%Y', '%d/%m/%y']\n[columns]\nname = 'who'\n";
    let members = MembersMapping::from_toml(members).unwrap_err().to_string();
    assert!(members.contains("years of two digits"), "{members}");
}

#[test]
fn numbers_of_states_may_have_a_fraction_of_nothing() {
    let cow = LONG.replace("iso3", "cow");
    let table =
        "id,day,who,how\n1,2012-07-07,2.0,yes\n1,2012-07-07,365.0,no\n2,1980-07-07,365.0,yes\n";
    let read = import(table, &cow);
    let who = |at: usize| {
        let record = read.record(at).unwrap();
        let (_, decision) = record.agreement.decisions().next().unwrap();
        let ballots = decision.ballots.clone().unwrap();
        let who = ballots
            .iter()
            .map(|ballot| ballot.entry.who.unwrap().to_string());
        who.collect::<Vec<_>>()
    };
    assert_eq!(who(0), ["USA", "RUS"]);
    assert_eq!(who(1), ["SUN"]);
    assert_eq!(found(&read), [""; 0]);
}

#[test]
fn a_fault_of_a_mapping_is_said_on_its_line() {
    let of = refused("body = 'unga'\nof = 'axts'\n");
    assert!(of.starts_with("line 2: ") && of.contains("axts"), "{of}");
    let fixed =
        refused(&format!("{LONG}[fixed]\ndate = '2022-13-01'\n").replace("date = \"day\"\n", ""));
    assert!(fixed.starts_with("line 12: `fixed.date`"), "{fixed}");
    let votes =
        refused(&format!("{LONG}[votes.1]\ndate = 'soon'\n").replace("date = \"day\"\n", ""));
    assert!(votes.starts_with("line 12: `votes.1.date`"), "{votes}");
    let twice = refused(&format!("{LONG}abstain = ['no']\n"));
    assert!(
        twice.starts_with("line 1") && twice.contains("`no` two meanings"),
        "{twice}"
    );
}

#[test]
fn a_member_whose_code_contradicts_its_name_and_one_without_a_first_day_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("river.csv");
    fs::write(&table, "Code,Name\nFRA,Germany\nPER,Peru\n").unwrap();
    let mapping = "of = 'members'\ncodes = 'iso3'\n[columns]\nstate = 'Code'\nname = 'Name'\n";
    let mapping = MembersMapping::from_toml(mapping).unwrap();
    let read = read_members(&table, Some(&mapping)).unwrap().unwrap();
    let [contradiction, first] = read.notes.as_slice() else {
        panic!("{:?}", read.notes)
    };
    assert!(
        contradiction.contains("river.csv:2: the code means FRA, the name DEU"),
        "{contradiction}"
    );
    assert_eq!(first, "2 rows: no first day; a member at any earlier time");
}

#[test]
fn another_table_of_a_database_can_lie_beside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.db");
    let database = rusqlite::Connection::open(&path).unwrap();
    let sql = "CREATE TABLE votes (id, who, how); CREATE TABLE motions (vid, day, what);\
               INSERT INTO votes VALUES (1, 'ARG', 'yes'), (1, 'FRA', 'no');\
               INSERT INTO motions VALUES (1, '2022-07-07', 'Water');";
    database.execute_batch(sql).unwrap();
    drop(database);
    let mapping = LONG.replace("date = \"day\"\n", "")
        + "[[join]]\nfile = 'votes.db#motions'\nkey = { id = 'vid' }\n[join.columns]\ndate = 'day'\ntitle = 'what'\n";
    let mapping = Mapping::from_toml(&mapping).unwrap();
    let options = Options::default().with_mapping(mapping);
    let votes = format!("{}#votes", path.display());
    let read = read(&votes, &options).unwrap();
    let record = read.record(0).unwrap();
    assert_eq!(record.agreement.title, "Water");
    let (_, decision) = record.agreement.decisions().next().unwrap();
    assert_eq!(decision.date.unwrap().to_string(), "2022-07-07");
}
