//! MARCXML: votes and documents, files broken in one way each, and the real export.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use plenary_import::{Import, ImportError, Options, Record, read, read_bytes};
use plenary_states::resolve;
use plenary_testing::shared;
use plenary_types::{
    Act, AgreementKind, BodyId, Choice, Decision, Field, Locus, Mode, Outcome, Participant,
    Severity, Sponsorship, Total,
};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/marcxml")
        .join(name)
}

fn good(name: &str) -> Record {
    let import = read(fixture(&format!("good/{name}.xml")), &Options::default()).unwrap();
    assert_eq!(import.summary().format, "undl-marcxml");
    assert_eq!((import.summary().rows, import.summary().used), (1, 1));
    import.record(0).unwrap()
}

fn bad(name: &str) -> (Result<Import, ImportError>, Import) {
    let path = fixture(&format!("bad/{name}.xml"));
    let lenient = read(&path, &Options::default().lenient()).unwrap();
    let summary = lenient.summary();
    assert_eq!(summary.rows, summary.used + summary.rejected);
    (read(&path, &Options::default()), lenient)
}

fn decision(record: &Record) -> &Decision {
    record.agreement.principal_decision().unwrap().1
}

fn sponsorship(record: &Record) -> &Sponsorship {
    match record.agreement.acts.as_slice() {
        [Act::Sponsorship(sponsorship)] => sponsorship,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_vote_of_the_assembly_is_read_with_every_field() {
    let record = good("assembly_vote");
    let agreement = &record.agreement;
    assert_eq!(agreement.label(), "A/RES/73/195");
    assert_eq!(agreement.title, "Made-up subject : resolution");
    assert_eq!(agreement.subjects, ["MIGRATION"]);
    assert_eq!(agreement.sources[0].record.as_deref(), Some("1656170"));
    let decision = decision(&record);
    assert_eq!(decision.body, Some(BodyId::UNGA));
    assert_eq!(decision.date.unwrap().to_string(), "2018-12-19");
    assert_eq!(decision.session.unwrap().to_string(), "73");
    assert_eq!(decision.meeting.as_ref().unwrap().as_str(), "A/73/PV.60");
    assert_eq!(decision.drafts[0].as_str(), "A/73/L.66");
    assert_eq!(
        decision.agenda.as_deref(),
        Some("A/73/251 14 Made-up item.")
    );
    assert_eq!(
        (decision.mode, decision.outcome),
        (Mode::Recorded, Some(Outcome::Adopted))
    );
    assert_eq!(
        (decision.announced.yes, decision.announced.members),
        (Some(1), Some(5))
    );
    let ballots = decision.ballots.as_ref().unwrap();
    let choices: Vec<(String, Choice)> = ballots
        .iter()
        .map(|b| (b.entry.state().unwrap().to_string(), b.choice))
        .collect();
    let expected = [
        ("PER", Choice::Yes),
        ("HUN", Choice::No),
        ("CIV", Choice::Abstain),
        ("TTO", Choice::NonVoting),
        ("VUT", Choice::NotEligible),
    ];
    assert_eq!(
        choices,
        expected.map(|(code, choice)| (code.to_owned(), choice))
    );
    assert_eq!(
        ballots.roll().entries()[2].name.as_deref(),
        Some("CÔTE D'IVOIRE")
    );
}

#[test]
fn the_origin_of_a_vote_finds_lines_and_subfields() {
    let record = good("assembly_vote");
    let place = |field| {
        let place = record.origin.place(Locus::of_act(0, field));
        (place.line.unwrap(), place.field.unwrap_or_default())
    };
    assert_eq!(place(Field::Whole), (3, String::new()));
    assert_eq!(place(Field::Choice(1)), (28, "967 $d".into()));
    assert_eq!(place(Field::Name(2)), (35, "967 $e".into()));
    assert_eq!(place(Field::Announced(Total::No)), (55, "996 $c".into()));
    let [lower_case] = record.findings.as_slice() else {
        panic!("{:?}", record.findings)
    };
    assert_eq!(
        (&*lower_case.check, lower_case.place.line),
        ("vote-grammar", Some(34))
    );
}

#[test]
fn a_vote_of_the_council_is_read_under_any_prefix() {
    let record = good("council_vote");
    let decision = decision(&record);
    assert_eq!(decision.body, Some(BodyId::UNSC));
    assert_eq!(decision.date.unwrap().to_string(), "2003-05-22");
    assert_eq!(decision.session, None);
    let tally = decision.ballots.as_ref().unwrap().tally();
    assert_eq!((tally.yes, tally.non_voting), (2, 1));
}

#[test]
fn a_council_adoption_without_a_vote_is_not_fifteen_votes() {
    let text = std::fs::read_to_string(fixture("good/council_vote.xml")).unwrap();
    let note = r#"<m:datafield tag="591"><m:subfield code="a">Adopted without vote</m:subfield></m:datafield>"#;
    let text = text.replacen("<m:datafield", &format!("{note}<m:datafield"), 1);
    let import = read_bytes("in", text.as_bytes(), &Options::default()).unwrap();
    let record = import.record(0).unwrap();
    let decision = decision(&record);
    assert_eq!(
        (decision.mode, decision.ballots.is_none()),
        (Mode::WithoutVote, true)
    );
    assert!(
        decision
            .notes
            .iter()
            .any(|note| note.contains("CHILE, FRANCE")),
        "{:?}",
        decision.notes
    );
    assert_eq!(decision.outcome, Some(Outcome::Adopted));
}

#[test]
fn a_draft_is_read_with_those_who_sponsored_it_first_and_later() {
    let record = good("draft_in_an_envelope");
    assert_eq!(record.agreement.kind, AgreementKind::Draft);
    assert_eq!(record.agreement.label(), "A/C.3/78/L.99");
    let sponsorship = sponsorship(&record);
    let names: Vec<(Option<String>, bool)> = sponsorship
        .sponsors
        .iter()
        .map(|s| (s.participant.map(|s| s.to_string()), s.later))
        .collect();
    let expected = [
        ("BIH", false),
        ("CUB", false),
        ("NLD", false),
        ("TTO", false),
        ("CHL", true),
        ("PER", true),
    ];
    assert_eq!(
        names,
        expected.map(|(code, later)| (Some(code.to_owned()), later))
    );
    assert_eq!(
        sponsorship.sponsors[1].note.as_deref(),
        Some("on behalf of the Group of 77 and China")
    );
    assert_eq!(sponsorship.notes, ["The draft was orally revised."]);
    assert_eq!(sponsorship.related[0].as_str(), "A/78/481/Add.2");
}

#[test]
fn sponsors_in_prose_and_in_headings_are_compared() {
    let record = good("draft_in_an_envelope");
    let told: Vec<(&str, Option<u64>)> = record
        .findings
        .iter()
        .map(|f| (f.found.as_deref().unwrap_or_default(), f.place.line))
        .collect();
    assert_eq!(
        told,
        [("Norway", Some(20)), ("Trinidad and Tobago", Some(11))]
    );
    assert!(
        record
            .findings
            .iter()
            .all(|f| f.check == "sponsors-disagree")
    );
}

#[test]
fn entities_and_document_types_are_refused() {
    for name in ["entity_expansion", "external_entity"] {
        let (strict, lenient) = bad(name);
        let error = strict.unwrap_err();
        assert!(error.to_string().contains("document type"), "{error}");
        assert_eq!(lenient.len(), 0);
        assert_eq!(lenient.rejected().len(), 1);
    }
    let error = bad("html_entity").0.unwrap_err();
    assert!(error.to_string().contains("&ocirc;"), "{error}");
}

#[test]
fn structure_that_is_broken_is_refused_with_its_line_and_costs_the_rest_when_lenient() {
    for (name, line, records, says) in [
        ("cut_short", 3, 1, "in the middle of an element"),
        ("tags_crossed", 2, 0, "not well-formed"),
        ("nested_too_deep", 1, 0, "nested more than"),
        ("other_encoding", 1, 0, "ISO-8859-1"),
    ] {
        let (strict, lenient) = bad(name);
        let error = strict.unwrap_err();
        assert!(error.to_string().contains(says), "{name}: {error}");
        assert_eq!(error.place().line, Some(line), "{name}: {error}");
        assert!(!error.help().is_empty());
        assert_eq!(
            (lenient.len(), lenient.rejected().len()),
            (records, 1),
            "{name}"
        );
    }
}

#[test]
fn text_that_is_not_utf8_is_refused() {
    let text = std::fs::read_to_string(fixture("good/assembly_vote.xml")).unwrap();
    let mut bytes = text.replace("PERU", "PER@").into_bytes();
    let at = bytes.iter().position(|b| *b == b'@').unwrap();
    bytes[at] = 0xd4;
    let error = read_bytes("in", &bytes, &Options::default()).unwrap_err();
    assert!(
        matches!(error, ImportError::Utf8 { line: 23, .. }),
        "{error:?}"
    );
}

#[test]
fn a_record_that_cannot_be_used_is_rejected_with_its_subfield() {
    for (name, line, field, value) in [
        ("vote_and_name_glued", 3, "967 $d", "AN PAKISTAN"),
        ("member_without_name", 3, "967 $e", "1"),
        ("record_of_nothing", 2, "191 $a", "7"),
    ] {
        let import = bad(name).0.unwrap();
        let [rejected] = import.rejected() else {
            panic!("{name}: {:?}", import.rejected())
        };
        assert_eq!(
            (rejected.place.line, rejected.place.field.as_deref()),
            (Some(line), Some(field)),
            "{name}"
        );
        assert_eq!(rejected.value, value);
        assert!(!rejected.reason.is_empty() && !rejected.help.is_empty());
        assert!(import.complete().is_err());
    }
}

#[test]
fn a_member_whose_vote_is_none_costs_one_ballot_when_lenient_and_the_list_says_so() {
    let lenient = bad("vote_and_name_glued").1;
    let record = lenient.record(0).unwrap();
    assert!(decision(&record).partial);
    assert_eq!(record.findings[0].severity, Severity::Error);
    assert_eq!(record.findings[0].found.as_deref(), Some("AN PAKISTAN"));
}

#[test]
fn fields_that_cannot_be_read_are_findings_not_losses() {
    for (name, field) in [
        ("total_no_number", "996 $b"),
        ("day_not_in_the_calendar", "992 $a"),
    ] {
        let import = bad(name).0.unwrap();
        let record = import.record(0).unwrap();
        let [finding] = record.findings.as_slice() else {
            panic!("{name}: {:?}", record.findings)
        };
        assert_eq!(
            (&*finding.check, finding.place.field.as_deref()),
            ("unreadable-field", Some(field))
        );
        assert_eq!(finding.place.line, Some(3));
        assert_eq!(record.ballots(), 1);
    }
}

#[test]
fn a_tag_that_never_ends_is_refused_before_it_fills_the_memory() {
    let mut bytes =
        b"<collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record><datafield tag=\"".to_vec();
    bytes.resize(6 << 20, b'9');
    let error = read_bytes("in", &bytes, &Options::default()).unwrap_err();
    assert!(error.to_string().contains("longer than"), "{error}");
}

#[test]
fn other_xml_is_not_taken_for_marc() {
    let error = read_bytes("in", b"<rss><channel/></rss>", &Options::default()).unwrap_err();
    assert!(error.to_string().contains("element `rss`"), "{error}");
}

#[test]
fn a_file_read_in_pieces_gives_what_it_gives_at_once() {
    let path = fixture("good/assembly_vote.xml");
    let whole = std::fs::read(&path).unwrap();
    let packed = zstd::bulk::compress(&whole, 3).unwrap();
    let unpacked = read_bytes("in", &packed, &Options::default()).unwrap();
    let first = read(&path, &Options::default()).unwrap();
    assert_eq!(
        first.record(0).unwrap().agreement,
        unpacked.record(0).unwrap().agreement
    );
}

/// What a reader that looks for text between tags, line by line, sees of the real export.
fn slowly(path: &Path) -> Vec<(String, BTreeSet<String>, BTreeSet<String>)> {
    let text = std::fs::read_to_string(path).unwrap();
    let value = |line: &str| {
        line.split_once('>')
            .unwrap()
            .1
            .split_once('<')
            .unwrap()
            .0
            .to_owned()
    };
    let mut records = Vec::new();
    let mut tag = String::new();
    for line in text.lines() {
        if line.contains(":record ") {
            records.push((String::new(), BTreeSet::new(), BTreeSet::new()));
        }
        let Some(record) = records.last_mut() else {
            continue;
        };
        if let Some((_, rest)) = line.split_once("datafield tag=\"") {
            tag = rest[..3].to_owned();
        }
        if [("650", "a"), ("991", "d")]
            .iter()
            .any(|(of, code)| tag == *of && line.contains(&format!("code=\"{code}\"")))
        {
            record.1.insert(value(line));
        }
        if line.contains("code=\"a\"") && tag == "191" {
            record.0 = value(line);
        }
        if line.contains("code=\"a\"") && tag == "710" {
            record.2.insert(value(line));
        }
    }
    records
}

#[test]
fn the_real_export_is_read_whole_and_every_sponsor_in_its_prose_is_a_heading() {
    let Some(path) = shared("marcxml/committee3_drafts_sample.xml") else {
        return;
    };
    let slow = slowly(&path);
    let import = read(&path, &Options::default()).unwrap();
    let summary = import.summary();
    assert_eq!(
        (summary.rows, summary.used, summary.records),
        (20, 20, slow.len() as u64)
    );
    let (mut sponsors, mut others) = (0, Vec::new());
    for (record, (symbol, subjects, headings)) in import.records().zip(slow) {
        assert_eq!(record.agreement.label(), symbol);
        let read: BTreeSet<String> = record.agreement.subjects.iter().cloned().collect();
        assert_eq!(read, subjects, "{symbol}");
        assert!(
            record.findings.is_empty(),
            "{symbol}: {:#?}",
            record.findings
        );
        let of_headings = headings.iter().filter_map(|h| resolve(h, None));
        let of_headings: Vec<Participant> = of_headings.map(Into::into).collect();
        for sponsor in &sponsorship(&record).sponsors {
            match sponsor.participant {
                Some(state) if !sponsor.later => {
                    assert!(of_headings.contains(&state), "{symbol}: {}", sponsor.name);
                    sponsors += 1;
                }
                Some(_) => sponsors += 1,
                None => others.push(sponsor.name.clone()),
            }
        }
    }
    let expected = [
        "submitted by the Chair on the recommendation of the Economic and Social Council (resolution 2023/25)",
        "by the Secretariat",
        "submitted by the Chair of the Committee",
        "submitted by the Chair on the basis of informal consultations",
    ];
    assert_eq!(
        (sponsors, others),
        (661, expected.map(ToOwned::to_owned).to_vec())
    );
}
