//! The examples. Each is made from a few facts: who voted how, when, on what.

use plenary::states::name_on;
use plenary_testing::SimulatedHistory;

use super::Case;
use super::layout::{
    Files, NO_ISSUES, RollCall, Vote, all_members, all_numbers, assembly, council, native, numbers,
    rows, some_members, treaty, unvotes, voeten,
};

pub(super) fn cases() -> Vec<Case> {
    [
        members_and_sessions(),
        dates_and_lists(),
        names_and_votes(),
        meetings_and_symbols(),
        treaties(),
        tables(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A history of three sessions in the Library's layout.
fn sessions(history: &SimulatedHistory) -> Files {
    let mut text = String::from("undl_id,ms_code,ms_name,ms_vote,date,session,resolution\n");
    for (id, agreement) in history.agreements().into_iter().enumerate() {
        let (_, decision) = agreement.principal_decision().unwrap();
        let (date, session) = (decision.date.unwrap(), decision.session.unwrap());
        let symbol = agreement.label();
        for ballot in decision.ballots.as_ref().unwrap().iter() {
            let code = ballot.entry.state().unwrap();
            let name = name_on(code, date.earliest()).unwrap();
            let vote = ["Y", "N", "A", "X"][ballot.choice as usize];
            text += &format!("{id},{code},\"{name}\",{vote},{date},{session},{symbol}\n");
        }
    }
    vec![("library.csv", text)]
}

const VOTES: usize = 40;

fn members_and_sessions() -> Vec<Case> {
    let at = |history: &SimulatedHistory, code: &str| {
        let members = history.members();
        members.iter().position(|m| m.to_string() == code).unwrap()
    };
    let exchanged = (0..)
        .map(|seed| SimulatedHistory::new(seed, 37, 5, VOTES))
        .find(|h| h.difference(2, at(h, "ATG"), at(h, "BLZ")) > 0.4)
        .unwrap();
    let mut with_exchange = exchanged.clone();
    with_exchange.exchange(2, at(&exchanged, "ATG"), at(&exchanged, "BLZ"));
    let missing = SimulatedHistory::new(3, 43, 3, VOTES);
    let mut with_gap = missing.clone();
    with_gap.lose(1, at(&missing, "MMR"));
    let first = |history: &SimulatedHistory, session: usize| {
        2 + (session * VOTES * history.members().len()) as u64
    };
    vec![
        Case {
            class: "two states' votes exchanged for a whole session",
            finds: vec![(
                "votes-exchanged",
                "library.csv",
                first(&exchanged, 2),
                "ms_vote",
            )],
            fails: sessions(&with_exchange),
            mended: sessions(&exchanged),
        },
        Case {
            class: "a state missing for most of a session although it voted",
            finds: vec![(
                "participation-drop",
                "library.csv",
                first(&missing, 1),
                "ms_vote",
            )],
            fails: sessions(&with_gap),
            mended: sessions(&missing),
        },
    ]
}

/// A roll call on the given day.
fn autumn(rcid: u32, date: &'static str) -> (RollCall, Vec<(String, u8)>) {
    let call = RollCall {
        rcid,
        session: "17",
        date,
        unres: "R/17/1761",
        short: "APARTHEID",
    };
    (call, numbers(&[("2", 3), ("365", 1)]))
}

fn dates_and_lists() -> Vec<Case> {
    const LOST: [u32; 4] = [6, 7, 1, 5];
    const KEPT: [u32; 4] = [6, 19, 11, 18];
    // Four months of each autumn and winter of 1950 to 1957.
    let thirty_two = |days: [u32; 4]| {
        let date = |n: u32| {
            let (year, month) = (1950 + n / 4, 9 + n % 4);
            format!("{year}-{month:02}-{:02}", days[n as usize % 4])
        };
        let votes = (0..32).map(|n| autumn(1300 + n, date(n).leak()));
        voeten(&votes.collect::<Vec<_>>())
    };
    let special = |session| {
        let call = RollCall {
            rcid: 9018,
            session,
            date: "1967-05-19",
            unres: "SS/5",
            short: "SOUTH WEST AFRICA",
        };
        voeten(&[(call, numbers(&[("2", 1), ("365", 2)]))])
    };
    let china = |date| RollCall {
        rcid: 1,
        session: "26",
        date,
        unres: "R/26/2758",
        short: "CHINA",
    };
    let seat = |extra: bool| {
        let mut rows = all_numbers("1971-10-24", 1);
        rows.extend(extra.then(|| ("710".to_owned(), 8)));
        voeten(&[(china("1971-10-25"), rows)])
    };
    let girl = |cast: usize| {
        let call = RollCall {
            rcid: 5689,
            session: "56",
            date: "2001-12-19",
            unres: "R/56/139",
            short: "THE GIRL CHILD",
        };
        let mut rows = all_numbers("2001-12-19", 1);
        rows.iter_mut().skip(cast).for_each(|row| row.1 = 8);
        voeten(&[(call, rows)])
    };
    let short = |cast: usize| {
        let votes = (0..12).map(|n| {
            let call = RollCall {
                rcid: 5680 + n,
                session: "56",
                date: "2001-12-19",
                unres: "R/56/139",
                short: "RIGHTS",
            };
            let cast = if n == 9 { cast } else { 140 };
            (call, some_members("2001-12-19", &[(cast, "yes")]))
        });
        unvotes(&votes.collect::<Vec<_>>())
    };
    vec![
        Case {
            class: "day of the month lost",
            finds: vec![("days-of-month-lost", "voeten.csv", 2, "date")],
            fails: thirty_two(LOST),
            mended: thirty_two(KEPT),
        },
        Case {
            class: "session does not fit the date",
            finds: vec![("date-outside-session", "voeten.csv", 2, "date")],
            fails: special("23"),
            mended: special("S-5"),
        },
        Case {
            class: "both codes of one seat in one vote",
            finds: vec![
                ("duplicate-ballot", "voeten.csv", 133, "ccode"),
                ("member-count", "voeten.csv", 2, "vote"),
            ],
            fails: seat(true),
            mended: seat(false),
        },
        Case {
            class: "truncated roll",
            finds: vec![("truncated-roll", "voeten.csv", 2, "vote")],
            fails: girl(2),
            mended: girl(140),
        },
        Case {
            class: "truncated roll",
            finds: vec![("short-roll", "unvotes.csv", 2 + 9 * 140, "vote")],
            fails: short(2),
            mended: short(140),
        },
    ]
}

fn names_and_votes() -> Vec<Case> {
    let label = |date: &'static str, row: (&'static str, &'static str)| {
        let call = RollCall {
            rcid: 5,
            session: "",
            date,
            unres: "",
            short: "A VOTE",
        };
        unvotes(&[(call, vec![(row.0.to_owned(), row.1, "yes")])])
    };
    let short = |short| {
        let call = RollCall {
            rcid: 610,
            session: "14",
            date: "1959-12-02",
            unres: "A/RES/1379(XIV)",
            short,
        };
        unvotes(&[(call, vec![("Cuba".to_owned(), "CU", "yes")])])
    };
    let elimination = |second: &'static str| {
        let call = |rcid, unres| RollCall {
            rcid,
            session: "57",
            date: "2002-11-22",
            unres,
            short: "NUCLEAR ELIMINATION",
        };
        let ballots = || some_members("2002-11-22", &[(155, "yes"), (2, "no"), (13, "abstain")]);
        unvotes(&[
            (call(4391, "R/57/78"), ballots()),
            (call(5700, second), ballots()),
        ])
    };
    let georgia = |yes, no, abstain| {
        let call = RollCall {
            rcid: 5847,
            session: "63",
            date: "2009-09-09",
            unres: "R/63/307",
            short: "REFUGEES",
        };
        unvotes(&[(
            call,
            some_members(
                "2009-09-09",
                &[(yes, "yes"), (no, "no"), (abstain, "abstain")],
            ),
        )])
    };
    let totals = |yes: u8| {
        let text = "rcid,ccode,vote,session,date,unres,yes,no,abstain\n";
        let rows = [("2", 1), ("20", 1), ("40", 3), ("200", 2), ("70", 8)];
        let row =
            |(number, vote)| format!("4001,{number},{vote},50,1995-12-12,R/50/70,{yes},1,1\n");
        vec![("voeten.csv", text.to_owned() + &rows.map(row).concat())]
    };
    let disarmament = |lines: &[&'static str]| {
        assembly(&[Vote {
            id: "633177",
            date: "1979-12-11",
            session: "34",
            symbol: "A/RES/34/88",
            meeting: "A/34/PV.97",
            rows: rows(lines),
        }])
    };
    let admission = |lines: &[&'static str]| {
        assembly(&[Vote {
            id: "669502",
            date: "1952-12-21",
            session: "VII",
            symbol: "A/RES/620(VII)[A]",
            meeting: "A/PV.410",
            rows: rows(lines),
        }])
    };
    let burma = |lines: &[&'static str]| {
        assembly(&[Vote {
            id: "1",
            date: "1983-11-02",
            session: "38",
            symbol: "A/RES/38/7",
            meeting: "A/38/PV.43",
            rows: rows(lines),
        }])
    };
    let japan = |listed: bool| {
        let mut rows = all_members("1956-11-21", "Y");
        if listed {
            rows.push(("JPN".into(), "JAPAN".into(), "X"));
        }
        assembly(&[Vote {
            id: "2",
            date: "1956-11-21",
            session: "XI",
            symbol: "A/RES/1127(XI)",
            meeting: "A/PV.582",
            rows,
        }])
    };
    let dsb = |vote| {
        let rows = all_members("1984-11-30", vote);
        assembly(&[Vote {
            id: "278849",
            date: "1984-11-30",
            session: "39",
            symbol: "A/RES/39/28A",
            meeting: "A/39/PV.81",
            rows,
        }])
    };
    let council_admission = |modality| {
        council(
            "3",
            "1971-02-10",
            "S/RES/289(1971)",
            modality,
            &[
                "CHN CHINA True --",
                "FRA FRANCE True --",
                "GBR UNITED KINGDOM True --",
                "RUS USSR True --",
                "USA UNITED STATES True --",
                "ARG ARGENTINA False --",
                "BEL BELGIUM False --",
                "BDI BURUNDI False --",
                "ITA ITALY False --",
                "JPN JAPAN False --",
                "NIC NICARAGUA False --",
                "POL POLAND False --",
                "SLE SIERRA LEONE False --",
                "SOM SOMALIA False --",
                "SYR SYRIAN ARAB REPUBLIC False --",
            ],
        )
    };
    vec![
        Case {
            class: "identity across time",
            finds: vec![("name-of-another-state", "unvotes.csv", 2, "country")],
            fails: label("1950-12-01", ("Taiwan", "TW")),
            mended: label("1950-12-01", ("China", "CN")),
        },
        Case {
            class: "identity across time",
            finds: vec![("name-of-another-state", "unvotes.csv", 2, "country")],
            fails: label("2015-12-01", ("Yugoslavia", "YU")),
            mended: label("2015-12-01", ("Serbia", "RS")),
        },
        Case {
            class: "columns merged",
            finds: vec![("control-characters", "roll_calls.csv", 2, "short")],
            fails: short("ALGERIA, POURPARLERS\tTO ADOPT 3RD PREAMBULAR PARAGRAPH"),
            mended: short("ALGERIA, POURPARLERS"),
        },
        Case {
            class: "duplicate roll call",
            finds: vec![("duplicate-record", "roll_calls.csv", 3, "unres")],
            fails: elimination("R/57/78"),
            mended: elimination("R/57/79"),
        },
        Case {
            class: "motion filed as the resolution",
            finds: vec![("outcome-mismatch", "roll_calls.csv", 2, "unres")],
            fails: georgia(29, 64, 50),
            mended: georgia(48, 19, 78),
        },
        Case {
            class: "declared totals differ from the roll",
            finds: vec![("tally-mismatch", "voeten.csv", 2, "yes")],
            fails: totals(3),
            mended: totals(2),
        },
        Case {
            class: "vote letter in lower case",
            finds: vec![
                ("vote-grammar", "library.csv", 3, "ms_vote"),
                ("vote-grammar", "library.csv", 4, "ms_vote"),
            ],
            fails: disarmament(&[
                "AFG AFGHANISTAN Y",
                "LUX LUXEMBOURG a",
                "USA UNITED STATES a",
            ]),
            mended: disarmament(&[
                "AFG AFGHANISTAN Y",
                "LUX LUXEMBOURG A",
                "USA UNITED STATES A",
            ]),
        },
        Case {
            class: "vote and name glued",
            finds: vec![("rejected-row", "library.csv", 3, "ms_vote")],
            fails: admission(&["NOR NORWAY Y", "PAK PAKISTAN AN"]),
            mended: admission(&["NOR NORWAY Y", "PAK PAKISTAN A"]),
        },
        Case {
            class: "name not in use then",
            finds: vec![
                ("name-at-date", "library.csv", 2, "ms_name"),
                ("name-at-date", "library.csv", 3, "ms_name"),
            ],
            fails: burma(&["MMR MYANMAR Y", "BFA BURKINA FASO A"]),
            mended: burma(&["MMR BURMA Y", "BFA UPPER VOLTA A"]),
        },
        Case {
            class: "listed before admission",
            finds: vec![
                ("not-a-member", "library.csv", 81, "ms_name"),
                ("member-count", "library.csv", 2, "ms_vote"),
            ],
            fails: japan(true),
            mended: japan(false),
        },
        Case {
            class: "every vote blank",
            finds: vec![("empty-roll", "library.csv", 2, "ms_vote")],
            fails: dsb("X"),
            mended: dsb("Y"),
        },
        Case {
            class: "every vote blank",
            finds: vec![("empty-roll", "council.csv", 2, "ms_vote")],
            fails: council_admission(""),
            mended: council_admission("ADOPTED WITHOUT VOTE"),
        },
    ]
}

fn meetings_and_symbols() -> Vec<Case> {
    let lebanon = |first: &'static str| {
        let vote = |id, date, symbol| Vote {
            id,
            date,
            session: "33",
            symbol,
            meeting: "A/33/PV.84",
            rows: rows(&["FRA FRANCE Y", "PER PERU Y"]),
        };
        assembly(&[
            vote("637968", first, "A/RES/33/13[F]"),
            vote("637965", "1978-12-14", "A/RES/33/13[E]"),
            vote("638777", "1978-12-14", "A/RES/33/48"),
        ])
    };
    let hungary = |date| {
        let vote = |id, date, symbol, meeting| Vote {
            id,
            date,
            session: "XI",
            symbol,
            meeting,
            rows: rows(&["PER PERU Y"]),
        };
        assembly(&[
            vote("667224", "1956-12-07", "A/RES/1038(XI)", "A/PV.612"),
            vote("669336", date, "A/RES/1131(XI)", "A/PV.618"),
            vote("668000", "1956-12-13", "A/RES/1039(XI)", "A/PV.619"),
        ])
    };
    let staff = |meeting| {
        assembly(&[Vote {
            id: "627714",
            date: "1980-12-17",
            session: "35",
            symbol: "A/RES/35/225",
            meeting,
            rows: rows(&["AFG AFGHANISTAN A"]),
        }])
    };
    let accommodation = |symbol| {
        assembly(&[Vote {
            id: "626865",
            date: "1981-12-18",
            session: "36",
            symbol,
            meeting: "A/36/PV.105",
            rows: rows(&["AFG AFGHANISTAN Y"]),
        }])
    };
    vec![
        Case {
            class: "two dates on one meeting",
            finds: vec![("meeting-dates", "library.csv", 2, "date")],
            fails: lebanon("1978-11-03"),
            mended: lebanon("1978-12-14"),
        },
        Case {
            class: "date out of the order of the meetings",
            finds: vec![("meeting-order", "library.csv", 3, "date")],
            fails: hungary("1956-12-04"),
            mended: hungary("1956-12-12"),
        },
        Case {
            class: "meeting of another session cited",
            finds: vec![("meeting-session-mismatch", "library.csv", 2, "meeting")],
            fails: staff("A/36/PV.99"),
            mended: staff("A/35/PV.99"),
        },
        Case {
            class: "symbol styles",
            finds: vec![("symbol-grammar", "library.csv", 2, "resolution")],
            fails: accommodation("A/RES/36//235IX"),
            mended: accommodation("A/RES/36/235[IX]"),
        },
    ]
}

