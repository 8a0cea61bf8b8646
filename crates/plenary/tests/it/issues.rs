//! The classifier of issues: it is what its training gives, and the figures of `docs/issues.md` are those of votes that it was not made of.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use plenary::analysis::issues::training::{
    Accuracy, Example, TrainingSettings, cross_validate, measure, train, validate_after,
};
use plenary::analysis::issues::{Classifier, IssueBasis, classify};
use plenary::bodies::Reference;
use plenary::import::{Import, Options};
use plenary::types::Issue;
use plenary_testing::shared;

/// Into how many parts the sessions are dealt out.
const FOLDS: u16 = 5;
/// The last session of those that teach what is tested on later ones.
const LAST: u16 = 60;

fn read(path: &Path) -> Import {
    plenary::import::read(path, &Options::default()).unwrap()
}

fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// `PLENARY_BLESS=1 cargo test -p plenary --test it issues` makes the classifier and the figures anew.
#[test]
fn the_classifier_and_its_figures_are_those_of_the_descriptions_of_unvotes() {
    let (Some(unvotes), Some(library)) = (
        shared("unvotes/unvotes.csv.zst"),
        shared("undl/library_ga_1946_1989.csv.zst"),
    ) else {
        return;
    };
    let both = [unvotes, library].map(|path| read(&path));
    let examples: Vec<Example> = decisions(&both[0], Example::from_vote)
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(examples.len(), 6203);
    let settings = TrainingSettings::default();
    let classifier = train(&examples, &settings);
    let sessions = cross_validate(&examples, FOLDS, &settings);
    let later = validate_after(&examples, LAST, &settings);
    let (titles, matched) = on_titles(&classifier, &both);
    let own = measure(&classifier, &examples);
    for own in own {
        assert!(
            own.precision() > Some(0.85) && own.recall() > Some(0.85),
            "{own:?}"
        );
    }
    let figures = table(&classifier, &[sessions, later, titles], matched);
    let blessed = std::env::var_os("PLENARY_BLESS").is_some();
    if blessed {
        let data = in_repository("crates/plenary-analysis/data/issues.csv");
        fs::write(data, classifier.to_csv()).unwrap();
    } else {
        let is_built_in = classifier == *Classifier::built_in();
        assert!(
            is_built_in,
            "data/issues.csv differs; PLENARY_BLESS=1 writes it anew"
        );
    }
    let page = in_repository("docs/issues.md");
    let text = fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    if blessed {
        fs::write(page, format!("{before}{BEGIN}\n{figures}{END}{after}")).unwrap();
    } else {
        assert_eq!(
            written,
            format!("\n{figures}"),
            "docs/issues.md differs; PLENARY_BLESS=1 writes it anew"
        );
    }
}

const BEGIN: &str = "<!-- figures: made by a test -->";
const END: &str = "<!-- end of figures -->";

/// How often the issues that are computed from the Library's own titles and agenda items are those of the same votes in `unvotes`, and how
/// many votes there are in both.
fn on_titles(classifier: &Classifier, both: &[Import; 2]) -> ([Accuracy; 6], usize) {
    let [unvotes, library] = both;
    let coded: Vec<Option<Example>> = decisions(unvotes, Example::from_vote);
    let titled = decisions(library, |agreement, decision| {
        assert_eq!(classify(agreement, decision).basis(), IssueBasis::Computed);
        let texts = [Some(&agreement.title), decision.agenda.as_ref()];
        let texts = texts.into_iter().flatten().chain(&agreement.subjects);
        texts.cloned().collect::<Vec<String>>()
    });
    let same = plenary::same_votes_of(both, Reference::embedded());
    let matched = same.iter().filter_map(|[coded_at, titled_at]| {
        let example = coded.get(coded_at.decision)?.clone()?;
        let texts = titled.get(titled_at.decision)?.clone();
        Some(Example { texts, ..example })
    });
    let matched: Vec<Example> = matched.collect();
    (measure(classifier, &matched), matched.len())
}

fn decisions<T>(
    import: &Import,
    of: impl Fn(&plenary::types::Agreement, &plenary::types::Decision) -> T,
) -> Vec<T> {
    let mut all = Vec::new();
    for record in import.records() {
        let decisions = record.agreement.decisions();
        all.extend(decisions.map(|(_, decision)| of(&record.agreement, decision)));
    }
    all
}

fn table(classifier: &Classifier, measured: &[[Accuracy; 6]; 3], matched: usize) -> String {
    let mut text = String::from(
        "| issue | terms | votes that have it | other sessions | sessions after 60 | titles of the Library |\n\
         |---|--:|--:|--:|--:|--:|\n",
    );
    for (at, issue) in Issue::ALL.into_iter().enumerate() {
        let of = measured.map(|measured| measured[at]);
        let [sessions, later, titles] = of.map(|accuracy| {
            assert_eq!(accuracy.issue, issue);
            let [precision, recall] = [accuracy.precision(), accuracy.recall()].map(Option::unwrap);
            format!("{precision:.3} / {recall:.3}")
        });
        let terms = classifier.term_count(issue);
        writeln!(
            text,
            "| `{issue}` | {terms} | {} | {sessions} | {later} | {titles} |",
            of[0].coded
        )
        .unwrap();
    }
    writeln!(text, "\nVotes with a title of the Library: {matched}.").unwrap();
    text
}

/// Codes of a source stay as they are, and votes of the Library get computed ones.
#[test]
fn votes_are_selected_by_codes_of_the_source_else_by_computed_ones() {
    let Some(unvotes) = shared("unvotes/unvotes.csv.zst") else {
        return;
    };
    let mut settings = plenary::VoteSettings::default();
    settings.selection.issues = vec![Issue::NuclearWeapons];
    settings.selection.questions = plenary::analysis::Questions::All;
    let selected = plenary::select_votes([unvotes.as_path()], &settings).unwrap();
    let basis = selected.metadata.iter().find(|(key, _)| *key == "issues");
    assert_eq!(
        basis.map(|(_, text)| &**text),
        Some(
            "855 votes selected by the codes of their source, 0 by codes that plenary computed from their words (docs/issues.md)"
        )
    );
}
