//! Treaties: what participants did, when, and towards whom.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Date, Participant};

/// What a participant did with a treaty.
///
/// The letters after a date in the depositary's tables are case-sensitive (`a` accession, `A` acceptance):
/// see [`ActionKind::from_mark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ActionKind {
    /// Signature subject to ratification (Vienna Convention on the Law of Treaties, Art. 14).
    Signature,
    /// Signature ad referendum, which becomes full once confirmed (Art. 12(2)(b)).
    SignatureAdReferendum,
    /// A successor takes over a signature.
    SuccessionToSignature,
    /// Signature that binds by itself (Art. 12).
    DefinitiveSignature,
    /// Ratification.
    Ratification,
    /// Acceptance.
    Acceptance,
    /// Approval.
    Approval,
    /// Accession.
    Accession,
    /// A successor continues its predecessor's participation.
    Succession,
    /// The act by which an international organisation confirms.
    FormalConfirmation,
    /// Consent to be bound, in the words of the treaty's own procedure.
    ConsentToBeBound,
    /// Consent by a simplified procedure (silence after signature, as in the Agreement on Part XI).
    SimplifiedProcedure,
    /// Participation or application, where the depositary's table knows no other act.
    Participation,
    /// Provisional application (Art. 25): not consent to be bound.
    ProvisionalApplication,
    /// A notice that the treaty will not be applied provisionally, or no longer.
    EndOfProvisionalApplication,
    /// A notification of another kind.
    Notification,
    /// Extension to a territory.
    Extension,
    /// Denunciation or withdrawal; the date is that of the notice.
    Withdrawal,
    /// The notice of withdrawal is taken back before it takes effect (Art. 68).
    WithdrawalRevoked,
    /// Operation of the treaty suspended for the participant (Art. 57, 58).
    Suspension,
    /// The suspension ends.
    Resumption,
    /// The participant ceased to exist.
    Extinction,
}

/// Why a word is not an [`ActionKind`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a treaty action: expected a word such as `signature`, `ratification` or `accession`"
)]
pub struct ActionKindError {
    /// The word that was refused.
    pub found: String,
}

impl ActionKind {
    /// Every kind.
    pub const ALL: [Self; 22] = [
        Self::Signature,
        Self::SignatureAdReferendum,
        Self::SuccessionToSignature,
        Self::DefinitiveSignature,
        Self::Ratification,
        Self::Acceptance,
        Self::Approval,
        Self::Accession,
        Self::Succession,
        Self::FormalConfirmation,
        Self::ConsentToBeBound,
        Self::SimplifiedProcedure,
        Self::Participation,
        Self::ProvisionalApplication,
        Self::EndOfProvisionalApplication,
        Self::Notification,
        Self::Extension,
        Self::Withdrawal,
        Self::WithdrawalRevoked,
        Self::Suspension,
        Self::Resumption,
        Self::Extinction,
    ];

