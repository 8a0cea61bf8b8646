//! Files of reference data: what they may say, and what is said of those that are wrong.

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::{ChairVotes, QuorumUse, Reference, ReferenceErrors, Status, SuspendedCount};
use plenary_types::{Choice, Outcome, Participant};
use proptest::prelude::*;

const CLUB: &str = r#"format = 1
name = "River Club"
from = 2001-03-01
default-kind = "ordinary"
suspended = "out"
weights = ["river-shares"]
sessions = { series = ["<year>", "<year>-X<n>"] }
symbols = ["RC/<year>/<n>"]
quorum = { decide = "at least 2/3 of members present" }
groups = { founders = { status = "founder" } }

[kinds]
ordinary = { rules = [{ from = 2001-03-01, requirement = "more than 1/2 of present and voting; no member of founders against", source = "Statute, Art. 9" }] }

[kinds.budget]
subjects = ["budget"]
rules = [
  { from = 2001-03-01, to = 2015-01-01, requirement = "at least 2/3 of river-shares", source = "Statute, Art. 11" },
  { from = 2015-01-01, requirement = "at least 2/3 of river-shares; more than 1/2 of members", source = "Statute, Art. 11 as amended" },
]
"#;

const MEMBERS: &str = "\
member,from,to,status,seat,basis
AUT,2001-03-01,,founder,,Statute
HUN,2001-03-01,,founder,,Statute
HRV,2001-03-01,,,,Statute
SCG,2003-02-04,2006-06-03,,serbia,accession
SRB,2006-06-03,,,serbia,continues SCG
MNE,2007-01-15,,,,accession
BIH,2005-01-01,,observer,,Decision RC/2004/7
HRV,2012-01-01,2012-07-01,suspended,,arrears
";

const SHARES: &str = "\
member,weight,from,to,basis
AUT,14,2010-01-01,,Annex II
HUN,13,2010-01-01,,Annex II
HRV,7,2010-01-01,,Annex II
SRB,9,2010-01-01,,Annex II
MNE,1.5,2010-01-01,,Annex II
";

pub(crate) type File<'f> = (&'f str, String);

pub(crate) fn club() -> Vec<File<'static>> {
    vec![
        ("bodies/river-club.toml", CLUB.to_owned()),
        ("bodies/river-club.members.csv", MEMBERS.to_owned()),
        ("weights/river-shares.csv", SHARES.to_owned()),
    ]
}

pub(crate) fn load(files: Vec<File<'_>>) -> Result<Arc<Reference>, ReferenceErrors> {
    Reference::embedded().with_files("test", files)
}

/// The club with one text of one of its files exchanged.
pub(crate) fn changed(path: &str, from: &str, to: &str) -> Vec<File<'static>> {
    let mut files = club();
    let file = files.iter_mut().find(|(name, _)| *name == path).unwrap();
    assert!(file.1.contains(from), "{path} has `{from}`");
    file.1 = file.1.replace(from, to);
    files
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn who(text: &str) -> Participant {
    text.parse().unwrap()
}

fn texts(all: &[Participant]) -> String {
    let all: Vec<_> = all.iter().map(|who| who.as_str()).collect();
    all.join(" ")
}

#[test]
fn a_suspended_member_that_is_no_member_has_no_share() {
    let shares = "river-shares".parse().unwrap();
    for (counts, has_share) in [("out", false), ("keeps-seat", false), ("counts", true)] {
        let suspended = format!("suspended = \"{counts}\"");
        let files = changed("bodies/river-club.toml", "suspended = \"out\"", &suspended);
        let reference = load(files).unwrap();
        let body = reference.body("river-club").unwrap();
        let has = |on: &str| {
            let table = body.facts(day(on)).table(&shares).unwrap();
            let mut weights = table.weights().iter();
            weights.any(|(member, _)| *member == who("HRV"))
        };
        for (on, expected) in [
            ("2011-12-31", true),
            ("2012-01-01", has_share),
            ("2012-06-30", has_share),
            ("2012-07-01", true),
        ] {
            assert_eq!(has(on), expected, "{counts} on {on}");
        }
    }
}

