//! What a folder cannot get away with: each is one change of a folder that is right, and is told by its file and line.

use plenary_bodies::{Library, Reference, Setting, Undecidable};
use plenary_types::{AnnouncedTally, BodyId, Decision};

use crate::reference::{File, changed, club, day, load, who};

const TOML: &str = "bodies/river-club.toml";
const MEMBERS: &str = "bodies/river-club.members.csv";
const SHARES: &str = "weights/river-shares.csv";

/// The faults of files, or the warnings where there are none.
fn said(files: Vec<File<'_>>) -> (Vec<String>, Vec<String>) {
    let texts = |all: &[plenary_bodies::ReferenceFault]| -> Vec<String> {
        assert!(all.iter().all(|fault| !fault.help.is_empty()), "{all:#?}");
        all.iter().map(ToString::to_string).collect()
    };
    match load(files) {
        Ok(reference) => (Vec::new(), texts(reference.warnings())),
        Err(errors) => (texts(errors.faults()), Vec::new()),
    }
}

/// The warning that the club has in any case.
const SHARES_BEGIN_LATE: &str = "no weights before 2010-01-01";

fn is_fault(files: Vec<File<'_>>, expected: &str) {
    let (faults, _) = said(files);
    assert_eq!(faults, [expected]);
}

fn is_warning(files: Vec<File<'_>>, expected: &str) {
    let (faults, warnings) = said(files);
    assert_eq!(faults, [""; 0]);
    let others = warnings.iter().filter(|w| !w.contains(SHARES_BEGIN_LATE));
    assert_eq!(others.collect::<Vec<_>>(), [expected]);
}

#[test]
fn a_code_that_nobody_has_is_a_fault_of_the_roster_of_states_unless_the_folder_says_whose_it_is() {
    let club_of = |code: &str| changed(MEMBERS, "MNE,", &format!("{code},"));
    is_fault(
        club_of("MNF"),
        "bodies/river-club.members.csv, line 7, member: no participant has the code `MNF`; did you mean `MAF`?",
    );
    let (faults, _) = said(club_of("QMA"));
    assert_eq!(faults, [""; 0], "a code of one's own");
    let mut files = club_of("MNF");
    let people = "id,kind,name\nMNF,territory,Monfalcone\n";
    files.push(("participants/ours.csv", people.to_owned()));
    let (faults, _) = said(files);
    assert_eq!(faults, [""; 0], "the folder says whose it is");
    for kind in ["person", "party", "unit"] {
        let mut files = club_of("MNF");
        files[0].1 = files[0]
            .1
            .replace("suspended", &format!("member-kind = \"{kind}\"\nsuspended"));
        let (faults, _) = said(files);
        assert_eq!(faults, [""; 0], "{kind}");
    }
}

#[test]
fn a_code_that_nobody_has_is_a_warning_in_tables_that_are_not_of_one_body() {
    is_warning(
        changed(SHARES, "MNE,", "MNF,"),
        "weights/river-shares.csv, line 6, member: no participant has the code `MNF`; did you mean `MAF`?",
    );
    let mut files = club();
    let scheme = "group,member\nupper,AUT\nupper,AUX\n";
    files.push(("groups/reaches.csv", scheme.to_owned()));
    is_warning(
        files,
        "groups/reaches.csv, line 3, member: no participant has the code `AUX`; did you mean `AUS`?",
    );
}

#[test]
fn a_member_before_the_body_exists_or_after_it_ended_is_a_warning() {
    is_warning(
        changed(MEMBERS, "HRV,2001-03-01,,,", "HRV,2001-02-01,,,"),
        "bodies/river-club.members.csv, line 4, from: HRV sits here from 2001-02-01, but the body exists since 2001-03-01",
    );
    let ended = |from: &str, to: &str| {
        let mut files = changed(MEMBERS, from, to);
        files[0].1 = files[0]
            .1
            .replace("default-kind", "to = 2030-01-01\ndefault-kind");
        files
    };
    is_warning(
        ended("MNE,2007-01-15,,", "MNE,2007-01-15,2031-01-01,"),
        "bodies/river-club.members.csv, line 7, to: MNE sits here until before 2031-01-01, but the body existed until before 2030-01-01",
    );
    is_warning(
        ended("MNE,2007-01-15,,", "MNE,2030-01-01,,"),
        "bodies/river-club.members.csv, line 7, from: MNE sits here from 2030-01-01, but the body existed until before 2030-01-01",
    );
    let (_, warnings) = said(ended("MNE,2007-01-15,,", "MNE,2007-01-15,2030-01-01,"));
    assert!(
        warnings.iter().all(|w| w.contains(SHARES_BEGIN_LATE)),
        "{warnings:?}"
    );
    is_warning(
        changed(
            TOML,
            "from = 2001-03-01\ndefault",
            "from = 2003-02-04\ndefault",
        ),
        "bodies/river-club.members.csv, line 2, from: AUT sits here from 2001-03-01, but the body exists since 2003-02-04, and 2 other rows are such",
    );
}

