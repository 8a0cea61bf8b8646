//! Lists of members with terms, read as groups.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use plenary_import::{Mapping, MemberTable, MembersMapping, Options, read, read_members};
use plenary_testing::shared;

use crate::fixtures::fixture;

/// The rows of a list, as `group,member,from,to`.
fn told(table: &MemberTable) -> String {
    let mut text = String::new();
    for (group, who, span) in &table.members {
        let to = span.to.map(|day| day.to_string()).unwrap_or_default();
        writeln!(text, "{group},{who},{},{to}", span.from).unwrap();
    }
    for line in table.rejected.iter().chain(&table.notes) {
        writeln!(text, "! {}", line.rsplit('/').next().unwrap()).unwrap();
    }
    text
}

/// What each file of a folder gives: with the mapping of its name, where there is one.
fn files(folder: &str) -> String {
    let entries = fs::read_dir(fixture(folder)).unwrap();
    let mut paths: Vec<_> = entries
        .map(|entry| entry.unwrap().path().with_extension(""))
        .collect();
    paths.sort();
    paths.dedup();
    let mut text = String::new();
    for path in paths {
        writeln!(text, "== {}", path.file_name().unwrap().display()).unwrap();
        let (table, mapping) = (path.with_extension("csv"), path.with_extension("toml"));
        let mapping = fs::read_to_string(mapping)
            .ok()
            .map(|text| MembersMapping::from_toml(&text));
        match mapping.transpose() {
            Err(error) => writeln!(text, "{error}").unwrap(),
            Ok(mapping) => match read_members(&table, mapping.as_ref()) {
                Ok(table) => text += &told(&table.expect("it is known by its columns")),
                Err(error) => {
                    let error = format!("{error}, {}", error.help());
                    writeln!(text, "{}", error.rsplit_once("members/").unwrap().1).unwrap();
                }
            },
        }
    }
    text
}

#[test]
fn lists_of_members_are_groups() {
    insta::assert_snapshot!("members_good", files("members/good"));
    insta::assert_snapshot!("members_bad", files("members/bad"));
}

#[test]
fn a_table_of_groups_is_not_taken_for_a_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("groups.csv");
    fs::write(&path, "group,member,from,to\nbenelux,BEL,1944-09-05,\n").unwrap();
    assert_eq!(read_members(&path, None).unwrap(), None);
}

#[test]
fn a_mapping_of_members_is_none_of_votes() {
    let error = Mapping::from_toml("of = 'members'\n[columns]\nname = 'who'").unwrap_err();
    assert!(error.to_string().contains("--groups"), "{error}");
}

fn list(file: &str) -> Option<MemberTable> {
    read_members(shared(&format!("others/{file}"))?, None).unwrap()
}

/// How many members each group has.
fn sizes(table: &MemberTable) -> BTreeMap<&str, usize> {
    let mut sizes = BTreeMap::new();
    for (group, ..) in &table.members {
        *sizes.entry(group.as_str()).or_default() += 1;
    }
    sizes
}

#[test]
fn lists_of_groups_have_days_or_years_or_neither() {
    for (file, members, first, last) in [
        ("group_european-union.csv", 27, "1958-01-01", "2013-07-01"),
        ("group_g77.csv", 134, "", ""),
        ("group_oecd.csv", 38, "1961-01-01", "2021-01-01"),
        ("group_imo.csv", 175, "1948-10-15", "2021-10-22"),
    ] {
        let Some(table) = list(file) else {
            return;
        };
        assert_eq!(table.rows, members, "{file}");
        assert_eq!(
            table.members.len() + table.rejected.len(),
            usize::try_from(members).unwrap(),
            "{file} {:?}",
            table.rejected
        );
        assert_eq!(table.rejected, [""; 0], "{file}");
        if !first.is_empty() {
            let days = table.members.iter().map(|(_, _, span)| span.from);
            assert_eq!(days.clone().min().unwrap().to_string(), first, "{file}");
            assert_eq!(days.max().unwrap().to_string(), last, "{file}");
        }
    }
}

#[test]
fn terms_end_with_their_last_year_and_admissions_have_footnotes() {
    let (Some(terms), Some(members)) = (
        list("unsc_terms_1992_2023.csv"),
        list("un_members_wikipedia.csv"),
    ) else {
        return;
    };
    assert_eq!((terms.rows, &*terms.rejected), (171, &[][..]));
    assert_eq!(sizes(&terms), BTreeMap::from([("security council", 171)]));
    let day = |text: &str| text.parse().unwrap();
    let sat = |on: &str| {
        terms
            .members
            .iter()
            .filter(|(_, _, span)| span.contains(day(on)))
            .count()
    };
    assert_eq!((sat("1995-06-01"), sat("2023-12-31")), (15, 15));
    // 192 days, and one with the mark of a footnote.
    assert_eq!((members.rows, members.members.len()), (193, 193));
    let first = day("1945-10-24");
    assert_eq!(
        members
            .members
            .iter()
            .filter(|(_, _, span)| span.from == first)
            .count(),
        27
    );
}

