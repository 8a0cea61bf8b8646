//! Tables of acts as others publish them, recognised as formats that are mappings, against what was counted in them by other means.

use std::collections::{BTreeMap, BTreeSet};

use plenary_import::{Import, Options, read};
use plenary_testing::shared;
use plenary_types::ActionKind::{
    self, Acceptance, Accession, Approval, ConsentToBeBound, DefinitiveSignature,
    FormalConfirmation, Participation, ProvisionalApplication, Ratification, Signature,
    SignatureAdReferendum, Succession, Withdrawal,
};
use plenary_types::{Act, Agreement, Date, Participant, Precision, TreatyAction};

/// A table of `data/others`, which is recognised; nothing where it is not there.
fn recognised(file: &str, format: &str) -> Option<Import> {
    let import = read(shared(&format!("others/{file}"))?, &Options::default()).unwrap();
    let summary = import.summary();
    assert_eq!(summary.format, format, "{file}");
    assert_eq!(summary.rows, summary.used + summary.rejected, "{file}");
    Some(import)
}

fn agreements(import: &Import) -> Vec<Agreement> {
    import.records().map(|record| record.agreement).collect()
}

fn acts(agreements: &[Agreement]) -> impl Iterator<Item = &TreatyAction> {
    let acts = agreements.iter().flat_map(|agreement| &agreement.acts);
    acts.filter_map(|act| match act {
        Act::Action(action) => Some(action),
        _ => None,
    })
}

/// How many acts there are of each kind: all, with a date, with a day of effect.
fn counted(agreements: &[Agreement]) -> Vec<(ActionKind, [usize; 3])> {
    let mut counts: BTreeMap<ActionKind, [usize; 3]> = BTreeMap::new();
    for act in acts(agreements) {
        let [all, dated, effective] = counts.entry(act.kind).or_default();
        *all += 1;
        *dated += usize::from(act.date.is_some());
        *effective += usize::from(act.effective.is_some());
    }
    counts.into_iter().collect()
}

/// The first and the last day on which something of some kinds was done.
fn span(agreements: &[Agreement], kinds: &[ActionKind]) -> String {
    let days = acts(agreements).filter(|act| kinds.contains(&act.kind));
    let days: BTreeSet<_> = days.filter_map(|act| act.date?.as_day()).collect();
    format!("{} {}", days.first().unwrap(), days.last().unwrap())
}

fn participants(agreements: &[Agreement]) -> BTreeSet<Participant> {
    acts(agreements).map(|act| act.participant).collect()
}

/// The first day on which an agreement counts for anybody.
fn first_entry<'a>(all: &'a [Agreement], title: &str) -> (&'a Agreement, String) {
    let called = |agreement: &&Agreement| {
        let record = agreement
            .sources
            .first()
            .and_then(|source| source.record.as_deref());
        agreement.title == title || record == Some(title)
    };
    let found = all.iter().find(called).unwrap();
    let entries = acts(std::slice::from_ref(found)).filter_map(|act| act.effective?.as_day());
    (found, entries.min().unwrap().to_string())
}

/// The only checks whose findings reading brings to light, and how many there are of each.
fn findings(import: &Import) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for finding in import.records().flat_map(|record| record.findings) {
        *counts.entry(finding.check.to_string()).or_default() += 1;
    }
    counts
}

#[test]
fn the_charts_of_the_council_of_europe_have_a_letter_behind_a_day() {
    let Some(import) = recognised("coe_conventions_even.csv.zst", "coe-treaties") else {
        return;
    };
    let all = agreements(&import);
    assert_eq!(
        (import.summary().rows, import.summary().rejected, all.len()),
        (5154, 0, 106)
    );
    assert_eq!(
        counted(&all),
        [
            (Signature, [2281, 2281, 0]),
            (SignatureAdReferendum, [2, 2, 0]),
            (DefinitiveSignature, [133, 133, 124]),
            (Ratification, [1901, 1901, 1869]),
            (Accession, [244, 244, 244]),
            (Succession, [30, 30, 30]),
            (Withdrawal, [50, 50, 0]),
        ]
    );
    assert_eq!(
        124 + 1869 + 244 + 30,
        2267,
        "each entry into force is that of an act"
    );
    assert_eq!(span(&all, &[Signature]), "1949-09-02 2012-03-01");
    assert_eq!(span(&all, &[Ratification]), "1950-03-18 2012-03-29");
    for (title, day) in [
        ("Convention on Cybercrime", "2004-07-01"),
        ("European Cultural Convention", "1955-05-05"),
        ("European Convention on Extradition", "1960-04-18"),
        ("European Social Charter", "1965-02-26"),
        (
            "Convention on Mutual Administrative Assistance in Tax Matters",
            "1995-04-01",
        ),
        (
            "Convention for the Protection of Human Rights and Fundamental Freedoms",
            "1953-09-03",
        ),
    ] {
        assert_eq!(first_entry(&all, title).1, day, "{title}");
    }
    assert_eq!(findings(&import), BTreeMap::new());
}