#[test]
fn days_that_end_before_they_begin_are_a_fault_wherever_they_stand() {
    for (to, expected) in [
        (
            "to = 2001-03-01\ndefault-kind",
            "line 4: the days of the body end on 2001-03-01, and begin on 2001-03-01",
        ),
        (
            "known-from = 2002-01-01\nknown-until = 2001-12-31\ndefault-kind",
            "line 5: the days for which the roster is complete end on 2001-12-31, and begin on 2002-01-01",
        ),
        (
            "names = [{ name = \"Old Club\", from = 2002-01-01, to = 2001-01-01 }]\ndefault-kind",
            "line 4: the days of the name `Old Club` end on 2001-01-01, and begin on 2002-01-01",
        ),
        (
            "codes = [{ code = \"QMA\", member = \"AUT\", from = 2002-01-01, to = 2002-01-01, source = \"\" }]\ndefault-kind",
            "line 4: the days of the code `QMA` end on 2002-01-01, and begin on 2002-01-01",
        ),
    ] {
        let (faults, _) = said(changed(TOML, "default-kind", to));
        let expected = format!("{TOML}, {expected}");
        assert!(
            faults.contains(&expected),
            "expected {expected}, found {faults:#?}"
        );
    }
}

#[test]
fn what_leads_in_a_circle_is_a_fault() {
    let subjects = "subjects = [\"budget\"]";
    is_fault(
        changed(TOML, subjects, "subjects = [\"budget\"]\nof = \"budget\""),
        "bodies/river-club.toml, line 15: `of` leads in a circle: `budget` → `budget`",
    );
    let two = "subjects = [\"budget\"]\nof = \"loan\"";
    let mut files = changed(TOML, subjects, two);
    files[0]
        .1
        .push_str("[kinds.loan]\nof = \"budget\"\nlike = \"ordinary\"\n");
    is_fault(
        files,
        "bodies/river-club.toml, line 15: `of` leads in a circle: `budget` → `loan` → `budget`",
    );
    for key in ["members-of", "roster-of"] {
        let other =
            |of: &str| format!("format = 1\nname = \"B\"\nfrom = 2001-03-01\n{key} = \"{of}\"\n");
        let files = vec![
            ("bodies/club-a.toml", other("club-b")),
            ("bodies/club-b.toml", other("club-a")),
        ];
        let (faults, _) = said(files);
        let expected = format!(
            "bodies/club-a.toml, line 4: `{key}` leads in a circle: `club-a` → `club-b` → `club-a`"
        );
        assert!(faults.contains(&expected), "{faults:#?}");
        let (faults, _) = said(vec![("bodies/club-a.toml", other("club-a"))]);
        let expected =
            format!("bodies/club-a.toml, line 4: `{key}` leads in a circle: `club-a` → `club-a`");
        assert!(faults.contains(&expected), "{faults:#?}");
    }
}

#[test]
fn another_body_that_is_named_has_to_have_what_is_taken_from_it() {
    let with = |line: &str| changed(TOML, "default-kind", &format!("{line}\ndefault-kind"));
    is_warning(
        with("members-of = \"ungaa\""),
        "bodies/river-club.toml, line 4: unknown body `ungaa` in `members-of`; did you mean `unga`?",
    );
    is_warning(
        with("elected-by = \"moon\""),
        "bodies/river-club.toml, line 4: unknown body `moon` in `elected-by`",
    );
    let committee = |of: &str| {
        let text = format!("format = 1\nname = \"C\"\nfrom = 2001-03-01\nroster-of = \"{of}\"\n");
        let mut files = club();
        files.push(("bodies/river-committee.toml", text));
        files
    };
    assert_eq!(said(committee("river-club")).0, [""; 0]);
    for (of, expected) in [
        ("imf", "`imf` has no roster of its own"),
        ("un", "`un` has no roster of its own"),
    ] {
        is_fault(
            committee(of),
            &format!("bodies/river-committee.toml, line 4: {expected}"),
        );
    }
    let leads = "subjects = [\"budget\"]\nleads-to = { relation = \"adopted-by\", requirement = \"all members\", groups-of = \"unsk\" }";
    is_fault(
        changed(TOML, "subjects = [\"budget\"]", leads),
        "bodies/river-club.toml, line 15: unknown body `unsk` in `leads-to.groups-of` of `kinds.budget`; did you mean `unsc`?",
    );
}

