//! Layouts of mapped tables, on files as their makers have them: facts that were counted by other means.

use std::collections::BTreeMap;

use plenary_import::{Import, Mapping, Options, read, read_bytes};
use plenary_testing::shared;
use plenary_types::{Choice, Decision, Field, Locus};

/// Reads a table of `data/others` by a mapping of the documentation; nothing where the table is not there.
fn mapped(file: &str, mapping: &str) -> Option<Import> {
    let path = shared(&format!("others/{file}"))?;
    Some(read(path, &options(mapping)).unwrap())
}

fn options(mapping: &str) -> Options {
    Options::default().with_mapping(Mapping::from_toml(mapping).unwrap())
}

macro_rules! example {
    ($name:literal) => {
        include_str!(concat!(
            "../../../../docs/formats/examples/",
            $name,
            ".toml"
        ))
    };
}

fn decisions(import: &Import) -> Vec<Decision> {
    let of = |record: plenary_import::Record| {
        let (_, decision) = record.agreement.decisions().next().unwrap();
        decision.clone()
    };
    import.records().map(of).collect()
}

/// How often each choice was made.
fn choices(import: &Import) -> BTreeMap<Choice, usize> {
    let mut choices = BTreeMap::new();
    for decision in decisions(import) {
        for ballot in decision
            .ballots
            .iter()
            .flat_map(plenary_types::Ballots::iter)
        {
            *choices.entry(ballot.choice).or_insert(0) += 1;
        }
    }
    choices
}

/// The voters of no known identity.
fn strangers(import: &Import) -> Vec<String> {
    let decisions = decisions(import);
    let ballots = decisions
        .iter()
        .filter_map(|decision| decision.ballots.as_ref());
    let ballots = ballots.flat_map(plenary_types::Ballots::iter);
    let strangers = ballots.filter(|ballot| ballot.entry.who.is_none());
    let mut strangers: Vec<String> = strangers
        .map(|ballot| ballot.entry.label().to_owned())
        .collect();
    strangers.sort();
    strangers.dedup();
    strangers
}

#[test]
fn lists_of_names_in_cells_are_ballots() {
    let Some(import) = mapped(
        "unsc_failed_drafts_lists.csv",
        example!("council-drafts-in-lists"),
    ) else {
        return;
    };
    assert_eq!(import.summary().records, 53);
    let expected = [
        (Choice::Yes, 290),
        (Choice::No, 138),
        (Choice::Abstain, 307),
    ];
    assert_eq!(choices(&import), expected.into());
    let decisions = decisions(&import);
    let members = decisions.iter().map(|d| d.announced.members.unwrap());
    assert_eq!(members.sum::<u32>(), 743);
    let short = decisions.iter().filter(|d| {
        let listed = d.ballots.as_ref().map_or(0, plenary_types::Ballots::len);
        listed != d.announced.members.unwrap() as usize
    });
    assert_eq!(short.count(), 2);
    assert_eq!(strangers(&import), [""; 0]);
    let first = decisions[0].ballots.as_ref().unwrap();
    assert_eq!(first.get("SUN".parse().unwrap()), Some(Choice::Yes));
}

#[test]
fn states_in_rows_vote_on_the_roll_calls_of_the_headings() {
    let Some(import) = mapped(
        "unga_states_in_rows_1950s.csv",
        example!("assembly-states-in-rows"),
    ) else {
        return;
    };
    let summary = import.summary();
    assert_eq!((summary.rows, summary.records), (83, 409));
    let expected = [(Choice::Yes, 16_938), (Choice::No, 5_835)];
    assert_eq!(choices(&import), expected.into());
    let left_out: Vec<_> = import
        .findings()
        .iter()
        .map(|f| (&*f.check, &*f.message))
        .collect();
    assert!(
        matches!(&*left_out, [("source-leaves-out", message)] if message.contains("11174 such cells")),
        "{left_out:?}"
    );
    assert!(decisions(&import).iter().all(|decision| decision.partial));
    let record = import.record(0).unwrap();
    assert_eq!(record.agreement.sources[0].record.as_deref(), Some("239"));
    let place = record.origin.place(Locus::of_act(0, Field::Choice(0)));
    assert_eq!(
        (place.line, place.field.as_deref()),
        (Some(2), Some("239.0"))
    );
    let place = record.origin.place(Locus::of_act(0, Field::Name(0)));
    assert_eq!(
        (place.line, place.field.as_deref()),
        (Some(2), Some("country"))
    );
    assert_eq!(strangers(&import), [""; 0]);
}

#[test]
fn a_column_for_each_choice_is_marked_where_it_was_made() {
    let Some(import) = mapped("bundestag_20201126_3.csv", example!("bundestag-roll-call")) else {
        return;
    };
    let summary = import.summary();
    assert_eq!(
        (summary.rows, summary.records, summary.rejected),
        (709, 1, 0)
    );
    let expected = [
        (Choice::Yes, 570),
        (Choice::No, 72),
        (Choice::Abstain, 3),
        (Choice::NonVoting, 64),
    ];
    assert_eq!(choices(&import), expected.into());
    assert_eq!(import.findings(), []);
}

#[test]
fn a_cell_that_means_not_on_the_list_is_no_ballot_and_no_absence() {
    let long = "vote,who,how\n1,Peru,1\n1,Chad,9\n1,France,9.0\n2,Chad,9\n2,Peru,0\n";
    let of_long = "body = 'unga'\nnot-listed = ['9']\nunclear = ['0']\n\
        [columns]\nvote = 'vote'\nname = 'who'\nchoice = 'how'\n[choices]\nyes = ['1']\n";
    let wide = "vote,Peru,Chad,France\n1,1,9,9.0\n2,0,9,\n";
    let of_wide = "body = 'unga'\nlayout = 'wide'\nnot-listed = ['9']\nunclear = ['0']\n\
        [columns]\nvote = 'vote'\n[choices]\nyes = ['1']\n";
    let across = "who,1,2\nPeru,1,0\nChad,9,9\nFrance,9.0,\n";
    let of_across = "body = 'unga'\nlayout = 'voters-in-rows'\nnot-listed = ['9']\nunclear = ['0']\n\
        [columns]\nname = 'who'\n[choices]\nyes = ['1']\n";
    for (table, mapping) in [(long, of_long), (wide, of_wide), (across, of_across)] {
        let import = read_bytes("votes.csv", table.as_bytes(), &options(mapping)).unwrap();
        assert_eq!(import.rejected(), [], "{table}");
        let decisions = decisions(&import);
        let told = decisions.iter().map(|decision| {
            let ballots = decision
                .ballots
                .as_ref()
                .map_or(0, plenary_types::Ballots::len);
            (ballots, decision.partial)
        });
        assert_eq!(told.collect::<Vec<_>>()[0], (1, false), "{table}");
        assert_eq!(decisions.len(), 2, "{table}");
        assert_eq!(import.summary().ballots, 1, "{table}");
        assert_eq!(import.findings().len(), 1, "{table}");
    }
}
