//! The check `participation-drop`.

use plenary_types::{Choice, Participant, Session, Severity};
use plenary_validation::{Check, DatasetFindings, Example, Run};
use rayon::prelude::*;

use super::history::{History, SessionVotes, UNLISTED};
use super::thresholds::{
    BESIDE, FALL, FEWEST_IN_A_ROW, FEWEST_LISTED, LOG_ODDS, OTHERWISE, SHARE_IN_A_ROW,
};
use super::{name_of, shared};
use crate::level::{Kernel, Level};

/// A member hardly votes in one session.
pub static PARTICIPATION_DROP: Check = Check {
    name: "participation-drop",
    summary: "a member hardly votes in one session, and does in those before and after",
    severity: Severity::Note,
    why: "A member that votes on most questions of the sessions before and after and on few of one session has lost its \
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
        fails: "session 43  97 % of 136 votes\nsession 44  66 % of 116 votes, 38 of the others in a row\nsession 45  99 % of 86 votes",
        mended: "session 44  99 % of 116 votes, those 38 taken from the records of the Library",
    },
    waive: "Waive it for a session in which the member is known to have been in arrears or absent.",
    run: Run::Dataset(&shared),
};

const NONE: &str = "a member votes on no question of a session, and on most before and after";
const FEW: &str = "a member votes on few questions of a session, and on most before and after";
const ROW: &str = "a member has no vote on many questions in a row, and votes on nearly all others of the session";

pub(super) fn report(history: &History, out: &mut DatasetFindings) {
    let mut falls = falls(history);
    falls.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    for fall in &falls {
        let percent = |share: f64| format!("{:.0} %", 100.0 * share);
        let [earlier, now, later] = fall.shares.map(percent);
        let (name, session) = (name_of(fall.state), fall.session);
        out.report_as(&PARTICIPATION_DROP, Some(fall.votes.first()), fall.message)
            .expected(format!("{earlier} and {later} in the sessions beside it"))
            .found(format!("{name}, {now} in session {session}"))
            .help("was the member in arrears (Article 19) or absent? another source tells")
            .subjects([fall.state])
            .subjects([Session::Regular(session)]);
    }
}

/// A fall of the participation of a member in one session.
struct Fall<'a> {
    state: Participant,
    session: u16,
    votes: &'a SessionVotes,
    shares: [f64; 3],
    message: &'static str,
    weight: f64,
}

fn falls(history: &History) -> Vec<Fall<'_>> {
    let mut falls = Vec::new();
    let members = history.states().len();
    let sessions: Vec<_> = history.sessions().collect();
    let attended: Vec<_> = sessions
        .into_par_iter()
        .map(|(session, votes)| (session, votes, Attendance::of_all(votes, members)))
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
                    state: *state,
                    session: *session,
                    votes,
                    shares: [earlier, now, later].map(|attendance| attendance.share()),
                    message,
                    weight: usual(&earlier, &later).log_odds() - now.log_odds(),
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
    let falls =
        usual.share() - now.share() >= FALL && usual.log_odds() - now.log_odds() >= LOG_ODDS;
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
}

/// The attendance of all members so far, a row a figure: many are counted at once.
struct Running {
    voted: Vec<u32>,
    listed: Vec<u32>,
    /// The votes missed in a row, up to now and at most.
    gap: Vec<u32>,
    longest_gap: Vec<u32>,
}

impl Running {
    /// Takes in a vote; choices up to `absent` are those of a member on the list.
    #[inline(always)]
    fn take(&mut self, row: &[u8], absent: u8) {
        let gaps = self.gap.iter_mut().zip(&mut self.longest_gap);
        let counts = self.voted.iter_mut().zip(&mut self.listed).zip(gaps);
        for (choice, ((voted, listed), (gap, longest))) in row.iter().zip(counts) {
            let (is_voted, is_listed) = (*choice <= Choice::Abstain as u8, *choice <= absent);
            *voted += u32::from(is_voted);
            *listed += u32::from(is_listed);
            *gap = if is_voted {
                0
            } else {
                *gap + u32::from(is_listed)
            };
            *longest = (*longest).max(*gap);
        }
    }
}

