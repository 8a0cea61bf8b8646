use plenary_types::{Field, Severity, Subject};

use crate::{AdoptionOutcome, Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "adoption-mismatch",
    summary: "an agreement says that it was adopted by a decision that did not adopt it",
    severity: Severity::Error,
    why: "An agreement that is related to a decision by `adopted-by` exists because that decision was adopted, and the decision may ask for \
          more before it enters into force, as an amendment of the Charter does. The check looks for the decision in the record \
          and in the other records of the same input. A decision that its rule or its record calls rejected adopted nothing: the relation, \
          the votes or the outcome are wrong. Where it cannot be told what came of the decision it is a note.",
    sources: &[
        "Charter, Art. 108 (amendments adopted by the Assembly, then ratified)",
        "Vienna Convention on the Law of Treaties, Art. 9 (adoption of the text)",
    ],
    example: Example::Native {
        fails: r##"{"kind": "treaty", "title": "An amendment", "relations": [{"kind": "adopted-by", "to": "#adoption"}],
 "acts": [{"act": "decision", "id": "adoption", "body": "unga", "date": "1963-12-17", "question": {"kind": "charter-amendment"}, "announced": {"yes": 70, "no": 38, "abstain": 4}}]}"##,
        mended: r##"{"kind": "treaty", "title": "An amendment", "relations": [{"kind": "adopted-by", "to": "#adoption"}],
 "acts": [{"act": "decision", "id": "adoption", "body": "unga", "date": "1963-12-17", "question": {"kind": "charter-amendment"}, "announced": {"yes": 97, "no": 11, "abstain": 4}}]}"##,
    },
    waive: "Do not waive it: name the decision that adopted the text, or take the relation out.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    for adoption in cx.adoptions {
        let (severity, message, why) = match &adoption.outcome {
            AdoptionOutcome::Adopted => continue,
            AdoptionOutcome::Rejected(why) => (
                Severity::Error,
                "the decision that is said to have adopted it was rejected",
                why,
            ),
            AdoptionOutcome::Undetermined(why) => (
                Severity::Note,
                "whether the decision adopted it cannot be told",
                why,
            ),
        };
        out.report(None, Field::Relation(adoption.relation), message)
            .severity(severity)
            .expected("a decision that was adopted")
            .found(format!("`{}`: {why}", adoption.decision))
            .subjects([Subject::Record(adoption.decision.clone())])
            .help("is it the relation, the votes or the outcome that is wrong?");
    }
}
