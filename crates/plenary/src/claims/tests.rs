//! Reports about twenty votes, right and wrong.

use plenary_types::{Agreement, Source};
use plenary_validation::ClaimStanding;

use super::propose_claims;

/// A vote of a body of so many members, with the states that voted against, abstained and were absent.
fn vote(date: &str, no: &[&str], abstain: &[&str], absent: &[&str]) -> Agreement {
    let yes = [
        "FRA", "PER", "IND", "NOR", "KEN", "JPN", "FJI", "CUB", "TCD", "MEX",
    ];
    let quoted = |codes: &[&str]| {
        let codes: Vec<String> = codes.iter().map(|code| format!("{code:?}")).collect();
        codes.join(", ")
    };
    let document = format!(
        r#"{{"symbols": ["A/RES/73/195"], "acts": [{{"act": "decision", "body": "unga", "date": "{date}", "symbol": "A/RES/73/195",
            "announced": {{"yes": {}, "no": {}, "abstain": {}, "non-voting": {}, "members": {}}},
            "ballots": {{"yes": [{}], "no": [{}], "abstain": [{}], "non-voting": [{}]}}}}]}}"#,
        yes.len(),
        no.len(),
        abstain.len(),
        absent.len(),
        yes.len() + no.len() + abstain.len() + absent.len(),
        quoted(&yes),
        quoted(no),
        quoted(abstain),
        quoted(absent),
    );
    serde_json::from_str(&document).unwrap()
}

/// A decision without a vote.
fn consensus() -> Agreement {
    let document = r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "body": "unga", "date": "2018-12-19",
        "mode": "without-vote", "outcome": "adopted"}]}"#;
    serde_json::from_str(document).unwrap()
}

/// What a report claims, each with its standing, and what was left out of it.
fn told(agreement: &Agreement, report: &str) -> Vec<String> {
    let proposed = propose_claims(report, &Source::default(), agreement).judged(agreement);
    let standing = |standing: &ClaimStanding| match standing {
        ClaimStanding::Confirmed => "holds",
        ClaimStanding::Contradicted { .. } => "wrong",
        ClaimStanding::NotCheckable { .. } => "open",
        _ => "otherwise",
    };
    let claims = proposed.claims.iter().map(|proposed| {
        let judgement = proposed.judgement.as_ref().unwrap();
        format!("{}: {}", standing(&judgement.standing), proposed.claim.text)
    });
    let left = proposed
        .left_out
        .iter()
        .map(|left| format!("left out: {}", left.reason));
    claims.chain(left).collect()
}

