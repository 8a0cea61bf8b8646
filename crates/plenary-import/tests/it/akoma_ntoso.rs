//! Akoma Ntoso: files made by hand, and real ones with facts that were counted by other means.

use plenary_import::{Import, Options, Record, read};
use plenary_testing::shared;
use plenary_types::{Act, AgreementKind, Decision, Mode, Outcome, Sponsorship};

use crate::fixtures::good;

fn real(file: &str) -> Option<Import> {
    let import = read(shared(&format!("others/{file}"))?, &Options::default()).unwrap();
    assert_eq!(import.summary().format, "akoma-ntoso", "{file}");
    assert_eq!(import.summary().rejected, 0, "{file}");
    Some(import)
}

fn decision(record: &Record) -> &Decision {
    record.agreement.decisions().next().unwrap().1
}

fn sponsorship(import: &Import) -> (Record, Sponsorship) {
    let record = import.record(0).unwrap();
    assert!(import.summary().why.ends_with("; no vote in it"));
    assert_eq!(record.agreement.decisions().count(), 0);
    match record.agreement.acts.as_slice() {
        [Act::Sponsorship(sponsorship)] => (record.clone(), sponsorship.clone()),
        other => panic!("{other:?}"),
    }
}

/// What is told of the votings of a debate: how, what came of it, the totals and the names.
fn votings(import: &Import) -> Vec<String> {
    let of = |record: Record| {
        let decision = decision(&record);
        let announced = decision.announced;
        let totals = [announced.yes, announced.no, announced.abstain]
            .map(|total| total.map_or("-".to_owned(), |n| n.to_string()));
        let names = decision.ballots.as_ref().map_or(0, |ballots| ballots.len());
        let outcome = decision.outcome.map_or("none", |outcome| outcome.as_str());
        format!(
            "{} {outcome} {} {names}",
            decision.mode.as_str(),
            totals.join("-")
        )
    };
    import.records().map(of).collect()
}

#[test]
fn the_votings_of_a_debate_have_counts_names_and_outcomes() {
    let import = good("akoma-ntoso/good/a_debate.xml");
    assert_eq!(
        votings(&import),
        [
            "recorded adopted 2-1-- 3",
            "without-vote adopted ----- 0",
            "non-recorded adopted 30-12-- 0",
        ]
    );
    let record = import.record(0).unwrap();
    assert_eq!(record.agreement.title, "Made-up Water Bill");
    let source = record.agreement.sources[0].record.as_deref();
    assert_eq!(source, Some("/akn/xx/debate/2031-05-06/main#v_1"));
    let first = decision(&record);
    assert_eq!(first.date.unwrap().to_string(), "2031-05-06");
    assert_eq!(first.session.unwrap().to_string(), "Third session");
    assert_eq!(first.notes, ["quorum: 40", "outcome: Carried"]);
    assert!(first.partial && first.every_vote_listed);
    let ballots = first.ballots.as_ref().unwrap();
    let listed: Vec<String> = ballots
        .iter()
        .map(|ballot| {
            let who = ballot.entry.who.unwrap().as_str();
            format!("{who} {} {}", ballot.entry.label(), ballot.choice)
        })
        .collect();
    assert_eq!(
        listed,
        [
            "person:castor Castor yes",
            "person:anybody Vega yes",
            "person:pollux Ms Pollux no",
        ]
    );
    let why = &import.summary().why;
    assert!(
        why.ends_with(
            "; the day of each vote is that of the document; not read: 1 quorum verification"
        ),
        "{why}"
    );
}

#[test]
fn a_reference_for_several_voters_is_that_of_none() {
    let text =
        std::fs::read_to_string(crate::fixtures::fixture("akoma-ntoso/good/a_debate.xml")).unwrap();
    let text = text.replace("by=\"#castor\">Castor;", "by=\"#anybody\">Castor;");
    let import = plenary_import::read_bytes("in", text.as_bytes(), &Options::default()).unwrap();
    let record = import.record(0).unwrap();
    let roll = decision(&record).ballots.as_ref().unwrap().roll().clone();
    let who: Vec<&str> = roll
        .entries()
        .iter()
        .map(|entry| entry.who.unwrap().as_str())
        .collect();
    assert_eq!(who, ["person:Castor", "person:Vega", "person:pollux"]);
}

