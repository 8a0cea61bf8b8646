//! The lines on which the ballots of a vote stand.

/// The line of each ballot of a vote, in runs: rows of one vote mostly follow one another, each as many lines after
/// the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BallotLines {
    runs: Vec<Run>,
    len: u32,
}

/// The ballots from one on, at lines that are equally far apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    ballot: u32,
    line: u32,
    step: u32,
}

impl Run {
    fn line_of(self, ballot: u32) -> u32 {
        self.line
            .saturating_add(self.step.saturating_mul(ballot - self.ballot))
    }
}

impl BallotLines {
    #[inline]
    pub(crate) fn push(&mut self, line: u32) {
        let ballot = self.len;
        self.len += 1;
        match self.runs.last_mut() {
            Some(run) if run.ballot + 1 == ballot && line >= run.line => run.step = line - run.line,
            Some(run) if run.ballot + 1 < ballot && run.line_of(ballot) == line => {}
            _ => self.runs.push(Run {
                ballot,
                line,
                step: 0,
            }),
        }
    }

    pub(crate) fn get(&self, ballot: usize) -> Option<u32> {
        let ballot = u32::try_from(ballot).ok().filter(|at| *at < self.len)?;
        let after = self.runs.partition_point(|run| run.ballot <= ballot);
        let run = self.runs.get(after.checked_sub(1)?)?;
        Some(run.line_of(ballot))
    }

    pub(crate) fn shift(&mut self, lines: u32) {
        for run in &mut self.runs {
            run.line = run.line.saturating_add(lines);
        }
    }

    pub(crate) fn append(&mut self, mut next: Self) {
        for run in &mut next.runs {
            run.ballot = run.ballot.saturating_add(self.len);
        }
        self.runs.append(&mut next.runs);
        self.len = self.len.saturating_add(next.len);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(lines: &[u32]) -> BallotLines {
        let mut all = BallotLines::default();
        lines.iter().for_each(|line| all.push(*line));
        all
    }

    fn listed(lines: &BallotLines) -> Vec<u32> {
        (0..).map_while(|ballot| lines.get(ballot)).collect()
    }

    #[test]
    fn rows_that_follow_one_another_are_one_run() {
        assert_eq!(of(&[2, 3, 4, 5]).runs.len(), 1);
        assert_eq!(of(&[2, 5, 8]).runs.len(), 1);
        assert_eq!(of(&[2, 2, 2]).runs.len(), 1);
        assert_eq!(of(&[2, 3, 9, 10, 11]).runs.len(), 2);
    }

    proptest! {
        #[test]
        fn runs_hold_what_a_list_holds(
            lines in proptest::collection::vec(1u32..12, 0..40),
            more in proptest::collection::vec(1u32..12, 0..40),
            shift in 0u32..9,
        ) {
            prop_assert_eq!(listed(&of(&lines)), lines.clone());
            let mut both = of(&lines);
            both.append(of(&more));
            both.shift(shift);
            both.push(7);
            let expected: Vec<u32> = lines.iter().chain(&more).map(|line| line + shift).chain([7]).collect();
            prop_assert_eq!(listed(&both), expected);
        }
    }
}