#[test]
fn reports_about_twenty_votes_are_judged_by_their_records() {
    let day = "2018-12-19";
    let cases: [(Agreement, &str, &[&str]); 20] = [
        (
            vote(day, &["HUN", "POL"], &["CHL"], &[]),
            "The Assembly endorsed it on 19 December 2018 by 10 votes to 2, with 1 abstention.",
            &[
                "holds: It was decided on 2018-12-19.",
                "holds: 10 voted in favour.",
                "holds: 2 voted against.",
                "holds: 1 abstained.",
            ],
        ),
        (
            vote(day, &["HUN", "POL"], &["CHL"], &[]),
            "The text was passed on December 18, 2018, by a vote of 10 to 3.",
            &[
                "wrong: It was decided on 2018-12-18.",
                "holds: 10 voted in favour.",
                "wrong: 3 voted against.",
            ],
        ),
        (
            vote(day, &["HUN", "POL"], &["CHL"], &[]),
            "Ten countries voted in favour, two against and one abstained.",
            &[
                "holds: 10 voted in favour.",
                "holds: 2 voted against.",
                "holds: 1 abstained.",
            ],
        ),
        (
            vote(day, &["HUN", "POL", "USA"], &[], &[]),
            "Three states voted against: Hungary, Poland and the United States.",
            &[
                "holds: 3 voted against.",
                "holds: Only HUN, POL, USA voted against.",
            ],
        ),
        (
            vote(day, &["HUN", "POL", "USA"], &[], &[]),
            "It was adopted with 3 against (Hungary, Israel, United States) and no abstentions.",
            &[
                "holds: 3 voted against.",
                "wrong: Only HUN, ISR, USA voted against.",
                "holds: 0 abstained.",
            ],
        ),
        (
            vote(day, &["HUN", "POL"], &["CHL"], &[]),
            "Hungary voted against, while Chile abstained. Only Hungary voted against.",
            &[
                "holds: HUN voted against.",
                "holds: CHL abstained.",
                "wrong: Only HUN voted against.",
            ],
        ),
        (
            vote(day, &["HUN"], &["CHL"], &[]),
            "Chile and Hungary voted against. France voted in favour.",
            &[
                "wrong: CHL, HUN voted against.",
                "holds: FRA voted in favour.",
            ],
        ),
        (
            vote(day, &[], &[], &[]),
            "The resolution was adopted unanimously.",
            &["holds: 0 voted against.", "holds: 0 abstained."],
        ),
        (
            vote(day, &[], &["CHL"], &[]),
            "The resolution was adopted unanimously.",
            &["holds: 0 voted against.", "wrong: 0 abstained."],
        ),
        (
            consensus(),
            "The Assembly adopted it without a vote.",
            &["holds: It was adopted without a vote."],
        ),
        (
            vote(day, &["HUN"], &[], &[]),
            "The Assembly adopted it by consensus.",
            &["wrong: It was adopted without a vote."],
        ),
        (
            vote(
                day,
                &["HUN"],
                &["CHL", "AUT"],
                &["CHN", "BRA", "EGY", "GHA", "IRQ", "LAO", "MLI"],
            ),
            "Ten of the 20 member states voted in favour. More members abstained than voted against.",
            &[
                "holds: 10 voted in favour.",
                "holds: The body had 20 members.",
                "holds: more members abstained than voted against.",
            ],
        ),
        (
            vote(day, &["HUN", "POL", "USA"], &["CHL"], &["CHN"]),
            "More countries abstained than voted against, and the 15-member body had one absent member.",
            &[
                "wrong: more members abstained than voted against.",
                "holds: The body had 15 members.",
                "holds: 1 did not vote.",
            ],
        ),
        (
            vote(
                day,
                &["HUN", "POL"],
                &["CHL", "AUT", "CHE", "SGP", "ITA", "ROU"],
                &["CHN", "BRA"],
            ),
            "50 per cent of the members voted in favour. 83.3 percent of those voting were in favour.",
            &[
                "holds: 50 per cent of the members voted in favour.",
                "holds: 83.3 per cent of those voting voted in favour.",
            ],
        ),
        (
            vote(day, &["HUN", "POL"], &["CHL"], &[]),
            "More than nine countries voted in favour. At least three voted against. Fewer than 3 abstained.",
            &[
                "holds: more than 9 voted in favour.",
                "wrong: more than 2 voted against.",
                "holds: fewer than 3 abstained.",
            ],
        ),
        (
            vote(day, &["HUN", "POL"], &["CHL"], &[]),
            "Some 10 countries voted in favour. Chile would have voted against. Poland did not vote against.",
            &[
                "left out: not a plain statement that can be checked: `10` not used",
                "left out: it does not say plainly what happened: `Chile` not used",
                "left out: it does not say plainly what happened: `Poland` not used",
            ],
        ),
        (
            vote(day, &["HUN", "POL"], &["CHL"], &[]),
            "In 2016, 150 countries voted in favour of another text. Resolution A/RES/71/1 had 14 against.",
            &[
                "left out: it is about another year: `2016`, `150` not used",
                "left out: it is about another document: `14` not used",
            ],
        ),
        (
            vote(day, &["HUN"], &["CHL"], &["CHN", "BRA"]),
            "Two members did not vote. China and Brazil were absent.",
            &["holds: 2 did not vote.", "holds: CHN, BRA did not vote."],
        ),
        (
            vote(day, &["HUN"], &["CHL"], &["CHN"]),
            "A migrant died every 4 hours that year, the agency said in Geneva. Norway hosts 12 of its offices.",
            &[
                "left out: not a plain statement that can be checked: `4` not used",
                "left out: not a plain statement that can be checked: `Norway`, `12` not used",
            ],
        ),
        (
            vote(day, &["HUN", "POL"], &["CHL"], &[]),
            "The motion was rejected by 10 votes to 2. Poland alone abstained. Hungary and Poland voted against, and Chile abstained.",
            &[
                "wrong: Only POL abstained.",
                "holds: HUN, POL voted against.",
                "holds: CHL abstained.",
                "left out: not a plain statement that can be checked: `10`, `2` not used",
            ],
        ),
    ];
    for (agreement, report, expected) in cases {
        assert_eq!(told(&agreement, report), expected, "{report}");
    }
}

