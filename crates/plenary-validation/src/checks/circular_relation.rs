use plenary_types::{Severity, Subject};

use super::missing_related_record::Related;
use crate::{Check, DatasetFindings, Example, Mark, Run};

pub(crate) static CHECK: Check = Check {
    name: "circular-relation",
    summary: "records amend, replace or adopt each other in a circle, or their decisions depend on each other in one",
    severity: Severity::Error,
    why: "What an agreement amends, replaces or supersedes was there before it, and so was the decision that adopted it. Relations of these kinds \
          therefore never lead back to the record where they began: one of them points the wrong way, or names another record than it should. \
          Nor can decisions depend on each other in a circle (`with`): each would need the other one to be taken first, and neither would count by itself. \
          A circle is reported once, at the relation or the decision that closes it.",
    sources: &[
        "Vienna Convention on the Law of Treaties, Art. 30, 40, 59 (later treaties that amend, supersede or end earlier ones)",
    ],
    example: Example::Native {
        fails: r#"[{"title": "A convention", "id": "5ab6f374-f1dd-5d44-9c51-05cbeba0af53", "relations": [{"kind": "replaces", "to": "0c1f7c7e-4f2b-5a3e-8a50-3b7d6f3f0c11"}]},
 {"title": "An older convention", "id": "0c1f7c7e-4f2b-5a3e-8a50-3b7d6f3f0c11", "relations": [{"kind": "supersedes", "to": "5ab6f374-f1dd-5d44-9c51-05cbeba0af53"}]}]"#,
        mended: r#"[{"title": "A convention", "id": "5ab6f374-f1dd-5d44-9c51-05cbeba0af53", "relations": [{"kind": "replaces", "to": "0c1f7c7e-4f2b-5a3e-8a50-3b7d6f3f0c11"}]},
 {"title": "An older convention", "id": "0c1f7c7e-4f2b-5a3e-8a50-3b7d6f3f0c11"}]"#,
    },
    waive: "Do not waive it: turn the relation that points the wrong way, or take it out.",
    run: Run::Dataset(&|| Box::new(Related::default())),
};

/// Reports a circle of decisions at the one that closes it.
pub(super) fn report_decisions(out: &mut DatasetFindings, mark: &Mark, names: &[&str]) {
    let message = "the decision depends on others that depend on it";
    out.report_as(&CHECK, Some(mark), message)
        .expected("decisions that do not depend on this one")
        .found(format!("{}, where they began", way(names)))
        .subjects(names.iter().map(|name| Subject::Record((*name).to_owned())))
        .help("which of the decisions was taken first? Take `with` out of it");
}

fn way(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", then ")
}

/// Reports a circle at the relation that closes it.
pub(super) fn report(out: &mut DatasetFindings, mark: &Mark, names: &[&str]) {
    out.report_as(&CHECK, Some(mark), "the relations lead back to this record")
        .expected("relations to earlier records")
        .found(format!("{}, where they began", way(names)))
        .subjects(names.iter().map(|name| Subject::Record((*name).to_owned())))
        .help("which of the relations points the wrong way?");
}
