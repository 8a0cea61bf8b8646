//! The check `session-outlier`.

use plenary_types::{Session, Severity};
use plenary_validation::{Check, DatasetFindings, Example, Run};

use super::history::{History, SessionVotes};
use super::outlier::Outlier;
use super::{name_at, shared};

/// A member's votes are out of character in one session.
pub static SESSION_OUTLIER: Check = Check {
    name: "session-outlier",
    summary: "a member's votes are out of character in one session",
    severity: Severity::Note,
    why: "How often a member agrees with each of the others changes slowly. A member for which that changes at once for one \
          session, and back in the next, may have another member's votes in a copy of the data. Or it had reasons: a new \
          government, an occupation, a dispute, a delegation without instructions, few votes. The records do not tell, so \
          this is a note. A change of sides that lasts is none: then the session fits the one after it. The agreement \
          with the others has to be 18 points away from that in each of the sessions beside it (root of the mean square, \
          less what changed for everybody), three times as far as that of the median member, and 1.6 times as far as \
          those two sessions are from each other, over at least fifteen votes. Members of an exchange that votes-exchanged \
          reports are left out.",
    sources: &["docs/findings-in-public-data.md (cases found)"],
    example: Example::Text {
        fails: "session 29  CAF agrees most with COD, COG, TCD\n\
                session 30  CAF agrees most with AUS, NZL, PRY\n\
                session 31  CAF agrees most with IRN, LSO, NER",
        mended: "session 30  the votes of CAF taken from the records of the meetings",
    },
    waive: "Waive it with the meeting records that show the votes to be right.",
    run: Run::Dataset(&shared),
};

pub(super) fn report(
    history: &History,
    votes: &SessionVotes,
    outlier: &Outlier,
    out: &mut DatasetFindings,
) {
    let name = name_at(history, outlier.column);
    let points = |share: f32| format!("{:.0}", 100.0 * share);
    let (far, usual) = (points(outlier.distance), points(outlier.usual));
    out.report_as(&SESSION_OUTLIER, Some(votes.first()), SESSION_OUTLIER.summary)
        .expected(format!(
            "agreement with the others as in the sessions beside it; it is {far} points away, that of the median member {usual}"
        ))
        .found(format!("{name} in session {}", outlier.session))
        .help("compare a few of its votes with the meeting records, or with another source")
        .subjects(history.states().get(outlier.column).copied())
        .subjects([Session::Regular(outlier.session)]);
}
