//! Inputs that are read together, and lists of members against a roster.

use std::fs;

use plenary::{Settings, check, read, read_groups};
use plenary_testing::shared;

const VOTES: &str =
    "congress,chamber,rollnumber,icpsr,cast_code\n99,House,1,101,1\n99,House,1,102,6\n";
const CALLS: &str = "congress,chamber,rollnumber,date,yea_count,nay_count,vote_result,vote_desc,vote_question\n\
    99,House,1,1985-01-03,1,1,Failed,A bill,On Passage\n";
const MEMBERS: &str = "congress,chamber,icpsr,bioname,party_code\n99,House,101,\"DOE, Jane\",100\n99,House,102,\"ROE, Richard\",200\n";

#[test]
fn members_and_roll_calls_given_beside_votes_are_read_with_them_and_not_alone() {
    let folder = tempfile::tempdir().unwrap();
    let paths = [("m.csv", MEMBERS), ("r.csv", CALLS), ("v.csv", VOTES)].map(|(name, text)| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    });
    let report = check(&paths, &Settings::default());
    assert!(report.unusable.is_empty(), "{:?}", report.unusable);
    let [input] = &*report.inputs else {
        panic!("{:?}", report.inputs);
    };
    assert_eq!(
        (input.format, input.rows, input.records),
        ("voteview-votes", 5, 1)
    );
    let records = read(&paths, &Settings::default()).unwrap();
    assert_eq!(records.iter().count(), 1);
    let alone = check(&paths[..2], &Settings::default());
    let formats: Vec<_> = alone.inputs.iter().map(|input| input.format).collect();
    assert_eq!(formats, ["voteview-members", "voteview-rollcalls"]);
    let groups = read_groups(&paths[0]).unwrap();
    assert_eq!(
        groups.names().collect::<Vec<_>>(),
        ["Democrat", "Republican"]
    );
}

/// The line, the member and what is expected of each finding about a list.
fn told(path: &std::path::Path) -> Vec<(u64, String, Option<String>)> {
    let report = check([path], &Settings::default());
    assert!(report.unusable.is_empty(), "{:?}", report.unusable);
    let found = report.findings.iter().map(|finding| {
        assert_eq!(finding.check, "not-a-member");
        (
            finding.place.line.unwrap(),
            finding.found.clone().unwrap(),
            finding.expected.clone(),
        )
    });
    found.collect()
}

#[test]
fn a_term_that_the_roster_does_not_have_is_found_with_the_member_that_sat() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terms.csv");
    let header = "country_org,start_year,end_year,seat,note\n";
    fs::write(&path, format!("{header}Peru,2018,2019,elected,\nChad,2018,2019,elected,\nFrance,1992,2023,permanent,\n")).unwrap();
    assert_eq!(told(&path), [(3, "TCD".to_owned(), None)]);
    fs::write(&path, format!("{header}Peru,2018,2019,elected,\n")).unwrap();
    assert_eq!(told(&path), []);
    let Some(list) = shared("others/unsc_terms_1992_2023.csv") else {
        return;
    };
    // Ivory Coast sat in 1990 and 1991, India in 1991 and 1992.
    let found = told(&list);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&*found[0].1, found[0].2.as_deref()), ("CIV", Some("IND")));
}

#[test]
fn the_days_of_admission_to_the_united_nations_agree_with_the_roster() {
    let Some(list) = shared("others/un_members_wikipedia.csv") else {
        return;
    };
    assert_eq!(told(&list), []);
}
