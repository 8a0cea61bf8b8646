//! `plenary power`.

use std::fs;

use assert_cmd::Command;

fn power(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("plenary").unwrap();
    command.env("NO_COLOR", "1").arg("power").args(arguments);
    command
}

fn stdout(arguments: &[&str]) -> String {
    let output = power(arguments)
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    String::from_utf8(output).unwrap()
}

#[test]
fn the_powers_of_the_security_council_are_shown_for_people() {
    let shown = stdout(&["--rule", "sc-substantive", "--on", "2018-12-19"]);
    insta::assert_snapshot!(shown, @r"
    Security Council, all other matters: nine votes and no permanent member against
    at least 9 votes; no member of P5 against on 2018-12-19, 15 members

          banzhaf absolute           banzhaf    shapley shubik  members
       5          0.051758          0.166929          0.196270  CHN FRA GBR RUS USA
      10          0.005127          0.016535          0.001865  BOL CIV ETH GNQ KAZ KWT NLD PER POL SWE

    a vote at random is won with a chance of 0.025879
    Banzhaf: exact, by generating functions over 16 states
    Shapley-Shubik: exact, by generating functions over 16 states
    ");
}

#[test]
fn a_table_has_a_row_a_member_and_intervals_only_when_sampled() {
    let exact = stdout(&[
        "--rule",
        "sc-substantive",
        "--on",
        "1960-01-01",
        "--format",
        "csv",
    ]);
    let header = exact.lines().next();
    assert_eq!(
        header,
        Some("state,banzhaf_absolute,banzhaf,shapley_shubik")
    );
    assert_eq!(exact.lines().count(), 12);
    let sampled = stdout(&[
        "--rule",
        "sc-substantive",
        "--on",
        "1960-01-01",
        "--format",
        "csv",
        "--method",
        "sample",
        "--samples",
        "5000",
        "--index",
        "shapley",
    ]);
    let header = sampled.lines().next();
    assert_eq!(
        header,
        Some("state,shapley_shubik,shapley_shubik_lower,shapley_shubik_upper")
    );
}

#[test]
fn a_requirement_with_weights_of_ones_own_goes_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let (weights, result) = (
        folder.path().join("w.csv"),
        folder.path().join("power.json"),
    );
    fs::write(&weights, "code,shares\nUSA,50\nJPN,49\nTUV,1\n").unwrap();
    let (weights, result) = (weights.to_str().unwrap(), result.to_str().unwrap());
    let said = stdout(&[
        "--rule",
        "more than 1/2 of shares",
        "--weights",
        weights,
        "--format",
        "json",
        "-o",
        result,
    ]);
    assert_eq!(said, "");
    let report: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(result).unwrap()).unwrap();
    let powers = report["powers"].as_array().unwrap();
    let of = |state: &str| powers.iter().find(|row| row["state"] == state).unwrap();
    assert_eq!(of("USA")["banzhaf"]["value"], 0.6);
    assert_eq!(of("TUV")["banzhaf"]["value"], 0.2);
    assert_eq!(report["metadata"]["power_to"], "decide");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn what_is_missing_is_said_with_the_way_to_give_it() {
    let complaint = |arguments: &[&str]| {
        let output = power(arguments)
            .assert()
            .code(2)
            .get_output()
            .stderr
            .clone();
        String::from_utf8(output).unwrap()
    };
    insta::assert_snapshot!(
        complaint(&["--rule", "at least 85% of voting-power", "--members", "USA,JPN"]),
        @r"
    error: the rule needs the table `voting-power`, which is not known
      help: give weights as a CSV whose columns are `code` and `voting-power` (`--weights`)
    "
    );
    insta::assert_snapshot!(complaint(&["--rule", "imf-85"]), @r"
    error: the members of `imf` are not known: name them
      help: name the members, or give weights with their codes (`--members`, `--weights`)
    ");
}
