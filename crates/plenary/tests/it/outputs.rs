//! Outputs of a report, by the public interface alone.

use plenary::{Input, Settings, check, writers};

#[path = "../../examples/add_an_output.rs"]
mod add_an_output;

#[test]
fn an_output_of_ones_own_is_one_value_and_the_guide_shows_it() {
    add_an_output::main().unwrap();
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../CONTRIBUTING.md");
    let Ok(guide) = std::fs::read_to_string(guide) else {
        println!("no guide beside this package: nothing to compare");
        return;
    };
    let example = include_str!("../../examples/add_an_output.rs");
    assert!(
        guide.contains(example),
        "CONTRIBUTING.md shows another example than examples/add_an_output.rs"
    );
}

#[test]
fn every_output_is_whole_with_findings_with_none_and_with_inputs_that_cannot_be_used() {
    let vote = r#"{"acts": [{"act": "decision", "body": "unga", "date": "2018-12-19", "announced": {"yes": 200}}]}"#;
    let settings = Settings::default();
    let reports = [
        check([Input::compact()], &settings),
        check([Input::bytes("vote.json", vote)], &settings),
        check([Input::bytes("empty.csv", "")], &settings),
    ];
    for report in &reports {
        for writer in writers() {
            let mut text = Vec::new();
            let shown = report.findings.most_severe(None);
            writer.write(report, shown, &mut text).unwrap();
            let text = String::from_utf8(text).unwrap();
            let name = writer.name();
            match name {
                "json" | "sarif" | "gitlab" => {
                    serde_json::from_str::<serde_json::Value>(&text).unwrap();
                }
                "junit" => assert!(text.ends_with("</testsuites>\n"), "{text}"),
                _ => {}
            }
            let unusable = report.unusable.iter();
            let tells = unusable.clone().all(|input| text.contains(&input.path));
            assert_eq!(
                tells,
                report.unusable.is_empty() || writer.tells_unusable(),
                "{name}"
            );
            let found = report.findings.iter().all(|f| text.contains(&*f.check));
            assert!(found, "{name}: {text}");
        }
    }
}
