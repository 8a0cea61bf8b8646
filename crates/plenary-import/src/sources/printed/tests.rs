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

/// What a text says of its votes: label, body, date, session and meeting.
fn headed(text: &str) -> Vec<String> {
    let told = |agreement: &Agreement| {
        let decision = decision(agreement);
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        [
            agreement.label().to_owned(),
            or_none(decision.body.as_ref().map(ToString::to_string)),
            or_none(decision.date.map(|date| date.to_string())),
            or_none(decision.session.map(|session| session.to_string())),
            or_none(decision.meeting.as_ref().map(ToString::to_string)),
        ]
        .join(" ")
    };
    agreements(text).iter().map(told).collect()
}

const LISTS: &str = "In favour: Chad, Chile\nAgainst: Cuba\nAbstaining: None\n";

#[test]
fn each_vote_belongs_to_the_heading_above_it_where_records_were_pasted_together() {
    let first = format!(
        "A/61/PV.83\nGeneral Assembly\nSixty-first session\n83rd plenary meeting\nTuesday, 19 December 2006, 10 a.m.\n\n\
         {LISTS}Draft resolution A/61/L.40 was adopted by 2 votes to 1 (resolution 61/201).\n"
    );
    let second =
        "Sixty-first session\n84th plenary meeting\nWednesday, 20 December 2006, 10 a.m.\n";
    let adopted = "Draft resolution A/61/L.41 was adopted by 2 votes to 1 (resolution 61/202).\n";
    let of_first = "A/RES/61/201 unga 2006-12-19 61 A/61/PV.83";
    let of_second = "A/RES/61/202 unga 2006-12-20 61 A/61/PV.84";
    for head in [
        format!("A/61/PV.84\nGeneral Assembly\n{second}"),
        format!("General Assembly\n{second}A/61/PV.84\n"),
        format!("United Nations  A/61/PV.84\nGeneral Assembly\n{second}"),
        format!(
            "United Nations\tA/61/PV.84\nGeneral Assembly\nOfficial Records\n{second}New York\n"
        ),
    ] {
        for between in [
            "",
            "\n",
            "The meeting rose at 1 p.m.\n\n",
            "\u{c}",
            "\n\u{c}\n",
        ] {
            let text = format!("{first}{between}{head}\n{LISTS}{adopted}");
            assert_eq!(headed(&text), [of_first, of_second], "{text}");
        }
    }
    // Without its symbol, too, a heading begins another record.
    let text = format!("{first}\nGeneral Assembly\n{second}\n{LISTS}{adopted}");
    let unnamed = "A/RES/61/202 unga 2006-12-20 61 -";
    assert_eq!(headed(&text), [of_first, unnamed]);
    let council = format!(
        "{first}\nS/PV.5601\nSecurity Council\nSixty-first year\nThursday, 21 December 2006, 10 a.m.\n\n{LISTS}\
         The President: There were 2 votes in favour and 1 against. The draft resolution has been adopted as resolution 1800 (2006).\n"
    );
    let of_council = "S/RES/1800 (2006) unsc 2006-12-21 - S/PV.5601";
    assert_eq!(headed(&council), [of_first, of_council]);
    // What is said of another meeting in a sentence is no heading.
    let cited = format!(
        "A/61/PV.83\nGeneral Assembly\nTuesday, 19 December 2006, 10 a.m.\n\nWe recall what was said in the record\n\
         A/60/PV.12\nof the last session and vote.\n\nNo more is to be said.\n\n{LISTS}{adopted}"
    );
    let of_day = "A/RES/61/202 unga 2006-12-19 61 A/61/PV.83";
    assert_eq!(headed(&cited), [of_day]);
}

#[test]
fn the_result_of_a_vote_is_not_looked_for_in_the_record_of_another_meeting() {
    let text = format!(
        "A/61/PV.83\nTuesday, 19 December 2006, 10 a.m.\n\n{LISTS}\nA/61/PV.84\nWednesday, 20 December 2006, 10 a.m.\n\n\
         Draft resolution A/61/L.41 was adopted by 2 votes to 1 (resolution 61/202), as follows:\n{LISTS}"
    );
    let read = agreements(&text);
    assert_eq!(read.len(), 2);
    assert_eq!(decision(&read[0]).announced.yes, None);
    assert!(decision(&read[0]).drafts.is_empty());
    assert_eq!(read[1].label(), "A/RES/61/202");
}

