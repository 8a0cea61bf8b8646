//! [`Screen`]: what of many findings fits on a screen, and in which form.

use plenary::catalogue;
use plenary::types::Severity;
use plenary::validation::Pattern;

use crate::output::{thousands, visible};
use plenary::types::Invariant;

/// The rows of a screen that findings may take, besides the account at its end.
const ROWS: usize = 36;
/// The rows of a finding with its source line, at most.
const PARAGRAPH: usize = 9;
/// The same in its densest form.
const DENSE: usize = 4;
/// So many causes of errors have their source line on every screen.
const PLACED: usize = 3;
/// The most lines of one cause each, and the fewest.
const LINES: usize = 14;
const LEAST_LINES: usize = 5;
/// The characters of a line of text.
const WIDTH: usize = 108;
/// The rows that the findings of a pattern may take when they are listed.
const LISTED: usize = 2;

/// Patterns in the order of their importance, by the form in which they are shown.
pub(super) struct Screen<'p, 'a> {
    /// What is wrong with the dataset: a heading and a list.
    pub(super) head: Vec<&'p Pattern<'a>>,
    /// With the source line of the first finding: some errors, and as many others as there is room for.
    pub(super) paragraphs: Vec<&'p Pattern<'a>>,
    /// Whether there is room for the densest form of them only.
    pub(super) dense: bool,
    /// What is worth a look in the dataset.
    pub(super) tail: Vec<&'p Pattern<'a>>,
    /// Whether there is room to say under each brief where it is and what to do.
    pub(super) roomy: bool,
    /// One line a check.
    pub(super) lines: Vec<Group<'p, 'a>>,
    /// What has no place.
    pub(super) hidden: Vec<Group<'p, 'a>>,
}

impl<'p, 'a> Screen<'p, 'a> {
    pub(super) fn new(patterns: &'p [Pattern<'a>]) -> Self {
        let (of_dataset, rest): (Vec<_>, Vec<_>) = patterns.iter().partition(|p| p.is_of_dataset());
        let rows: usize = of_dataset.iter().map(|p| 1 + listed(p).len()).sum();
        let roomy = rows + 2 * of_dataset.len() <= ROWS / 2;
        let rows = if roomy {
            rows + 2 * of_dataset.len()
        } else {
            rows
        };
        let (rest, placed) = placed_first(rest);
        let mut full = rest.len().min(usize::from(of_dataset.is_empty()));
        while full < rest.len() {
            let fewer = grouped(rest.get(full + 1..).unwrap_or_default());
            if rows + PARAGRAPH * (full + 1) + fewer.len().min(LINES) > ROWS {
                break;
            }
            full += 1;
        }
        let dense = full < placed;
        let (paragraphs, others) = rest.split_at(full.max(placed).min(rest.len()));
        let mut lines = grouped(others);
        let room = match dense {
            true => ROWS.saturating_sub(rows + DENSE * placed).max(LEAST_LINES),
            false => LINES,
        };
        let hidden = lines.split_off(lines.len().min(room).min(LINES));
        let (tail, head) = of_dataset
            .into_iter()
            .partition(|p| p.severity == Severity::Note);
        Self {
            head,
            paragraphs: paragraphs.to_vec(),
            dense,
            tail,
            roomy,
            lines,
            hidden,
        }
    }
}

/// The patterns of records, the first errors that can be shown in the source before everything else, and how many
/// these are.
fn placed_first<'p, 'a>(patterns: Vec<&'p Pattern<'a>>) -> (Vec<&'p Pattern<'a>>, usize) {
    let has_place = |p: &Pattern<'_>| {
        let first = p.findings.first();
        p.severity == Severity::Error && first.is_some_and(|f| f.place.line.is_some())
    };
    // The first cause of each check before the second of any.
    let (errors, others): (Vec<_>, Vec<_>) = patterns.into_iter().partition(|p| has_place(p));
    let (mut firsts, mut seconds): (Vec<&Pattern<'_>>, Vec<_>) = (Vec::new(), Vec::new());
    for error in errors {
        match firsts.iter().any(|first| first.check == error.check) {
            false => firsts.push(error),
            true => seconds.push(error),
        }
    }
    firsts.extend(seconds);
    let placed = firsts.len().min(PLACED);
    firsts.extend(others);
    (firsts, placed)
}

/// Patterns of one check and one severity.
pub(super) struct Group<'p, 'a> {
    pub(super) patterns: Vec<&'p Pattern<'a>>,
}

