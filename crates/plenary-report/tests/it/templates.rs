//! Templates of one's own.

use std::fs;

use plenary::{Input, ReportSettings, report};
use plenary_report::{ReportError, ReportOptions, Templates, html};

/// The page of the Compact with files in place of those that come with the crate.
fn with(files: &[(&str, &str)]) -> Result<String, ReportError> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut options = ReportOptions::default();
    options.templates = Templates::with_folder(folder.path())?;
    let reported = report(Input::compact(), &ReportSettings::default()).unwrap();
    html(&reported, &options)
}

#[test]
fn each_file_can_be_replaced() {
    let page = with(&[
        (
            "texts.toml",
            "[heading]\nclaims = \"Ce qui est affirmé <b>\"\n[page]\nlanguage = \"fr\"\n",
        ),
        ("style.css", "body { color: black }"),
    ]);
    let page = page.unwrap();
    assert!(page.contains("<html lang=\"fr\""));
    assert!(page.contains("<h2>Ce qui est affirmé &lt;b&gt;</h2>"));
    assert!(page.contains("<style>body { color: black }</style>"));
    crate::assert_closed(&page);
    let page = with(&[(
        "agreement.html",
        "{% for r in records %}<p>{{ r.page.title }}</p>{% endfor %}",
    )]);
    assert!(
        page.unwrap()
            .contains("<p>Global Compact for Safe, Orderly and Regular Migration</p>")
    );
}

#[test]
fn what_is_wrong_with_a_template_is_said_with_its_file_and_line() {
    let error = |files: &[(&str, &str)]| {
        let error = with(files).unwrap_err();
        assert!(error.help().is_some(), "{error}");
        error.to_string()
    };
    let missing = error(&[("agreement.html", "\n{{ records[0].page.titel }}")]);
    assert!(
        missing.starts_with("template `agreement.html`, line 2: "),
        "{missing}"
    );
    let broken = error(&[("page.html", "{% if %}")]);
    assert!(
        broken.starts_with("template `page.html`, line 1: "),
        "{broken}"
    );
    let text = error(&[("agreement.html", "{{ t('heading.clams') }}")]);
    assert!(text.ends_with("unknown text `heading.clams`"), "{text}");
    let style = error(&[("style.css", "</STYLE><script>")]);
    assert_eq!(
        style,
        "`style.css` contains `</style`, which would end it in the page"
    );
    let none = error(&[("other.html", "")]);
    assert!(none.ends_with("no template in the folder"), "{none}");
    assert!(matches!(
        Templates::with_folder("/no/such/folder"),
        Err(ReportError::Unreadable { .. })
    ));
}