#[test]
fn two_small_files_make_a_body() {
    let reference = load(club()).unwrap();
    let body = reference.body("river-club").unwrap();
    assert_eq!(
        (body.name(), body.span().from),
        ("River Club", day("2001-03-01"))
    );
    assert_eq!(body.suspended(), SuspendedCount::Out);
    let members = |on: &str| texts(body.members_on(day(on)).unwrap_or_default());
    for (on, expected) in [
        ("2001-02-28", ""),
        ("2001-03-01", "AUT HRV HUN"),
        ("2006-06-02", "AUT HRV HUN SCG"),
        ("2006-06-03", "AUT HRV HUN SRB"),
        ("2012-06-30", "AUT HUN MNE SRB"),
        ("2012-07-01", "AUT HRV HUN MNE SRB"),
    ] {
        assert_eq!(members(on), expected, "{on}");
    }
    let roster = body.roster().unwrap();
    let status = |who: &str, on: &str| {
        roster
            .status_on(who.parse().unwrap(), day(on))
            .map(Status::as_str)
    };
    assert_eq!(status("HRV", "2012-03-01"), Some("suspended"));
    assert_eq!(status("AUT", "2012-03-01"), Some("founder"));
    assert_eq!(status("BIH", "2012-03-01"), Some("observer"));
    assert_eq!(status("BIH", "2004-12-31"), None);
    assert_eq!(
        roster.holder_on("serbia", day("2004-01-01")),
        Some(who("SCG"))
    );
    assert_eq!(
        roster.seat_holder_on(who("SRB"), day("2004-01-01")),
        Some(who("SCG"))
    );
    assert_eq!(roster.seat_holder_on(who("FRA"), day("2004-01-01")), None);
    let ranges = [
        ("2006-06-03", 4..=4),
        ("2012-01-01", 4..=5),
        ("2012-07-01", 4..=5),
        ("2007", 4..=5),
    ];
    for (date, range) in ranges {
        assert_eq!(
            roster.count_range(date.parse().unwrap()),
            Some(range),
            "{date}"
        );
    }
    assert_eq!(roster.count_range("2000".parse().unwrap()), None);
    let founders = body
        .facts(day("2020-01-01"))
        .group(&"founders".parse().unwrap())
        .cloned();
    assert_eq!(founders.unwrap().seats(), 2);
    let table = body
        .facts(day("2020-01-01"))
        .table(&"river-shares".parse().unwrap())
        .cloned()
        .unwrap();
    assert_eq!(table.print(table.total()), "44.5");
    assert!(
        body.facts(day("2009-12-31"))
            .table(&"river-shares".parse().unwrap())
            .is_none()
    );
    assert!(body.symbols()[0].matches("RC/2020/3"));
    assert!(body.sessions().is_session("2020-X1") && !body.sessions().is_session("73"));
    let kind = body.kind("quorum-decide").unwrap();
    assert_eq!(
        (kind.quorum, kind.is_question),
        (Some(QuorumUse::Decide), false)
    );
    let rule = reference
        .library()
        .rule_for("river-club", "budget", day("2020-01-01"))
        .unwrap()
        .rule;
    assert_eq!(
        (rule.id.as_str(), rule.title.as_str()),
        ("river-club-budget", "River Club, budget")
    );
}

