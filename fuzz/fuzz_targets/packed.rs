//! Tables that are packed: whole they read as plain, damaged they are refused or read in part.
#![no_main]

use std::io::Write;

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::laws;
use plenary_import::{Options, read_bytes};

const HEADER: &[u8] = b"undl_id,ms_name,ms_vote,date,resolution\n";

fuzz_target!(|input: (bool, u16, u16, &[u8])| {
    let (zstd, at, bit, rows) = input;
    let text = [HEADER, rows].concat();
    let mut packed = match zstd {
        true => zstd::bulk::compress(&text, 1).expect("memory is enough"),
        false => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(&text).expect("memory is enough");
            encoder.finish().expect("memory is enough")
        }
    };
    let [plain, unpacked] = [&text, &packed].map(|bytes| {
        let import = read_bytes("in", bytes, &Options::default()).ok()?;
        Some(
            import
                .records()
                .map(|record| record.agreement)
                .collect::<Vec<_>>(),
        )
    });
    assert_eq!(plain, unpacked);
    let at = usize::from(at) % packed.len();
    match packed.get_mut(at) {
        Some(byte) if bit > 7 => *byte ^= 1 << (bit % 8),
        _ => packed.truncate(at),
    }
    laws(|options| read_bytes("in", &packed, &options));
});