#[test]
fn claims_name_their_words_and_their_line() {
    let agreement = vote("2018-12-19", &["HUN"], &[], &[]);
    let report = "A headline\n\nIn the end ten\nstates voted in favour. Mr. Smith of the U.N. said: Hungary\nvoted against.";
    let proposed = propose_claims(report, &Source::default(), &agreement);
    let words: Vec<(u64, &str)> = proposed
        .claims
        .iter()
        .map(|claim| (claim.line, &*claim.words))
        .collect();
    assert_eq!(
        words,
        [
            (3, "ten states voted in favour"),
            (4, "Hungary voted against")
        ]
    );
    let document = proposed.document(&agreement);
    assert_eq!(document.claims.len(), 2);
    assert_eq!(document.symbols, agreement.symbols);
}

#[test]
fn no_report_makes_it_fail() {
    let agreement = vote("2018-12-19", &[], &[], &[]);
    for report in [
        "",
        "...",
        "(",
        "5 against (",
        "votes to",
        "— – %",
        "more than",
        "İ 10 votes to 2 İ",
        "of of of 193-member",
    ] {
        let proposed = propose_claims(report, &Source::default(), &agreement);
        assert_eq!(proposed.about, "A/RES/73/195");
    }
}

/// Sentences about the Compact, which was adopted in Marrakech without a vote and endorsed by the Assembly by a vote.
fn about_the_compact(cases: &[(&str, &[&str])]) {
    let compact = crate::global_compact().unwrap();
    for (sentence, expected) in cases {
        assert_eq!(told(&compact, sentence), *expected, "{sentence}");
    }
}

#[test]
fn a_claim_is_about_the_decision_that_place_day_body_or_mode_tell_of() {
    about_the_compact(&[
        (
            "On 10 December 2018 the Compact was adopted in Marrakech.",
            &["holds: It was decided on 2018-12-10 (A/CONF.231/3)."],
        ),
        (
            "The Compact was adopted by acclamation in Marrakech.",
            &["holds: It was adopted without a vote (A/CONF.231/3)."],
        ),
        (
            "The Compact, adopted by consensus in Marrakesh, was endorsed by 152 votes to 5.",
            &[
                "holds: It was adopted without a vote (A/CONF.231/3).",
                "holds: 152 voted in favour.",
                "holds: 5 voted against.",
            ],
        ),
        (
            "The Compact, which was adopted in Marrakech on December 10, 2018, was endorsed by the Assembly on 19 December 2018 by 151 votes to five.",
            &[
                "holds: It was decided on 2018-12-10 (A/CONF.231/3).",
                "holds: It was decided on 2018-12-19.",
                "wrong: 151 voted in favour.",
                "holds: 5 voted against.",
            ],
        ),
        (
            "The Assembly adopted the Compact by consensus.",
            &["wrong: It was adopted without a vote."],
        ),
        (
            "On 11 December 2018 the Compact was adopted in Marrakech.",
            &["wrong: It was decided on 2018-12-11 (A/CONF.231/3)."],
        ),
        (
            "The Assembly endorsed the Compact on 18 December 2018 by 152 votes to 5.",
            &[
                "wrong: It was decided on 2018-12-18.",
                "holds: 152 voted in favour.",
                "holds: 5 voted against.",
            ],
        ),
        (
            "After the conference in Marrakech, the Assembly endorsed the Compact on 19 December 2018.",
            &["holds: It was decided on 2018-12-19."],
        ),
        (
            "It was adopted without a vote.",
            &["holds: It was adopted without a vote (A/CONF.231/3)."],
        ),
        (
            "On 19 December 2018 it was adopted without a vote.",
            &[
                "wrong: It was adopted without a vote.",
                "left out: it does not tell which of the decisions of the record it is about: `19`, `2018` not used",
            ],
        ),
        (
            "In Marrakech, 160 countries voted in favour.",
            &["open: 160 voted in favour (A/CONF.231/3)."],
        ),
    ]);
}

