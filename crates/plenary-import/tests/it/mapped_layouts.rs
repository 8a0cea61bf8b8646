//! Layouts of mapped tables, on files as their makers have them: facts that were counted by other means.

use std::collections::BTreeMap;

use plenary_import::{Import, Mapping, Options, read, read_bytes, tables_beside};
use plenary_testing::shared;
use plenary_types::{Choice, Date, Decision, Field, Locus, Mode, Outcome, Scope};

/// Reads a table of `data/others` by a mapping of the documentation; nothing where the table is not there.
fn mapped(file: &str, mapping: &str) -> Option<Import> {
    let path = shared(&format!("others/{file}"))?;
    Some(read(path, &options(mapping)).unwrap())
}

/// Reads a table of `data/others` that is recognised as of a format; nothing where the table is not there.
fn recognised(file: &str, format: &str) -> Option<Import> {
    let import = read(shared(&format!("others/{file}"))?, &Options::default()).unwrap();
    assert_eq!(import.summary().format, format, "{file}");
    assert_eq!(import.findings(), [], "{file}");
    Some(import)
}

fn options(mapping: &str) -> Options {
    Options::default().with_mapping(Mapping::from_toml(mapping).unwrap())
}

macro_rules! example {
    ($name:literal) => {
        include_str!(concat!(
            "../../../../docs/formats/examples/",
            $name,
            ".toml"
        ))
    };
}

fn decisions(import: &Import) -> Vec<Decision> {
    let of = |record: plenary_import::Record| {
        let (_, decision) = record.agreement.decisions().next().unwrap();
        decision.clone()
    };
    import.records().map(of).collect()
}

/// How often each choice was made.
fn choices(import: &Import) -> BTreeMap<Choice, usize> {
    let mut choices = BTreeMap::new();
    for decision in decisions(import) {
        for ballot in decision
            .ballots
            .iter()
            .flat_map(plenary_types::Ballots::iter)
        {
            *choices.entry(ballot.choice).or_insert(0) += 1;
        }
    }
    choices
}

/// The voters of no known identity.
fn strangers(import: &Import) -> Vec<String> {
    let decisions = decisions(import);
    let ballots = decisions
        .iter()
        .filter_map(|decision| decision.ballots.as_ref());
    let ballots = ballots.flat_map(plenary_types::Ballots::iter);
    let strangers = ballots.filter(|ballot| ballot.entry.who.is_none());
    let mut strangers: Vec<String> = strangers
        .map(|ballot| ballot.entry.label().to_owned())
        .collect();
    strangers.sort();
    strangers.dedup();
    strangers
}

#[test]
fn lists_of_names_in_cells_are_ballots() {
    let Some(path) = shared("others/unsc_failed_drafts_lists.csv") else {
        return;
    };
    let import = read(path, &Options::default()).unwrap();
    assert_eq!(import.summary().format, "council-drafts");
    // The two votes of meeting 8105 have the symbol of one draft.
    let found = import.findings().iter();
    let found: Vec<_> = found.map(|f| (&*f.check, f.place.line)).collect();
    assert_eq!(found, [("rows-disagree", Some(24))]);
    assert_eq!(import.summary().records, 53);
    let expected = [
        (Choice::Yes, 290),
        (Choice::No, 138),
        (Choice::Abstain, 307),
    ];
    assert_eq!(choices(&import), expected.into());
    let decisions = decisions(&import);
    let members = decisions.iter().map(|d| d.announced.members.unwrap());
    assert_eq!(members.sum::<u32>(), 743);
    let short = decisions.iter().filter(|d| {
        let listed = d.ballots.as_ref().map_or(0, plenary_types::Ballots::len);
        listed != d.announced.members.unwrap() as usize
    });
    assert_eq!(short.count(), 2);
    assert_eq!(strangers(&import), [""; 0]);
    let first = decisions[0].ballots.as_ref().unwrap();
    assert_eq!(first.get("SUN".parse().unwrap()), Some(Choice::Yes));
}

#[test]
fn states_in_rows_vote_on_the_roll_calls_of_the_headings() {
    let Some(import) = mapped(
        "unga_states_in_rows_1950s.csv",
        example!("assembly-states-in-rows"),
    ) else {
        return;
    };
    let summary = import.summary();
    assert_eq!((summary.rows, summary.records), (83, 409));
    let expected = [(Choice::Yes, 16_938), (Choice::No, 5_835)];
    assert_eq!(choices(&import), expected.into());
    let left_out: Vec<_> = import
        .findings()
        .iter()
        .map(|f| (&*f.check, &*f.message))
        .collect();
    assert!(
        matches!(&*left_out, [("source-leaves-out", message)] if message.contains("11174 such cells")),
        "{left_out:?}"
    );
    assert!(decisions(&import).iter().all(|decision| decision.partial));
    let uses = summary
        .columns
        .iter()
        .map(|c| (&*c.column, c.further, &*c.used_as));
    let uses: Vec<_> = uses.collect();
    assert_eq!(uses, [("country", 0, "state"), ("239.0", 408, "vote")]);
    let record = import.record(0).unwrap();
    assert_eq!(record.agreement.sources[0].record.as_deref(), Some("239"));
    let place = record.origin.place(Locus::of_act(0, Field::Choice(0)));
    assert_eq!(
        (place.line, place.field.as_deref()),
        (Some(2), Some("239.0"))
    );
    let place = record.origin.place(Locus::of_act(0, Field::Name(0)));
    assert_eq!(
        (place.line, place.field.as_deref()),
        (Some(2), Some("country"))
    );
    assert_eq!(strangers(&import), [""; 0]);
}

