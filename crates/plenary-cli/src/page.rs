//! One agreement as a page for people who sit at a terminal.

use std::fmt::Write;

use plenary::Account;
use plenary::decisions::{Answer, Reason, Verdict};
use plenary::page::{
    AgreementPage, BallotLine, ClaimLine, DatedLine, DecisionPage, ElectionPage, PagePart,
    RecordVerdict, RoundPage, RuleApplied, VerdictReasons,
};
use plenary::types::{AnnouncedTally, Choice, Mode, Tally};
use plenary_report::Texts;

use crate::command::treaty_status;
use crate::output::{BOLD, DIM, ERROR, GOOD, WARNING, many, visible};

const WIDTH: usize = 96;

/// The page of an agreement, with styles for a terminal.
pub(crate) fn page(account: &Account) -> String {
    let of = AgreementPage::new(account);
    let mut page = Page {
        text: String::new(),
        words: Texts::english(),
    };
    page.heading(&of);
    for part in &of.parts {
        match part {
            PagePart::Steps(list) => {
                let heading = match list.after_decision {
                    true => "heading.since-then",
                    false => "heading.on-the-way",
                };
                page.title(page.words.get(heading));
                list.steps.iter().for_each(|step| page.dated(step));
            }
            PagePart::Decision(decision) => page.decision(decision),
            PagePart::Election(election) => page.election(election),
            _ => {}
        }
    }
    page.treaty(&of);
    page.relations(&of);
    page.provisions(&of);
    page.claims(&of);
    page.sources(&of);
    page.verdict(&of);
    page.text
}

struct Page {
    text: String,
    words: &'static Texts,
}

impl Page {
    fn line(&mut self, text: impl AsRef<str>) {
        self.text.push_str(text.as_ref().trim_end());
        self.text.push('\n');
    }

    fn title(&mut self, text: &str) {
        self.line(format!("\n{BOLD}{text}{BOLD:#}"));
    }

    /// A paragraph behind a label, wrapped, with a hanging indent under it.
    fn paragraph(&mut self, label: &str, text: &str) {
        let indent = label.chars().count() + 4;
        let mut line = format!("  {label}  ");
        let mut length = indent;
        for word in text.split_whitespace().map(visible) {
            let word_length = word.chars().count();
            if length > indent && length + 1 + word_length > WIDTH {
                self.line(&line);
                line = " ".repeat(indent);
                length = indent;
            }
            if length > indent {
                line.push(' ');
                length += 1;
            }
            line.push_str(&word);
            length += word_length;
        }
        self.line(line);
    }

    fn dated(&mut self, of: &DatedLine) {
        self.paragraph(&date(of.date), &of.text);
    }

    fn heading(&mut self, of: &AgreementPage) {
        self.line(format!("{BOLD}{}{BOLD:#}", visible(&of.title)));
        let mut facts = of.symbols.clone();
        facts.push(of.kind.clone());
        let force = of.legal_force.map(|force| self.words.of("force", &force));
        facts.extend(force.map(str::to_owned));
        self.line(format!("{DIM}{}{DIM:#}", visible(&facts.join(" · "))));
        if !of.subjects.is_empty() {
            self.line("");
            self.paragraph("subjects  ", &of.subjects.join("; "));
        }
    }

    fn decision(&mut self, of: &DecisionPage) {
        self.title(&self.decision_title(of));
        let date = of
            .date
            .map_or_else(|| "no date   ".to_owned(), |date| format!("{date:<10}"));
        self.paragraph(&date, &circumstances(of));
        if let Some(agenda) = &of.agenda {
            self.paragraph("agenda    ", agenda);
        }
        let under = [&of.rests_on, &of.notes, &of.reported];
        for text in under.into_iter().flatten() {
            self.paragraph("          ", text);
        }
        let all = match of.is_partial {
            true => "listed",
            false => "members",
        };
        if let Some(tally) = of.tally {
            self.line("");
            self.line(counts(tally, all));
        } else if let Some(announced) = &of.announced {
            self.line("");
            self.line(announced_totals(announced));
        }
        if let Some(verdict) = &of.verdict {
            self.line("");
            self.reasons(verdict);
        }
        if let Some(reason) = &of.undecided {
            self.line("");
            self.line(format!(
                "  {WARNING}undecided{WARNING:#}: {}",
                visible(reason)
            ));
        }
        self.groups(of, all);
        self.names(of);
        self.marks(of);
        self.intended(of);
    }

