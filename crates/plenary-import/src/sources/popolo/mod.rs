//! Votes of a parliament in JSON: Popolo's motions and vote events, and the vote events of Open Civic Data.

mod collection;
mod event;
mod options;

use crate::error::ImportError;
use crate::format::{Fit, Format, Reader, Recognise};
use crate::input::Input;
use crate::json::{self, JsonShape};
use crate::record::Import;
use collection::Collection;

pub(crate) static FORMAT: Format = Format::new(
    "popolo",
    "Popolo: motions and vote events of a parliament in JSON",
    Recognise::Beginning(recognise_popolo),
    Reader::File(read),
)
.with_page("popolo")
.with_words(options::WORDS);

pub(crate) static CIVIC: Format = Format::new(
    "open-civic-data",
    "vote events of Open Civic Data, as Open States has them, in JSON",
    Recognise::Beginning(recognise_civic),
    Reader::File(read),
)
.with_page("popolo")
.with_words(options::WORDS);

/// The keys that tell a vote event from a table with votes in it.
const OF_AN_EVENT: [&str; 4] = ["motion", "motion_id", "group_results", "motion_text"];
const OF_CIVIC: [&str; 2] = ["motion_text", "motion_classification"];

/// The keys of the first object, where it may be a vote event, a motion or a collection of these.
fn keys_of_votes(text: &[u8]) -> Option<Vec<String>> {
    if !matches!(text.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return None;
    }
    let keys = JsonShape::of(text).keys;
    let has = |key: &str| keys.iter().any(|known| known == key);
    let has_votes = has("votes") || has("counts");
    let is_event = has_votes && OF_AN_EVENT.into_iter().any(has);
    let is_dated = has_votes
        && has("start_date")
        && (has("organization") || has("organization_id") || has("result"));
    (has("vote_events") || is_event || is_dated).then_some(keys)
}

/// Whether a text begins with a vote event, a motion or a collection of these.
pub(crate) fn is_of_votes(text: &[u8]) -> bool {
    keys_of_votes(text).is_some()
}

fn is_civic(keys: &[String]) -> bool {
    keys.iter().any(|key| OF_CIVIC.contains(&key.as_str()))
}

fn recognise_popolo(text: &[u8]) -> Fit {
    match keys_of_votes(text).filter(|keys| !is_civic(keys)) {
        Some(keys) if keys.iter().any(|key| key == "vote_events") => {
            Fit::Full("its first object has `vote_events`".to_owned())
        }
        Some(_) => Fit::Full("its first object is a vote event".to_owned()),
        None => Fit::None,
    }
}

fn recognise_civic(text: &[u8]) -> Fit {
    match keys_of_votes(text).filter(|keys| is_civic(keys)) {
        Some(_) => Fit::Full("its first object is a vote event with `motion_text`".to_owned()),
        None => Fit::None,
    }
}

fn read(input: &Input) -> Result<Import, ImportError> {
    let text = input.text(json::LONGEST)?;
    let values = json::parse(&input.path, &text)?;
    let collection = Collection::new(&values);
    let read = collection.read(input);
    if read.records.is_empty() && read.rejected.is_empty() {
        return Err(ImportError::NoRows {
            path: input.path.clone(),
            what: "no vote event in it",
        });
    }
    let import = Import::from_documents(&input.path, read.records, read.rejected);
    Ok(import.with_findings(read.findings))
}

#[cfg(test)]
mod tests {
    use crate::recognise;

    #[test]
    fn votes_are_told_from_tables_and_documents_by_the_keys_of_the_first_object() {
        for (text, format) in [
            (r#"[{"id": "1", "text": "x", "vote_events": []}]"#, "popolo"),
            (r#"{"persons": [], "vote_events": [{}]}"#, "popolo"),
            (r#"{"id": "1", "vote_events": []}"#, "popolo"),
            (r#"{"motion": {"text": "x"}, "counts": []}"#, "popolo"),
            (
                r#"{"start_date": "2020-01-01", "organization_id": "a", "votes": []}"#,
                "popolo",
            ),
            (
                r#"[{"motion_text": "x", "result": "pass", "votes": []}]"#,
                "open-civic-data",
            ),
            (
                "{\"motion_text\": \"x\", \"votes\": []}\n{\"motion_text\": \"y\"}",
                "open-civic-data",
            ),
            (r#"{"countries": {}, "votes": []}"#, ""),
            (r#"{"title": "x", "acts": []}"#, ""),
            ("votes,counts\n1,2\n", ""),
        ] {
            let found = recognise(text.as_bytes()).format.unwrap_or_default();
            let known = ["popolo", "open-civic-data"].contains(&found);
            assert_eq!(if known { found } else { "" }, format, "{text}");
        }
    }
}
