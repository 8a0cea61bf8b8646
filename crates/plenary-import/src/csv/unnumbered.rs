//! Votes whose rows have no identifier where others have one.

use rustc_hash::FxHashSet;

use super::group::Group;
use super::layout::Layout;
use super::refused::{BadRow, Why};
use super::scan::Scan;

impl Scan {
    /// Rejects the rows of votes without an identifier where a vote with one is on the same document: whether they are of
    /// that vote or of another, nothing tells.
    pub(crate) fn reject_doubtful(&mut self, layout: &Layout) {
        let (&[id], Some(&document)) = (&*layout.key, layout.instead.first()) else {
            return;
        };
        let has_id = |group: &Group| !group.value(id).trim().is_empty();
        let on = |group: &Group| group.value(document).trim().to_owned();
        let (numbered, others): (Vec<_>, Vec<_>) = self.groups.iter().partition(|g| has_id(g));
        let numbered: FxHashSet<String> = numbered.into_iter().map(|group| on(group)).collect();
        let others = others.into_iter().map(|group| on(group));
        let doubtful: FxHashSet<String> = others.filter(|on| numbered.contains(on)).collect();
        if doubtful.is_empty() {
            return;
        }
        let mut rejected = Vec::new();
        self.retain_votes(|group| {
            let is_doubtful = doubtful.contains(&on(group));
            // The vote with an identifier may be theirs.
            group.lost_a_row |= is_doubtful;
            let keep = has_id(group) || !is_doubtful;
            rejected.extend((!keep).then(|| rows_of(group, id)).into_iter().flatten());
            keep
        });
        self.rejected.insert(rejected);
    }
}

fn rows_of(group: &Group, id: usize) -> impl Iterator<Item = BadRow> {
    let lines = (0..group.choices.len()).filter_map(|ballot| group.lines.get(ballot));
    lines.map(move |line| BadRow {
        line: u64::from(line),
        character: 1,
        column: Some(id),
        value: String::new(),
        why: Why::Doubtful,
    })
}

#[cfg(test)]
mod tests {
    use crate::{Options, read_bytes};

    const HEADER: &str = "undl_id,ms_name,ms_vote,date,resolution,meeting\n";

    fn read(rows: &[&str]) -> (Vec<String>, Vec<(u64, String)>) {
        let text = format!("{HEADER}{}\n", rows.join("\n"));
        let import = read_bytes("in", text.as_bytes(), &Options::default()).unwrap();
        let summary = import.summary();
        assert_eq!(summary.rows, summary.used + summary.rejected);
        assert_eq!(summary.ballots, summary.used);
        let records = import.records().map(|record| {
            let (_, decision) = record.agreement.decisions().next().unwrap();
            let ballots = decision.ballots.as_ref().map_or(0, |ballots| ballots.len());
            let id = record.agreement.sources[0].record.clone();
            let label = record.agreement.label().to_owned();
            let partial = if decision.partial { " partial" } else { "" };
            format!("{label} {} {ballots}{partial}", id.unwrap_or_default())
        });
        let rejected = import.rejected().iter();
        let rejected = rejected.map(|row| (row.place.line.unwrap(), row.help.clone()));
        (records.collect(), rejected.collect())
    }

    #[test]
    fn a_vote_without_an_identifier_is_told_by_its_document() {
        let (records, rejected) = read(&[
            "1,PERU,Y,2018-12-19,A/RES/73/1,A/73/PV.60",
            ",PERU,Y,2018-12-19,A/RES/73/2,A/73/PV.60",
            "1,CHILE,Y,2018-12-19,A/RES/73/1,A/73/PV.60",
            ",CHILE,N,2018-12-19,A/RES/73/2,A/73/PV.60",
            ",CHILE,N,2018-12-20,A/RES/73/2,A/73/PV.61",
        ]);
        assert_eq!(
            records,
            ["A/RES/73/1 1 2", "A/RES/73/2  2", "A/RES/73/2  1"]
        );
        assert_eq!(rejected, []);
    }

    #[test]
    fn rows_of_which_nothing_tells_the_vote_are_rejected_with_advice() {
        let (records, rejected) = read(&[
            ",PERU,Y,2018-12-19,A/RES/73/1,A/73/PV.60",
            "1,CHILE,Y,2018-12-19,A/RES/73/1,A/73/PV.60",
            ",CUBA,Y,2018-12-20,A/RES/73/1,A/73/PV.60",
            ",PERU,Y,2018-12-19,,A/73/PV.60",
        ]);
        assert_eq!(records, ["A/RES/73/1 1 1 partial"]);
        let help = "fill in `undl_id`, or where no row of the vote has one, `resolution`";
        let expected = [2, 4, 5].map(|line| (line, help.to_owned()));
        assert_eq!(rejected, expected);
    }
}