#[test]
fn a_text_without_a_voting_is_a_draft_with_those_who_put_it_forward() {
    let (record, act) = sponsorship(&good("akoma-ntoso/good/a_draft_resolution.xml"));
    assert_eq!(record.agreement.label(), "E/2031/L.2");
    assert_eq!(
        (record.agreement.kind, &*record.agreement.title),
        (AgreementKind::Draft, "Made-up water")
    );
    assert_eq!(record.agreement.subjects, ["Water"]);
    assert_eq!(act.date.unwrap().to_string(), "2031-02-22");
    let names: Vec<&str> = act
        .sponsors
        .iter()
        .map(|by| by.participant.unwrap().as_str())
        .collect();
    assert_eq!(names, ["AUS", "JPN"]);
    let (record, act) = sponsorship(&good("akoma-ntoso/good/a_proposal.xml"));
    assert_eq!(record.agreement.label(), "COM(2031) 9");
    assert_eq!(record.agreement.title, "A made-up proposal");
    assert_eq!(act.sponsors[0].name, "DG Water");
}

#[test]
fn a_real_sitting_has_its_three_votings() {
    let Some(import) = real("akn_cl_Sesion56_2.xml") else {
        return;
    };
    assert_eq!(
        votings(&import),
        [
            "without-vote adopted ----- 0",
            "recorded adopted 86-0-2 88",
            "without-vote adopted ----- 0",
        ]
    );
    for record in import.records() {
        assert_eq!(record.findings, []);
        assert_eq!(decision(&record).outcome, Some(Outcome::Adopted));
        assert_eq!(decision(&record).date.unwrap().to_string(), "2006-06-15");
        let source = record.agreement.sources[0].record.clone().unwrap();
        assert!(
            source.starts_with("/akn/cl/debate/recurso/2006/1076048#v_"),
            "{source}"
        );
    }
    let record = import.record(1).unwrap();
    let decision = decision(&record);
    assert_eq!(decision.mode, Mode::Recorded);
    let ballots = decision.ballots.as_ref().unwrap();
    assert_eq!(ballots.tally().to_string(), "86-0-2");
    assert_eq!(ballots.roll().duplicates(), []);
}

#[test]
fn a_real_draft_and_a_real_proposal_have_no_vote() {
    if let Some(import) = real("akn_Bill_UN_2012.xml") {
        let (record, act) = sponsorship(&import);
        assert_eq!(record.agreement.label(), "E/CN.7/2012/L.2");
        assert_eq!(record.agreement.kind, AgreementKind::Draft);
        assert_eq!(
            record.agreement.sources[0].record.as_deref(),
            Some("/un/resolution/2012-02-22/E/CN.7/2012/L.2/main")
        );
        assert_eq!(act.date.unwrap().to_string(), "2012-10-22");
        let names: Vec<&str> = act
            .sponsors
            .iter()
            .map(|by| by.participant.unwrap().as_str())
            .collect();
        assert_eq!(names, ["AUS", "JPN", "GBR"]);
        // The metadata have October where the document prints February.
        let [finding] = &record.findings[..] else {
            panic!("{:?}", record.findings)
        };
        assert_eq!(
            (&*finding.check, finding.found.as_deref()),
            ("rows-disagree", Some("2012-02-22"))
        );
    }
    if let Some(import) = real("akn_eu_COM-2013-0619_EN-8.xml") {
        let (record, act) = sponsorship(&import);
        assert!(record.agreement.label().starts_with("COM(2013) 619"));
        assert!(
            record
                .agreement
                .title
                .ends_with("on new psychoactive substances")
        );
        assert_eq!(record.agreement.subjects.len(), 6);
        assert_eq!(act.date.unwrap().to_string(), "2013-09-17");
        assert_eq!(record.findings, []);
    }
}
