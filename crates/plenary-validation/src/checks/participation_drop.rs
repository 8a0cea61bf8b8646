use plenary_types::{Choice, Severity};

use crate::{
    Check, DatasetCheck, DatasetFindings, Example, History, Run, SessionVotes, UNLISTED, reference,
};

pub(crate) static CHECK: Check = Check {
    name: "participation-drop",
    summary: "a member hardly votes in one session, and does in those before and after",
    severity: Severity::Note,
    why: "A member that votes in most questions of the sessions before and after and in few of one session has lost its \
          votes in a copy of the data, or was away: a delegation stays out, or has no vote under Article 19 for its \
          arrears. The records alone do not tell, so this is a note; another source or the list of members in arrears \
          does. Where all the missing votes stand in a row, and the member took part in nearly every other vote of the \
          session, a part of the table may have been lost; that is a cause of its own. Lists that leave out \
          absent members are judged by the votes that a member cast among all of the session. The fall has to be 35 \
          points at least and large for the size of the session (a difference of 2.5 in the logarithm of the odds), or \
          the row a quarter of the session. The widest falls come first.",
    sources: &[
        "Charter Art. 19",
        "A/RES/50/207 B and the lists of members in arrears (Art. 19)",
        "United Nations General Assembly Voting Data: Myanmar in session 44, 38 votes in a row",
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
/// And by how much the logarithm of its odds.
const ODDS: f64 = 2.5;
/// Missing votes in a row are told apart when they are so many, so large a share of the session, and the member took part
/// in so many of the other votes of the session and of those beside it.
const FEWEST_IN_A_ROW: usize = 15;
const SHARE_IN_A_ROW: f64 = 0.25;
const OTHERWISE: f64 = 0.95;
const BESIDE: f64 = 0.9;

const NONE: &str = "a member votes in no question of a session, and in most before and after";
const FEW: &str = "a member votes in few questions of a session, and in most before and after";
const ROW: &str = "a member has no vote in many questions in a row, and votes in nearly all others of the session";

impl DatasetCheck for Drop {
    fn finish(self: Box<Self>, history: &History, out: &mut DatasetFindings<'_>) {
        let mut falls = falls(history);
        falls.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        for fall in &falls {
            let percent = |share: f64| format!("{:.0} %", 100.0 * share);
            let [earlier, now, later] = fall.shares.map(percent);
            let (name, session) = (&fall.name, fall.session);
            out.report(Some(fall.votes.first()), fall.message)
                .expected(format!("{earlier} and {later} in the sessions beside it"))
                .found(format!("{name}, {now} in session {session}"))
                .help("was the member in arrears (Article 19) or absent? another source tells");
        }
    }
}

/// A fall of the participation of a member in one session.
struct Fall<'a> {
    name: String,
    session: u16,
    votes: &'a SessionVotes,
    shares: [f64; 3],
    message: &'static str,
    weight: f64,
}

fn falls(history: &History) -> Vec<Fall<'_>> {
    let mut falls = Vec::new();
    let attended: Vec<_> = history
        .sessions()
        .map(|(session, votes)| {
            (
                session,
                votes,
                Attendance::of_all(votes, history.states().len()),
            )
        })
        .collect();
    for three in attended.windows(3) {
        let [
            (first, _, before),
            (session, votes, during),
            (last, _, after),
        ] = three
        else {
            continue;
        };
        if first + 1 != *session || session + 1 != *last {
            continue;
        }
        let members = history.states().iter().enumerate();
        for (column, state) in members {
            let of_session =
                |all: &[Attendance]| all.get(column).copied().filter(Attendance::tells);
            let (Some(earlier), Some(now), Some(later)) =
                (of_session(before), of_session(during), of_session(after))
            else {
                continue;
            };
            if let Some(message) = judge(&earlier, &now, &later) {
                falls.push(Fall {
                    name: reference::name_of(*state, None),
                    session: *session,
                    votes,
                    shares: [earlier, now, later].map(|attendance| attendance.share()),
                    message,
                    weight: usual(&earlier, &later).odds() - now.odds(),
                });
            }
        }
    }
    falls
}

/// What is wrong with the participation of a member, if anything is.
fn judge(earlier: &Attendance, now: &Attendance, later: &Attendance) -> Option<&'static str> {
    let usual = usual(earlier, later);
    if usual.voted == 0 {
        return None;
    }
    if usual.share() >= BESIDE && now.is_one_gap() {
        return Some(ROW);
    }
    let falls = usual.share() - now.share() >= FALL && usual.odds() - now.odds() >= ODDS;
    falls.then_some(if now.voted == 0 { NONE } else { FEW })
}

/// The lower of two.
fn usual<'a>(earlier: &'a Attendance, later: &'a Attendance) -> &'a Attendance {
    if earlier.share() <= later.share() {
        earlier
    } else {
        later
    }
}

/// How often a member took a position in the votes of a session on whose list it was.
#[derive(Clone, Copy, Default)]
struct Attendance {
    voted: usize,
    listed: usize,
    longest_gap: usize,
    gap: usize,
}

impl Attendance {
    /// The attendance of every member, in the order of the columns.
    fn of_all(votes: &SessionVotes, members: usize) -> Vec<Self> {
        let mut all = vec![Self::default(); members];
        for vote in 0..votes.len() {
            let absent = if votes.is_partial(vote) {
                UNLISTED
            } else {
                Choice::NonVoting as u8
            };
            let row = votes.row(vote).iter().chain(std::iter::repeat(&UNLISTED));
            for (attendance, choice) in all.iter_mut().zip(row) {
                attendance.take(*choice, absent);
            }
        }
        all
    }

    /// Takes in a vote; choices up to `absent` are those of a member on the list.
    fn take(&mut self, choice: u8, absent: u8) {
        let (voted, listed) = (choice <= Choice::Abstain as u8, choice <= absent);
        self.voted += usize::from(voted);
        self.listed += usize::from(listed);
        self.gap = if voted {
            0
        } else {
            self.gap + usize::from(listed)
        };
        self.longest_gap = self.longest_gap.max(self.gap);
    }

    const fn tells(&self) -> bool {
        self.listed >= FEWEST_VOTES
    }

    fn share(&self) -> f64 {
        self.voted as f64 / self.listed.max(1) as f64
    }

    /// The logarithm of the odds, drawn a little towards even where there are few votes.
    fn odds(&self) -> f64 {
        let missed = self.listed - self.voted;
        ((self.voted as f64 + 0.5) / (missed as f64 + 0.5)).ln()
    }

    /// Whether nearly all that is missing stands in a row.
    fn is_one_gap(&self) -> bool {
        let others = self.listed - self.longest_gap;
        self.longest_gap >= FEWEST_IN_A_ROW
            && self.longest_gap as f64 >= SHARE_IN_A_ROW * self.listed as f64
            && others > 0
            && self.voted as f64 >= OTHERWISE * others as f64
    }
}
