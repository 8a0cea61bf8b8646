//! A heading: the legend of its column.

use plenary_types::ActionKind;

/// The acts that a column can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    text: String,
    /// The act of a date without a letter.
    plain: Option<ActionKind>,
    marked: Vec<(String, ActionKind)>,
}

impl Heading {
    /// Reads the legend; nothing when no part of it names an act.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut heading = Self {
            text: text.to_owned(),
            plain: None,
            marked: Vec::new(),
        };
        let parts: Vec<_> = parts(text)
            .into_iter()
            .filter_map(|part| legend(&part))
            .collect();
        let binds = parts
            .iter()
            .any(|(_, kind)| *kind == ActionKind::DefinitiveSignature);
        for (mark, kind) in parts {
            let kind = if binds { binding(kind) } else { kind };
            match mark {
                Some(mark) => heading.marked.push((mark, kind)),
                None => heading.plain = heading.plain.or(Some(kind)),
            }
        }
        let known = heading.plain.is_some() || !heading.marked.is_empty();
        known.then_some(heading)
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The act that a mark stands for in this column.
    pub(super) fn kind(&self, mark: Option<&str>) -> Result<ActionKind, &'static str> {
        let Some(mark) = mark else {
            return self.unmarked();
        };
        let mut named = self.marked.iter().filter(|(letters, _)| letters == mark);
        match (named.next(), named.next()) {
            (Some((_, one)), Some((_, other))) if one != other => {
                Err("has a letter that the heading gives to two acts")
            }
            (Some((_, kind)), _) => Ok(*kind),
            (None, _) => ActionKind::from_mark(mark)
                .ok_or("has a letter that neither the heading nor the depositary's list explains"),
        }
    }

    /// A date without a letter is the act named without one, or the only act that is named at all.
    fn unmarked(&self) -> Result<ActionKind, &'static str> {
        match (self.plain, self.marked.as_slice()) {
            (Some(kind), _) => Ok(kind),
            (None, [(_, kind)]) => Ok(*kind),
            _ => Err("has no letter, and the heading names no act without one"),
        }
    }
}

/// A signature confirmed in a column of definitive signatures binds like them.
const fn binding(kind: ActionKind) -> ActionKind {
    match kind {
        ActionKind::Signature => ActionKind::DefinitiveSignature,
        other => other,
    }
}

/// The parts of a legend. A part that begins in lower case goes on with the one before: the comma is its own. Of a
/// heading without capitals it does so unless it names an act.
fn parts(text: &str) -> Vec<String> {
    let small = text.trim_start().starts_with(char::is_lowercase);
    let goes_on =
        |part: &str| part.starts_with(char::is_lowercase) && !(small && act(part).is_some());
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(',').map(str::trim) {
        match parts.last_mut() {
            Some(last) if goes_on(part) => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}

/// `Accession(a)`: the letter, if there is one, and the act.
fn legend(part: &str) -> Option<(Option<String>, ActionKind)> {
    let opening = part
        .strip_suffix(')')
        .and_then(|inside| inside.rsplit_once('('));
    let is_mark =
        |mark: &str| (1..=2).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_alphabetic());
    let kind = act(&part.to_lowercase())?;
    match opening.filter(|(_, mark)| is_mark(mark)) {
        Some((_, mark)) => Some((Some(mark.to_owned()), kind)),
        None => Some((None, kind)),
    }
}

/// The act that a part names: the first that fits, so the particular come before the general.
fn act(part: &str) -> Option<ActionKind> {
    let beginnings = [
        ("succession to signature", ActionKind::SuccessionToSignature),
        ("signature ad referendum", ActionKind::SignatureAdReferendum),
        ("definitive signature", ActionKind::DefinitiveSignature),
        ("confirmation of signature", ActionKind::Signature),
        ("signature", ActionKind::Signature),
        (
            "notification of non-provisional",
            ActionKind::EndOfProvisionalApplication,
        ),
        (
            "undertaking of provisional",
            ActionKind::ProvisionalApplication,
        ),
        ("provisional a", ActionKind::ProvisionalApplication),
        ("ratification", ActionKind::Ratification),
        ("definitive acceptance", ActionKind::Acceptance),
        ("acceptance", ActionKind::Acceptance),
        ("approval", ActionKind::Approval),
        ("accession", ActionKind::Accession),
        ("succession", ActionKind::Succession),
        ("formal confirmation", ActionKind::FormalConfirmation),
        ("consent to be bound", ActionKind::ConsentToBeBound),
        ("simplified procedure", ActionKind::SimplifiedProcedure),
        ("participation", ActionKind::Participation),
        ("application", ActionKind::Participation),
        ("notification", ActionKind::Notification),
        ("extension", ActionKind::Extension),
        ("denunciation", ActionKind::Withdrawal),
        ("withdrawal", ActionKind::Withdrawal),
    ];
    let found = beginnings
        .into_iter()
        .find(|(beginning, _)| part.starts_with(beginning));
    found.map(|(_, kind)| kind)
}