    fn decision_title(&self, of: &DecisionPage) -> String {
        let how = match of.mode {
            Mode::Other(word) => format!(
                "{} ({})",
                self.words.get("mode.other"),
                visible(word.as_str())
            ),
            known => self.words.of("mode", &known).to_owned(),
        };
        let body = of.body.as_deref().map(visible);
        let body = body.map_or(String::new(), |body| format!(": {body}"));
        let scope = self.words.find("scope", &of.scope);
        let scope = scope.map_or(String::new(), |what| {
            let text = of.question.as_deref().map(visible);
            let text = text.map_or(String::new(), |text| format!(": {text}"));
            format!(", on {what}{text}")
        });
        format!("{how}{body}{scope}")
    }

    /// The rounds of an election, each with what the rule makes of it.
    fn election(&mut self, of: &ElectionPage) {
        let [by, to] = [("by", &of.by), ("to", &of.to)].map(|(word, body)| {
            let name = body.as_deref().map(visible);
            name.map_or_else(String::new, |name| format!(" {word} {name}"))
        });
        self.title(&format!("{}{by}{to}", self.words.get("heading.election")));
        if let Some(term) = &of.term {
            self.paragraph("term      ", term);
        }
        for note in &of.notes {
            self.paragraph("          ", note);
        }
        for contest in &of.contests {
            self.line("");
            let group = contest.group.as_deref().map(visible);
            let group = group.map_or(String::new(), |group| format!(", {group}"));
            let seats = many(contest.seats as usize, "seat");
            self.line(format!("  {BOLD}{seats}{group}{BOLD:#}"));
            for (number, round) in (1..).zip(&contest.rounds) {
                self.round(number, round);
            }
        }
    }

    fn round(&mut self, number: usize, round: &RoundPage) {
        let date = round
            .date
            .map_or_else(|| "no date   ".to_owned(), |date| format!("{date:<10}"));
        let label = format!("round {number}, {date}");
        self.paragraph(&label, &round.votes_in_words());
        let indent = " ".repeat(label.chars().count());
        if !round.restricted_to.is_empty() {
            let text = format!("restricted to {}", round.restricted_to);
            self.paragraph(&indent, &text);
        }
        let elected = match round.elected.as_str() {
            "" => "nobody elected, by the record".to_owned(),
            elected => format!("elected, by the record: {elected}"),
        };
        self.paragraph(&indent, &elected);
        if let Some(words) = &round.by_rule {
            self.paragraph(&indent, words);
        }
    }

    /// What a source says of ballots beside the choice.
    fn marks(&mut self, of: &DecisionPage) {
        let marked = of.ballots.iter().filter_map(|ballot| {
            let mark = ballot.mark.as_ref()?;
            Some(format!(
                "{}: {mark}, counted as {}",
                ballot.name, ballot.choice
            ))
        });
        let marked: Vec<_> = marked.collect();
        if !marked.is_empty() {
            self.line("");
            self.paragraph("beside the choice", &format!("{}.", marked.join("; ")));
        }
    }

    /// What delegations said afterwards that they had meant to vote: it changes no result.
    fn intended(&mut self, of: &DecisionPage) {
        let intended = of.ballots.iter().filter_map(|ballot| {
            let later = ballot.intended?;
            Some(format!(
                "{}: {later} instead of {}",
                ballot.name, ballot.choice
            ))
        });
        let intended: Vec<_> = intended.collect();
        if !intended.is_empty() {
            self.line("");
            let text = format!(
                "{}. {}",
                intended.join("; "),
                self.words.get("vote.intended-note")
            );
            self.paragraph("said later that they had intended", &text);
        }
    }

    fn reasons(&mut self, of: &VerdictReasons) {
        let style = match of.verdict {
            Verdict::Adopted => GOOD,
            Verdict::Rejected => ERROR,
            Verdict::Undetermined => WARNING,
        };
        let word = self.words.of("verdict", &of.verdict);
        let sentence = visible(&of.reasons.sentence);
        self.line(format!("  {style}{word}{style:#}: {sentence}"));
        self.parts(&of.reasons, 0);
        self.rule(&of.rule);
    }

    /// The reasons under a reason, those under them further in.
    fn parts(&mut self, reasons: &Reason, depth: usize) {
        for part in &reasons.parts {
            let answer = match part.answer {
                Answer::Met => "met:",
                Answer::NotMet => "not met:",
                Answer::Unknown => "unknown:",
            };
            let indent = "  ".repeat(depth);
            self.paragraph(&format!("  {indent}{answer:>8}"), &part.sentence);
            self.parts(part, depth + 1);
        }
    }

