//! The labels before the lists of a vote: `In favour:`, `Against:`, `Abstaining:`.

use plenary_types::Choice;

/// The words that stand before a list, in small letters.
pub(super) const LABELS: &[(&str, Choice)] = &[
    ("in favour", Choice::Yes),
    ("in favor", Choice::Yes),
    ("voting in favour", Choice::Yes),
    ("voted in favour", Choice::Yes),
    ("against", Choice::No),
    ("voting against", Choice::No),
    ("voted against", Choice::No),
    ("abstaining", Choice::Abstain),
    ("abstain", Choice::Abstain),
    ("abstained", Choice::Abstain),
    ("abstentions", Choice::Abstain),
    ("abstention", Choice::Abstain),
    ("absent", Choice::NonVoting),
    ("not voting", Choice::NonVoting),
    ("not participating", Choice::NonVoting),
    ("not participating in the vote", Choice::NonVoting),
    ("not participating in the voting", Choice::NonVoting),
    ("did not participate", Choice::NonVoting),
    ("did not participate in the vote", Choice::NonVoting),
    ("did not participate in the voting", Choice::NonVoting),
    ("present and not voting", Choice::NonVoting),
    ("present but not voting", Choice::NonVoting),
];

/// A label in a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// Where it begins and where what follows it begins.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) choice: Choice,
    /// How many stand on the list, where the label says so: `In favour (149):`.
    pub(super) count: Option<u32>,
}

/// The labels in a line, in order: at its start, or within it where a capital letter follows a blank or a stop.
pub(super) fn labels(line: &str) -> Vec<Label> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut depth = 0_usize;
    let mut before = None;
    while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let begins = match before {
            None => true,
            Some(before) => {
                depth == 0
                    && c.is_uppercase()
                    && (char::is_whitespace(before) || matches!(before, '.' | ';' | ','))
            }
        };
        let label = begins.then(|| label_at(line, at)).flatten();
        if let Some(label) = label {
            at = label.end;
            before = Some(' ');
            found.push(label);
        } else {
            at += c.len_utf8();
            before = Some(c);
        }
    }
    found
}

/// The label at a place of a line: one with a colon, or at the start of the line one that stands there alone.
fn label_at(line: &str, start: usize) -> Option<Label> {
    let rest = line.get(start..)?;
    let fits = |(word, _): &&(&str, Choice)| {
        let begin = rest.get(..word.len());
        let next = rest.get(word.len()..).and_then(|rest| rest.chars().next());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(word))
            && next.is_none_or(|next| !next.is_alphanumeric())
    };
    // Of several that fit the longest is meant.
    let fitting = LABELS.iter().filter(fits);
    fitting
        .filter_map(|(word, choice)| {
            let after = rest.get(word.len()..)?;
            let (count, after) = counted(after);
            let colon = after.trim_start().strip_prefix([':', '：']);
            let is_alone =
                start == 0 && after.trim().is_empty() && rest.starts_with(char::is_uppercase);
            let after = colon.or_else(|| is_alone.then_some(""))?;
            Some(Label {
                start,
                end: line.len() - after.len(),
                choice: *choice,
                count,
            })
        })
        .max_by_key(|label| label.end)
}

/// A count in brackets, and what follows it.
fn counted(after: &str) -> (Option<u32>, &str) {
    let inside = after.trim_start().strip_prefix(['(', '[']);
    let read = inside.and_then(|inside| {
        let (count, rest) = inside.split_once([')', ']'])?;
        let digits = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| count.parse().ok().map(|count| (count, rest)))?
    });
    match read {
        Some((count, rest)) => (Some(count), rest),
        None => (None, after),
    }
}

/// Whether a line is a label and nothing else.
pub(super) fn is_label(line: &str) -> bool {
    let line = line.trim();
    label_at(line, 0).is_some_and(|label| label.end == line.len())
}

/// Whether a text says that nobody is on the list.
pub(super) fn is_none(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ';', ',']).trim_end();
    let words = ["none", "nil", "nobody", "no one", "-", "–", "—"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_at_the_start_of_a_line_and_within_it() {
        let line = "In favour: Chad, Chile. Against: None. Abstaining: Cuba";
        let found = labels(line);
        let choices: Vec<Choice> = found.iter().map(|label| label.choice).collect();
        assert_eq!(choices, [Choice::Yes, Choice::No, Choice::Abstain]);
        assert_eq!(&line[found[0].end..found[1].start], " Chad, Chile. ");
        for (line, found) in [
            ("Against", 1),
            ("AGAINST :", 1),
            ("in favor:", 1),
            ("In favour (12): Chad", 1),
            ("Not participating in the vote: Albania", 1),
            ("he voted against: a mistake", 0),
            ("against", 0),
            ("Against the draft", 0),
            ("Abstaining members: Chad", 0),
            ("Chad (Against: Chile)", 0),
            ("", 0),
        ] {
            assert_eq!(labels(line).len(), found, "{line}");
        }
        assert_eq!(labels("In favour (12): Chad")[0].count, Some(12));
    }

    #[test]
    fn a_line_that_is_a_label_alone_is_told_from_one_with_its_list() {
        assert!(is_label(" Abstaining: ") && is_label("Against"));
        assert!(!is_label("Against: None") && !is_label("Chad"));
        assert!(is_none(" None. ") && is_none("—") && !is_none("Niger"));
    }
}