#[test]
fn the_weights_that_are_missing_for_a_rule_are_a_warning() {
    let reference = load(club()).unwrap();
    let warnings: Vec<_> = reference
        .warnings()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        warnings,
        [
            "weights/river-shares.csv: no weights before 2010-01-01, but `river-club` has `budget` since 2001-03-01: it cannot be decided then"
        ]
    );
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_line_and_what_to_do() {
    let (toml, csv, shares) = (
        "bodies/river-club.toml",
        "bodies/river-club.members.csv",
        "weights/river-shares.csv",
    );
    for (path, from, to, expected) in [
        (
            toml,
            "to = 2015-01-01, ",
            "",
            "bodies/river-club.toml, line 19: two rules of `kinds.budget` are the law on 2015-01-01",
        ),
        (
            toml,
            "\"founder\"",
            "\"foundre\"",
            "bodies/river-club.members.csv, line 2, status: `founder` is an unknown status; did you mean `foundre`?",
        ),
        (
            toml,
            "name = \"River Club\"\n",
            "",
            "bodies/river-club.toml, line 1: the body has no name",
        ),
        (
            toml,
            "from = 2001-03-01\ndefault",
            "default",
            "bodies/river-club.toml, line 1: the body has no first day",
        ),
        (
            toml,
            "\"ordinary\"",
            "\"ordinery\"",
            "bodies/river-club.toml, line 4: unknown kind `ordinery` in `default-kind`; did you mean `ordinary`?",
        ),
        (
            toml,
            "[\"river-shares\"]",
            "[\"river-share\"]",
            "bodies/river-club.toml, line 6: unknown weights `river-share`; did you mean `river-shares`?",
        ),
        (
            toml,
            "weights =",
            "wieghts =",
            "bodies/river-club.toml, line 6: unknown field `wieghts`",
        ),
        (
            toml,
            "RC/<year>/<n>",
            "RC/<yaer>/<n>",
            "bodies/river-club.toml, line 8: unknown place `<yaer>` in `RC/<yaer>/<n>`",
        ),
        (
            toml,
            "at least 2/3 of members present",
            "at least 2/3 of",
            "bodies/river-club.toml, line 9: ",
        ),
        (
            toml,
            "format = 1",
            "format = 2",
            "bodies/river-club.toml, line 1: the format is 2, and this version reads 1",
        ),
        (
            toml,
            "subjects = [\"budget\"]",
            "of = \"ordinery\"",
            "bodies/river-club.toml, line 16: unknown kind `ordinery` in `of` of `kinds.budget`; did you mean `ordinary`?",
        ),
        (
            toml,
            "subjects = [\"budget\"]",
            "scopes = [\"motion\"]",
            "bodies/river-club.toml, line 15: `kinds.budget` has `scopes` and no `of`",
        ),
        (
            toml,
            "subjects = [\"budget\"]",
            "organs = { board = \"unsc\" }",
            "bodies/river-club.toml, line 15: no rule of `kinds.budget` asks for the organ `board`",
        ),
        (
            toml,
            "default-kind",
            "members-of = \"ungaa\"\nshow-groups = \"rivers\"\ndefault-kind",
            "bodies/river-club.toml, line 5: unknown groups `rivers`",
        ),
        (
            toml,
            "default-kind",
            "roster-of = \"ungaa\"\ndefault-kind",
            "bodies/river-club.toml, line 4: unknown body `ungaa` in `roster-of`; did you mean `unga`?",
        ),
        (
            toml,
            "default-kind",
            "seats = [{ from = 2001-03-01, count = 47, by = { a = 13, b = 33 }, source = \"\" }]\ndefault-kind",
            "bodies/river-club.toml, line 4: seats are 47, but the groups have 46",
        ),
        (
            csv,
            "HRV,2012-01-01,2012-07-01",
            "MNE,2006-06-03,2012-07-01",
            "bodies/river-club.members.csv, line 9: MNE is suspended from 2006-06-03, but a member only from 2007-01-15",
        ),
        (
            csv,
            "HRV,2012-01-01,2012-07-01",
            "BIH,2012-01-01,2012-07-01",
            "bodies/river-club.members.csv, line 9: BIH is suspended from 2012-01-01, and no member then",
        ),
        (
            csv,
            "SRB,2006-06-03,,,serbia",
            "SRB,2006-06-02,,,serbia",
            "bodies/river-club.members.csv, line 6: two hold the seat `serbia` on 2006-06-02",
        ),
        (
            csv,
            "MNE,2007-01-15",
            "HRV,2007-01-15",
            "bodies/river-club.members.csv, line 7: HRV is a member twice on 2007-01-15",
        ),
        (
            csv,
            "MNE,2007-01-15,",
            "MNE,2007-01-15,2007-01-15",
            "bodies/river-club.members.csv, line 7, to: the days end on 2007-01-15, and begin on 2007-01-15",
        ),
        (
            csv,
            "MNE,",
            "Montenegri,",
            "bodies/river-club.members.csv, line 7, member: `Montenegri` is not one participant",
        ),
        (
            csv,
            "MNE,",
            "org:,",
            "bodies/river-club.members.csv, line 7, member: `org:` has no identifier after its kind",
        ),
        (
            csv,
            "status,seat",
            "statuss,seat",
            "bodies/river-club.members.csv, line 1: unknown column `statuss`; did you mean `status`?",
        ),
        (
            csv,
            "member,from",
            "who,from",
            "bodies/river-club.members.csv, line 1: there is no column `member`",
        ),
        (
            csv,
            "2005-01-01,,observer",
            "2005-01-01,,observant",
            "bodies/river-club.members.csv, line 8, status: `observant` is an unknown status; did you mean `observer`?",
        ),
        (
            shares,
            "AUT,14",
            "AUT,a lot",
            "weights/river-shares.csv, line 2, weight: `a lot` is not a weight",
        ),
        (
            shares,
            "HUN,13",
            "AUT,13",
            "weights/river-shares.csv, line 3: AUT has two weights on 2010-01-01",
        ),
    ] {
        let error = load(changed(path, from, to)).unwrap_err();
        let faults: Vec<_> = error.faults().iter().map(ToString::to_string).collect();
        assert!(
            faults.iter().any(|fault| fault.starts_with(expected)),
            "expected {expected}, found {faults:#?}"
        );
        assert!(
            error.faults().iter().all(|fault| !fault.help.is_empty()),
            "{error}"
        );
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let mut files = changed("bodies/river-club.toml", "to = 2015-01-01, ", "");
    files[2].1 = files[2].1.replace("AUT,14", "AUT,a lot");
    files.push(("bodies/other.members.csv", "member\nFRA\n".to_owned()));
    files.push(("bodies/notes.csv", "member\nFRA\n".to_owned()));
    files.push(("bodies/Other.toml", "format = 1\n".to_owned()));
    let error = load(files).unwrap_err();
    let paths: Vec<_> = error
        .faults()
        .iter()
        .map(|fault| fault.path.as_str())
        .collect();
    let expected = [
        "bodies/Other.toml",
        "bodies/notes.csv",
        "bodies/other.members.csv",
        "bodies/river-club.toml",
        "weights/river-shares.csv",
    ];
    assert_eq!(paths, expected, "{error}");
    let text = error.to_string();
    assert!(
        text.contains(
            "\n  help: end the first with `to = 2015-01-01`, or mark one as `practice = true`"
        ),
        "{text}"
    );
}

#[test]
fn a_file_of_a_folder_replaces_the_one_of_its_name_and_extends_takes_whole_tables() {
    let text = "format = 1\nextends = \"unsc\"\n[kinds.substantive]\nrules = [{ from = 1945-10-24, requirement = \"at least 12 votes\", source = \"an example\" }]\n";
    let reference = load(vec![("bodies/unsc.toml", text.to_owned())]).unwrap();
    let rule = |category: &str| {
        let rule = reference
            .library()
            .rule_for("unsc", category, day("2018-12-19"));
        rule.map(|rule| rule.rule.requirement.to_string())
    };
    assert_eq!(rule("substantive").as_deref(), Some("at least 12 votes"));
    assert_eq!(rule("procedural").as_deref(), Some("at least 9 votes"));
    let body = reference.body("unsc").unwrap();
    assert_eq!(
        (body.name(), body.layers()),
        ("Security Council", &[0, 1][..])
    );
    assert_eq!(body.members_on(day("2018-12-19")).unwrap().len(), 15);
    assert_eq!(reference.layers().collect::<Vec<_>>(), ["embedded", "test"]);
    let alone = "format = 1\nname = \"Security Council\"\nfrom = 1945-10-24\n";
    let reference = load(vec![("bodies/unsc.toml", alone.to_owned())]);
    // `un`, `icj` and `unga` take the groups of the Security Council, which then has none.
    let reference = reference.unwrap();
    assert!(reference.library().rules_of("unsc").is_empty());
}

#[test]
fn a_roster_goes_on_where_the_last_one_ends_only_if_the_body_says_so() {
    let text = "format = 1\nextends = \"unsc\"\nmembers = \"append\"\nknown-until = 2029-01-01\n";
    let rows = "member,from,to,status\nFRA,2026-12-31,2027-01-01,observer\nNOR,2027-01-01,2029-01-01,elected\n";
    let files = vec![
        ("bodies/unsc.toml", text.to_owned()),
        ("bodies/unsc.members.csv", rows.to_owned()),
    ];
    let count = |files| {
        load(files)
            .unwrap()
            .body("unsc")
            .unwrap()
            .members_on(day("2028-01-01"))
            .map(<[_]>::len)
    };
    assert_eq!(count(files.clone()), Some(6));
    let files = vec![
        (
            "bodies/unsc.toml",
            text.replace("members = \"append\"\n", ""),
        ),
        files[1].clone(),
    ];
    // The five permanent members are gone with the table that was replaced.
    let error = load(files).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no row of the roster has the status `permanent`"),
        "{error}"
    );
    let error = load(vec![(
        "bodies/unsc.toml",
        text.replace("extends = \"unsc\"\n", "name = \"a\"\nfrom = 1990-01-01\n"),
    )]);
    assert!(error.unwrap_err().to_string().contains("without `extends`"));
}

