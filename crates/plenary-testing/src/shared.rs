use std::env;
use std::path::{Path, PathBuf};

use proptest::test_runner::Config;

/// The settings of a property test that tries so many cases; `PROPTEST_CASES` of the environment asks for another number.
///
/// ```
/// assert!(plenary_testing::cases(12).cases > 0);
/// ```
#[must_use]
pub fn cases(cases: u32) -> Config {
    match env::var_os("PROPTEST_CASES") {
        Some(_) => Config::default(),
        None => Config::with_cases(cases),
    }
}

/// A file or folder of the real records, or `None`, said aloud, where it is not there.
///
/// `path` is below the folder `data` of the folder that `PLENARY_SHARED` names; without it of `../shared` beside the
/// workspace. A test over real records has nothing to read without them, and passes:
///
/// ```
/// let Some(votes) = plenary_testing::shared("undl/ga_votes_1946_2019.csv.zst") else {
///     return;
/// };
/// assert!(votes.exists());
/// ```
pub fn shared(path: &str) -> Option<PathBuf> {
    let folder = env::var_os("PLENARY_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let found = folder.join("data").join(path);
    if found.exists() {
        return Some(found);
    }
    eprintln!(
        "skipped: no {}; PLENARY_SHARED names the folder that holds `data`",
        found.display()
    );
    None
}
