//! Every spelling of the reference data resolves to the right entity, or is listed here with the reason
//! why it does not.

use chrono::NaiveDate;
use plenary_states::{CodeSystem, EntityKind, Resolver, entity, resolve, split_names};
use plenary_types::StateCode;

use crate::shared;

/// The day as of which the depositary's status tables were taken.
const STATUS: &str = "2015-03-31";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Participants of the treaty tables that do not resolve without a date, and why.
const PARTICIPANTS_UNRESOLVED_WITHOUT_A_DATE: [(&str, &str); 1] = [(
    "Congo",
    "two states went by it until 1971; with the date of the table it is the one in Brazzaville",
)];

#[test]
fn every_participant_of_the_treaty_tables_resolves() {
    let mut names = std::collections::BTreeSet::new();
    for path in shared::folder("untc/treaties") {
        let bytes = shared::file(&path).unwrap();
        names.extend(
            shared::distinct(&bytes, &["Participant"])
                .into_iter()
                .flatten(),
        );
    }
    for name in &names {
        let ended = ENDED.iter().any(|(n, _)| n == name);
        let on = (!ended).then(|| day(STATUS));
        let dated = resolve(name, on)
            .unwrap_or_else(|| panic!("{name}: {:?}", Resolver::new().on(on).explain(name)));
        let excused = PARTICIPANTS_UNRESOLVED_WITHOUT_A_DATE
            .iter()
            .any(|(n, _)| n == name);
        assert_eq!(resolve(name, None), (!excused).then_some(dated), "{name}");
        // A state's official name at the date, or a spelling of it: the label shares a word with it.
        let label = entity(dated).unwrap().label().to_lowercase();
        let alike = name
            .to_lowercase()
            .split(|c: char| !c.is_alphabetic())
            .any(|w| w.len() > 2 && label.contains(w));
        assert!(
            alike || RENAMED.contains(&(name.as_str(), &dated.to_string())),
            "{name} is {label}?"
        );
    }
    println!("{} participants", names.len());
}

/// Participants that had ended by the day of the tables, which keep them.
const ENDED: [(&str, &str); 2] = [
    ("Eurasian Economic Community", "until the end of 2014"),
    ("Organization of African Unity", "until July 2002"),
];

/// Participants whose name has no word in common with the present one.
const RENAMED: [(&str, &str); 2] = [("Swaziland", "SWZ"), ("Turkey", "TUR")];

#[test]
fn every_voter_of_the_library_records_resolves_by_its_name_on_the_day() {
    for path in [
        "undl/library_ga_1946_1989.csv.zst",
        "undl/library_sc_1946_1989.csv.zst",
    ] {
        let Some(bytes) = shared::file(path) else {
            return;
        };
        let rows = shared::distinct(&bytes, &["ms_code", "ms_name", "date"]);
        let mut early = 0;
        for row in &rows {
            let [code, name, date] = &row[..] else {
                panic!("three columns")
            };
            let on = Some(day(date));
            let expected = Resolver::new().codes(CodeSystem::Undl).on(on).resolve(code);
            assert_eq!(resolve(name, on), expected, "{name} on {date}");
            // The records list a few states before they began; the name alone still says which.
            let named = expected.or_else(|| resolve(name, None));
            assert!(named.is_some(), "{name} on {date}");
            early += usize::from(expected.is_none());
        }
        println!(
            "{path}: {} distinct voters and days, {early} before the state began",
            rows.len()
        );
        assert!(early < 20);
    }
}

/// Names of the unvotes tables that are deliberately not resolved on some of their days, and why.
const NOT_ON_ALL_DAYS: [(&str, &str); 5] = [
    ("CONGO", "before November 1971 two members went by it"),
    (
        "SERBIA",
        "the day of a roll call before 1997 is not the true one",
    ),
    (
        "YEMEN ARAB REPUBLIC",
        "resolves: listed because the table uses it to 2019",
    ),
    (
        "FEDERAL REPUBLIC OF GERMANY",
        "resolves: listed because the table uses it to 2019",
    ),
    (
        "TURKMENISTAN",
        "the day of a roll call before 1997 is not the true one",
    ),
];

#[test]
fn every_voter_of_the_assembly_file_resolves_or_is_excused() {
    let Some(bytes) = shared::file("undl/ga_votes_1946_2019.csv.zst") else {
        return;
    };
    for row in shared::distinct(&bytes, &["ms_code", "ms_name", "date"]) {
        let [code, name, date] = &row[..] else {
            panic!("three columns")
        };
        let on = Some(day(date));
        let expected = code.parse::<StateCode>().ok();
        let found = resolve(name, on);
        // The day is lost in this file before 1997: a state may seem to vote before it began.
        let began = expected
            .and_then(entity)
            .is_some_and(|e| e.exists_on(day(date)));
        let excused = !began || NOT_ON_ALL_DAYS.iter().any(|(n, _)| n == name);
        assert!(
            found == expected || (excused && found.is_none()),
            "{name} on {date}: {found:?}, not {expected:?}"
        );
    }
}

