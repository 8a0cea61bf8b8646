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

pub(crate) struct Membership {
    spells: Vec<Spell>,
    gaps: Vec<(String, Days, String)>,
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
            gaps: plain("participation", entities)?,
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
        let gaps = self.gaps.iter().filter(|(c, ..)| c == code);
        gaps.map(|(_, days, basis)| status(*days, basis)).collect()
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
    for row in table::read("council")? {
        entities.place(&row)?;
        let (from, to) = row.span()?;
        let permanent = match row.text("seat")? {
            "permanent" => true,
            "elected" => false,
            other => return Err(row.fault(format_args!("`{other}` is not a kind of seat"))),
        };
        days.extend([from, to].into_iter().flatten());
        seats.push((row.code("code")?, (from, to), permanent));
    }
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