#[test]
fn the_parties_of_the_treaties_of_wipo_have_a_kind_of_instrument() {
    let Some(import) = recognised("wipo_copyright_treaties.csv", "wipo-treaties") else {
        return;
    };
    let all = agreements(&import);
    assert_eq!((import.summary().used, all.len()), (1501, 17));
    assert_eq!(
        counted(&all),
        [
            (Signature, [629, 629, 0]),
            (Ratification, [339, 339, 336]),
            (Acceptance, [1, 1, 1]),
            (Accession, [799, 799, 795]),
            (Succession, [74, 74, 74]),
            (Participation, [2, 0, 2]),
        ]
    );
    assert_eq!(
        336 + 1 + 795 + 74 + 2,
        1208,
        "each entry into force is that of an act"
    );
    assert_eq!(participants(&all).len(), 194);
    for (title, day) in [
        ("Beijing", "2020-04-28"),
        ("Berne", "1887-12-05"),
        ("Madrid", "1892-07-15"),
        ("Marrakesh", "2016-09-30"),
        ("Paris", "1884-07-07"),
        ("Rome", "1964-05-18"),
        ("WIPO Copyright Treaty (WCT)", "2002-03-06"),
        (
            "WIPO Performances and Phonograms Treaty (WPPT)",
            "2002-05-20",
        ),
    ] {
        assert_eq!(first_entry(&all, title).1, day, "{title}");
    }
}

#[test]
fn the_tables_of_climate_treaties_have_codes_and_the_kind_of_consent() {
    let kigali = recognised("kigali_amendment_status.csv", "treaty-participation-iso3");
    let paris = recognised("paris_status_2023-02-13.csv", "paris-agreement-status");
    let (Some(kigali), Some(paris)) = (kigali, paris) else {
        return;
    };
    let all = agreements(&kigali);
    let counts = [
        (Ratification, [114, 114, 0]),
        (Acceptance, [33, 33, 0]),
        (Approval, [7, 7, 0]),
        (ProvisionalApplication, [1, 1, 0]),
    ];
    assert_eq!(
        (kigali.summary().used, counted(&all)),
        (155, counts.to_vec())
    );
    let kinds: Vec<_> = counts.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(span(&all, &kinds), "2017-03-31 2023-10-03");

    let all = agreements(&paris);
    let counts = [
        (Signature, [195, 195, 0]),
        (Ratification, [182, 182, 182]),
        (Acceptance, [7, 7, 7]),
        (Approval, [3, 3, 3]),
        (Accession, [3, 3, 3]),
    ];
    assert_eq!(
        (paris.summary().used, counted(&all)),
        (198, counts.to_vec())
    );
    assert_eq!(span(&all, &[Signature]), "2016-04-22 2017-04-19");
    let consents = [Ratification, Acceptance, Approval, Accession];
    assert_eq!(span(&all, &consents), "2016-04-22 2023-02-07");
    let union: Participant = "EUE".parse().unwrap();
    assert!(
        participants(&all).contains(&union),
        "by its name: the code is another"
    );
    let said = paris
        .findings()
        .iter()
        .find(|f| f.check == "source-leaves-out");
    assert!(said.unwrap().message.contains("2016-09-03"));
}

#[test]
fn the_long_table_of_the_treaty_collection_has_the_letters_of_its_cells() {
    let Some(import) = recognised("untc_long_2011_a.csv.zst", "untc-long") else {
        return;
    };
    let all = agreements(&import);
    assert_eq!(all.len(), 108);
    // The cells of an older list (`May 5, 1944`), 50 signatures and 56 ratifications, are in 56 rows of no other act.
    assert_eq!(
        (import.summary().rows, import.summary().rejected),
        (7290, 56)
    );
    assert_eq!(
        counted(&all),
        [
            (Signature, [3042, 3042, 0]),
            (DefinitiveSignature, [167, 167, 0]),
            (Ratification, [2395, 2395, 0]),
            (Acceptance, [450, 450, 0]),
            (Approval, [53, 53, 0]),
            (Accession, [2781, 2781, 0]),
            (Succession, [643, 643, 0]),
            (FormalConfirmation, [6, 6, 0]),
            // Days in brackets: the participant has withdrawn.
            (Withdrawal, [23, 0, 0]),
        ]
    );
    // All days that can be read, but for two with a letter that is not explained.
    let dated: usize = counted(&all).iter().map(|(_, counts)| counts[1]).sum();
    assert_eq!(dated, 3641 + 5898 - 2);
    assert_eq!(
        findings(&import),
        BTreeMap::from([("unreadable-field".to_owned(), 2)])
    );
    let last = acts(&all)
        .filter(|act| act.kind != Signature)
        .filter_map(|act| act.date?.as_day());
    assert_eq!(last.max().unwrap().to_string(), "2012-03-30");
    assert!(all.iter().any(|treaty| {
        treaty
            .title
            .starts_with("United Nations Framework Convention on Climate Change.")
    }));
}