fn treaties() -> Vec<Case> {
    const HEADINGS: &str = "Signature,\"Ratification, Accession(a)\"";
    let table = |row| treaty(HEADINGS, &["Norway,4 Jan 1959,4 Jan 1960", row]);
    let in_force = |since: &str| {
        native(&format!(
            "{{\"kind\": \"treaty\", \"title\": \"A convention\", \"acts\": [\n\
             {{\"act\": \"action\", \"participant\": \"PER\", \"kind\": \"ratification\", \"date\": \"1960-04-01\"}}],\n\
             \"in-force-since\": \"{since}\"}}\n"
        ))
    };
    let withdrawn = |date: &str| {
        native(&format!(
            "{{\"kind\": \"treaty\", \"title\": \"A convention\", \"acts\": [\n\
             {{\"act\": \"action\", \"participant\": \"PER\", \"kind\": \"ratification\", \"date\": \"1960-04-13\"}},\n\
             {{\"act\": \"action\", \"participant\": \"PER\", \"kind\": \"withdrawal\", \"date\": \"{date}\"}}]}}\n"
        ))
    };
    let made = |date: &str| {
        native(&format!(
            "{{\"kind\": \"treaty\", \"title\": \"Convention. Geneva, 29 October 1971\", \"acts\": [\n\
             {{\"act\": \"action\", \"participant\": \"FIN\", \"kind\": \"signature\", \"date\": \"{date}\"}}]}}\n"
        ))
    };
    let order = "consent dated before the treaty, in force before consent, end before start";
    let calendar = "impossible or sentinel dates";
    let exchanged = "day and month exchanged";
    vec![
        Case {
            class: order,
            finds: vec![("act-before-treaty", "agreement.json", 2, "acts[0].date")],
            fails: made("1971-04-21"),
            mended: made("1972-04-21"),
        },
        Case {
            class: order,
            finds: vec![(
                "in-force-before-consent",
                "agreement.json",
                3,
                "in-force-since",
            )],
            fails: in_force("1959-12-31"),
            mended: in_force("1960-05-01"),
        },
        Case {
            class: order,
            finds: vec![("treaty-action-order", "agreement.json", 3, "acts[1].date")],
            fails: withdrawn("1959-04-13"),
            mended: withdrawn("1969-04-13"),
        },
        Case {
            class: calendar,
            finds: vec![("rejected-row", "4-99.csv", 3, "Ratification, Accession(a)")],
            fails: table("Peru,4 Jan 1959,31 Jun 1976"),
            mended: table("Peru,4 Jan 1959,30 Jun 1976"),
        },
        Case {
            class: calendar,
            finds: vec![(
                "implausible-date",
                "4-99.csv",
                3,
                "Ratification, Accession(a)",
            )],
            fails: table("Peru,4 Jan 1959,31 Dec 9999"),
            mended: table("Peru,4 Jan 1959,"),
        },
        Case {
            class: calendar,
            finds: vec![("unreadable-field", "library.csv", 2, "date")],
            fails: assembly(&[Vote {
                id: "4",
                date: "2020-99-99",
                session: "75",
                symbol: "A/RES/75/1",
                meeting: "",
                rows: rows(&["PER PERU Y"]),
            }]),
            mended: assembly(&[Vote {
                id: "4",
                date: "2020-09-21",
                session: "75",
                symbol: "A/RES/75/1",
                meeting: "",
                rows: rows(&["PER PERU Y"]),
            }]),
        },
        Case {
            class: exchanged,
            finds: vec![
                (
                    "treaty-action-order",
                    "4-99.csv",
                    3,
                    "Ratification, Accession(a)",
                ),
                (
                    "day-month-exchanged",
                    "4-99.csv",
                    3,
                    "Ratification, Accession(a)",
                ),
            ],
            fails: table("Peru,1 Apr 1960,5 Mar 1960"),
            mended: table("Peru,4 Jan 1960,3 May 1960"),
        },
        Case {
            class: exchanged,
            finds: vec![("day-month-exchanged", "agreement.json", 3, "in-force-since")],
            fails: in_force("1960-03-05"),
            mended: in_force("1960-05-03"),
        },
        Case {
            class: "accession and an earlier signature",
            finds: vec![(
                "accession-after-signature",
                "4-99.csv",
                3,
                "Ratification, Accession(a)",
            )],
            fails: table("Peru,4 Jan 1960,3 May 1962 a"),
            mended: table("Peru,4 Jan 1960,3 May 1962"),
        },
    ]
}