#[test]
fn a_column_for_each_choice_is_marked_where_it_was_made() {
    for file in ["bundestag_20201126_3.csv", "bundestag_20201126_3.xlsx"] {
        marked_for_each_choice(file);
    }
}

fn marked_for_each_choice(file: &str) {
    let Some(path) = shared(&format!("others/{file}")) else {
        return;
    };
    let import = read(&path, &Options::default()).unwrap();
    assert_eq!(import.summary().format, "bundestag");
    let summary = import.summary();
    assert_eq!(
        (summary.rows, summary.records, summary.rejected),
        (709, 1, 0)
    );
    let expected = [
        (Choice::Yes, 570),
        (Choice::No, 72),
        (Choice::Abstain, 3),
        (Choice::NonVoting, 64),
    ];
    assert_eq!(choices(&import), expected.into());
    // The day stands in the name of the file alone: it is not made up.
    let findings: Vec<_> = import.findings().iter().map(|f| f.check.clone()).collect();
    assert_eq!(findings, ["source-leaves-out"]);
    assert_eq!(decisions(&import)[0].date, None);
    let day = "2020-11-26".parse().unwrap();
    let dated = read(path, &Options::default().with_day(day)).unwrap();
    assert_eq!(dated.findings(), []);
    assert_eq!(decisions(&dated)[0].date, Some(Date::day(day)));
}

#[test]
fn a_cell_that_means_not_on_the_list_is_no_ballot_and_no_absence() {
    let long = "vote,who,how\n1,Peru,1\n1,Chad,9\n1,France,9.0\n2,Chad,9\n2,Peru,0\n";
    let of_long = "body = 'unga'\nnot-listed = ['9']\nunclear = ['0']\n\
        [columns]\nvote = 'vote'\nname = 'who'\nchoice = 'how'\n[choices]\nyes = ['1']\n";
    let wide = "vote,Peru,Chad,France\n1,1,9,9.0\n2,0,9,\n";
    let of_wide = "body = 'unga'\nlayout = 'wide'\nnot-listed = ['9']\nunclear = ['0']\n\
        [columns]\nvote = 'vote'\n[choices]\nyes = ['1']\n";
    let across = "who,1,2\nPeru,1,0\nChad,9,9\nFrance,9.0,\n";
    let of_across = "body = 'unga'\nlayout = 'voters-in-rows'\nnot-listed = ['9']\nunclear = ['0']\n\
        [columns]\nname = 'who'\n[choices]\nyes = ['1']\n";
    for (table, mapping) in [(long, of_long), (wide, of_wide), (across, of_across)] {
        let import = read_bytes("votes.csv", table.as_bytes(), &options(mapping)).unwrap();
        assert_eq!(import.rejected(), [], "{table}");
        let decisions = decisions(&import);
        let told = decisions.iter().map(|decision| {
            let ballots = decision
                .ballots
                .as_ref()
                .map_or(0, plenary_types::Ballots::len);
            (ballots, decision.partial)
        });
        assert_eq!(told.collect::<Vec<_>>()[0], (1, false), "{table}");
        assert_eq!(decisions.len(), 2, "{table}");
        assert_eq!(import.summary().ballots, 1, "{table}");
        assert_eq!(import.findings().len(), 1, "{table}");
    }
}

#[test]
fn a_rollcall_of_pscl_is_three_tables() {
    let Some(import) = mapped("s109_votes_wide.csv", example!("pscl-rollcall")) else {
        return;
    };
    assert_eq!(import.summary().records, 645);
    let decisions = decisions(&import);
    let sum = |of: fn(&Decision) -> Option<u32>| decisions.iter().filter_map(of).sum::<u32>();
    assert_eq!(sum(|d| d.announced.yes), 40_123);
    assert_eq!(sum(|d| d.announced.no), 22_619);
    let mut days: Vec<String> = decisions
        .iter()
        .map(|d| d.date.unwrap().to_string())
        .collect();
    days.sort();
    assert_eq!((&*days[0], &*days[644]), ("2005-01-06", "2006-12-09"));
    let ballots = choices(&import);
    // The table has 40,207 and 22,650 with the President.
    let of_president = import
        .findings()
        .iter()
        .find(|f| f.check == "source-leaves-out")
        .unwrap();
    assert!(
        of_president.message.starts_with("645 votes"),
        "{of_president:?}"
    );
    assert_eq!(ballots.values().sum::<usize>() + 645 + 645, 645 * 102);
    assert_eq!(
        (ballots[&Choice::Yes], ballots[&Choice::No]),
        (40_123, 22_619)
    );
    assert_eq!(import.findings().len(), 1, "{:?}", import.findings());
}