#[test]
fn desta_lists_members_of_agreements_with_years_alone() {
    let Some(import) = recognised("desta_list_of_treaties.csv.zst", "desta") else {
        return;
    };
    let all = agreements(&import);
    assert_eq!((import.summary().used, all.len()), (1217, 1217));
    // Negotiations are no acts.
    assert!(import.summary().why.ends_with("82 rows tell of no act"));
    let years: BTreeSet<i32> = acts(&all)
        .filter_map(|act| Some(act.date?.calendar_year()))
        .collect();
    assert_eq!((years.first(), years.last()), (Some(&1948), Some(&2020)));
    assert!(acts(&all).all(|act| {
        act.date
            .is_some_and(|date| date.precision() == Precision::Year)
    }));
    let of = |number: &str| {
        let is = |treaty: &&Agreement| treaty.sources[0].record.as_deref() == Some(number);
        all.iter().find(is).unwrap()
    };
    let who = |number, kind| -> Vec<String> {
        let acts = acts(std::slice::from_ref(of(number))).filter(|act| act.kind == kind);
        acts.map(|act| act.participant.to_string()).collect()
    };
    assert_eq!(of("1").title, "Afghanistan India");
    assert_eq!(who("1", Participation), ["AFG", "IND"]);
    assert_eq!(who("3+1", Accession), ["ZAF"]);
    assert_eq!(who("149_1", Withdrawal), ["AUT", "FIN", "SWE"]);
    assert_eq!(who("149_1", Participation), [""; 0]);
    assert!(participants(&all).iter().all(|who| who.code().is_some()));
}

#[test]
fn days_that_cannot_be_are_not_kept_and_the_rest_of_the_row_is() {
    let Some(import) = recognised("ieadb_members_to_1974.csv.zst", "ieadb-members") else {
        return;
    };
    let all = agreements(&import);
    assert_eq!((import.summary().rows, all.len()), (9723, 669));
    // 290 days are 2899-01-01. Three rows have no other.
    assert_eq!(import.summary().rejected, 3);
    assert_eq!(
        findings(&import),
        BTreeMap::from([("unreadable-field".to_owned(), 287)])
    );
    let counts = [
        (Signature, [2681, 2681, 0]),
        (Ratification, [3031, 3031, 3009]),
        (Participation, [1417, 0, 1417]),
    ];
    assert_eq!(counted(&all), counts);
    assert_eq!(
        3009 + 1417 + 290,
        4716,
        "each entry into force is kept or refused"
    );
}

#[test]
fn hand_coded_members_have_days_years_and_months_in_one_column() {
    let Some(import) = recognised("huggo_trade_members.csv.zst", "manytreaties-members") else {
        return;
    };
    // Three lines are in another encoding than the rest.
    let why = &import.summary().why;
    assert!(
        why.ends_with("; 3 lines not in UTF-8, read as Mac Roman"),
        "{why}"
    );
    let all = agreements(&import);
    let summary = import.summary();
    assert_eq!(
        (summary.rows, summary.rejected, all.len()),
        (5644, 0, 764),
        "{:?}",
        import.rejected().first()
    );
    // `EC` and `EUE` are one.
    assert_eq!(
        participants(&all).len(),
        224 - 1,
        "{:?}",
        participants(&all)
    );
    let dated = |kind| {
        let of_kind = acts(&all).filter(move |act| act.kind == kind);
        of_kind.filter(|act| act.date.is_some()).count()
    };
    assert_eq!((dated(Signature), dated(Ratification)), (4756, 725));
    let signatures = acts(&all).filter(|act| act.kind == Signature);
    let days = signatures.filter_map(|act| act.date?.as_day());
    assert_eq!(days.count(), 4744, "the others are years and months");
    let nevis = acts(&all).filter(|act| act.participant.as_str() == "KNA");
    assert!(
        nevis
            .filter_map(|act| act.printed.as_deref())
            .any(|name| { name == "St.\u{a0}Kitts\u{a0}and\u{a0}Nevis" })
    );
}