    /// The word used in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::SignatureAdReferendum => "signature-ad-referendum",
            Self::SuccessionToSignature => "succession-to-signature",
            Self::DefinitiveSignature => "definitive-signature",
            Self::Ratification => "ratification",
            Self::Acceptance => "acceptance",
            Self::Approval => "approval",
            Self::Accession => "accession",
            Self::Succession => "succession",
            Self::FormalConfirmation => "formal-confirmation",
            Self::ConsentToBeBound => "consent-to-be-bound",
            Self::SimplifiedProcedure => "simplified-procedure",
            Self::Participation => "participation",
            Self::ProvisionalApplication => "provisional-application",
            Self::EndOfProvisionalApplication => "end-of-provisional-application",
            Self::Notification => "notification",
            Self::Extension => "extension",
            Self::Withdrawal => "withdrawal",
            Self::WithdrawalRevoked => "withdrawal-revoked",
            Self::Suspension => "suspension",
            Self::Resumption => "resumption",
            Self::Extinction => "extinction",
        }
    }

    /// The act that a letter after a date stands for in the depositary's tables, where the heading of the
    /// column does not say otherwise. Case matters.
    #[must_use]
    pub fn from_mark(mark: &str) -> Option<Self> {
        Some(match mark {
            "a" => Self::Accession,
            "A" => Self::Acceptance,
            "AA" => Self::Approval,
            "d" => Self::Succession,
            "s" => Self::DefinitiveSignature,
            "c" => Self::FormalConfirmation,
            "n" => Self::Notification,
            "P" | "PA" => Self::ProvisionalApplication,
            _ => return None,
        })
    }

    /// Whether it establishes consent to be bound (Art. 11 to 15). Signature subject to ratification and
    /// provisional application do not.
    #[must_use]
    pub const fn is_consent(self) -> bool {
        matches!(
            self,
            Self::DefinitiveSignature
                | Self::Ratification
                | Self::Acceptance
                | Self::Approval
                | Self::Accession
                | Self::Succession
                | Self::FormalConfirmation
                | Self::ConsentToBeBound
                | Self::SimplifiedProcedure
                | Self::Participation
        )
    }

    /// Whether it makes its author a signatory.
    #[must_use]
    pub const fn is_signature(self) -> bool {
        matches!(
            self,
            Self::Signature
                | Self::SignatureAdReferendum
                | Self::SuccessionToSignature
                | Self::DefinitiveSignature
        )
    }
}

impl fmt::Display for ActionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ActionKind {
    type Err = ActionKindError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| ActionKindError {
            found: text.to_owned(),
        })
    }
}

/// One act of one participant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct TreatyAction {
    /// What other acts and relations of the document call it; unique in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who acted.
    pub participant: Participant,
    /// What it did.
    pub kind: ActionKind,
    /// For whom it acted, where that was not for itself: the territories to which it extended the treaty. Such an act is no consent
    /// of its author.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_behalf_of: Vec<Participant>,
    /// Towards whom, where the act concerns one other participant only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub towards: Option<Participant>,
    /// When: for an instrument, the day of its deposit. Nothing when the source says that it was done
    /// and not when (a participant in brackets has withdrawn).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The day from which it counts, when that is another: the end of a period of notice, the date of a
    /// succession of States.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Date>,
    /// The name of the participant as the source printed it, when that was a name; of a participant that nothing resolves, it stands
    /// here as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<String>,
    /// Where the act is recorded, when that is not the source of the whole treaty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Notes of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Set when no source that was read confirms it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

impl TreatyAction {
    /// An act on a day.
    #[must_use]
    pub const fn new(participant: Participant, kind: ActionKind, date: Date) -> Self {
        let mut act = Self::undated(participant, kind);
        act.date = Some(date);
        act
    }

    /// An act of which the source does not say when it was done.
    #[must_use]
    pub const fn undated(participant: Participant, kind: ActionKind) -> Self {
        Self {
            id: None,
            participant,
            kind,
            on_behalf_of: Vec::new(),
            towards: None,
            date: None,
            effective: None,
            printed: None,
            source: None,
            notes: Vec::new(),
            unverified: false,
        }
    }

    /// The same, with the day from which it counts.
    #[must_use]
    pub fn with_effective(mut self, effective: Date) -> Self {
        self.effective = Some(effective);
        self
    }

    /// Whether its author acted for itself, and not for territories alone.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        self.on_behalf_of.is_empty()
    }
}

/// A statement of one participant: a reservation, a declaration, or an objection towards another.
///
/// Reservations are edges, not flags: their effects are reciprocal and bilateral (Vienna Convention on the
/// Law of Treaties, Art. 20 and 21).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Statement {
    /// What other acts and relations of the document call it; unique in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who made it.
    pub author: Participant,
    /// What it is.
    pub kind: StatementKind,
    /// When it was made, or confirmed on ratification (Art. 23(2)).
    pub date: Date,
    /// To whose reservation or declaration an objection or acceptance answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub towards: Option<Participant>,
    /// The provisions that it concerns, in the treaty's numbering.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<String>,
    /// For whom it was made, where that was not for its author: territories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_behalf_of: Vec<Participant>,
    /// When it was withdrawn (Art. 22).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Date>,
    /// Where it is recorded, when that is not the source of the whole treaty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Notes of the source, or its text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Set when no source that was read confirms it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

