//! Decisions of history, each decided by the rule of its day: a table of the tests and of `docs/decisions.md`.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

use plenary_bodies::{InForce, Library};
use plenary_decisions::{Facts, Standing, Table, Verdict};
use plenary_types::{BodyId, Choice, Nature, Participant, Tally};
use serde::Deserialize;

/// A decision as its source gives it.
#[derive(Deserialize)]
struct Row {
    body: String,
    date: String,
    symbol: String,
    what: String,
    /// The identifier of the library's rule.
    rule: String,
    yes: u32,
    no: u32,
    abstain: u32,
    members: u32,
    /// Some or all of those against, where it matters who they were.
    against: String,
    /// All of those abstaining, in votes by weight.
    abstaining: String,
    /// The vote of the Council that came before: yes, no, abstaining, and who was against.
    council: String,
    /// The percentage of the voting power in favour.
    power: String,
    outcome: String,
    /// Whether a source of the votes was read.
    status: String,
    source: String,
}

fn rows() -> Vec<Row> {
    let text = include_str!("historic_decisions.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn codes(text: &str) -> Vec<Participant> {
    text.split_whitespace()
        .map(|code| code.parse().unwrap())
        .collect()
}

fn counts(yes: u32, no: u32, abstain: u32) -> Standing<'static> {
    Standing::from_counts(Tally {
        yes,
        no,
        abstain,
        ..Tally::default()
    })
}

impl Row {
    fn rule(&self) -> InForce<'static> {
        let day = self.date.parse().unwrap();
        let rule = Library::embedded().rule(&self.rule, day);
        rule.unwrap_or_else(|| panic!("{} on {}", self.rule, self.date))
    }

    /// What the rule of the day comes to.
    fn verdict(&self) -> Verdict {
        let rule = self.rule();
        if !self.power.is_empty() {
            let (ballots, power) = self.by_power();
            let mut facts = Facts::default();
            facts.add_table("voting-power".parse().unwrap(), power);
            return rule.verdict(&Standing::from_ballots(ballots).with_facts(&facts));
        }
        if self.body == "eu-council" {
            return rule.verdict(&Standing::from_ballots(self.by_weight()));
        }
        let counted = counts(self.yes, self.no, self.abstain);
        let standing = counted.with_members(self.members).unwrap();
        let standing = standing.with_opponents(codes(&self.against)).unwrap();
        rule.verdict(&match self.council() {
            Some(council) => standing.with_organ("council".parse().unwrap(), council),
            None => standing,
        })
    }

    fn council(&self) -> Option<Standing<'static>> {
        let mut words = self.council.split_whitespace();
        let mut count = || words.next().map(|word| word.parse().unwrap());
        let counted = counts(count()?, count()?, count()?);
        let against = words.map(|code| code.parse::<Participant>().unwrap());
        Some(counted.with_opponents(against.collect::<Vec<_>>()).unwrap())
    }

    /// The ballots of the members of the day: in favour unless named.
    fn by_weight(&self) -> Vec<(Participant, Choice)> {
        let day = self.date.parse().unwrap();
        let members = Library::embedded().body(&self.body).unwrap();
        let members = members.members_on(day).unwrap();
        let (against, abstaining) = (codes(&self.against), codes(&self.abstaining));
        let choice = |state| match (against.contains(&state), abstaining.contains(&state)) {
            (true, _) => Choice::No,
            (_, true) => Choice::Abstain,
            _ => Choice::Yes,
        };
        let ballots = members.iter().copied().map(|state| (state, choice(state)));
        let ballots: Vec<_> = ballots.collect();
        let tally: Tally = ballots.iter().map(|(_, choice)| *choice).collect();
        assert_eq!(
            (tally.yes, tally.no, tally.abstain),
            (self.yes, self.no, self.abstain),
            "{}",
            self.what
        );
        ballots
    }

    /// Members without names, of which those in favour have the percentage of the voting power that is on record.
    fn by_power(&self) -> (Vec<(Participant, Choice)>, Table) {
        let (whole, part) = self.power.split_once('.').unwrap();
        let hundredths: u32 = format!("{whole}{part:0<2}").parse().unwrap();
        let names = (b'A'..=b'Z').flat_map(|a| (b'A'..=b'Z').map(move |b| [b'Q', a, b]));
        let names = names.map(|letters| {
            Participant::from(plenary_types::StateCode::from_bytes(letters).unwrap())
        });
        let members = || names.clone().take(usize::try_from(self.members).unwrap());
        let in_favour: HashSet<_> = members().take(usize::try_from(self.yes).unwrap()).collect();
        let choice = |member| match in_favour.contains(&member) {
            true => Choice::Yes,
            false => Choice::No,
        };
        let weights: Vec<_> = members()
            .map(|member| match choice(member) {
                Choice::Yes => (member, (hundredths * self.no).to_string()),
                _ => (member, ((10_000 - hundredths) * self.yes).to_string()),
            })
            .collect();
        let table = Table::parse(
            weights
                .iter()
                .map(|(code, weight)| (*code, weight.as_str())),
        );
        let ballots = members().map(|member| (member, choice(member)));
        (ballots.collect(), table.unwrap())
    }

    /// The row of the document: what was decided, by which rule and by which votes, and what came of it.
    fn line(&self) -> String {
        let symbol = match self.symbol.is_empty() {
            true => String::new(),
            false => format!("{}: ", self.symbol),
        };
        let against = match self.against.is_empty() {
            true => String::new(),
            false => format!(", {} against", self.against),
        };
        let power = match self.power.is_empty() {
            true => String::new(),
            false => format!(", {} % of the votes", self.power),
        };
        let doubt = match self.status == "read" {
            true => "",
            false => " (unverified)",
        };
        format!(
            "| {} | {symbol}{} | `{}` | {}-{}-{} of {}{against}{power} | {} | {}{doubt} |",
            self.date,
            self.what,
            self.rule,
            self.yes,
            self.no,
            self.abstain,
            self.members,
            self.outcome,
            self.source
        )
    }
}