    /// The rule, what states it, the rules that may have applied instead, and the number of members it counts with.
    fn rule(&mut self, rule: &RuleApplied) {
        let title = visible(&rule.title);
        self.line(format!("  {DIM}by the rule: {title}{DIM:#}"));
        if let Some(ground) = &rule.ground {
            self.paragraph("           ", ground);
        }
        for alternative in &rule.alternatives {
            let then = match alternative.changes {
                true => format!(
                    "the verdict would be: {}",
                    self.words.of("alternative", &alternative.verdict)
                ),
                false => "the verdict would be the same".to_owned(),
            };
            let text = format!("{}; {then}", alternative.title);
            self.paragraph("otherwise by:", &text);
        }
        if let Some((members, from)) = rule.members {
            self.line(format!("  {DIM}members: {members}, {from}{DIM:#}"));
        }
        if !rule.left_out.is_empty() {
            self.paragraph("not counted:", &rule.left_out.join(", "));
        }
    }

    fn groups(&mut self, of: &DecisionPage, all: &str) {
        if of.groups.is_empty() {
            return;
        }
        self.line("");
        let header = ["yes", "no", "abstaining", "not voting", all];
        let scheme = of.grouped_by.as_deref().unwrap_or("group");
        let by = match scheme.ends_with("-regional") {
            true => "by regional group".to_owned(),
            false => format!("by {}", visible(scheme)),
        };
        self.line(format!("  {DIM}{}{DIM:#}", row(&by, header)));
        for group in &of.groups {
            self.line(format!("  {}", row(&group.name, cells(group.tally))));
        }
        if let Some(tally) = of.tally {
            self.line(format!("  {BOLD}{}{BOLD:#}", row("total", cells(tally))));
        }
    }

    fn names(&mut self, of: &DecisionPage) {
        for choice in [
            Choice::No,
            Choice::Abstain,
            Choice::NonVoting,
            Choice::NotEligible,
            Choice::Yes,
        ] {
            let names = of.of_choice(choice).map(|BallotLine { name, .. }| &**name);
            let names: Vec<&str> = names.collect();
            if !names.is_empty() {
                self.line("");
                let label = self.words.of("choice", &choice);
                let label = format!("{label} ({})", names.len());
                let comma = if names.iter().any(|name| name.contains(',')) {
                    "; "
                } else {
                    ", "
                };
                self.paragraph(&format!("{label:<16}"), &format!("{}.", names.join(comma)));
            }
        }
    }

    /// What the participants did, and what came of it.
    fn treaty(&mut self, of: &AgreementPage) {
        if !of.status.is_empty() {
            self.title(self.words.get("heading.status"));
            self.text.push_str(&treaty_status(&of.status));
        }
        if !of.acts.is_empty() {
            self.title(self.words.get("heading.acts"));
            for line in &of.acts {
                self.paragraph(&visible(&line.who), &line.acts.join("; "));
            }
        }
        if !of.statements.is_empty() {
            self.title(self.words.get("heading.statements"));
            of.statements.iter().for_each(|line| self.dated(line));
        }
        for line in &of.sponsors {
            self.title(self.words.get("heading.sponsors"));
            let names = line.names.join(", ");
            let parts = line.symbol.iter().cloned().chain([names]);
            self.paragraph(&date(line.date), &parts.collect::<Vec<_>>().join(": "));
        }
    }

    fn relations(&mut self, of: &AgreementPage) {
        if of.relations.is_empty() {
            return;
        }
        self.title(self.words.get("heading.relations"));
        for relation in &of.relations {
            self.paragraph("-", relation);
        }
    }

    fn provisions(&mut self, of: &AgreementPage) {
        for (key, provisions) in [
            ("heading.objectives", &of.objectives),
            ("heading.principles", &of.principles),
        ] {
            if provisions.is_empty() {
                continue;
            }
            self.title(&format!("{} {}", provisions.len(), self.words.get(key)));
            let doubt = |unverified| if unverified { " (unverified)" } else { "" };
            let list = provisions
                .iter()
                .map(|p| format!("{} {}{}", p.number, p.label, doubt(p.unverified)));
            self.paragraph("", &list.collect::<Vec<_>>().join(" · "));
        }
    }

    fn claims(&mut self, of: &AgreementPage) {
        if of.claims.is_empty() {
            return;
        }
        self.title(self.words.get("heading.claims"));
        for of_source in &of.claims {
            self.paragraph("by", &of_source.source);
            of_source.claims.iter().for_each(|claim| self.claim(claim));
        }
    }

    fn claim(&mut self, claim: &ClaimLine) {
        let word = self.words.of("standing", &claim.standing);
        // What contradicts the record is to be seen in a long list.
        let (label, text) = match (claim.standing, &claim.why) {
            ("contradicted", Some(why)) => (word.to_uppercase(), format!("{} {why}", claim.text)),
            (_, Some(why)) => (word.to_owned(), format!("{} ({why})", claim.text)),
            (_, None) => (word.to_owned(), claim.text.clone()),
        };
        self.paragraph(&format!("{label:<13}"), &text);
        for evidence in &claim.evidence {
            self.paragraph("             ", &format!("– {evidence}"));
        }
    }

