//! [`TreatySet`]: the treaties of several inputs, and what is known of each.

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::Reference;
use plenary_import::citation::{MADE_WITH, SOURCES};
use plenary_treaties::{Collection, EntryIntoForce, Timeline, same_id, title_has};
use plenary_types::{Act, Agreement, Date, Participant, many, thousands};
use serde::Serialize;

use crate::read::{PROGRAM, source_name};
use crate::treaty::{Prepared, source, unresolved};
use crate::{Error, Refusal, TreatySettings};

/// The treaties of some inputs.
pub(crate) struct TreatySet {
    pub(crate) treaties: Vec<Prepared>,
    /// Why nothing can be said of others.
    pub(crate) left_out: Vec<String>,
    /// The inputs, each with its format.
    sources: Vec<String>,
}

/// What an answer about a treaty rests on.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct TreatyBasis {
    /// The place of its record in its input, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<usize>,
    /// Its number, where it is known.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// The date of the last act that is known, no more precise than the source.
    pub acts_known_until: Option<Date>,
    /// How many acts it has, with those that came with the program.
    pub acts: usize,
    /// How many of them came with the program.
    pub built_in: usize,
    /// How many of them were supplied beside the source.
    pub supplied: usize,
    /// The day of entry into force to which the acts lead, when it is certain.
    pub entry_into_force: Option<NaiveDate>,
    /// Otherwise the first and the last day that it can be, where it is in force at the latest on a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub between: Option<Date>,
    /// Whether the clause is not met by the acts.
    pub not_in_force: bool,
    /// The official day, where it is known.
    pub official: Option<NaiveDate>,
    /// Rows that could not be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<String>,
    /// Participants with a name that nothing resolves, counted as States.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unresolved: Vec<Participant>,
}

impl TreatyBasis {
    pub(crate) fn new(prepared: &Prepared, timeline: &Timeline<'_>) -> Self {
        let assembled = &prepared.assembled;
        Self {
            record: prepared.record,
            id: assembled.treaty.id.clone(),
            title: assembled.treaty.title.clone(),
            acts_known_until: assembled.known_until(),
            acts: assembled.treaty.actions.len(),
            built_in: assembled.built_in.acts().count(),
            supplied: assembled.supplied.len(),
            entry_into_force: timeline.entry().map(|entry| entry.day),
            between: between(timeline.entry_into_force()),
            not_in_force: matches!(timeline.entry_into_force(), EntryIntoForce::NotYet { .. }),
            official: assembled.official,
            rejected: prepared.rejected.clone(),
            unresolved: unresolved(assembled),
        }
    }
}

/// The first and the last day of an entry into force that depends on something.
fn between(entry: &EntryIntoForce) -> Option<Date> {
    let EntryIntoForce::Depends {
        earliest, latest, ..
    } = entry
    else {
        return None;
    };
    let first = earliest.as_ref().map(|entry| entry.day);
    let first = first.filter(|day| *day > NaiveDate::MIN).map(Date::day);
    let last = Date::day(latest.as_ref()?.day);
    Date::between(first, Some(last)).ok()
}

/// Of so many treaties it is told in the metadata what is known of each.
const TOLD: usize = 6;

impl TreatySet {
    /// Reads the treaties of some inputs that are asked for; all, where none is. With `needs_no_acts` the statements of an agreement are
    /// enough, and agreements of any kind are among them.
    pub(crate) fn read<T: AsRef<str>>(
        inputs: &[T],
        ids: &[String],
        needs_no_acts: bool,
        settings: &TreatySettings,
        reference: &Arc<Reference>,
    ) -> Result<Self, Error> {
        let wanted = match needs_no_acts {
            true => has_acts,
            false => |agreement: &Agreement| agreement.kind.is_treaty(),
        };
        let (mut treaties, mut left_out) = (Vec::new(), Vec::new());
        let mut sources: Vec<String> = Vec::new();
        let mut first_error = None;
        let mut leave_out = |error: Error| {
            let help = error.help();
            let help = help.map_or(String::new(), |help| format!(" ({help})"));
            left_out.push(format!("{error}{help}"));
            first_error.get_or_insert(error);
        };
        for input in inputs {
            let input = input.as_ref();
            let (found, refused) = source::treaties(input, ids, wanted, settings, reference)?;
            refused.into_iter().for_each(&mut leave_out);
            for read in found {
                let source = match read.format {
                    Some(format) => source_name(input, format),
                    None => format!("{input}, built in"),
                };
                if !sources.contains(&source) {
                    sources.push(source);
                }
                let prepared = Prepared::new(read, settings, reference);
                let prepared = prepared.and_then(|prepared| {
                    let has_statements = needs_no_acts && !prepared.acts.is_empty();
                    match has_statements {
                        true => Ok(()),
                        false => prepared.anything_to_say(),
                    }?;
                    Ok(prepared)
                });
                match prepared {
                    Ok(prepared) => treaties.push(prepared),
                    Err(error) => leave_out(error),
                }
            }
        }
        let set = Self {
            treaties,
            left_out,
            sources,
        };
        match (set.treaties.is_empty(), first_error) {
            (true, Some(error)) => return Err(error),
            (true, None) => return Err(nothing(inputs, ids).into()),
            _ => {}
        }
        if set.treaties.len() > 1 && (settings.clause.is_some() || settings.notice.is_some()) {
            return Err(Refusal::new("a clause or a notice is that of one treaty")
                .with_help("say which treaty is meant")
                .by_setting(["treaty"])
                .into());
        }
        match ids.iter().find(|id| !set.has(id)) {
            Some(id) => Err(unknown(id, &set.treaties).into()),
            None => Ok(set),
        }
    }

