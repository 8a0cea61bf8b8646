//! Lists of votes: `vote` an item of the sitting, `voting` each question that was put on it, without the members.

use plenary_types::{
    Act, Agreement, AgreementKind, AnnouncedTally, Citation, Date, Decision, Field, Mode, Question,
    QuestionKind, Scope, Source, Sponsor, Sponsorship, Total, many,
};

use super::{DEEPEST, body, words};
use crate::error::{ImportError, Rejected};
use crate::input::Input;
use crate::record::{Import, Record};
use crate::sources::european_parliament::PUBLISHER;
use crate::texts::{self, Undated, account_of_undated};
use crate::xml::{self, Element, Notes, Part, Trees, Wanted};

const WANTED: Wanted = Wanted {
    trees: &["vote"],
    beginnings: &["sitting"],
    deepest: DEEPEST,
};

/// Reads the votings of a sitting.
pub(in crate::sources::european_parliament) fn read(input: &Input) -> Result<Import, ImportError> {
    let mut reading = Reading {
        path: &input.path,
        sitting: Element::default(),
        records: Vec::new(),
        apart: Apart::default(),
        undated: Undated::default(),
    };
    let mut rejected: Vec<Rejected> = Vec::new();
    for part in Trees::new(xml::stream(input)?, WANTED) {
        match part {
            Ok(Part::Beginning(sitting)) => reading.sitting = sitting,
            Ok(Part::Tree(item)) => reading.item(&item),
            Err(broken) => rejected.push(broken.or_rejected(input)?),
        }
    }
    let Reading {
        records,
        apart,
        undated,
        ..
    } = reading;
    if records.is_empty() && rejected.is_empty() {
        return Err(ImportError::NoRows {
            path: input.path.clone(),
            what: "no voting in it",
        });
    }
    let account = apart.told() + &account_of_undated(undated);
    Ok(Import::from_documents(&input.path, records, rejected).with_remarks(&account))
}

/// What is no record of its own, and how often there was that.
#[derive(Default)]
struct Apart {
    headings: u64,
    in_parts: u64,
    information: u64,
}

impl Apart {
    fn told(&self) -> String {
        let told = [
            (self.headings, "heading"),
            (self.in_parts, "voting that was put in parts alone"),
            (self.information, "item without a voting"),
        ];
        let told: Vec<String> = told
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| match (*number, *what) {
                (1, what) => format!("1 {what}"),
                (number, "voting that was put in parts alone") => {
                    format!("{number} votings that were put in parts alone")
                }
                (number, "item without a voting") => format!("{number} items without a voting"),
                (number, what) => many(number, what),
            })
            .collect();
        match told.join(", ") {
            none if none.is_empty() => none,
            told => format!("; no records of their own: {told}"),
        }
    }
}

struct Reading<'a> {
    path: &'a str,
    sitting: Element,
    records: Vec<Record>,
    apart: Apart,
    undated: Undated,
}

/// An item of the sitting, with what all its votings share.
struct Item<'a> {
    element: &'a Element,
    title: Option<String>,
    /// Its kind, author and document in words: `Report: Ada Muster (A11-0007/2031)`.
    label: Option<String>,
}

/// The block in which a voting stands, and the mark of how it was put.
struct Place<'a> {
    heading: Option<&'a str>,
    mark: Option<String>,
}

