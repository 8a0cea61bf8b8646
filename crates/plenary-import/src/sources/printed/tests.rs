//! Whole texts, and what is read of them.

use plenary_types::{Agreement, Ballot, BodyId, Decision};

use crate::{Import, Options, read_bytes};

fn import(text: &str) -> Import {
    read_bytes("vote.txt", text.as_bytes(), &Options::default()).unwrap()
}

fn agreements(text: &str) -> Vec<Agreement> {
    let import = import(text);
    assert_eq!(import.summary().format, "meeting-record");
    assert_eq!(import.rejected(), []);
    import.records().map(|record| record.agreement).collect()
}

fn decision(agreement: &Agreement) -> &Decision {
    agreement.decisions().next().unwrap().1
}

/// Who chose what, in the order of the list: `CHL:yes`, with what was intended behind it.
fn ballots(agreement: &Agreement) -> String {
    let told = |ballot: Ballot<'_>| {
        let who = ballot.entry.state().map(|state| state.to_string());
        let who = who.unwrap_or_else(|| format!("`{}`", ballot.entry.label()));
        let intended = ballot.intended_later.map(|choice| format!("({choice})"));
        format!("{who}:{}{}", ballot.choice, intended.unwrap_or_default())
    };
    let ballots = decision(agreement).ballots.as_ref().unwrap();
    ballots.iter().map(told).collect::<Vec<_>>().join(" ")
}

const PASTED: &str = "\
In favour: Chad, Chile, Congo, Democratic Republic of the, Cuba
Against: None
Abstaining: Iran (Islamic
Republic of), Bosnia and
Herzegovina

Draft resolution A/73/L.66 was adopted by 4 votes to none, with 2 abstentions (resolution 73/195).
[Subsequently, the delegation of Peru advised the Secretariat that it had intended to vote in favour; the
delegation of Cuba had intended to abstain.]
";

#[test]
fn a_vote_that_was_pasted_is_read_with_its_result_and_its_notes() {
    let [agreement] = &*agreements(PASTED) else {
        panic!("one vote")
    };
    assert_eq!(agreement.label(), "A/RES/73/195");
    assert_eq!(
        ballots(agreement),
        "TCD:yes CHL:yes COD:yes CUB:yes(abstain) IRN:abstain BIH:abstain PER:non-voting(yes)"
    );
    let decision = decision(agreement);
    assert_eq!(decision.body, Some(BodyId::UNGA));
    assert_eq!(decision.drafts[0].to_string(), "A/73/L.66");
    let announced = &decision.announced;
    assert_eq!(
        (announced.yes, announced.no, announced.abstain),
        (Some(4), Some(0), Some(2))
    );
    assert_eq!(decision.outcome, Some(plenary_types::Outcome::Adopted));
    assert!(decision.partial && decision.every_vote_listed);
    assert_eq!(decision.notes.len(), 1);
    assert!(
        import(PASTED)
            .records()
            .all(|record| record.findings.is_empty())
    );
}

#[test]
fn a_vote_on_one_line_is_read_too() {
    let text = "In favour: Chad, Chile. Against: Cuba. Abstaining: None.";
    let [agreement] = &*agreements(text) else {
        panic!("one vote")
    };
    assert_eq!(ballots(agreement), "TCD:yes CHL:yes CUB:no");
    let found: Vec<_> = import(text)
        .records()
        .flat_map(|record| record.findings)
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].check, "no-result-line");
}

