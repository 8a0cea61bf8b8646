//! Where the parts of a record stand in its file.

use std::sync::Arc;

use plenary_types::{Field, Locus, Origin, Place};

/// The lines of a record's parts.
#[derive(Debug)]
pub(super) struct MarcOrigin {
    path: Arc<str>,
    line: u64,
    parts: Vec<(Field, u64, Box<str>)>,
    /// For each ballot, the line of its field and that of its vote.
    members: Vec<(u64, u64)>,
}

impl MarcOrigin {
    pub(super) fn new(path: &str, line: u64) -> Self {
        Self {
            path: path.into(),
            line,
            parts: Vec::new(),
            members: Vec::new(),
        }
    }

    /// Notes where a part of the record stands; the first note counts.
    pub(super) fn note(&mut self, part: Field, line: u64, tag: &str, code: &str) {
        self.parts.push((part, line, name_of(tag, code).into()));
    }

    /// Notes the lines of the next member on the list.
    pub(super) fn note_member(&mut self, line: u64, vote: u64) {
        self.members.push((line, vote));
    }
}

/// How a subfield is called; a control field has but one, without a code.
pub(super) fn name_of(tag: &str, code: &str) -> String {
    match code {
        "" => tag.to_owned(),
        code => format!("{tag} ${code}"),
    }
}

impl Origin for MarcOrigin {
    fn place(&self, locus: Locus) -> Place {
        let member = |at: usize| self.members.get(at).copied();
        let found = match locus.field {
            Field::Choice(at) => member(at).map(|(_, vote)| (vote, "967 $d")),
            Field::Name(at) => member(at).map(|(line, _)| (line, "967 $e")),
            Field::Ballots => member(0).map(|(line, _)| (line, "967")),
            wanted => {
                let known = self.parts.iter().find(|(part, ..)| *part == wanted);
                known.map(|(_, line, name)| (*line, &**name))
            }
        };
        Place {
            path: Some(self.path.to_string()),
            line: Some(found.map_or(self.line, |(line, _)| line)),
            column: None,
            field: found.map(|(_, name)| name.to_owned()),
        }
    }
}
