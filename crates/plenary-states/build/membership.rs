//! Spells of membership, participation gaps, and the epochs between two changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::entities::{Days, Entities};
use super::rust;
use super::table::{self, Day, Fault, Row};

struct Spell {
    code: String,
    from: Day,
    to: Option<Day>,
    order: u8,
    begins: &'static str,
    basis: String,
}

/// Days on which a member of a body could not take part in it.
struct Gap {
    body: String,
    code: String,
    days: Days,
    filled: Option<Day>,
    basis: String,
}

/// The body in which all members of the United Nations sit.
const ASSEMBLY: &str = "unga";

pub(crate) struct Membership {
    spells: Vec<Spell>,
    gaps: Vec<Gap>,
    observers: Vec<(String, Days, String)>,
}

impl Membership {
    pub(crate) fn read(entities: &Entities) -> Result<Self, Fault> {
        let mut spells = Vec::new();
        for row in table::read("membership")? {
            entities.place(&row)?;
            let (from, to) = row.span()?;
            let order = row.text("order")?;
            spells.push(Spell {
                code: row.code("code")?,
                from: from.ok_or_else(|| row.fault("a membership has a first day"))?,
                to,
                order: if order.is_empty() {
                    0
                } else {
                    order.parse().map_err(|e| row.fault(e))?
                },
                begins: begins(&row)?,
                basis: row.text("basis")?.to_owned(),
            });
        }
        Ok(Self {
            spells,
            gaps: gaps(entities)?,
            observers: plain("observers", entities)?,
        })
    }

    pub(crate) fn spells_of(&self, code: &str) -> Vec<String> {
        let spells = self.spells.iter().filter(|s| s.code == code);
        let row = |s: &Spell| {
            let days = rust::span((Some(s.from), s.to));
            format!(
                "MembershipSpell {{ span: {days}, begins: MembershipStart::{}, basis: {:?} }}",
                s.begins, s.basis
            )
        };
        spells.map(row).collect()
    }

    pub(crate) fn gaps_of(&self, code: &str) -> Vec<String> {
        let of_assembly = |gap: &&Gap| gap.code == code && gap.body == ASSEMBLY;
        let gaps = self.gaps.iter().filter(of_assembly);
        gaps.map(|gap| status(gap.days, &gap.basis)).collect()
    }

    /// The gaps of all bodies, in the order of the table.
    pub(crate) fn write_suspensions(&self, out: &mut String) {
        let _ = writeln!(
            out,
            "pub(crate) static SUSPENSIONS: [(&str, Suspension); {}] = [",
            self.gaps.len()
        );
        for gap in &self.gaps {
            let filled = rust::optional_day(gap.filled);
            let _ = writeln!(
                out,
                "({:?}, Suspension {{ code: {}, span: {}, filled: {filled}, basis: {:?} }}),",
                gap.body,
                rust::code(&gap.code),
                rust::span(gap.days),
                gap.basis,
            );
        }
        out.push_str("];\n");
    }

    pub(crate) fn observer_spells_of(&self, code: &str) -> Vec<String> {
        let spells = self.observers.iter().filter(|(c, ..)| c == code);
        spells
            .map(|(_, days, basis)| status(*days, basis))
            .collect()
    }

    /// The days on which membership changes, with what changed.
    fn changes(&self) -> BTreeMap<Day, Vec<(u8, &str, bool)>> {
        let mut changes: BTreeMap<Day, Vec<_>> = BTreeMap::new();
        for spell in &self.spells {
            changes
                .entry(spell.from)
                .or_default()
                .push((spell.order, spell.code.as_str(), true));
            if let Some(to) = spell.to {
                changes
                    .entry(to)
                    .or_default()
                    .push((0, spell.code.as_str(), false));
            }
        }
        changes
    }

    /// The members of the United Nations, who all sit in the Assembly.
    pub(crate) fn write(&self, out: &mut String) {
        let mut members = BTreeSet::new();
        let mut epochs = vec![Epoch::default()];
        for (day, mut changes) in self.changes() {
            for (_, code, joined) in &changes {
                let _ = if *joined {
                    members.insert(*code)
                } else {
                    members.remove(code)
                };
            }
            changes.sort_unstable_by_key(|(order, code, joined)| (*joined, *order, *code));
            epochs.push(Epoch {
                from: Some(day),
                members: members.clone(),
                permanent: BTreeSet::new(),
                changes,
            });
        }
        write_body("UNGA", &epochs, None, None, out);
    }
}

/// The members of a body from a day on.
#[derive(Default)]
struct Epoch<'a> {
    from: Option<Day>,
    members: BTreeSet<&'a str>,
    permanent: BTreeSet<&'a str>,
    changes: Vec<(u8, &'a str, bool)>,
}

/// The fewest members that the Security Council ever had (Article 23 of the Charter as signed).
const SMALLEST_COUNCIL: usize = 11;