/// The votes of a session taken in, to be compiled as a whole for the processor at hand.
struct TakeAll<'a> {
    votes: &'a SessionVotes,
    all: &'a mut Running,
}

impl Kernel for TakeAll<'_> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        let mut row = vec![UNLISTED; self.all.voted.len()];
        for vote in 0..self.votes.len() {
            // Who has no column yet was on no list.
            row.fill(UNLISTED);
            for (cell, choice) in row.iter_mut().zip(self.votes.row(vote)) {
                *cell = *choice;
            }
            let absent = match self.votes.is_partial(vote) {
                true => UNLISTED,
                false => Choice::NonVoting as u8,
            };
            self.all.take(&row, absent);
        }
    }
}

impl Attendance {
    /// The attendance of every member, in the order of the columns.
    fn of_all(votes: &SessionVotes, members: usize) -> Vec<Self> {
        let mut all = Running {
            voted: vec![0; members],
            listed: vec![0; members],
            gap: vec![0; members],
            longest_gap: vec![0; members],
        };
        Level::detect().run(TakeAll {
            votes,
            all: &mut all,
        });
        let counts = all.voted.iter().zip(&all.listed).zip(&all.longest_gap);
        let of_member = |((voted, listed), gap): ((&u32, &u32), &u32)| Self {
            voted: *voted as usize,
            listed: *listed as usize,
            longest_gap: *gap as usize,
        };
        counts.map(of_member).collect()
    }

    const fn tells(&self) -> bool {
        self.listed >= FEWEST_LISTED
    }

    fn share(&self) -> f64 {
        self.voted as f64 / self.listed.max(1) as f64
    }

