//! A treaty as a native document, and back.

use plenary_decisions::{Clause, ParseError};
use plenary_types::{Act, Agreement, AgreementKind, Source as Citing, Step};

use crate::{Source, Treaty};

impl Source {
    /// What a native document says of a treaty: its acts, its clause, the body whose members that counts, its number.
    ///
    /// The number is the record in the first source that names one, or the first symbol.
    ///
    /// # Errors
    ///
    /// [`ParseError`] when the document's clause cannot be read.
    pub fn from_agreement(agreement: &Agreement) -> Result<Self, ParseError> {
        let clause: Option<Clause> = agreement
            .in_force_when
            .as_deref()
            .map(str::parse)
            .transpose()?;
        let mut source = Self {
            id: id_of(agreement),
            title: Some(agreement.title.clone()).filter(|title| !title.is_empty()),
            clause,
            of_body: agreement.body.clone(),
            ..Self::default()
        };
        for act in &agreement.acts {
            match act {
                Act::Action(action) => source.actions.push(action.clone()),
                Act::Statement(statement) => source.statements.push(statement.clone()),
                _ => {}
            }
        }
        Ok(source)
    }
}

/// The number of a treaty: the record in the first source that names one, or the first symbol.
pub(crate) fn id_of(agreement: &Agreement) -> Option<String> {
    let record = agreement
        .sources
        .iter()
        .find_map(|source| source.record.clone());
    record.or_else(|| {
        agreement
            .symbols
            .first()
            .map(|symbol| symbol.as_str().to_owned())
    })
}

impl From<&Treaty> for Agreement {
    /// The treaty as a native document. Groups, tables and exclusions are not part of it.
    fn from(treaty: &Treaty) -> Self {
        let actions = treaty.actions.iter().cloned().map(Act::Action);
        let statements = treaty.statements.iter().cloned().map(Act::Statement);
        let opened = treaty.opened.map(|day| {
            Act::Step(Step {
                id: None,
                date: day.into(),
                what: "opened for signature".to_owned(),
                symbol: None,
                source: None,
                unverified: false,
            })
        });
        let source = treaty.id.clone().map(|id| Citing {
            title: "Multilateral Treaties Deposited with the Secretary-General".to_owned(),
            record: Some(id),
            ..Citing::default()
        });
        Self {
            kind: AgreementKind::Treaty,
            title: treaty.title.clone(),
            acts: opened
                .into_iter()
                .chain(actions)
                .chain(statements)
                .collect(),
            relations: treaty.relations.clone(),
            in_force_when: treaty.clause.as_ref().map(ToString::to_string),
            body: treaty.body.as_ref().map(|body| body.id().clone()),
            sources: source.into_iter().collect(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Collection, Timeline};

    #[test]
    fn a_treaty_survives_the_way_through_a_document() {
        let collection = Collection::embedded();
        let known = collection.get("paris-agreement").unwrap();
        let treaty = known.with_acts(Vec::new());
        let text = serde_json::to_string(&Agreement::from(&treaty)).unwrap();
        let document: Agreement = serde_json::from_str(&text).unwrap();
        let source = Source::from_agreement(&document).unwrap();
        assert_eq!(source.actions, treaty.actions);
        let again = source.assemble(collection, plenary_bodies::Reference::embedded());
        assert!(again.built_in.is_empty());
        assert_eq!(
            Timeline::new(&again.treaty).entry(),
            Timeline::new(&treaty).entry()
        );
    }
}
