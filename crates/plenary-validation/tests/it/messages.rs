//! What findings say, and how sure they are of it.

use std::sync::Arc;

use plenary_testing::missing_subjects;
use plenary_types::{Agreement, Finding, NoOrigin, Origin, Participant, Severity};
use plenary_validation::{Catalogue, DatasetChecker, Validator, patterns};

/// A finding in a line, as a reader needs it: how sure, where, what, and both sides. Whom and what it names are its subjects.
fn line(finding: &Finding) -> String {
    assert_eq!(missing_subjects(finding), [], "{finding:#?}");
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (field, found) = (text(&finding.place.field), text(&finding.found));
    let (severity, message) = (finding.severity, &finding.message);
    let expected = text(&finding.expected);
    format!("=> {severity} {field}: {message} | {expected} | {found}")
}

/// Holds what a check says against a table: a line for each case, and below it one with an arrow for each finding.
fn hold(check: &str, table: &str, found: impl Fn(&str) -> Vec<String>) {
    let mut lines = table.trim().lines().map(str::trim).peekable();
    while let Some(case) = lines.next() {
        let expected = std::iter::from_fn(|| lines.next_if(|line| line.starts_with("=>")));
        let expected = expected.collect::<Vec<_>>();
        assert_eq!(found(case), expected, "{check}: {case}");
    }
}

/// The findings of a check in lines.
fn lines(check: &str, found: &[Finding]) -> Vec<String> {
    let of_check = found.iter().filter(|finding| finding.check == check);
    of_check.map(line).collect()
}

/// Holds what a check says about documents against a table.
fn say(check: &str, document: impl Fn(&str) -> String, table: &str) {
    hold(check, table, |case| {
        let agreement: Agreement = serde_json::from_str(&document(case)).unwrap();
        lines(check, &Validator::default().check(&agreement, &NoOrigin))
    });
}

/// A treaty with acts such as `PER ratification 1960-05-03`, one after the other, perhaps each with the date of its effect
/// behind its own, and perhaps a date of entry into force and the clause that it rests on.
fn treaty(text: &str) -> String {
    let mut parts = text.split(" | ");
    let acts = parts.next().unwrap_or_default().split(", ").map(|act| {
        let words: Vec<_> = act.split(' ').collect();
        let [who, kind, date, effective @ ..] = &words[..] else {
            panic!("{act}");
        };
        let mut act =
            serde_json::json!({"act": "action", "participant": who, "kind": kind, "date": date});
        if let [effective] = effective {
            act["effective"] = (*effective).into();
        }
        act
    });
    let acts: Vec<_> = acts.collect();
    let mut treaty = serde_json::json!({"kind": "treaty", "title": "A convention", "acts": acts});
    for (field, value) in parts.filter_map(|part| part.split_once(": ")) {
        treaty[field] = value.into();
    }
    treaty.to_string()
}

/// A decision with these fields, under a symbol where the text begins with one.
fn decision(text: &str) -> String {
    let (symbol, fields) = match text.split_once(": ") {
        Some((symbol, fields)) if !symbol.contains('"') => (symbol, fields),
        _ => ("A question", text),
    };
    format!(r#"{{"symbols": ["{symbol}"], "acts": [{{"act": "decision", {fields}}}]}}"#)
}

/// The members of the Assembly on a day.
fn members(day: &str) -> &'static [Participant] {
    let assembly = plenary_bodies::Reference::embedded().body("unga").unwrap();
    assembly.members_on(day.parse().unwrap()).unwrap()
}

/// A vote of the Assembly on a day, its list without some members and with other states: `2018-12-19 -PER +VAT`.
fn assembly(text: &str) -> String {
    let mut words = text.split(' ');
    let day = words.next().unwrap_or_default();
    let members = members(day).iter();
    let mut list: Vec<_> = members.map(ToString::to_string).collect();
    for word in words {
        let (sign, code) = word.split_at(1);
        match sign {
            "+" => list.push(code.to_owned()),
            _ => list.retain(|member| member != code),
        }
    }
    decision(&format!(
        r#""body": "unga", "date": "{day}", "ballots": {{"yes": {list:?}}}"#
    ))
}

#[test]
fn a_consent_takes_effect_neither_before_it_is_given_nor_before_the_treaty_is_in_force() {
    let table = "
        PER ratification 2001-05-03 1999-05-03
            => error acts[0].date: a consent takes effect before it is given | PER: effect of the ratification not before 2001-05-03 | effect on 1999-05-03
        PER accession 2001-05-03 2001-05
        PER accession 2001-05-03 2001-05-02
            => error acts[0].date: a consent takes effect before it is given | PER: effect of the accession not before 2001-05-03 | effect on 2001-05-02
        PER accession 2001-05-03 2001-06-02 | in-force-since: 2002-01-01
            => warning acts[0].date: a consent takes effect before the treaty is in force | PER: effect not before the entry into force on 2002-01-01 | effect on 2001-06-02
        PER accession 2001-05-03 2002-01-01 | in-force-since: 2002-01-01
        CZE succession 1993-02-22 1993-01-01 | in-force-since: 2002-01-01
        PER provisional-application 2001-05-03 2000-01-01
        PER ratification 2001-06-01 2001-07-01, ECU ratification 2001-09-10 | in-force-when: 2 instruments; 60 days
            => warning acts[0].date: a consent takes effect before the treaty is in force | PER: effect not before the entry into force on 2001-11-09 | effect on 2001-07-01
        PER ratification 2001-06-01 2001-11-09, ECU ratification 2001-09-10 | in-force-when: 2 instruments; 60 days
        PER ratification 2001-06-01 2001-07-01, ECU ratification 2001 | in-force-when: 2 instruments; 60 days
            => warning acts[0].date: a consent takes effect before the treaty is in force | PER: effect not before the entry into force on 2001-07-31 | effect on 2001-07-01
        PER ratification 2001-06-01 2001-07-01, ECU ratification 2001-09-10 | in-force-when: 3 instruments; 60 days
        PER ratification 1970-06-01 1970-07-01, ECU ratification 1970-09-10 | in-force-when: 2 instruments; 60 days
    ";
    say("effect-before-act", treaty, table);
}

#[test]
fn territories_act_where_the_treaty_lets_them() {
    let table = "
        BLZ signature 1973-10-18
            => note acts[0].date: a participant acts in the years before its independence | Belize: since 1981-09-21 | signature on 1973-10-18
        BLZ signature 1973-10-18 | title: Agreement establishing the Caribbean Development Bank. Kingston, 18 October 1969
        SVK signature 1973-10-18 | title: Agreement establishing the Caribbean Development Bank
            => warning acts[0].date: a participant acts when it did not exist | Slovakia: since 1993-01-01 | signature on 1973-10-18
    ";
    say("act-before-existence", treaty, table);
}

#[test]
fn acts_that_do_not_lead_to_the_official_date_are_noted_and_another_stated_date_is_a_warning() {
    let genocide = |text: &str| {
        let mut document: serde_json::Value = serde_json::from_str(&treaty(text)).unwrap();
        document["symbols"] = serde_json::json!(["4-1"]);
        document.to_string()
    };
    let table = "
        NOR ratification 1949-07-22
            => note in-force-since: the acts on record do not lead to the official date of entry into force | 1951-01-12 | no entry into force
        NOR ratification 1949-07-22, PER ratification 1960-02-24
            => note in-force-since: the acts on record do not lead to the official date of entry into force | 1951-01-12 | no entry into force
    ";
    say("entry-into-force-mismatch", genocide, table);
    let two = "NOR ratification 1949-07-22 | in-force-when: 1 instrument";
    // The record's own clause is another, which is the reason that the finding names.
    let own = " => note in-force-since: the acts on record do not lead to the official date of entry into force | 1951-01-12 | 1949-07-22";
    say(
        "entry-into-force-mismatch",
        genocide,
        &format!("{two}\n{own}"),
    );
    let stated = format!("{two} | in-force-since: 1949-07-22");
    let other = " => warning in-force-since: the stated date of entry into force is not the official one | 1951-01-12 | 1949-07-22";
    say(
        "entry-into-force-mismatch",
        genocide,
        &format!("{stated}\n{other}"),
    );
}

#[test]
fn an_act_of_who_did_not_exist_is_noted_where_the_depositary_has_such_acts() {
    let table = "
        VNM ratification 1957-05-14
            => note acts[0].date: the act stands under the name of a state that came later | Viet Nam: since 1976-07-02 | ratification on 1957-05-14
        SYR signature 1959-01-01
            => note acts[0].date: the act stands under the name of a state that came later | Syrian Arab Republic: until before 1958-02-21, since 1961-09-28 | signature on 1959-01-01
        KEN accession 1953-12-12
            => note acts[0].date: a participant acts in the years before its independence | Kenya: since 1963-12-12 | accession on 1953-12-12
        KEN accession 1953-12-11
            => warning acts[0].date: a participant acts when it did not exist | Kenya: since 1963-12-12 | accession on 1953-12-11
        KEN accession 1963-10-13
        KEN accession 1963-10-12
            => note acts[0].date: a participant acts in the years before its independence | Kenya: since 1963-12-12 | accession on 1963-10-12
        SVK ratification 1992-11-02
        SVK ratification 1992-11-01
            => warning acts[0].date: a participant acts when it did not exist | Slovakia: since 1993-01-01 | ratification on 1992-11-01
        DDR ratification 1990-12-01
        DDR ratification 1990-12-02
            => warning acts[0].date: a participant acts when it did not exist | German Democratic Republic: 1949-10-07 until before 1990-10-03 | ratification on 1990-12-02
        SRB ratification 1999-01-01
        XEU ratification 1940-01-01
    ";
    say("act-before-existence", treaty, table);
}

#[test]
fn an_entry_into_force_is_an_error_only_where_nothing_else_explains_it() {
    let stated = |text: &str| treaty(&format!("{text} | in-force-when: 2 instruments; 30 days"));
    let table = "
        NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-03-02
        NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-04-02
            => error in-force-since: the treaty was in force before the stated date | 2000-03-02: at least 2 instruments; 30 days, met by SWE on 2000-02-01 | 2000-04-02
        NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-03-01
            => warning in-force-since: the acts on record do not bring the treaty into force on the stated date | 2000-03-02: at least 2 instruments; 30 days, met by SWE on 2000-02-01 | 2000-03-01
        NOR ratification 2000-01-01, SWE ratification 2000-02 | in-force-since: 2000-06-01
            => warning in-force-since: the treaty was in force before the stated date | 2000-03-30: at least 2 instruments; 30 days, met by SWE on 2000-02-29 at the latest | 2000-06-01
        NOR ratification 2000-01-01, SWE ratification 2000-02 | in-force-since: 2000-03-31
            => warning in-force-since: the treaty was in force before the stated date | 2000-03-30: at least 2 instruments; 30 days, met by SWE on 2000-02-29 at the latest | 2000-03-31
        NOR ratification 2000-01-01, SWE ratification 2000-02 | in-force-since: 2000-03-30
        NOR ratification 2000-01-01, SWE ratification 2000-02 | in-force-since: 2000-03-02
        NOR ratification 2000-01-01, SWE ratification 2000-02 | in-force-since: 2000-03
        NOR ratification 2000-01-01, SWE ratification 2000-02 | in-force-since: 2000-03-01
            => warning in-force-since: the acts on record do not bring the treaty into force on the stated date | 2000-03-02: at least 2 instruments; 30 days, met by SWE on 2000-02-01 at the earliest | 2000-03-01
        NOR ratification 2000-01, SWE ratification 2000-01-10 | in-force-since: 2000-02-08
            => warning in-force-since: the acts on record do not bring the treaty into force on the stated date | 2000-02-09: at least 2 instruments; 30 days, met by SWE on 2000-01-10 at the earliest | 2000-02-08
        NOR ratification 2000-01-01 | in-force-since: 2000-02-15
            => warning in-force-since: the acts on record do not bring the treaty into force on the stated date | no entry into force: at least 2 instruments; 30 days, not met | 2000-02-15
        NOR ratification 2000-01-01, EUE ratification 2000-01-01 | in-force-since: 2000-02-15
            => warning in-force-since: the acts on record do not bring the treaty into force on the stated date | no entry into force: at least 2 instruments; 30 days, not met | 2000-02-15
        CZE succession 1993-02-22, SWE ratification 1985-02-01, NOR ratification 1990-01-01 | in-force-since: 1985-03-10
        CZE succession 1993-02-22, SWE ratification 1985-02-01, NOR ratification 1990-01-01 | in-force-since: 1985-03-01
            => note in-force-since: the acts on record do not bring the treaty into force on the stated date | 1985-03-03: at least 2 instruments; 30 days, met by SWE on 1985-02-01 | 1985-03-01
        CZE succession 1993-02-22, SWE ratification 1985-02-01, NOR ratification 1990-01-01 | in-force-since: 1990-02-15
            => error in-force-since: the treaty was in force before the stated date | 1990-01-31: at least 2 instruments; 30 days, met by NOR on 1990-01-01 | 1990-02-15
        NOR ratification 1960-01-01, SWE ratification 1960-02-01 | in-force-since: 1960-02-20
            => note in-force-since: the acts on record do not bring the treaty into force on the stated date | 1960-03-02: at least 2 instruments; 30 days, met by SWE on 1960-02-01 | 1960-02-20
    ";
    say("entry-into-force-mismatch", stated, table);
    let table = "
        DNK ratification 1999-01-01, DNK withdrawal 1999-06-01, NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-03-02
        DNK ratification 1999-01-01, DNK withdrawal 1999-06-01, NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-01-31
        DNK ratification 1999-01-01, DNK withdrawal 1999-06-01, NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-04-02
            => warning in-force-since: the treaty was in force before the stated date | 2000-03-02: at least 2 instruments; 30 days, met by SWE on 2000-02-01 at the latest | 2000-04-02
        DNK ratification 1999-01-01, DNK withdrawal 1999-06-01 2000, NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-03-02
        DNK ratification 1999-01-01, DNK withdrawal 1999-06-01 2000-06-01, NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-03-02
            => error in-force-since: the treaty was in force before the stated date | 2000-01-31: at least 2 instruments; 30 days, met by NOR on 2000-01-01 | 2000-03-02
        DNK ratification 1999-01-01, DNK withdrawal 1999-06-01, DNK withdrawal-revoked 1999-08-01, NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-03-02
            => error in-force-since: the treaty was in force before the stated date | 2000-01-31: at least 2 instruments; 30 days, met by NOR on 2000-01-01 | 2000-03-02
        EUE approval 1999-01-01, NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-03-02
        EUR approval 1999-01-01, NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-03-02
        EUR approval 1999-01-01, NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-01-31
        EUR approval 1999-01-01, NOR ratification 2000-01-01, SWE ratification 2000-02-01 | in-force-since: 2000-04-02
            => warning in-force-since: the treaty was in force before the stated date | 2000-03-02: at least 2 instruments; 30 days, met by SWE on 2000-02-01 at the latest | 2000-04-02
        NOR ratification 2000-01-01, SWE ratification 2000-02-01, NOR withdrawal 2010-01-01 | in-force-since: 2000-04-02
            => error in-force-since: the treaty was in force before the stated date | 2000-03-02: at least 2 instruments; 30 days, met by SWE on 2000-02-01 | 2000-04-02
    ";
    say("entry-into-force-mismatch", stated, table);
    let table = "
        NOR ratification 2000-01-01 | in-force-when: some day
            => warning in-force-when: the clause on entry into force cannot be read | a clause such as `60 instruments; first day of the month after 60 days` | some day
    ";
    say("entry-into-force-mismatch", treaty, table);
}