#[test]
fn a_draft_that_was_decided_without_a_vote_is_not_the_one_that_was_voted_on() {
    let result = "The draft resolution was adopted by 2 votes to 1.\n";
    for decided in [
        "Draft resolution A/61/L.30 was adopted without a vote (resolution 61/190).",
        "Draft resolution A/61/L.30 was adopted by consensus.",
        "May I take it that the Assembly wishes to adopt draft resolution A/61/L.30? It was so decided.",
        "Draft resolution A/61/L.30, as orally revised, was adopted (resolution 61/190).",
    ] {
        let told = |text: &str| -> Vec<String> {
            let read = agreements(text);
            assert_eq!(read.len(), 1);
            let drafts = decision(&read[0]).drafts.iter();
            drafts.map(ToString::to_string).collect()
        };
        let none: [&str; 0] = [];
        assert_eq!(
            told(&format!("{decided}\n\n{LISTS}{result}")),
            none,
            "{decided}"
        );
        let next = "We now vote on draft resolution A/61/L.31.";
        let text = format!("{decided}\n{next}\n\n{LISTS}{result}");
        assert_eq!(told(&text), ["A/61/L.31"], "{decided}");
        // The text of the lists that stand below it is that of the sentence.
        let paragraph = "Draft resolution A/61/L.31 is before us. Operative paragraph 1 was adopted without a vote.";
        let text = format!("{decided}\n{paragraph}\n\n{LISTS}{result}");
        assert_eq!(told(&text), ["A/61/L.31"], "{decided}");
    }
}

#[test]
fn a_note_on_another_draft_changes_no_ballot_and_is_said() {
    let text = |note: &str| {
        format!(
            "{LISTS}Draft resolution A/61/L.41 was adopted by 2 votes to 1 (resolution 61/202).\n[Subsequently, {note}]\n"
        )
    };
    let plain = "TCD:yes CHL:yes CUB:no";
    let peru =
        "the delegation of Peru informed the Secretariat that it had intended to vote against";
    for (about, intended) in [
        (" draft resolution A/61/L.40.", false),
        (" draft resolution A/61/L.410.", false),
        (" resolution 61/201.", false),
        (" resolution 61/20.", false),
        (
            " operative paragraph 3 of draft resolution A/61/L.41.",
            false,
        ),
        (" operative paragraph 3.", false),
        (" the amendment.", false),
        (".", true),
        (" the draft resolution.", true),
        (" draft resolution A/61/L.41.", true),
        (" draft resolution A/61/L.41/Rev.1.", true),
        (" resolution 61/202.", true),
    ] {
        let text = text(&format!("{peru}{about}"));
        let expected = match intended {
            true => format!("{plain} PER:non-voting(no)"),
            false => plain.to_owned(),
        };
        let read = agreements(&text);
        assert_eq!(ballots(&read[0]), expected, "{about}");
        assert_eq!(decision(&read[0]).notes.len(), 1);
        let findings: Vec<_> = import(&text)
            .records()
            .flat_map(|record| record.findings)
            .filter(|finding| finding.message.contains("another proposal"))
            .collect();
        assert_eq!(findings.len(), usize::from(!intended), "{about}");
    }
    // One note on two drafts: what is said of this one counts.
    let both = text(&format!(
        "{peru} draft resolution A/61/L.40, and the delegation of Mali that it had intended to abstain on draft resolution A/61/L.41."
    ));
    assert_eq!(
        ballots(&agreements(&both)[0]),
        format!("{plain} MLI:non-voting(abstain)")
    );
}