fn tables() -> Vec<Case> {
    let rows = |count: usize| {
        let mut text = String::from("rcid,country,country_code,vote\n");
        for row in 0..count {
            text += if row % 2 == 0 {
                "5,Peru,PE,yes\n"
            } else {
                "5,Cuba,CU,no\n"
            };
        }
        let calls = "rcid,session,date,unres\n5,1,1946-01-26,R/1/98\n".to_owned();
        vec![
            ("unvotes.csv", text),
            ("roll_calls.csv", calls),
            ("issues.csv", NO_ISSUES.to_owned()),
        ]
    };
    vec![Case {
        class: "file cut at 1,048,575 rows",
        finds: vec![("row-limit", "unvotes.csv", 1_048_576, "")],
        fails: rows(1_048_575),
        mended: rows(1_000),
    }]
}

/// What looks like an error and is none.
pub(super) fn no_errors() -> Vec<(&'static str, Files)> {
    let sudan = |admitted: &[&'static str]| {
        let mut list = all_members("1956-11-11", "Y");
        list.extend(rows(admitted));
        assembly(&[Vote {
            id: "5",
            date: "1956-11-12",
            session: "XI",
            symbol: "A/RES/1111(XI)",
            meeting: "A/PV.574",
            rows: list,
        }])
    };
    let procedural = "permanent member's No in an adopted Council resolution";
    let admissions = "several admissions on one day";
    let namibia = "`NA` (Namibia) read as missing";
    let styles = "symbol styles";
    let identity = "identity across time";
    let names = "name not in use then";
    let of_1990 = |name: &'static str, code| {
        let call = RollCall {
            rcid: 9,
            session: "45",
            date: "1990-12-12",
            unres: "R/45/57",
            short: "DISARMAMENT",
        };
        unvotes(&[(call, vec![(name.to_owned(), code, "yes")])])
    };
    let spelled = |spellings: &[(&str, &str)]| {
        let mut rows = all_members("2002-12-18", "Y");
        for (code, name, _) in &mut rows {
            let spelling = spellings.iter().find(|(of, _)| code == of);
            *name = spelling.map_or_else(|| name.clone(), |(_, name)| (*name).to_owned());
        }
        assembly(&[Vote {
            id: "10",
            date: "2002-12-18",
            session: "57",
            symbol: "A/RES/57/190",
            meeting: "",
            rows,
        }])
    };
    let style = |session, date, symbol, meeting| {
        assembly(&[Vote {
            id: "6",
            date,
            session,
            symbol,
            meeting,
            rows: all_members(date, "Y"),
        }])
    };
    vec![
        (admissions, sudan(&[])),
        (admissions, sudan(&["SDN SUDAN Y"])),
        (admissions, sudan(&["SDN SUDAN Y", "MAR MOROCCO Y"])),
        (
            admissions,
            sudan(&["SDN SUDAN Y", "MAR MOROCCO Y", "TUN TUNISIA Y"]),
        ),
        (
            procedural,
            council(
                "7",
                "1950-09-29",
                "S/RES/87(1950)",
                "",
                &[
                    "CHN CHINA True N",
                    "CUB CUBA False N",
                    "ECU ECUADOR False Y",
                    "EGY EGYPT False A",
                    "FRA FRANCE True Y",
                    "IND INDIA False Y",
                    "NOR NORWAY False Y",
                    "RUS USSR True Y",
                    "GBR UNITED KINGDOM True Y",
                    "USA UNITED STATES True N",
                    "YUG YUGOSLAVIA False Y",
                ],
            ),
        ),
        (
            procedural,
            council(
                "8",
                "1980-01-09",
                "S/RES/462(1980)",
                "",
                &[
                    "BGD BANGLADESH False Y",
                    "CHN CHINA True Y",
                    "FRA FRANCE True Y",
                    "DDR GERMAN DEMOCRATIC REPUBLIC False N",
                    "JAM JAMAICA False Y",
                    "MEX MEXICO False Y",
                    "NER NIGER False Y",
                    "NOR NORWAY False Y",
                    "PHL PHILIPPINES False Y",
                    "PRT PORTUGAL False Y",
                    "TUN TUNISIA False Y",
                    "RUS USSR True N",
                    "GBR UNITED KINGDOM True Y",
                    "USA UNITED STATES True Y",
                    "ZMB ZAMBIA False A",
                ],
            ),
        ),
        (
            styles,
            style("34", "1979-12-12", "A/RES/34/90C", "A/34/PV. 99"),
        ),
        (
            styles,
            style("33", "1978-12-14", "A/RES/33/72[B]", "A/33/PV.84"),
        ),
        (
            styles,
            style("33", "1979-01-29", "A/RES/33/116[C-X]", "A/33/PV.96"),
        ),
        (identity, of_1990("Federal Republic of Germany", "NA")),
        (
            names,
            spelled(&[
                ("CIV", "COTE D'IVOIRE"),
                ("PRK", "DEMOCRATIC PEOPLE's REPUBLIC OF KOREA"),
            ]),
        ),
        (
            namibia,
            unvotes(&[(
                RollCall {
                    rcid: 9,
                    session: "50",
                    date: "1995-12-12",
                    unres: "R/50/70",
                    short: "DISARMAMENT",
                },
                vec![("Namibia".to_owned(), "NA", "yes")],
            )]),
        ),
        (
            namibia,
            voeten(&[(
                RollCall {
                    rcid: 9,
                    session: "50",
                    date: "1995-12-12",
                    unres: "R/50/70",
                    short: "NA",
                },
                numbers(&[("565", 1)]),
            )]),
        ),
    ]
}
