//! The pages of a dataset for people: what is in it, and how to cite it.

use std::fmt::Write as _;
use std::io::{self, Write};

use plenary_import::citation::{Work, WorkKind};
use plenary_import::files::{Hashed, OutputFolder};

use super::descriptor::{DESCRIPTOR, Resource};
use super::{DatasetInfo, Edition, synced};
use crate::tables::DatasetTable;

const README: &str = "README.md";
const CITATION: &str = "CITATION.cff";

/// Writes the pages.
pub(super) fn write(
    folder: &OutputFolder,
    info: &DatasetInfo,
    edition: Edition,
    tables: &[DatasetTable],
    work: &Work,
    documents: &str,
) -> io::Result<Vec<Resource>> {
    let page = |name, path, kind, text: String| {
        let mut file = Hashed::new(folder.file(path)?);
        file.write_all(text.as_bytes())?;
        let content = synced(file)?;
        io::Result::Ok(Resource::page(name, path, kind, content, documents))
    };
    let text = readme(info, edition, tables, work).map_err(io::Error::other)?;
    Ok(vec![
        page("readme", README, ("md", "text/markdown"), text)?,
        page(
            "citation",
            CITATION,
            ("cff", "application/yaml"),
            work.to_cff(),
        )?,
    ])
}

fn readme(
    info: &DatasetInfo,
    edition: Edition,
    tables: &[DatasetTable],
    work: &Work,
) -> Result<String, std::fmt::Error> {
    let mut page = format!("# {}\n\n", title(info));
    let rows = |name: &str| {
        let mut tables = tables.iter();
        let found = tables.find(|table| table.schema.name == name);
        found.map_or(0, |found| found.table.len() as u64)
    };
    writeln!(
        page,
        "{}, {}, {}. `{DESCRIPTOR}` is the descriptor ([Data Package](https://datapackage.org)): every column, with its type and what it \
         holds, and the length and hash of every file.\n",
        plenary_types::many(rows("agreements"), "agreement"),
        plenary_types::many(rows("decisions"), "decision"),
        plenary_types::many(rows("ballots"), "ballot"),
    )?;
    let documents = edition.documents();
    writeln!(page, "| table | rows | what |\n|---|---:|---|")?;
    for table in tables {
        let (schema, rows) = (table.schema, table.table.len());
        writeln!(
            page,
            "| `{}` | {rows} | {} |",
            schema.name, schema.description
        )?;
    }
    writeln!(
        page,
        "\n`{documents}` holds the agreements as documents, one a line, with all that is known of each; the tables are derived from them. \
         `record` is the line of the document, from 1, and `act` the place of an act in it, from 0: join `ballots` and `decisions` on both, \
         and `participants`, `names`, `memberships` and `groups` on `participant`. A missing value is missing, and never `NA`.\n"
    )?;
    writeln!(page, "## How to open it\n")?;
    open_it(&mut page, info, edition)?;
    writeln!(page, "## Where it comes from\n")?;
    for source in &work.references {
        writeln!(page, "- {}", source.to_text())?;
    }
    page.push('\n');
    for input in &info.inputs {
        let hash = input.content.as_ref();
        let hash = hash.map_or_else(String::new, |content| {
            format!(", {} bytes, `{}`", content.bytes, content.hash)
        });
        writeln!(page, "- `{}` ({}){hash}", input.name, input.format)?;
    }
    let version = env!("CARGO_PKG_VERSION");
    match &info.command {
        Some(command) => writeln!(page, "\nWritten by plenary {version}: `{command}`.\n")?,
        None => writeln!(page, "\nWritten by plenary {version}.\n")?,
    }
    match &*info.left_out {
        [] => writeln!(page, "Nothing of these files was left out.\n")?,
        left_out => {
            writeln!(page, "Left out:\n")?;
            for what in left_out {
                writeln!(page, "- {what}")?;
            }
            page.push('\n');
        }
    }
    writeln!(
        page,
        "`findings` says what the checks of plenary {version} find in the records as they are here, and `decisions` what the rule of each \
         decision makes of its votes; both follow from the records and from the reference data of that version{}.\n",
        match info.reference.is_empty() {
            true => "",
            false => " with that of `reference/`",
        }
    )?;
    writeln!(page, "## Licence\n")?;
    let licensed = |source: &&Work| source.kind != WorkKind::Software && source.licence.is_some();
    let known: Vec<&Work> = work.references.iter().filter(licensed).collect();
    for source in &known {
        let licence = source.licence.as_deref().unwrap_or_default();
        writeln!(page, "- {}: {licence}", source.title)?;
    }
    if known.is_empty() {
        page.push_str("The sources say of no licence that plenary knows. Ask them before you pass the records on.\n");
    }
    page.push('\n');
    writeln!(
        page,
        "## How to cite it\n\nCite the works above; `{CITATION}` names them, and `plenary cite` writes them in other forms."
    )?;
    Ok(page)
}