#[test]
fn a_circle_of_files_that_extend_each_other_is_refused() {
    let text = |other: &str| format!("format = 1\nextends = \"{other}\"\n");
    let files = vec![
        ("bodies/aa.toml", text("bb")),
        ("bodies/bb.toml", text("aa")),
        ("bodies/cc.toml", text("cc")),
    ];
    let error = load(files).unwrap_err().to_string();
    assert!(error.contains("extended in a circle"), "{error}");
    assert!(error.contains("bodies/cc.toml, line 2: `cc` is extended, but there is no `bodies/cc.toml` below this file"), "{error}");
}

#[test]
fn kinds_take_the_rules_of_others_and_words_count_as_the_body_says() {
    let text = r#"format = 1
names = [{ name = "Old Chamber", to = 1990-01-01 }, { name = "Chamber", from = 1990-01-01 }]
from = 1950-01-01
member-kind = "person"
chair = { member = false, votes = "on-tie" }
choices = { present = "abstain", paired = "non-voting" }
outcomes = { "Agreed to" = "adopted" }
terms = { years = 3, consecutive = 2 }
default-kind = "main"

[kinds.main]
rules = [
  { from = 1950-01-01, requirement = "at least 9 votes", source = "law" },
  { from = 1960-01-01, to = 1970-01-01, requirement = "at least 7 votes", practice = true, source = "custom" },
]

[kinds.first]
like = "main"
unverified = true
source = "a statement"
asked-as = ["Is it"]
"#;
    let reference = load(vec![("bodies/chamber.toml", text.to_owned())]).unwrap();
    let body = reference.body("chamber").unwrap();
    assert_eq!(
        (body.name(), body.name_on(day("1980-01-01"))),
        ("Chamber", "Old Chamber")
    );
    assert_eq!(
        body.chair().map(|chair| (chair.member, chair.votes)),
        Some((false, ChairVotes::OnTie))
    );
    assert_eq!(body.choices().get("present"), Some(&Choice::Abstain));
    assert_eq!(body.outcomes().get("Agreed to"), Some(&Outcome::Adopted));
    assert_eq!(
        body.terms().map(|terms| (terms.years, terms.consecutive)),
        Some((3, Some(2)))
    );
    let library = reference.library();
    let rule = library
        .rule_for("chamber", "first", day("1965-01-01"))
        .unwrap()
        .rule;
    assert_eq!(rule.requirement.to_string(), "at least 9 votes");
    assert_eq!(
        (rule.id.as_str(), rule.source.as_str(), rule.unverified),
        ("chamber-first", "a statement; law", true)
    );
    let practices = library
        .rules_of("chamber")
        .iter()
        .filter(|rule| rule.practice);
    assert_eq!(practices.count(), 2);
}