#[test]
fn the_show_of_hands_of_the_council_is_read_with_those_who_took_no_part() {
    let text = "\
S/PV.3977                                             Security Council
                                                      Friday, 12 February 1999, 10 a.m.
The President: I shall put to the vote the draft resolution in document S/1999/135.
A vote was taken by show of hands.
In favour:
Argentina, Bahrain, Brazil, Canada, France, Gabon, Gambia, Malaysia, Namibia, Netherlands, Russian
Federation, Slovenia, United Kingdom of Great Britain and Northern Ireland
Against:
None
Abstaining:
United States of America
Not participating:
China
The President: The result of the voting is as follows: 13 votes in favour, none against and 1 abstention. The
draft resolution has been adopted as resolution 1227 (1999).
";
    let [agreement] = &*agreements(text) else {
        panic!("one vote")
    };
    assert_eq!(agreement.label(), "S/RES/1227 (1999)");
    let decision = decision(agreement);
    assert_eq!(decision.body, Some(BodyId::UNSC));
    assert_eq!(
        decision.date.map(|date| date.to_string()).as_deref(),
        Some("1999-02-12")
    );
    assert_eq!(
        decision
            .meeting
            .as_ref()
            .map(ToString::to_string)
            .as_deref(),
        Some("S/PV.3977")
    );
    assert_eq!(decision.announced.yes, Some(13));
    assert_eq!(decision.notes, ["by show of hands"]);
    assert!(!decision.partial);
    assert!(ballots(agreement).ends_with("USA:abstain CHN:non-voting"));
    assert_eq!(decision.ballots.as_ref().unwrap().len(), 15);
}