impl Group<'_, '_> {
    pub(super) fn check(&self) -> &str {
        self.patterns.first().map_or("", |p| p.check)
    }

    pub(super) fn severity(&self) -> Severity {
        self.patterns.first().map_or(Severity::Note, |p| p.severity)
    }

    pub(super) fn findings(&self) -> usize {
        self.patterns.iter().map(|p| p.len()).sum()
    }

    /// What they have in common: the message of the only one, else what the check finds.
    pub(super) fn message(&self) -> &str {
        match self.patterns.as_slice() {
            [one] => one.message,
            _ => catalogue()
                .find(self.check())
                .map_or("", |check| check.summary),
        }
    }

    /// How often, and of several causes the most frequent: that in which their messages differ, when it is short.
    pub(super) fn count(&self) -> String {
        const LONGEST: usize = 30;
        let times = |n: usize| match n {
            1 => "once".to_owned(),
            n => format!("{} times", thousands(n as u64)),
        };
        let [_, _, ..] = self.patterns.as_slice() else {
            return times(self.findings());
        };
        let apart = self.patterns.iter().filter(|p| p.causes == 1);
        let own = differing(&apart.clone().map(|p| p.message).collect::<Vec<_>>());
        let most: Vec<_> = apart.zip(own).take(3).collect();
        let causes: usize = self.patterns.iter().map(|p| p.causes).sum();
        if most
            .iter()
            .any(|(_, own)| own.is_empty() || own.chars().count() > LONGEST)
        {
            return format!("{} in {} causes", times(self.findings()), causes);
        }
        let named = most
            .iter()
            .map(|(p, own)| format!("{own} ({})", thousands(p.len() as u64)));
        let more = if causes > most.len() { ", …" } else { "" };
        format!(
            "{} under {} headings: {}{more}",
            times(self.findings()),
            causes,
            named.collect::<Vec<_>>().join(", ")
        )
    }
}

fn grouped<'p, 'a>(patterns: &[&'p Pattern<'a>]) -> Vec<Group<'p, 'a>> {
    let mut groups: Vec<Group<'p, 'a>> = Vec::new();
    for &pattern in patterns {
        let same =
            |g: &&mut Group<'_, '_>| (g.check(), g.severity()) == (pattern.check, pattern.severity);
        match groups.iter_mut().find(same) {
            Some(group) => group.patterns.push(pattern),
            None => groups.push(Group {
                patterns: vec![pattern],
            }),
        }
    }
    groups
}

/// The words of each text that are not at the beginning or the end of all of them.
fn differing<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    let split = |text: &'t str| -> Vec<&'t str> { text.split_inclusive(' ').collect() };
    let words: Vec<Vec<&str>> = texts.iter().map(|text| split(text)).collect();
    let shortest = words.iter().map(Vec::len).min().unwrap_or(0);
    let alike = |at: &dyn Fn(&Vec<&'t str>) -> Option<&'t str>| {
        let first = words.first().and_then(at);
        words.iter().all(|w| at(w) == first)
    };
    let before = (0..shortest)
        .take_while(|i| alike(&|w| w.get(*i).copied()))
        .count();
    let after = (0..shortest - before)
        .take_while(|i| alike(&|w| w.len().checked_sub(i + 1).and_then(|at| w.get(at).copied())))
        .count();
    let own = |(text, words): (&&'t str, &Vec<&str>)| {
        let length =
            |words: Option<&[&str]>| words.unwrap_or_default().iter().map(|w| w.len()).sum();
        let start: usize = length(words.get(..before));
        let end: usize = length(words.get(words.len() - after..));
        text.get(start..text.len() - end)
            .invariant("the words of both ends are those of the text")
            .trim()
    };
    texts.iter().zip(&words).map(own).collect()
}