#[test]
fn participants_without_a_code_have_names_and_groups_of_their_own() {
    let people = "id,kind,name,icpsr,from,to,of,basis\nperson:a-1,person,Ann Oak,40104,,2000-01-01,,\nperson:a-1,person,Ann Elm,40104,2000-01-01,,,\nparty:red,party,Reds,,,,,\n";
    let groups =
        "group,member,from,to,basis\nred,person:a-1,,2001-06-06,\nblue,person:a-1,2001-06-06,,\n";
    let files = vec![
        ("participants/chamber.csv", people.to_owned()),
        ("groups/chamber-party.csv", groups.to_owned()),
    ];
    let reference = load(files).unwrap();
    let ann = who("person:a-1");
    assert_eq!(
        reference.people().name_on(ann, Some(day("1999-01-01"))),
        Some("Ann Oak")
    );
    assert_eq!(reference.people().name_on(ann, None), Some("Ann Elm"));
    assert_eq!(reference.people().by_code("icpsr", "40104"), Some(ann));
    let called = |name: &str, date: &str| reference.people().called(name, date.parse().ok());
    assert_eq!(called("ann oak ", "1999"), Some(ann));
    assert_eq!(called("Ann Oak", "2000"), None);
    assert_eq!(called("Ann Elm", "2000"), Some(ann));
    assert_eq!(
        (called("Ann Oak", ""), called("Ann", "")),
        (Some(ann), None)
    );
    let parties = reference.scheme("chamber-party").unwrap();
    assert_eq!(parties.group_on(ann, day("2001-06-05")), Some("red"));
    assert_eq!(parties.members_on("blue", day("2001-06-06")), [ann]);
    assert_eq!(parties.groups(), ["red", "blue"]);
    let wrong = people.replace("party:red,party", "party:red,person");
    let error = load(vec![("participants/chamber.csv", wrong)])
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("line 4, kind: `person` is not the kind of `party:red`"),
        "{error}"
    );
    let twice = groups.replace("2001-06-06,\n", "2001-06-07,\n");
    let error = load(vec![("groups/chamber-party.csv", twice)])
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("person:a-1 is in two groups on 2001-06-06"),
        "{error}"
    );
}

