//! Waivers: what they accept, and when they are a finding themselves.

use plenary_testing::{Context, agreements, faults, treaties};
use plenary_types::{Agreement, Finding, NoOrigin};
use plenary_validation::{Config, Validator};
use proptest::prelude::*;

fn records() -> BoxedStrategy<Agreement> {
    let years =
        Context::assembly().between("1995-01-01".parse().unwrap(), "2026-01-01".parse().unwrap());
    prop_oneof![agreements(&Context::assembly()), treaties(&years)].boxed()
}

/// A configuration that waives a check, after so many lines of comment.
fn waiving(check: &str, lines: usize, expires: &str) -> String {
    let comment = "# looked at\n".repeat(lines);
    format!("{comment}[[waivers]]\ncheck = \"{check}\"\nreason = \"as printed\"\n{expires}")
}

fn idle(config: Config, records: &[&Agreement]) -> Vec<Finding> {
    let validator = Validator::new(config);
    for record in records {
        let _ = validator.check(record, &NoOrigin);
    }
    validator.idle_waivers()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_waiver_is_a_finding_on_its_line_exactly_when_it_matches_nothing(
        valid in records(),
        seed: u64,
        lines in 0usize..20,
    ) {
        for fault in faults() {
            let Some(broken) = fault.inject(&valid, seed) else { continue };
            let config = || Config::from_toml(&waiving(fault.check, lines, "")).unwrap();
            prop_assert_eq!(idle(config(), &[&valid, &broken.agreement]), []);
            let found = idle(config(), &[&valid]);
            let [one] = &found[..] else { panic!("{}: {found:#?}", fault.check) };
            prop_assert_eq!(&*one.check, "unused-waiver");
            let place = (one.place.path.as_deref(), one.place.line);
            prop_assert_eq!(place, (Some("plenary.toml"), Some(lines as u64 + 1)));
        }
    }

    #[test]
    fn what_is_waived_is_no_finding_and_is_told_apart(valid in records(), seed: u64) {
        for fault in faults() {
            let Some(broken) = fault.inject(&valid, seed) else { continue };
            let all = Validator::default().check(&broken.agreement, &NoOrigin);
            let (of_check, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|f| f.check == fault.check);
            let validator = Validator::new(Config::from_toml(&waiving(fault.check, 0, "")).unwrap());
            prop_assert_eq!(validator.check(&broken.agreement, &NoOrigin), rest);
            let waived = validator.waived();
            prop_assert!(waived.iter().all(|w| w.waiver.reason == "as printed"));
            let waived: Vec<_> = waived.into_iter().map(|w| w.finding).collect();
            prop_assert_eq!(waived, of_check);
        }
    }
}

#[test]
fn an_expired_waiver_accepts_nothing_and_says_since_when() {
    let text = waiving("tally-sum", 0, "expires = \"2020-01-01\"");
    let config = |day: &str| {
        let config = Config::from_toml(&text).unwrap();
        config.on(day.parse().unwrap())
    };
    let before = idle(config("2019-12-31"), &[]);
    assert_eq!(
        before[0].message,
        "the waiver of `tally-sum` matches no finding"
    );
    let after = idle(config("2020-01-01"), &[]);
    assert_eq!(after[0].message, "the waiver of `tally-sum` has expired");
    assert_eq!(after[0].found.as_deref(), Some("expired on 2020-01-01"));
}

#[test]
fn a_waiver_of_a_check_that_does_not_run_is_not_judged() {
    let config = || Config::from_toml(&waiving("tally-sum", 0, "")).unwrap();
    assert_eq!(idle(config(), &[]).len(), 1);
    assert_eq!(idle(config().ignore(["tally-sum"]).unwrap(), &[]), []);
    let others = ["member-count", "unused-waiver"];
    assert_eq!(idle(config().select(others).unwrap(), &[]), []);
}

#[test]
fn a_waiver_may_name_the_file_the_line_and_words_of_what_was_found() {
    let finding = |record: Option<&str>, path: &str, line, found: &str| {
        let severity = plenary_types::Severity::Error;
        let place = plenary_types::Place {
            path: Some(path.into()),
            line: Some(line),
            ..Default::default()
        };
        let mut finding = Finding::new("rejected-row", severity, "a row cannot be used")
            .with_place(place)
            .with_found(found);
        finding.record = record.map(Into::into);
        finding
    };
    let waives = |keys: &str, finding: &Finding| {
        let text = format!("[[waivers]]\ncheck = 'rejected-row'\nreason = 'r'\n{keys}");
        let validator = Validator::new(Config::from_toml(&text).unwrap());
        validator.judge(finding.clone()).is_none()
    };
    let one = finding(None, "/data/library.csv", 7, "AN PAKISTAN");
    for (keys, hit) in [
        ("", true),
        ("line = 7", true),
        ("line = 8", false),
        ("path = 'library.csv'\nline = 7", true),
        ("path = 'data/library.csv'", true),
        ("path = 'ary.csv'", false),
        ("found = 'PAKISTAN'", true),
        ("found = 'INDIA'", false),
        ("record = 'A/RES/1/1'", false),
    ] {
        assert_eq!(waives(keys, &one), hit, "{keys}");
    }
    let of_record = finding(Some("A/RES/620(VII)[A]"), "a.csv", 1, "");
    assert!(waives("record = 'A/RES/620 (VII) [A]'", &of_record));
    assert!(!waives("record = 'A/RES/621(VII)'", &of_record));
}

#[test]
fn a_waiver_of_a_record_that_was_not_checked_is_none_of_this_runs_business() {
    let text = "[[waivers]]\ncheck = 'tally-sum'\nrecord = 'A/RES/1/1'\nreason = 'r'";
    let validator = || Validator::new(Config::from_toml(text).unwrap());
    assert_eq!(validator().idle_waivers().len(), 1);
    let elsewhere = validator();
    let see = |symbol: &str| {
        let record = Agreement {
            symbols: vec![plenary_types::Citation::new(symbol)],
            ..Agreement::default()
        };
        let _ = elsewhere.check(&record, &NoOrigin);
    };
    see("A/RES/2/2");
    assert_eq!(elsewhere.idle_waivers(), []);
    see("A/RES/1/1");
    assert_eq!(elsewhere.idle_waivers().len(), 1);
}

#[test]
fn a_waiver_may_name_a_record_in_any_spelling_and_a_field() {
    let text = r#"{"symbols": ["A/RES/217(III)[A]"], "acts": [{"act": "decision", "partial": true,
        "announced": {"yes": 1, "no": 0}, "ballots": {"yes": ["FRA", "PER"], "no": ["CHL"]}}]}"#;
    let agreement: Agreement = serde_json::from_str(text).unwrap();
    let (yes, no) = ("acts[0].announced.yes", "acts[0].announced.no");
    for (waiver, left) in [
        ("", vec![]),
        ("record = '217 A (III)'", vec![]),
        ("record = 'A/RES/217(III)[B]'", vec![yes, no]),
        ("field = 'acts[0].announced.no'", vec![yes]),
        (
            "record = '217 A (III)'\nfield = 'acts[0].announced.yes'",
            vec![no],
        ),
        (
            "record = '217 B (III)'\nfield = 'acts[0].announced.yes'",
            vec![yes, no],
        ),
    ] {
        let config = Config::from_toml(&waiving("tally-mismatch", 0, waiver)).unwrap();
        let found = Validator::new(config).check(&agreement, &NoOrigin);
        let fields = found
            .iter()
            .filter_map(|finding| finding.place.field.as_deref());
        assert_eq!(fields.collect::<Vec<_>>(), left, "{waiver}");
    }
}