impl Reading<'_> {
    fn item(&mut self, element: &Element) {
        let item = Item {
            element,
            title: element.text_of("title"),
            label: element.text_of("label"),
        };
        let votings = element.child("votings").into_iter();
        let votings: Vec<&Element> = votings.flat_map(|votings| votings.all("voting")).collect();
        if votings.is_empty() {
            self.apart.information += 1;
        }
        let mut heading = None;
        for voting in votings {
            let is_open = voting.attribute("result").is_none() && !has_numbers(voting);
            if is_open && voting.attribute("type") == Some("TITLE_BLOCK") {
                self.apart.headings += 1;
                heading = voting.text_of("title");
                continue;
            }
            let mark = voting.text_of("rcv");
            if is_open && mark.as_deref().is_some_and(is_split) {
                self.apart.in_parts += 1;
                continue;
            }
            let place = Place {
                heading: heading.as_deref(),
                mark,
            };
            let record = self.voting(&item, voting, &place);
            self.records.push(record);
        }
    }

    fn voting(&mut self, item: &Item<'_>, voting: &Element, place: &Place<'_>) -> Record {
        let mut notes = Notes::new(self.path, voting.line);
        let number = voting.text_of("amendmentNumber");
        let subject = voting.text_of("amendmentSubject");
        let wording = wording(voting, place, number.as_deref(), subject.as_deref());
        let scope = match (number.as_deref(), subject.as_deref()) {
            (Some(number), _) if number.starts_with('§') => Scope::Paragraph,
            (Some(_), _) => Scope::Amendment,
            (None, Some(subject)) if words::is_part(subject) => Scope::Paragraph,
            (None, _) => Scope::Whole,
        };
        let mut decision = Decision {
            body: body(),
            date: self.date(&mut notes, voting),
            drafts: documents(item, voting, place),
            agenda: item.label.clone(),
            question: Question {
                scope,
                kind: kind(item, scope, &wording),
                text: Some(wording).filter(|wording| !wording.is_empty()),
                ..Question::default()
            },
            mode: mode(&mut notes, voting),
            announced: announced(&mut notes, voting),
            outcome: outcome(&mut notes, voting),
            ..Decision::default()
        };
        decision.notes = self.notes(&mut notes, item, voting, place);
        let authors = authors(voting, scope);
        let sponsorship = (!authors.is_empty()).then(|| {
            Act::Sponsorship(Sponsorship {
                sponsors: authors,
                notes: number
                    .iter()
                    .map(|number| format!("amendment {number}"))
                    .collect(),
                ..Sponsorship::default()
            })
        });
        let is_resolution = item.element.attribute("type") == Some("RESOLUTION");
        let agreement = Agreement {
            kind: match scope == Scope::Whole && is_resolution {
                true => AgreementKind::Resolution,
                false => AgreementKind::Decision,
            },
            title: item.title.clone().unwrap_or_default(),
            sources: vec![Source {
                title: "Results of votes".to_owned(),
                publisher: Some(PUBLISHER.to_owned()),
                record: voting.attribute("votingId").map(ToOwned::to_owned),
                ..Source::default()
            }],
            acts: sponsorship
                .into_iter()
                .chain([Act::Decision(Box::new(decision))])
                .collect(),
            ..Agreement::default()
        };
        notes.finish(agreement)
    }

    /// The day of the sitting. A vote that was counted has a time of its own; others have that of the list's making.
    fn date(&mut self, notes: &mut Notes<'_>, voting: &Element) -> Option<Date> {
        let date = notes.day(&self.sitting, "date");
        if date.is_none() {
            self.undated.add(self.sitting.attribute("date").is_some());
        }
        let own = voting
            .attribute("voteTimestamp")
            .filter(|_| has_numbers(voting));
        let own = own.and_then(xml::day).and_then(Date::as_day);
        if let Some((sitting, own)) = date.and_then(Date::as_day).zip(own)
            && !(0..=1).contains(&(own - sitting).num_days())
        {
            let message = "the vote is of another day than the sitting, which is kept";
            let at = (voting.line, "voteTimestamp");
            notes.contrary(at, message, &sitting.to_string(), &own.to_string());
        }
        date
    }

    /// How it was put, which majority the list asks for, and what it remarks.
    fn notes(
        &self,
        notes: &mut Notes<'_>,
        item: &Item<'_>,
        voting: &Element,
        place: &Place<'_>,
    ) -> Vec<String> {
        let mut told = Vec::new();
        if let Some(mark) = &place.mark {
            told.push(format!("type of vote: {mark}"));
        }
        if let Some(majority) = item.label.as_deref().and_then(majority) {
            told.push(majority.to_owned());
        }
        let Some(remark) = voting.text_of("observations") else {
            return told;
        };
        let counted: Vec<&str> = NUMBERS
            .iter()
            .filter_map(|(name, _)| voting.attribute(name))
            .collect();
        let is_numbers = remark
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | ' '));
        if !is_numbers || counted.is_empty() {
            told.push(remark);
        } else if !remark.split(',').map(str::trim).eq(counted.iter().copied()) {
            let message = "the remark has other numbers than the totals, which are kept";
            notes.contrary(
                (voting.line, "observations"),
                message,
                &counted.join(", "),
                &remark,
            );
        }
        told
    }
}

/// The totals, in the order in which remarks have them.
const NUMBERS: [(&str, Total); 3] = [
    ("numberFavor", Total::Yes),
    ("numberAgainst", Total::No),
    ("numberAbstention", Total::Abstain),
];

fn has_numbers(voting: &Element) -> bool {
    NUMBERS
        .iter()
        .any(|(name, _)| voting.attribute(name).is_some())
}

/// The mark of a voting that was not put as a whole: its parts are votings of their own.
fn is_split(mark: &str) -> bool {
    let mut words = mark.split('/').map(str::trim);
    words.any(|word| word.eq_ignore_ascii_case("split") || word.eq_ignore_ascii_case("div"))
}

/// What was put: the block, the title, and the label, or where there is none the part of the text and the amendment.
fn wording(
    voting: &Element,
    place: &Place<'_>,
    number: Option<&str>,
    subject: Option<&str>,
) -> String {
    let amendment = number.map(|number| {
        let mark = place.mark.as_deref().unwrap_or_default();
        let part = mark.split('/').next().unwrap_or_default();
        let is_part = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let part = if is_part {
            format!("/{part}")
        } else {
            String::new()
        };
        match number.starts_with('§') {
            true => part,
            false => format!("Am {number}{part}"),
        }
    });
    let label = voting.text_of("label");
    let title = voting.text_of("title");
    let heading = place.heading.map(ToOwned::to_owned);
    let parts = match label {
        Some(label) => vec![heading, Some(label)],
        None => vec![heading, title, subject.map(ToOwned::to_owned), amendment],
    };
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" – ")
}

