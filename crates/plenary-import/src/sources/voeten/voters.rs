//! Whom the codes of political science mean at a date.

use chrono::NaiveDate;
use plenary_states::{CodeSystem, Resolver, holder_on};
use plenary_types::{RollEntry, StateCode};

use crate::names::{self, Contradiction, Identified, Printed};

const CHINA: StateCode = StateCode::from_bytes(*b"CHN").unwrap();
const RUSSIA: StateCode = StateCode::from_bytes(*b"RUS").unwrap();
const YUGOSLAVIA: StateCode = StateCode::from_bytes(*b"YUG").unwrap();

/// The state that a seat of these data sets is at a date, where its label is that of another time: both
/// call the China seat Taiwan until 25 October 1971, Serbia Yugoslavia until 2020, and the Soviet Union
/// Russia. Who held a seat that was continued is a fact of `plenary-states`.
fn seat(label: Label, on: NaiveDate) -> Option<StateCode> {
    let labelled = match label {
        Label::Taiwan => return (on <= TAIWAN_SEATED_UNTIL).then_some(CHINA),
        Label::Yugoslavia => YUGOSLAVIA,
        Label::Russia => RUSSIA,
    };
    holder_on(labelled, on).filter(|holder| *holder != labelled)
}

/// One state held the China seat all along, so that the change of its government is no succession: it is that of these labels alone.
const TAIWAN_SEATED_UNTIL: NaiveDate = match NaiveDate::from_ymd_opt(1971, 10, 25) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A label that these data sets keep through time.
#[derive(Clone, Copy)]
enum Label {
    Taiwan,
    Yugoslavia,
    Russia,
}

/// Every day from which on a voter of these data sets may be another, in order.
pub(in crate::sources) fn changes(texts: &[Box<str>]) -> Vec<NaiveDate> {
    let texts = texts
        .iter()
        .map(|text| text.strip_suffix(".0").unwrap_or(text));
    let after = TAIWAN_SEATED_UNTIL.succ_opt();
    names::in_order(names::changes_of_seats(texts).into_iter().chain(after))
}

fn with_state(state: StateCode, code: &str, name: &str) -> Identified {
    let text = |text: &str| Some(text.trim()).filter(|t| !t.is_empty()).map(Into::into);
    Identified {
        entry: RollEntry {
            who: Some(state.into()),
            code: text(code),
            name: text(name),
        },
        contradiction: None,
    }
}

/// A voter of `unvotes`: an English name and an ISO 3166-1 alpha-2 code, `NA` where there was none.
pub(in crate::sources) fn of_unvotes(code: &str, name: &str, on: Option<NaiveDate>) -> Identified {
    let label = match code {
        "TW" => Some(Label::Taiwan),
        "YU" => Some(Label::Yugoslavia),
        "RU" => Some(Label::Russia),
        _ => None,
    };
    if let Some(state) = label.zip(on).and_then(|(label, on)| seat(label, on)) {
        return with_state(state, code, name);
    }
    // `NA` is Namibia's code, and R's word for a missing one.
    let code_means = if code == "NA" && name != "Namibia" {
        ""
    } else {
        code
    };
    let mut found = names::identify(Printed { code: "", name }, on);
    if found.entry.state().is_none() {
        found.entry.who = names::identify(
            Printed {
                code: code_means,
                name: "",
            },
            on,
        )
        .entry
        .who;
    }
    found.entry.code = Some(code).filter(|c| !c.is_empty()).map(Into::into);
    found
}