#[test]
fn every_country_of_unvotes_resolves_without_a_date() {
    let Some(bytes) = shared::file("unvotes/unvotes.csv.zst") else {
        return;
    };
    let without_code = [
        ("Federal Republic of Germany", "DEU"),
        ("Yemen Arab Republic", "YEM"),
        ("Zanzibar", "ZAN"),
    ];
    for row in shared::distinct(&bytes, &["country", "country_code"]) {
        let [name, iso2] = &row[..] else {
            panic!("two columns")
        };
        let known = without_code
            .iter()
            .find(|(n, _)| n == name)
            .and_then(|(_, code)| code.parse().ok());
        let expected = known.or_else(|| Resolver::new().codes(CodeSystem::Iso2).resolve(iso2));
        // `CS` meant two states; the table means the first.
        let expected = expected.or_else(|| (iso2 == "CS").then(|| "CSK".parse().unwrap()));
        assert!(expected.is_some(), "{iso2}");
        assert_eq!(resolve(name, None), expected, "{name}");
    }
}

/// Sponsors of the sample that name no state, and why.
const NO_STATE: [&str; 5] = [
    "submitted by the Chair on the recommendation of the Economic",
    "Social Council (resolution 2023/25)",
    "by the Secretariat",
    "submitted by the Chair of the Committee",
    "submitted by the Chair on the basis of informal consultations",
];
const REMARKS: [&str; 2] = [
    "The amendment was rejected by the Committee",
    "The amendment was adopted by the Committee",
];
/// Headings that are no entity: a group of states, and organs.
const NO_ENTITY: [&str; 4] = [
    "Group of 77",
    "UN. General Assembly. 3rd Committee. Chair",
    "UN. Secretariat",
    "UN",
];

#[test]
fn every_sponsor_in_prose_is_a_heading_of_its_record() {
    let Some(bytes) = shared::file("marcxml/committee3_drafts_sample.xml") else {
        return;
    };
    let text = String::from_utf8(bytes).unwrap();
    let on = Some(day("2023-11-15"));
    let mut sponsors = 0;
    for record in text
        .split("<marc:record>")
        .chain(text.split("<record>"))
        .skip(1)
    {
        let headings: Vec<_> = subfields(record, "710", "a");
        let headings: Vec<_> = headings
            .iter()
            .filter(|h| !NO_ENTITY.contains(&h.as_str()))
            .map(|h| resolve(h, on).unwrap_or_else(|| panic!("heading {h}")))
            .collect();
        let prose: Vec<_> = subfields(record, "245", "c")
            .iter()
            .flat_map(|c| sponsors_of(c, on))
            .collect();
        for sponsor in &prose {
            assert!(headings.contains(sponsor), "{sponsor} is no heading");
        }
        for heading in &headings {
            let on_behalf = text_of(record).contains("Group of 77 and China");
            assert!(
                prose.contains(heading) || (on_behalf && heading.to_string() == "CHN"),
                "{heading} not in prose"
            );
        }
        let additional: Vec<_> = subfields(record, "515", "a")
            .iter()
            .flat_map(|c| sponsors_of(c, on))
            .collect();
        assert!(
            additional
                .iter()
                .all(|code| entity(*code).unwrap().kind() == EntityKind::State)
        );
        sponsors += prose.len() + additional.len();
    }
    println!("{sponsors} sponsors");
    assert!(sponsors > 500);
}

fn sponsors_of(prose: &str, on: Option<NaiveDate>) -> Vec<StateCode> {
    let mut codes = Vec::new();
    for listed in split_names(prose, on) {
        let excused =
            NO_STATE.contains(&listed.text) || REMARKS.iter().any(|r| listed.text.contains(r));
        assert!(
            listed.code.is_some() || excused,
            "`{}` in: {prose}",
            listed.text
        );
        codes.extend(listed.code);
    }
    codes
}

fn text_of(record: &str) -> String {
    subfields(record, "245", "c").join(" ")
}

/// The subfields of a MARC field, read without an XML library: enough for the sample.
fn subfields(record: &str, tag: &str, code: &str) -> Vec<String> {
    let fields = record
        .split("tag=\"")
        .skip(1)
        .filter(|field| field.starts_with(tag));
    let wanted = format!("code=\"{code}\">");
    let values = fields.flat_map(|field| {
        field
            .split(&wanted)
            .skip(1)
            .map(|v| v.split('<').next().unwrap().to_owned())
    });
    values
        .map(|v| v.replace("&amp;", "&").trim().to_owned())
        .collect()
}