#[test]
fn what_may_be_of_another_decision_or_of_another_text_is_left_out_with_the_reason() {
    const UNTOLD: &str =
        "left out: it does not tell which of the decisions of the record it is about";
    let compact = crate::global_compact().unwrap();
    for (sentence, reason) in [
        (
            "On 19 December 2018 the Compact was adopted in Marrakech.",
            UNTOLD,
        ),
        ("The Compact was adopted on 11 December 2018.", UNTOLD),
        (
            "The Compact was adopted by consensus in Rome.",
            "left out: it names a place",
        ),
        (
            "The Security Council adopted it by 15 votes to none.",
            "left out: it is about a decision of another body",
        ),
        (
            "In the Third Committee, 120 voted in favour.",
            "left out: it is about a vote in a committee",
        ),
        (
            "Last year 130 countries voted in favour.",
            "left out: it is about another time",
        ),
        (
            "In July 2018, 130 countries voted in favour.",
            "left out: it is about another time",
        ),
        (
            "On 17 December, 181 countries voted in favour.",
            "left out: it is about another time",
        ),
        (
            "Of all members 152 voted in favour of the amendment.",
            "left out: it is about a part",
        ),
        (
            "The vote on paragraph 5 was 150 to 3.",
            "left out: it is about a part",
        ),
        (
            "The Global Compact on Refugees was adopted by 181 votes to 2.",
            "left out: it is about another document",
        ),
        (
            "Another resolution was adopted by 120 votes to 8.",
            "left out: it is about another document",
        ),
        (
            "Did 150 countries in all: 150 voted in favour?",
            "left out: it does not say plainly",
        ),
    ] {
        let read = told(&compact, sentence);
        assert!(
            matches!(&*read, [only] if only.starts_with(reason)),
            "{sentence}: {read:?}"
        );
    }
}

#[test]
fn numbers_of_the_rest_of_a_part_or_of_about_so_many_are_no_claims_and_are_listed() {
    let compact = crate::global_compact().unwrap();
    for (sentence, number) in [
        ("All but five members voted in favour.", "five"),
        ("All but Hungary and Poland voted in favour.", "Hungary"),
        ("Three African countries voted against.", "Three"),
        ("Five countries from Africa voted against.", "Five"),
        ("In the European Union five voted against.", "five"),
        ("No African country voted against.", "No"),
        ("A dozen countries abstained.", "dozen"),
        ("Three quarters of the members voted yes.", "Three"),
        ("Up to 150 countries voted in favour.", "150"),
        (
            "Many countries, including five members, voted against.",
            "five",
        ),
        ("Twenty countries joined the debate.", "Twenty"),
        ("152 members voted in favour of deleting it.", "152"),
        ("The US spoke first.", "US"),
        ("The U.K. and the UAE spoke.", "U.K"),
        ("The score was 3-1.", "3-1"),
    ] {
        let read = told(&compact, sentence);
        let [only] = &*read else {
            panic!("{sentence}: {read:?}");
        };
        assert!(
            only.starts_with("left out") && only.contains(number),
            "{read:?}"
        );
    }
    assert_eq!(told(&compact, "They told us no."), [""; 0]);
}

