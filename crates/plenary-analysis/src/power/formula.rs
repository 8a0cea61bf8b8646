//! [`Formula`]: a decision rule as thresholds on the sums of a coalition's weights.

/// Thresholds joined by *and* and *or*. Without negations it is monotone: more support never harms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Formula {
    /// Always or never.
    Constant(bool),
    /// The sum of a measure over the coalition reaches a quota, or (`reached` false) stays below it.
    Threshold {
        measure: usize,
        quota: u128,
        reached: bool,
    },
    All(Vec<Self>),
    Any(Vec<Self>),
}

/// Whether a rule gains or loses by support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Support can only help, or does not matter.
    Up,
    /// Support can only harm.
    Down,
    /// It can help in one part and harm in another.
    Mixed,
}

impl Formula {
    /// Every part holds; constants are folded away.
    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::join(parts, false, Self::All)
    }

    /// Some part holds; constants are folded away.
    pub(super) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::join(parts, true, Self::Any)
    }

    fn join(
        parts: impl IntoIterator<Item = Self>,
        settling: bool,
        make: fn(Vec<Self>) -> Self,
    ) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Constant(value) if value == settling => return part,
                Self::Constant(_) => {}
                part => kept.push(part),
            }
        }
        match kept.len() {
            0 => Self::Constant(!settling),
            1 => kept.swap_remove(0),
            _ => make(kept),
        }
    }

    /// The opposite.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(!value),
            Self::Threshold {
                measure,
                quota,
                reached,
            } => Self::Threshold {
                measure,
                quota,
                reached: !reached,
            },
            Self::All(parts) => Self::Any(parts.into_iter().map(Self::negated).collect()),
            Self::Any(parts) => Self::All(parts.into_iter().map(Self::negated).collect()),
        }
    }

    /// The rule for the opponents: a set of members wins in it when the others lose without them.
    /// `total` gives the sum of a measure over everybody.
    pub(super) fn dual(&self, total: &impl Fn(usize) -> u128) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(!value),
            Self::Threshold {
                measure,
                quota,
                reached,
            } => Self::Threshold {
                measure: *measure,
                quota: total(*measure).saturating_sub(*quota) + 1,
                reached: *reached,
            },
            Self::All(parts) => Self::Any(parts.iter().map(|part| part.dual(total)).collect()),
            Self::Any(parts) => Self::All(parts.iter().map(|part| part.dual(total)).collect()),
        }
    }

    /// Whether it holds for a coalition with these sums.
    pub(super) fn holds(&self, sums: &[u128]) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Threshold {
                measure,
                quota,
                reached,
            } => (sums[*measure] >= *quota) == *reached,
            Self::All(parts) => parts.iter().all(|part| part.holds(sums)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(sums)),
        }
    }

    pub(super) fn direction(&self) -> Direction {
        let mut thresholds = Vec::new();
        self.visit(&mut |_, _, reached| thresholds.push(reached));
        match (thresholds.contains(&true), thresholds.contains(&false)) {
            (_, false) => Direction::Up,
            (false, true) => Direction::Down,
            (true, true) => Direction::Mixed,
        }
    }

    /// The highest quota of a measure; nothing when the measure plays no part.
    pub(super) fn highest_quota(&self, of: usize) -> Option<u128> {
        let mut highest = None;
        self.visit(&mut |measure, quota, _| {
            if measure == of {
                highest = highest.max(Some(quota));
            }
        });
        highest
    }

    fn visit(&self, see: &mut impl FnMut(usize, u128, bool)) {
        match self {
            Self::Constant(_) => {}
            Self::Threshold {
                measure,
                quota,
                reached,
            } => see(*measure, *quota, *reached),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.visit(see);
                }
            }
        }
    }
}