#[test]
fn a_number_of_members_is_held_against_the_day_and_its_month() {
    let table = r#"
        "body": "unga", "date": "2018-12-19", "announced": {"members": 194}
            => error acts[0].announced.members: the number of members exceeds the members of the body at the date | 193 | 194
        "body": "unga", "date": "2018-12-19", "announced": {"members": 192}
            => error acts[0].announced.members: the number of members falls short of the members of the body at the date | 193 | 192
        "body": "unga", "date": "1956-11-12", "announced": {"members": 75}
            => error acts[0].announced.members: the number of members falls short of the members of the body at the date | 76 to 79 | 75
        "body": "unga", "date": "1956-11-12", "announced": {"members": 80}
            => error acts[0].announced.members: the number of members exceeds the members of the body at the date | 76 to 79 | 80
        "body": "unga", "date": "1956-11-20", "announced": {"members": 76}
            => error acts[0].announced.members: the number of members is that of another day of the month | 79 | 76
        "body": "unga", "date": "2018-12-19", "announced": {"yes": 152, "no": 5, "abstain": 12, "non-voting": 25}
            => error acts[0].announced.members: the sum of the announced totals exceeds the members of the body at the date | 193 | 194
        "body": "unga", "date": "2018-12-19", "announced": {"yes": 152, "no": 5, "abstain": 12}
        "body": "unga", "announced": {"members": 194}
            => error acts[0].announced.members: the number of members exceeds the members of the body at the date | at most 193 | 194
        "announced": {"members": 194}
        "body": "icao-council", "announced": {"members": 194}
    "#;
    say("member-count", decision, table);
    let table = "
        2018-12-19
        2018-12-19 -PER
            => warning acts[0].ballots: the number of names falls short of the members of the body at the date | 193 | 192
        2018-12-19 +VAT
            => error acts[0].ballots: the number of names exceeds the members of the body at the date | 193 | 194
    ";
    say("member-count", assembly, table);
}

#[test]
fn members_missing_from_a_list_are_named_while_they_are_few() {
    let table = "
        2018-12-19
        2018-12-19 -PER
            => warning acts[0].ballots: the list lacks Peru | PER on the list of 2018-12-19 | 192 names without it
        2018-12-19 -PER -CHL
            => warning acts[0].ballots: the list lacks Chile and Peru | CHL, PER on the list of 2018-12-19 | 191 names without them
        2018-12-19 -PER -CHL -ALB
            => warning acts[0].ballots: the list lacks Albania, Chile and Peru | ALB, CHL, PER on the list of 2018-12-19 | 190 names without them
        2018-12-19 -PER -CHL -ALB -AND
            => warning acts[0].ballots: the list lacks several members | ALB, AND, CHL, PER on the list of 2018-12-19 | 189 names without them
        2018-12-19 -ALB -AND -ARG -AUT -BEL -BGR -BRA -CAN -CHE -CHL -CHN -COL
            => warning acts[0].ballots: the list lacks several members | ALB, AND, ARG, AUT, BEL, BGR, BRA, CAN, CHE, CHL, CHN, COL on the list of 2018-12-19 | 181 names without them
        2018-12-19 -ALB -AND -ARG -AUT -BEL -BGR -BRA -CAN -CHE -CHL -CHN -COL -CUB -CYP
            => warning acts[0].ballots: the list lacks several members | ALB, AND, ARG, AUT, BEL, BGR, BRA, CAN, CHE, CHL, CHN, COL and 2 more on the list of 2018-12-19 | 179 names without them
        1956-11-12 -SDN
            => warning acts[0].ballots: the list lacks Sudan | SDN on the list of 1956-11-12 | 78 names without it
        1956-11-12 -TUN
    ";
    say("missing-member", assembly, table);
}

#[test]
fn who_is_no_member_is_told_with_its_days() {
    let table = "
        1956-12-10 +JPN
            => warning acts[0].ballots[79]: a state votes before its admission later in that month | a member since 1956-12-18 | JPN on the list of 1956-12-10
        1956-11-30 +JPN
            => error acts[0].ballots[79]: Japan was no member at the date | a member since 1956-12-18 | JPN on the list of 1956-11-30
        1965-06-01 +IDN
            => error acts[0].ballots[114]: Indonesia was no member at the date | a member 1950-09-28 to 1965-01-19 and since 1966-09-28 | IDN on the list of 1965-06-01
        2018-12-19 +VAT
            => error acts[0].ballots[193]: Holy See was no member at the date | never a member of the General Assembly | VAT on the list of 2018-12-19
    ";
    say("not-a-member", assembly, table);
}

#[test]
fn a_decision_over_a_veto_is_an_error_only_where_the_matter_was_substantive() {
    let vote = |text: &str| {
        let ballots = r#""ballots": {"yes": ["CHN", "FRA", "GBR", "JAM", "MEX", "NER", "NOR", "PHL", "PRT", "TUN", "USA"],
            "no": ["SUN", "DDR"], "abstain": ["ZMB"], "non-voting": ["BGD"]}"#;
        decision(&format!(
            r#"{text}, "body": "unsc", "date": "1980-01-13", "outcome": "adopted", {ballots}"#
        ))
    };
    let table = r#"
        S/RES/463(1980): "question": {}
            => warning acts[0].ballots[11]: adopted although Union of Soviet Socialist Republics, a member of P5, voted against | yes, abstain or non-voting | no
        S/13735: "question": {}
            => warning acts[0].ballots[11]: adopted although Union of Soviet Socialist Republics, a member of P5, voted against | yes, abstain or non-voting | no
        S/13735: "question": {"nature": "substantive"}
            => error acts[0].ballots[11]: adopted although Union of Soviet Socialist Republics, a member of P5, voted against | yes, abstain or non-voting | no
        S/13735: "question": {"nature": "procedural"}
    "#;
    say("vetoed-but-adopted", vote, table);
}

