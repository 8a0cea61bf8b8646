//! The three tables of unvotes are one source.

use plenary_import::{Format, Options, read};
use plenary_types::{Field, Locus};

use crate::fixtures::fixture;

#[test]
fn the_three_tables_are_read_together_from_their_folder_or_from_the_votes() {
    let folder = fixture("unvotes/good/three_tables");
    for path in [folder.clone(), folder.join("unvotes.csv")] {
        let import = read(path, &Options::default()).unwrap();
        let summary = import.summary();
        assert_eq!(summary.format, Format::UnvotesCsv);
        assert_eq!(
            (summary.rows, summary.used, summary.records, summary.ballots),
            (8, 8, 2, 4)
        );
        let record = import.record(1).unwrap();
        assert_eq!(record.agreement.label(), "A/RES/45/38[A]");
        assert_eq!(
            record.agreement.subjects,
            ["Colonialism", "Palestinian conflict"]
        );
        let place = record.origin.place(Locus::of_act(0, Field::Date));
        assert!(place.path.unwrap().ends_with("roll_calls.csv"));
        assert_eq!(place.line, Some(4));
    }
}
