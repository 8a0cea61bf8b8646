//! [`contents`]: which agreements an input holds.

use std::collections::BTreeMap;

use plenary_import::Summary;
use plenary_types::uuid::Uuid;
use plenary_types::{Act, Agreement, AgreementKind, BodyId, Date};
use serde::Serialize;

use crate::read::changes;
use crate::{Error, Input, Settings};

/// The agreements of an input, in the order of the source. It serialises as the JSON of `plenary show` without a symbol
/// (docs/schema/show.schema.json).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Contents {
    /// How many agreements of each kind there are.
    pub kinds: BTreeMap<String, u64>,
    /// Each agreement.
    pub agreements: Vec<Listed>,
    /// What the input was taken for, and what became of its rows.
    #[serde(skip)]
    pub input: Summary,
    /// What limits the reading of the input.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// An agreement, as a list has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Listed {
    /// Its identifier, where the record has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Its first symbol, else its number in its source, after the body where the records of several have it: [`show`](crate::show()) finds the
    /// record by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// Its title; empty where the source has none.
    pub title: String,
    /// What kind of agreement it is.
    pub kind: AgreementKind,
    /// When it was decided; where no decision is dated, the date of the last of its acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// How many decisions and elections are on record.
    pub decisions: u64,
    /// How many actions, statements and sponsorships of participants are on record.
    pub acts: u64,
}

impl Listed {
    fn new(agreement: &Agreement) -> Self {
        let symbol = agreement.symbols.first();
        let symbol = symbol.map(|symbol| symbol.as_str().to_owned());
        let mut sources = agreement.sources.iter();
        let number = || sources.find_map(|source| source.record.clone());
        let decided = agreement.principal_decision();
        let decided = decided.and_then(|(_, decision)| decision.date);
        let last = || agreement.acts.iter().filter_map(Act::date).max();
        let count = |is: fn(&Act) -> bool| agreement.acts.iter().filter(|act| is(act)).count();
        Self {
            id: agreement.id,
            symbol: symbol.or_else(number),
            title: agreement.title.clone(),
            kind: agreement.kind,
            date: decided.or_else(last),
            decisions: count(|act| matches!(act, Act::Decision(_) | Act::Election(_))) as u64,
            acts: count(|act| {
                matches!(
                    act,
                    Act::Action(_) | Act::Statement(_) | Act::Sponsorship(_)
                )
            }) as u64,
        }
    }
}

/// Lists the agreements of an input. Rows that cannot be used are skipped and counted.
///
/// ```
/// use plenary::{Input, Settings, contents};
///
/// let contents = contents(Input::compact(), &Settings::default())?;
/// let [compact] = &*contents.agreements else { panic!("one agreement is built in") };
/// assert_eq!(compact.symbol.as_deref(), Some("A/RES/73/195"));
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when the input cannot be used.
pub fn contents(input: impl Into<Input>, settings: &Settings) -> Result<Contents, Error> {
    let import = input.into().read(&settings.clone().lenient())?;
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    let mut agreements = Vec::with_capacity(import.len());
    let mut numbered = Vec::new();
    for record in import.records() {
        let listed = Listed::new(&record.agreement);
        *kinds.entry(listed.kind.to_string()).or_default() += 1;
        if record.agreement.symbols.is_empty() {
            let decision = record.agreement.principal_decision();
            let body = decision.and_then(|(_, decision)| decision.body.clone());
            numbered.push((agreements.len(), body));
        }
        agreements.push(listed);
    }
    name_bodies(&mut agreements, &numbered);
    Ok(Contents {
        kinds,
        agreements,
        warnings: changes(&import),
        input: import.summary().clone(),
    })
}

/// Puts the body before the number of each record without a symbol where another such record has the number, too.
fn name_bodies(listed: &mut [Listed], numbered: &[(usize, Option<BodyId>)]) {
    let mut times: BTreeMap<String, u64> = BTreeMap::new();
    for (at, _) in numbered {
        let number = listed.get(*at).and_then(|one| one.symbol.clone());
        number
            .into_iter()
            .for_each(|number| *times.entry(number).or_default() += 1);
    }
    for (at, body) in numbered {
        let Some(one) = listed.get_mut(*at) else {
            continue;
        };
        if let (Some(number), Some(body)) = (&one.symbol, body)
            && times.get(number).is_some_and(|times| *times > 1)
        {
            one.symbol = Some(format!("{body} {number}"));
        }
    }
}
