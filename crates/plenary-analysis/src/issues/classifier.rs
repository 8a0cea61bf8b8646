//! [`Classifier`]: weights of terms, by which the issues of a text are computed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use plenary_types::Issue;
use rustc_hash::FxHashMap;

use super::IssueCodes;
use super::terms::each_term;

/// A value for each issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PerIssue<T>([T; Issue::ALL.len()]);

impl<T> PerIssue<T> {
    pub(super) fn from_fn(of: impl FnMut(Issue) -> T) -> Self {
        Self(Issue::ALL.map(of))
    }

    pub(super) const fn of(&self, issue: Issue) -> &T {
        let [me, nu, di, co, hr, ec] = &self.0;
        match issue {
            Issue::PalestinianConflict => me,
            Issue::NuclearWeapons => nu,
            Issue::ArmsControl => di,
            Issue::Colonialism => co,
            Issue::HumanRights => hr,
            Issue::EconomicDevelopment => ec,
        }
    }

    pub(super) const fn of_mut(&mut self, issue: Issue) -> &mut T {
        let [me, nu, di, co, hr, ec] = &mut self.0;
        match issue {
            Issue::PalestinianConflict => me,
            Issue::NuclearWeapons => nu,
            Issue::ArmsControl => di,
            Issue::Colonialism => co,
            Issue::HumanRights => hr,
            Issue::EconomicDevelopment => ec,
        }
    }
}

/// The parts of one in which weights and scores are counted, so that their sums are exact.
pub(super) const SCALE: f64 = 100.0;

/// A classifier of issues: for each issue a base, and a weight for each of some terms. A text has an issue when the base and the weights
/// of the terms that occur in it come to more than zero. They are log-odds, with two decimals.
///
/// ```
/// use plenary_analysis::issues::Classifier;
/// use plenary_types::Issue;
///
/// let codes = Classifier::built_in().codes(["NUCLEAR DISARMAMENT--CONFERENCES"]);
/// assert!(codes.iter().eq([Issue::NuclearWeapons, Issue::ArmsControl]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classifier {
    base: PerIssue<i32>,
    weights: FxHashMap<Box<str>, PerIssue<i32>>,
}

/// Why a table is not a [`Classifier`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClassifierError {
    /// A row cannot be used.
    #[error("row {row}: {problem}")]
    Row {
        /// Which row, the header being the first.
        row: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// An issue has no base.
    #[error("issue `{0}` has no base: a row with an empty term")]
    NoBase(Issue),
}

const HEADER: [&str; 3] = ["issue", "term", "weight"];

const BUILT_IN: &str = include_str!("../../data/issues.csv");

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| {
    let read = Classifier::from_csv(BUILT_IN);
    debug_assert!(read.is_ok(), "data/issues.csv: {read:?}");
    read.unwrap_or_default()
});

/// A classifier that gives no issue.
impl Default for Classifier {
    fn default() -> Self {
        Self {
            base: PerIssue::from_fn(|_| -1),
            weights: FxHashMap::default(),
        }
    }
}

impl Classifier {
    /// The classifier that plenary carries (`data/issues.csv`), which [`training`](super::training) made of the descriptions in
    /// `unvotes`.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &CLASSIFIER
    }

    /// Reads a table `issue,term,weight` with one row for each issue and term; the row with an empty term is the base of the issue.
    ///
    /// # Errors
    ///
    /// [`ClassifierError`] when a row cannot be used or repeats another, and when an issue has no base.
    pub fn from_csv(text: &str) -> Result<Self, ClassifierError> {
        let mut weights: BTreeMap<(String, Issue), i32> = BTreeMap::new();
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        for (place, row) in rows.records().enumerate() {
            let wrong = |problem| ClassifierError::Row {
                row: place + 1,
                problem,
            };
            let row = row.map_err(|error| wrong(error.to_string()))?;
            if place == 0 {
                if row.iter().ne(HEADER) {
                    return Err(wrong(format!("expected the header `{}`", HEADER.join(","))));
                }
                continue;
            }
            let (issue, term, weight) = row_of(&row).map_err(wrong)?;
            let key = (term, issue);
            if weights.insert(key.clone(), weight).is_some() {
                let (term, issue) = key;
                return Err(wrong(format!(
                    "`{issue}` has a weight for `{term}` already"
                )));
            }
        }
        let mut read = Self::default();
        for issue in Issue::ALL {
            let base = weights.remove(&(String::new(), issue));
            *read.base.of_mut(issue) = base.ok_or(ClassifierError::NoBase(issue))?;
        }
        for ((term, issue), weight) in weights {
            *read.weights.entry(term.into()).or_default().of_mut(issue) = weight;
        }
        Ok(read)
    }

    /// A classifier of the base of each issue and the weights of terms, rounded to two decimals.
    pub(super) fn from_fits(fits: impl IntoIterator<Item = (Issue, Fit)>) -> Self {
        let mut classifier = Self::default();
        for (issue, fit) in fits {
            *classifier.base.of_mut(issue) = rounded(fit.base);
            for (term, weight) in fit.weights {
                let weight = rounded(weight);
                if weight != 0 {
                    let weights = classifier.weights.entry(term).or_default();
                    *weights.of_mut(issue) = weight;
                }
            }
        }
        classifier
    }

    /// The table that [`Classifier::from_csv`] reads, by issue and weight.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut text = format!("{}\n", HEADER.join(","));
        let decimal = |weight: i32| format!("{:.2}", f64::from(weight) / SCALE);
        for issue in Issue::ALL {
            text.push_str(&format!("{issue},,{}\n", decimal(*self.base.of(issue))));
            for (term, weight) in self.terms(issue) {
                text.push_str(&format!("{issue},{term},{}\n", decimal(weight)));
            }
        }
        text
    }

    /// The terms that count for an issue, the weightiest first.
    fn terms(&self, issue: Issue) -> Vec<(&str, i32)> {
        let weights = self.weights.iter();
        let mut terms: Vec<(&str, i32)> = weights
            .map(|(term, weights)| (&**term, *weights.of(issue)))
            .filter(|(_, weight)| *weight != 0)
            .collect();
        terms.sort_unstable_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
        terms
    }

    /// How many terms count for an issue.
    #[must_use]
    pub fn term_count(&self, issue: Issue) -> usize {
        self.terms(issue).len()
    }

    /// The issues of some texts together, such as a title and subjects. A term counts once.
    #[must_use]
    pub fn codes<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> IssueCodes {
        let mut scores = self.base;
        let mut seen: Vec<&str> = Vec::new();
        for text in texts {
            each_term(text, |term| {
                let Some((term, weights)) = self.weights.get_key_value(term) else {
                    return;
                };
                if seen.contains(&&**term) {
                    return;
                }
                seen.push(term);
                for issue in Issue::ALL {
                    let score = scores.of_mut(issue);
                    *score = score.saturating_add(*weights.of(issue));
                }
            });
        }
        IssueCodes {
            has: PerIssue::from_fn(|issue| *scores.of(issue) > 0),
            scores: Some(scores),
        }
    }
}

