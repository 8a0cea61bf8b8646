//! Dates as programs write them, settled once for a file, and columns that number its rows.

use std::collections::BTreeMap;
use std::fs;

use plenary_import::{Import, ImportError, Options, read, read_bytes};
use plenary_tables::DateForm;
use plenary_testing::shared;
use plenary_types::{Choice, Decision, StateCode};

use crate::other_bodies::{ballots, days};

fn decision(import: &Import, at: usize) -> Decision {
    let record = import.record(at).unwrap();
    let (_, decision) = record.agreement.decisions().next().unwrap();
    decision.clone()
}

const OF_EXCEL: [(Choice, usize); 4] = [
    (Choice::Yes, 13_145),
    (Choice::No, 1_318),
    (Choice::Abstain, 1_724),
    (Choice::NonVoting, 1_669),
];

#[test]
fn tables_that_programs_saved_again_are_read_without_a_mapping() {
    let of_pandas = [
        (Choice::Yes, 17_769),
        (Choice::No, 550),
        (Choice::Abstain, 2_150),
        (Choice::NonVoting, 1_155),
    ];
    for (file, account, expected, ends) in [
        (
            "excel_us",
            "dates are read as month, day, year",
            OF_EXCEL,
            ["2007-10-30", "2008-06-30"],
        ),
        (
            "excel_de",
            "dates are read as day, month, year",
            OF_EXCEL,
            ["2007-10-30", "2008-06-30"],
        ),
        (
            "pandas_index_timestamps",
            "column 1 numbers the rows",
            of_pandas,
            ["1988-10-02", "1989-04-05"],
        ),
    ] {
        let Some(path) = shared(&format!("others/undl_resaved_{file}.csv.zst")) else {
            return;
        };
        let import = read(path, &Options::default()).unwrap();
        let summary = import.summary();
        assert!(summary.why.contains(account), "{}", summary.why);
        assert_eq!(
            (summary.rejected, import.findings()),
            (0, &[][..]),
            "{file}"
        );
        assert!(
            import.records().all(|record| record.findings.is_empty()),
            "{file}"
        );
        assert_eq!(
            (ballots(&import).0, days(&import)),
            (expected.into(), ends.map(str::to_owned)),
            "{file}"
        );
    }
}

#[test]
fn the_roll_calls_of_voeten_are_read_as_r_writes_them() {
    let Some(path) = shared("others/voeten_UNVotesPublished_sessions_1_30.csv.zst") else {
        return;
    };
    let import = read(path, &Options::default()).unwrap();
    let summary = import.summary();
    assert_eq!(
        (summary.rows, summary.used, summary.records),
        (335_885, 335_885, 1_705)
    );
    assert!(
        summary
            .why
            .contains("column 1 numbers the rows; dates are read as month, day, year")
    );
    assert_eq!(import.findings(), []);
    assert!(import.records().all(|record| record.findings.is_empty()));
    let expected = [
        (Choice::Yes, 105_245),
        (Choice::No, 26_215),
        (Choice::Abstain, 28_193),
        (Choice::NonVoting, 13_595),
        // The 1,235 of code 710 are of China's seat, which then voted under 713: a seat is on a list once.
        (Choice::NotEligible, 162_637 - 1_235),
    ];
    assert_eq!(ballots(&import).0, expected.into());
    assert_eq!(days(&import), ["1946-01-01", "1975-12-07"]);
    let china: StateCode = "CHN".parse().unwrap();
    let mut sessions = BTreeMap::new();
    for at in 0..import.len() {
        let decision = decision(&import, at);
        let ballots = decision.ballots.unwrap();
        let seat = ballots
            .iter()
            .find(|ballot| ballot.entry.state() == Some(china));
        let choice = seat.unwrap().choice;
        assert_ne!(choice, Choice::NotEligible, "{:?}", decision.date);
        let voted = sessions
            .entry(decision.session.unwrap().to_string())
            .or_insert(false);
        *voted |= choice != Choice::NonVoting;
    }
    assert_eq!(sessions.len(), 30);
    assert!(sessions.values().all(|voted| *voted), "{sessions:?}");
}

/// The formats of votes, each with a table of two votes of which only the dates are left open.
fn tables(one: &str, other: &str) -> Vec<(&'static str, String)> {
    let of = |text: &str| text.replace("ONE", one).replace("OTHER", other);
    vec![
        (
            "undl-ga-csv",
            of(
                "undl_id,ms_code,ms_name,ms_vote,date,session,resolution\n1,PER,PERU,Y,ONE,62,A/RES/62/1\n2,PER,PERU,N,OTHER,62,A/RES/62/2\n",
            ),
        ),
        (
            "undl-ga-wide-csv",
            of("resolution,date,PER,CHL,FRA\nA/RES/62/1,ONE,Y,Y,N\nA/RES/62/2,OTHER,Y,N,N\n"),
        ),
        (
            "undl-sc-csv",
            of(
                "undl_id,ms_code,ms_name,ms_vote,date,resolution,permanent_member\n1,PER,PERU,Y,ONE,S/RES/1,\n2,PER,PERU,N,OTHER,S/RES/2,\n",
            ),
        ),
    ]
}

#[test]
fn one_date_settles_those_of_every_format_of_votes() {
    for (ends, read_as) in [
        (("10/12/2007", "30/10/2007"), "2007-12-10"),
        (("10/12/2007", "10/30/2007"), "2007-10-12"),
        (("10.12.2007", "30.10.2007 00:00:00"), "2007-12-10"),
    ] {
        for (format, text) in tables(ends.0, ends.1) {
            let import = read_bytes("votes.csv", text.as_bytes(), &Options::default()).unwrap();
            assert_eq!(import.summary().format, format, "{text}");
            assert!(import.summary().why.contains("dates are read as"), "{text}");
            let date = decision(&import, 0).date.unwrap();
            assert_eq!(date.to_string(), read_as, "{text}");
        }
    }
}