    fn has(&self, id: &str) -> bool {
        let known = Collection::embedded().find(id);
        let is_it = |prepared: &Prepared| {
            let treaty = &prepared.assembled.treaty;
            let number = treaty.id.as_deref().unwrap_or_default();
            same_id(number, id)
                || known.iter().any(|known| same_id(&known.id, number))
                || title_has(&treaty.title, id)
                || treaty.title.eq_ignore_ascii_case(id)
        };
        self.treaties.iter().any(is_it)
    }

    /// What is known of the treaties, for the metadata of a table.
    pub(crate) fn metadata(&self, treaties: &[TreatyBasis]) -> Vec<(String, String)> {
        let mut metadata = vec![("treaties".to_owned(), thousands(treaties.len() as u64))];
        let until = treaties.iter().filter_map(|treaty| treaty.acts_known_until);
        let (first, last) = (
            until.clone().min_by_key(|date| date.earliest()),
            until.max_by_key(|date| date.latest()),
        );
        if let (Some(first), Some(last)) = (first, last) {
            let span = match first == last {
                true => first.to_string(),
                false => format!("{first} to {last}, by the treaty"),
            };
            metadata.push(("acts known until".to_owned(), span));
        }
        for treaty in treaties.iter().filter(|_| treaties.len() <= TOLD) {
            let name = treaty.id.as_ref().unwrap_or(&treaty.title);
            let mut value = format!("{}: {}", treaty.title, many(treaty.acts as u64, "act"));
            let mut tell = |what: &str, count: usize| {
                if count > 0 {
                    value.push_str(&format!(", {} {what}", thousands(count as u64)));
                }
            };
            tell("built in", treaty.built_in);
            tell("supplied", treaty.supplied);
            match (treaty.entry_into_force, treaty.official) {
                (Some(day), _) => value.push_str(&format!("; in force since {day}")),
                (None, Some(day)) => value.push_str(&format!(
                    "; in force since {day} officially, to which these acts do not lead"
                )),
                (None, None) => {
                    value.push_str("; its entry into force is not known from these acts")
                }
            }
            metadata.push((format!("treaty {name}"), value));
        }
        metadata.push((SOURCES.to_owned(), self.sources.join("; ")));
        metadata.push((MADE_WITH.to_owned(), PROGRAM.to_owned()));
        metadata
    }

    /// What limits what is said of the treaties.
    pub(crate) fn warnings(&self, treaties: &[TreatyBasis]) -> Vec<String> {
        let mut warnings: Vec<String> = Vec::new();
        for prepared in &self.treaties {
            let new = prepared.warnings.iter();
            let new: Vec<_> = new
                .filter(|text| !warnings.contains(text))
                .cloned()
                .collect();
            warnings.extend(new);
        }
        let mut twice = treaties.iter().enumerate().filter(|(at, treaty)| {
            let mut before = treaties.iter().take(*at);
            treaty.id.is_some() && before.any(|other| other.id == treaty.id)
        });
        if let Some((_, treaty)) = twice.next() {
            let id = treaty.id.as_deref().unwrap_or_default();
            warnings.push(format!(
                "{id} is in the inputs more than once: each of its sources has rows of its own"
            ));
        }
        for treaty in treaties {
            let name = treaty.id.as_ref().unwrap_or(&treaty.title);
            if let Some(first) = treaty.rejected.first() {
                let count = many(treaty.rejected.len() as u64, "row or act");
                let count = count.replace("row or acts", "rows or acts");
                warnings.push(format!("{name}: {count} not used, the first: {first}"));
            }
            if let Some(first) = treaty.unresolved.first() {
                warnings.push(format!(
                    "{name}: {} with a name that nothing resolves, counted as States, the first: `{}`",
                    many(treaty.unresolved.len() as u64, "participant"),
                    first.identifier()
                ));
            }
        }
        let left_out = self.left_out.iter();
        warnings.extend(left_out.map(|reason| format!("left out: {reason}")));
        warnings
    }
}

/// Whether participants acted on an agreement, or made statements.
fn has_acts(agreement: &Agreement) -> bool {
    let mut acts = agreement.acts.iter();
    acts.any(|act| matches!(act, Act::Action(_) | Act::Statement(_)))
}

fn nothing<T: AsRef<str>>(inputs: &[T], ids: &[String]) -> Refusal {
    match ids.first() {
        Some(id) => Refusal::new(format!("unknown treaty `{id}`"))
            .with_help("give its number, or words of its title as the inputs have them"),
        None => {
            let inputs: Vec<_> = inputs
                .iter()
                .map(|input| format!("`{}`", input.as_ref()))
                .collect();
            Refusal::new(format!("no treaty in {}", inputs.join(", "))).with_help(
                "give participant tables of the UN Treaty Collection, tables of acts, or documents of kind `treaty`",
            )
        }
    }
}

fn unknown(id: &str, treaties: &[Prepared]) -> Refusal {
    let known = treaties.iter().take(TOLD);
    let known: Vec<_> = known
        .map(|prepared| {
            let treaty = &prepared.assembled.treaty;
            format!("`{}`", treaty.id.as_ref().unwrap_or(&treaty.title))
        })
        .collect();
    Refusal::new(format!("unknown treaty `{id}`"))
        .with_help(format!("the inputs have {}", known.join(", ")))
}
