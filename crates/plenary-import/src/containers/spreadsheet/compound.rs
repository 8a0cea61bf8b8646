//! The stream of a name in a compound file ([MS-CFB]): sectors, chained by tables of their followers.

/// Reads little-endian numbers where there are as many bytes.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(f64::from_le_bytes(bytes.try_into().ok()?))
}

/// Numbers of sectors from here on are marks and no sectors.
const MARKS: u32 = 0xffff_fffa;

/// A small stream is kept in sectors of this size.
const SMALL: usize = 64;
const SMALLER_THAN: usize = 4096;

struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    /// How many bytes come before the first.
    before: usize,
    followers: Vec<u32>,
}

impl Sectors<'_> {
    fn sector(&self, number: u32) -> Option<&[u8]> {
        let start = self
            .before
            .checked_add(self.size.checked_mul(number as usize)?)?;
        let rest = self.bytes.get(start..)?;
        // The last sector may be cut.
        Some(rest.get(..self.size).unwrap_or(rest))
    }

    /// The sectors of a chain, one after the other.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let (mut all, mut next) = (Vec::new(), start);
        let mut left = self.bytes.len() / self.size + 1;
        while next < MARKS {
            left = left.checked_sub(1)?;
            all.extend_from_slice(self.sector(next)?);
            next = *self.followers.get(next as usize)?;
        }
        Some(all)
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let numbers = bytes.chunks_exact(4);
    numbers.map(|bytes| u32_at(bytes, 0).unwrap_or(u32::MAX))
}

/// The stream of a name; nothing where there is none, or the file is broken.
pub(super) fn stream(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let size = match u16_at(bytes, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let mut sectors = Sectors {
        bytes,
        size,
        before: size,
        followers: Vec::new(),
    };
    let mut tables: Vec<u32> = numbers(bytes.get(76..512)?).collect();
    let mut more = u32_at(bytes, 68)?;
    let most = bytes.len() / size + 1;
    while more < MARKS {
        let listed: Vec<u32> = numbers(sectors.sector(more)?).collect();
        let (next, listed) = listed.split_last()?;
        tables.extend_from_slice(listed);
        more = *next;
        if tables.len() > most + 109 + size {
            return None;
        }
    }
    for table in tables.into_iter().filter(|table| *table < MARKS) {
        let followers: Vec<u32> = numbers(sectors.sector(table)?).collect();
        sectors.followers.extend(followers);
        if sectors.followers.len() > (most + size) * 2 {
            return None;
        }
    }
    let directory = sectors.chain(u32_at(bytes, 48)?)?;
    let entry = |wanted: &str| {
        let mut entries = directory.chunks_exact(128);
        entries.find(|entry| {
            let length = usize::from(u16_at(entry, 64).unwrap_or(0)).saturating_sub(2);
            let units = entry.get(..length.min(64)).unwrap_or_default();
            let units: Vec<u16> = units
                .chunks_exact(2)
                .filter_map(|unit| u16_at(unit, 0))
                .collect();
            String::from_utf16_lossy(&units).eq_ignore_ascii_case(wanted)
        })
    };
    let found = entry(name)?;
    let (start, length) = (u32_at(found, 116)?, u32_at(found, 120)? as usize);
    let mut stream = match length < SMALLER_THAN {
        true => {
            let root = directory.get(..128)?;
            let small = sectors.chain(u32_at(root, 116)?)?;
            let followers = sectors.chain(u32_at(bytes, 60)?)?;
            let small = Sectors {
                bytes: &small,
                size: SMALL,
                before: 0,
                followers: numbers(&followers).collect(),
            };
            small.chain(start)?
        }
        false => sectors.chain(start)?,
    };
    stream.truncate(length);
    Some(stream)
}
