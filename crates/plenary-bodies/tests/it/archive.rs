//! Every vote of the United Nations Digital Library's records, 1946 to 1989, when the shared data is there.

use chrono::NaiveDate;
use plenary_bodies::{InForce, Library};
use plenary_decisions::{Standing, Verdict};
use plenary_import::{Import, Options, read};
use plenary_types::{Choice, Decision};

fn archive(name: &str) -> Option<Import> {
    let path = plenary_testing::shared(&format!("undl/{name}"))?;
    Some(read(&path, &Options::default().lenient()).unwrap())
}

struct Vote {
    symbol: String,
    day: NaiveDate,
    standing: Standing<'static>,
    decision: Decision,
}

fn votes(import: &Import) -> impl Iterator<Item = Vote> + '_ {
    import.records().flat_map(|record| {
        let symbol = record.agreement.label().to_owned();
        let decisions: Vec<Decision> = record
            .agreement
            .decisions()
            .map(|(_, d)| d.clone())
            .collect();
        decisions.into_iter().filter_map(move |decision| {
            let ballots = decision.ballots.as_ref()?;
            let standing = Standing::from_ballots(ballots.by_state());
            let day = decision.date?.latest();
            Some(Vote {
                symbol: symbol.clone(),
                day,
                standing,
                decision,
            })
        })
    })
}

fn rule(body: &str, category: &str, day: NaiveDate) -> InForce<'static> {
    Library::embedded().rule_for(body, category, day).unwrap()
}

/// Resolutions adopted although a permanent member voted against: on the agenda, on inviting a party, on calling the
/// Assembly, on a committee.
const OVER_A_NO: [&str; 9] = [
    "S/RES/34(1947)",
    "S/RES/87(1950)",
    "S/RES/88(1950)",
    "S/RES/110(1955)",
    "S/RES/119(1956)",
    "S/RES/120(1956)",
    "S/RES/132(1959)",
    "S/RES/157(1960)",
    "S/RES/462(1980)",
];

/// Recorded votes of which the Library's record holds the names of the members and no choice.
const WITHOUT_CHOICES: [&str; 3] = ["A/RES/39/28A", "A/RES/39/28B", "A/RES/43/62"];

#[test]
fn every_vote_of_the_council_is_decided_and_those_over_a_veto_were_procedural() {
    let Some(import) = archive("library_sc_1946_1989.csv.zst") else {
        return;
    };
    let permanent = Library::embedded().facts("unsc", "1980-01-01".parse().unwrap());
    let permanent = permanent.group(&"P5".parse().unwrap()).unwrap();
    let (mut count, mut over_a_no) = (0, Vec::new());
    let (mut failed, mut in_doubt) = (Vec::new(), Vec::new());
    for vote in votes(&import) {
        count += 1;
        let substantive = rule("unsc", "substantive", vote.day).verdict(&vote.standing);
        let procedural = rule("unsc", "procedural", vote.day);
        assert_ne!(substantive, Verdict::Undetermined, "{}", vote.symbol);
        let ballots = vote.decision.ballots.as_ref().unwrap();
        let against = ballots
            .by_state()
            .any(|(code, c)| c == Choice::No && permanent.contains(code));
        if against {
            assert_eq!(substantive, Verdict::Rejected, "{}", vote.symbol);
            assert_eq!(
                procedural.verdict(&vote.standing),
                Verdict::Adopted,
                "{}",
                vote.symbol
            );
            over_a_no.push(vote.symbol.clone());
        } else if substantive == Verdict::Rejected {
            failed.push(vote.symbol.clone());
        }
        if let Some(amended) =
            Library::embedded().rule_for("unsc", "substantive-as-amended", vote.day)
            && amended.verdict(&vote.standing) == Verdict::Rejected
        {
            in_doubt.push(vote.symbol);
        }
    }
    assert!(count > 600, "{count}");
    assert_eq!(over_a_no, OVER_A_NO);
    assert!(failed.is_empty(), "{failed:?}");
    // Adopted by seven votes while the amended text asked for nine.
    assert_eq!(in_doubt, ["S/RES/218(1965)"]);
}

#[test]
fn every_resolution_of_the_assembly_is_adopted_by_its_votes() {
    let Some(import) = archive("library_ga_1946_1989.csv.zst") else {
        return;
    };
    let (mut count, mut failed, mut without_choices) = (0, Vec::new(), Vec::new());
    for vote in votes(&import) {
        count += 1;
        let ordinary = rule("unga", "ordinary", vote.day).evaluate(&vote.standing);
        assert_ne!(ordinary.verdict, Verdict::Undetermined, "{}", vote.symbol);
        if ordinary.verdict == Verdict::Rejected && vote.standing.tally().voting() == 0 {
            without_choices.push(vote.symbol);
        } else if ordinary.verdict == Verdict::Rejected {
            failed.push(format!(
                "{} of {}: {}",
                vote.symbol, vote.day, ordinary.reasons
            ));
        }
    }
    assert!(count > 2500, "{count}");
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(without_choices, WITHOUT_CHOICES);
}
