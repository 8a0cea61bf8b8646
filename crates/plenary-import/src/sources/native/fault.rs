//! Where an act of a document is wrong: the reader of tagged acts loses the place, so they are read once more, alone.

use plenary_types::{Act, Decision, Statement, Step, TreatyAction};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// The path to the first act that cannot be read, and why.
pub(super) fn in_acts(document: &Value) -> Option<(Vec<Part>, String)> {
    let acts = document.get("acts")?.as_array()?;
    acts.iter().enumerate().find_map(|(at, act)| {
        let (inner, reason) = in_act(act)?;
        let outer = [Part::Name("acts".to_owned()), Part::Place(at)];
        Some((outer.into_iter().chain(inner).collect(), reason))
    })
}

/// A step on a path into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A property of an object.
    Name(String),
    /// An element of a list.
    Place(usize),
}

fn in_act(act: &Value) -> Option<(Vec<Part>, String)> {
    let whole = serde_json::from_value::<Act>(act.clone()).err()?;
    let mut fields = act.clone();
    let tag = fields.as_object_mut().and_then(|act| act.remove("act"));
    let found = match tag.as_ref().and_then(Value::as_str) {
        Some("decision") => fault::<Decision>(fields),
        Some("action") => fault::<TreatyAction>(fields),
        Some("statement") => fault::<Statement>(fields),
        Some("step") => fault::<Step>(fields),
        _ => None,
    };
    let act_itself = || (vec![Part::Name("act".to_owned())], whole.to_string());
    Some(found.unwrap_or_else(act_itself))
}

fn fault<T: DeserializeOwned>(fields: Value) -> Option<(Vec<Part>, String)> {
    let error = serde_path_to_error::deserialize::<_, T>(fields).err()?;
    Some((parts(error.path()), error.inner().to_string()))
}

fn parts(path: &Path) -> Vec<Part> {
    let part = |segment: &Segment| match segment {
        Segment::Seq { index } => Some(Part::Place(*index)),
        Segment::Map { key } => Some(Part::Name(key.clone())),
        Segment::Enum { .. } | Segment::Unknown => None,
    };
    path.iter().filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Part {
        Part::Name(text.to_owned())
    }

    #[test]
    fn a_fault_is_followed_into_the_act_that_has_it() {
        let document = serde_json::json!({"acts": [
            {"act": "step", "date": "2018", "what": "talks"},
            {"act": "decision", "announced": {"yes": -1}},
        ]});
        let (path, reason) = in_acts(&document).unwrap();
        assert_eq!(
            path,
            [name("acts"), Part::Place(1), name("announced"), name("yes")]
        );
        assert!(reason.contains("-1"), "{reason}");
    }

    #[test]
    fn an_act_of_no_kind_is_a_fault_of_its_kind() {
        let (path, _) = in_acts(&serde_json::json!({"acts": [{"act": "dance"}]})).unwrap();
        assert_eq!(path, [name("acts"), Part::Place(0), name("act")]);
        assert_eq!(in_acts(&serde_json::json!({"acts": []})), None);
    }
}
