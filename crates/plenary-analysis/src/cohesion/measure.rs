//! The indices of one group in one vote, or of two groups in one vote.

use plenary_types::Choice;

/// How the members of a group voted, after [`Treatment`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// In favour.
    pub yes: u32,
    /// Against.
    pub no: u32,
    /// Abstaining.
    pub abstain: u32,
}

/// How abstentions and absences are counted. By default as the measures' sources do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Treatment {
    /// What an abstention counts as.
    pub abstentions: Abstentions,
    /// What it counts as not to have voted.
    pub absences: Absences,
}

/// What an abstention counts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Abstentions {
    /// A choice of its own. Rice's index and likeness, which know two choices, leave it out.
    #[default]
    Own,
    /// Nothing: the member did not vote.
    LeftOut,
    /// A vote against.
    Against,
}

/// What it counts as not to have voted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Absences {
    /// Nothing.
    #[default]
    LeftOut,
    /// An abstention, before abstentions are treated.
    Abstentions,
}

impl Treatment {
    /// What a ballot counts as, if as anything.
    #[must_use]
    pub const fn apply(self, choice: Choice) -> Option<Choice> {
        let abstained = match (choice, self.absences) {
            (Choice::Yes | Choice::No, _) => return Some(choice),
            (Choice::Abstain, _) | (Choice::NonVoting, Absences::Abstentions) => true,
            _ => false,
        };
        match self.abstentions {
            Abstentions::Own if abstained => Some(Choice::Abstain),
            Abstentions::Against if abstained => Some(Choice::No),
            _ => None,
        }
    }

    /// The treatment of abstentions, in words.
    #[must_use]
    pub const fn of_abstentions(self) -> &'static str {
        match self.abstentions {
            Abstentions::Own => {
                "a third choice in agreement_index, attina, overlap and loyalty; left out of rice and likeness"
            }
            Abstentions::LeftOut => "left out",
            Abstentions::Against => "counted against",
        }
    }

    /// The treatment of absences, in words.
    #[must_use]
    pub const fn of_absences(self) -> &'static str {
        match self.absences {
            Absences::LeftOut => "left out",
            Absences::Abstentions => "counted as abstentions",
        }
    }
}

impl Split {
    /// Counts a ballot.
    pub const fn add(&mut self, choice: Choice) {
        match choice {
            Choice::Yes => self.yes += 1,
            Choice::No => self.no += 1,
            Choice::Abstain => self.abstain += 1,
            Choice::NonVoting | Choice::NotEligible => {}
        }
    }

    /// How many members made a choice.
    #[must_use]
    pub const fn cast(self) -> u32 {
        self.yes + self.no + self.abstain
    }

    /// How many made the most frequent choice.
    const fn most(self) -> u32 {
        let most = if self.yes > self.no {
            self.yes
        } else {
            self.no
        };
        if most > self.abstain {
            most
        } else {
            self.abstain
        }
    }

    /// The choice that more members made than any other; none in a tie.
    #[must_use]
    pub fn position(self) -> Option<Choice> {
        let counts = [
            (Choice::Yes, self.yes),
            (Choice::No, self.no),
            (Choice::Abstain, self.abstain),
        ];
        let mut most = counts
            .into_iter()
            .filter(|(_, n)| *n == self.most() && *n > 0);
        match (most.next(), most.next()) {
            (Some((choice, _)), None) => Some(choice),
            _ => None,
        }
    }

    /// Rice's index of cohesion (1924, *Proceedings of the Academy of Political Science* 12; 1928,
    /// *Quantitative Methods in Politics*): the difference of yes and no over their sum. From 0, divided
    /// equally, to 1, together. Undefined when nobody voted yes or no.
    ///
    /// ```
    /// use plenary_analysis::cohesion::Split;
    ///
    /// // |8 - 2| / 10
    /// assert_eq!(Split { yes: 8, no: 2, abstain: 5 }.rice(), Some(0.6));
    /// ```
    #[must_use]
    pub fn rice(self) -> Option<f64> {
        share(self.yes.abs_diff(self.no), self.yes + self.no)
    }

    /// The agreement index of Hix, Noury and Roland (2005, *British Journal of Political Science* 35): the
    /// most frequent of three choices, less half of the others, over all. From 0, divided equally in
    /// three, to 1, together. Undefined when nobody made a choice.
    ///
    /// ```
    /// use plenary_analysis::cohesion::Split;
    ///
    /// // (8 - (2 + 5) / 2) / 15
    /// assert_eq!(Split { yes: 8, no: 2, abstain: 5 }.agreement_index(), Some(4.5 / 15.0));
    /// ```
    #[must_use]
    pub fn agreement_index(self) -> Option<f64> {
        let (most, cast) = (self.most(), self.cast());
        share(2 * most - (cast - most), 2 * cast)
    }

    /// Attinà's index of agreement (1990, *European Journal of Political Research* 18): the most frequent of
    /// three choices, less the others, over all. From -1/3, divided equally in three, through 0, half of
    /// them together, to 1. Undefined when nobody made a choice.
    ///
    /// ```
    /// use plenary_analysis::cohesion::Split;
    ///
    /// // (8 - (2 + 5)) / 15
    /// assert_eq!(Split { yes: 8, no: 2, abstain: 5 }.attina(), Some(1.0 / 15.0));
    /// ```
    #[must_use]
    pub fn attina(self) -> Option<f64> {
        let (most, cast) = (f64::from(self.most()), f64::from(self.cast()));
        (cast > 0.0).then(|| 2.0f64.mul_add(most, -cast) / cast)
    }

    /// Rice's index of likeness of two groups (1928): one less the difference of their shares of yes among
    /// yes and no. From 0, opposed, to 1. Undefined when nobody of one group voted yes or no.
    ///
    /// ```
    /// use plenary_analysis::cohesion::Split;
    ///
    /// let (left, right) = (Split { yes: 3, no: 1, abstain: 0 }, Split { yes: 1, no: 3, abstain: 4 });
    /// // 1 - |3/4 - 1/4|
    /// assert_eq!(left.likeness(right), Some(0.5));
    /// ```
    #[must_use]
    pub fn likeness(self, other: Self) -> Option<f64> {
        let left = share(self.yes, self.yes + self.no)?;
        let right = share(other.yes, other.yes + other.no)?;
        Some(1.0 - (left - right).abs())
    }

    /// Likeness with abstention as a third choice: what the two groups' shares of the choices have in
    /// common, one less half the sum of their differences. Without abstentions it is Rice's likeness.
    /// Undefined when nobody of one group made a choice.
    ///
    /// ```
    /// use plenary_analysis::cohesion::Split;
    ///
    /// let (left, right) = (Split { yes: 3, no: 1, abstain: 0 }, Split { yes: 1, no: 3, abstain: 4 });
    /// // min(3/4, 1/8) + min(1/4, 3/8) + min(0, 4/8)
    /// assert_eq!(left.overlap(right), Some(0.375));
    /// ```
    #[must_use]
    pub fn overlap(self, other: Self) -> Option<f64> {
        let (left, right) = (self.shares()?, other.shares()?);
        Some(left.into_iter().zip(right).map(|(l, r)| l.min(r)).sum())
    }

    fn shares(self) -> Option<[f64; 3]> {
        let cast = self.cast();
        let of = |n| share(n, cast);
        Some([of(self.yes)?, of(self.no)?, of(self.abstain)?])
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}
