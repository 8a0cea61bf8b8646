use plenary_bodies::Reference;
use plenary_types::{
    Date, Decision, Field, Invariant, Series, Session, Severity, Subject, Symbol, english,
};

use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "title-names-another",
    summary: "the title or the agenda item names another resolution or session than the symbol",
    severity: Severity::Error,
    why: "The titles of the Security Council's resolutions begin with their number (`Security Council resolution 118 (1956)`), and \
          a title of the Assembly may do the same. Such a beginning names the document itself, so that another number than the symbol's \
          is that of another record: the title or the symbol was mixed up. A number later in the title is a reference \
          (`Implementation of General Assembly resolution 38/72`) and is not looked at, unless the title says that this resolution was \
          adopted. An agenda item carries its agenda, that of an Assembly session (`A/41/251`) or of a year of the Council (`S41`, \
          the forty-first, is 1986); another session than the symbol's is a warning.",
    sources: &[
        "UN Digital Library, voting records of the Security Council, 1946-1989: titles and agenda of 646 resolutions",
        "UN Digital Library, voting records of the General Assembly, 1946-1989: agenda items of 2,736 resolutions",
        "UN Editorial Manual, system of identification",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["S/RES/118(1956)"], "title": "Security Council resolution 120 (1956) [on Suez]",
  "acts": [{"act": "decision", "body": "unsc", "date": "1956-10-13", "announced": {"yes": 11, "members": 11}}]}"#,
        mended: r#"{"symbols": ["S/RES/118(1956)"], "title": "Security Council resolution 118 (1956) [on Suez]",
  "acts": [{"act": "decision", "body": "unsc", "date": "1956-10-13", "announced": {"yes": 11, "members": 11}}]}"#,
    },
    waive: "Waive it for a dataset whose titles are those of the documents that a resolution is about.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let resolution = |symbol: &&Symbol| symbol.series() == Series::Resolution;
    let Some(symbol) = cx.symbol().filter(resolution) else {
        return;
    };
    if is_of_agreement(cx, symbol) {
        title(cx, symbol, out);
    }
    agenda(cx.decision, cx.act, symbol, out);
}

/// Whether the title of the agreement is that of this decision: it has no other symbol.
fn is_of_agreement(cx: &DecisionCx<'_>, symbol: &Symbol) -> bool {
    let first = cx.agreement.symbols.first();
    first.and_then(|first| first.symbol()) == Some(symbol)
}

fn title(cx: &DecisionCx<'_>, symbol: &Symbol, out: &mut Findings<'_>) {
    let title = cx.agreement.title.trim();
    let adopted = about_adopted(title);
    let named = named(cx.reference, title, adopted, symbol);
    if let Some(named) = named.filter(|named| !is_same(named, symbol)) {
        out.report(
            None,
            Field::Title,
            "the title names another resolution than the symbol",
        )
        .expected(symbol.normal())
        .found(named.normal())
        .help("compare the title and the symbol with the document")
        .subjects([symbol, &named].map(|symbol| Subject::Record(symbol.normal().to_owned())));
        return;
    }
    let session = adopted.and_then(|(_, after)| session_as_adopted(after));
    let of = (session, symbol.session());
    if let (Some(named), Some(printed)) = of
        && named != printed
    {
        out.report(
            None,
            Field::Title,
            "the title names another session than the symbol",
        )
        .expected(printed)
        .found(named)
        .help("compare the title and the symbol with the document")
        .subjects([printed, named]);
    }
}

/// The resolution that a title names as the one it is of.
fn named(
    reference: &Reference,
    title: &str,
    adopted: Option<(&str, &str)>,
    symbol: &Symbol,
) -> Option<Symbol> {
    let first = named_first(reference, title, symbol).filter(|named| {
        // What goes on behind the number may be about that resolution: then only one of the same session or year was mixed up.
        is_beside(named, symbol) || stands_alone(title)
    });
    first
        .or_else(|| named_as_adopted(adopted?.0, symbol))
        .or_else(|| named_last(title, symbol).filter(|named| is_beside(named, symbol)))
}

/// Whether a resolution is of the same body, and of the same session or year.
fn is_beside(named: &Symbol, symbol: &Symbol) -> bool {
    named.body() == symbol.body()
        && named.session() == symbol.session()
        && named.year() == symbol.year()
}