#[test]
fn the_members_of_a_body_whose_roster_is_that_of_another_bound_those_of_a_third() {
    let body = |line: &str| format!("format = 1\nname = \"C\"\nfrom = 2001-03-01\n{line}\n");
    let mut files = club();
    files.push((
        "bodies/river-committee.toml",
        body("roster-of = \"river-club\""),
    ));
    files.push(("bodies/river-board.toml", body("members-of = \"river-committee\"\nseats = [{ from = 2001-03-01, count = 2, source = \"\" }]")));
    let reference = load(files).unwrap();
    let board = reference.body("river-board").unwrap();
    let electorate = board.electorate(day("2010-05-05").into()).unwrap();
    assert!(electorate.may_list(who("AUT")) && !electorate.may_list(who("FRA")));
}

#[test]
fn names_in_requirements_that_nobody_defines_are_told_when_the_folder_is_read() {
    is_fault(
        changed(
            TOML,
            "no member of founders against",
            "no member of founder against",
        ),
        "bodies/river-club.toml, line 13: unknown group `founder`; did you mean `founders`?",
    );
    is_fault(
        changed(
            TOML,
            "2015-01-01, requirement = \"at least 2/3 of river-shares\"",
            "2015-01-01, requirement = \"at least 2/3 of river-share\"",
        ),
        "bodies/river-club.toml, line 18: unknown table `river-share`; did you mean `river-shares`?",
    );
    is_warning(
        changed(
            TOML,
            "no member of founders against",
            "no member of elders against",
        ),
        "bodies/river-club.toml, line 13: unknown group `elders`: no vote can be decided by it",
    );
    is_warning(
        changed(
            TOML,
            "no member of founders against",
            "no member of P5 against",
        ),
        "bodies/river-club.toml, line 13: unknown group `P5`: no vote can be decided by it",
    );
    is_warning(
        changed(
            TOML,
            "; no member of founders against",
            "; at least 1/2 of population",
        ),
        "bodies/river-club.toml, line 13: unknown table `population`: no vote can be decided by it",
    );
    is_warning(
        changed(
            TOML,
            "2/3 of members present",
            "2/3 of members of elders present",
        ),
        "bodies/river-club.toml, line 9: unknown group `elders`: no vote can be decided by it",
    );
    is_warning(
        changed(
            TOML,
            "; no member of founders against",
            "; in bord (all members)",
        ),
        "bodies/river-club.toml, line 13: nothing says which body the organ `bord` is",
    );
    let organ = changed(
        TOML,
        "ordinary = { rules",
        "ordinary = { organs = { bord = \"unsc\" }, rules",
    );
    let mut organ = organ;
    organ[0].1 = organ[0].1.replace(
        "; no member of founders against",
        "; in bord (no member of P5 against)",
    );
    let (faults, warnings) = said(organ);
    assert_eq!(faults, [""; 0]);
    assert!(
        warnings.iter().all(|w| w.contains(SHARES_BEGIN_LATE)),
        "{warnings:?}"
    );
}