#[test]
fn the_default_body_is_that_of_the_highest_layer_which_names_one() {
    let body = |name: &str, keys: &str| {
        let text = format!("format = 1\nname = \"{name}\"\nfrom = 2001-01-01\n{keys}\n");
        (format!("bodies/{name}.toml"), text)
    };
    let embedded = Reference::embedded();
    let default = |reference: &Reference| reference.default_body().unwrap().id().to_string();
    assert_eq!(default(embedded), "unga");
    // What a text without a body can name is what one on several organs can name.
    let day = day("2018-12-19");
    let of_several: Vec<_> = embedded.library().facts("un", day).groups().collect();
    let of_default: Vec<_> = embedded.default_facts(day).groups().collect();
    assert_eq!(of_default, of_several);
    assert!(!of_default.is_empty());
    let with = |files: Vec<(String, String)>| embedded.with_files("own", files);
    let one = with(vec![body("one", "default = true"), body("two", "")]).unwrap();
    assert_eq!(default(&one), "one");
    let neither = with(vec![body("one", ""), body("two", "default = false")]).unwrap();
    assert_eq!(default(&neither), "unga");
    // A body over another is not the default because of it; the same body in a higher layer still is.
    let over = with(vec![body("one", "extends = \"unga\"")]).unwrap();
    assert_eq!(default(&over), "unga");
    let rule = over
        .library()
        .rule_for("one", "ordinary", day)
        .unwrap()
        .rule;
    assert_eq!((&*rule.id, rule.aliases.len()), ("one-ordinary", 0));
    let again = with(vec![body("unga", "extends = \"unga\"")]).unwrap();
    assert_eq!(default(&again), "unga");
    assert!(again.body("unga").unwrap().sessions().are_yearly());
    let both = vec![body("one", "default = true"), body("two", "default = true")];
    let error = with(both).unwrap_err().to_string();
    assert!(
        error.contains("`one` and `two` are both the default body"),
        "{error}"
    );
    assert!(Reference::default().default_body().is_none());
}

#[test]
fn rules_for_any_body_are_those_of_bodies_marked_so() {
    let embedded = Reference::embedded();
    let any = embedded
        .bodies()
        .iter()
        .filter(|body| body.is_for_any_body());
    let any: Vec<_> = any.map(|body| body.id().as_str()).collect();
    assert_eq!(any, ["any", "un"]);
}