/// Whether the number at the beginning of a title is the whole title, or stands before words in brackets or below a full stop, as
/// titles of resolutions and their printed headings are.
fn stands_alone(title: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '(' | ')' | '-' | ' ');
    let rest = match title.find(|c: char| c.is_ascii_digit()) {
        Some(at) => title.get(at..).invariant("a digit was found there"),
        None => return false,
    };
    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    let is_number = !number
        .split_whitespace()
        .any(|word| word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic()));
    is_number && (after.is_empty() || after.starts_with(['[', '.']))
}

/// Whether two symbols are those of one resolution; a title may leave out the part of a composite one.
fn is_same(named: &Symbol, symbol: &Symbol) -> bool {
    let alike = |symbol: &Symbol| {
        (
            symbol.body(),
            symbol.number(),
            symbol.session(),
            symbol.year(),
        )
    };
    let parts = (named.part(), symbol.part());
    let whole = parts.0.is_none() || parts.1.is_none() || parts.0 == parts.1;
    alike(named) == alike(symbol) && whole
}

/// The resolution with which a text begins: `Security Council resolution 118 (1956)`, `Resolution 38/72`, `A/RES/38/72`, and `38/72. Title`,
/// the heading under which it is printed.
fn named_first(reference: &Reference, text: &str, symbol: &Symbol) -> Option<Symbol> {
    let word = text.split_whitespace().next()?;
    if word.contains("/RES/")
        && let Some(named) = symbol_first(text)
    {
        return Some(named);
    }
    if word.ends_with('.') && word.contains('/') {
        return numbered(word, stem_of(symbol)?);
    }
    // `2106 (XX). International Convention`
    if word.bytes().all(|b| b.is_ascii_digit()) && text.contains("). ") {
        let (heading, _) = text.split_once(". ")?;
        return numbered(heading, stem_of(symbol)?);
    }
    let text = without_prefix(text, "the ").unwrap_or(text);
    let text = ["united nations ", "un "]
        .iter()
        .find_map(|organization| without_prefix(text, organization))
        .unwrap_or(text);
    let of_body = reference.bodies().iter().find_map(|body| {
        let stem = Symbol::resolution_stem(body.id())?;
        let mut names = body.names().iter();
        let rest = names.find_map(|known| without_prefix(text, &known.name))?;
        Some((rest.trim_start(), stem))
    });
    let (rest, stem) = of_body.or_else(|| Some((text, stem_of(symbol)?)))?;
    let rest = WORDS.iter().find_map(|word| without_prefix(rest, word))?;
    let rest = rest.trim_start();
    let rest = NUMBER
        .iter()
        .find_map(|word| without_prefix(rest, word))
        .unwrap_or(rest)
        .trim_start();
    symbol_first(rest)
        .filter(|_| rest.contains("/RES/"))
        .or_else(|| numbered(rest, stem))
        .or_else(|| of_number(rest, symbol).filter(|_| stem_of(symbol) == Some(stem)))
}

/// What stands before the number of a resolution, in the languages of the titles.
const WORDS: [&str; 4] = ["resolution ", "res. ", "résolution ", "resolución "];

/// What stands between the word and the number.
const NUMBER: [&str; 3] = ["no.", "no ", "n° "];

/// The resolution of the Council with that number, whose year is left out or stands behind `of`: `570`, `570 of 1985`.
fn of_number(text: &str, symbol: &Symbol) -> Option<Symbol> {
    let mut words = text.split_whitespace();
    let number = words.next()?.trim_end_matches(AFTER);
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let year = match (words.next(), words.next()) {
        (Some("of"), Some(year)) => year.trim_end_matches(AFTER).parse().ok(),
        _ => symbol.year(),
    };
    let named = format!("S/RES/{number}({})", year?);
    is_number.then(|| named.parse().ok())?
}

/// The resolution that the last part of a title is: `Tests : A/RES/38/72`, `Tests : resolution 38/72`.
fn named_last(title: &str, symbol: &Symbol) -> Option<Symbol> {
    let (_, last) = title.rsplit_once(" : ")?;
    let last = last.trim();
    let number = without_prefix(last, "resolution ").unwrap_or(last).trim();
    let named = match number.contains("/RES/") {
        true => symbol_first(number)?,
        false if number.len() < last.len() => numbered(number, stem_of(symbol)?)?,
        false => return None,
    };
    // Nothing but the symbol stands there.
    (number.len() <= named.as_str().len()).then_some(named)
}