#[test]
fn several_votes_of_a_record_have_their_own_results_and_their_meeting() {
    let text = "\
General Assembly                                 A/53/PV.79
Fifty-third session
79th plenary meeting
Friday, 4 December 1998, 10 a.m.
New York

The President: We vote on draft resolution A/53/L.52. A separate vote was asked for on operative paragraph 2.
A recorded vote was taken.
In favour:
Chad, Chile,

A/53/PV.79
12

China
Against:
Cuba
Abstaining:
None
Operative paragraph 2 was retained by 3 votes to 1.
The President: I now put the draft resolution as a whole to the vote.
In favour:
Chad, Chile
Against:
China
Abstaining:
Cuba
Draft resolution A/53/L.52, as a whole, was adopted by 2 votes to 1, with 1 abstention (resolution 53/37).
The President: A motion is before us.
In favour: Chad
Against: Chile, China
Abstaining: Freedonia, Peru
The motion was rejected by 2 votes to 1, with 2 abstentions.
";
    let read = agreements(text);
    let told: Vec<String> = read
        .iter()
        .map(|agreement| {
            let decision = decision(agreement);
            let count =
                |count: Option<u32>| count.map_or("-".to_owned(), |count| count.to_string());
            format!(
                "{} {} {}/{} {}",
                agreement.label(),
                decision.question.scope.as_str(),
                count(decision.announced.yes),
                count(decision.announced.no),
                ballots(agreement)
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "Operative paragraph 2 paragraph 3/1 TCD:yes CHL:yes CHN:yes CUB:no",
            "A/RES/53/37 whole 2/1 TCD:yes CHL:yes CHN:no CUB:abstain",
            "The motion motion 1/2 TCD:yes CHL:no CHN:no `Freedonia`:abstain PER:abstain",
        ]
    );
    for agreement in &read {
        let decision = decision(agreement);
        assert_eq!(
            decision.date.map(|date| date.to_string()).as_deref(),
            Some("1998-12-04")
        );
        assert_eq!(
            decision
                .session
                .map(|session| session.to_string())
                .as_deref(),
            Some("53")
        );
        assert_eq!(
            decision
                .meeting
                .as_ref()
                .map(ToString::to_string)
                .as_deref(),
            Some("A/53/PV.79")
        );
        assert_eq!(agreement.sources[0].record.as_deref(), Some("A/53/PV.79"));
    }
    assert_eq!(decision(&read[0]).drafts[0].to_string(), "A/53/L.52");
}

#[test]
fn lists_below_the_sentence_that_announces_them_belong_to_it() {
    let text = "\
ANNEX I
The draft resolution on ports (document A/C.4/65/L.11) was approved by a recorded vote of 2 in favour to 1 against, with 1
abstention, as follows:

In favour: Chad, Chile
Against: Cuba
Abstain: Peru
Absent: China, Iceland

ANNEX II
The draft resolution on rivers (document A/C.4/65/L.12) was approved by a recorded vote of 1 in favour to none against, with
no abstentions, as follows:

In favour: Chad
Against: None
Abstain: None
Absent: China
";
    let read = agreements(text);
    let told: Vec<_> = read
        .iter()
        .map(|agreement| {
            (
                agreement.label().to_owned(),
                decision(agreement).announced.yes,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("A/C.4/65/L.11".to_owned(), Some(2)),
            ("A/C.4/65/L.12".to_owned(), Some(1))
        ]
    );
    assert_eq!(
        ballots(&read[0]),
        "TCD:yes CHL:yes CUB:no PER:abstain CHN:non-voting ISL:non-voting"
    );
    assert!(!decision(&read[0]).partial);
}

#[test]
fn pasted_lists_have_the_day_and_the_body_that_stand_above_them() {
    let told = |text: &str| -> Vec<(String, String)> {
        let read = agreements(text);
        let of = |agreement: &Agreement| {
            let decision = decision(agreement);
            let body = decision.body.as_ref().map(|body| body.as_str().to_owned());
            let date = decision.date.map(|date| date.to_string());
            (body.unwrap_or_default(), date.unwrap_or_default())
        };
        read.iter().map(of).collect()
    };
    let day = "2018-12-19".to_owned();
    for above in [
        "19 December 2018",
        "2018-12-19",
        "December 19, 2018",
        "Date: 19 December 2018",
        "DATE: Wednesday, 19 December 2018",
        "Wednesday, 19 December 2018",
    ] {
        let read = told(&format!("{above}\n\n{PASTED}"));
        assert_eq!(read, [("unga".to_owned(), day.clone())], "{above}");
    }
    let lists = "In favour: Chad\nAgainst: Cuba\n";
    let several = format!(
        "Body: hrc\nDate: 2018-12-19\n{lists}\nIt was lost.\n\nBody: General Assembly\n20 December 2018\n{lists}"
    );
    let other = ("unga".to_owned(), "2018-12-20".to_owned());
    assert_eq!(told(&several), [("hrc".to_owned(), day), other]);
    // Day and month of numbers alone may be taken for one another.
    assert_eq!(told(&format!("04/05/2018\n{lists}"))[0].1, "");
    // In a whole record a date alone may be that of publication.
    let whole = format!("A/53/PV.79\nFriday, 4 December 1998\n21 December 1999\n{PASTED}");
    assert_eq!(told(&whole)[0].1, "1998-12-04");
}

#[test]
fn a_list_that_cannot_be_read_is_refused_with_its_line() {
    for (text, line, reason) in [
        (
            "In favour: Chad\nAgainst:\n\nAbstaining: Cuba\n",
            2,
            "the list is empty",
        ),
        (
            "In favour: Chad\nAgainst: Chile\nIt was adopted.\nAgainst: Cuba\n",
            4,
            "the list belongs to no vote",
        ),
    ] {
        let import = import(text);
        let rejected = &import.rejected()[0];
        assert_eq!(rejected.place.line, Some(line), "{text}");
        assert!(rejected.reason.contains(reason), "{}", rejected.reason);
    }
}

#[test]
fn numbers_where_names_would_stand_are_totals() {
    let text = "In favour: 12\nAgainst: 0\nAbstaining: 3\n";
    let read = agreements(text);
    let decision = decision(&read[0]);
    assert_eq!(
        (decision.announced.yes, decision.announced.abstain),
        (Some(12), Some(3))
    );
    assert!(decision.ballots.is_none());
}

#[test]
fn only_such_texts_are_taken_for_meeting_records() {
    for text in [
        "state,vote\nIn favour: x,yes\n",
        "title,lists\nA vote,In favour: Chad Against: Cuba\n",
        "{\"a\": 1}",
        "In favour: Chad\n",
        "<html><body>Sign in</body></html>",
        "A/53/PV.79\nno date\n",
    ] {
        let recognition = crate::recognise(text.as_bytes());
        assert_ne!(recognition.format, Some("meeting-record"), "{text}");
    }
    let empty = "A/53/PV.79\nFriday, 4 December 1998, 10 a.m.\nThe meeting rose at 1 p.m.\n";
    let error = read_bytes("a.txt", empty.as_bytes(), &Options::default()).unwrap_err();
    assert!(error.to_string().contains("no recorded vote"), "{error}");
}