/// Whether the facts of `s109` are there, whichever of its tables are read.
fn is_s109(decisions: &[Decision]) {
    let sum = |of: fn(&Decision) -> Option<u32>| decisions.iter().filter_map(of).sum::<u32>();
    assert_eq!(decisions.len(), 645);
    assert_eq!(sum(|d| d.announced.yes), 40_123);
    assert_eq!(sum(|d| d.announced.no), 22_619);
    let of_outcome = |outcome| decisions.iter().filter(move |d| d.outcome == Some(outcome));
    assert_eq!(of_outcome(Outcome::Adopted).count(), 266 + 48 + 46);
    assert_eq!(of_outcome(Outcome::Rejected).count(), 283 + 2);
    let mut days = decisions.iter().map(|d| d.date.unwrap().to_string());
    let first = days.next().unwrap();
    assert_eq!(
        (&*first, &*days.max().unwrap()),
        ("2005-01-06", "2006-12-09")
    );
    let of_kind = |kind: &str| {
        let kinds = decisions.iter().filter_map(|d| d.question.kind.as_ref());
        kinds.filter(|of| of.as_str() == kind).count()
    };
    assert_eq!(of_kind("treaty"), 1);
    assert_eq!(of_kind("constitutional-amendment"), 1);
    assert!(of_kind("cloture") >= 1 + 2 + 30 + 15 + 2 + 3);
}

#[test]
fn a_rollcall_of_pscl_is_known_by_its_headings_and_cells() {
    let Some(path) = shared("others/s109_votes_wide.csv") else {
        return;
    };
    let import = read(&path, &Options::default()).unwrap();
    assert_eq!(import.summary().format, "pscl-rollcall");
    assert_eq!(
        (import.summary().rows, import.summary().rejected),
        (102 + 645, 0)
    );
    is_s109(&decisions(&import));
    let ballots = choices(&import);
    assert_eq!(
        (ballots[&Choice::Yes], ballots[&Choice::No]),
        (40_123, 22_619)
    );
    let checks: Vec<&str> = import.findings().iter().map(|f| &*f.check).collect();
    assert_eq!(checks, ["source-leaves-out"]);
    // The matrix alone says no body and no day.
    let bytes = std::fs::read(&path).unwrap();
    let alone = read_bytes("s109.csv", &bytes, &Options::default()).unwrap();
    assert_eq!(choices(&alone), ballots);
    let facts = decisions(&alone);
    assert!(facts.iter().all(|d| d.body.is_none() && d.date.is_none()));
    let checks: Vec<&str> = alone.findings().iter().map(|f| &*f.check).collect();
    assert_eq!(checks, ["source-leaves-out", "row-without-match"]);
    let rollcalls = recognised("s109_rollcalls.csv", "pscl-s109-rollcalls").unwrap();
    is_s109(&decisions(&rollcalls));
}

#[test]
fn a_matrix_of_other_numbers_or_of_other_headings_is_no_rollcall() {
    let is_rollcall = |table: &str| {
        let read = read_bytes("votes.csv", table.as_bytes(), &Options::default());
        read.is_ok_and(|import| import.summary().format.starts_with("pscl-rollcall"))
    };
    let table = |headings: &str, first: &str, second: &str| {
        format!("\"\",{headings}\n\"A\",{first}\n\"B\",{second}\n")
    };
    for (headings, first, second, is) in [
        ("1-1,1-2,1-3", "1,6,9", "6,1,0", true),
        ("Vote 1,Vote 2", "1,0", "0,NA", true),
        // Neither codebook: an ideal point, a share, a vote of Voeten, a column without a no.
        ("1-1,1-2", "0.3,0.7", "0.1,0.2", false),
        ("1-1,1-2", "1,2", "3,8", false),
        ("1-1,1-2", "1,1", "1,9", false),
        ("1-1,1-2", "1,-1", "-1,0", false),
        ("yes,no", "1,6", "6,1", false),
        ("1,2", "1,6", "6,1", false),
    ] {
        let table = table(headings, first, second);
        assert_eq!(is_rollcall(&table), is, "{table}");
    }
}

#[test]
fn roll_calls_of_the_assembly_under_codes_of_today_are_known_by_their_columns() {
    let Some(path) = shared("others/unga_wide_iso3_to_1985.csv.zst") else {
        return;
    };
    let import = read(&path, &Options::default()).unwrap();
    assert_eq!(
        (import.summary().format, import.findings()),
        ("unga-wide", &[][..])
    );
    assert_eq!(
        (import.summary().records, import.summary().rejected),
        (2_999, 0)
    );
    let choices = choices(&import);
    let cast = [Choice::Yes, Choice::Abstain, Choice::No, Choice::NonVoting];
    assert_eq!(
        cast.map(|choice| choices[&choice]),
        [253_180, 47_556, 32_703, 30_820]
    );
    assert_eq!(strangers(&import), [""; 0]);
    // A column of the seat of China beside another is no second ballot.
    assert!(choices[&Choice::NotEligible] < 217_547);
    let first = &decisions(&import)[0];
    let ballots = first.ballots.as_ref().unwrap();
    assert_eq!(ballots.get("SUN".parse().unwrap()), Some(Choice::No));
    assert_eq!(ballots.get("CHN".parse().unwrap()), Some(Choice::No));
}

#[test]
fn a_matrix_of_names_has_the_year_of_its_file_and_no_day() {
    let Some(import) = mapped("unga_matrix_2018.csv", example!("assembly-matrix")) else {
        return;
    };
    // The last of its 108 rows is empty.
    assert_eq!((import.summary().rows, import.findings()), (107, &[][..]));
    let expected = [
        (Choice::Yes, 15_428),
        (Choice::No, 1_305),
        (Choice::Abstain, 2_208),
        (Choice::NonVoting, 1_710),
    ];
    assert_eq!(choices(&import), expected.into());
    assert_eq!(strangers(&import), [""; 0]);
    let decisions = decisions(&import);
    assert!(
        decisions
            .iter()
            .all(|d| d.date.unwrap().to_string() == "2018")
    );
    assert!(
        decisions
            .iter()
            .all(|d| d.date.unwrap().as_day().is_none() && d.symbol.is_none())
    );
}

