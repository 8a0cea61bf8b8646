//! The page of the Global Compact.

use std::path::Path;
use std::{env, fs};

use crate::{assert_closed, attributes, compact, tags};

#[test]
fn the_page_is_closed_and_small() {
    let page = compact();
    assert_closed(&page);
    assert!(page.len() < 200_000, "{} bytes", page.len());
}

#[test]
fn the_page_says_what_the_record_says() {
    let page = compact();
    let tiles = |choice: &str| {
        let class = format!("svg class=\"t {choice}\"");
        tags(&page).filter(|tag| **tag == class).count()
    };
    assert_eq!(
        ["yes", "no", "abstain", "non-voting", "not-eligible"].map(tiles),
        [152, 5, 12, 24, 0]
    );
    let (_, table) = page.split_once("Who voted how</h3>").unwrap();
    let (table, _) = table.split_once("</table>").unwrap();
    assert_eq!(table.matches("<tr>").count(), 1 + 193);
    assert!(
        table.contains("<td>Czechia</td><td>CZE</td><td>Eastern European</td><td>against</td>")
    );
    assert!(page.contains("152 of 157 present and voting, 96.8 %, more than half"));
    assert!(
        page.contains(
            "two thirds of the Members present and voting; the verdict would be the same"
        )
    );
}

#[test]
fn the_parts_of_the_page_and_their_order() {
    let page = compact();
    let headings = page.split("<h").skip(1).filter_map(|part| {
        let (level, rest) = part.split_at_checked(1)?;
        level.parse::<usize>().ok()?;
        let text = rest.split_once('>')?.1.split_once("</h")?.0;
        Some(format!(
            "{level} {}",
            text.replace("<bdi>", "").replace("</bdi>", "")
        ))
    });
    insta::assert_snapshot!(headings.collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_identifier_stands_once_and_every_reference_leads_somewhere() {
    let page = compact();
    let mut ids: Vec<&str> = attributes(&page, "id").map(|(_, id)| id).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    let labelled = attributes(&page, "aria-labelledby").map(|(_, id)| id);
    let linked = attributes(&page, "href").filter_map(|(_, href)| href.strip_prefix('#'));
    for id in labelled.chain(linked) {
        assert!(ids.contains(&id), "{id}");
    }
}

#[test]
fn the_data_can_be_downloaded() {
    let page = compact();
    let file = |name: &str| {
        let link = tags(&page).find(|tag| tag.ends_with(&format!("download=\"{name}\"")));
        let (_, data) = link.unwrap().split_once(";base64,").unwrap();
        let data = data.split_once('"').unwrap().0;
        String::from_utf8(data_encoding::BASE64.decode(data.as_bytes()).unwrap()).unwrap()
    };
    let votes = file("a-res-73-195-votes.csv");
    assert_eq!(votes.lines().count(), 194);
    assert!(votes.contains("A/RES/73/195,2018-12-19,General Assembly,USA,United States of America,Western European and Others,no,,\n"));
    let record: serde_json::Value = serde_json::from_str(&file("a-res-73-195.json")).unwrap();
    assert_eq!(record["decisions"][1]["tally"]["yes"], 152);
    let claims = file("a-res-73-195-claims.csv");
    assert!(claims.contains(",152 members voted in favour.,confirmed,,A/RES/73/195: 152 yes\n"));
}

#[test]
fn the_documentation_has_the_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/global-compact.html");
    let page = compact();
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, page).unwrap();
        return;
    }
    let Ok(known) = fs::read_to_string(&path) else {
        println!("no documentation beside this package: nothing to compare with");
        return;
    };
    assert!(
        known == page,
        "docs/global-compact.html is not the page: UPDATE_DOCS=1 writes it"
    );
}