/// The resolution that a title says was adopted: `… : resolution 38/72 / adopted by the General Assembly`.
fn named_as_adopted(before: &str, symbol: &Symbol) -> Option<Symbol> {
    let at = before.to_ascii_lowercase().rfind("resolution ")?;
    let number = before.get(at + "resolution ".len()..)?.trim();
    let named = numbered(number, stem_of(symbol)?)?;
    // Nothing but the number stands between the word and the slash.
    (number.len() <= named.as_str().len()).then_some(named)
}

/// The session at which a title says the resolution was adopted: `… adopted by the General Assembly at its 41st session`.
fn session_as_adopted(after: &str) -> Option<Session> {
    let lower = after.to_ascii_lowercase();
    let rest = lower.split_once("at its ")?.1;
    let (ordinal, _) = rest.split_once(" session")?;
    ordinal_number(ordinal).map(Session::Regular)
}

/// What stands before and after the words that say who adopted it.
fn about_adopted(title: &str) -> Option<(&str, &str)> {
    const PHRASE: &str = "adopted by";
    let mut windows = title.as_bytes().windows(PHRASE.len());
    let at = windows.position(|words| words.eq_ignore_ascii_case(PHRASE.as_bytes()))?;
    // Elsewhere the words are about another text: `resolutions adopted by the General Assembly at its 44th session`.
    let before = title.get(..at)?.trim_end().strip_suffix('/')?.trim_end();
    Some((before, title.get(at + PHRASE.len()..)?))
}

/// `41st`, `forty-first`.
fn ordinal_number(text: &str) -> Option<u16> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if let Ok(number) = digits.parse() {
        return Some(number);
    }
    english::ordinal(text)
}

/// A text without words at its beginning, in whatever capitals.
fn without_prefix<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let start = text.get(..words.len())?;
    start
        .eq_ignore_ascii_case(words)
        .then(|| text.get(words.len()..))?
}

/// What the symbols of the same body's resolutions begin with.
fn stem_of(symbol: &Symbol) -> Option<&'static str> {
    Symbol::resolution_stem(&symbol.body()?)
}

/// Characters that end a number in running text.
const AFTER: [char; 6] = [',', '.', ';', ':', ']', '['];

/// The symbol of the number with which a text begins: `118 (1956)`, `217 A (III)`, `38/72`, `39/28 B`, `ES-10/19`.
fn numbered(text: &str, stem: &str) -> Option<Symbol> {
    let word = text.split_whitespace().next()?.trim_end_matches(AFTER);
    if word.contains('/') && !word.contains('(') {
        let part = text.split_whitespace().nth(1).unwrap_or_default();
        let part = part.trim_end_matches(AFTER);
        let with_part = || {
            let letter = part.len() == 1 && part.bytes().all(|b| b.is_ascii_uppercase());
            letter.then(|| format!("{stem}{word}{part}").parse().ok())?
        };
        return with_part().or_else(|| format!("{stem}{word}").parse().ok());
    }
    let head = head(text)?;
    format!("{stem}{head}").parse().ok()
}

/// The number and what stands in brackets behind it, without blanks; a letter between them is moved behind.
fn head(text: &str) -> Option<String> {
    const LONGEST: usize = 24;
    let close = text.find(')').filter(|at| *at <= LONGEST)?;
    let (number, bracket) = text.get(..close)?.split_once('(')?;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    let part = number.get(digits.len()..)?.trim();
    let letters = part.len() <= 2 && part.bytes().all(|b| b.is_ascii_uppercase());
    if digits.is_empty() || !letters {
        return None;
    }
    let part = match part {
        "" => String::new(),
        part => format!("[{part}]"),
    };
    Some(format!("{digits}({}){part}", bracket.trim()))
}

