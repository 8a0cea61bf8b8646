//! The check `votes-exchanged`.

use plenary_types::{Session, Severity};
use plenary_validation::{Check, DatasetFindings, Example, Run};

use super::exchange::Exchange;
use super::history::{History, SessionVotes};
use super::{name_at, shared};

/// The votes of two members appear to be swapped in one session.
pub static VOTES_EXCHANGED: Check = Check {
    name: "votes-exchanged",
    summary: "the votes of two members appear to be swapped in one session",
    severity: Severity::Warning,
    why: "When two columns of a table are exchanged for a session, each of the two members votes for that session as the \
          other does before and after. Nothing in a single record shows it, and it reaches every analysis: in a widely \
          used file members next to each other in the alphabet are exchanged for a whole session. The check \
          learns from the sessions beside it what each member would vote: from those who usually vote with it, and from its own \
          votes in the most similar questions. Then it asks of each vote on which two members differ whether it is \
          more likely as it stands or exchanged. It needs at least ten votes of both in the session and beside it. Members \
          that differ in a few votes only cannot be told apart: Antigua and Barbuda and Belize, exchanged in session 36 \
          of that file, differed in only four of the votes in which both took a position, and no comparison within one \
          source shows it; `plenary compare` with another source does.",
    sources: &[
        "Bailey, Strezhnev and Voeten, Estimating Dynamic State Preferences from United Nations Voting Data, 2017 (the data)",
        "docs/findings-in-public-data.md (cases found)",
    ],
    example: Example::Text {
        fails: "session 64  GRC agrees most with ISL, LUX, MCO   GRD with ATG, GMB, KNA\n\
                session 65  GRC agrees most with ATG, CPV, RWA   GRD with LUX, MNE, SVN\n\
                session 66  GRC agrees most with LUX, MCO, PRT   GRD with AZE, COG, TTO",
        mended: "the two columns of session 65 taken from the records of the meetings",
    },
    waive: "Waive it with the meeting records that show the votes to be right: a change of sides for one session happens.",
    run: Run::Dataset(&shared),
};

pub(super) fn report(
    history: &History,
    votes: &SessionVotes,
    exchange: &Exchange,
    out: &mut DatasetFindings,
) {
    let state = |column: usize| history.states().get(column).copied();
    let session = exchange.session;
    let mut names = [exchange.a, exchange.b].map(|column| name_at(history, column));
    names.sort();
    let (for_it, differing) = (exchange.evidence.for_it, exchange.evidence.votes);
    out.report_as(&VOTES_EXCHANGED, Some(votes.first()), VOTES_EXCHANGED.summary)
        .expected(format!("the votes of each as in the sessions beside it; of the {differing} votes on which they differ {for_it} fit better when exchanged"))
        .found(format!("{} in session {session}", names.join(" and ")))
        .help("compare a few votes on which the two differ with the meeting records, or with another source")
        .subjects([exchange.a, exchange.b].into_iter().filter_map(state))
        .subjects([Session::Regular(session)]);
}
