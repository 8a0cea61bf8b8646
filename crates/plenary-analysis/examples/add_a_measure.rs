//! A measure of your own, from the formula to its values.

use plenary_analysis::dyad::{Dyads, Joint, Measure, Measures};
use plenary_analysis::{Grouping, VoteKey, Votes};
use plenary_types::Choice::{No, Yes};

/// The share of common votes in which both said yes.
const BOTH_YES: Measure = Measure {
    name: "both-yes",
    treatment: "an abstention does not count as yes; votes with an absence are left out",
    source: "ours",
    of: both_yes,
};

fn both_yes(joint: &Joint) -> Option<f64> {
    (joint.common() > 0.0).then(|| joint.table[0][0] / joint.common())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The registration: from here on it is known by its name, like those of the crate.
    let measures = Measures::default().with(BOTH_YES);

    let mut votes = Votes::default();
    votes.add(VoteKey::new("1"), [("FRA", Yes), ("CZE", Yes)]);
    votes.add(VoteKey::new("2"), [("FRA", No), ("CZE", Yes)]);
    let dyads = Dyads::count(&votes.matrix(Grouping::All));
    let values = dyads.groups()[0].values(measures.find("both-yes")?);
    assert_eq!(values, [0.5]);
    Ok(())
}
