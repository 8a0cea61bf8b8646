use std::collections::BTreeSet;
use std::sync::Arc;

use plenary_bodies::{Body, MemberKind};
use plenary_states::{CodeSystem, MatchKind, Resolver};
use plenary_types::{
    Act, Contest, ElectionRecord, Field, Participant, ParticipantKind, Severity, StateCode,
};

use crate::{Check, DecisionCx, Example, Findings, RecordCx, Run, reference};

pub(crate) static CHECK: Check = Check {
    name: "unknown-state",
    summary: "a name or code, on a list, of a participant or of a candidate, is not that of a known state",
    severity: Severity::Error,
    why: "Every member of the United Nations has a code (ISO 3166-1 alpha-3, or ISO 3166-3 for a former state) and \
          names in use at known times. A name or code that is neither, at the date of the vote, is a misprint or \
          stands for something that cannot vote. The participants of a treaty are states, or organisations and other \
          entities that have a code here (`EUE` is the European Union); the acts of a code that nobody has can be counted \
          for nobody. A participant with a name that nothing resolves (`text:Orange River Colony`) keeps it as printed and counts \
          as a State does, with a warning. The candidates of an election are compared in the same way. Persons, parties and units are \
          not states: on a list no code is asked of \
          them (`codes = \"none\"` in a mapping), and their acts on a treaty of States count for nothing, which is a warning, unless the record names a \
          `body` whose members are such.",
    sources: &[
        "ISO 3166-1 and ISO 3166-3",
        "Names of states over time (plenary-states)",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "ballots": {"no": ["CZE", "HUN", "XYZ"]}}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "ballots": {"no": ["CZE", "HUN", "ISR"]}}]}"#,
    },
    waive: "Do not waive it: map the name, or propose the spelling to plenary-states.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    for decision in cx.decisions {
        voters(decision, out);
    }
    let mut unknown = BTreeSet::new();
    let body = cx.agreement.body.as_ref();
    let body = body.map(|body| cx.reference.body(body.as_str()));
    for (at, act) in cx.agreement.acts.iter().enumerate() {
        if let Act::Action(action) = act
            && cx.agreement.kind.is_treaty()
            && let Some(parties) = not_among(action.participant, body)
            && unknown.insert(action.participant)
        {
            of_another_kind(at, action.participant, parties, out);
        }
        for (field, who) in participants(act) {
            match who.kind() {
                ParticipantKind::Code if who.code().is_none_or(reference::is_known_code) => {
                    continue;
                }
                ParticipantKind::Code | ParticipantKind::Text if unknown.insert(who) => {}
                _ => continue,
            }
            let is_name = who.kind() == ParticipantKind::Text;
            let text = match is_name {
                true => who.identifier(),
                false => who.as_str(),
            };
            let (severity, what) = match is_name {
                // A name as printed is kept, and counts where the clause counts States.
                true => (Severity::Warning, "participant"),
                false => (Severity::Error, "state"),
            };
            out.report(Some(at), field, format!("unknown {what} `{text}`"))
                .severity(severity)
                .expected("the code of a state, an organisation or another participant of treaties")
                .found(text)
                .help(help(text, |_| false))
                .subjects([who]);
        }
    }
}

/// What the parties of a treaty are, where a participant cannot be one: States, unless it is of a body of others. Not known where its
/// body is not on record.
fn not_among(who: Participant, body: Option<Option<&Arc<Body>>>) -> Option<MemberKind> {
    match body {
        Some(body) => body
            .filter(|body| !body.can_have(who))
            .map(|body| body.member_kind()),
        None => Some(MemberKind::State).filter(|kind| !kind.includes(who.kind())),
    }
}

/// Whoever is of a kind that no party can be of.
fn of_another_kind(at: usize, who: Participant, parties: MemberKind, out: &mut Findings<'_>) {
    let kind = match who.kind() {
        ParticipantKind::Code => "is none of them".to_owned(),
        kind => format!("is a {kind}"),
    };
    let message = format!("`{who}` {kind}, and the parties are {}", parties.plural());
    out.report(Some(at), Field::Whole, message)
        .severity(Severity::Warning)
        .expected(format!("a participant among {}", parties.plural()))
        .found(who)
        .help("its acts count for nothing; if the parties are members of a body of others, name that in `body`")
        .subjects([who]);
}

/// Whoever acted, for whom and towards whom, and the candidates of an election, each with the field that names it.
fn participants(act: &Act) -> impl Iterator<Item = (Field, Participant)> + '_ {
    let candidates = match act {
        Act::Election(election) => Some(candidates(election)),
        _ => None,
    };
    let (author, others, towards) = match act {
        Act::Action(act) => (Some(act.participant), &*act.on_behalf_of, act.towards),
        Act::Statement(act) => (Some(act.author), &*act.on_behalf_of, act.towards),
        _ => (None, &[][..], None),
    };
    let others = others.iter().copied();
    let acting = author.into_iter().chain(others).chain(towards);
    acting
        .map(|who| (Field::Whole, who))
        .chain(candidates.into_iter().flatten())
}

/// Whoever stood, was elected or withdrew.
fn candidates(election: &ElectionRecord) -> impl Iterator<Item = (Field, Participant)> + '_ {
    let contests = election.contests.iter().enumerate();
    contests.flat_map(|(at, contest)| of_contest(contest).map(move |who| (Field::Contest(at), who)))
}

fn of_contest(contest: &Contest) -> impl Iterator<Item = Participant> + '_ {
    contest.rounds.iter().flat_map(|round| {
        let listed = round.restricted_to.iter().chain(&round.elected);
        let listed = listed.chain(&round.withdrawn);
        round.votes.keys().chain(listed).copied()
    })
}

fn voters(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some(roll), Some(ballots)) = (&cx.roll, &cx.decision.ballots) else {
        return;
    };
    for &place in roll.unresolved.iter().chain(&roll.unknown) {
        let Some(entry) = ballots.roll().entries().get(place) else {
            continue;
        };
        let label = entry.label();
        if cx.decision.date.is_none() && Resolver::new().find(&label).1 == MatchKind::Ambiguous {
            // Which of the states that bore the name it is would be plain from the date, and that the date is missing is said.
            continue;
        }
        let help = help(&label, |state| ballots.get(state).is_some());
        out.report(
            Some(cx.act),
            Field::Name(place),
            format!("unknown state `{label}`"),
        )
        .expected("the name or code of a state at the date")
        .found(label)
        .help(help)
        .subjects([reference::subject(entry)]);
    }
}

/// What to do about a text: to write the code that is used here, where it is another one of the same state.
fn help(text: &str, is_listed: impl Fn(StateCode) -> bool) -> String {
    match Resolver::new().codes(CodeSystem::Iso3).resolve(text) {
        // A code of today is read wherever names or ISO codes are: the source has others.
        Some(state) if text.eq_ignore_ascii_case(&state.to_string()) => {
            format!(
                "`{text}` is the ISO 3166 code of a state, and this source has other codes: use those, or read the table by a mapping with `codes`"
            )
        }
        Some(state) if is_listed(state) => {
            format!("`{text}` is an earlier code of {state}, which is on the list too")
        }
        Some(state) => format!("`{text}` is an earlier code of {state}: write that"),
        None => "`plenary resolve NAME` shows what a spelling stands for".to_owned(),
    }
}
