//! What the checks of histories ask for, in one table.
//!
//! The values were chosen on simulated histories with the seeds below 1000; `tests/it/study.rs` measures on any seeds how many injected
//! faults they find and how many false alarms they raise, and docs/findings-in-public-data.md has the figures.

/// A number that the checks of histories rest on.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Threshold {
    /// What the code calls it.
    pub name: &'static str,
    /// The number, as it is written in the code.
    pub value: &'static str,
    /// Of what.
    pub unit: &'static str,
    /// What it is for.
    pub why: &'static str,
}

macro_rules! thresholds {
    ($($name:ident: $type:ty = $value:expr, $unit:literal, $why:literal;)*) => {
        $(#[doc = $why] pub(super) const $name: $type = $value;)*

        /// Every number that the checks of histories rest on. Those of `votes-exchanged` come first, then those of `session-outlier`
        /// and of `participation-drop`.
        pub static THRESHOLDS: &[Threshold] = &[
            $(Threshold { name: stringify!($name), value: stringify!($value), unit: $unit, why: $why },)*
        ];
    };
}

thresholds! {
    FEWEST_VOTES: u32 = 10, "votes", "fewer of a member, in a session or beside it, tell nothing";
    FEWEST_MEMBERS: usize = 30, "members", "fewer have no company";
    MOST_MEMBERS: usize = 500, "members", "no assembly has more: such a table is not worth the memory of all its pairs";
    NEAR: u16 = 2, "sessions", "those further away, by their numbers, are not beside a session: groups of members change";
    EXTENT: f32 = 0.04, "share of the votes", "what tells two members apart is turned round by so much at least, before they are looked at closer";
    EXACTNESS: f32 = 0.5, "minus a correlation", "and so exactly: near one for members that have changed places, near minus one for others that differ";
    LOOKED_AT: usize = 6, "pairs a session", "as many are looked at, those first that turned round most and most exactly";
    ROUGHLY: f32 = 14.0, "logarithm of odds", "the evidence of a rough model at which a pair is worth the full one, which takes longer";
    EVIDENCE: f32 = 22.0, "logarithm of odds", "the evidence that is asked for in all: some 20,000 pairs in each of 70 sessions are candidates";
    EVIDENCE_ONE_SIDED: f32 = 40.0, "logarithm of odds", "the same where a member voted on one side of the session only: it may have changed sides for good";
    EVIDENCE_A_VOTE: f32 = 1.2, "logarithm of odds", "and for each vote on which the two differ: many votes with a little evidence each are a drift";
    OVER_OUTLIER: f32 = 4.0, "logarithm of odds", "and over one of the two voting like nobody: what looks like half of an exchange is an outlier";
    AGAINST: f32 = 0.18, "share of the votes", "the votes on which the two differ that may speak against an exchange";
    TELLING: f32 = 0.3, "logarithm of odds", "a vote with less evidence speaks neither for an exchange nor against it";
    COMPANY: usize = 20, "members", "as many of those who usually vote with a member are asked what it would vote";
    SIMILAR: usize = 8, "questions", "as many of the most similar ones are asked what a member would vote";
    REMEMBERED: usize = 24, "questions", "as many similar ones are remembered: a member did not vote in all of them";
    WHOLE: f32 = 0.3, "votes", "the assembly as a whole counts for so many beside those who are asked";
    EVEN: f32 = 0.3, "share", "the part of the whole that is spread evenly over the three choices";
    LEAST: f32 = 5e-3, "probability", "no choice is less likely: a single surprise is no proof";
    PRIOR: [f32; 3] = [8.0, 1.0, 1.0], "votes", "speak beforehand for company, for the whole assembly and for similar questions";
    ROUNDS: usize = 6, "rounds", "of expectation and maximisation; the weights move by less than a hundredth after them";
    FAR: f32 = 0.18, "share of the votes", "an outlier is so far from itself in each of the sessions beside (root of the mean square)";
    FAR_IN_USUAL: f32 = 3.0, "times the median member", "and so far: some sessions divide the members more than others";
    FAR_IN_BESIDE: f32 = 1.6, "times the distance of the sessions beside", "and so far: else it has changed sides";
    FEWEST_OF_OUTLIER: u32 = 15, "votes", "and voted so often: few votes stray further";
    FEWEST_LISTED: usize = 10, "votes", "a member on fewer lists of a session has no participation to speak of";
    FALL: f64 = 0.35, "share of the votes", "by which participation falls below that of both sessions beside";
    LOG_ODDS: f64 = 2.5, "logarithm of odds", "and by which it falls, so that few votes have to fall further";
    FEWEST_IN_A_ROW: usize = 15, "votes", "missing in a row are told apart: a part of a table may have been lost";
    SHARE_IN_A_ROW: f64 = 0.25, "share of the session", "and they are so large a part of it";
    OTHERWISE: f64 = 0.95, "share of the votes", "in which the member took part otherwise in the session";
    BESIDE: f64 = 0.9, "share of the votes", "in which it took part in the sessions beside";
}
