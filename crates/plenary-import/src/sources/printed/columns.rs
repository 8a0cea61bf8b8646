//! A page of two columns, as `pdftotext -layout` keeps it, read one column after the other.

/// A line of a page with its number in the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Raw {
    pub(super) number: u64,
    pub(super) text: Vec<char>,
}

impl Raw {
    /// A line, with tabs as far as the next column of eight and without what follows its last letter.
    pub(super) fn new(number: u64, line: &str) -> Self {
        let mut text = Vec::with_capacity(line.len());
        for c in line.trim_end().chars().take(LONGEST) {
            match c {
                '\t' => text.resize((text.len() / 8 + 1) * 8, ' '),
                c if c.is_whitespace() => text.push(' '),
                c => text.push(c),
            }
        }
        let rest = line.trim_end().chars().skip(LONGEST);
        text.extend(rest);
        Self { number, text }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.iter().all(|c| *c == ' ')
    }

    fn blank_at(&self, column: usize) -> bool {
        self.text.get(column).is_none_or(|c| *c == ' ')
    }

    /// The text between two columns, without outer blanks.
    fn part(&self, from: usize, to: usize) -> String {
        let to = to.min(self.text.len());
        let part = self.text.get(from.min(to)..to).unwrap_or_default();
        part.iter().collect::<String>().trim().to_owned()
    }

    pub(super) fn whole(&self) -> String {
        self.part(0, self.text.len())
    }
}

/// Characters of a line in which tabs and columns are looked for.
const LONGEST: usize = 1_000;

/// How many lines begin where a second column does, at least.
const LEAST: usize = 3;

/// The lines of a page in the order in which they are read, by the place of its second column, if it has two.
pub(super) fn in_order(page: &[Raw], gutter: Option<usize>) -> Vec<(u64, String)> {
    let Some(gutter) = gutter else {
        return page.iter().map(|raw| (raw.number, raw.whole())).collect();
    };
    let mut ordered = Vec::with_capacity(page.len() * 2);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for raw in page {
        match cut(raw, gutter) {
            Some(at) => {
                left.push((raw.number, raw.part(0, at)));
                right.push((raw.number, raw.part(at, raw.text.len())));
            }
            // A line across the page ends what stands above it in both columns.
            None => {
                flush(&mut ordered, &mut left, &mut right);
                ordered.push((raw.number, raw.whole()));
            }
        }
    }
    flush(&mut ordered, &mut left, &mut right);
    ordered
}

/// One column after the other, without the blank lines at the ends of either: there the text goes on.
fn flush(
    ordered: &mut Vec<(u64, String)>,
    left: &mut Vec<(u64, String)>,
    right: &mut Vec<(u64, String)>,
) {
    for column in [left, right] {
        let filled = |(_, text): &(u64, String)| !text.is_empty();
        let first = column.iter().position(filled);
        let last = column.iter().rposition(filled);
        if let (Some(first), Some(last)) = (first, last) {
            ordered.extend(column.drain(first..=last));
        }
        column.clear();
    }
}

/// How far a line may be shifted against the others.
const SHIFT: usize = 6;

/// Where a line is cut in two; none for one that runs across.
fn cut(raw: &Raw, gutter: usize) -> Option<usize> {
    let free = |at: usize| at >= 1 && raw.blank_at(at) && raw.blank_at(at - 1);
    let near = (0..=SHIFT).flat_map(|by| [gutter.saturating_sub(by), gutter + by]);
    near.into_iter().find(|at| free(*at))
}

/// The last blank column before the second column of a page, if it has two.
///
/// In a page of two columns some lines go on at the same place beyond its first third, many of those have text in the first column too,
/// which fills it here and there, and hardly any line runs across. A list behind its label (`Against:      Israel`) begins further
/// left.
pub(super) fn gutter(page: &[Raw]) -> Option<usize> {
    let filled: Vec<&Raw> = page.iter().filter(|raw| !raw.is_blank()).collect();
    let width = filled.iter().map(|raw| raw.text.len()).max()?.min(LONGEST);
    let mut starts = vec![0_usize; width + 1];
    for raw in &filled {
        let mut blanks = 0;
        for (at, c) in raw.text.iter().take(width).enumerate() {
            if *c == ' ' {
                blanks += 1;
            } else {
                if blanks >= 2
                    && let Some(count) = starts.get_mut(at)
                {
                    *count += 1;
                }
                blanks = 0;
            }
        }
    }
    let middle = width * 3 / 10..width;
    let start = middle
        .filter(|at| *at >= 10)
        .max_by_key(|at| (starts.get(*at).copied(), usize::MAX - at))?;
    if starts.get(start).copied()? < LEAST {
        return None;
    }
    let at = start - 1;
    let parts = Parts::new(&filled, at);
    let is_page =
        parts.both >= LEAST && parts.both * 10 >= (parts.both + parts.right) * 4 && parts.long >= 2;
    (is_page && parts.are_few_across(filled.len())).then_some(at)
}