impl Statement {
    /// A statement on a date.
    #[must_use]
    pub const fn new(author: Participant, kind: StatementKind, date: Date) -> Self {
        Self {
            id: None,
            author,
            kind,
            date,
            towards: None,
            provisions: Vec::new(),
            on_behalf_of: Vec::new(),
            withdrawn: None,
            source: None,
            notes: Vec::new(),
            unverified: false,
        }
    }
}

/// What a [`Statement`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StatementKind {
    /// Excludes or modifies the effect of a provision, whatever it is called (Art. 2(1)(d)).
    Reservation,
    /// A declaration without that effect.
    Declaration,
    /// Acceptance of a reservation.
    Acceptance,
    /// Objection to a reservation that leaves the treaty in force between the two (Art. 20(4)(b)).
    Objection,
    /// Objection that keeps the treaty from entering into force between the two.
    ObjectionToRelations,
}

/// Why a word is not a [`StatementKind`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a statement: expected `reservation`, `declaration`, `acceptance`, `objection` or `objection-to-relations`"
)]
pub struct StatementKindError {
    /// The word that was refused.
    pub found: String,
}

impl StatementKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Reservation,
        Self::Declaration,
        Self::Acceptance,
        Self::Objection,
        Self::ObjectionToRelations,
    ];

    /// The word used in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reservation => "reservation",
            Self::Declaration => "declaration",
            Self::Acceptance => "acceptance",
            Self::Objection => "objection",
            Self::ObjectionToRelations => "objection-to-relations",
        }
    }
}

impl fmt::Display for StatementKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for StatementKind {
    type Err = StatementKindError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| StatementKindError {
            found: text.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_differ_by_case() {
        for (mark, kind) in [
            ("a", ActionKind::Accession),
            ("A", ActionKind::Acceptance),
            ("AA", ActionKind::Approval),
            ("d", ActionKind::Succession),
            ("s", ActionKind::DefinitiveSignature),
            ("c", ActionKind::FormalConfirmation),
            ("n", ActionKind::Notification),
            ("P", ActionKind::ProvisionalApplication),
            ("PA", ActionKind::ProvisionalApplication),
        ] {
            assert_eq!(ActionKind::from_mark(mark), Some(kind), "{mark}");
        }
        for mark in ["aa", "D", "S", "C", "N", "p", ""] {
            assert_eq!(ActionKind::from_mark(mark), None, "{mark}");
        }
    }

    #[test]
    fn words_round_trip_and_agree_with_serde() {
        for kind in ActionKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            let json = serde_json::to_string(&kind).unwrap();
            assert_eq!(json, format!("\"{kind}\""));
        }
        for kind in StatementKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            let json = serde_json::to_string(&kind).unwrap();
            assert_eq!(json, format!("\"{kind}\""));
        }
        assert!("objecton".parse::<StatementKind>().is_err());
    }

    #[test]
    fn provisional_application_is_not_consent() {
        assert!(!ActionKind::ProvisionalApplication.is_consent());
        assert!(!ActionKind::Signature.is_consent());
        assert!(ActionKind::DefinitiveSignature.is_consent());
    }

    /// Vienna Convention on the Law of Treaties, Art. 11: signature, exchange of instruments, ratification,
    /// acceptance, approval, accession "or any other means if so agreed".
    #[test]
    fn definitive_signature_alone_both_signs_and_binds() {
        let consents = ActionKind::ALL.into_iter().filter(|kind| kind.is_consent());
        let signatures = ActionKind::ALL
            .into_iter()
            .filter(|kind| kind.is_signature());
        assert_eq!(
            (consents.clone().count(), signatures.clone().count()),
            (10, 4)
        );
        let both: Vec<_> = consents.filter(|kind| kind.is_signature()).collect();
        assert_eq!(both, [ActionKind::DefinitiveSignature]);
        for signature in signatures {
            assert!(signature.as_str().contains("signature"), "{signature}");
        }
    }
}