#[test]
fn notes_are_read_without_the_word_delegation_too() {
    let result = "Draft resolution A/61/L.41 was adopted by 2 votes to 1 (resolution 61/202).";
    let plain = "TCD:yes CHL:yes CUB:no";
    for (note, intended, findings) in [
        (
            "[Subsequently, Togo, Mali and the Congo indicated that they would have voted in favour had they been present.]",
            " TGO:non-voting(yes) MLI:non-voting(yes) COG:non-voting(yes)",
            0,
        ),
        (
            "[Subsequently, Togo informed the Secretariat that it had intended to abstain.]",
            " TGO:non-voting(abstain)",
            0,
        ),
        (
            "* Subsequently, the delegation of Togo informed the Secretariat that it had intended to vote against.",
            " TGO:non-voting(no)",
            0,
        ),
        (
            "The delegation of Togo subsequently informed the Secretariat that it had intended to vote against.",
            " TGO:non-voting(no)",
            0,
        ),
        (
            "[Subsequently, some other members indicated that they would have voted in favour.]",
            "",
            1,
        ),
        (
            "[Subsequently, Togo indicated that it would not have voted in favour.]",
            "",
            1,
        ),
    ] {
        let text = format!("{LISTS}{result}\n\n{note}\n");
        let read = agreements(&text);
        assert_eq!(ballots(&read[0]), format!("{plain}{intended}"), "{note}");
        assert_eq!(decision(&read[0]).notes.len(), 1, "{note}");
        let found = import(&text)
            .records()
            .map(|record| record.findings.len())
            .sum::<usize>();
        assert_eq!(found, findings, "{note}");
    }
}

#[test]
fn a_member_that_took_no_part_in_the_vote_of_the_council_is_named_below_its_lists() {
    let text = |below: &str, result: &str| {
        format!(
            "S/PV.3009\nSecurity Council\nFriday, 11 October 1991, 10 a.m.\nA vote was taken by show of hands.\n\
             In favour: Austria, Cuba\nAgainst: None\nAbstaining: None\n{below}\n\n\
             The President: {result} The draft resolution has been adopted as resolution 715 (1991).\n"
        )
    };
    let result = "There were 2 votes in favour, none against and no abstentions. One member did not participate in the voting.";
    for (below, more) in [
        (
            "China did not participate in the voting.",
            " CHN:non-voting",
        ),
        (
            "China and Yemen did not take part in the vote.",
            " CHN:non-voting YEM:non-voting",
        ),
        ("The others did not participate in the voting.", ""),
        ("", ""),
    ] {
        let read = agreements(&text(below, result));
        assert_eq!(
            ballots(&read[0]),
            format!("AUT:yes CUB:yes{more}"),
            "{below}"
        );
        assert!(!decision(&read[0]).partial);
    }
    let late = format!(
        "{}China did not participate in the voting.\n",
        text("", result)
    );
    assert_eq!(ballots(&agreements(&late)[0]), "AUT:yes CUB:yes");
}

#[test]
fn a_number_of_votes_in_favour_is_a_result_where_nobody_was_against() {
    let checks = |text: &str| -> Vec<String> {
        let records = import(text);
        let findings = records.records().flat_map(|record| record.findings);
        findings.map(|finding| finding.check.to_string()).collect()
    };
    let text = |against: &str, result: &str| {
        format!(
            "S/PV.3009\nFriday, 11 October 1991, 10 a.m.\nIn favour: Austria, Cuba\nAgainst: {against}\n\nThe President: {result}\n"
        )
    };
    let result = "There were 2 votes in favour. The draft resolution has been adopted unanimously as resolution 715 (1991).";
    assert_eq!(checks(&text("None", result)), Vec::<String>::new());
    assert_eq!(
        agreements(&text("None", result))[0].label(),
        "S/RES/715 (1991)"
    );
    assert_eq!(checks(&text("China", result)), ["no-result-line"]);
    assert_eq!(
        checks(&text("None", "I thank the members.")),
        ["no-result-line"]
    );
}

#[test]
fn a_title_is_what_was_put_without_the_totals() {
    for (result, title) in [
        (
            "The draft resolution received 2 votes in favour and 1 against and was not adopted.",
            "The draft resolution",
        ),
        (
            "By 2 votes to 1, with no abstentions, the amendment contained in document A/61/L.50 was rejected.",
            "The amendment contained in document A/61/L.50",
        ),
        (
            "By a recorded vote of 2 to 1, the motion for division was rejected.",
            "The motion for division",
        ),
        (
            "The motion by the representative of Chad was rejected by 2 votes to 1.",
            "The motion by the representative of Chad",
        ),
    ] {
        let read = agreements(&format!("{LISTS}{result}\n"));
        assert_eq!(read[0].title, title, "{result}");
    }
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