/// The symbol of a resolution with which a text begins, written in one word or with a blank before the bracket.
fn symbol_first(text: &str) -> Option<Symbol> {
    let of_resolution = |symbol: &Symbol| symbol.series() == Series::Resolution;
    let word = text.split_whitespace().next()?.trim_end_matches(AFTER);
    if let Ok(symbol) = word.parse::<Symbol>() {
        return Some(symbol).filter(of_resolution);
    }
    let (organ, rest) = text.split_once("/RES/")?;
    let stem = format!("{organ}/RES/");
    let plain = organ.len() <= 5 && !organ.contains(char::is_whitespace);
    plain.then(|| numbered(rest, &stem))?.filter(of_resolution)
}

fn agenda(decision: &Decision, act: usize, symbol: &Symbol, out: &mut Findings<'_>) {
    let Some(text) = &decision.agenda else { return };
    for item in text.split([';', '\n', '|']) {
        let Some(first) = item.split_whitespace().next() else {
            continue;
        };
        let named = match symbol.year() {
            Some(year) => of_council(first)
                .filter(|named| *named != year)
                .map(|named| {
                    let years = [year, named].map(|year| Date::year(i32::from(year)));
                    let years = years.into_iter().flatten().map(Subject::from);
                    let found = format!("{first}, the agenda of {named}");
                    (year.to_string(), found, years.collect::<Vec<_>>())
                }),
            None => of_assembly(first, symbol).map(|(printed, named)| {
                (
                    format!("session {printed}"),
                    format!("{first}, the agenda of session {named}"),
                    vec![printed.into(), named.into()],
                )
            }),
        };
        if let Some((expected, found, subjects)) = named {
            out.report(
                Some(act),
                Field::Whole,
                "the agenda item is of another session than the symbol",
            )
            .severity(Severity::Warning)
            .expected(expected)
            .found(found)
            .help("compare the agenda item and the symbol with the document")
            .subjects(subjects);
        }
    }
}

/// The year before the first of the Council's agendas: `S1` is that of 1946.
const BEFORE_COUNCIL: u16 = 1945;

/// The year of an agenda of the Council: `S15` and `S/15` are that of 1960.
fn of_council(word: &str) -> Option<u16> {
    let number = word.strip_prefix('S')?;
    let number = number.strip_prefix('/').unwrap_or(number);
    let short = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let number: u16 = number.parse().ok().filter(|_| short)?;
    Some(BEFORE_COUNCIL + number).filter(|_| number > 0)
}

