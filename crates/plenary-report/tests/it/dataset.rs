//! The page of a whole dataset.

use plenary::{Input, ReportSettings, ReportedPage, report};
use plenary_report::{ReportOptions, html};
use serde_json::json;

use crate::{assert_closed, attributes, hostile, page, tags};

/// The page of two dozen votes of eight members over three years, two of which have symbols of another session.
fn of_votes(settings: &ReportSettings) -> String {
    let members = ["BRA", "CHN", "CUB", "DEU", "EGY", "FRA", "IND", "USA"];
    let votes = (0..24usize).map(|vote| {
        let of = |choice: usize| {
            let members = members.iter().enumerate();
            let members = members.filter(|(at, _)| ((at * 3 + vote * 5) / 7) % 3 == choice);
            members.map(|(_, code)| *code).collect::<Vec<_>>()
        };
        json!({
            "title": format!("Vote {vote}"), "symbols": [format!("A/RES/{}/{}", if vote < 2 { 60 } else { 65 + vote / 8 }, vote + 1)],
            "acts": [{
                "act": "decision", "body": "unga", "date": format!("{}-12-0{}", 2010 + vote / 8, vote % 8 + 1),
                "session": (65 + vote / 8).to_string(), "ballots": {"yes": of(0), "no": of(1), "abstain": of(2)},
            }],
        })
    });
    let text = serde_json::Value::Array(votes.collect()).to_string();
    let reported = report(Input::bytes("votes.json", text), settings).unwrap();
    assert!(matches!(reported.page, ReportedPage::Dataset(_)));
    html(&reported, &ReportOptions::default()).unwrap()
}

#[test]
fn the_page_has_its_pictures_and_the_tables_behind_them() {
    let page = of_votes(&ReportSettings::default());
    assert_closed(&page);
    let mut ids: Vec<&str> = attributes(&page, "id").map(|(_, id)| id).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "each identifier stands once");
    for picture in [
        "dataset-attendance-title",
        "dataset-yes-title",
        "dataset-ideal-title",
    ] {
        assert!(ids.contains(&picture), "{picture}");
    }
    assert!(page.contains("Choices by group and year"));
    assert!(page.contains("What to know before quoting it"));
    assert!(page.contains("24 votes, "));
}

#[test]
fn ideal_points_can_be_left_out_and_findings_bounded() {
    let mut settings = ReportSettings::default();
    settings.with_ideal = false;
    settings.most_findings = 1;
    let page = of_votes(&settings);
    assert!(!page.contains("dataset-ideal-title"));
    let (_, findings) = page.split_once("id=\"findings\"").unwrap();
    let (table, after) = findings.split_once("</table>").unwrap();
    assert_eq!(
        table.matches("<tr>").count(),
        2,
        "a heading and one finding"
    );
    assert!(after.contains("more are not on this page"));
}

#[test]
fn no_text_of_several_records_does_anything_in_a_page() {
    let one = hostile::document();
    let mut other = one.clone();
    other["title"] = json!("another");
    other["symbols"] = json!(["A/RES/73/1"]);
    let page = page(&json!([one, other]));
    hostile::assert_harmless(&page);
    assert!(page.contains("Findings by cause and year"));
    assert!(tags(&page).any(|tag| tag.starts_with("table")));
}