#[test]
fn groups_have_names_of_their_own_and_what_is_wrong_with_them_is_said() {
    let groups = "group,member\nred,person:a-1\nblue,person:a-2\n";
    let files = |names: &str| {
        vec![
            ("groups/chamber-party.csv", groups.to_owned()),
            ("groups/chamber-party.names.csv", names.to_owned()),
        ]
    };
    let reference = load(files(
        "group,name\nred,Red Party\nred,The Reds\nblue,Blue Party\n",
    ))
    .unwrap();
    assert!(reference.scheme("chamber-party.names").is_none());
    let parties = reference.scheme("chamber-party").unwrap();
    assert_eq!(parties.title_of("red"), "Red Party");
    assert_eq!(parties.group_called("the reds"), Some("red"));
    assert_eq!(parties.group_called("blue-party"), Some("blue"));
    assert_eq!(parties.group_called("reds"), None);
    for (names, expected) in [
        (
            "group,name\nred,Reds\ngreen,Greens\n",
            "line 3: `green` is not a group of `groups/chamber-party.csv`",
        ),
        (
            "group,name\nred,Liberals\nblue,liberals\n",
            "line 3: `liberals` is a name of `red` and of `blue`",
        ),
        ("group,name\nred,\n", "line 2, name: nothing stands here"),
        ("group\nred\n", "`name`"),
    ] {
        let error = load(files(names)).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let alone = vec![(
        "groups/nobody.names.csv",
        "group,name\nred,Reds\n".to_owned(),
    )];
    let error = load(alone).unwrap_err().to_string();
    assert!(
        error.contains("there is no table of groups that it names"),
        "{error}"
    );
    // A scheme that takes the place of a lower one may have other groups than the names below it.
    let other = vec![(
        "groups/un-regional.csv",
        "group,member\nnorth,FRA\nafrican,KEN\n",
    )];
    let reference = Reference::embedded().with_files("other", other).unwrap();
    let regions = reference.scheme("un-regional").unwrap();
    assert_eq!(regions.group_called("WEOG"), None);
    assert_eq!(regions.group_called("Africa"), Some("african"));
    assert_eq!(regions.title_of("north"), "north");
}

#[test]
fn a_folder_is_read_with_its_files_and_one_that_holds_none_is_refused() {
    let folder = std::env::temp_dir().join(format!("plenary-reference-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("bodies")).unwrap();
    std::fs::create_dir_all(folder.join("weights")).unwrap();
    std::fs::create_dir_all(folder.join("empty")).unwrap();
    for (path, text) in club() {
        std::fs::write(folder.join(path), text).unwrap();
    }
    std::fs::write(folder.join("bodies/README.md"), "notes").unwrap();
    let read = Reference::embedded().with_folder(&folder).unwrap();
    assert_eq!(
        read.body("river-club")
            .unwrap()
            .members_on(day("2020-01-01"))
            .unwrap()
            .len(),
        5
    );
    let of_club = read.warnings().len();
    for stray in ["treaties", "nonsense"] {
        std::fs::create_dir_all(folder.join(stray)).unwrap();
        std::fs::write(folder.join(stray).join("x.toml"), "").unwrap();
    }
    std::fs::write(folder.join("votes.toml"), "").unwrap();
    let read = Reference::embedded().with_folder(&folder).unwrap();
    let warnings = read.warnings().iter().map(|warning| &*warning.path);
    let warned: Vec<_> = warnings.filter(|path| !path.contains('/')).collect();
    assert_eq!(read.warnings().len(), of_club + warned.len());
    assert_eq!(warned, ["nonsense", "treaties", "votes.toml"]);
    std::fs::write(folder.join("bodis.toml"), "").unwrap();
    let error = Reference::embedded().with_folder(&folder).unwrap_err();
    let [fault] = error.faults() else {
        panic!("{error}")
    };
    assert_eq!(
        (&*fault.path, &*fault.help),
        ("bodis.toml", "did you mean `bodies`?")
    );
    std::fs::remove_file(folder.join("bodis.toml")).unwrap();
    std::fs::write(folder.join("known_decisions.toml"), "nonsense = 1").unwrap();
    let error = Reference::embedded()
        .with_folder(&folder)
        .unwrap_err()
        .to_string();
    assert!(error.contains("known_decisions.toml"), "{error}");
    let error = Reference::embedded()
        .with_folder(&folder.join("empty"))
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the folder holds no reference data"),
        "{error}"
    );
    let error = Reference::embedded()
        .with_folder(&folder.join("absent"))
        .unwrap_err();
    assert_eq!(error.faults().len(), 1, "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_bodies_of_the_design_can_be_read() {
    let Some(shared) = std::env::var_os("PLENARY_SHARED") else {
        println!("PLENARY_SHARED is not set: the examples of the design are not read");
        return;
    };
    let folder = std::path::Path::new(&shared).join("design/bodies-examples");
    let reference = Reference::embedded().with_folder(&folder).unwrap();
    for (body, on, members) in [
        ("unga", "2018-12-19", 193),
        ("unga", "1971-10-25", 131),
        ("unsc", "2022-02-25", 15),
        ("hrc", "2011-06-17", 46),
        ("eu-council", "2014-11-01", 28),
        ("us-senate", "2006-01-17", 99),
        ("ch-cantons", "1970-11-15", 25),
        ("river-club", "2020-05-05", 12),
        ("african-union", "2001-04-25", 53),
    ] {
        let members_on = reference
            .body(body)
            .unwrap()
            .members_on(day(on))
            .map(<[_]>::len);
        assert_eq!(members_on, Some(members), "{body} on {on}");
    }
}

/// Pieces that files of bodies are made of, and some that they are not.
const PIECES: [&str; 24] = [
    "",
    ",",
    "\n",
    "\"",
    "[",
    "]",
    "{",
    "=",
    "2001-03-01",
    "9999-12-31",
    "-262143-01-01",
    "0001-01-01",
    "AUT",
    "person:",
    "org:x",
    "suspended",
    "vacant",
    "founder",
    "<n>",
    "<session>",
    "99999999999999999999",
    "0",
    "\u{1F600}",
    "kinds.budget",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_stands_in_the_files_is_read_or_refused(
        edits in proptest::collection::vec((0..3usize, any::<prop::sample::Index>(), 0..12usize, 0..PIECES.len()), 1..6),
        date in proptest::sample::select(&["2020-05-05", "2001-03", "2012", "1000-01-01"]),
    ) {
        let mut files = club();
        for (file, at, length, piece) in edits {
            let text = &mut files[file].1;
            let places: Vec<_> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
            let from = at.index(places.len());
            let to = (from + length).min(places.len() - 1);
            text.replace_range(places[from]..places[to], PIECES[piece]);
        }
        match load(files) {
            Ok(reference) => {
                let body = reference.body("river-club").unwrap();
                let date = date.parse().unwrap();
                let _ = body.electorate(date);
                let _ = body.facts(day("2012-01-01"));
                let _ = body.sessions().on(day("2012-01-01")).count();
                for epoch in body.roster().into_iter().flat_map(plenary_bodies::Roster::epochs) {
                    prop_assert!(epoch.voters().iter().all(|who| epoch.is_member(*who)));
                }
            }
            Err(error) => {
                prop_assert!(!error.faults().is_empty());
                for fault in error.faults() {
                    prop_assert!(!fault.path.is_empty() && !fault.reason.is_empty() && !fault.help.is_empty(), "{fault:?}");
                }
            }
        }
    }
}

#[test]
fn a_body_begins_with_its_own_treaty_and_bears_the_name_of_the_day() {
    let reference = Reference::embedded();
    let named = |body: &str, day: &str| {
        let body = reference.body(body).unwrap();
        body.name_on(day.parse().unwrap()).to_owned()
    };
    let begins = |body: &str| reference.body(body).unwrap().span().from.to_string();
    assert_eq!(begins("imo"), "1958-03-17");
    assert_eq!(begins("chr"), "1946-02-16");
    assert!(named("imo", "1982-05-21").starts_with("Inter-Governmental"));
    assert_eq!(
        named("imo", "1982-05-22"),
        "International Maritime Organization"
    );
}
