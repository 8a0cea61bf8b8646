//! [`AgreementRelation`]: what an agreement is to another.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::word::vocabulary;

/// What an agreement, or an act of it, is to another.
///
/// Both ends are texts: a symbol (`A/RES/71/1`), a number of a collection (`1-1`), an identifier, or an act of the same document by
/// its `id` after `#` (`#marrakech`).
///
/// ```
/// use plenary_types::{AgreementRelation, RelationKind};
///
/// let json = r##"{"kind": "endorses", "from": "#endorsement", "to": "#marrakech"}"##;
/// let relation: AgreementRelation = serde_json::from_str(json)?;
/// assert_eq!(relation.kind, RelationKind::Endorses);
/// assert_eq!(relation.acts().collect::<Vec<_>>(), ["endorsement", "marrakech"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct AgreementRelation {
    /// What this one is to the other.
    pub kind: RelationKind,
    /// The act of this agreement that is meant, where it is not the agreement as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The other agreement or act.
    pub to: String,
}

impl AgreementRelation {
    /// A relation of an agreement as a whole.
    #[must_use]
    pub fn new(kind: RelationKind, to: impl Into<String>) -> Self {
        Self {
            kind,
            from: None,
            to: to.into(),
        }
    }

    /// The identifiers of acts of the same document at its ends.
    pub fn acts(&self) -> impl Iterator<Item = &str> {
        let ends = self.from.as_deref().into_iter().chain([self.to.as_str()]);
        ends.filter_map(|end| end.strip_prefix('#'))
    }

    /// The other agreement, where the relation leads out of its document.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        Some(self.to.as_str()).filter(|to| !to.starts_with('#'))
    }
}

vocabulary! {
    /// What one agreement is to another.
    pub enum RelationKind {
        /// It amends the other, and binds only those who join it (Vienna Convention on the Law of Treaties, Art. 40(4)).
        Amends = "amends",
        /// It is a protocol to the other: a treaty of its own.
        ProtocolTo = "protocol-to",
        /// It says how the other is carried out.
        Implements = "implements",
        /// It is the other as it reads after an amendment.
        AsAmended = "as-amended",
        /// It takes the place of the other.
        Replaces = "replaces",
        /// It takes the place of the other between those who are parties to both (Art. 30, 59).
        Supersedes = "supersedes",
        /// It ends the other.
        Terminates = "terminates",
        /// The other, a decision, adopted it.
        AdoptedBy = "adopted-by",
        /// The other, a decision, recommended it.
        RecommendedBy = "recommended-by",
        /// It endorses the other.
        Endorses = "endorses",
        /// It is an accession to the other.
        AccessionTo = "accession-to",
        /// It extends the other, in time or to territories.
        Extends = "extends",
    }
}

impl RelationKind {
    /// Whether it makes the agreement a part of the other one's family, which bears the name of that.
    #[must_use]
    pub const fn belongs(self) -> bool {
        matches!(
            self,
            Self::Amends | Self::ProtocolTo | Self::Implements | Self::AsAmended
        )
    }
}

/// The relation of a document of format 1, which had one at most.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Parent {
    id: String,
    relation: ParentRelation,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ParentRelation {
    Protocol,
    Amendment,
    Implementing,
    AsAmended,
}

impl From<Parent> for AgreementRelation {
    fn from(parent: Parent) -> Self {
        let kind = match parent.relation {
            ParentRelation::Protocol => RelationKind::ProtocolTo,
            ParentRelation::Amendment => RelationKind::Amends,
            ParentRelation::Implementing => RelationKind::Implements,
            ParentRelation::AsAmended => RelationKind::AsAmended,
        };
        Self::new(kind, parent.id)
    }
}

/// Reads a list of relations, or the `parent` of a document of format 1.
pub(crate) fn relations<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<AgreementRelation>, D::Error> {
    struct Relations;

    impl<'de> Visitor<'de> for Relations {
        type Value = Vec<AgreementRelation>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of relations, each with `kind` and `to`")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut relations = Vec::new();
            while let Some(relation) = list.next_element()? {
                relations.push(relation);
            }
            Ok(relations)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            let parent = Parent::deserialize(MapAccessDeserializer::new(map))?;
            Ok(vec![parent.into()])
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }
    }

    deserializer.deserialize_any(Relations)
}

/// The format of a document, which is written with it: 2.
///
/// A document without it is of format 1. Documents of both are read; one of a later format is refused, because what it says may
/// have another meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DocumentFormat;

impl DocumentFormat {
    /// The format that is written.
    pub const WRITTEN: u32 = 2;
}

impl Serialize for DocumentFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(Self::WRITTEN)
    }
}

impl<'de> Deserialize<'de> for DocumentFormat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let format = u32::deserialize(deserializer)?;
        match format {
            1..=Self::WRITTEN => Ok(Self),
            0 => Err(serde::de::Error::custom("there is no format 0")),
            later => Err(serde::de::Error::custom(format!(
                "format {later} is written by a later plenary (this one reads 1 and 2)"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Agreement;

    #[test]
    fn words_are_kept_as_they_stand() {
        for kind in RelationKind::KNOWN {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        for word in ["ammends", "Amends", "is cited by"] {
            let kind: RelationKind = word.parse().unwrap();
            assert_eq!(kind.unknown().map(crate::Word::as_str), Some(word));
        }
        let family = RelationKind::KNOWN.iter().filter(|kind| kind.belongs());
        assert_eq!(family.count(), 4);
    }

    #[test]
    fn the_parent_of_a_document_of_format_1_is_a_relation() {
        for (word, kind) in [
            ("protocol", RelationKind::ProtocolTo),
            ("amendment", RelationKind::Amends),
            ("implementing", RelationKind::Implements),
            ("as-amended", RelationKind::AsAmended),
        ] {
            let old =
                format!(r#"{{"title": "x", "parent": {{"id": "1-1", "relation": "{word}"}}}}"#);
            let old: Agreement = serde_json::from_str(&old).unwrap();
            assert_eq!(old.relations, [AgreementRelation::new(kind, "1-1")]);
            let written = serde_json::to_string(&old).unwrap();
            let new = format!(r#"[{{"kind":"{kind}","to":"1-1"}}]"#);
            assert!(
                written.starts_with(r#"{"format":2,"#) && written.contains(&new),
                "{written}"
            );
            assert_eq!(serde_json::from_str::<Agreement>(&written).unwrap(), old);
        }
        let both = r#"{"parent": {"id": "1-1", "relation": "protocol"}, "relations": []}"#;
        assert!(serde_json::from_str::<Agreement>(both).is_err());
        assert!(
            serde_json::from_str::<Agreement>(r#"{"relations": [{"kind": "amends"}]}"#).is_err()
        );
    }

    #[test]
    fn a_later_format_is_refused_before_anything_else_is_looked_at() {
        for format in ["1", "2"] {
            let text = format!(r#"{{"format": {format}, "title": "x"}}"#);
            assert_eq!(serde_json::from_str::<Agreement>(&text).unwrap().title, "x");
        }
        let later = serde_json::from_str::<Agreement>(r#"{"format": 3, "unheard-of": 1}"#);
        let later = later.unwrap_err().to_string();
        assert!(
            later.contains("format 3 is written by a later plenary"),
            "{later}"
        );
        for format in ["0", "-1", "\"2\"", "2.5"] {
            let text = format!(r#"{{"format": {format}, "title": "x"}}"#);
            assert!(
                serde_json::from_str::<Agreement>(&text).is_err(),
                "{format}"
            );
        }
    }
}