#[test]
fn two_kinds_that_nothing_tells_apart_are_a_fault_and_those_of_different_days_are_not() {
    let more = |line: &str, rules: &str| {
        let mut files = club();
        files[0]
            .1
            .push_str(&format!("[kinds.tax]\n{line}\nrules = [{rules}]\n"));
        files
    };
    let rule = |from: &str, to: &str| {
        let to = if to.is_empty() {
            String::new()
        } else {
            format!(", to = {to}")
        };
        format!("{{ from = {from}{to}, requirement = \"all members\", source = \"\" }}")
    };
    let apart =
        "bodies/river-club.toml, line 21: nothing tells `kinds.budget` and `kinds.tax` apart on";
    is_fault(
        more("subjects = [\"dams\", \"budget\"]", &rule("2010-01-01", "")),
        &format!("{apart} 2010-01-01: both have the subject `budget`"),
    );
    let (faults, _) = said(more(
        "of = \"ordinary\"\nsubjects = [\"budget\"]",
        &rule("2010-01-01", ""),
    ));
    assert_eq!(faults, [""; 0], "a special case of another kind");
    for (line, what) in [
        ("nature = \"procedural\"", "the same `nature`"),
        ("mode = \"silence\"", "the mode `silence`"),
        (
            "asked-as = [\"On the\"]",
            "questions that begin with `On the`",
        ),
        (
            "of = \"ordinary\"\nscopes = [\"motion\"]",
            "the scope `motion`",
        ),
        (
            "of = \"ordinary\"\nsubjects = [\"dams\"]",
            "the subject `dams`",
        ),
    ] {
        let mut files = more(line, &rule("2001-03-01", ""));
        files[0].1.push_str(&format!(
            "[kinds.toll]\n{line}\nrules = [{}]\n",
            rule("2001-03-01", "")
        ));
        let (faults, _) = said(files);
        let [fault] = &faults[..] else {
            panic!("{faults:#?}")
        };
        assert!(fault.ends_with(&format!("both have {what}")), "{fault}");
    }
    // The budget was another kind of question at first: each is found on its days.
    let mut files = more("subjects = [\"budget\"]", &rule("2001-03-01", "2005-01-01"));
    files[0].1 = files[0].1.replace(
        "from = 2001-03-01, to = 2015-01-01",
        "from = 2005-01-01, to = 2015-01-01",
    );
    let reference = load(files).unwrap();
    let kind = |on: &str| {
        let rules =
            reference
                .library()
                .rules_on(&"river-club".parse().unwrap(), Some("budget"), day(on));
        rules.first().map(plenary_bodies::Applied::title)
    };
    // `budget` is a kind as well, which goes before a subject of its name.
    assert_eq!(kind("2012-01-01").as_deref(), Some("River Club, budget"));
    let agreement = plenary_types::Agreement {
        subjects: vec!["budget".to_owned()],
        ..plenary_types::Agreement::default()
    };
    let title = |on: &str| {
        let decision = Decision {
            body: "river-club".parse().ok(),
            date: on.parse().ok(),
            announced: AnnouncedTally {
                yes: Some(3),
                no: Some(0),
                ..AnnouncedTally::default()
            },
            ..Decision::default()
        };
        let setting = Setting {
            agreement: Some(&agreement),
            ..Setting::default()
        };
        reference
            .library()
            .ruling(&decision, &setting)
            .unwrap()
            .rule()
            .title()
    };
    assert_eq!(
        (title("2004-05-05"), title("2012-05-05")),
        (
            "River Club, tax".to_owned(),
            "River Club, budget".to_owned()
        )
    );
}

#[test]
fn a_kind_that_is_taken_for_granted_has_to_be_one_on_which_votes_are_counted() {
    for (line, why) in [
        (
            "secret = true",
            "is decided by secret ballot, and no public ballot is of it",
        ),
        (
            "mode = \"silence\"",
            "is decided by `silence`, where no votes are counted",
        ),
        ("not-a-question = true", "is not a question"),
    ] {
        let mut files = changed(
            TOML,
            "default-kind = \"ordinary\"",
            "default-kind = \"budget\"",
        );
        files[0].1 = files[0].1.replace("subjects = [\"budget\"]", line);
        is_fault(
            files,
            &format!("bodies/river-club.toml, line 4: `budget` in `default-kind` {why}"),
        );
    }
    is_fault(
        changed(
            TOML,
            "default-kind = \"ordinary\"",
            "default-kind = \"quorum-decide\"",
        ),
        "bodies/river-club.toml, line 4: `quorum-decide` in `default-kind` is a quorum and no question",
    );
    is_fault(
        changed(TOML, "subjects = [\"budget\"]", "mode = \"secret\""),
        "bodies/river-club.toml, line 15: no decision by secret ballot is judged by the rules of `kinds.budget`",
    );
    is_fault(
        changed(TOML, "subjects = [\"budget\"]", "mode = \"without-vote\""),
        "bodies/river-club.toml, line 15: nothing is counted in a decision without a vote, by the rules of `kinds.budget`",
    );
}

#[test]
fn a_name_for_two_groups_or_two_tables_of_one_body_is_a_fault() {
    is_fault(
        changed(
            TOML,
            "[\"river-shares\"]",
            "[\"river-shares\", { name = \"river-shares\", table = \"eu-population\" }]",
        ),
        "bodies/river-club.toml, line 6: two tables of weights are called `river-shares`",
    );
    let other = "format = 1\nname = \"Lake Club\"\nfrom = 2001-03-01\ngroups-of = [\"river-club\", \"pond-club\"]\n";
    let pond = "format = 1\nname = \"Pond Club\"\nfrom = 2001-03-01\ngroups = { founders = { status = \"founder\" } }\n";
    let mut files = club();
    files.push(("bodies/pond-club.toml", pond.to_owned()));
    files.push((
        "bodies/pond-club.members.csv",
        "member,status\nFRA,founder\n".to_owned(),
    ));
    files.push(("bodies/lake-club.toml", other.to_owned()));
    is_fault(
        files,
        "bodies/lake-club.toml, line 4: `founders` is a group of `river-club` and of `pond-club`",
    );
}