    fn sources(&mut self, of: &AgreementPage) {
        if of.sources.is_empty() && of.reference.is_empty() {
            return;
        }
        self.title(self.words.get("heading.sources"));
        for source in &of.sources {
            let url = source.url.as_ref();
            let url = url.map_or(String::new(), |url| format!(", {url}"));
            self.paragraph("-", &format!("{}{url}", source.text));
        }
        if !of.reference.is_empty() {
            self.paragraph("-", &format!("reference data: {}", of.reference.join(", ")));
        }
    }

    fn verdict(&mut self, of: &AgreementPage) {
        self.line("");
        for finding in &of.findings {
            let text = format!(
                "{}[{}]: {}",
                finding.severity, finding.check, finding.message
            );
            let values = match (&finding.expected, &finding.found) {
                (Some(expected), Some(found)) => format!(" (expected {expected}, found {found})"),
                _ => String::new(),
            };
            self.paragraph("", &format!("{text}{values}"));
        }
        let conclusion = &of.conclusion;
        let style = match conclusion.verdict {
            RecordVerdict::DoesNotAddUp => ERROR,
            RecordVerdict::NothingDecided => WARNING,
            _ => GOOD,
        };
        let word = self.words.of("conclusion", &conclusion.verdict);
        let errors = many(conclusion.errors, "error");
        let mut line = format!("{style}{word}{style:#}: {errors}, ");
        let (warnings, notes) = (
            many(conclusion.warnings, "warning"),
            many(conclusion.notes, "note"),
        );
        let _ = write!(line, "{warnings}, {notes}");
        if let Some(claims) = conclusion.claims {
            let counts = claims.counts;
            let _ = write!(
                line,
                "; of {} claims {} hold, {} are corroborated, {} inexact, {} unsupported, {} contradicted, {} not checkable",
                claims.all,
                counts.confirmed,
                counts.corroborated,
                counts.inexact,
                counts.unsupported,
                counts.contradicted,
                counts.not_checkable,
            );
        }
        self.line(line);
    }
}

/// A date as a label.
fn date(date: Option<plenary::types::Date>) -> String {
    let date = date.map_or(String::new(), |date| date.to_string());
    format!("{date:<10}")
}

/// The announced totals, where no list was counted.
fn announced_totals(totals: &AnnouncedTally) -> String {
    let [yes, no] = [totals.yes, totals.no].map(Option::unwrap_or_default);
    let mut text = format!("  {BOLD}announced: yes {yes}   no {no}");
    for (label, value) in [
        ("abstaining", totals.abstain),
        ("not voting", totals.non_voting),
        ("members", totals.members),
    ] {
        if let Some(value) = value {
            text.push_str(&format!("   {label} {value}"));
        }
    }
    text.push_str(&format!("{BOLD:#}"));
    text
}

fn circumstances(of: &DecisionPage) -> String {
    let labelled = |label: &str, text: &Option<String>| {
        let text = text.as_ref();
        text.map(|text| format!("{label} {text}"))
    };
    let mut parts: Vec<String> = of.symbol.iter().cloned().collect();
    parts.extend(labelled("session", &of.session));
    parts.extend(labelled("meeting", &of.meeting));
    parts.extend(labelled("committee report", &of.committee_report));
    parts.extend(of.drafts.iter().map(|draft| format!("draft {draft}")));
    parts.join(", ")
}

fn counts(tally: Tally, all: &str) -> String {
    let counted = counted(tally);
    format!(
        "  {BOLD}yes {}   no {}   abstaining {}   not voting {}   {all} {counted}{BOLD:#}",
        tally.yes, tally.no, tally.abstain, tally.non_voting
    )
}

fn row<T: std::fmt::Display>(label: &str, cells: [T; 5]) -> String {
    let [yes, no, abstaining, not_voting, members] = cells;
    format!("{label:<30}{yes:>6}{no:>6}{abstaining:>12}{not_voting:>12}{members:>9}")
}

fn cells(tally: Tally) -> [u64; 5] {
    let [yes, no, abstain, non_voting] = choices(tally);
    [yes, no, abstain, non_voting, counted(tally)]
}

fn choices(tally: Tally) -> [u64; 4] {
    [tally.yes, tally.no, tally.abstain, tally.non_voting].map(u64::from)
}

/// How many all choices are together; more than 32 bits hold, where a record says so.
fn counted(tally: Tally) -> u64 {
    choices(tally).iter().sum()
}
