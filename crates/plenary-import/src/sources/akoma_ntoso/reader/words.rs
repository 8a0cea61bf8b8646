//! The words of ontologies for choices and outcomes. Every parliament has its own: those that are known are in English, French, German,
//! Italian, Portuguese and Spanish.

use plenary_types::{Choice, Outcome};

/// What a count or a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Choice(Choice),
    /// That nothing was counted.
    Nothing,
}

/// Words without spaces, accents and capitals.
const CHOICES: &[(&[&str], Counted)] = &[
    (
        &[
            "for",
            "favour",
            "favor",
            "infavour",
            "infavor",
            "votesfor",
            "aye",
            "ayes",
            "yea",
            "yeas",
            "yes",
            "pour",
            "ja",
            "si",
            "afavor",
            "votosafavor",
            "favorevoli",
            "favorevole",
            "favoraveis",
            "sim",
            "dafur",
        ],
        Counted::Choice(Choice::Yes),
    ),
    (
        &[
            "against",
            "votesagainst",
            "no",
            "noes",
            "nay",
            "nays",
            "contre",
            "nein",
            "encontra",
            "votosencontra",
            "contrari",
            "contrario",
            "contra",
            "nao",
            "dagegen",
        ],
        Counted::Choice(Choice::No),
    ),
    (
        &[
            "abstain",
            "abstained",
            "abstaining",
            "abstention",
            "abstentions",
            "enthaltung",
            "enthaltungen",
            "seabstiene",
            "abstencion",
            "abstenciones",
            "astenuti",
            "astenuto",
            "abstencao",
            "abstencoes",
        ],
        Counted::Choice(Choice::Abstain),
    ),
    (
        &[
            "absent",
            "notvoting",
            "didnotvote",
            "ausente",
            "ausentes",
            "assenti",
            "abwesend",
            "novota",
        ],
        Counted::Choice(Choice::NonVoting),
    ),
    (
        &[
            "sinconteo",
            "nocount",
            "notcounted",
            "withoutcount",
            "uncounted",
        ],
        Counted::Nothing,
    ),
];

/// Beginnings of words; a word that denies comes first.
const OUTCOMES: &[(&[&str], Outcome)] = &[
    (
        &[
            "notadopted",
            "notagreed",
            "notapproved",
            "notcarried",
            "notpassed",
            "noaprobad",
            "reject",
            "rechaz",
            "rejet",
            "rejeit",
            "respint",
            "negativ",
            "defeat",
            "lost",
            "failed",
            "abgelehnt",
        ],
        Outcome::Rejected,
    ),
    (
        &["withdraw", "retirad", "retire", "ritirat", "zuruckgezogen"],
        Outcome::Withdrawn,
    ),
    (&["lapse", "caduc", "decadut"], Outcome::Lapsed),
    (
        &[
            "defer", "postpone", "adjourn", "aplazad", "ajourn", "rinviat",
        ],
        Outcome::Deferred,
    ),
    (
        &[
            "adopt",
            "approv",
            "agree",
            "carried",
            "pass",
            "accept",
            "aprob",
            "aprov",
            "accord",
            "acordad",
            "angenommen",
            "approuv",
        ],
        Outcome::Adopted,
    ),
];

/// A word without spaces, accents, marks and capitals: `Sí`, `a favor`.
fn plain(word: &str) -> String {
    let letters = word
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric());
    letters
        .map(|letter| match letter {
            'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
            'é' | 'è' | 'ê' => 'e',
            'í' | 'ì' => 'i',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
            'ú' | 'ù' | 'ü' => 'u',
            'ç' => 'c',
            other => other,
        })
        .collect()
}

/// What a count is of, by the first of some words that says so.
pub(super) fn counted(words: &[&str]) -> Option<Counted> {
    words.iter().find_map(|word| {
        let word = plain(word);
        let known = CHOICES.iter().find(|(words, _)| words.contains(&&*word));
        known.map(|(_, counted)| *counted)
    })
}

/// What came of a voting, by the first of some words that says so.
pub(super) fn outcome(words: &[&str]) -> Option<Outcome> {
    words.iter().find_map(|word| {
        let word = plain(word);
        let begins = |beginnings: &[&str]| {
            beginnings
                .iter()
                .any(|beginning| word.starts_with(beginning))
        };
        let known = OUTCOMES.iter().find(|(beginnings, _)| begins(beginnings));
        known.map(|(_, outcome)| *outcome)
    })
}

/// Whether words say that nobody was against.
pub(super) fn is_unanimous(words: &[&str]) -> bool {
    words.iter().any(|word| {
        let word = plain(word);
        word.contains("unanim") || word.contains("consensus") || word.contains("einstimmig")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_several_languages_are_choices() {
        for (word, read) in [
            ("Ayes", Some(Counted::Choice(Choice::Yes))),
            ("Votos a favor", Some(Counted::Choice(Choice::Yes))),
            ("enContra", Some(Counted::Choice(Choice::No))),
            ("Abstención", Some(Counted::Choice(Choice::Abstain))),
            ("SinConteo", Some(Counted::Nothing)),
            ("formal", None),
            ("", None),
        ] {
            assert_eq!(counted(&[word]), read, "{word}");
        }
        assert_eq!(
            counted(&["total", "noes"]),
            Some(Counted::Choice(Choice::No))
        );
    }

    #[test]
    fn outcomes_are_known_by_how_they_begin_and_a_denial_is_none() {
        for (word, read) in [
            ("Aprobado unánimemente", Some(Outcome::Adopted)),
            ("not adopted", Some(Outcome::Rejected)),
            ("Rechazado", Some(Outcome::Rejected)),
            ("withdrawn", Some(Outcome::Withdrawn)),
            ("unclear", None),
        ] {
            assert_eq!(outcome(&[word]), read, "{word}");
        }
        assert!(is_unanimous(&["aprobacionUnanime"]) && !is_unanimous(&["aprobado"]));
    }
}