fn sum(decisions: &[Decision], of: fn(&Decision) -> Option<u32>) -> u32 {
    decisions.iter().filter_map(of).sum()
}

#[test]
fn a_matrix_without_a_heading_is_read_by_the_names_that_a_mapping_gives() {
    let Some(import) = mapped("wnominate_UN.csv", example!("wnominate-un")) else {
        return;
    };
    assert_eq!((import.summary().rows, import.summary().records), (59, 237));
    let expected = [
        (Choice::Yes, 5_886),
        (Choice::No, 4_492),
        (Choice::NonVoting, 1_276),
    ];
    assert_eq!(choices(&import), expected.into());
    assert_eq!(import.findings().len(), 1, "{:?}", import.findings());
    assert!(
        import.findings()[0]
            .message
            .contains("2329 such cells, in ")
    );
    let record = import.record(0).unwrap();
    assert_eq!(record.agreement.sources[0].record.as_deref(), Some("1"));
    let place = record.origin.place(Locus::of_act(0, Field::Choice(0)));
    assert_eq!((place.line, place.field.as_deref()), (Some(1), Some("1")));
}

#[test]
fn results_in_words_are_outcomes_totals_days_and_documents() {
    let Some(path) = shared("others/hrc_texts_dw_2006_2014.csv") else {
        return;
    };
    let import = read(path, &Options::default()).unwrap();
    let summary = import.summary();
    assert_eq!((summary.format, summary.rows), ("hrc-adopted-texts", 665));
    // One text has the totals of a vote on an amendment, too, which is a vote of its own.
    let (decisions, amendments): (Vec<Decision>, Vec<Decision>) = decisions(&import)
        .into_iter()
        .partition(|d| d.question.scope == Scope::Whole);
    assert_eq!((decisions.len(), amendments.len()), (665, 1));
    assert_eq!(amendments[0].outcome, Some(Outcome::Rejected));
    assert!(
        decisions
            .iter()
            .all(|d| d.outcome == Some(Outcome::Adopted))
    );
    let without = decisions.iter().filter(|d| d.mode == Mode::WithoutVote);
    assert_eq!(without.count(), 345);
    let with_totals = decisions.iter().filter(|d| d.announced.yes.is_some());
    assert_eq!(with_totals.count(), 123);
    let sums = [
        sum(&decisions, |d| d.announced.yes),
        sum(&decisions, |d| d.announced.no),
        sum(&decisions, |d| d.announced.abstain),
    ];
    assert_eq!(sums, [4_032, 873, 823]);
    let unstated = decisions
        .iter()
        .filter(|d| d.mode.to_string() == "not stated");
    assert_eq!(
        unstated.count(),
        183 + 14,
        "no action, or a link to the record"
    );
    let left_out: Vec<&str> = import.findings().iter().map(|f| &*f.message).collect();
    assert!(
        left_out
            .iter()
            .any(|message| message.contains("14 results of this kind")),
        "{left_out:?}"
    );
}