#[test]
fn dates_that_nothing_settles_are_one_error_that_a_setting_resolves() {
    for (format, text) in tables("10/12/2007", "1/2/2008") {
        for options in [Options::default(), Options::default().lenient()] {
            let error = read_bytes("votes.csv", text.as_bytes(), &options).unwrap_err();
            assert!(
                matches!(error, ImportError::AmbiguousDates { .. }),
                "{format}: {error}"
            );
            assert_eq!(
                (error.settings(), error.place().line),
                (&["date-format"][..], Some(2))
            );
            assert!(
                error.to_string().contains("2007-12-10 or 2007-10-12"),
                "{error}"
            );
        }
        let german: DateForm = "%d/%m/%Y".parse().unwrap();
        let import = read_bytes(
            "votes.csv",
            text.as_bytes(),
            &Options::default().with_dates(german),
        );
        let date = decision(&import.unwrap(), 1).date.unwrap();
        assert_eq!(date.to_string(), "2008-02-01", "{format}");
    }
    for (_, text) in tables("30/10/07", "1/2/08") {
        let error = read_bytes("votes.csv", text.as_bytes(), &Options::default()).unwrap_err();
        assert!(error.to_string().contains("two digits"), "{error}");
        assert!(error.help().contains("four digits"), "{}", error.help());
    }
}

#[test]
fn voeten_s_dates_have_the_month_first_unless_they_settle_otherwise() {
    let read_as = |one: &str, other: &str| {
        let text = format!("rcid,ccode,vote,session,date\n1,2,1,26,{one}\n2,2,3,26,{other}\n");
        let import = read_bytes("votes.csv", text.as_bytes(), &Options::default()).unwrap();
        decision(&import, 0).date.unwrap().to_string()
    };
    assert_eq!(read_as("12/7/1971", "11/5/1971"), "1971-12-07");
    assert_eq!(read_as("7/12/1971", "29/11/1971"), "1971-12-07");
}

#[test]
fn the_roll_calls_beside_unvotes_settle_their_dates() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "unvotes.csv",
        "rcid,country,country_code,vote\n1,Peru,PE,yes\n2,Peru,PE,no\n",
    );
    write(
        "roll_calls.csv",
        ",rcid,session,date,unres\n0,1,62,5/12/2007,R/62/1\n1,2,62,18/12/2007,R/62/2\n",
    );
    let import = read(folder.path().join("unvotes.csv"), &Options::default()).unwrap();
    assert_eq!(decision(&import, 0).date.unwrap().to_string(), "2007-12-05");
    let why = &import.summary().why;
    assert!(
        why.ends_with("column 1 numbers the rows; dates are read as day, month, year"),
        "{why}"
    );
    assert!(
        import
            .findings()
            .iter()
            .all(|finding| finding.check != "unknown-column")
    );
}

#[test]
fn acts_and_typed_votes_settle_their_dates() {
    let acts = "agreement,participant,act,date,effective\nx,FRA,accession,5.6.1990,31.12.1990\n";
    let import = read_bytes("acts.csv", acts.as_bytes(), &Options::default()).unwrap();
    let record = import.record(0).unwrap();
    assert_eq!(
        record.agreement.acts[0].date().unwrap().to_string(),
        "1990-06-05"
    );
    assert!(
        import
            .summary()
            .why
            .ends_with("dates are read as day, month, year")
    );
    let acts = acts.replace("31.12", "1.12");
    let error = read_bytes("acts.csv", acts.as_bytes(), &Options::default()).unwrap_err();
    assert!(
        matches!(error, ImportError::AmbiguousDates { .. }),
        "{error}"
    );
    let typed = "title: A question\ndate: 19.12.2018\n\nstate,vote\nPER,yes\n";
    let import = read_bytes("vote.csv", typed.as_bytes(), &Options::default()).unwrap();
    assert_eq!(decision(&import, 0).date.unwrap().to_string(), "2018-12-19");
    let error = read_bytes(
        "vote.csv",
        typed.replace("19.", "9.").as_bytes(),
        &Options::default(),
    );
    assert!(matches!(error, Err(ImportError::AmbiguousDates { .. })));
}

#[test]
fn only_a_column_that_counts_up_numbers_the_rows() {
    let read = |heading: &str, first: &str, second: &str| {
        let text = format!(
            "{heading},undl_id,ms_code,ms_name,ms_vote,date,resolution\n{first},1,PER,PERU,Y,2018-12-19,A/RES/73/1\n{second},1,CHL,CHILE,N,2018-12-19,A/RES/73/1\n"
        );
        let import = read_bytes("votes.csv", text.as_bytes(), &Options::default()).unwrap();
        let told = import.summary().why.contains("column 1 numbers the rows");
        assert_ne!(
            told,
            import
                .findings()
                .iter()
                .any(|f| f.check == "unknown-column")
        );
        told
    };
    for (heading, first, second) in [
        ("", "0", "1"),
        ("\"\"", "\"17\"", "\"40\""),
        ("Unnamed: 0", "0.0", "1.0"),
        ("X", "1", "2"),
        ("...1", "1", "2"),
    ] {
        assert!(read(heading, first, second), "{heading} {first}");
    }
    for (heading, first, second) in [
        ("", "2", "1"),
        ("", "1", "1"),
        ("", "a", "b"),
        ("", "1", ""),
        ("year", "1", "2"),
    ] {
        assert!(!read(heading, first, second), "{heading} {first}");
    }
}
