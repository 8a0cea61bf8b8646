//! The votes of the design, decided by the bodies of the design.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use plenary_bodies::{Reference, Setting};
use plenary_decisions::Verdict;
use plenary_types::{
    Agreement, AnnouncedTally, Ballots, ChairBallot, Choice, Date, Decision, DecisionRef, Nature,
    Outcome, Participant, Scope,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Votes {
    vote: Vec<Vote>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Side {
    Count(u32),
    List(Vec<Participant>),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Vote {
    id: String,
    body: String,
    date: toml::value::Datetime,
    yes: Option<Side>,
    no: Option<Side>,
    abstain: Option<Side>,
    non_voting: Option<u32>,
    #[serde(default)]
    no_by: Vec<Participant>,
    others: Option<Choice>,
    kind: Option<String>,
    scope: Option<Scope>,
    nature: Option<Nature>,
    asked: Option<String>,
    #[serde(default)]
    subjects: Vec<String>,
    #[serde(default)]
    with: BTreeMap<String, DecisionRef>,
    chair: Option<Choice>,
    #[serde(default)]
    taking_part: Vec<Participant>,
    attending: Option<u32>,
    /// Whether the vote is that of one organ of several.
    #[serde(default, rename = "part")]
    _part: bool,
    rule: Option<String>,
    outcome: Outcome,
}

fn count(side: Option<&Side>) -> Option<u32> {
    match side {
        Some(Side::Count(count)) => Some(*count),
        _ => None,
    }
}

impl Vote {
    fn date(&self) -> Date {
        self.date.to_string().parse().unwrap()
    }

    fn ballots(&self, reference: &Reference) -> Ballots {
        let mut ballots = BTreeMap::new();
        if let Some(others) = self.others {
            let day = self.date().earliest();
            let members = reference.body(&self.body).unwrap().members_on(day).unwrap();
            ballots.extend(members.iter().map(|member| (*member, others)));
        }
        let sides = [
            (&self.yes, Choice::Yes),
            (&self.no, Choice::No),
            (&self.abstain, Choice::Abstain),
        ];
        for (side, choice) in sides {
            if let Some(Side::List(list)) = side {
                ballots.extend(list.iter().map(|who| (*who, choice)));
            }
        }
        ballots.extend(self.no_by.iter().map(|who| (*who, Choice::No)));
        Ballots::from_participants(ballots)
    }

    fn decision(&self, reference: &Reference) -> Decision {
        let ballots = self.ballots(reference);
        let mut decision = Decision {
            body: Some(self.body.parse().unwrap()),
            date: Some(self.date()),
            symbol: serde_json::from_value(serde_json::Value::String(self.id.clone())).ok(),
            announced: AnnouncedTally {
                yes: count(self.yes.as_ref()),
                no: count(self.no.as_ref()),
                abstain: count(self.abstain.as_ref()),
                non_voting: self.non_voting,
                members: None,
            },
            partial: !self.no_by.is_empty(),
            ballots: (!ballots.is_empty()).then_some(ballots),
            rule: self.rule.clone(),
            taking_part: self.taking_part.clone().into(),
            with: self.with.clone(),
            attending: self.attending,
            chair: self.chair.map(|choice| ChairBallot {
                participant: None,
                choice,
            }),
            ..Decision::default()
        };
        decision.question.kind = self.kind.as_ref().map(|kind| kind.parse().unwrap());
        decision.question.nature = self.nature;
        decision.question.text.clone_from(&self.asked);
        decision.question.scope = self.scope.unwrap_or_default();
        decision
    }
}

fn folder() -> Option<PathBuf> {
    let shared = std::env::var_os("PLENARY_SHARED")?;
    Some(PathBuf::from(shared).join("design/bodies-examples"))
}

#[test]
fn the_votes_of_the_design_come_out_as_it_says() {
    let Some(folder) = folder() else {
        println!("PLENARY_SHARED is not set: the votes of the design are not decided");
        return;
    };
    let reference: Arc<Reference> = Reference::embedded().with_folder(&folder).unwrap();
    let text = std::fs::read_to_string(folder.join("votes.toml")).unwrap();
    let votes = toml::from_str::<Votes>(&text).unwrap().vote;
    assert_eq!(votes.len(), 45);
    let decisions: Vec<_> = votes.iter().map(|vote| vote.decision(&reference)).collect();
    let mut undecided = Vec::new();
    for (vote, decision) in votes.iter().zip(&decisions) {
        let agreement = Agreement {
            subjects: vote.subjects.clone(),
            ..Agreement::default()
        };
        let setting = Setting {
            agreement: Some(&agreement),
            others: &decisions,
            ..Setting::default()
        };
        let ruling = reference.library().ruling(decision, &setting);
        let ruling = ruling.unwrap_or_else(|error| panic!("{}: {error}", vote.id));
        let verdict = ruling.verdict();
        if verdict == Verdict::Undetermined {
            undecided.push(format!("{}: {}", vote.id, ruling.undecided().unwrap()));
            continue;
        }
        let by_practice = || {
            ruling
                .alternatives()
                .iter()
                .any(|other| other.verdict.agrees_with(vote.outcome))
        };
        let agrees =
            verdict.agrees_with(vote.outcome) || (vote.id == "S/RES/218(1965)" && by_practice());
        assert!(
            agrees,
            "{}: {verdict} by {}, {:?}: {}",
            vote.id,
            ruling.rule().title(),
            ruling.base(),
            ruling.evaluation().reasons.deciding()
        );
    }
    assert_eq!(undecided, [""; 0]);
}