#[test]
fn groups_in_one_cell_are_counted_as_the_table_has_them() {
    let Some(table) = list("fao_and_region_membership.csv") else {
        return;
    };
    let sizes = sizes(&table);
    for (group, members) in [
        ("FAO", 192),
        ("SADC", 15),
        ("CARICOM", 14),
        ("MERCOSUR", 4),
        ("EU", 27),
        ("ECOWAS", 13),
        ("COMESA", 19),
        ("SIDS", 39),
        ("LLDC", 31),
        ("LDC", 49),
        ("LIFDC", 70),
    ] {
        assert_eq!(sizes[group], members, "{group}");
    }
}

#[test]
fn a_list_alone_is_named_and_says_which_command_uses_it() {
    for (file, rows, members, groups) in [
        ("group_european-union.csv", 27, 27, "`group_european-union`"),
        ("group_g77.csv", 134, 134, "`group_g77`"),
        ("group_oecd.csv", 38, 38, "`group_oecd`"),
        ("group_imo.csv", 175, 175, "`group_imo`"),
        (
            "group_african_union_names.csv",
            50,
            50,
            "`group_african_union_names`",
        ),
        ("unsc_terms_1992_2023.csv", 171, 171, "`security council`"),
        ("un_members_wikipedia.csv", 193, 193, "`un`"),
        ("fao_and_region_membership.csv", 249, 0, "groups"),
    ] {
        let Some(path) = shared(&format!("others/{file}")) else {
            return;
        };
        let import = read(path, &Options::default()).unwrap();
        let summary = import.summary();
        assert_eq!(
            (summary.format, summary.rows),
            ("member-list", rows),
            "{file}"
        );
        assert_eq!(
            (summary.records, summary.rejected),
            (0, 0),
            "{file} {:?}",
            import.rejected()
        );
        assert!(summary.why.contains(groups), "{file}: {}", summary.why);
        assert!(
            summary.why.contains("`plenary members --groups FILE"),
            "{file}"
        );
        let table = import.members().unwrap();
        assert_eq!(table.members.len(), table.lines.len(), "{file}");
        if members > 0 {
            assert_eq!(table.members.len(), members, "{file}");
        }
    }
}

#[test]
fn a_row_that_names_nobody_is_a_rejected_row_of_its_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lakes.csv");
    fs::write(&path, "Code,Name\nAUT,Austria\nXQZ,Atlantis\n").unwrap();
    let import = read(&path, &Options::default()).unwrap();
    let rejected = &import.rejected()[0];
    assert_eq!((import.summary().rows, import.summary().used), (2, 1));
    assert_eq!(rejected.place.line, Some(3));
    assert!(
        rejected.reason.contains("Atlantis") || rejected.reason.contains("XQZ"),
        "{rejected:?}"
    );
}

#[test]
fn tables_that_are_no_lists_of_states_are_not_taken_for_one() {
    let folder = tempfile::tempdir().unwrap();
    for text in [
        "Austria\nPeru\n",
        "words\nalpha\nbeta\ngamma\ndelta\n",
        "Austria,1\nPeru,2\nChad,3\nMali,4\n",
    ] {
        let path = folder.path().join("table.csv");
        fs::write(&path, text).unwrap();
        let read = read(&path, &Options::default());
        assert!(read.is_err(), "{text} {read:?}");
    }
}

#[test]
fn parties_of_voters_are_groups() {
    for (file, members, parties) in [
        (
            "HS113_members.csv",
            549,
            vec![("Democrat", 261), ("Independent", 2), ("Republican", 286)],
        ),
        (
            "s109_legislators.csv",
            102,
            vec![("D", 45), ("Indep", 1), ("R", 56)],
        ),
        (
            "bundestag_20201126_3.csv",
            709,
            vec![
                ("AfD", 89),
                ("BÜ90/GR", 67),
                ("CDU/CSU", 246),
                ("DIE LINKE.", 69),
                ("FDP", 80),
                ("Fraktionslos", 6),
                ("SPD", 152),
            ],
        ),
    ] {
        let Some(table) = list(file) else {
            return;
        };
        assert_eq!(
            (table.members.len(), &*table.rejected),
            (members, &[][..]),
            "{file}"
        );
        assert_eq!(sizes(&table), parties.into_iter().collect(), "{file}");
    }
    let Some(table) = list("HS113_members.csv") else {
        return;
    };
    // The prefix is that of the votes.
    assert!(
        table
            .members
            .iter()
            .any(|(party, who, _)| party == "Republican" && who.as_str() == "person:icpsr-20300")
    );
}