/// What a fit of one issue gives.
pub(super) struct Fit {
    pub(super) base: f64,
    pub(super) weights: Vec<(Box<str>, f64)>,
}

/// A row after the header.
fn row_of(row: &csv::StringRecord) -> Result<(Issue, String, i32), String> {
    let [Some(issue), Some(term), Some(weight)] = [0, 1, 2].map(|column| row.get(column)) else {
        return Err("expected three fields".to_owned());
    };
    let issue: Issue = issue.parse().map_err(|error| format!("{error}"))?;
    let mut own = Vec::new();
    each_term(term, |term| own.push(term.to_owned()));
    if !term.is_empty() && own != [term] {
        let why = "expected a word in lower case, in the singular";
        return Err(format!(
            "unexpected term `{}` ({why})",
            plenary_types::brief(term)
        ));
    }
    let value = weight.parse::<f64>().ok();
    let value = value.filter(|value| value.abs() <= LARGEST).map(rounded);
    let value = value.ok_or_else(|| {
        let weight = plenary_types::brief(weight);
        format!("unexpected weight `{weight}` (expected a number between -{LARGEST} and {LARGEST})")
    })?;
    Ok((issue, term.to_owned(), value))
}

/// The largest weight: odds of more than e to the thousandth mean nothing.
const LARGEST: f64 = 1000.0;

/// A number in hundredths.
#[expect(
    clippy::cast_possible_truncation,
    reason = "weights are far below the largest number, and a cast stops there"
)]
fn rounded(number: f64) -> i32 {
    (number * SCALE).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASES: &str = "me,,-1\nnu,,-1.5\ndi,,-2\nco,,-1\nhr,,-1\nec,,-1\n";

    fn read(rows: &str) -> Result<Classifier, ClassifierError> {
        Classifier::from_csv(&format!("issue,term,weight\n{BASES}{rows}"))
    }

    #[test]
    fn a_term_counts_once_and_the_score_decides() {
        let classifier = read("nu,nuclear,1.50\nnu,weapon,0.01\ndi,nuclear,1.99\n").unwrap();
        let codes = classifier.codes(["Nuclear NUCLEAR", "nuclear"]);
        assert!(codes.is_empty());
        assert_eq!(codes.score(Issue::NuclearWeapons), Some(0.0));
        assert_eq!(codes.score(Issue::ArmsControl), Some(-0.01));
        let codes = classifier.codes(["nuclear", "weapons"]);
        assert_eq!(codes.to_string(), "nu");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let built_in = Classifier::built_in();
        assert_eq!(
            Classifier::from_csv(&built_in.to_csv()).as_ref(),
            Ok(built_in)
        );
        assert_eq!(
            built_in.to_csv(),
            BUILT_IN,
            "data/issues.csv is not in order"
        );
    }

    #[test]
    fn a_table_that_means_nothing_is_refused() {
        let problem = |rows: &str| read(rows).unwrap_err().to_string();
        assert!(problem("nu,nuclear\n").starts_with("row 8: "));
        assert!(problem("xx,nuclear,1\n").contains("unknown issue `xx`"));
        for weight in ["", "NaN", "inf", "1e9", "one"] {
            assert!(problem(&format!("nu,nuclear,{weight}\n")).contains("unexpected weight"));
        }
        for term in ["Nuclear", "weapons", "two words", "of"] {
            assert!(problem(&format!("nu,{term},1\n")).contains("unexpected term"));
        }
        assert_eq!(
            problem("nu,nuclear,1\nnu,nuclear,2\n"),
            "row 9: `nu` has a weight for `nuclear` already"
        );
        let no_base = Classifier::from_csv("issue,term,weight\nme,,1\n");
        assert_eq!(no_base, Err(ClassifierError::NoBase(Issue::NuclearWeapons)));
        assert!(Classifier::from_csv("issue,weight\n").is_err());
    }
}
