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
