//! What a vote says in each of the fields that are compared.

use plenary_types::Citation;

use crate::DifferenceKind;
use crate::votes::Vote;

/// What a source prints in a field.
pub(crate) fn printed(vote: &Vote, field: DifferenceKind) -> Vec<&str> {
    let texts = match field {
        DifferenceKind::Meeting => vote.meeting.iter().map(Citation::as_str).collect(),
        DifferenceKind::Title => vec![&*vote.title],
        DifferenceKind::Agenda => vote.agenda.iter().map(|text| &**text).collect(),
        DifferenceKind::Subjects => vote.subjects.iter().map(|text| &**text).collect(),
        DifferenceKind::Drafts => vote.drafts.iter().map(Citation::as_str).collect(),
        DifferenceKind::CommitteeReport => vote.report.iter().map(Citation::as_str).collect(),
        DifferenceKind::Notes => vote.notes.iter().map(|text| &**text).collect(),
        _ => Vec::new(),
    };
    let mut texts: Vec<&str> = texts;
    texts.retain(|text| !text.is_empty());
    texts
}

/// Whether a source prints anything in a field.
pub(crate) fn gives(vote: &Vote, field: DifferenceKind) -> bool {
    !printed(vote, field).is_empty()
}

/// Whether two votes have the same in a field: documents by their symbols, and of lists the order does not count.
pub(crate) fn is_same_field(a: &Vote, b: &Vote, field: DifferenceKind) -> bool {
    let one = |a: &Option<Citation>, b: &Option<Citation>| {
        a.as_ref().map(Citation::normal) == b.as_ref().map(Citation::normal)
    };
    match field {
        DifferenceKind::Title => a.title == b.title,
        DifferenceKind::Agenda => a.agenda == b.agenda,
        DifferenceKind::Meeting => one(&a.meeting, &b.meeting),
        DifferenceKind::CommitteeReport => one(&a.report, &b.report),
        DifferenceKind::Drafts => {
            let drafts = |vote: &Vote| vote.drafts.iter().map(|d| d.normal().to_owned()).collect();
            a.drafts == b.drafts || sorted::<String>(drafts(a)) == sorted(drafts(b))
        }
        DifferenceKind::Subjects => {
            a.subjects == b.subjects || sorted(printed(a, field)) == sorted(printed(b, field))
        }
        _ => a.notes == b.notes || sorted(printed(a, field)) == sorted(printed(b, field)),
    }
}

fn sorted<T: Ord>(mut texts: Vec<T>) -> Vec<T> {
    texts.sort_unstable();
    texts
}