/// Whether a page that does not show where its columns are has them where another page has: its second column is short.
pub(super) fn has_gutter(page: &[Raw], at: usize) -> bool {
    let filled: Vec<&Raw> = page.iter().filter(|raw| !raw.is_blank()).collect();
    let begins = |raw: &&&Raw| {
        cut(raw, at) == Some(at) && !raw.blank_at(at + 1) && !raw.part(0, at).is_empty()
    };
    filled.iter().any(|raw| begins(&raw)) && Parts::new(&filled, at).are_few_across(filled.len())
}

/// How the lines of a page stand to a place between two columns.
#[derive(Default)]
struct Parts {
    /// Lines with text on both sides, on the right alone, and across.
    both: usize,
    right: usize,
    across: usize,
    /// Lines that nearly fill the left: labels do not.
    long: usize,
}

impl Parts {
    fn new(filled: &[&Raw], at: usize) -> Self {
        let mut parts = Self::default();
        for raw in filled {
            let Some(cut) = cut(raw, at) else {
                parts.across += 1;
                continue;
            };
            let [before, after] = [raw.part(0, cut), raw.part(cut, raw.text.len())];
            parts.long += usize::from(before.chars().count() * 10 >= at * 6);
            match (before.is_empty(), after.is_empty()) {
                (false, false) => parts.both += 1,
                (true, false) => parts.right += 1,
                _ => {}
            }
        }
        parts
    }

    const fn are_few_across(&self, lines: usize) -> bool {
        self.across * 4 <= lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Vec<String> {
        let lines = page.lines().zip(1..);
        let page: Vec<Raw> = lines.map(|(line, at)| Raw::new(at, line)).collect();
        in_order(&page, gutter(&page))
            .into_iter()
            .map(|(_, text)| text)
            .collect()
    }

    #[test]
    fn the_first_column_is_read_before_the_second() {
        let page = "\
            The Acting President: A recorded     Draft resolution A/53/L.52 was\n\
            vote has been requested.             adopted by 5 votes to 1, with 1\n\
               A recorded vote was taken.        abstention (resolution 53/37).\n\
            \n\
            In favour: Chad, Chile, China,          The Acting President: I call\n\
            Cuba and some others of whom         on the speakers who wish to\n\
            no more is known                     explain their votes.\n";
        let read = read(page);
        let at = |text: &str| read.iter().position(|line| line.starts_with(text)).unwrap();
        assert!(at("no more") < at("Draft resolution"), "{read:?}");
        assert!(at("abstention") < at("on the speakers"), "{read:?}");
        assert_eq!(read.len(), 14);
    }

    #[test]
    fn a_line_across_the_page_parts_what_is_above_it_from_what_is_below() {
        let columns = "a first line of the left     and one of the right\n".repeat(5);
        let page =
            format!("{columns}A title that runs across the whole of the page here\n{columns}");
        let read = read(&page);
        assert!(read[..5].iter().all(|line| line.starts_with('a')));
        assert!(read[5..10].iter().all(|line| line.ends_with("right")));
        assert!(read[10].starts_with("A title"));
    }

    #[test]
    fn lists_behind_their_labels_are_one_column() {
        let page = "\
            In favour:          Afghanistan, Albania, Algeria, Andorra, Angola, Argentina,\n\
            \u{20}                   Armenia, Australia, Austria, Azerbaijan, Bahamas, Bahrain,\n\
            \u{20}                   Bangladesh, Barbados, Belarus, Belgium, Belize, Benin\n\
            Against:            Israel\n\
            Abstaining:         None\n";
        assert_eq!(
            read(page)[1],
            "Armenia, Australia, Austria, Azerbaijan, Bahamas, Bahrain,"
        );
    }
}