#[test]
fn an_outcome_is_an_error_where_it_is_recorded_and_the_rule_is_certain() {
    let vote = |fields: &str| {
        decision(&fields.replacen("on ", r#""date": "2009-09-09", "announced": "#, 1))
    };
    let table = r#"
        on {"yes": 29, "no": 64}, "body": "unga", "outcome": "adopted"
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 29 of 93 present and voting, 31.2 %, not more than half | adopted
        on {"yes": 0, "no": 0, "abstain": 50}, "body": "unga", "outcome": "adopted"
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 0 of 0 present and voting, not more than half | adopted
        on {"yes": 0, "no": 0, "abstain": 0}, "body": "unga", "outcome": "adopted"
        on {"yes": 0, "no": 0}, "body": "unga", "outcome": "adopted"
        on {"yes": 29, "no": 64}, "body": "unga", "outcome": "adopted", "mode": "secret"
        on {"yes": 29, "no": 64}, "body": "unga"
        A/RES/63/307: on {"yes": 29, "no": 64}
            => warning symbols[0]: under the number of a resolution, so adopted, which does not follow from the votes | rejected: 29 of 93 present and voting, 31.2 %, not more than half | adopted
        on {"yes": 29, "no": 64}, "symbol": "A/RES/63/307"
            => warning acts[0].symbol: under the number of a resolution, so adopted, which does not follow from the votes | rejected: 29 of 93 present and voting, 31.2 %, not more than half | adopted
        on {"yes": 29, "no": 64}, "body": "unga", "outcome": "adopted", "rule": "ga-committee"
            => warning acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 29 of 93 present and voting, 31.2 %, not more than half | adopted
        on {"yes": 29, "no": 64}, "body": "unga", "outcome": "adopted", "rule": "at least 1/2 of present and voting"
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 29 of 93 present and voting, 31.2 %, less than half | adopted
        on {"yes": 29, "no": 64}, "body": "unga", "outcome": "adopted", "rule": "as usual"
    "#;
    say("outcome-mismatch", vote, table);
}

#[test]
fn a_majority_of_the_members_is_asked_of_totals_too() {
    let vote = |announced: &str| {
        decision(&format!(
            r#""body": "unga", "date": "1963-12-17", "outcome": "adopted", "rule": "ga-charter-amendment",
                "announced": {{{announced}}}"#
        ))
    };
    let table = r#"
        "yes": 76, "no": 5, "abstain": 15, "non-voting": 17, "members": 113
        "yes": 75, "no": 38, "abstain": 0, "members": 113
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 75 of 113 members, 66.4 %, less than two thirds | adopted
        "yes": 70, "no": 5, "abstain": 15, "non-voting": 23
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 70 of 113 members, 61.9 %, less than two thirds | adopted
        "yes": 70, "no": 5, "abstain": 15, "non-voting": 23, "members": 100
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 70 of 113 members, 61.9 %, less than two thirds | adopted
        "yes": 70, "no": 5, "abstain": 15
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 70 of 113 members, 61.9 %, less than two thirds | adopted
    "#;
    say("outcome-mismatch", vote, table);
}

#[test]
fn a_list_that_leaves_members_out_tells_an_outcome_by_its_totals() {
    let extract = |fields: &str| decision(&format!(r#""partial": true, {fields}"#));
    let table = r#"
        "body": "unga", "date": "2018-12-19", "outcome": "adopted", "ballots": {"yes": ["FRA"], "no": ["CZE", "HUN"]}
        "body": "unsc", "date": "2002-12-30", "outcome": "adopted", "ballots": {"yes": ["FRA"], "abstain": ["SYR"]}
        "body": "unga", "date": "2018-12-19", "outcome": "adopted", "announced": {"yes": 152, "no": 5}, "ballots": {"no": ["CZE", "HUN"]}
        "body": "unga", "date": "2018-12-19", "outcome": "adopted", "announced": {"yes": 5, "no": 152}, "ballots": {"yes": ["CZE", "HUN"]}
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 5 of 157 present and voting, 3.2 %, not more than half | adopted
        "body": "unsc", "date": "2017-04-12", "outcome": "rejected", "announced": {"yes": 10, "no": 2, "abstain": 3}, "ballots": {"no": ["RUS"]}
        "body": "unsc", "date": "2017-04-12", "outcome": "adopted", "rule": "unsc-substantive", "announced": {"yes": 10, "no": 2, "abstain": 3}, "ballots": {"no": ["RUS"]}
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: RUS of P5 against | adopted
    "#;
    say("outcome-mismatch", extract, table);
    let table = r#"
        "body": "unsc", "date": "2017-04-12", "outcome": "adopted", "question": {"nature": "substantive"}, "ballots": {"no": ["BOL"]}
        "body": "unsc", "date": "2017-04-12", "outcome": "adopted", "question": {"nature": "substantive"}, "ballots": {"no": ["RUS"]}
            => error acts[0].ballots[0]: adopted although Russian Federation, a member of P5, voted against | yes, abstain or non-voting | no
    "#;
    say("vetoed-but-adopted", extract, table);
}

#[test]
fn a_list_of_the_assembly_on_which_most_members_voted_grounds_a_warning() {
    let listed = |counts: &str| {
        let counts: Vec<usize> = counts.split('-').map(|n| n.parse().unwrap()).collect();
        let members = members("2009-09-09");
        let (yes, rest) = members.split_at(counts[0]);
        let (no, rest) = rest.split_at(counts[1]);
        let [yes, no, abstain] = [yes, no, &rest[..counts[2]]]
            .map(|list| list.iter().map(ToString::to_string).collect::<Vec<_>>());
        decision(&format!(
            r#""partial": true, "body": "unga", "date": "2009-09-09", "outcome": "adopted",
                "ballots": {{"yes": {yes:?}, "no": {no:?}, "abstain": {abstain:?}}}"#
        ))
    };
    let table = "
        64-29-50
        29-64-3
        29-64-4
            => warning acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 29 of 93 present and voting, 31.2 %, not more than half | adopted
    ";
    say("outcome-mismatch", listed, table);
}

#[test]
fn the_council_went_by_seven_votes_until_1965_and_since_by_nine() {
    let table = r#"
        "date": "1965-08-30", "announced": {"yes": 7, "no": 0, "abstain": 4}
        "date": "1965-08-30", "announced": {"yes": 6, "no": 0, "abstain": 5}
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 6 votes, less than 7 | adopted
        "date": "1965-08-31", "announced": {"yes": 7, "no": 0, "abstain": 4}
        "date": "1965-08-31", "announced": {"yes": 6, "no": 0, "abstain": 5}
            => warning acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 6 votes, less than 7 | adopted
        "date": "1965-12-31", "announced": {"yes": 7, "no": 0, "abstain": 4}
        "date": "1966-01-01", "announced": {"yes": 7, "no": 0, "abstain": 8}
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 7 votes, less than 9 | adopted
        "date": "1980", "announced": {"yes": 8, "no": 0, "abstain": 7}
            => error acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 8 votes, less than 9 | adopted
        "date": "1965-08", "announced": {"yes": 6, "no": 0, "abstain": 5}
            => warning acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 6 votes, less than 7 | adopted
    "#;
    let vote = |fields: &str| {
        decision(&format!(
            r#""body": "unsc", "outcome": "adopted", {fields}"#
        ))
    };
    say("outcome-mismatch", vote, table);
}

#[test]
fn a_question_may_have_been_important_in_a_body_that_knows_such_questions() {
    let table = r#"
        "body": "unesco", "outcome": "rejected", "announced": {"yes": 60, "no": 40}
        "body": "unga", "outcome": "rejected", "announced": {"yes": 60, "no": 40}
        "body": "ecosoc", "outcome": "rejected", "announced": {"yes": 30, "no": 20}
            => error acts[0].outcome: recorded as rejected, which does not follow from the votes | adopted: 30 of 50 present and voting, 60.0 %, more than half | rejected
        "body": "unesco", "outcome": "rejected", "announced": {"yes": 70, "no": 30}
            => warning acts[0].outcome: recorded as rejected, which does not follow from the votes | adopted: 70 of 100 present and voting, 70.0 %, more than half | rejected
        "body": "unesco", "outcome": "adopted", "announced": {"yes": 40, "no": 60}
            => warning acts[0].outcome: recorded as adopted, which does not follow from the votes | rejected: 40 of 100 present and voting, 40.0 %, not more than half | adopted
    "#;
    let vote = |fields: &str| decision(&format!(r#""date": "2009-10-20", {fields}"#));
    say("outcome-mismatch", vote, table);
}

#[test]
fn a_draft_that_a_veto_stopped_is_rejected() {
    let vote = |text: &str| {
        let (yes, no) = text.split_once(" against ").unwrap();
        let [yes, no] = [yes, no].map(|list| list.split(' ').collect::<Vec<_>>());
        decision(&format!(
            r#""body": "unsc", "date": "2017-04-12", "outcome": "rejected", "ballots": {{"yes": {yes:?}, "no": {no:?}}}"#
        ))
    };
    let table = "
        FRA GBR USA EGY ITA JPN SEN SWE UKR URY against RUS BOL
        FRA GBR USA EGY ITA JPN SEN SWE UKR URY against BOL KAZ
            => error acts[0].outcome: recorded as rejected, which does not follow from the votes | adopted: 10 votes, at least 9; no member of P5 against | rejected
    ";
    say("outcome-mismatch", vote, table);
}

#[test]
fn a_date_outside_its_session_is_told_with_the_days_of_the_session() {
    let table = r#"
        "body": "unga", "session": "73", "date": "2017-12-19"
            => error acts[0].date: the date is not in session 73 | 2018-09-18 to 2019-09-16 | 2017-12-19
        "body": "unga", "session": "73", "date": "2018-09-17"
            => error acts[0].date: the day is not in the session, but another day of its month is | 2018-09-18 to 2019-09-16 | 2018-09-17
        "body": "unga", "session": "36", "date": "1983-01-05"
            => warning acts[0].date: the date is not in session 36 | 1981-09-15 (unverified) to 1982-09-20 (unverified) | 1983-01-05
        "body": "unga", "session": "80", "date": "2025-01-05"
            => error acts[0].date: the date is not in session 80 | 2025-09-09 to 2026-09-07 (unverified) | 2025-01-05
        "body": "unga", "session": "80", "date": "2027-01-05"
            => warning acts[0].date: the date is not in session 80 | 2025-09-09 to 2026-09-07 (unverified) | 2027-01-05
        "body": "unga", "session": "ES-10", "date": "1990-01-05"
            => error acts[0].date: the date is not in session ES-10 | 1997-04-24 or later | 1990-01-05
        "body": "unga", "session": "90", "date": "2034-12-31"
            => error acts[0].date: the date is not in session 90 | 2035 or later | 2034-12-31
        "body": "unga", "session": "90", "date": "2035-01-01"
        "body": "unga", "session": "S-40", "date": "1990-01-05"
            => warning acts[0].session: the session is not among those of the body on record | a session on record, such as `44`, held at the date | S-40
        "body": "hrc", "session": "50", "date": "2022-07-07"
    "#;
    say("date-outside-session", decision, table);
}

#[test]
fn dates_that_stand_for_none_are_found_wherever_they_are() {
    let table = r#"
        "body": "unga", "date": "1945-12-31"
            => error acts[0].date: the date cannot be that of the decision | a day since the body first met | 1945-12-31
        "body": "unga", "date": "1946-01-01"
        "body": "unga", "date": "1946-01"
        "body": "unga", "date": "1946-01-02"
            => error acts[0].date: the date cannot be that of the decision | a day since the body first met | 1946-01-02
        "body": "unga", "date": "1946-01-09"
            => error acts[0].date: the date cannot be that of the decision | a day since the body first met | 1946-01-09
        "body": "unga", "date": "1946-01-10"
        "body": "unga", "date": "1946-01-09", "session": "1"
        "body": "unsc", "date": "1946-01-05"
        "body": "hrc", "date": "2005-12-31"
            => error acts[0].date: the date cannot be that of the decision | a day since the body first met | 2005-12-31
        "body": "hrc", "date": "2006-01-01"
        "body": "chr", "date": "2006-06-15"
        "body": "chr", "date": "2006"
        "body": "chr", "date": "2006-06-16"
            => error acts[0].date: the date cannot be that of the decision | a day before 2006-06-16, when the body had ended | 2006-06-16
        "body": "chr", "date": "2011"
            => error acts[0].date: the date cannot be that of the decision | a day before 2006-06-16, when the body had ended | 2011
        "body": "league", "date": "1920-01-01"
        "body": "league", "date": "1799-12-31"
            => error acts[0].date: the date cannot be that of the decision | a day since the body first met | 1799-12-31
    "#;
    say("implausible-date", decision, table);
    let table = "
        PER ratification 1799-12-31
            => error acts[0].date: the date stands for no date | a day in the life of the agreement | 1799-12-31
        PER ratification 1800-01-01
        PER ratification 2099-12-31
        PER ratification 2100-01-01
            => error acts[0].date: the date stands for no date | a day in the life of the agreement | 2100-01-01
        PER ratification 1960-05-03 | in-force-since: 9999-12-31
            => error in-force-since: the date stands for no date | a day in the life of the agreement | 9999-12-31
    ";
    say("implausible-date", treaty, table);
    let act = |act: &str| format!(r#"{{"title": "A question", "acts": [{{"act": {act}}}]}}"#);
    let table = r#"
        "step", "date": "9999-12-31", "what": "a text is agreed"
            => error acts[0].date: the date stands for no date | a day in the life of the agreement | 9999-12-31
        "statement", "author": "PER", "kind": "declaration", "date": "9999-12-31"
            => error acts[0].date: the date stands for no date | a day in the life of the agreement | 9999-12-31
        "sponsorship", "date": "9999-12-31"
            => error acts[0].date: the date stands for no date | a day in the life of the agreement | 9999-12-31
    "#;
    say("implausible-date", act, table);
}

#[test]
fn totals_are_held_against_the_ballots_and_one_another() {
    let listed = |announced: &str| {
        let ballots = r#""yes": ["FRA", "PER"], "no": ["CHL"], "not-eligible": ["VAT"]"#;
        decision(&format!(
            r#""announced": {{{announced}}}, "ballots": {{{ballots}}}"#
        ))
    };
    let table = r#"
        "yes": 2, "no": 1, "non-voting": 0
        "yes": 3, "no": 0
            => error acts[0].announced.yes: the announced total of `yes` differs from the ballots counted | 2 | 3
            => error acts[0].announced.no: the announced total of `no` differs from the ballots counted | 1 | 0
    "#;
    say("tally-mismatch", listed, table);
    let table = r#"
        "yes": 2, "no": 1, "members": 2
            => error acts[0].announced.members: the announced totals do not add up | 2 + 1 = 3 | 2
        "yes": 3, "no": 1, "members": 3
    "#;
    say("tally-sum", listed, table);
    let extract = |announced: &str| {
        let ballots = r#""yes": ["FRA", "PER"], "no": ["CHL"], "non-voting": ["COD"]"#;
        decision(&format!(
            r#""partial": true, "announced": {{{announced}}}, "ballots": {{{ballots}}}"#
        ))
    };
    let table = r#"
        "yes": 152, "no": 5, "abstain": 12, "non-voting": 24
        "yes": 2, "no": 1, "non-voting": 1
        "yes": 1, "no": 0, "non-voting": 0
            => error acts[0].announced.yes: the announced total of `yes` is less than the ballots listed | at least 2 | 1
            => error acts[0].announced.no: the announced total of `no` is less than the ballots listed | at least 1 | 0
            => error acts[0].announced.non-voting: the announced total of `non-voting` is less than the ballots listed | at least 1 | 0
    "#;
    say("tally-mismatch", extract, table);
    let table = r#"
        "yes": 152, "no": 5, "abstain": 12, "non-voting": 24, "members": 193
        "yes": 151, "no": 5, "abstain": 12, "non-voting": 24, "members": 193
            => error acts[0].announced.members: the announced totals do not add up | 151 + 5 + 12 + 24 = 192 | 193
    "#;
    say("tally-sum", extract, table);
    let totals = |announced: &str| decision(&format!(r#""announced": {{{announced}}}"#));
    let table = r#"
        "yes": 3, "no": 1, "abstain": 1, "non-voting": 1, "members": 6
        "yes": 3, "no": 1, "abstain": 1, "non-voting": 1, "members": 7
            => error acts[0].announced.members: the announced totals do not add up | 3 + 1 + 1 + 1 = 6 | 7
        "yes": 3, "no": 1, "members": 4
        "yes": 3, "no": 1, "members": 5
        "yes": 3, "no": 1, "members": 3
            => error acts[0].announced.members: the announced totals do not add up | 3 + 1 = 4 | 3
    "#;
    say("tally-sum", totals, table);
    let table = r#"
        "attending": 5, "announced": {"yes": 3, "no": 1, "abstain": 1}
        "attending": 4, "announced": {"yes": 3, "no": 1, "abstain": 1}
            => error acts[0].attending: more voted or abstained than attended | at least 5 | 4
        "attending": 1, "ballots": {"yes": ["FRA"], "no": ["PER"]}
            => error acts[0].attending: more voted or abstained than attended | at least 2 | 1
    "#;
    say("tally-sum", decision, table);
}

#[test]
fn a_quorum_is_lacking_only_where_the_record_says_who_was_there() {
    let table = r#"
        "body": "ilo-conference", "date": "2005-06-16", "outcome": "adopted", "announced": {"yes": 288, "no": 8}, "attending": 594
            => error acts[0].outcome: adopted without a quorum | at least 1/2 of attending voting | 296 of 594 attending voting, 49.8 %, less than half
        "body": "ilo-conference", "date": "2005-06-16", "outcome": "void", "announced": {"yes": 288, "no": 8}, "attending": 594
        "body": "ilo-conference", "date": "2005-06-16", "outcome": "rejected", "announced": {"yes": 288, "no": 8}, "attending": 594
        "body": "ilo-conference", "date": "2005-06-16", "outcome": "void", "announced": {"yes": 288, "no": 8}, "attending": 592
            => note acts[0].outcome: recorded as void, although there was a quorum | at least 1/2 of attending voting | 296 of 592 attending voting, 50.0 %, at least half
        "body": "ilo-conference", "date": "2005-06-16", "outcome": "void", "announced": {"yes": 8, "no": 288}, "attending": 592
        "body": "ilo-conference", "date": "2005-06-16", "outcome": "adopted", "announced": {"yes": 288, "no": 8}
        "body": "unga", "date": "2018-12-19", "outcome": "adopted", "announced": {"yes": 50, "no": 2}, "attending": 96
            => warning acts[0].outcome: adopted without a quorum | more than 1/2 of members present | 96 of 193 members present, 49.7 %, not more than half
        "body": "unga", "date": "2018-12-19", "outcome": "adopted", "announced": {"yes": 50, "no": 2}, "attending": 97
        "body": "unga", "date": "2018-12-19", "outcome": "adopted", "announced": {"yes": 50, "no": 2, "non-voting": 0}
            => warning acts[0].outcome: adopted without a quorum | more than 1/2 of members present | 52 of 193 members present, 26.9 %, not more than half
        "body": "unga", "date": "2018-12-19", "outcome": "adopted", "announced": {"yes": 50, "no": 2, "non-voting": 141}
        "body": "unga", "date": "2018-12-19", "outcome": "adopted", "announced": {"yes": 50, "no": 2}
        "body": "unga", "date": "2018-12-19", "outcome": "adopted", "partial": true, "ballots": {"yes": ["FRA", "PER"]}
        "body": "unga", "date": "2018-12-19", "outcome": "adopted", "partial": true, "ballots": {"yes": ["FRA", "PER"]}, "announced": {"yes": 2, "no": 0, "non-voting": 0}
        "body": "unga", "date": "2018-12-19", "outcome": "adopted", "ballots": {"yes": ["FRA", "PER"]}
        "body": "icao-council", "date": "2018-12-19", "outcome": "adopted", "announced": {"yes": 5, "no": 2}, "attending": 7
    "#;
    say("quorum", decision, table);
}

#[test]
fn a_member_on_the_list_again_is_told_with_its_lines() {
    let list = |yes: &str| {
        let yes: Vec<_> = yes.split(' ').collect();
        decision(&format!(
            r#""partial": true, "ballots": {{"yes": {yes:?}, "no": ["PER"]}}"#
        ))
    };
    let table = "
        FRA
        PER
            => error acts[0].ballots[1]: Peru is on the list more than once | one ballot | `PER` yes and `PER` no
        PER PER
            => error acts[0].ballots[1]: Peru is on the list more than once | one ballot | `PER` yes and `PER` yes and `PER` no
            => error acts[0].ballots[2]: Peru is on the list more than once | one ballot | `PER` yes and `PER` yes and `PER` no
        PER FRA PER PER
            => error acts[0].ballots[2]: Peru is on the list more than once | one ballot | `PER` yes and `PER` yes and 2 more
            => error acts[0].ballots[3]: Peru is on the list more than once | one ballot | `PER` yes and `PER` yes and 2 more
            => error acts[0].ballots[4]: Peru is on the list more than once | one ballot | `PER` yes and `PER` no and 2 more
        ALB AND ARG AUT BEL ALB AND ARG AUT BEL CHL CHN COL
            => error acts[0].ballots: the vote is recorded twice: most members are on its list more than once | 9 ballots, one for each member | 14 ballots, 5 members more than once
    ";
    say("duplicate-ballot", list, table);
    let table = "
        SUN
        RUS SUN
            => error acts[0].ballots[1]: Russian Federation holds the seat of Union of Soviet Socialist Republics, and both are on the list | one ballot | `SUN` yes and `RUS` yes
        YUG SRB
            => error acts[0].ballots[1]: Serbia holds the seat of Yugoslavia, and both are on the list | one ballot | `YUG` yes and `SRB` yes
        YUG SRB SCG
            => error acts[0].ballots[2]: Serbia and Montenegro holds the seat of Yugoslavia, and both are on the list | one ballot | `YUG` yes and `SCG` yes
            => error acts[0].ballots[2]: Serbia holds the seat of Serbia and Montenegro, and both are on the list | one ballot | `SCG` yes and `SRB` yes
        CSK CZE SVK
        DDR DEU
    ";
    say("duplicate-ballot", list, table);
    // Half of the members are not most of them.
    let half = list("ALB AND ARG AUT BEL ALB AND ARG AUT BEL CHL CHN COL CUB");
    let half: Agreement = serde_json::from_str(&half).unwrap();
    let found = Validator::default().check(&half, &NoOrigin);
    assert_eq!(lines("duplicate-ballot", &found).len(), 5);
}

#[test]
fn a_person_a_party_or_a_unit_on_a_treaty_of_states_is_told_once() {
    let table = "
        PER signature 1960-01-04, person:icpsr-1 ratification 1960-05-03, person:icpsr-1 withdrawal 1970-05-03
            => warning acts[1]: `person:icpsr-1` is a person, and the parties are States | a participant among States | person:icpsr-1
        unit:CH-ZH ratification 1960-05-03
            => warning acts[0]: `unit:CH-ZH` is a unit, and the parties are States | a participant among States | unit:CH-ZH
        party:spd ratification 1960-05-03
            => warning acts[0]: `party:spd` is a party, and the parties are States | a participant among States | party:spd
        org:river-bank ratification 1960-05-03
        PER ratification 1960-05-03
    ";
    say("unknown-state", treaty, table);
    let of_cantons = |text: &str| {
        let mut record: serde_json::Value = serde_json::from_str(&treaty(text)).unwrap();
        record["body"] = "ch-cantons".into();
        record.to_string()
    };
    let table = "
        unit:CH-ZH ratification 1960-05-03
        PER ratification 1960-05-03
            => warning acts[0]: `PER` is none of them, and the parties are units | a participant among units | PER
    ";
    say("unknown-state", of_cantons, table);
}

#[test]
fn a_body_that_is_not_on_record_counts_no_members_of_a_treaty() {
    let of_body = |text: &str| {
        let (body, acts) = text.split_once(": ").unwrap();
        let mut record: serde_json::Value = serde_json::from_str(&treaty(acts)).unwrap();
        record["body"] = body.into();
        record.to_string()
    };
    let table = "
        unga: PER ratification 1960-05-03
        ungaa: PER ratification 1960-05-03
            => warning body: the body whose members the clause counts is not on record | a body on record | ungaa
    ";
    say("entry-into-force-mismatch", of_body, table);
}

#[test]
fn a_seat_is_on_the_list_once_whoever_holds_it() {
    let list = |text: &str| {
        let (day, codes) = text.split_once(": ").unwrap();
        let codes: Vec<_> = codes.split(' ').collect();
        decision(&format!(
            r#""body": "unga", "partial": true, "date": "{day}", "ballots": {{"yes": {codes:?}, "not-eligible": ["SCG"]}}"#
        ))
    };
    // On a day near the succession, which no source confirms, each of the two can have been the member.
    let table = "
        1991-12-20: FRA RUS SUN
            => error acts[0].ballots[2]: Russian Federation holds the seat of Union of Soviet Socialist Republics, and both are on the list | one ballot | `SUN` yes and `RUS` yes
        1991-12-20: FRA SUN
        1991-12-20: FRA RUS
        1980-12-20: FRA RUS SUN
        2006-06-20: FRA SRB
    ";
    say("duplicate-ballot", list, table);
    let table = "
        1991-12-20: FRA RUS SUN
        1980-12-20: FRA RUS SUN
            => error acts[0].ballots[1]: Russian Federation was no member at the date | a member since 1991-12-24 | RUS on the list of 1980-12-20
        2000-12-20: FRA RUS SUN
            => error acts[0].ballots[2]: Union of Soviet Socialist Republics was no member at the date | a member 1945-10-24 to 1991-12-23 | SUN on the list of 2000-12-20
    ";
    say("not-a-member", list, table);
    let help = |text: &str| {
        let agreement: Agreement = serde_json::from_str(&list(text)).unwrap();
        let found = Validator::default().check(&agreement, &NoOrigin);
        let of_check = found.into_iter().find(|f| f.check == "not-a-member");
        of_check.and_then(|finding| finding.help).unwrap()
    };
    for (text, expected) in [
        (
            "1980-12-20: RUS SUN",
            "SUN held this seat at the date, and is on the list too",
        ),
        (
            "1980-12-20: VAT",
            "check the date of the vote, and which state the source means",
        ),
    ] {
        assert_eq!(help(text), expected, "{text}");
    }
}

#[test]
fn votes_that_a_mode_cannot_have_are_told() {
    let table = r#"
        "mode": "without-vote", "partial": true, "ballots": {"abstain": ["PER"]}
            => error acts[0].mode: decided without a vote, and yet there are votes by name | no votes | votes by name
        "mode": "without-vote", "partial": true, "ballots": {"yes": ["PER"]}
            => error acts[0].mode: decided without a vote, and yet there are votes by name | no votes | votes by name
        "mode": "without-vote", "announced": {"yes": 3}
            => error acts[0].mode: decided without a vote, and yet there are totals of a vote | no votes | totals of a vote
        "mode": "without-vote", "partial": true, "ballots": {"non-voting": ["PER"]}
        "mode": "without-vote", "announced": {"yes": 0, "non-voting": 3}
        "mode": "non-recorded", "partial": true, "ballots": {"abstain": ["PER"]}
            => error acts[0].ballots: decided by a vote that was not recorded, and yet there are votes by name | totals alone | votes by name
        "mode": "non-recorded", "announced": {"yes": 3}
        "mode": "secret", "partial": true, "ballots": {"abstain": ["PER"]}
            => error acts[0].ballots: decided by secret ballot, and yet there are votes by name | totals alone | votes by name
        "mode": "secret", "announced": {"yes": 3}
        "mode": "recorded", "partial": true, "ballots": {"abstain": ["PER"]}
    "#;
    say("mode-contradicts-votes", decision, table);
}

#[test]
fn session_and_year_of_a_symbol_are_held_against_the_record() {
    let table = r#"
        A/RES/73/195: "session": "72"
            => error acts[0].session: the session is not that of the symbol | 73 | 72
        A/RES/73/195: "session": "73"
        A/RES/73/195: "session": "72", "body": "hrc"
        S/RES/1454(2002): "date": "2003-01-02"
            => error acts[0].date: the year of the date is not that of the symbol | 2002 | 2003-01-02
        S/RES/1454(2002): "date": "2002-12-30"
        S/RES/1454(2002): "date": "2003-01-02", "question": {"scope": "paragraph"}
        S/2002/155: "date": "2003-01-02"
        E/RES/2002/39: "date": "2003-01-02"
    "#;
    say("symbol-session-mismatch", decision, table);
    let table = r#"
        A/RES/35/225: "meeting": "A/36/PV.99"
            => warning acts[0].meeting: the meeting is one of another session | a meeting of session 35 | A/36/PV.99
        A/RES/35/225: "meeting": "A/C.3/36/SR.9"
        A/RES/35/225: "meeting": "A/36/99"
        A/RES/35/225: "meeting": "A/36/PV.99", "session": "36"
    "#;
    say("meeting-session-mismatch", decision, table);
}

#[test]
fn the_resolution_on_the_document_is_the_one_that_was_decided() {
    let listed = |symbols: &str| {
        let symbols: Vec<_> = symbols.split(' ').collect();
        format!(
            r#"{{"symbols": {symbols:?}, "acts": [{{"act": "decision", "symbol": "A/RES/73/195"}}]}}"#
        )
    };
    let table = "
        A/73/L.66 A/RES/73/195
        A/73/L.66 A/RES/73/195[A]
        A/73/L.66
        A/73/L.66 A/RES/73/196
            => error symbols[1]: the symbol is not that of the decision | A/RES/73/195 | A/RES/73/196
    ";
    say("symbol-decision-mismatch", listed, table);
}

#[test]
fn day_and_month_may_be_exchanged_in_either_date_or_in_both() {
    let table = "
        PER ratification 1960-06-05 | in-force-since: 1960-05-06
            => note in-force-since: the dates are in order when day and month are exchanged | ratification on 1960-05-06, in force since 1960-06-05 | ratification on 1960-06-05, in force since 1960-05-06
        PER ratification 1960-06-15 | in-force-since: 1960-05-14
        PER ratification 1960-06-05 | in-force-since: 1960-06-06
    ";
    say("day-month-exchanged", treaty, table);
}

#[test]
fn a_list_on_which_hardly_anybody_votes_is_found() {
    let cast = |cast: &str| {
        let members = members("2018-12-19").iter();
        let members: Vec<_> = members.map(ToString::to_string).collect();
        let mut rest = &*members;
        let mut counts = cast.split(' ').map(|count| count.parse().unwrap());
        let [yes, no, abstain] = [(); 3].map(|()| {
            let (chosen, others) = rest.split_at(counts.next().unwrap_or(0));
            rest = others;
            chosen
        });
        let ballots = format!(
            r#"{{"yes": {yes:?}, "no": {no:?}, "abstain": {abstain:?}, "non-voting": {rest:?}}}"#
        );
        decision(&format!(
            r#""body": "unga", "date": "2018-12-19", "ballots": {ballots}"#
        ))
    };
    let table = "
        48
        47
            => warning acts[0].ballots: fewer than a quarter of the members took a position | most of 193 members | 47 yes, no or abstaining
        20 11 17
        20 10 17
            => warning acts[0].ballots: fewer than a quarter of the members took a position | most of 193 members | 47 yes, no or abstaining
        0
    ";
    say("truncated-roll", cast, table);
    let table = "
        1
        0
            => warning acts[0].ballots: every vote on the list is blank | a vote, or the mode `without-vote` | 193 names without a vote
    ";
    say("empty-roll", cast, table);
}

#[test]
fn any_position_is_a_vote_and_an_absence_is_none() {
    let ballots = |ballots: &str| decision(&format!(r#""partial": true, "ballots": {ballots}"#));
    let table = r#"
        {"yes": ["PER"], "non-voting": ["CHL"]}
        {"no": ["PER"], "non-voting": ["CHL"]}
        {"abstain": ["PER"], "non-voting": ["CHL"]}
        {"not-eligible": ["VAT"]}
        {"non-voting": ["PER", "CHL"]}
            => warning acts[0].ballots: every vote on the list is blank | a vote, or the mode `without-vote` | 2 names without a vote
    "#;
    say("empty-roll", ballots, table);
}

#[test]
fn the_clause_of_a_known_treaty_is_known_by_its_number() {
    let treaty = |text: &str| {
        let (kind, number) = text.split_once(' ').unwrap();
        let act = r#"{"act": "action", "participant": "PER", "kind": "ratification", "date": "1968-12-18"}"#;
        format!(
            r#"{{"kind": "{kind}", "symbols": ["{number}"], "title": "A text", "in-force-since": "1964-04-24", "acts": [{act}]}}"#
        )
    };
    let table = "
        treaty 3-3
            => warning in-force-since: the acts on record do not bring the treaty into force on the stated date | no entry into force: at least 22 instruments; 30 days, not met | 1964-04-24
        treaty 99-3
        resolution 3-3
    ";
    say("entry-into-force-mismatch", treaty, table);
}

#[test]
fn acts_are_held_against_the_latest_one_before_them() {
    let steps = |dates: &str| {
        let step = |date: &str| format!(r#"{{"act": "step", "date": "{date}", "what": "talks"}}"#);
        let steps: Vec<_> = dates.split(' ').map(step).collect();
        format!(
            r#"{{"title": "A compact", "acts": [{}]}}"#,
            steps.join(", ")
        )
    };
    let table = "
        2016-09-19 2018-07-13 2018-07-13
        2016-09-19 2018-07-13 2018
        2016-09-19 2018-07-13 2017-01-01 2018-01-01
            => warning acts[2].date: the act is dated before one that is listed ahead of it | not before 2018-07-13 | 2017-01-01
            => warning acts[3].date: the act is dated before one that is listed ahead of it | not before 2018-07-13 | 2018-01-01
    ";
    say("acts-out-of-order", steps, table);
}

#[test]
fn control_characters_are_found_in_every_text() {
    let text = |fields: &str| format!(r#"{{"title": "A question", {fields}}}"#);
    let table = r#"
        "symbols": ["A/RES/73/195", "A/73/\tL.66"]
            => warning symbols[1]: a text holds control characters | one line of text | A/73/␉L.66
        "subjects": ["MIGRATION", "A\u007fB"]
            => warning : a text holds control characters | one line of text | A␡B
        "subjects": ["A\u007fB\u007fC"]
            => warning : a text holds control characters | one line of text | A␡B␡C
        "acts": [{"act": "decision", "agenda": "14\n15"}]
        "acts": [{"act": "decision", "agenda": "14\t15"}]
            => warning acts[0]: a text holds control characters | one line of text | 14␉15
        "acts": [{"act": "decision", "question": {"text": "a\u001fb"}}]
            => warning acts[0]: a text holds control characters | one line of text | a␟b
        "subjects": ["one line ~", "café £5 à Genève"]
        "subjects": ["the \u0093Great\u0094 convention"]
            => warning : a text holds control characters | one line of text | the �Great� convention
        "symbols": ["A/73/\u0085L.66"]
            => warning symbols[0]: a text holds control characters | one line of text | A/73/�L.66
    "#;
    say("control-characters", text, table);
}

#[test]
fn consent_follows_a_signature_and_ends_with_withdrawal() {
    let table = "
        PER ratification 1960-05-03, PER withdrawal 1961-05-03, PER accession 1962-05-03
        PER accession 1962-05-03, PER ratification 1960-05-03
            => warning acts[0]: a participant consents to be bound twice | one consent | PER: ratification, then accession
        PER signature 1960-05-03, PER accession 1962-05-03
        PER ratification 1960-05-03, PER withdrawal 2016-10-19, PER withdrawal-revoked 2017-03-07, PER accession 2018-01-01
            => warning acts[3]: a participant consents to be bound twice | one consent | PER: ratification, then accession
        PER ratification 1960-05-03, PER withdrawal 2016-10-19 2017-10-19, PER withdrawal-revoked 2017-03-07, PER accession 2018-01-01
            => warning acts[3]: a participant consents to be bound twice | one consent | PER: ratification, then accession
        PER ratification 1960-05-03, PER withdrawal 2015-10-19 2016-10-19, PER withdrawal-revoked 2017-03-07, PER accession 2018-01-01
        PER ratification 1960-05-03, PER withdrawal 2015-10-19, PER accession 2016-01-01, PER withdrawal-revoked 2017-03-07
        DDR ratification 1960-05-03, DDR withdrawal 1989-10-19, DDR extinction 1990-10-03, DDR withdrawal-revoked 1990-10-04, DDR accession 1990-11-01
    ";
    say("double-consent", treaty, table);
    let table = "
        PER signature 1959-01-01, PER accession 1960-05-03
            => note acts[1]: a participant that signed accedes | ratification, acceptance or approval | PER: signature and accession
        PER signature 1959-01-01, PER ratification 1960-05-03, PER withdrawal 1970-05-03, PER accession 1980-05-03
        PER signature 1959-01-01, PER accession 1960-05-03, PER withdrawal 1970-05-03, PER accession 1980-05-03
            => note acts[1]: a participant that signed accedes | ratification, acceptance or approval | PER: signature and accession
        PER signature 1959-01-01, PER ratification 1960-05-03, PER withdrawal 1970-05-03, PER withdrawal-revoked 1970-06-03, PER accession 1980-05-03
            => note acts[4]: a participant that signed accedes | ratification, acceptance or approval | PER: signature and accession
        PER signature 1959-01-01, PER withdrawal 1970-05-03, PER accession 1980-05-03
            => note acts[2]: a participant that signed accedes | ratification, acceptance or approval | PER: signature and accession
    ";
    say("accession-after-signature", treaty, table);
    let table = "
        PER ratification 1960-05-03, PER withdrawal 1959-05-03
            => error acts[1].date: a participant withdraws before it consents | PER: not before its ratification on 1960-05-03 | withdrawal on 1959-05-03
        PER signature 1960-05-03, PER ratification 1960-05-02
            => error acts[1].date: a participant consents before it signs | PER: not before its signature on 1960-05-03 | ratification on 1960-05-02
        PER signature 1960-05-03, PER ratification 1960-05
        PER signature 1960-05-03, PER accession 1960-05-02
        PER signature 1960-05-03, CHL ratification 1960-05-02
        PER signature-ad-referendum 1960-05-03, PER ratification 1960-05-02
            => error acts[1].date: a participant consents before it signs | PER: not before its signature ad referendum on 1960-05-03 | ratification on 1960-05-02
        PER signature 1959-05-03, PER signature-ad-referendum 1960-05-03, PER ratification 1960-05-02
        SVK succession-to-signature 1993-05-28, SVK ratification 1993-03-01
            => error acts[1].date: a participant consents before it signs | SVK: not before its succession to signature on 1993-05-28 | ratification on 1993-03-01
        SVK succession-to-signature 1993-05-28 1993-01-01, SVK ratification 1993-03-01
        PER definitive-signature 1960-05-03, PER ratification 1960-05-02
        PER ratification 1960-05-03, PER withdrawal 1970-05-03, PER signature 1980-05-03, PER ratification 1981-05-03
        PER ratification 1960-05-03, PER withdrawal 1982-05-03, PER signature 1980-05-03, PER ratification 1981-05-03
            => error acts[0].date: a participant consents before it signs | PER: not before its signature on 1980-05-03 | ratification on 1960-05-03
    ";
    say("treaty-action-order", treaty, table);
}

#[test]
fn an_earlier_code_of_a_state_is_told_with_the_code_to_write() {
    let help = |list: &str| {
        let agreement: Agreement = serde_json::from_str(&decision(list)).unwrap();
        let found = Validator::default().check(&agreement, &NoOrigin);
        let of_check = found.into_iter().find(|f| f.check == "unknown-state");
        of_check.and_then(|finding| finding.help).unwrap()
    };
    for (list, expected) in [
        (
            r#""ballots": {"yes": ["COD", "ZAR"]}"#,
            "`ZAR` is an earlier code of COD, which is on the list too",
        ),
        (
            r#""ballots": {"yes": ["PER", "BUR"]}"#,
            "`BUR` is an earlier code of MMR: write that",
        ),
        (
            r#""ballots": {"yes": ["PER", "XYZ"]}"#,
            "`plenary resolve NAME` shows what a spelling stands for",
        ),
        (
            r#""ballots": {"yes": ["PER"], "printed": [{"code": "USA", "choice": "no"}]}"#,
            "`USA` is the ISO 3166 code of a state, and this source has other codes: use those, or read the table by a mapping with `codes`",
        ),
    ] {
        assert_eq!(help(list), expected);
    }
}

#[test]
fn an_act_rests_on_another_and_is_not_done_twice() {
    let table = "
        PER ratification 1990-01-01, PER withdrawal-revoked 1995-05-05
            => warning acts[1]: a participant revokes a withdrawal that is not on record | PER: a withdrawal before its revocation | revocation on 1995-05-05
        PER ratification 1990-01-01, PER resumption 1995-05-05, CHL suspension 1995-05-05
            => warning acts[1]: a participant ends a suspension that is not on record | PER: a suspension before its end | resumption on 1995-05-05
        PER withdrawal 1995-05-05, PER resumption 1997-05-05
            => warning acts[0]: a participant withdraws without having consented | PER: a consent before its withdrawal | withdrawal on 1995-05-05
            => warning acts[1]: a participant ends a suspension that is not on record | PER: a suspension before its end | resumption on 1997-05-05
    ";
    say("treaty-action-order", treaty, table);
    let table = "
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER withdrawal 1997-05-05
            => warning acts[2]: a participant withdraws twice | PER: a consent or a revocation between the two | withdrawal on 1995-05-05 and on 1997-05-05
        PER ratification 1990-01-01, PER withdrawal 1997-05-05, PER withdrawal 1995-05-05
            => warning acts[1]: a participant withdraws twice | PER: a consent or a revocation between the two | withdrawal on 1995-05-05 and on 1997-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER withdrawal 1995-05-05, PER accession 1997-05-05
            => warning acts[2]: a participant withdraws twice | PER: a consent or a revocation between the two | withdrawal on 1995-05-05 and on 1995-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, CHL withdrawal-revoked 1996-05-05, CHL ratification 1990-01-01, CHL withdrawal 1996-05-01, PER withdrawal 1997-05-05
            => warning acts[5]: a participant withdraws twice | PER: a consent or a revocation between the two | withdrawal on 1995-05-05 and on 1997-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER withdrawal 1996-05-05, PER withdrawal 1997-05-05
            => warning acts[2]: a participant withdraws twice | PER: a consent or a revocation between the two | withdrawal on 1995-05-05 and on 1996-05-05
            => warning acts[3]: a participant withdraws twice | PER: a consent or a revocation between the two | withdrawal on 1996-05-05 and on 1997-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER accession 1996-05-05, PER withdrawal 1997-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER withdrawal-revoked 1996-05-05, PER withdrawal 1997-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER accession 1995-05-05, PER withdrawal 1997-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER accession 1995, PER withdrawal 1997-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER provisional-application 1996-05-05, PER withdrawal 1997-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER accession 1997, PER withdrawal 1997-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER withdrawal-revoked 1995-07-05, PER withdrawal-revoked 1995-09-05
            => warning acts[3]: a participant revokes a withdrawal twice | PER: a withdrawal between the two | revocation on 1995-07-05 and on 1995-09-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER withdrawal-revoked 1995-07-05, PER withdrawal 1995-08-05, PER withdrawal-revoked 1995-09-05
    ";
    say("treaty-action-order", treaty, table);
    // A participant in brackets has withdrawn on a day that is not known: it may be the day that another row gives.
    let undated = |text: &str| treaty(text).replace(r#""date":"unknown","#, "");
    let table = "
        PER ratification 1990-01-01, PER withdrawal unknown, PER withdrawal 1995-05-05
        PER withdrawal-revoked unknown, PER withdrawal 1995-05-05, PER ratification 1990-01-01, PER withdrawal 1997-05-05
        PER ratification 1990-01-01, PER withdrawal-revoked unknown
            => warning acts[1]: a participant revokes a withdrawal that is not on record | PER: a withdrawal before its revocation | revocation
    ";
    say("treaty-action-order", undated, table);
}

#[test]
fn a_participant_that_no_table_knows_is_told_once() {
    let table = "
        EUE approval 1999-01-01, VAT accession 1999-01-01, SUN ratification 1960-01-01, COK accession 1999-01-01
        QQQ signature 1998-01-01, NOR ratification 1999-01-01, QQQ ratification 1999-01-01, EUR approval 1999-01-01
            => error acts[0]: unknown state `QQQ` | the code of a state, an organisation or another participant of treaties | QQQ
            => error acts[3]: unknown state `EUR` | the code of a state, an organisation or another participant of treaties | EUR
    ";
    say("unknown-state", treaty, table);
    let statement = |author: &str| {
        let act = format!(r#""author": "{author}", "kind": "declaration", "date": "1999-01-01""#);
        format!(
            r#"{{"kind": "treaty", "title": "A convention", "acts": [{{"act": "statement", {act}}}]}}"#
        )
    };
    let table = "
        NOR
        QQQ
            => error acts[0]: unknown state `QQQ` | the code of a state, an organisation or another participant of treaties | QQQ
    ";
    say("unknown-state", statement, table);
}

#[test]
fn a_withdrawal_follows_a_consent_and_takes_effect_after_its_notice() {
    let table = "
        PER ratification 1990-01-01, PER withdrawal 2020-05-05 2021-05-05
        PER ratification 1990-01-01, PER withdrawal 2020-05-05 1980-05-05
            => error acts[1].date: a participant withdraws with effect before it consents | PER: not before its ratification on 1990-01-01 | effect of the withdrawal on 1980-05-05
        PER ratification 1990-01-01, PER withdrawal 2020-05-05 2019-05-05
            => warning acts[1].date: a participant withdraws with effect before its notice | PER: not before its withdrawal on 2020-05-05 | effect of the withdrawal on 2019-05-05
        PER ratification 1990-01-01, PER withdrawal 2020-05-05 2020
        PER ratification 1990-01-01, PER withdrawal 1980-05-05 1981-05-05
            => error acts[1].date: a participant withdraws before it consents | PER: not before its ratification on 1990-01-01 | withdrawal on 1980-05-05
        PER ratification 1960-01-01, PER withdrawal 1970-05-05 1971-05-05, PER accession 1980-01-01
        PER ratification 1960-01-01, PER withdrawal 1970-05-05, PER accession 1980-01-01, PER withdrawal 1990-05-05 1975-05-05
            => warning acts[3].date: a participant withdraws with effect before its notice | PER: not before its withdrawal on 1990-05-05 | effect of the withdrawal on 1975-05-05
        PER provisional-application 1960-01-01, PER withdrawal 1965-05-05, PER ratification 1980-01-01
    ";
    say("treaty-action-order", treaty, table);
    let table = "
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER withdrawal-revoked 1995-08-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER withdrawal-revoked 1994-05-05
            => error acts[2].date: a participant revokes a withdrawal before it withdraws | PER: not before its withdrawal on 1995-05-05 | revocation on 1994-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER withdrawal-revoked 1995
        PER ratification 1990-01-01, PER withdrawal 1995-05-05 1996-05-05, PER withdrawal-revoked 1996-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05 1996-05-05, PER withdrawal-revoked 1996-05-06
            => warning acts[1].date: a participant revokes a withdrawal that has taken effect | PER: not before its revocation on 1996-05-06 | effect of the withdrawal on 1996-05-05
        PER ratification 1990-01-01, PER withdrawal 1995-05-05, PER withdrawal-revoked 1997-05-06
        PER ratification 1980-01-01, PER withdrawal 1985-05-05 1986-05-05, PER accession 1990-01-01, PER withdrawal 1995-05-05 1996-05-05, PER withdrawal-revoked 1996-01-01
    ";
    say("treaty-action-order", treaty, table);
    let table = "
        PER suspension 1990-01-01, PER resumption 1995-05-05
        PER suspension 1990-01-01, PER resumption 1989-05-05
            => warning acts[1].date: a participant ends a suspension before it begins | PER: not before its suspension on 1990-01-01 | resumption on 1989-05-05
        PER suspension 1990-01-01, PER resumption 1989-05-05 1990-05-05
        PER suspension 1990-01-01 1988-05-05, PER resumption 1989-05-05
        PER suspension 1990, PER resumption 1990-05-05
        PER suspension 1980-01-01, PER resumption 1989-05-05, PER suspension 1990-01-01
    ";
    say("treaty-action-order", treaty, table);
    let table = "
        PER provisional-application 1961-01-01, PER end-of-provisional-application 1961-05-03
        PER provisional-application 1961-01-01, PER end-of-provisional-application 1960-05-03
            => note acts[1].date: a participant ends provisional application before it begins it | PER: not before its provisional application on 1961-01-01 | end of provisional application on 1960-05-03
        PER provisional-application 1961-01-01, PER end-of-provisional-application 1960-05-03 1961-05-03
        PER end-of-provisional-application 1960-05-03, PER provisional-application 1961-01-01, PER end-of-provisional-application 1962-05-03
        PER end-of-provisional-application 1960-05-03
    ";
    say("treaty-action-order", treaty, table);
    let table = "
        PER ratification 1960-05-03 | in-force-since: 1960-05-02
            => warning in-force-since: the treaty is in force before the first consent | a day since the first consent, of 1960-05-03 | 1960-05-02
        PER ratification 1960-05-03 | in-force-since: 1960-05-03
        PER signature 1960-05-03 | in-force-since: 1960-05-02
    ";
    say("in-force-before-consent", treaty, table);
    let table = "
        PER succession 1962-05-03
            => note acts[0]: a state without a predecessor succeeds to a treaty | an accession, or a new state | succession of Peru
        CZE succession 1994-05-03
        KEN succession 1964-05-03
    ";
    say("succession-without-predecessor", treaty, table);
}

#[test]
fn advice_is_for_the_case_at_hand() {
    let advised = |check: &str, fields: &str| {
        let agreement: Agreement = serde_json::from_str(&decision(fields)).unwrap();
        let found = Validator::default().check(&agreement, &NoOrigin);
        let finding = found.into_iter().find(|finding| finding.check == check);
        finding.and_then(|finding| finding.help).unwrap_or_default()
    };
    let listed = |ballots: &str| {
        format!(r#""announced": {{"yes": 0}}, "partial": true, "ballots": {{{ballots}}}"#)
    };
    for (check, fields, advice) in [
        (
            "symbol-session-mismatch",
            r#"A/RES/73/195: "session": "72""#,
            "compare the symbol and the meeting with the document",
        ),
        (
            "symbol-session-mismatch",
            r#"A/RES/ES-10/19: "session": "72""#,
            "special and emergency special sessions are series of their own: `S-10`, `ES-10`",
        ),
        (
            "tally-mismatch",
            &listed(r#""yes": ["PER"]"#),
            "compare the list and the totals with the meeting record",
        ),
        (
            "tally-mismatch",
            &listed(r#""yes": ["PER"], "not-eligible": ["VAT"]"#),
            "1 names on the list are marked as not eligible and count in no total",
        ),
        (
            "control-characters",
            r#""agenda": "14\t15""#,
            "did two columns run together?",
        ),
        (
            "control-characters",
            r#""agenda": "14\u001f15""#,
            "take the character out, or write what it stands for",
        ),
    ] {
        assert_eq!(advised(check, fields), advice, "{check}: {fields}");
    }
}

/// What a check says about documents taken together.
fn of_all(check: &str, documents: impl IntoIterator<Item = String>) -> Vec<String> {
    let validator = Validator::default();
    let mut dataset = DatasetChecker::new(&validator);
    let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
    for document in documents {
        dataset.add(&serde_json::from_str(&document).unwrap(), &origin);
    }
    lines(check, &dataset.finish())
}

#[test]
fn a_meeting_may_run_past_midnight_and_is_held_on_the_day_that_most_records_give() {
    let meeting = |dates: &str| {
        let record = |date| {
            decision(&format!(
                r#"A/RES/33/1: "meeting": "A/33/PV.84", "date": "{date}""#
            ))
        };
        let documents: Vec<_> = dates.split(' ').map(record).collect();
        of_all("meeting-dates", documents)
    };
    for dates in [
        "1978-12-14",
        "1978-12-14 1978-12-15",
        "1978-12-14 1978-12",
        "1978-12-31 1979-01",
    ] {
        assert_eq!(meeting(dates), [""; 0], "{dates}");
    }
    for dates in [
        "1978-12-16 1978-12-14 1978-12-14",
        "1978-12-14 1978-12-16 1978-12-14",
    ] {
        let expected = "=> warning acts[0].date: the meeting has another date in other records | A/33/PV.84 on 1978-12-14 | 1978-12-16 in A/RES/33/1";
        assert_eq!(meeting(dates), [expected], "{dates}");
    }
}

#[test]
fn the_days_are_lost_when_all_are_early_in_many_months_in_a_row() {
    // So many months from January on, each with a date on the seventh and one on the last of these days.
    let days = |months: &[(i32, u32, u32)]| {
        let dates = months.iter().flat_map(|&(year, months, latest)| {
            let month = move |n: u32| (year + (n / 12) as i32, n % 12 + 1);
            (0..months).flat_map(move |n| {
                let (year, month) = month(n);
                [7, latest].map(|day| format!("{year}-{month:02}-{day:02}"))
            })
        });
        let record = |date| decision(&format!(r#""date": "{date}""#));
        of_all("days-of-month-lost", dates.map(record))
    };
    assert_eq!(days(&[(1962, 29, 1)]), [""; 0]);
    assert_eq!(days(&[(1962, 40, 8)]), [""; 0]);
    let said = "=> warning acts[0].date: the day of the month is lost: every date lies in the first seven days of its month | days from 1 to 31";
    for (months, found) in [
        (&[(1962, 30, 1)][..], "60 of 60 dates from 1962 to 1964"),
        (
            &[(1961, 12, 28), (1962, 36, 2), (1965, 12, 28)],
            "72 of 72 dates from 1962 to 1964",
        ),
    ] {
        assert_eq!(
            days(months),
            [format!("{said} | {found} on the days 1 to 7")]
        );
    }
}

#[test]
fn patterns_come_in_the_order_in_which_they_explain_the_rest() {
    let finding =
        |check: &'static str, severity, message: &str| Finding::new(check, severity, message);
    let (error, warning, note) = (Severity::Error, Severity::Warning, Severity::Note);
    let mut findings = vec![
        finding("name-at-date", note, "a name"),
        finding("missing-member", warning, "Peru is not on the list"),
        finding("member-count", error, "the number exceeds"),
        finding("name-of-another-state", note, "a member under another name"),
        finding("meeting-dates", warning, "the meeting has another date"),
        finding("days-of-month-lost", warning, "the days are lost"),
        finding("name-at-date", note, "a name"),
    ];
    let order = |findings: &[Finding]| -> Vec<_> {
        let told = patterns(findings, &Catalogue::default()).into_iter();
        told.map(|pattern| format!("{} {}", pattern.len(), pattern.check))
            .collect()
    };
    let of_dataset = [
        "1 days-of-month-lost",
        "1 meeting-dates",
        "1 name-of-another-state",
    ];
    let expected = ["1 member-count", "1 missing-member", "2 name-at-date"];
    assert_eq!(order(&findings), [of_dataset, expected].concat());
    // Ten warnings weigh as much as an error; what then came first stays first.
    findings.extend(vec![findings[1].clone(); 9]);
    let expected = ["10 missing-member", "1 member-count", "2 name-at-date"];
    assert_eq!(order(&findings), [of_dataset, expected].concat());
    findings.push(findings[2].clone());
    let expected = ["2 member-count", "10 missing-member", "2 name-at-date"];
    assert_eq!(order(&findings), [of_dataset, expected].concat());
    assert!(
        patterns(&findings, &Catalogue::default())
            .iter()
            .all(|pattern| !pattern.is_empty())
    );
}

#[test]
fn records_of_one_document_are_told_with_what_tells_them_apart() {
    // A symbol, and what each record under it holds.
    let found = |case: &str| {
        let mut words = case.split(' ');
        let symbol = words.next().unwrap();
        let vote = |fields: &str| decision(&format!("{symbol}: {fields}"));
        let record = |word: &str| match word {
            "yes" => vote(r#""ballots": {"yes": ["FRA", "PER"]}"#),
            "no" => vote(r#""ballots": {"yes": ["FRA"], "no": ["PER"]}"#),
            "day" => vote(r#""date": "2002-11-22""#),
            "paragraph" => vote(r#""question": {"scope": "paragraph"}"#),
            "motion" => vote(r#""question": {"text": "the motion proposed by Cuba"}"#),
            "treaty" => {
                format!(r#"{{"kind": "treaty", "symbols": ["{symbol}"], "title": "A convention"}}"#)
            }
            _ => decision(&format!(r#"{word}: "ballots": {{"yes": ["FRA", "PER"]}}"#)),
        };
        of_all("duplicate-record", words.map(record).collect::<Vec<_>>())
    };
    let table = "
        A/RES/57/78 yes yes
            => warning symbols[0]: the resolution is recorded more than once, with the same ballots | one record for each resolution | A/RES/57/78 twice
        A/RES/57/78 yes no
            => warning symbols[0]: the resolution is recorded more than once, with other ballots | one record for each resolution | A/RES/57/78 twice
        A/RES/57/78 yes no yes no
            => warning symbols[0]: the resolution is recorded more than once, with other ballots | one record for each resolution | A/RES/57/78 4 times
            => warning symbols[0]: the resolution is recorded more than once, with the same ballots | one record for each resolution | A/RES/57/78 4 times
        A/RES/57/78 day yes
            => warning symbols[0]: the resolution is recorded more than once, with and without ballots | one record for each resolution | A/RES/57/78 twice
        A/RES/57/78 yes day
            => warning symbols[0]: the resolution is recorded more than once, with and without ballots | one record for each resolution | A/RES/57/78 twice
        A/RES/57/78 day day
            => warning symbols[0]: the resolution is recorded more than once | one record for each resolution | A/RES/57/78 twice
        A/RES/57/78 yes motion
        A/RES/57/78 paragraph paragraph
        A/57/L.1 yes yes
            => warning symbols[0]: the document is recorded more than once, with the same ballots | one record for each document | A/57/L.1 twice
        A/57/L.1 paragraph paragraph
        A/57/PV.66 yes yes
        A/C.3/57/SR.66 yes yes
        A/57/PV.66 treaty treaty
            => warning symbols[0]: the treaty is recorded more than once | one record for each treaty | A/57/PV.66 twice
        R/12/461 yes yes
        A/RES/57/78 yes A/RES/57/79
        A/RES/57/78 yes a/res/57/78
            => warning symbols[0]: the resolution is recorded more than once, with the same ballots | one record for each resolution | a/res/57/78, also recorded as A/RES/57/78
    ";
    hold("duplicate-record", table, found);
    let identified = |symbol: &str| {
        let id = "123e4567-e89b-12d3-a456-426614174000";
        format!(r#"{{"id": "{id}", "symbols": ["{symbol}"], "title": "A question"}}"#)
    };
    let found = |symbols: &str| of_all("duplicate-record", symbols.split(' ').map(identified));
    let table = "
        A/1
        A/1 A/2
            => warning id: several records have one identifier | one record for each identifier | A/2, also recorded as A/1
        A/1 A/2 A/3
            => warning id: several records have one identifier | one record for each identifier | 3 records: A/1, A/2, A/3
        A/1 A/1 A/2 A/2
            => warning id: several records have one identifier | one record for each identifier | 4 records: A/1, A/2
        A/1 A/2 A/3 A/4
            => warning id: several records have one identifier | one record for each identifier | 4 records: A/1, A/2, A/3, A/4
        A/1 A/2 A/3 A/4 A/5 A/6
            => warning id: several records have one identifier | one record for each identifier | 6 records: A/1, A/2, A/3, A/4, …
    ";
    hold("duplicate-record", table, found);
}

#[test]
fn a_list_is_short_beside_the_others_of_its_session_and_the_members() {
    // How many lists with how many names, of which every third is against and every third abstains, and one with fewer.
    let found = |case: &str| {
        let (numbers, fields) = case.split_once(": ").unwrap();
        let [votes, names, short] = numbers.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{case}");
        };
        let [votes, names, short] = [votes, names, short].map(|n| n.parse::<usize>().unwrap());
        let members = members("2001-12-19").iter();
        let members: Vec<_> = members.map(ToString::to_string).collect();
        let record = |at: usize| {
            let names = &members[..if at == 0 { short } else { names }];
            let of = |choice: usize| names.iter().skip(choice).step_by(3).collect::<Vec<_>>();
            let (symbol, [yes, no, abstain]) = (format!("A/RES/56/{at}"), [0, 1, 2].map(of));
            let ballots = format!(r#"{{"yes": {yes:?}, "no": {no:?}, "abstain": {abstain:?}}}"#);
            decision(&format!(
                r#"{symbol}: "session": "56", "date": "2001-12-19", {fields}, "ballots": {ballots}"#
            ))
        };
        of_all("short-roll", (0..votes).map(record))
    };
    let table = r#"
        10 40 9: "body": "unga", "partial": true
            => warning acts[0].ballots: hardly any vote of the list is left | about 40, as is usual in session 56 | 9 votes on A/RES/56/0
        10 40 1: "body": "unga", "partial": true
            => warning acts[0].ballots: hardly any vote of the list is left | about 40, as is usual in session 56 | 1 vote on A/RES/56/0
        10 40 10: "body": "unga", "partial": true
        9 40 9: "body": "unga", "partial": true
        10 189 46: "body": "unga", "partial": true
            => warning acts[0].ballots: hardly any vote of the list is left | about 189, as is usual in session 56 | 46 votes on A/RES/56/0
        10 189 47: "body": "unga", "partial": true
        10 40 9: "body": "unga"
        10 40 9: "body": "unsc", "partial": true
        10 40 9: "partial": true
    "#;
    hold("short-roll", table, found);
}

#[test]
fn a_second_record_with_other_ballots_may_be_of_another_vote() {
    let validator = Validator::default();
    for (second, advice) in [
        (
            r#"{"no": ["PER"]}"#,
            Some("is it the vote on a motion, an amendment or a paragraph?"),
        ),
        (r#"{"yes": ["PER"]}"#, None),
    ] {
        let mut dataset = DatasetChecker::new(&validator);
        let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
        for ballots in [r#"{"yes": ["PER"]}"#, second] {
            let text = decision(&format!(r#"A/RES/57/78: "ballots": {ballots}"#));
            dataset.add(&serde_json::from_str(&text).unwrap(), &origin);
        }
        let found = dataset.finish();
        let help: Vec<_> = found
            .iter()
            .map(|finding| finding.help.as_deref())
            .collect();
        assert_eq!(help, [advice], "{second}");
    }
}

/// Decisions of the Council with the number of a meeting and of a resolution: `2149 450 1979-06-14`.
fn of_the_council(text: &str) -> Vec<String> {
    let record = |line: &str| {
        let [meeting, number, date] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let symbol = match number {
            "-" => "A question".to_owned(),
            _ => format!("S/RES/{number}({})", &date[..4]),
        };
        let meeting = match meeting {
            "-" => String::new(),
            _ => format!(r#", "meeting": "S/PV.{meeting}""#),
        };
        decision(&format!(r#"{symbol}: "date": "{date}"{meeting}"#))
    };
    text.split(", ").map(record).collect()
}

#[test]
fn a_date_out_of_order_is_told_with_its_neighbours() {
    let found = |text: &str| of_all("meeting-order", of_the_council(text));
    let table = "
        2149 450 1979-06-14, 2150 451 1979-06-13, 2159 452 1979-07-20, 2160 453 1979-07-20
        2149 450 1979-06-14, 2150 451 1979-06-12, 2159 452 1979-07-20, 2160 453 1979-07-20
            => warning acts[0].date: the date is out of the order of the meetings and of that of the resolutions | from 1979-06-14 (S/PV.2149) to 1979-07-20 (S/PV.2159) | 1979-06-12 for S/PV.2150
        2149 - 1979-06-14, 2150 - 1979-01-15, 2159 - 1979-07-20, 2160 - 1979-07-21
            => warning acts[0].date: the date is out of the order of the meetings | from 1979-06-14 (S/PV.2149) to 1979-07-20 (S/PV.2159) | 1979-01-15 for S/PV.2150
        - 450 1979-06-14, - 451 1979-01-15, - 452 1979-07-20, - 453 1979-07-21
            => warning acts[0].date: the date is out of the order of the resolutions | from 1979-06-14 (resolution 450) to 1979-07-20 (resolution 452) | 1979-01-15 for resolution 451
        2149 450 1979-06-14, 2159 452 1979-07-20, 2160 453 1979-01-15
            => warning acts[0].date: the date is out of the order of the meetings and of that of the resolutions | from 1979-07-20 (S/PV.2159) | 1979-01-15 for S/PV.2160
        2149 450 1979-12-14, 2150 451 1979-06-15, 2159 452 1979-07-20
            => warning acts[0].date: the date is out of the order of the meetings and of that of the resolutions | to 1979-06-15 (S/PV.2150) | 1979-12-14 for S/PV.2149
        2149 450 1979-06-14, 2161 451 1979-06-15, 2159 452 1979-07-20, 2160 453 1979-07-20, 2162 454 1979-07-21
            => warning acts[0].date: the date is out of the order of the meetings | from 1979-07-20 (S/PV.2160) to 1979-07-21 (S/PV.2162) | 1979-06-15 for S/PV.2161
        2149 450 1979-06-14, 2150 451 1979-01-15, 2159 452 1979-07-20, 2149 450 1979-06-14, 2150 451 1979-01-15, 2159 452 1979-07-20, 2148 449 1979-06-13, 2148 449 1979-06-13
            => warning acts[0].date: the date is out of the order of the meetings and of that of the resolutions | from 1979-06-14 (S/PV.2149) to 1979-07-20 (S/PV.2159) | 1979-01-15 for S/PV.2150, in 2 records
        2149 - 1979-06-14, 2149 - 1979-06-14, 2149 - 1979-06-14, 2150 - 1979-01-15, 2150 - 1979-01-15
            => warning acts[0].date: the date is out of the order of the meetings | from 1979-06-14 (S/PV.2149) | 1979-01-15 for S/PV.2150, in 2 records
        2149 450 1979-06-14, 2150 451 1979-01-15, 2150 451 1979-06-15, 2159 452 1979-07-20
    ";
    hold("meeting-order", table, found);
    let advised = |text: &str| {
        let validator = Validator::default();
        let mut dataset = DatasetChecker::new(&validator);
        let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
        for document in of_the_council(text) {
            dataset.add(&serde_json::from_str(&document).unwrap(), &origin);
        }
        let found = dataset.finish().into_iter();
        let helps = found.filter(|finding| finding.check == "meeting-order");
        helps.filter_map(|finding| finding.help).collect::<Vec<_>>()
    };
    let record = "compare the date and the number with the record of the meeting";
    let other = "the number of the resolution fits the date: is it another meeting?";
    for (text, help) in [
        (
            "2149 - 1979-06-14, 2150 - 1979-01-15, 2159 - 1979-07-20, 2160 - 1979-07-21",
            record,
        ),
        (
            "2149 450 1979-06-14, 2161 451 1979-06-15, 2159 452 1979-07-20, 2160 453 1979-07-20, 2162 454 1979-07-21",
            other,
        ),
    ] {
        assert_eq!(advised(text), [help], "{text}");
    }
}

#[test]
fn of_as_many_dates_of_a_meeting_the_one_that_fits_is_right() {
    let found = |text: &str| of_all("meeting-dates", of_the_council(text));
    let table = "
        1386 244 1967-12-22, 1387 245 1968-01-25, 1387 246 1968-03-14, 1398 247 1968-03-18
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1968-01-25 | 1968-03-14 in S/RES/246(1968)
        1386 244 1967-12-22, 1387 245 1968-01-25, 1387 246 1968-01-25, 1387 247 1968-03-14, 1387 248 1968-03-14, 1398 249 1968-03-18
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1968-01-25 | 1968-03-14 in S/RES/247(1968)
        1386 244 1967-12-22, 1387 245 1967-01-25, 1387 246 1968-03-14, 1398 247 1968-03-18
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1968-03-14 | 1967-01-25 in S/RES/245(1967)
        1386 244 1967-12-22, 1387 245 1967-01-25, 1387 246 1968-04-14, 1398 247 1968-03-18
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1968-04-14 | 1967-01-25 in S/RES/245(1967)
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1967-01-25 | 1968-04-14 in S/RES/246(1968)
        1386 244 1967-12-22, 1387 245 1967-01-25, 1387 246 1968-03-18, 1398 247 1968-03-18
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1968-03-18 | 1967-01-25 in S/RES/245(1967)
        1386 244 1968-01-01, 1388 245 1968-01-26, 1388 246 1968-01-31, 1390 247 1968-02-10
            => warning acts[0].date: the meeting has another date in other records | S/PV.1388 on 1968-01-31 | 1968-01-26 in S/RES/245(1968)
            => warning acts[0].date: the meeting has another date in other records | S/PV.1388 on 1968-01-26 | 1968-01-31 in S/RES/246(1968)
        1386 244 1967-12-22, 1392 245 1968-01-25, 1392 246 1968-02-10, 1398 247 1968-03-18
            => warning acts[0].date: the meeting has another date in other records | S/PV.1392 on 1968-02-10 | 1968-01-25 in S/RES/245(1968)
            => warning acts[0].date: the meeting has another date in other records | S/PV.1392 on 1968-01-25 | 1968-02-10 in S/RES/246(1968)
        1387 245 1968-01-25, 1387 246 1968-03-14, 1398 247 1968-03-18
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1968-03-14 | 1968-01-25 in S/RES/245(1968)
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1968-01-25 | 1968-03-14 in S/RES/246(1968)
        1386 244 1967-12-22, 1387 245 1968-01-25, 1387 246 1968-03-14
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1968-03-14 | 1968-01-25 in S/RES/245(1968)
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1968-01-25 | 1968-03-14 in S/RES/246(1968)
        1380 243 1967-12-22, 1386 244 1967-12-22, 1386 244 1967-11-22, 1387 245 1968-01-25, 1387 246 1968-03-14, 1398 247 1968-03-18
            => warning acts[0].date: the meeting has another date in other records | S/PV.1386 on 1967-12-22 | 1967-11-22 in S/RES/244(1967)
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1968-01-25 | 1968-03-14 in S/RES/246(1968)
        1387 245 1968-01-25, 1388 247 1968-02-01, 1387 245 1968-01-25, 1387 246 1968-03-14
            => warning acts[0].date: the meeting has another date in other records | S/PV.1387 on 1968-01-25 | 1968-03-14 in S/RES/246(1968)
    ";
    hold("meeting-dates", table, found);
}

#[test]
fn a_name_of_another_state_is_counted_with_its_years() {
    // The year of each vote, the member, and the name that it is listed under.
    let found = |case: &str| {
        let record = |vote: &str| {
            let [year, state, name] = vote.splitn(3, ' ').collect::<Vec<_>>()[..] else {
                panic!("{vote}");
            };
            let date = match year {
                "-" => String::new(),
                _ => format!(r#""date": "{year}-12-19", "#),
            };
            decision(&format!(
                r#"{date}"ballots": {{"printed": [{{"state": "{state}", "name": "{name}", "choice": "yes"}}]}}"#
            ))
        };
        of_all("name-of-another-state", case.split(", ").map(record))
    };
    let table = "
        2018 SRB Serbia, 2018 PER Peru
        2018 SRB Serbia, 2018 SRB Yugoslavia, 2018 SRB Serbia
            => warning acts[0].ballots[0]: a member is listed under the name of another state | Serbia | Serbia as `Yugoslavia`, 1 vote 2018
        2019 SRB Yugoslavia, 2017 SRB Yugoslavia, 2018 SRB Yugoslavia
            => warning acts[0].ballots[0]: a member is listed under the name of another state | Serbia | Serbia as `Yugoslavia`, 3 votes 2017-2019
        - SRB Yugoslavia
            => warning acts[0].ballots[0]: a member is listed under the name of another state | Serbia | Serbia as `Yugoslavia`, 1 vote
        2018 PER Chile, 2018 SRB Yugoslavia, 2018 SRB Yugoslavia
            => warning acts[0].ballots[0]: a member is listed under the name of another state | Serbia | Serbia as `Yugoslavia`, 2 votes 2018
            => warning acts[0].ballots[0]: a member is listed under the name of another state | Peru | Peru as `Chile`, 1 vote 2018
        2018 SRB Atlantis
    ";
    hold("name-of-another-state", table, found);
}

#[test]
fn who_takes_part_or_objects_is_a_member_and_those_who_do_not_take_part_are_not_missing() {
    let table = r#"
        "body": "eu-council", "date": "2017-10-12", "taking-part": ["AUT", "NOR"]
            => warning acts[0].taking-part: Norway takes part by the record, and was no member at the date | a member of the body | NOR
        "body": "unga", "date": "2018-12-19", "mode": "silence", "objections": ["VAT", "PER"]
            => warning acts[0].objections: Holy See objected, and was no member at the date | a member of the body | VAT
        "body": "unga", "mode": "silence", "objections": ["VAT"]
        "body": "eu-council", "date": "2017-10-12", "taking-part": ["AUT", "BEL"], "ballots": {"yes": ["AUT", "BEL"]}
        "body": "eu-council", "date": "2017-10-12", "taking-part": ["AUT", "BEL"], "ballots": {"yes": ["AUT", "DEU"]}
            => error acts[0].ballots[1]: Germany takes no part in the decision by the record | one of those who take part | DEU on the list of 2017-10-12
    "#;
    say("not-a-member", decision, table);
    let table = r#"
        "body": "eu-council", "date": "2017-10-12", "taking-part": ["AUT", "BEL"], "ballots": {"yes": ["AUT", "BEL"]}
        "body": "eu-council", "date": "2017-10-12", "taking-part": ["AUT", "BEL"], "ballots": {"yes": ["AUT"]}
            => warning acts[0].ballots: the list lacks Belgium | BEL on the list of 2017-10-12 | 1 name without it
    "#;
    say("missing-member", decision, table);
}

#[test]
fn an_objection_breaks_a_silence() {
    let table = r#"
        "body": "unga", "date": "2020-03-24/2020-03-27", "mode": "silence", "outcome": "adopted", "objections": []
        "body": "unga", "date": "2020-03-24/2020-03-27", "mode": "silence", "outcome": "rejected", "objections": ["PER"]
        "body": "unga", "date": "2020-03-24/2020-03-27", "mode": "silence", "outcome": "adopted"
        "body": "unga", "date": "2020-03-24/2020-03-27", "mode": "silence", "outcome": "adopted", "objections": ["PER"]
            => warning acts[0].outcome: recorded as adopted, which does not follow from the objections | rejected: PER against | adopted
        "body": "unga", "date": "2020-03-24/2020-03-27", "mode": "silence", "outcome": "rejected", "objections": []
            => warning acts[0].outcome: recorded as rejected, which does not follow from the objections | adopted: no member against | rejected
        "body": "unga", "date": "2020-03-27", "mode": "silence", "rule": "no member against", "outcome": "adopted", "objections": ["PER"]
            => error acts[0].outcome: recorded as adopted, which does not follow from the objections | rejected: PER against | adopted
    "#;
    say("outcome-mismatch", decision, table);
    let table = r#"
        "mode": "without-vote", "objections": []
        "mode": "without-vote", "objections": ["PER"]
            => error acts[0].mode: decided without a vote, and yet there are objections | no objections | 1 objection
    "#;
    say("mode-contradicts-votes", decision, table);
}

#[test]
fn an_election_fits_the_membership_of_the_body_that_it_fills() {
    let election = |text: &str| {
        let (fields, round) = text.split_once(" | ").unwrap();
        format!(
            r#"{{"title": "An election", "acts": [{{"act": "election", {fields}, "contests": [{{"seats": 1, "rounds": [{{{round}}}]}}]}}]}}"#
        )
    };
    let table = r#"
        "body": "unga", "to": "unsc", "term": "2021-01-01/2023-01-01" | "elected": ["KEN"]
        "body": "unga", "to": "unsc", "term": "2021-01-01/2023-01-01" | "elected": ["DJI"]
            => error acts[0].contests[0]: Djibouti was elected, and was no member of the Security Council when the term began | one of those who sit there since 2021-01-01 | DJI
        "body": "unga", "to": "unsc", "term": "2031-01-01/2033-01-01" | "elected": ["DJI"]
        "body": "ecosoc", "to": "unsc", "term": "2021-01-01/2023-01-01" | "elected": ["KEN"]
            => warning acts[0].body: the Security Council is elected by another body | unga | ecosoc
        "body": "unga", "to": "unsc" | "date": "2020-06-17", "votes": {"VAT": 3, "KEN": 5}
            => warning acts[0].contests[0]: Holy See stood for election and was no member of the General Assembly | a member of the General Assembly | VAT
        "body": "unga", "to": "unsc", "term": "2021-01-01/2024-01-01" | "elected": ["KEN"]
            => warning acts[0]: the term is longer than one of the body | 2 years | 2021-01-01 to 2024-01-01
        "body": "unga", "to": "unsc", "term": "2021-06-01/2023-01-01" | "elected": ["KEN"]
            => warning acts[0]: more seats are filled than fall vacant | at most 0, as many as sit since 2021-06-01 | 1
        "body": "unga", "to": "unsc", "term": "2023-01-01/2025-01-01" | "elected": ["KEN"]
            => error acts[0].contests[0]: Kenya was elected, and was no member of the Security Council when the term began | one of those who sit there since 2023-01-01 | KEN
            => warning acts[0].contests[0]: Kenya cannot be elected again at once | one who does not sit already | KEN, a member since 2021-01-01
        "body": "unga", "to": "icao-council", "term": "2021-01-01/2023-01-01" | "elected": ["VAT"]
    "#;
    say("election-contradicts-roster", election, table);
}

#[test]
fn the_rounds_of_an_election_do_not_contradict_each_other() {
    let election = |text: &str| {
        let (seats, rounds) = text.split_once(" | ").unwrap();
        format!(
            r#"{{"title": "An election", "acts": [{{"act": "election", "body": "unga", "contests": [{{"seats": {seats}, "rounds": [{rounds}]}}]}}]}}"#
        )
    };
    let table = r#"
        2 | {"date": "2020-06-17", "elected": ["KEN"]}, {"date": "2020-06-18", "elected": ["DJI"]}
        2 | {"date": "2020-06-17", "elected": ["KEN"]}, {"date": "2020-06-18", "elected": ["KEN"]}
            => error acts[0].contests[0]: round 2: somebody is elected to a second seat | each elected once | KEN, who was elected in this contest already
        1 | {"date": "2020-06-17"}, {"date": "2020-06-16"}
            => error acts[0].contests[0]: round 2: the round is dated before an earlier one | 2020-06-17 or later, as round 1 | 2020-06-16
        1 | {"date": "2020-06-17"}, {"date": "2020-06"}, {"date": "2020-06-17"}
        1 | {"electors": 190, "valid": 188, "invalid": 2}
        1 | {"electors": 190, "valid": 188, "invalid": 3}
            => error acts[0].contests[0]: round 1: there are more ballots than electors | at most 190 ballots | 191 ballots
        1 | {"electors": 190, "valid": 188, "invalid": 2, "abstain": 1}
            => warning acts[0].contests[0]: round 1: there are more ballots than electors | at most 190 ballots | 191 ballots
        1 | {"date": "2020-06-17", "valid": 194}
            => error acts[0].contests[0]: round 1: there are more ballots than electors | at most 193 ballots, the members of the body on the day | 194 ballots
        1 | {"valid": 5, "votes": {"KEN": 6}}
            => error acts[0].contests[0]: round 1: a candidate has more votes than there are ballots | at most 5 votes for each | 6 votes for KEN
            => error acts[0].contests[0]: round 1: there are more votes than the ballots can hold | at most 5 votes: a ballot has as many names as seats are left | 6 votes
        1 | {"date": "2020-06-17", "elected": ["KEN"]}, {"date": "2020-06-18"}
            => error acts[0].contests[0]: round 2: the round is held although no seat is left | at most 1 rounds | all seats filled before, by KEN
        1 | {"date": "2020-06-17", "withdrawn": ["DJI"]}, {"date": "2020-06-18", "elected": ["KEN"]}
        1 | {"date": "2020-06-17", "withdrawn": ["KEN"]}, {"date": "2020-06-18", "elected": ["KEN"]}
            => error acts[0].contests[0]: round 1: somebody who withdrew is elected | either a withdrawal or an election | KEN, elected in round 2
        1 | {"date": "2020-06-17", "elected": ["KEN"], "withdrawn": ["KEN"]}
            => error acts[0].contests[0]: round 1: somebody who withdrew is elected | either a withdrawal or an election | KEN, elected in round 1
        2 | {"date": "2020-06-17", "elected": ["KEN"]}, {"date": "2020-06-18", "withdrawn": ["KEN"]}
            => warning acts[0].contests[0]: round 2: somebody who withdrew is elected | either a withdrawal or an election | KEN, elected in round 1
        1 | {"date": "2020-06-17", "restricted-to": ["KEN", "DJI"]}
            => warning acts[0].contests[0]: round 1: the first round is restricted, so that the round before it is missing | a first round in which anybody may be voted for | votes for DJI, KEN alone
        1 | {}, {"date": "2020-06-17"}
            => warning acts[0].contests[0]: round 1: nothing is recorded of the round, although others follow it | its date, votes or ballots | an empty round
    "#;
    say("election-mismatch", election, table);
    let two = r#"{"title": "x", "acts": [{"act": "election", "contests": [{"seats": 1, "rounds": [{"elected": ["KEN"]}]}, {"seats": 1, "rounds": [{"elected": ["KEN"]}]}]}]}"#;
    say(
        "election-mismatch",
        |_| two.to_owned(),
        "two
        => warning acts[0].contests[1]: round 1: somebody is elected to a second seat | each elected once | KEN, who was elected in another contest of the election already",
    );
}

#[test]
fn whom_an_election_names_is_known() {
    let election = |fields: &str| {
        format!(r#"{{"title": "An election", "acts": [{{"act": "election", {fields}}}]}}"#)
    };
    let table = r#"
        "contests": [{"seats": 1, "rounds": [{"votes": {"KEN": 3}, "elected": ["person:a-judge"]}]}]
        "contests": [{"seats": 1}, {"seats": 1, "rounds": [{"votes": {"QQQ": 3}, "elected": ["QQQ"]}]}]
            => error acts[0].contests[1]: unknown state `QQQ` | the code of a state, an organisation or another participant of treaties | QQQ
        "contests": [{"seats": 1, "rounds": [{"withdrawn": ["QQQ"]}]}]
            => error acts[0].contests[0]: unknown state `QQQ` | the code of a state, an organisation or another participant of treaties | QQQ
    "#;
    say("unknown-state", election, table);
    let table = r#"
        "to": "unsc", "contests": [{"seats": 1, "group": "African and Asia-Pacific States"}]
        "to": "unsc", "contests": [{"seats": 1, "group": "Latin American and Caribbean States and Western European and other States"}]
        "to": "unsc", "contests": [{"seats": 1, "group": "WEOG"}, {"seats": 1, "group": "P5"}]
        "to": "unscc"
            => note acts[0].to: the body that is elected to is not on record: its members and terms are not compared | a body of `plenary bodies` | unscc
        "to": "unsc", "contests": [{"seats": 1, "group": "Antarctic States"}]
            => note acts[0].contests[0]: the group that has the seats is not on record: its members are not compared | a group of a scheme or of the body, or several with `and` between them | Antarctic States
        "to": "unsc", "contests": [{"seats": 1, "group": "African States and Antarctic States"}]
            => note acts[0].contests[0]: the group that has the seats is not on record: its members are not compared | a group of a scheme or of the body, or several with `and` between them | African States and Antarctic States
    "#;
    say("unknown-word", election, table);
}

#[test]
fn a_session_that_the_body_has_not_held_is_told() {
    let table = r#"
        "body": "unga", "date": "2018-12-19", "session": "73"
        "body": "unga", "date": "2018-12-19", "session": "S-99"
            => warning acts[0].session: the session is not among those of the body on record | a session on record, such as `73` or `ES-10`, held at the date | S-99
        "body": "npt-review", "date": "2000-05-01", "session": "2001"
            => warning acts[0].session: the session is not among those of the body on record | a session on record, such as `2000`, held at the date | 2001
        "body": "unga", "date": "2028-12-19", "session": "S-99"
        "body": "unga", "date": "2018-12-19", "session": "part two"
        "body": "hrc", "date": "2018-12-19", "session": "S-99"
    "#;
    say("date-outside-session", decision, table);
    let table = r#"
        "body": "unga", "date": "2018-12-19", "mode": "non-recorded", "attending": 193
        "body": "unga", "date": "2018-12-19", "mode": "non-recorded", "attending": 194
            => error acts[0].attending: more attended than the body has members at the date | at most 193 | 194
        "body": "unga", "date": "2018-12-19", "mode": "non-recorded", "attending": 194, "chair": {"choice": "yes"}
        "body": "ilo-conference", "date": "2005-06-16", "mode": "non-recorded", "attending": 594
    "#;
    say("member-count", decision, table);
}

#[test]
fn decisions_that_depend_on_each_other_in_a_circle_are_told() {
    let decision = |id: &str, with: &str| {
        let with = match with {
            "" => String::new(),
            with => format!(r#", "with": {{"other": "{with}"}}"#),
        };
        format!(r#"{{"act": "decision", "id": "{id}"{with}}}"#)
    };
    let document = |symbol: &str, acts: &[String]| {
        format!(
            r#"{{"title": "x", "symbols": ["{symbol}"], "acts": [{}]}}"#,
            acts.join(", ")
        )
    };
    let found = |documents: &[String]| of_all("circular-relation", documents.iter().cloned());
    let within = document("X-1", &[decision("a", "#b"), decision("b", "#a")]);
    let [one] = &found(&[within])[..] else {
        panic!("one circle");
    };
    assert!(
        one.contains("error acts[1].with: the decision depends on others that depend on it")
            && one.contains("`#b`, then `#a`, where they began"),
        "{one}"
    );
    let across = |to: &str| {
        [
            document("X-1", &[decision("a", "X-2")]),
            document("X-2", &[decision("a", to)]),
        ]
    };
    assert_eq!(found(&across("X-1")).len(), 1);
    // The other decision is one of the same name in the record itself, or there is none.
    for to in ["", "X-3", "#a"] {
        assert!(found(&across(to)).is_empty(), "{to}");
    }
    let chain = document(
        "X-1",
        &[decision("a", "#b"), decision("b", "#c"), decision("c", "")],
    );
    assert!(found(&[chain]).is_empty());
}

#[test]
fn relations_in_a_circle_are_found_once_and_a_way_without_one_is_not() {
    // A record is a letter, its relations are the letters behind it: `a>b` replaces b.
    let found = |case: &str| {
        let record = |text: &str| {
            let (own, others) = text.split_once('>').unwrap_or((text, ""));
            let kinds = ["replaces", "supersedes", "amends", "adopted-by"];
            let relations = others
                .chars()
                .zip(kinds.iter().cycle())
                .map(|(to, kind)| serde_json::json!({"kind": kind, "to": format!("X-{to}")}));
            let relations: Vec<_> = relations.collect();
            serde_json::json!({"title": own, "symbols": [format!("X-{own}")], "relations": relations}).to_string()
        };
        of_all("circular-relation", case.split(' ').map(record))
    };
    for (case, circles) in [
        ("a>b b", 0),
        ("a>b b>c c", 0),
        ("a>bc b>d c>d d", 0),
        ("a>b", 0),
        ("a>a", 1),
        ("a>b b>a", 1),
        ("b>a a>b", 1),
        ("z>a a>b b>c c>a", 1),
        ("a>b b>ac c>b", 2),
    ] {
        assert_eq!(found(case).len(), circles, "{case}: {:?}", found(case));
    }
    let [one] = &found("a>b b>c c>a")[..] else {
        panic!("one circle");
    };
    assert!(
        one.contains("`X-b`, then `X-c`, then `X-a`, where they began"),
        "{one}"
    );
    let other = |kind: &str| {
        let record = |own: &str, to: &str| {
            format!(
                r#"{{"title": "x", "symbols": ["{own}"], "relations": [{{"kind": "{kind}", "to": "{to}"}}]}}"#
            )
        };
        of_all(
            "circular-relation",
            [record("X-1", "X-2"), record("X-2", "X-1")],
        )
        .len()
    };
    assert_eq!((other("amends"), other("endorses")), (1, 0));
}

#[test]
fn a_decision_that_another_depends_on_has_to_be_in_the_dataset() {
    let depends = |to: &str| {
        format!(
            r#"{{"symbols": ["A/RES/273(III)"], "acts": [{{"act": "decision", "date": "1949-05-11", "with": {{"council": "{to}"}}}}]}}"#
        )
    };
    let council =
        r#"{"symbols": ["S/RES/69(1949)"], "acts": [{"act": "decision", "date": "1949-03-04"}]}"#;
    let id = serde_json::from_str::<Agreement>(council)
        .unwrap()
        .derived_id()
        .unwrap()
        .to_string();
    let found = |records: &[String]| of_all("missing-related-record", records.iter().cloned());
    for to in ["S/RES/69(1949)", "S/RES/69 (1949)", &id] {
        assert_eq!(
            found(&[depends(to), council.to_owned()]),
            Vec::<String>::new(),
            "{to}"
        );
        assert_eq!(found(&[depends(to)]).len(), 1, "{to}");
    }
    assert!(
        found(&[depends("S/RES/69(1949)")])[0].contains("note acts[0].with"),
        "{:?}",
        found(&[depends("S/RES/69(1949)")])
    );
    assert!(
        found(&[depends(&id)])[0].contains("warning acts[0].with"),
        "{:?}",
        found(&[depends(&id)])
    );
    assert!(found(&[depends("#here")]).is_empty());
}
