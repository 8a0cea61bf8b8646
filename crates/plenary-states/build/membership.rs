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
                "Spell {{ span: {days}, begins: Begins::{}, basis: {:?} }}",
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
            let filled = match gap.filled {
                Some(day) => format!("Some({})", rust::day(day)),
                None => "None".to_owned(),
            };
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

    pub(crate) fn write(&self, out: &mut String) {
        let changes = self.changes();
        let _ = writeln!(
            out,
            "pub(crate) static EPOCHS: [EpochRow; {}] = [",
            changes.len() + 1
        );
        let mut members = BTreeSet::new();
        write_epoch(out, "NaiveDate::MIN", &members, &[]);
        for (day, mut list) in changes {
            for (_, code, joined) in &list {
                let _ = if *joined {
                    members.insert(*code)
                } else {
                    members.remove(code)
                };
            }
            list.sort_unstable_by_key(|(order, code, joined)| (*joined, *order, *code));
            write_epoch(out, &rust::day(day), &members, &list);
        }
        out.push_str("];\n");
    }
}

/// The composition of the Security Council between two changes, and its permanent members.
pub(crate) fn write_council(entities: &Entities, out: &mut String) -> Result<(), Fault> {
    let mut seats = Vec::new();
    let mut days = BTreeSet::new();
    let mut unconfirmed: Option<Day> = None;
    for row in table::read("council")? {
        entities.place(&row)?;
        let (from, to) = row.span()?;
        let permanent = match row.text("seat")? {
            "permanent" => true,
            "elected" => false,
            other => return Err(row.fault(format_args!("`{other}` is not a kind of seat"))),
        };
        days.extend([from, to].into_iter().flatten());
        if !permanent && row.text("basis")?.contains("unverified") {
            unconfirmed = match (unconfirmed, from) {
                (Some(known), Some(from)) => Some(known.min(from)),
                (known, from) => known.or(from),
            };
        }
        seats.push((row.code("code")?, (from, to), permanent));
    }
    let unconfirmed = unconfirmed.map_or("NaiveDate::MAX".to_owned(), rust::day);
    let _ = writeln!(
        out,
        "pub(crate) static COUNCIL_UNCONFIRMED: NaiveDate = {unconfirmed};"
    );
    let held = |only_permanent: bool, day: Day| -> BTreeSet<&str> {
        let on = |(_, (from, to), permanent): &&(String, Days, bool)| {
            *from <= Some(day) && to.is_none_or(|to| day < to) && (*permanent || !only_permanent)
        };
        seats
            .iter()
            .filter(on)
            .map(|(code, ..)| code.as_str())
            .collect()
    };
    for (name, permanent) in [("COUNCIL", false), ("PERMANENT", true)] {
        let _ = writeln!(
            out,
            "pub(crate) static {name}: [EpochRow; {}] = [",
            days.len() + 1
        );
        write_epoch(out, "NaiveDate::MIN", &BTreeSet::new(), &[]);
        for day in &days {
            write_epoch(out, &rust::day(*day), &held(permanent, *day), &[]);
        }
        out.push_str("];\n");
    }
    Ok(())
}

fn write_epoch(
    out: &mut String,
    from: &str,
    members: &BTreeSet<&str>,
    changes: &[(u8, &str, bool)],
) {
    let change = |(order, code, joined): &(u8, &str, bool)| {
        format!(
            "Change {{ code: {}, joined: {joined}, order: {order} }}",
            rust::code(code)
        )
    };
    let _ = writeln!(
        out,
        "EpochRow {{ from: {from}, members: {}, changes: {} }},",
        rust::list(members.iter().map(|code| rust::code(code))),
        rust::list(changes.iter().map(change)),
    );
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
    format!("Status {{ span: {}, basis: {basis:?} }}", rust::span(days))
}