#[test]
fn an_alliance_is_a_pair_of_states_with_a_kind_of_obligation() {
    let Some(import) = recognised("atop_dyads_1960_2000.csv", "atop-dyads") else {
        return;
    };
    let all = agreements(&import);
    assert_eq!(
        (import.summary().rows, import.summary().rejected),
        (3475, 0)
    );
    let year = |year| Date::year(year).unwrap().latest();
    // Those who are bound at the end of a year.
    let bound = |kind: Option<&str>, in_year: i32| -> BTreeSet<String> {
        let of_kind = all.iter().filter(|alliance| {
            kind.is_none_or(|kind| alliance.subjects.iter().any(|subject| subject == kind))
        });
        let bound = of_kind.filter(|alliance| {
            let acts: Vec<_> = acts(std::slice::from_ref(*alliance)).collect();
            let until = |kind| {
                let of_kind = acts.iter().filter(move |act| act.kind == kind);
                let dates = of_kind.filter_map(|act| act.date);
                dates.filter(|date| date.latest() <= year(in_year)).count()
            };
            assert_eq!(
                (until(Participation) + until(Withdrawal)) % 2,
                0,
                "two states"
            );
            until(Participation) > until(Withdrawal)
        });
        let pair = |alliance: &Agreement| {
            let name = alliance.sources[0].record.clone().unwrap();
            name.split_once('/').unwrap().0.to_owned()
        };
        bound.map(pair).collect()
    };
    assert_eq!(
        (bound(None, 1960).len(), bound(None, 2000).len()),
        (476, 2999)
    );
    assert_eq!(bound(Some("defence"), 2000).len(), 1104);
    assert_eq!(bound(Some("offence"), 2000).len(), 0);
    assert_eq!(bound(Some("nonaggression"), 1960).len(), 453);
    assert!(acts(&all).all(|act| act.date.is_some_and(|date| date.as_day().is_none())));
    assert!(participants(&all).iter().all(|who| who.code().is_some()));
}

#[test]
fn years_and_marks_of_human_rights_treaties_are_never_days() {
    for (file, parties, years, signatories, idle) in [
        ("hr_status_iccpr.csv", 174, "1968 2019", 6, 13),
        ("hr_status_crc.csv", 192, "1990 2015", 1, 0),
        ("hr_status_icerd.csv", 181, "1966 2019", 3, 9),
    ] {
        let Some(import) = recognised(file, "hr-treaty-status") else {
            return;
        };
        let all = agreements(&import);
        let counts = [
            (Signature, [signatories, 0, 0]),
            (ConsentToBeBound, [parties, parties, 0]),
        ];
        assert_eq!(
            (import.summary().used, counted(&all)),
            (193, counts.to_vec()),
            "{file}"
        );
        assert_eq!(parties + signatories + idle, 193, "{file}");
        assert!(acts(&all).all(|act| act.date.is_none_or(|date| date.as_day().is_none())));
        let found: BTreeSet<i32> = acts(&all)
            .filter_map(|act| Some(act.date?.calendar_year()))
            .collect();
        assert_eq!(
            format!("{} {}", found.first().unwrap(), found.last().unwrap()),
            years,
            "{file}"
        );
    }
}

#[test]
fn a_panel_is_read_as_spans_of_years() {
    let Some(import) = recognised("hr_treaty_status_panel.csv", "hr-treaty-panel") else {
        return;
    };
    let all = agreements(&import);
    assert_eq!((import.summary().used, all.len()), (9409, 3));
    let covenant = std::slice::from_ref(&all[0]);
    let of = |code: &str| -> Vec<String> {
        let acts = acts(covenant).filter(|act| act.participant.as_str() == code);
        acts.map(|act| format!("{} {}", act.kind, act.date.unwrap()))
            .collect()
    };
    // The United States ratified on 8 June 1992, Canada acceded on 19 May 1976.
    assert_eq!(of("USA"), ["participation 1992"]);
    assert_eq!(of("CAN"), ["participation 1976"]);
    // Yemen begins with a status in the panel: bound at the latest at the end of that year.
    let first = Date::between(None, Date::year(1990).ok()).unwrap();
    assert_eq!(of("YEM"), [format!("participation {first}")]);
    assert!(acts(&all).all(|act| act.date.is_some_and(|date| date.as_day().is_none())));
}
