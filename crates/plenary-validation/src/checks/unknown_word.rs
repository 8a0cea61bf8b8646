use plenary_bodies::Body;
use plenary_decisions::nearest;
use plenary_types::{AgreementKind, Field, Mode, Outcome, RelationKind, Severity, Word};

use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "unknown-word",
    summary: "a word is none of those that have a meaning here",
    severity: Severity::Note,
    why: "Kinds of agreement, kinds of relation, ways to decide and outcomes are vocabularies of the bodies themselves. A word that plenary does not know is kept and written back, but nothing follows from it: a vote that was taken in an unknown way is not decided, and an unknown outcome contradicts nothing.",
    sources: &["plenary-types, Word: a word of a vocabulary that others own"],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "body": "unga", "mode": "without-vote", "outcome": "adoptd"}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "body": "unga", "mode": "without-vote", "outcome": "adopted"}]}"#,
    },
    waive: "Say in the file of the body what its own word for an outcome means (`outcomes`). Waive it where none of those that are known says the same.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let kind = cx.agreement.kind.unknown();
    report(out, None, Field::Kind, kind, "kind of agreement", || {
        AgreementKind::KNOWN
            .iter()
            .map(|kind| kind.as_str())
            .collect()
    });
    for (at, relation) in cx.agreement.relations.iter().enumerate() {
        let kind = relation.kind.unknown();
        report(
            out,
            None,
            Field::Relation(at),
            kind,
            "kind of relation",
            || {
                RelationKind::KNOWN
                    .iter()
                    .map(|kind| kind.as_str())
                    .collect()
            },
        );
    }
    for decided in cx.decisions {
        let (act, decision) = (Some(decided.act), decided.decision);
        report(
            out,
            act,
            Field::Mode,
            decision.mode.unknown(),
            "way to decide",
            || Mode::KNOWN.iter().map(|mode| mode.as_str()).collect(),
        );
        let outcome = decided.outcome().and_then(Outcome::unknown);
        report(out, act, Field::Outcome, outcome, "outcome", || {
            let own = decided.known_body().map(Body::outcomes);
            let own = own.into_iter().flat_map(|words| words.keys());
            let known = Outcome::KNOWN.iter().map(|outcome| outcome.as_str());
            known.chain(own.map(String::as_str)).collect()
        });
    }
}

fn report<'w>(
    out: &mut Findings<'_>,
    act: Option<usize>,
    field: Field,
    word: Option<Word>,
    what: &str,
    known: impl Fn() -> Vec<&'w str>,
) {
    let Some(word) = word else { return };
    let known = known();
    let like = nearest(
        &word.as_str().to_lowercase().replace(' ', "-"),
        known.iter().copied(),
    );
    let help = match like {
        Some(like) => format!("did you mean `{like}`? Else leave it: it is kept as it stands"),
        None => "nothing, if the body calls it so: the word is kept as it stands".to_owned(),
    };
    out.report(
        act,
        field,
        format!("unknown {what}: nothing follows from it"),
    )
    .expected(known.join(", "))
    .found(word.as_str())
    .help(help);
}
