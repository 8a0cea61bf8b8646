//! Who the participants of tables of acts and of members are.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use plenary_states::{CodeSystem, Resolver, entity};
use plenary_tables::known_code;
use plenary_types::{Participant, ParticipantKind, StateCode};

use super::definition::Codes;
use crate::csv::choices::whole;
use crate::sources::untc;

/// A participant as a row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identified {
    pub(super) who: Participant,
    /// The name as printed, without the marks of footnotes.
    pub(super) printed: Option<String>,
    /// The state that the name beside the code means, where that is another.
    pub(super) named: Option<StateCode>,
}

/// Who a code and a name mean on a day, by what a mapping says of them or by the tables of states; else who had them at another time.
/// Status tables call participants as they are called at present: that is [`NaiveDate::MAX`].
pub(super) fn identify(
    codes: Codes,
    known: &BTreeMap<String, Participant>,
    code: &str,
    name: &str,
    on: NaiveDate,
) -> Result<Identified, &'static str> {
    let plain = without_marks(name);
    // A code of a system is no name; a column of names or codes may hold either.
    let is_name = codes.system().is_none();
    let text = match plain {
        "" if is_name => code,
        name => name,
    };
    let printed = |who: Participant| {
        let text = Some(text).filter(|text| !text.is_empty() && *text != who.as_str());
        text.map(str::to_owned)
    };
    let own = |text: &str| known.get(text).copied();
    if let Some(who) = own(code).or_else(|| own(name)).or_else(|| own(plain)) {
        return Ok(Identified {
            who,
            printed: printed(who),
            named: None,
        });
    }
    let by_code = by_code(codes, code, on);
    let by_name = untc::participant_on(plain, on);
    let named = by_name.filter(|named| {
        let code = by_code.and_then(|who| who.code());
        code.is_some_and(|code| code != *named)
    });
    let found = by_code.or_else(|| by_name.map(Into::into));
    // A column of codes may hold names.
    let found = found.or_else(|| untc::participant_on(without_marks(code), on).map(Into::into));
    if let Some(who) = found {
        return Ok(Identified {
            who,
            printed: printed(who),
            named,
        });
    }
    let text = match plain {
        "" => code,
        name => name,
    };
    if text.is_empty() {
        return Err("names no participant");
    }
    let who = Participant::from_printed(ParticipantKind::Text, text);
    Ok(Identified {
        who: who.map_err(|_| "is not a name that can be kept")?,
        printed: Some(text.to_owned()),
        named: None,
    })
}

fn by_code(codes: Codes, code: &str, on: NaiveDate) -> Option<Participant> {
    let Some(system) = codes.system() else {
        return known_code(code, |code| entity(code).is_some());
    };
    // Of several states of a code, that of the day.
    in_system(system, code, Some(on)).map(Into::into)
}

/// The state of a code in a system, of a number also with a fraction of nothing: on a day, where one is given, else whoever had it.
pub(super) fn in_system(
    system: CodeSystem,
    code: &str,
    on: Option<NaiveDate>,
) -> Option<StateCode> {
    let code = whole(code.trim()).unwrap_or(code);
    let codes = Resolver::new().codes(system);
    codes.on(on).resolve(code).or_else(|| codes.resolve(code))
}

/// A name without the marks of footnotes at its end: `Afghanistan[a]`, `Serbia 1`, `China*`.
pub(super) fn without_marks(name: &str) -> &str {
    let mut name = untc::without_footnotes(name);
    while let Some(open) = name.strip_suffix(']').and_then(|inside| inside.rfind('['))
        && open > 0
    {
        let (before, _) = name.split_at(open);
        name = untc::without_footnotes(before);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::without_marks;

    #[test]
    fn marks_of_footnotes_are_no_part_of_a_name() {
        for (printed, name) in [
            ("Afghanistan[a]", "Afghanistan"),
            ("Germany [b][c]", "Germany"),
            ("Serbia 1", "Serbia"),
            ("China*", "China"),
            (
                "Bolivia (Plurinational State of)",
                "Bolivia (Plurinational State of)",
            ),
            ("[a]", "[a]"),
            ("]", "]"),
            ("", ""),
        ] {
            assert_eq!(without_marks(printed), name, "{printed}");
        }
    }
}
