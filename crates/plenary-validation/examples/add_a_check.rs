//! A check of your own, from the rule to the finding.

use plenary_types::{Agreement, Field, NoOrigin, Severity};
use plenary_validation::{Catalogue, Check, Config, Example, Findings, RecordCx, Run, Validator};

/// The check: what it is called, what it finds and why, and the function that looks.
static CHECK: Check = Check {
    name: "title-missing",
    summary: "an agreement has no title",
    severity: Severity::Note,
    why: "A title is what people search for, and the only name of an agreement without a symbol.",
    sources: &["VCLT Art. 2(1)(a): a treaty, whatever its particular designation"],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "title": "Global Compact for Migration"}"#,
    },
    waive: "Ignore it for datasets that hold symbols only.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    if cx.agreement.title.trim().is_empty() {
        out.report(None, Field::Title, "the agreement has no title")
            .expected("a title")
            .found("nothing");
        // Whom and what a message names, it also says in data: `.subjects([state])`.
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The registration. From here on a `plenary.toml` knows the check: its severity, waivers of it, and whether to ignore it.
    // Whoever works with whole files says `plenary::Settings::default().with_check(&CHECK)`.
    let config = Config::from_toml_with(
        "[severity]\ntitle-missing = \"warning\"",
        Catalogue::default().with(&CHECK),
    )?;
    let validator = Validator::new(config);

    let Example::Native { fails, mended } = CHECK.example else {
        return Ok(());
    };
    let fails: Agreement = serde_json::from_str(fails)?;
    let mended: Agreement = serde_json::from_str(mended)?;
    let found = validator.check(&fails, &NoOrigin);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].check, "title-missing");
    assert_eq!(found[0].severity, Severity::Warning);
    assert!(validator.check(&mended, &NoOrigin).is_empty());
    Ok(())
}