/// The composition of the Security Council, and its permanent members.
pub(crate) fn write_council(entities: &Entities, out: &mut String) -> Result<(), Fault> {
    let mut seats = Vec::new();
    let mut days = BTreeSet::new();
    let mut unconfirmed: Option<Day> = None;
    for row in table::read("council")? {
        entities.place(&row)?;
        let (from, to) = row.span()?;
        let from = from.ok_or_else(|| row.fault("a seat has a first day"))?;
        let permanent = match row.text("seat")? {
            "permanent" => true,
            "elected" => false,
            other => return Err(row.fault(format_args!("`{other}` is not a kind of seat"))),
        };
        days.extend([Some(from), to].into_iter().flatten());
        if !permanent && row.text("basis")?.contains("unverified") {
            unconfirmed = Some(unconfirmed.map_or(from, |known| known.min(from)));
        }
        seats.push((row.code("code")?, (from, to), permanent));
    }
    let mut epochs = vec![Epoch::default()];
    let mut before = BTreeSet::new();
    for day in days {
        let held = seats
            .iter()
            .filter(|(_, (from, to), _)| *from <= day && to.is_none_or(|to| day < to));
        let members: BTreeSet<_> = held.clone().map(|(code, ..)| code.as_str()).collect();
        let permanent = held.filter(|(.., permanent)| *permanent);
        let ended = before.difference(&members).map(|code| (0, *code, false));
        let joined = members.difference(&before).map(|code| (0, *code, true));
        epochs.push(Epoch {
            from: Some(day),
            changes: ended.chain(joined).collect(),
            permanent: permanent.map(|(code, ..)| code.as_str()).collect(),
            members: members.clone(),
        });
        before = members;
    }
    // Terms overlap, so the first day that is not on record has those of the elected members whose second year it is.
    let mut short = epochs.iter().skip(1);
    let horizon = short
        .find(|epoch| epoch.members.len() < SMALLEST_COUNCIL)
        .and_then(|epoch| epoch.from)
        .ok_or_else(|| Fault("council.csv: the terms do not end".into()))?;
    let unconfirmed = unconfirmed.map_or(horizon, |day| day.min(horizon));
    write_body("UNSC", &epochs, Some(horizon), Some(unconfirmed), out);
    Ok(())
}

fn write_body(
    name: &str,
    epochs: &[Epoch<'_>],
    horizon: Option<Day>,
    unconfirmed: Option<Day>,
    out: &mut String,
) {
    let codes = |codes: &BTreeSet<&str>| rust::list(codes.iter().map(|code| rust::code(code)));
    let change = |(order, code, joined): &(u8, &str, bool)| {
        format!(
            "MembershipChange {{ code: {}, joined: {joined}, order: {order} }}",
            rust::code(code)
        )
    };
    let _ = writeln!(
        out,
        "pub(crate) static {name}: BodyRow = BodyRow {{ body: {:?}, horizon: {}, unconfirmed: {}, epochs: &[",
        name.to_lowercase(),
        rust::optional_day(horizon),
        rust::optional_day(unconfirmed),
    );
    for (id, epoch) in (0_u16..).zip(epochs) {
        let end = epochs.get(usize::from(id) + 1).and_then(|next| next.from);
        let _ = writeln!(
            out,
            "EpochRow {{ id: {id}, span: {}, members: {}, permanent: {}, changes: {} }},",
            rust::span((epoch.from, end)),
            codes(&epoch.members),
            codes(&epoch.permanent),
            rust::list(epoch.changes.iter().map(change)),
        );
    }
    out.push_str("] };\n");
}

fn gaps(entities: &Entities) -> Result<Vec<Gap>, Fault> {
    let row = |row: &Row| {
        entities.place(row)?;
        let days = row.span()?;
        let filled = row.day("filled")?;
        if filled.is_some_and(|day| Some(day) < days.0 || days.1.is_some_and(|to| day > to)) {
            return Err(row.fault("the seat is filled outside the days of the gap"));
        }
        Ok(Gap {
            body: row.text("body")?.to_owned(),
            code: row.code("code")?,
            days,
            filled,
            basis: row.text("basis")?.to_owned(),
        })
    };
    table::read("participation")?.iter().map(row).collect()
}

/// The spans of a table without columns of its own.
fn plain(table: &str, entities: &Entities) -> Result<Vec<(String, Days, String)>, Fault> {
    let row = |row: &Row| {
        entities.place(row)?;
        Ok((
            row.code("code")?,
            row.span()?,
            row.text("basis")?.to_owned(),
        ))
    };
    table::read(table)?.iter().map(row).collect()
}

fn begins(row: &Row) -> Result<&'static str, Fault> {
    Ok(match row.text("begins")? {
        "original" => "Original",
        "admitted" => "Admitted",
        "continued" => "Continued",
        "resumed" => "Resumed",
        other => {
            return Err(row.fault(format_args!("`{other}` is not a beginning of a membership")));
        }
    })
}

fn status(days: Days, basis: &str) -> String {
    format!(
        "StatusSpell {{ span: {}, basis: {basis:?} }}",
        rust::span(days)
    )
}