/// A voter of Voeten's file: a Correlates of War number.
pub(in crate::sources) fn of_voeten(number: &str, name: &str, on: Option<NaiveDate>) -> Identified {
    let number = number.strip_suffix(".0").unwrap_or(number);
    let label = match number {
        "713" => Some(Label::Taiwan),
        "345" => Some(Label::Yugoslavia),
        "365" => Some(Label::Russia),
        _ => None,
    };
    let at_seat = label.zip(on).and_then(|(label, on)| seat(label, on));
    match at_seat {
        Some(state) => with_state(state, number, name),
        None => {
            let mut found = names::identify(Printed { code: "", name }, on);
            // The number decides: many copies of the file have no names, and some have those of today.
            let codes = Resolver::new().codes(CodeSystem::Cow);
            let meant = codes.on(on).resolve(number);
            // The file is a rectangle: a state has rows, with the number of one that was not a member, before it was a state.
            let ever = || codes.resolve(number);
            let state = meant.or(found.entry.state()).or_else(ever);
            found.entry.who = state.map(Into::into);
            found.entry.code = Some(number).filter(|n| !n.is_empty()).map(Into::into);
            if meant.is_none() && !names::is_code(&[CodeSystem::Cow], number) {
                found.contradiction = Contradiction::nobody(&found.entry, number);
            }
            found
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_correlates_of_war_are_resolved_at_the_date() {
        for (number, on, meant) in [
            ("2", "1980-12-01", Some("USA")),
            ("305.0", "1980-12-01", Some("AUT")),
            ("900", "1980-12-01", Some("AUS")),
            ("365", "1980-12-01", Some("SUN")),
            ("365", "2000-12-01", Some("RUS")),
            ("345", "2010-12-01", Some("SRB")),
            ("710", "1980-12-01", Some("CHN")),
            ("4711", "1980-12-01", None),
        ] {
            let found = of_voeten(number, "", on.parse().ok());
            let state = found.entry.state().map(|s| s.to_string());
            assert_eq!(state.as_deref(), meant, "{number} on {on}");
        }
    }

    #[test]
    fn between_the_days_of_change_a_voter_is_the_same() {
        let from = NaiveDate::from_ymd_opt(1945, 10, 24).unwrap();
        let days: Vec<_> = from.iter_days().step_by(5).take(80 * 73).collect();
        for (code, name) in [
            ("713.0", "Taiwan"),
            ("345", "Yugoslavia"),
            ("365.0", "Russia"),
            ("TW", "Taiwan"),
            ("YU", "Yugoslavia"),
            ("RU", "Russia"),
            ("NA", "Yemen Arab Republic"),
            ("900", "Syria"),
        ] {
            let changes = changes(&[code.into(), name.into()]);
            let stretch = |on: NaiveDate| changes.partition_point(|change| *change <= on);
            let who = |on: NaiveDate| {
                let on = Some(on);
                (of_voeten(code, name, on), of_unvotes(code, name, on))
            };
            for pair in days.windows(2) {
                if stretch(pair[0]) == stretch(pair[1]) {
                    assert_eq!(who(pair[0]), who(pair[1]), "{code} {name} {pair:?}");
                }
            }
        }
    }

    #[test]
    fn a_number_that_no_state_ever_had_contradicts_a_name_that_tells_the_state() {
        let nobody = |code: &str| Some(Contradiction::Nobody(code.into()));
        let on = "1980-12-01".parse().ok();
        let undated = of_voeten("365", "Russia", None);
        assert_eq!(undated.contradiction, None);
        for (number, name, told) in [
            ("4711", "Peru", nobody("4711")),
            ("4711", "", None),
            ("", "Peru", None),
            ("135", "Peru", None),
            // Not yet a state, and no more one.
            ("565", "Namibia", None),
            ("300", "Austria-Hungary", None),
        ] {
            let found = of_voeten(number, name, on);
            assert_eq!(found.contradiction, told, "{number} {name}");
        }
    }

    #[test]
    fn na_is_namibia_only_beside_its_name() {
        let on = "1985-12-01".parse().ok();
        let state = |code, name| {
            of_unvotes(code, name, on)
                .entry
                .state()
                .map(|s| s.to_string())
        };
        assert_eq!(
            state("NA", "Federal Republic of Germany").as_deref(),
            Some("DEU")
        );
        assert_eq!(state("NA", "Yemen Arab Republic").as_deref(), Some("YEM"));
        let later = of_unvotes("NA", "Namibia", "1995-12-01".parse().ok());
        assert_eq!(
            later.entry.state().map(|s| s.to_string()).as_deref(),
            Some("NAM")
        );
    }
}
