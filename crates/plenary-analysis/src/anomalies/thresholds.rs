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
    /// The value, as printed in the source code.
    pub value: &'static str,
    /// The unit.
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
    FEWEST_VOTES: u32 = 10, "votes", "a member with fewer votes in a session, or in those beside it, is not judged";
    FEWEST_MEMBERS: usize = 30, "members", "with fewer members, too few vote alike for a comparison";
    MOST_MEMBERS: usize = 500, "members", "no assembly has more; the pairs of a larger table are not compared, to save memory";
    NEAR: u16 = 2, "sessions", "how far apart in number two sessions may be to count as neighbours: groups of members change";
    EXTENT: f32 = 0.04, "share of the votes", "the least reversal of what distinguishes two members that makes them candidates for an exchange";
    EXACTNESS: f32 = 0.5, "minus a correlation", "how exact that reversal has to be: near one for exchanged members, near minus one for others that differ";
    LOOKED_AT: usize = 6, "pairs per session", "candidates that are examined, those with the greatest and most exact reversal first";
    ROUGHLY: f32 = 14.0, "logarithm of odds", "the evidence of the rough model above which the slower full model is used";
    EVIDENCE: f32 = 22.0, "logarithm of odds", "the total evidence required: some 20,000 pairs in each of 70 sessions are candidates";
    EVIDENCE_ONE_SIDED: f32 = 40.0, "logarithm of odds", "the same where a member has votes only before or only after the session: it may have changed sides for good";
    EVIDENCE_A_VOTE: f32 = 1.2, "logarithm of odds", "the evidence required for each vote on which the two differ: little evidence in many votes is a drift";
    OVER_OUTLIER: f32 = 4.0, "logarithm of odds", "the evidence required over the case that one of the two is an outlier, which looks like half of an exchange";
    AGAINST: f32 = 0.18, "share of the votes", "the votes on which the two differ that may speak against an exchange";
    TELLING: f32 = 0.3, "logarithm of odds", "a vote with less evidence counts neither for an exchange nor against it";
    COMPANY: usize = 20, "members", "members that usually vote alike, from which a vote of the member is predicted";
    SIMILAR: usize = 8, "questions", "most similar questions, from which a vote of the member is predicted";
    REMEMBERED: usize = 24, "questions", "similar questions that are kept, because a member did not vote in all of them";
    WHOLE: f32 = 0.3, "votes", "weight of the whole assembly, beside the members that are compared";
    EVEN: f32 = 0.3, "share", "the part of the whole assembly's weight that is spread evenly over the three choices";
    LEAST: f32 = 5e-3, "probability", "lower bound for any choice, so that a single surprise does not decide";
    PRIOR: [f32; 3] = [8.0, 1.0, 1.0], "votes", "prior weights of like-minded members, of the whole assembly and of similar questions";
    ROUNDS: usize = 6, "rounds", "of expectation and maximisation; the weights move by less than a hundredth after them";
    FAR: f32 = 0.18, "share of the votes", "least distance of an outlier from its own votes in each neighbouring session (root mean square)";
    FAR_IN_USUAL: f32 = 3.0, "times the median member", "least distance relative to that of the median member: some sessions divide the members more than others";
    FAR_IN_BESIDE: f32 = 1.6, "times the distance of the sessions beside", "least distance relative to that between the neighbouring sessions: otherwise the member has changed sides";
    FEWEST_OF_OUTLIER: u32 = 15, "votes", "least number of votes of an outlier: few votes vary more";
    FEWEST_LISTED: usize = 10, "votes", "a member on fewer lists of a session is not judged";
    FALL: f64 = 0.35, "share of the votes", "least fall of participation below that of both neighbouring sessions";
    LOG_ODDS: f64 = 2.5, "logarithm of odds", "the same as log odds, so that a fall in few votes has to be larger";
    FEWEST_IN_A_ROW: usize = 15, "votes", "least run of missing votes that is reported by itself: a part of a table may have been lost";
    SHARE_IN_A_ROW: f64 = 0.25, "share of the session", "least part of the session that such a run makes up";
    OTHERWISE: f64 = 0.95, "share of the votes", "least participation of the member in the rest of the session";
    BESIDE: f64 = 0.9, "share of the votes", "least participation of the member in the neighbouring sessions";
}