    /// The logarithm of the odds, drawn a little towards even where there are few votes.
    fn log_odds(&self) -> f64 {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The attendance of a member that votes, is absent or is on no list so many times, in this order: `45+ 15-`.
    fn attended(votes: &str) -> Attendance {
        let mut choices = Vec::new();
        for part in votes.split(' ') {
            let (count, sign) = part.split_at(part.len() - 1);
            let choice = match sign {
                "+" => Choice::No as u8,
                "-" => Choice::NonVoting as u8,
                _ => UNLISTED,
            };
            choices.extend(std::iter::repeat_n(choice, count.parse().unwrap()));
        }
        of_one(&choices, false)
    }

    fn of_one(choices: &[u8], partial: bool) -> Attendance {
        let rows: Vec<&[u8]> = choices.chunks(1).collect();
        let votes = SessionVotes::of_rows(&rows).with_partial(vec![partial; rows.len()]);
        Attendance::of_all(&votes, 1)[0]
    }

    #[test]
    fn who_is_not_on_a_complete_list_was_no_member_and_on_a_partial_one_absent() {
        let found = attended("8+ 1-");
        assert_eq!((found.voted, found.listed, found.tells()), (8, 9, false));
        assert!(attended("9+ 1-").tells());
        let found = attended("8+ 1- 3.");
        assert_eq!((found.voted, found.listed), (8, 9));
        let partial = of_one(&[Choice::Yes as u8, Choice::Abstain as u8, UNLISTED], true);
        assert_eq!((partial.voted, partial.listed), (2, 3));
        assert_eq!(partial.longest_gap, 1);
    }

    #[test]
    fn shares_and_odds_are_those_of_the_votes_on_whose_list_a_member_was() {
        let found = attended("3+ 1- 5.");
        assert!((found.share() - 0.75).abs() < 1e-12);
        assert!((found.log_odds() - (3.5_f64 / 1.5).ln()).abs() < 1e-12);
        assert!(attended("5.").share() < f64::EPSILON);
    }

    #[test]
    fn a_gap_is_long_wide_and_nearly_all_that_is_missing() {
        for (votes, expected) in [
            ("20+ 15- 25+", true),
            ("20+ 14- 25+", false),
            ("20+ 8- 3. 7- 25+", true),
            ("20+ 8- 1+ 7- 25+", false),
            // A quarter of the session at least.
            ("45+ 15-", true),
            ("46+ 15-", false),
            // With two of forty-five others missing it is nearly all, with three it is not.
            ("15- 21+ 1- 21+ 1- 1+", true),
            ("15- 21+ 1- 20+ 1- 1+ 1-", false),
            ("15-", false),
            ("15- 1+", true),
        ] {
            assert_eq!(attended(votes).is_one_gap(), expected, "{votes}");
        }
    }

    #[test]
    fn participation_falls_by_a_third_of_the_votes_and_large_odds() {
        // One vote after the other is missing, so that there is no gap in a row.
        let scattered = |voted: usize, listed: usize| Attendance {
            voted,
            listed,
            ..Attendance::default()
        };
        let full = scattered(40, 40);
        for (beside, now, expected) in [
            (full, scattered(26, 40), Some(FEW)),
            (full, scattered(27, 40), None),
            (full, scattered(1, 40), Some(FEW)),
            (full, scattered(0, 40), Some(NONE)),
            (scattered(20, 40), scattered(6, 40), None),
            (scattered(20, 40), scattered(0, 40), Some(NONE)),
            (scattered(13, 40), scattered(0, 40), None),
            (scattered(0, 40), scattered(0, 40), None),
        ] {
            assert_eq!(judge(&beside, &full, &now), None);
            assert_eq!(
                judge(&full, &now, &beside),
                expected,
                "{} of {}",
                now.voted,
                now.listed
            );
            assert_eq!(
                judge(&beside, &now, &full),
                expected,
                "{} of {}",
                now.voted,
                now.listed
            );
        }
    }

    #[test]
    fn a_row_tells_only_of_a_member_that_is_nearly_always_there() {
        let row = attended("20+ 15- 5+");
        for (beside, expected) in [("40+", Some(ROW)), ("36+ 4-", Some(ROW)), ("35+ 5-", None)] {
            let beside = attended(beside);
            assert_eq!(judge(&beside, &row, &attended("40+")), expected);
        }
    }

    /// A member counted vote by vote.
    fn slow(choices: impl Iterator<Item = (u8, bool)>) -> (usize, usize, usize) {
        let (mut voted, mut listed, mut gap, mut longest) = (0, 0, 0, 0);
        for (choice, partial) in choices {
            match choice {
                0..=2 => {
                    voted += 1;
                    listed += 1;
                    gap = 0;
                }
                _ if partial || choice == Choice::NonVoting as u8 => {
                    listed += 1;
                    gap += 1;
                }
                _ => {}
            }
            longest = longest.max(gap);
        }
        (voted, listed, longest)
    }

    proptest! {
        #[test]
        fn all_members_at_once_are_counted_as_each_alone(
            rows in proptest::collection::vec((proptest::collection::vec(0u8..6, 0..20), any::<bool>()), 0..40),
            members in 0usize..24,
        ) {
            let slices: Vec<&[u8]> = rows.iter().map(|(row, _)| row.as_slice()).collect();
            let partial = rows.iter().map(|(_, partial)| *partial).collect();
            let votes = SessionVotes::of_rows(&slices).with_partial(partial);
            let counted = Attendance::of_all(&votes, members);
            prop_assert_eq!(counted.len(), members);
            for (member, found) in counted.iter().enumerate() {
                let choice = |row: &[u8]| row.get(member).copied().unwrap_or(UNLISTED);
                let choices = rows.iter().map(|(row, partial)| (choice(row), *partial));
                prop_assert_eq!((found.voted, found.listed, found.longest_gap), slow(choices));
            }
        }
    }
}
