//! [`Findings`]: where a check says what it found.

use plenary_types::{Field, Finding, Locus, Origin, Severity, Subject};

use crate::Check;

/// Collects what one check finds in one record.
#[derive(Debug)]
pub struct Findings<'a> {
    check: &'static Check,
    severity: Option<Severity>,
    record: &'a str,
    origin: OriginRef<'a>,
    out: &'a mut Vec<Finding>,
}

struct OriginRef<'a>(&'a dyn Origin);

impl std::fmt::Debug for OriginRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Origin")
    }
}

impl<'a> Findings<'a> {
    /// What a check finds in the record of a label, to be put behind what is there.
    ///
    /// ```
    /// use plenary_types::{Field, NoOrigin};
    /// use plenary_validation::{Catalogue, Findings};
    ///
    /// let mut found = Vec::new();
    /// let check = Catalogue::default().find("tally-sum").unwrap();
    /// Findings::new(check, "A/RES/73/195", &NoOrigin, &mut found)
    ///     .report(None, Field::Title, "the title is missing")
    ///     .expected("a title");
    /// assert_eq!(found[0].record.as_deref(), Some("A/RES/73/195"));
    /// ```
    pub fn new(
        check: &'static Check,
        record: &'a str,
        origin: &'a dyn Origin,
        out: &'a mut Vec<Finding>,
    ) -> Self {
        Self {
            check,
            severity: None,
            record,
            origin: OriginRef(origin),
            out,
        }
    }

    /// With a configured severity, which prevails.
    pub(crate) const fn with_severity(mut self, severity: Option<Severity>) -> Self {
        self.severity = severity;
        self
    }

    /// Reports something in a field of the act at `act`, or of the agreement itself.
    ///
    /// The message names the kind of fault and no more of the record than its cause: findings with one message
    /// are one pattern, and the values go into `expected` and `found`.
    pub fn report(
        &mut self,
        act: Option<usize>,
        field: Field,
        message: impl Into<String>,
    ) -> Report<'_> {
        let severity = self.severity.unwrap_or(self.check.severity);
        let mut finding = Finding::new(self.check.name, severity, message)
            .with_place(self.origin.0.place(Locus { act, field }));
        finding.record = (!self.record.is_empty()).then(|| self.record.to_owned());
        self.out.push(finding);
        Report {
            finding: self.out.last_mut(),
            fixed_severity: self.severity.is_some(),
        }
    }
}

/// A finding that is being written.
#[derive(Debug)]
pub struct Report<'a> {
    finding: Option<&'a mut Finding>,
    fixed_severity: bool,
}

impl<'a> Report<'a> {
    pub(crate) const fn of(finding: Option<&'a mut Finding>) -> Self {
        Self {
            finding,
            fixed_severity: false,
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Finding)) -> Self {
        if let Some(finding) = self.finding.as_deref_mut() {
            change(finding);
        }
        self
    }

    /// What was expected.
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the finding is already filed"
    )]
    pub fn expected(self, expected: impl ToString) -> Self {
        self.with(|finding| finding.expected = Some(expected.to_string()))
    }

    /// What was found.
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the finding is already filed"
    )]
    pub fn found(self, found: impl ToString) -> Self {
        self.with(|finding| finding.found = Some(found.to_string()))
    }

    /// What to do about it.
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the finding is already filed"
    )]
    pub fn help(self, help: impl Into<String>) -> Self {
        self.with(|finding| finding.help = Some(help.into()))
    }

    /// Whom and what the message and the values name: participants, sessions, dates, other records.
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the finding is already filed"
    )]
    pub fn subjects<S: Into<Subject>>(self, subjects: impl IntoIterator<Item = S>) -> Self {
        self.with(|finding| finding.add_subjects(subjects))
    }

    /// Another severity than the check's own; a configured one prevails.
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the finding is already filed"
    )]
    pub fn severity(self, severity: Severity) -> Self {
        if self.fixed_severity {
            return self;
        }
        self.with(|finding| finding.severity = severity)
    }
}
