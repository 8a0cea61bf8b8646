//! [`Fingerprints`]: what tells findings apart from run to run.

use std::collections::{HashMap, HashSet};

use plenary_types::Finding;

/// What stays the same when lines move: the file, the record, the field and what was found there. Equal findings are numbered.
#[derive(Default)]
pub(super) struct Fingerprints {
    /// The hashes that were seen.
    seen: HashSet<u64>,
    /// How often those were seen that came again: few, so that a number beside each hash would take more room.
    again: HashMap<u64, u32>,
}

impl Fingerprints {
    pub(super) fn of(&mut self, finding: &Finding) -> String {
        let hash = hash_of(finding);
        let seen = match self.seen.insert(hash) {
            true => 1,
            false => {
                let times = self.again.entry(hash).or_insert(1);
                *times += 1;
                *times
            }
        };
        format!("{hash:016x}:{seen}")
    }
}

fn hash_of(finding: &Finding) -> u64 {
    let parts = [
        Some(&*finding.check),
        finding.place.path.as_deref(),
        finding.record.as_deref(),
        finding.place.field.as_deref(),
        Some(&finding.message),
        finding.found.as_deref(),
    ];
    hash(parts.into_iter().map(Option::unwrap_or_default))
}

/// FNV-1a over the parts, which a byte that no text holds keeps apart: the same on every machine and in every version.
fn hash<'a>(parts: impl Iterator<Item = &'a str>) -> u64 {
    let bytes = parts.flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