/// The documents that a voting is about: that of its own words, else those of the item.
fn documents(item: &Item<'_>, voting: &Element, place: &Place<'_>) -> Vec<Citation> {
    let own = ["label", "title"].map(|name| voting.text_of(name));
    let mut own = own
        .iter()
        .flatten()
        .map(String::as_str)
        .chain(place.heading);
    if let Some(document) = own.find_map(words::document) {
        return vec![Citation::new(document)];
    }
    let listed = item.element.child("documents").into_iter();
    let listed = listed.flat_map(|documents| documents.all("document"));
    let listed: Vec<Citation> = listed
        .filter_map(|document| document.attribute("documentNumber"))
        .map(Citation::new)
        .collect();
    match listed.is_empty() {
        true => {
            let document = item.label.as_deref().and_then(words::document);
            document.map(Citation::new).into_iter().collect()
        }
        false => listed,
    }
}

/// What the label of an item says of the majority: the words in brackets at its end.
fn majority(label: &str) -> Option<&str> {
    let at = label
        .rfind("(Majorit")
        .or_else(|| label.rfind("(majorit"))?;
    let words = label.get(at + 1..)?.trim_end();
    Some(words.strip_suffix(')').unwrap_or(words))
}

/// The kind of question of a whole text for which the list asks for a majority of all Members, and for nothing else.
fn kind(item: &Item<'_>, scope: Scope, wording: &str) -> Option<QuestionKind> {
    let words = majority(item.label.as_deref()?)?.to_lowercase();
    let (_, rest) = [
        "component members required",
        "qui composent le parlement requise",
    ]
    .iter()
    .find_map(|asked| words.split_once(asked))?;
    let is_of_all = matches!(rest.trim(), "" | "to adopt the motion for a resolution");
    let is_motion = scope == Scope::Whole && !wording.is_empty();
    let kind = "component-majority".parse();
    debug_assert!(kind.is_ok(), "the name of the kind is one of a kind");
    kind.ok().filter(|_| is_of_all && is_motion)
}

fn mode(notes: &mut Notes<'_>, voting: &Element) -> Mode {
    let text = voting.attribute("resultType").unwrap_or_default();
    match text {
        "ROLL_CALL" => Mode::Recorded,
        "ELECTRONICAL" => Mode::NonRecorded,
        "RAISE_HAND" => Mode::ShowOfHands,
        "SECRET" => Mode::Secret,
        _ => {
            let message = "the list does not say clearly how the vote was taken; it is read as one of which only the totals are kept";
            let help = "expected `ROLL_CALL`, `ELECTRONICAL`, `RAISE_HAND` or `SECRET`";
            notes.unclear((voting.line, "resultType"), message, text, help);
            Mode::NonRecorded
        }
    }
}

/// The totals. How many voted is their sum, and no number of members.
fn announced(notes: &mut Notes<'_>, voting: &Element) -> AnnouncedTally {
    let [yes, no, abstain] =
        NUMBERS.map(|(name, total)| notes.count(Field::Announced(total), voting, name));
    let announced = AnnouncedTally {
        yes,
        no,
        abstain,
        ..AnnouncedTally::default()
    };
    let all = [yes, no, abstain];
    let voters = voting.attribute("votersCount");
    if let Some(printed) = voters.filter(|_| all.iter().all(Option::is_some)) {
        let sum: u64 = all.iter().flatten().map(|number| u64::from(*number)).sum();
        if texts::count(printed).ok().map(u64::from) != Some(sum) {
            let message = "the number of voters is not the sum of the totals, which are kept";
            notes.contrary(
                (voting.line, "votersCount"),
                message,
                &sum.to_string(),
                printed,
            );
        }
    }
    announced
}

fn outcome(notes: &mut Notes<'_>, voting: &Element) -> Option<plenary_types::Outcome> {
    let text = voting.attribute("result")?;
    notes.part(Field::Outcome, voting, "result");
    let outcome = texts::outcome(text);
    outcome
        .map_err(|error| {
            let help = "expected `ADOPTED`, `REJECTED`, `LAPSED` or `WITHDRAWN`";
            notes.unreadable((voting.line, "result"), &error.to_string(), text, help);
        })
        .ok()
}

/// Who put an amendment: groups, committees or members, as printed. A part of the text as it stands has no author.
fn authors(voting: &Element, scope: Scope) -> Vec<Sponsor> {
    if scope != Scope::Amendment {
        return Vec::new();
    }
    let text = voting.child("amendmentAuthor").map(Element::raw_text);
    let text = text.unwrap_or_default();
    let names = text
        .split(['\n', ','])
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let sponsor = |name: &str| Sponsor {
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        ..Sponsor::default()
    };
    names.map(sponsor).collect()
}
