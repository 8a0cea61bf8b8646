//! [`missing_subjects`]: what a finding says in words only.

use std::sync::LazyLock;

use plenary_states::{EntityKind, entities, entity};
use plenary_types::{Finding, Session, StateCode, Subject};

/// The participants, days, sessions and resolutions that the message or the values of a finding name and its subjects leave out:
/// none, where a check reports them as it should. Quotations in backticks are the source's own words and name nobody.
///
/// ```
/// use plenary_testing::missing_subjects;
/// use plenary_types::{Finding, Severity, StateCode, Subject};
///
/// let finding = Finding::new("a-check", Severity::Note, "Niger votes twice").with_found("NER on 2018-12-19");
/// let niger: StateCode = "NER".parse()?;
/// let day = Subject::parse("date", "2018-12-19").unwrap();
/// assert_eq!(missing_subjects(&finding.clone().with_subjects([niger])), [day.clone()]);
/// assert_eq!(missing_subjects(&finding.with_subjects([day])), [Subject::from(niger)]);
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
#[must_use]
pub fn missing_subjects(finding: &Finding) -> Vec<Subject> {
    let texts = [
        Some(&finding.message),
        finding.expected.as_ref(),
        finding.found.as_ref(),
    ];
    let mut missing = Vec::new();
    for text in texts.into_iter().flatten() {
        let outside: Vec<_> = text.split('`').step_by(2).collect();
        let mut text = outside.join(" ");
        let words: Vec<_> = text.split_whitespace().map(bare).collect();
        missing.extend(words.iter().filter_map(|word| named(word)));
        let after = |pair: &[&str]| match pair {
            ["session", number] => number.parse::<Session>().ok().map(Subject::from),
            _ => None,
        };
        missing.extend(words.windows(2).filter_map(after));
        for (name, codes) in &*NAMES {
            let found = text
                .match_indices(name)
                .any(|(at, _)| stands_alone(&text, at, name));
            let known = |code: &StateCode| finding.subjects.contains(&Subject::from(*code));
            if found && !codes.iter().any(known) {
                missing.extend(codes.first().map(|code| Subject::from(*code)));
            }
            if found {
                text = text.replace(name, "");
            }
        }
    }
    missing.retain(|subject| {
        let own =
            matches!(subject, Subject::Record(record) if finding.record.as_ref() == Some(record));
        !own && !finding.subjects.contains(subject)
    });
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// A word without what a sentence puts around it: `(S/PV.2149)` is `S/PV.2149`, and `S/RES/118(1956)` stays.
fn bare(word: &str) -> &str {
    let word = word
        .trim_start_matches('(')
        .trim_end_matches([',', ';', ':', '.']);
    match word.contains('(') {
        true => word,
        false => word.trim_end_matches(')'),
    }
}

/// Whom or what a word names: a code, a day, the symbol of a resolution.
fn named(word: &str) -> Option<Subject> {
    let code = Subject::parse("participant", word);
    let code = code.filter(
        |code| matches!(code, Subject::Participant(who) if who.code().and_then(entity).is_some()),
    );
    let day = || Subject::parse("date", word).filter(|_| word.contains('-'));
    let record = || {
        word.contains("/RES/")
            .then(|| Subject::Record(word.to_owned()))
    };
    code.or_else(day).or_else(record)
}

/// Every name of a participant with those that bear it, long names first: they hold shorter ones.
static NAMES: LazyLock<Vec<(&str, Vec<StateCode>)>> = LazyLock::new(names);

fn names() -> Vec<(&'static str, Vec<StateCode>)> {
    // The United Nations is what a state is a member of.
    let participants = entities().filter(|entity| entity.kind() != EntityKind::Organisation);
    let all = participants.flat_map(|entity| {
        let names = entity.names().iter().map(|name| name.text);
        names
            .chain([entity.label()])
            .map(move |name| (name, entity.code()))
    });
    let mut by_name = std::collections::BTreeMap::<_, Vec<_>>::new();
    for (name, code) in all {
        by_name.entry(name).or_default().push(code);
    }
    let mut names: Vec<_> = by_name.into_iter().collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
}

fn stands_alone(text: &str, at: usize, name: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric();
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text
        .get(at + name.len()..)
        .and_then(|after| after.chars().next());
    !before.is_some_and(is_letter) && !after.is_some_and(is_letter)
}
