//! Measures of pairs of voters, of joint counts that were added up elsewhere.

use plenary::analysis::dyad::{Joint, Measure, Measures};
use pyo3::prelude::*;

use crate::error::Fault;

/// For each measure its value for each pair. The nine joint counts of a pair stand at its place in the nine lists: yes and yes, yes and abstain, yes
/// and no, abstain and yes, and so on to no and no.
#[pyfunction]
pub(crate) fn joint_measures(
    py: Python<'_>,
    measures: Vec<String>,
    counts: Vec<Vec<u32>>,
) -> PyResult<Vec<Vec<Option<f64>>>> {
    measured(&measures, &counts).map_err(|fault| fault.into_exception(py))
}

fn measured(measures: &[String], counts: &[Vec<u32>]) -> Result<Vec<Vec<Option<f64>>>, Fault> {
    let [yy, ya, yn, ay, aa, an, ny, na, nn] = counts else {
        return Err(Fault::new(format!(
            "expected nine lists of joint counts, found {}",
            counts.len()
        )));
    };
    let pairs = yy.len();
    if counts.iter().any(|list| list.len() != pairs) {
        return Err(Fault::new("the lists of joint counts differ in length"));
    }
    let known = Measures::default();
    let mut values = Vec::with_capacity(measures.len());
    for name in measures {
        let measure = known
            .find(name)
            .map_err(|error| Fault::new(error.to_string()))?;
        if measure == Measure::POINTS {
            return Err(Fault::new(
                "`points` counts absences, which are not among the joint counts",
            ));
        }
        let rows = yy.iter().zip(ya).zip(yn).zip(ay).zip(aa).zip(an);
        let rows = rows.zip(ny).zip(na).zip(nn);
        let of_pair = rows.map(|((((((((yy, ya), yn), ay), aa), an), ny), na), nn)| {
            let cast = [[*yy, *ya, *yn], [*ay, *aa, *an], [*ny, *na, *nn]];
            measure.of(&Joint::from_cast(cast))
        });
        values.push(of_pair.collect());
    }
    Ok(values)
}
