//! `plenary new`: files of one's own to fill in.

use std::path::PathBuf;

use clap::Subcommand;
use plenary::new_body;
use plenary::types::BodyId;

use super::destination;
use crate::exit::{Exit, Failure, Result};
use crate::output::Output;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Write the two files of a body: its rules, and its members over time
    Body {
        /// The identifier of the body, such as river-club
        name: BodyId,
        /// The folder of reference data
        #[arg(short, long, value_name = "DIR", default_value = ".")]
        output: PathBuf,
    },
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let What::Body {
        name,
        output: folder,
    } = &args.what;
    let files = new_body(name);
    let paths = files.map(|(path, text)| (folder.join(path), text));
    if let Some((there, _)) = paths.iter().find(|(path, _)| path.exists()) {
        return Err(
            Failure::new(format!("{} is there already", there.display()))
                .with_help("choose another name or another folder with --output"),
        );
    }
    for (path, text) in &paths {
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent)
            .map_err(|error| Failure::not_written(parent.display(), error))?;
        destination::write(
            Some(path),
            output,
            |out| Ok(out.write_all(text.as_bytes())?),
        )?;
        output.remark(&format!("wrote {}", path.display()));
    }
    let folder = folder.display();
    output.remark(&format!(
        "fill them in; `plenary bodies {name} --reference {folder}` shows what is read from them"
    ));
    Ok(Exit::Clean)
}