fn title(info: &DatasetInfo) -> &str {
    info.title.as_deref().unwrap_or(&info.name)
}

/// How programs open the tables.
fn open_it(page: &mut String, info: &DatasetInfo, edition: Edition) -> std::fmt::Result {
    let read = match edition {
        Edition::Csv => [
            "read.csv(\"ballots.csv\", na.strings = \"\")".to_owned(),
            "pandas.read_csv(\"ballots.csv\", keep_default_na=False, na_values=[\"\"])".to_owned(),
            "polars.read_csv(\"ballots.csv\")".to_owned(),
            "SELECT choice, count(*) FROM 'ballots.csv' GROUP BY choice".to_owned(),
        ],
        #[cfg(feature = "parquet")]
        Edition::Parquet => [
            "arrow::read_parquet(\"ballots.parquet\")  # or nanoparquet::read_parquet".to_owned(),
            "pandas.read_parquet(\"ballots.parquet\")".to_owned(),
            "polars.read_parquet(\"ballots.parquet\")".to_owned(),
            "SELECT choice, count(*) FROM 'ballots.parquet' GROUP BY choice".to_owned(),
        ],
        #[cfg(feature = "sqlite")]
        Edition::Sqlite => {
            let file = format!("{}.sqlite", info.database());
            [
                format!(
                    "DBI::dbReadTable(DBI::dbConnect(RSQLite::SQLite(), \"{file}\"), \"ballots\")"
                ),
                format!("pandas.read_sql(\"SELECT * FROM ballots\", sqlite3.connect(\"{file}\"))"),
                format!("polars.read_database_uri(\"SELECT * FROM ballots\", \"sqlite://{file}\")"),
                format!(
                    "SELECT choice, count(*) FROM sqlite_scan('{file}', 'ballots') GROUP BY choice"
                ),
            ]
        }
    };
    let _ = info;
    let programs = ["R", "Python, pandas", "Python, polars", "DuckDB"];
    writeln!(page, "| with | write |\n|---|---|")?;
    for (program, code) in programs.iter().zip(read) {
        writeln!(page, "| {program} | `{code}` |")?;
    }
    #[cfg(feature = "sqlite")]
    if edition == Edition::Sqlite {
        let query = "SELECT choice, count(*) FROM ballots GROUP BY choice";
        let file = info.database();
        writeln!(page, "| SQLite | `sqlite3 {file}.sqlite \"{query}\"` |")?;
    }
    writeln!(
        page,
        "| plenary | `plenary check .`, or any other command: it reads the documents, and verifies the other files |\n"
    )?;
    #[cfg(feature = "sqlite")]
    if edition == Edition::Sqlite {
        writeln!(
            page,
            "The view `votes` has a row for each ballot with its decision, what the participant is called and its codes.\n"
        )?;
    }
    Ok(())
}