#[test]
fn scores_numbers_in_words_and_abbreviations_are_read() {
    about_the_compact(&[
        ("The US voted no.", &["holds: USA voted against."]),
        ("The U.S. voted against.", &["holds: USA voted against."]),
        ("Only us voted against.", &[]),
        (
            "Hungary, the U.S., Poland, Israel and Czechia voted against.",
            &["holds: HUN, USA, POL, ISR, CZE voted against."],
        ),
        (
            "The U.K. and the UAE voted in favour, and the DRC, the DPRK and ROK abstained.",
            &[
                "holds: GBR, ARE voted in favour.",
                "wrong: COD, PRK, KOR abstained.",
            ],
        ),
        (
            "Twenty-four members did not vote.",
            &["holds: 24 did not vote."],
        ),
        (
            "One hundred and fifty-two countries voted in favour and one hundred twelve abstained.",
            &["holds: 152 voted in favour.", "wrong: 112 abstained."],
        ),
        (
            "The Assembly endorsed it by a recorded vote of 152 in favour to 5 against, with 12 abstentions.",
            &[
                "holds: 152 voted in favour.",
                "holds: 5 voted against.",
                "holds: 12 abstained.",
            ],
        ),
        (
            "The Assembly voted 152-6 to endorse it.",
            &["holds: 152 voted in favour.", "wrong: 6 voted against."],
        ),
        (
            "It passed by a vote of 152–5–12.",
            &[
                "holds: 152 voted in favour.",
                "holds: 5 voted against.",
                "holds: 12 abstained.",
            ],
        ),
        (
            "The vote was 152 to five.",
            &["holds: 152 voted in favour.", "holds: 5 voted against."],
        ),
        (
            "The result was 152 for, 5 against and 12 abstentions.",
            &[
                "holds: 152 voted in favour.",
                "holds: 5 voted against.",
                "holds: 12 abstained.",
            ],
        ),
        (
            "No fewer than 153 countries voted in favour and no more than five voted against.",
            &[
                "wrong: more than 152 voted in favour.",
                "holds: fewer than 6 voted against.",
            ],
        ),
        (
            "More than three quarters of the members voted in favour.",
            &["holds: more than 75 per cent of the members voted in favour."],
        ),
        (
            "Less than two thirds of the members voted in favour.",
            &["wrong: fewer than 66.666 per cent of the members voted in favour."],
        ),
    ]);
}

#[test]
fn what_is_composed_denied_or_about_something_else_is_no_claim() {
    let compact = crate::global_compact().unwrap();
    for sentence in [
        "Between 5 and 12 countries abstained.",
        "12 or 13 countries abstained.",
        "17 countries voted against or abstained.",
        "157 countries voted yes or no.",
        "More than 12 countries abstained or were absent.",
        "96.8 per cent of those voting yes or no voted in favour.",
        "Hungary and Austria voted against and abstained respectively.",
        "It is false that Germany abstained.",
        "Germany abstained from comment.",
        "The Assembly adopted a resolution on Palestine by 100 votes to 5.",
        "It was adopted almost unanimously.",
        "It was adopted all but unanimously.",
        "Unanimously, except for one abstention, it was adopted.",
        "Five of 12 countries abstained.",
        "Hungary voted for Austria.",
        "No one voted against the Compact.",
    ] {
        let proposed = propose_claims(sentence, &Source::default(), &compact);
        let claims = proposed
            .claims
            .iter()
            .filter(|proposed| proposed.claim.text != "1 abstained.");
        assert_eq!(claims.count(), 0, "{sentence}: {:?}", proposed.claims);
    }
    for (sentence, claims) in [
        ("Austria abstained from voting.", 1),
        ("Austria abstained from the vote.", 1),
        (
            "The Assembly adopted a resolution on migration by 152 votes to 5.",
            2,
        ),
        ("152 of its 193 members voted in favour.", 2),
        ("152 of 193 member states voted in favour.", 2),
        ("Morocco voted in favour of the Compact.", 1),
        ("152 voted in favour, 5 voted against and 12 abstained.", 3),
    ] {
        let proposed = propose_claims(sentence, &Source::default(), &compact).judged(&compact);
        assert_eq!(
            (proposed.claims.len(), proposed.contradicted()),
            (claims, 0),
            "{sentence}"
        );
    }
}
