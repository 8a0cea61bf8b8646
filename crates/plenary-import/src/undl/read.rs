//! Reads the Library's tables.

use super::{Assembly, Council, GA, words};
use crate::csv::header::Header;
use crate::csv::import::{of_table, of_whole};
use crate::csv::layout::{Layout, Reading, Role, Words};
use crate::csv::long::Long;
use crate::csv::table::Table;
use crate::csv::wide;
use crate::format::Spec;
use crate::input::Input;
use crate::record::{Import, Options};
use crate::{Format, ImportError, names};

/// Reads the layouts of one row a ballot.
pub(crate) fn read(
    input: &Input,
    header: Header,
    spec: &'static Spec,
    why: &str,
    options: &Options,
) -> Result<Import, ImportError> {
    let key = ("undl_id", &["resolution", "date", "meeting"][..]);
    let long = Long::read(input, header, spec, key, words(), options)?;
    let (code, name) = (long.among_who("ms_code"), long.among_who("ms_name"));
    if spec.format == Format::UndlScCsv {
        let permanent = long.among_who("permanent_member");
        let format = Council {
            code,
            name,
            permanent,
        };
        return Ok(long.import(Box::new(format), why));
    }
    let format = Assembly {
        code,
        name,
        wide: false,
    };
    Ok(long.import(Box::new(format), why))
}

/// Reads the layout of one row a resolution and a column a country.
pub(crate) fn read_wide(
    input: &Input,
    header: Header,
    why: &str,
    options: &Options,
) -> Result<Import, ImportError> {
    let columns = GA.columns_of(&header);
    let known: Vec<_> = columns.iter().map(|c| c.map(|c| c.name)).collect();
    let words = words();
    // A heading that nobody knows, over votes: a name that is mistyped or that no table of states has.
    let is_voter = |at: usize, heading: &str| {
        names::is_state(heading)
            || (!heading.is_empty() && are_votes(&words, &header.beginning_of(input, at)))
    };
    let columns = known.iter().zip(header.columns.iter()).enumerate();
    let roles: Vec<Role> = columns
        .map(|(at, (known, heading))| match known {
            Some(_) => Role::Shared,
            None if is_voter(at, heading) => Role::Choice,
            None => Role::Ignored,
        })
        .collect();
    let at = |name: &&str| known.iter().position(|known| *known == Some(*name));
    let layout = Layout {
        delimiter: header.delimiter,
        key: ["undl_id", "resolution"].iter().filter_map(at).collect(),
        instead: Vec::new(),
        roles,
        words,
    };
    let (scan, voters) = wide::scan(input, &header, &layout, options)?;
    let shown = |role: &Role| (*role != Role::Ignored).then_some("");
    let shown: Vec<Option<&'static str>> = layout.roles.iter().map(shown).collect();
    let mut findings = of_whole(input, &header, &shown, &scan, options)?;
    let format = Box::new(Assembly {
        code: None,
        name: None,
        wide: true,
    });
    let mut table = Table::new(&input.path, header, layout, known, scan, format);
    table.voter_columns = Some(voters);
    findings.extend(table.of_a_later_time());
    Ok(of_table(
        table,
        Format::UndlGaWideCsv,
        why.to_owned(),
        findings,
    ))
}

/// Whether the cells of a column are votes: at least one is, and every other is blank or one too.
fn are_votes(words: &Words, cells: &[String]) -> bool {
    let is_vote = |cell: &String| {
        matches!(
            words.read(cell),
            Some(Reading::Plain(_) | Reading::Sloppy(_))
        )
    };
    let mut filled = cells.iter().filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some() && filled.all(is_vote)
}