#[test]
fn a_meeting_has_as_many_votes_as_its_cell_of_results() {
    let Some(path) = shared("others/unsc_meetings_results_1946_1999.csv.zst") else {
        return;
    };
    let import = read(path, &Options::default()).unwrap();
    let summary = import.summary();
    assert_eq!(
        (summary.format, summary.rows, summary.rejected),
        ("council-meetings", 4_142, 0)
    );
    let decisions = decisions(&import);
    let numbered = decisions.iter().filter(|d| d.symbol.is_some());
    let numbered: Vec<&str> = numbered
        .map(|d| d.symbol.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(numbered.len(), 1_269, "{numbered:?}");
    let rejected = decisions
        .iter()
        .filter(|d| d.outcome == Some(Outcome::Rejected));
    assert_eq!(rejected.count(), 167 + 85, "vetoed, and not adopted");
    // Of one the words do not say what came of it.
    assert_eq!(decisions.len(), 1_269 + 167 + 85 + 1);
    let with_totals = decisions.iter().filter(|d| d.announced.yes.is_some());
    assert_eq!(with_totals.count(), 1_413);
    let sums = [
        sum(&decisions, |d| d.announced.yes),
        sum(&decisions, |d| d.announced.no),
        sum(&decisions, |d| d.announced.abstain),
    ];
    assert_eq!(sums, [18_046, 593, 1_135]);
    let without = decisions.iter().filter(|d| d.mode == Mode::WithoutVote);
    assert_eq!(without.count(), 41);
    let first = decisions.iter().find(|d| d.symbol.is_some()).unwrap();
    assert_eq!(first.date.unwrap().to_string(), "1946-12-19");
    assert_eq!(first.symbol.as_ref().unwrap().normal(), "S/RES/15(1946)");
    assert_eq!(
        first.announced.yes, None,
        "adopted unanimously: nobody counted"
    );
}

#[test]
fn a_value_may_be_put_together_from_several_columns() {
    let mapping = "layout = 'totals'\nbody = 'unsc'\ndate-format = '%d %B %Y'\nmissing = ['NA']\n\
        [columns]\nvote = 'no'\ndate = '{day} {year}'\ntitle = '{topic}: {what}'\nyes = 'for'\n";
    let table = "no,year,day,topic,what,for\n1,1951,31 December,Chad,a draft,9\n2,1951,,Peru,a draft,9\n3,1951,NA,Peru,a draft,9\n4,NA,NA,Peru,,9\n";
    let import = read_bytes("votes.csv", table.as_bytes(), &options(mapping)).unwrap();
    assert_eq!(import.findings(), []);
    let days = decisions(&import);
    let days: Vec<_> = days
        .iter()
        .map(|d| d.date.map(|day| day.to_string()))
        .collect();
    let years = [Some("1951-12-31"), Some("1951"), Some("1951"), None];
    assert_eq!(days, years.map(|day| day.map(str::to_owned)));
    let first = import.record(0).unwrap();
    assert_eq!(first.agreement.title, "Chad: a draft");
    let uses = import
        .summary()
        .columns
        .iter()
        .map(|c| format!("{}: {}", c.column, c.used_as));
    let uses: Vec<String> = uses.collect();
    assert_eq!(uses[1..3], ["year: date", "topic: title"]);
    let place = first.origin.place(Locus::of_act(0, Field::Date));
    assert_eq!(place.field.as_deref(), Some("day"));
    let lacks = read_bytes(
        "votes.csv",
        b"no,day,topic,what,for\n1,2,3,4,5\n",
        &options(mapping),
    );
    assert!(lacks.unwrap_err().to_string().contains("year"));
}

#[test]
fn votes_of_a_bundestag_have_the_days_of_their_polls() {
    let Some(import) = recognised("abgeordnetenwatch_votes_1.csv.zst", "abgeordnetenwatch") else {
        return;
    };
    assert_eq!(import.summary().records, 88);
    assert_eq!(import.summary().rows, 62_391 + 88);
    assert_eq!(import.findings(), []);
    let decisions = decisions(&import);
    let days = decisions.iter().map(|d| d.date.unwrap().to_string());
    let mut days: Vec<String> = days.collect();
    days.sort();
    assert_eq!((&*days[0], &*days[87]), ("2017-12-12", "2019-06-28"));
    assert!(
        import
            .records()
            .all(|record| !record.agreement.title.is_empty())
    );
}

#[test]
fn tables_of_totals_are_known_by_their_columns() {
    if let Some(import) = recognised("hrc_2006_2018_resolutions.csv.zst", "hrc-texts") {
        assert_eq!(import.summary().records, 1955);
    }
    if let Some(import) = recognised("swissvotes_1848_1990.csv.zst", "swissvotes") {
        let decisions = decisions(&import);
        let yes = decisions
            .iter()
            .filter_map(|d| d.announced.yes)
            .map(u64::from);
        assert_eq!((decisions.len(), yes.sum::<u64>()), (381, 185_540_437));
    }
}

/// A folder with some files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

const VOTES: &str = "congress,chamber,rollnumber,icpsr,cast_code,prob\n\
    99,House,1,101,1,99.1\n99,House,1,102,6,\n99,House,1,103,0,\n99,House,1,99999,6,\n\
    99,Senate,1,201,9,\n99,Senate,1,202,3,\n";
const ROLL_CALLS: &str = "congress,chamber,rollnumber,date,session,clerk_rollnumber,yea_count,nay_count,\
    nominate_mid_1,nominate_mid_2,nominate_spread_1,nominate_spread_2,nominate_log_likelihood,\
    bill_number,vote_result,vote_desc,vote_question,dtl_desc\n\
    99,House,1,1985-01-03,1,1,1,1,,,,,,HR1,Passed,A bill,On Passage,\n\
    99,Senate,1,1985-01-04,1,1,1,0,,,,,,,Cloture Motion Rejected,,,\n";
const MEMBERS: &str = "congress,chamber,icpsr,bioname\n99,House,101,\"DOE, Jane\"\n99,House,102,\"ROE, Richard\"\n\
    99,President,99999,\"POE, Peter\"\n99,Senate,201,\"MOE, Mary\"\n99,Senate,202,\"LOE, Luke\"\n";

#[test]
fn totals_are_kept_without_a_president_whose_position_the_source_counts() {
    let counted = |no: &str| {
        ROLL_CALLS.replace(
            "99,House,1,1985-01-03,1,1,1,1,",
            &format!("99,House,1,1985-01-03,1,1,1,{no},"),
        )
    };
    for (no, kept, notes) in [
        ("1", 1, vec![]),
        (
            "2",
            1,
            vec!["2 no in the source, which counts 1 who had no vote"],
        ),
        // Nothing tells what a total counts that is another.
        ("3", 3, vec![]),
    ] {
        let calls = counted(no);
        let all = folder(&[
            ("HS099_votes.csv", VOTES),
            ("HS099_rollcalls.csv", &*calls),
            ("HS099_members.csv", MEMBERS),
        ]);
        let import = read(all.path().join("HS099_votes.csv"), &Options::default()).unwrap();
        let house = &decisions(&import)[0];
        assert_eq!(
            (house.announced.no, &house.notes[..]),
            (
                Some(kept),
                &notes.iter().map(ToString::to_string).collect::<Vec<_>>()[..]
            )
        );
        assert!(!house.counts_others);
        let drafts: Vec<&str> = house
            .drafts
            .iter()
            .map(plenary_types::Citation::as_str)
            .collect();
        assert_eq!(drafts, ["HR1"]);
        let totals = read(all.path().join("HS099_rollcalls.csv"), &Options::default()).unwrap();
        assert!(
            decisions(&totals)
                .iter()
                .all(|decision| decision.counts_others)
        );
    }
}

#[test]
fn a_value_has_the_meaning_of_its_longest_part_that_is_given() {
    let mapping = r#"
        body = "us-senate"
        layout = "totals"
        [columns]
        vote = "no"
        kind = "question"
        subjects = "bill"
        yes = "ayes"
        [kinds]
        "On *" = "a"
        "On the Motion*" = "b"
        "* to Adjourn" = "c"
        "*an amendment*" = "d"
        "On the Motion to Adjourn" = "e"
        "*" = ""
        [subjects]
        "PN*" = "nomination"
        "*" = ""
    "#;
    let table = "no,question,bill,ayes\n1,on passage,PN5,1\n2,On the Motion of X,S5 | pn6,1\n3,Motion to adjourn,,1\n\
        4,Is it an Amendment?,XPN,1\n5,on the motion to adjourn,,1\n6,Other,,1\n";
    let import = read_bytes("t.csv", table.as_bytes(), &options(mapping)).unwrap();
    let kinds = decisions(&import)
        .into_iter()
        .map(|decision| decision.question.kind.map(|kind| kind.to_string()));
    let kinds: Vec<String> = kinds.map(Option::unwrap_or_default).collect();
    assert_eq!(kinds, ["a", "b", "c", "d", "e", ""]);
    let subjects = import
        .records()
        .map(|record| record.agreement.subjects.join(","));
    assert_eq!(
        subjects.collect::<Vec<_>>(),
        ["nomination", "nomination", "", "", "", ""]
    );
}

/// The checks and messages of an import as a whole, without the folder.
fn told(import: &Import, folder: &tempfile::TempDir) -> Vec<String> {
    let path = format!("{}/", folder.path().display());
    let told = import.findings().iter().map(|finding| {
        let line = finding.place.line.unwrap_or_default();
        format!(
            "{} {line}: {}",
            finding.check,
            finding.message.replace(&path, "")
        )
    });
    told.collect()
}

#[test]
fn votes_of_voteview_are_joined_with_roll_calls_and_members() {
    let files = [
        ("HS099_votes.csv", VOTES),
        ("HS099_rollcalls.csv", ROLL_CALLS),
        ("HS099_members.csv", MEMBERS),
    ];
    let all = folder(&files);
    let import = read(all.path().join("HS099_votes.csv"), &Options::default()).unwrap();
    assert_eq!(import.summary().format, "voteview-votes");
    assert_eq!(
        told(&import, &all),
        [
            "source-leaves-out 0: 1 votes of those whom the mapping names under `no-voters` are left out"
        ]
    );
    assert_eq!(import.summary().rows, 6 + 2 + 5);
    let columns = import.summary().columns.iter().map(|column| {
        let is_beside = if column.file.is_some() { "beside " } else { "" };
        format!(
            "{is_beside}{}+{}: {}",
            column.column, column.further, column.used_as
        )
    });
    let columns: Vec<String> = columns.collect();
    assert_eq!(
        columns[..6],
        [
            "congress+0: vote, session, key",
            "chamber+0: body, key",
            "rollnumber+0: vote, key",
            "icpsr+0: state, key",
            "cast_code+0: choice",
            "prob+0: ignored",
        ]
    );
    assert!(
        columns.contains(&"beside yea_count+0: yes".to_owned()),
        "{columns:?}"
    );
    assert!(
        columns.contains(&"beside bill_number+0: draft, subjects".to_owned()),
        "{columns:?}"
    );
    assert_eq!(columns.last().unwrap(), "beside bioname+0: name");
    let record = import.record(0).unwrap();
    let (_, house) = record.agreement.decisions().next().unwrap();
    assert_eq!(house.date.unwrap().to_string(), "1985-01-03");
    assert_eq!(house.body.as_ref().unwrap().as_str(), "us-house");
    let entries = house.ballots.as_ref().unwrap().roll().entries();
    let entries: Vec<_> = entries
        .iter()
        .map(|e| (e.who.unwrap().to_string(), e.name.clone().unwrap()))
        .collect();
    assert_eq!(
        entries,
        [
            ("person:icpsr-101".to_owned(), "DOE, Jane".into()),
            ("person:icpsr-102".to_owned(), "ROE, Richard".into())
        ]
    );
    let place = record.origin.place(Locus::of_act(0, Field::Date));
    assert!(place.path.unwrap().ends_with("HS099_rollcalls.csv"));
    assert_eq!(
        (place.line, place.field.as_deref()),
        (Some(2), Some("date"))
    );
}

#[test]
fn rows_without_a_match_are_counted_on_both_sides() {
    let other = ROLL_CALLS.replace("99,House,1", "99,House,2");
    let members = MEMBERS.replace("99,House,101", "99,House,104");
    let twice = format!("{members}98,House,102,\"ROE, Rick\"\n");
    let odd = folder(&[
        ("S_votes.csv", VOTES),
        ("S_rollcalls.csv", &other),
        ("S_members.csv", &twice),
    ]);
    let import = read(odd.path().join("S_votes.csv"), &Options::default()).unwrap();
    assert_eq!(
        told(&import, &odd)[1..],
        [
            "row-without-match 2: no row for this vote in S_rollcalls.csv; 1 vote without",
            "row-without-match 2: this row is that of no vote and in no record; 1 row of this kind",
            "row-without-match 0: no row for this voter in S_members.csv; 1 voter without",
            "row-without-match 2: this row is that of no voter and in no record; 1 row of this kind",
            "row-without-match 7: this row contradicts an earlier one of its voter, which counts; 1 row of this kind",
        ]
    );
    let alone = folder(&[("S_votes.csv", VOTES)]);
    let import = read(alone.path().join("S_votes.csv"), &Options::default()).unwrap();
    assert_eq!(
        told(&import, &alone),
        [
            "row-without-match 0: `S_rollcalls.csv`, which says more of each vote, is not beside the table",
            "row-without-match 0: `S_members.csv`, which says more of each voter, is not beside the table",
        ]
    );
    assert_eq!(import.summary().ballots, 5);
}

#[test]
fn of_two_tables_beside_one_may_be_missing() {
    let some = folder(&[("S_votes.csv", VOTES), ("S_members.csv", MEMBERS)]);
    let import = read(some.path().join("S_votes.csv"), &Options::default()).unwrap();
    let decision = &decisions(&import)[0];
    let first = &decision.ballots.as_ref().unwrap().roll().entries()[0];
    assert_eq!(
        (decision.date, first.name.as_deref()),
        (None, Some("DOE, Jane"))
    );
    assert_eq!(import.findings().len(), 2);
}

#[test]
fn a_table_beside_that_is_needed_and_wrong_is_refused() {
    let mapping = |join: &str| {
        format!(
            "body = 'unga'\n[columns]\nvote = 'id'\nname = 'who'\nchoice = 'how'\n[choices]\nyes = ['1']\n[[join]]\n{join}"
        )
    };
    let table = "id,who,how\n1,Peru,1\n";
    let of = |join: &str, beside: &str| {
        let files = folder(&[("votes.csv", table), ("days.csv", beside)]);
        let read = read(files.path().join("votes.csv"), &options(&mapping(join)));
        read.map_err(|error| {
            error
                .to_string()
                .replace(&format!("{}/", files.path().display()), "")
        })
    };
    let join = "file = 'days.csv'\nkey = ['id']\ncolumns.date = 'day'\n";
    assert!(of(join, "id,day\n1.0,2018-12-19\n").is_ok());
    assert_eq!(
        of(join, "id,dag\n1,2018-12-19\n").unwrap_err(),
        "days.csv:1: the table beside has no column `day`, which the mapping names under `[[join]]`"
    );
    assert_eq!(
        of(&join.replace("days", "nights"), "id,day\n").unwrap_err(),
        "votes.csv: `nights.csv`, which says more of each vote, is not beside the table"
    );
    let bytes = read_bytes("votes.csv", table.as_bytes(), &options(&mapping(join)));
    assert!(bytes.is_err());
    let broken = of(join, "id,day\n1\n1,2018-12-19\n").unwrap();
    assert_eq!((broken.summary().rows, broken.summary().rejected), (3, 1));
    let unread = of(join, "id,day\n1,19 Dec\n").unwrap();
    let finding = &unread.record(0).unwrap().findings[0];
    assert_eq!(
        (&*finding.check, finding.place.line),
        ("unreadable-field", Some(2))
    );
    assert!(finding.place.path.as_ref().unwrap().ends_with("days.csv"));
    for (join, reason) in [
        (
            "file = 'a'\nkey = ['id']\ncolumns.state = 'x'\n",
            "a table of votes has no column that is `state`",
        ),
        (
            "file = 'a'\nof = 'voters'\nkey = ['id']\ncolumns.name = 'x'\n",
            "its key `id` must be the column that is `state` or `name`",
        ),
        (
            "file = 'a'\nkey = ['who']\ncolumns.date = 'x'\n",
            "its key `who` must be a column of votes",
        ),
        (
            "file = 'a'\nkey = []\ncolumns.date = 'x'\n",
            "its `key` is empty",
        ),
        (
            "file = 'a'\nkey = ['a', 'b', 'c', 'd', 'e']\ncolumns.date = 'x'\n",
            "at most 4 columns can be keys that are nothing else",
        ),
    ] {
        let error = Mapping::from_toml(&mapping(join)).unwrap_err().to_string();
        assert!(error.ends_with(reason), "{error}");
    }
}

#[test]
fn facts_of_single_votes_may_stand_in_the_mapping() {
    let mapping = "body = 'unga'\nlayout = 'voters-in-rows'\n[columns]\nstate = 'who'\n[choices]\nyes = ['1']\n\
        [fixed]\nsession = '73'\n[votes.4]\ndate = '2018-12-19'\nsymbol = 'A/RES/73/195'\n";
    let table = "who,4.0,5\nPeru,1,1\n";
    let import = read_bytes("votes.csv", table.as_bytes(), &options(mapping)).unwrap();
    let told: Vec<_> = decisions(&import)
        .iter()
        .map(|d| {
            (
                d.date.map(|d| d.to_string()),
                d.symbol.is_some(),
                d.session.is_some(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (Some("2018-12-19".to_owned()), true, true),
            (None, false, true)
        ]
    );
}

#[test]
fn votes_of_howtheyvote_are_joined_by_identifiers_of_other_names() {
    let files = folder(&[
        (
            "member_votes.csv",
            "vote_id,member_id,position,country_code,group_code\n7,1,FOR,FRA,EPP\n7,2,DID_NOT_VOTE,DEU,SD\n",
        ),
        (
            "votes.csv",
            "id,timestamp,display_title,reference,description,is_main,procedure_reference,procedure_title,procedure_type,procedure_stage,count_for,count_against,count_abstention,count_did_not_vote,result\n7,2024-04-24 18:05:12,A text,A9-0001/2024,Resolution,True,,,,,1,0,0,1,ADOPTED\n",
        ),
        (
            "members.csv",
            "id,first_name,last_name,country_code,date_of_birth,email,facebook,twitter\n1,Anne,Martin,FRA,,,,\n2,Bert,Muster,DEU,,,,\n",
        ),
    ]);
    let import = read(files.path().join("member_votes.csv"), &Options::default()).unwrap();
    assert_eq!(
        (import.summary().format, import.findings()),
        ("howtheyvote", &[][..])
    );
    let decision = &decisions(&import)[0];
    assert_eq!(decision.date.unwrap().to_string(), "2024-04-24");
    let first = &decision.ballots.as_ref().unwrap().roll().entries()[0];
    assert_eq!(first.name.as_deref(), Some("Anne Martin"));
    assert_eq!(first.who.unwrap().to_string(), "person:mep-1");
    let import = read(files.path().join("votes.csv"), &Options::default()).unwrap();
    assert_eq!(
        (import.summary().format, import.findings()),
        ("howtheyvote-votes", &[][..])
    );
    assert_eq!(decisions(&import)[0].announced.yes, Some(1));
}

#[test]
fn tables_that_say_more_of_votes_are_found_among_the_other_inputs() {
    let votes = folder(&[("HS099_votes.csv", VOTES)]);
    let others = folder(&[
        ("calls.csv", ROLL_CALLS),
        ("legislators.csv", MEMBERS),
        ("notes.csv", "a,b\n1,2\n"),
    ]);
    let path = votes.path().join("HS099_votes.csv");
    let at = |name: &str| others.path().join(name);
    let paths = [
        at("legislators.csv"),
        at("notes.csv"),
        path.clone(),
        at("calls.csv"),
    ];
    let mut options = Options::default();
    assert_eq!(tables_beside(&paths, &options), [true, false, false, true]);
    options.others = paths.as_slice().into();
    let import = read(&path, &options).unwrap();
    assert_eq!(import.summary().rows, 6 + 2 + 5);
    assert_eq!(import.beside(), [at("calls.csv"), at("legislators.csv")]);
    let record = import.records().next().unwrap();
    let (_, decision) = record.agreement.decisions().next().unwrap();
    let names = decision
        .ballots
        .as_ref()
        .unwrap()
        .iter()
        .map(|b| b.entry.name.clone().unwrap());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["DOE, Jane", "ROE, Richard"].map(Into::into)
    );
    // Under the usual name the table beside counts, and is no input of its own either.
    std::fs::write(votes.path().join("HS099_members.csv"), MEMBERS).unwrap();
    let named = [
        path.clone(),
        votes.path().join("HS099_members.csv"),
        at("legislators.csv"),
    ];
    assert_eq!(
        tables_beside(&named, &Options::default()),
        [false, true, false]
    );
}

#[test]
fn two_tables_that_fit_are_not_chosen_between() {
    let all = folder(&[
        ("HS099_votes.csv", VOTES),
        ("one.csv", MEMBERS),
        ("two.csv", MEMBERS),
    ]);
    let paths = ["HS099_votes.csv", "one.csv", "two.csv"].map(|name| all.path().join(name));
    let mut options = Options::default();
    options.others = paths.as_slice().into();
    let error = read(&paths[0], &options).unwrap_err();
    assert!(
        error.to_string().contains("one.csv") && error.to_string().contains("two.csv"),
        "{error}"
    );
}

#[test]
fn a_table_that_only_explains_others_says_what_it_goes_with() {
    for (file, format, rows) in [
        ("HS113_members.csv", "voteview-members", 550),
        ("HS113_parties.csv", "voteview-parties", 6),
        ("s109_legislators.csv", "pscl-legislators", 102),
        (
            "abgeordnetenwatch_polls_1.csv",
            "abgeordnetenwatch-polls",
            88,
        ),
    ] {
        let Some(import) = recognised(file, format) else {
            return;
        };
        let summary = import.summary();
        assert_eq!(
            (summary.rows, summary.used, summary.records),
            (rows, rows, 0),
            "{file}"
        );
        assert!(
            summary.why.contains("give it together with them"),
            "{}",
            summary.why
        );
    }
}

#[test]
fn a_row_of_another_width_in_a_table_that_explains_others_is_rejected() {
    let text = format!("{MEMBERS}99,House,104\n");
    let import = read_bytes("members.csv", text.as_bytes(), &Options::default()).unwrap();
    assert_eq!(import.summary().format, "voteview-members");
    assert_eq!(import.rejected().len(), 1);
    let header = MEMBERS.lines().next().unwrap();
    assert!(read_bytes("members.csv", header.as_bytes(), &Options::default()).is_err());
}
