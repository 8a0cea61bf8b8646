use plenary_types::{Choice, Severity};

use crate::{Check, DatasetCheck, DatasetFindings, Example, History, Run, SessionVotes, reference};

pub(crate) static CHECK: Check = Check {
    name: "participation-drop",
    summary: "a member hardly votes in one session, and does in those before and after",
    severity: Severity::Note,
    why: "A member that votes in most questions of the sessions before and after and in few of one session has lost its \
          votes in a copy of the data, or was away: a delegation stays out, or has no vote under Article 19 for its \
          arrears. The records alone do not tell, so this is a note; another source or the list of members in arrears \
          does.",
    sources: &[
        "Charter Art. 19",
        "A/RES/50/207 B and the lists of members in arrears (Art. 19)",
    ],
    example: Example::Text {
        fails: "session 43  98 % of 136 votes\nsession 44  33 % of 116 votes\nsession 45  97 % of 86 votes",
        mended: "session 44  98 % of 116 votes, from the records of the Library",
    },
    waive: "Waive it for a session in which the member is known to have been in arrears or absent.",
    run: Run::Dataset(|| Box::new(Drop)),
};

struct Drop;

/// Fewer votes than these tell nothing.
const FEWEST_VOTES: usize = 10;
/// The share of votes by which participation has to fall below that of both neighbours.
const FALL: f64 = 0.35;
/// And to how much of theirs.
const SHARE: f64 = 0.6;

impl DatasetCheck for Drop {
    fn finish(self: Box<Self>, history: &History, out: &mut DatasetFindings<'_>) {
        for (session, votes) in history.sessions() {
            let beside = |other: Option<u16>| other.and_then(|n| history.session(n));
            let neighbours = (
                beside(session.checked_sub(1)),
                beside(session.checked_add(1)),
            );
            let (Some(before), Some(after)) = neighbours else {
                continue;
            };
            for (column, state) in history.states().iter().enumerate() {
                let rates = [before, votes, after].map(|votes| participation(votes, column));
                let [Some(earlier), Some(now), Some(later)] = rates else {
                    continue;
                };
                let usual = earlier.min(later);
                if usual - now > FALL && now < SHARE * usual {
                    let name = reference::name_of(*state, None);
                    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
                    out.report(Some(votes.first()), message(votes, column))
                        .expected(format!("{} and {} in the sessions beside it", percent(earlier), percent(later)))
                        .found(format!("{name}, {} in session {session}", percent(now)))
                        .help("was the member in arrears (Article 19) or absent? another source tells");
                }
            }
        }
    }
}

/// Whether the votes are wholly missing or few: two causes.
fn message(votes: &SessionVotes, column: usize) -> &'static str {
    let voted = votes
        .column(column)
        .any(|choice| choice <= Choice::Abstain as u8);
    match voted {
        true => "a member votes in few questions of a session, and in most before and after",
        false => "a member votes in no question of a session, and in most before and after",
    }
}

/// The share of the votes on whose list the member is in which it took a position.
fn participation(votes: &SessionVotes, column: usize) -> Option<f64> {
    let (mut listed, mut voted) = (0usize, 0usize);
    for choice in votes.column(column) {
        listed += usize::from(choice <= Choice::NonVoting as u8);
        voted += usize::from(choice <= Choice::Abstain as u8);
    }
    (listed >= FEWEST_VOTES).then(|| voted as f64 / listed as f64)
}