/// The session of the symbol and that of an agenda of the Assembly, where they differ.
fn of_assembly(word: &str, symbol: &Symbol) -> Option<(Session, Session)> {
    let document: Symbol = word.contains('/').then(|| word.parse().ok())??;
    let of_assembly = document.series() == Series::Document && document.body() == symbol.body();
    let pair = (symbol.session()?, document.session()?);
    (of_assembly && pair.0 != pair.1).then_some(pair)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_title_names_its_resolution_at_its_beginning_or_as_adopted() {
        for (title, symbol, named) in [
            (
                "Security Council resolution 570 (1985) [on it]",
                "S/RES/568(1985)",
                Some("S/RES/570(1985)"),
            ),
            (
                "security council resolution 570(1985)",
                "S/RES/568(1985)",
                Some("S/RES/570(1985)"),
            ),
            (
                "Resolution 570 (1985)",
                "S/RES/568(1985)",
                Some("S/RES/570(1985)"),
            ),
            (
                "General Assembly resolution 38/72: on tests",
                "A/RES/38/71",
                Some("A/RES/38/72"),
            ),
            ("Resolution 3379 (XXX): revocation", "A/RES/46/87", None),
            (
                "General Assembly resolution 1514 (XV) of 14 December 1960 : thirtieth anniversary",
                "A/RES/45/30",
                None,
            ),
            (
                "Security Council resolution 660 (1990) : consequences",
                "A/RES/45/30",
                None,
            ),
            (
                "Security Council resolution 598 (1987) : implementation",
                "S/RES/619(1988)",
                None,
            ),
            (
                "Human Rights Council resolution 16/18 : tenth anniversary",
                "A/RES/76/1",
                None,
            ),
            ("Tests : resolution 44/119", "A/RES/45/119", None),
            (
                "Consequences of resolution 44/50 adopted by the General Assembly",
                "A/RES/45/50",
                None,
            ),
            (
                "2106 (XX). International Convention",
                "A/RES/2105(XX)",
                Some("A/RES/2106(XX)"),
            ),
            ("45/41. Tests", "A/RES/46/41", Some("A/RES/45/41")),
            (
                "General Assembly resolution 39/28 B",
                "A/RES/39/28A",
                Some("A/RES/39/28B"),
            ),
            (
                "Resolution 217 A (III)",
                "A/RES/218(III)",
                Some("A/RES/217(III)[A]"),
            ),
            ("A/RES/38/72 on tests", "A/RES/38/71", Some("A/RES/38/72")),
            (
                "S/RES/570 (1985) on it",
                "S/RES/568(1985)",
                Some("S/RES/570(1985)"),
            ),
            (
                "Tests : resolution 38/72 / adopted by the General Assembly",
                "A/RES/38/71",
                Some("A/RES/38/72"),
            ),
            (
                "Implementation of General Assembly resolution 38/72 on tests : resolution / adopted by the General Assembly",
                "A/RES/39/60",
                None,
            ),
            (
                "Implementation of resolution 38/72 / adopted by others",
                "A/RES/39/60",
                Some("A/RES/38/72"),
            ),
            ("Resolution of disputes", "A/RES/39/60", None),
            ("59/130. Tests", "A/RES/59/129", Some("A/RES/59/130")),
            (
                "Resolution A/RES/59/130",
                "A/RES/59/129",
                Some("A/RES/59/130"),
            ),
            ("Tests : A/RES/59/130", "A/RES/59/129", Some("A/RES/59/130")),
            (
                "Tests : resolution 59/130",
                "A/RES/59/129",
                Some("A/RES/59/130"),
            ),
            ("Tests : follow-up to resolution 59/130", "A/RES/60/1", None),
            ("Tests : resolution 59/130 revisited", "A/RES/60/1", None),
            (
                "UN Security Council resolution 570 (1985)",
                "S/RES/568(1985)",
                Some("S/RES/570(1985)"),
            ),
            (
                "Security Council res. 570 (1985)",
                "S/RES/568(1985)",
                Some("S/RES/570(1985)"),
            ),
            (
                "Security Council resolution 570",
                "S/RES/568(1985)",
                Some("S/RES/570(1985)"),
            ),
            (
                "Security Council Resolution No. 570 of 1985",
                "S/RES/568(1985)",
                Some("S/RES/570(1985)"),
            ),
            (
                "Résolution 570 (1985) du Conseil de sécurité",
                "S/RES/568(1985)",
                Some("S/RES/570(1985)"),
            ),
            ("Resolution 3 times removed", "A/RES/39/60", None),
            ("19 (a). Tests", "A/RES/39/60", None),
            ("", "A/RES/39/60", None),
            ("é", "A/RES/39/60", None),
        ] {
            let symbol: Symbol = symbol.parse().unwrap();
            let found = super::named(Reference::embedded(), title, about_adopted(title), &symbol);
            assert_eq!(found, named.map(|n| n.parse().unwrap()), "{title}");
        }
    }

    #[test]
    fn a_session_is_named_by_its_number_or_in_words() {
        for (text, number) in [
            ("41st", Some(41)),
            ("forty-first", Some(41)),
            ("first", Some(1)),
            ("twentieth", Some(20)),
            ("eighty-first", Some(81)),
            ("nineteenth", Some(19)),
            ("resumed", None),
            ("", None),
        ] {
            assert_eq!(ordinal_number(text), number, "{text}");
        }
        let title =
            "Peace : resolution / adopted by the General Assembly at its forty-second session";
        let (_, after) = about_adopted(title).unwrap();
        assert_eq!(session_as_adopted(after), Some(Session::Regular(42)));
        for title in [
            "Declaration on the Genome, adopted by the General Conference at its twenty-ninth session",
            "Implementation of the resolutions adopted by the General Assembly at its 44th session",
        ] {
            assert_eq!(about_adopted(title), None, "{title}");
        }
    }

    #[test]
    fn agendas_of_the_council_are_numbered_by_years() {
        for (word, year) in [
            ("S15", Some(1960)),
            ("S/41", Some(1986)),
            ("S/2012/3", None),
            ("S0", None),
            ("Security", None),
        ] {
            assert_eq!(of_council(word), year, "{word}");
        }
    }
}