#[test]
fn a_group_of_two_schemes_takes_part_only_where_both_are_alike_or_the_scheme_is_stated() {
    let with = |second: &str| -> std::sync::Arc<Reference> {
        let mut files = club();
        files.push((
            "groups/by-river.csv",
            "group,member\nupper,AUT\nupper,HUN\n".to_owned(),
        ));
        files.push((
            "groups/by-height.csv",
            format!("group,member\nupper,AUT\n{second}"),
        ));
        load(files).unwrap()
    };
    let taking_part = |library: &Library, group: &str| {
        let decision: Decision = serde_json::from_value(serde_json::json!({
            "body": "river-club", "date": "2020-05-05", "taking-part": group
        }))
        .unwrap();
        let members = library.taking_part(&decision, None::<&BodyId>);
        members.map(|all| {
            all.unwrap_or_default()
                .iter()
                .map(|who| who.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        })
    };
    let different = with("");
    let error = taking_part(different.library(), "upper").unwrap_err();
    let what = vec!["which `upper` takes part: `by-height:upper` or `by-river:upper`".to_owned()];
    assert_eq!(error, Undecidable::Missing { what });
    assert_eq!(
        taking_part(different.library(), "by-height:upper").as_deref(),
        Ok("AUT")
    );
    assert_eq!(
        taking_part(different.library(), "by-river:upper").as_deref(),
        Ok("AUT HUN")
    );
    let alike = with("upper,HUN\n");
    assert_eq!(
        taking_part(alike.library(), "upper").as_deref(),
        Ok("AUT HUN")
    );
}

#[test]
fn weights_that_no_source_confirms_are_marked_in_their_rows_or_where_the_body_names_them() {
    let shares = "river-shares".parse().unwrap();
    let doubtful = |files: Vec<File<'_>>, on: &str| {
        let reference = load(files).unwrap();
        let facts = reference.body("river-club").unwrap().facts(day(on));
        let table = facts.table(&shares).unwrap();
        (table.is_unverified(), table.source().unwrap().to_owned())
    };
    let plain = (false, "Annex II".to_owned());
    assert_eq!(doubtful(club(), "2012-05-05"), plain);
    let named = "[{ name = \"river-shares\", unverified = true }]";
    let of_body = changed(TOML, "[\"river-shares\"]", named);
    assert_eq!(
        doubtful(of_body, "2012-05-05"),
        (true, "Annex II".to_owned())
    );
    let rows = "member,weight,from,to,unverified,basis\n\
                AUT,14,2010-01-01,,,Annex II\n\
                HUN,13,2010-01-01,2012-01-01,,Annex II\n\
                HUN,15,2012-01-01,2013-01-01,weight,an estimate\n\
                HUN,13,2013-01-01,,,Annex II\n";
    let of_rows = |on: &str| {
        let mut files = club();
        files[2].1 = rows.to_owned();
        doubtful(files, on)
    };
    let estimate = "Annex II, and 1 other source".to_owned();
    assert_eq!(of_rows("2011-12-31"), plain);
    assert_eq!(of_rows("2012-01-01"), (true, estimate.clone()));
    assert_eq!(of_rows("2012-12-31"), (true, estimate));
    assert_eq!(of_rows("2013-01-01"), plain);
    let mut files = club();
    files[2].1 = rows.replace(",weight,an", ",maybe,an");
    is_fault(
        files,
        "weights/river-shares.csv, line 4, unverified: `maybe` is unknown (expected `weight`, or nothing)",
    );
}

#[test]
fn the_shares_of_the_union_are_confirmed_for_the_years_that_they_were_published_for() {
    let union = Reference::embedded().body("eu-council").unwrap();
    let population = "population".parse().unwrap();
    for (on, unverified, year) in [
        ("2015-09-22", true, "for 2016"),
        ("2016-01-01", false, "for 2016"),
        ("2016-12-31", false, "for 2016"),
        ("2017-01-01", true, "for 2016"),
        ("2020-02-01", true, "for 2025"),
        ("2025-06-01", false, "for 2025"),
        ("2026-01-01", true, "for 2025"),
    ] {
        let table = union.facts(day(on)).table(&population).unwrap();
        assert_eq!(table.is_unverified(), unverified, "{on}");
        assert!(table.source().unwrap().contains(year), "{on}");
    }
}