/// What was found, one finding after the other, in so many rows as a pattern may take.
pub(super) fn listed(pattern: &Pattern<'_>) -> Vec<String> {
    let texts: Vec<_> = pattern
        .findings
        .iter()
        .filter_map(|f| f.found.as_deref().or(f.record.as_deref()))
        .map(visible)
        .collect();
    // Of many not all are kept.
    let unkept = pattern.len() - pattern.findings.len();
    let most = LISTED;
    let mut rows = vec![String::new()];
    for (place, text) in texts.iter().enumerate() {
        let more = texts.len() + unkept - place;
        let rest = format!("… and {} more", thousands(more as u64));
        let item = format!("{text}{}", if more > 1 { ";" } else { "" });
        let last = rows.len() == most;
        let Some(row) = rows.last_mut() else { break };
        let room = if last && more > 1 {
            WIDTH - rest.chars().count() - 1
        } else {
            WIDTH
        };
        if row.is_empty() {
            row.push_str(&item);
        } else if row.chars().count() + 1 + item.chars().count() <= room {
            row.push(' ');
            row.push_str(&item);
        } else if last {
            row.push(' ');
            row.push_str(&rest);
            break;
        } else {
            rows.push(item);
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use plenary::types::Finding;
    use plenary::validation::patterns;

    fn finding(check: &'static str, severity: Severity, message: &str, found: &str) -> Finding {
        Finding::new(check, severity, message).with_found(found)
    }

    fn rows(screen: &Screen<'_, '_>) -> usize {
        let briefs = screen.head.iter().chain(&screen.tail);
        let briefs: usize = briefs.map(|b| 1 + listed(b).len()).sum();
        let each = if screen.dense { DENSE } else { PARAGRAPH };
        briefs + each * screen.paragraphs.len() + screen.lines.len()
    }

    #[test]
    fn a_list_ends_with_the_number_of_those_left_out() {
        let name = |n: usize| format!("Some Member of the United Nations {n}, 12 % in session {n}");
        let note = |n| finding("participation-drop", Severity::Note, "few", &name(n));
        for count in 1..40 {
            let findings: Vec<_> = (0..count).map(note).collect();
            let patterns = patterns(&findings, catalogue());
            let rows = listed(patterns.first().unwrap());
            assert!(rows.len() <= LISTED && rows.iter().all(|row| row.chars().count() <= WIDTH));
            let named = rows.concat().matches("Some Member").count();
            let left = count - named;
            let ending = format!("… and {left} more");
            assert_eq!(rows.concat().ends_with(&ending), left > 0, "{rows:?}");
        }
    }

    #[test]
    fn causes_of_one_check_are_one_line_that_names_where_they_differ() {
        let name = |name: &str| {
            let message = format!("the name `{name}` was not in use at the date");
            finding("name-at-date", Severity::Note, &message, name)
        };
        let findings = ["Libya", "Libya", "Sri Lanka", "Egypt", "Iran"].map(name);
        let patterns = patterns(&findings, catalogue());
        let groups = grouped(&patterns.iter().collect::<Vec<_>>());
        assert_eq!(groups.len(), 1);
        let said = groups.first().unwrap().count();
        assert_eq!(
            said,
            "5 times under 4 headings: `Libya` (2), `Sri Lanka` (1), `Egypt` (1), …"
        );
    }

    #[test]
    fn the_first_errors_with_a_place_are_shown_in_the_source_and_before_notes() {
        let mut findings = Vec::new();
        for check in ["participation-drop", "session-outlier"] {
            for session in 1..30 {
                let message = format!("session {session}");
                findings.push(finding(check, Severity::Note, &message, "Peru"));
            }
        }
        for cause in ["one", "two", "three", "four"] {
            let mut error = finding("not-a-member", Severity::Error, cause, "Peru");
            error.place.line = Some(7);
            findings.push(error);
        }
        let patterns = patterns(&findings, catalogue());
        let screen = Screen::new(&patterns);
        let shown: Vec<_> = screen.paragraphs.iter().map(|p| p.message).collect();
        assert_eq!(shown, ["one", "two", "three"]);
        assert!(screen.dense && screen.head.is_empty());
        assert_eq!(screen.lines.first().unwrap().message(), "four");
    }

    #[test]
    fn what_is_shown_fits_on_a_screen_and_nothing_is_lost() {
        for checks in 1..30usize {
            let findings: Vec<_> = catalogue()
                .checks()
                .iter()
                .take(checks)
                .flat_map(|check| {
                    [
                        finding(check.name, check.severity, "one", "1"),
                        finding(check.name, check.severity, "two", "2"),
                    ]
                })
                .collect();
            let patterns = patterns(&findings, catalogue());
            let screen = Screen::new(&patterns);
            assert!(rows(&screen) <= ROWS.max(PARAGRAPH + LINES), "{checks}");
            let groups = screen.lines.iter().chain(&screen.hidden);
            let shown = screen.head.len() + screen.tail.len() + screen.paragraphs.len();
            let grouped: usize = groups.map(|g| g.patterns.len()).sum();
            assert_eq!(shown + grouped, patterns.len());
        }
    }
}
