//! The files that come with the crate.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../data/", $path)))),*]
    };
}

/// Every file by its path. A new one is one more line here.
pub(crate) const FILES: &[(&str, &str)] = files![
    "known_decisions.toml",
    "bodies/african-union.members.csv",
    "bodies/african-union.toml",
    "bodies/any.toml",
    "bodies/ch-cantons.members.csv",
    "bodies/ch-cantons.toml",
    "bodies/ch-people.toml",
    "bodies/chr.members.csv",
    "bodies/chr.toml",
    "bodies/ecosoc.toml",
    "bodies/eu-council.members.csv",
    "bodies/eu-council.toml",
    "bodies/european-parliament.toml",
    "bodies/hrc.members.csv",
    "bodies/hrc.toml",
    "bodies/iaea.toml",
    "bodies/ibrd.toml",
    "bodies/icc-asp.members.csv",
    "bodies/icc-asp.toml",
    "bodies/icj.toml",
    "bodies/ilo-conference.toml",
    "bodies/imf.toml",
    "bodies/imo.toml",
    "bodies/npt-review.sessions.csv",
    "bodies/npt-review.toml",
    "bodies/treaty-conference.toml",
    "bodies/treaty-negotiation.toml",
    "bodies/trusteeship-council.toml",
    "bodies/un.toml",
    "bodies/unesco.toml",
    "bodies/unga-committee.toml",
    "bodies/unga.members.csv",
    "bodies/unga.sessions.csv",
    "bodies/unga.toml",
    "bodies/unsc.members.csv",
    "bodies/unsc.toml",
    "bodies/us-senate.toml",
    "bodies/who.members.csv",
    "bodies/who.toml",
    "groups/international.csv",
    "groups/international.names.csv",
    "groups/international.toml",
    "groups/un-regional.csv",
    "groups/un-regional.names.csv",
    "participants/ch-cantons.csv",
    "weights/cantonal-votes.csv",
    "weights/eu-population.csv",
    "weights/nice-votes.csv",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_embedded() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let mut paths = Vec::new();
        for part in ["bodies", "groups", "weights", "participants"] {
            for entry in std::fs::read_dir(folder.join(part)).into_iter().flatten() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                paths.push(format!("{part}/{name}"));
            }
        }
        paths.sort();
        let tables = FILES.iter().filter(|(path, _)| path.contains('/'));
        let mut embedded: Vec<_> = tables.map(|(path, _)| *path).collect();
        embedded.sort_unstable();
        assert_eq!(embedded, paths);
    }
}
