use plenary_types::{Field, Severity, Subject};

use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "id-mismatch",
    summary: "the identifier does not follow from body and symbol",
    severity: Severity::Error,
    why: "The identifier of an agreement is the UUID of version 5 of its body and the normal form of its principal symbol, \
          so that two people who import one record get one identifier. Another identifier means that the symbol \
          was changed, or that the identifier was made up.",
    sources: &["RFC 9562, section 5.5", "plenary-types, agreement_id"],
    example: Example::Native {
        fails: r#"{"id": "af4ada2b-3a34-57fa-9787-b49092823e22", "symbols": ["A/RES/73/195"]}"#,
        mended: r#"{"id": "af4ada2b-3a34-57fa-9787-b49092823e21", "symbols": ["A/RES/73/195"]}"#,
    },
    waive: "Leave the identifier out of a record that has one of its own.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    if let Some(id) = cx.agreement.id
        && let Some(derived) = cx.agreement.derived_id()
        && id != derived
    {
        out.report(
            None,
            Field::Id,
            "the identifier does not follow from body and symbol",
        )
        .expected(derived)
        .found(id)
        .help("check the symbol; an identifier can be left out, it is derived again")
        .subjects([derived, id].map(|id| Subject::Record(id.to_string())));
    }
}