#[test]
fn decisions_of_history_come_out_as_they_did() {
    let rows = rows();
    for row in &rows {
        let verdict = row.verdict();
        assert_eq!(
            verdict.to_string(),
            row.outcome,
            "{} {} {}",
            row.date,
            row.symbol,
            row.what
        );
    }
    assert!(rows.len() >= 50, "{}", rows.len());
}

#[test]
fn the_decisions_of_history_are_of_many_kinds_and_say_whether_they_were_read() {
    let rows = rows();
    let count = |of: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| of(row)).count();
    // Failed drafts, double vetoes, important questions, elections, votes by weight and by voting power.
    assert!(count(&|row| row.body == "unsc" && row.outcome == "rejected") >= 20);
    assert!(count(&|row| row.rule == "sc-preliminary") >= 2);
    assert!(count(&|row| row.rule == "ga-important") >= 10);
    assert!(count(&|row| row.rule.ends_with("-election")) >= 6);
    assert!(count(&|row| row.body == "eu-council") >= 5);
    assert!(count(&|row| row.rule == "imf-amendment") >= 3);
    for row in &rows {
        assert!(
            ["read", "unverified"].contains(&row.status.as_str()),
            "{}",
            row.what
        );
        assert!(!row.source.is_empty(), "{}", row.what);
    }
    let days = rows.iter().map(|row| (&row.date, &row.symbol, &row.what));
    assert_eq!(days.collect::<HashSet<_>>().len(), rows.len());
}

#[test]
fn a_decision_of_history_would_come_out_otherwise_under_the_rule_of_another_kind() {
    let library = Library::embedded();
    let under = |rule: &str, day: &str, standing: &Standing<'_>| {
        library
            .rule(rule, day.parse().unwrap())
            .unwrap()
            .verdict(standing)
    };
    // The draft of 1970 on the representation of China had a majority, and was an important question.
    let china = counts(51, 49, 25);
    assert_eq!(
        under("ga-important", "1970-11-20", &china),
        Verdict::Rejected
    );
    assert_eq!(under("ga-ordinary", "1970-11-20", &china), Verdict::Adopted);
    let suez = counts(7, 2, 2).with_opponents(codes("FRA GBR")).unwrap();
    assert_eq!(
        under("sc-procedural", "1956-10-31", &suez),
        Verdict::Adopted
    );
    assert_eq!(
        under("sc-substantive", "1956-10-31", &suez),
        Verdict::Rejected
    );
}

#[test]
fn what_is_known_of_a_council_decision_is_the_rule_by_which_it_came_out() {
    let library = Library::embedded();
    let mut seen = 0;
    for row in rows().iter().filter(|row| row.body == "unsc") {
        let Ok(symbol) = row.symbol.parse() else {
            continue;
        };
        let Some(known) = library.known_decision(&BodyId::UNSC, &symbol) else {
            continue;
        };
        let by_nature = known.nature.map(|nature| match nature {
            Nature::Procedural => "sc-procedural",
            Nature::Substantive => "sc-substantive",
        });
        let rule = known.rule.as_deref().or(by_nature);
        assert_eq!(rule, Some(row.rule.as_str()), "{symbol}");
        seen += 1;
    }
    assert!(seen >= 8, "{seen}");
}

const BEGIN: &str = "<!-- made by the test `historic`: begin -->";
const END: &str = "<!-- made by the test `historic`: end -->";

fn table() -> String {
    let rows = rows();
    let unverified = rows.iter().filter(|row| row.status != "read").count();
    let mut table = String::new();
    let read = rows.len() - unverified;
    let _ = writeln!(
        table,
        "\n{} decisions; a source was read for {read} of them.\n",
        rows.len()
    );
    table.push_str(
        "| day | decision | rule | votes | outcome | source |\n|---|---|---|---|---|---|\n",
    );
    for row in rows {
        table.push_str(&row.line());
        table.push('\n');
    }
    table.push('\n');
    table
}

/// The table in `docs/decisions.md` is made from the rows: `PLENARY_BLESS=1 cargo test -p plenary-decisions historic` writes it.
#[test]
fn the_historic_decisions_in_the_documents_are_those_of_the_tests() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/decisions.md");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("no docs beside this package: nothing to compare");
        return;
    };
    let (before, rest) = text
        .split_once(BEGIN)
        .expect("docs/decisions.md has a place for the table");
    let (written, after) = rest
        .split_once(END)
        .expect("docs/decisions.md has an end of the table");
    if std::env::var_os("PLENARY_BLESS").is_some() {
        let text = format!("{before}{BEGIN}\n{}{END}{after}", table());
        std::fs::write(&path, text).unwrap();
        return;
    }
    let expected = format!("\n{}", table());
    assert_eq!(
        written, expected,
        "docs/decisions.md differs; PLENARY_BLESS=1 writes it anew"
    );
}
