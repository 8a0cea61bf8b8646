//! Small files of other programs with some of their bytes changed, and cut: of zip archives a part, packed anew.
#![no_main]

use std::io::{Cursor, Read, Write};
use std::sync::Once;

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::laws;
use plenary_import::{read_bytes, read_text};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

macro_rules! seeds {
    ($($name:literal),*) => {
        [$(include_bytes!(concat!("../../crates/plenary-import/tests/fixtures/containers/", $name))),*]
    };
}

static SEEDS: [&[u8]; 11] = seeds!(
    "voeten.xlsx",
    "voeten.ods",
    "voeten.xls",
    "voeten_plain.rds",
    "several.RData",
    "un_votes.rda",
    "voeten.parquet",
    "voeten.sqlite",
    "voeten.dta",
    "voeten_114.dta",
    "kinds.dta"
);

/// The reader of Parquet catches the panics of its crate; the hook of libFuzzer would end the process first.
static HOOK: Once = Once::new();

fn edited(bytes: &[u8], edits: &[(u16, u8)], cut: u16) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let length = bytes.len().max(1);
    for (at, value) in edits {
        if let Some(byte) = bytes.get_mut(usize::from(*at) % length) {
            *byte = *value;
        }
    }
    if cut > 0 {
        bytes.truncate(usize::from(cut) % length);
    }
    bytes
}

/// An archive whose part of a number is edited, without packing.
fn archive(bytes: &[u8], part: u8, edits: &[(u16, u8)], cut: u16) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("the seed is an archive");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("the seed is whole");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("the seed is whole");
        if at == usize::from(part) % SEEDS.len() {
            content = edited(&content, edits, cut);
        }
        let name = entry.name().expect("the seed is whole").into_owned();
        writer.start_file(name, options).expect("memory is enough");
        writer.write_all(&content).expect("memory is enough");
    }
    writer.finish().expect("memory is enough").into_inner()
}

fuzz_target!(|input: (u8, u8, Vec<(u16, u8)>, u16)| {
    HOOK.call_once(|| {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let file = panic.location().map_or("", |location| location.file());
            if !file.contains("/parquet-") {
                hook(panic);
            }
        }));
    });
    let (seed, part, edits, cut) = input;
    let seed = SEEDS[usize::from(seed) % SEEDS.len()];
    let mut unpacked = Vec::new();
    let plain = match flate2::read::GzDecoder::new(seed).read_to_end(&mut unpacked) {
        Ok(_) => &unpacked,
        Err(_) => seed,
    };
    let bytes = match plain.starts_with(b"PK") {
        true => archive(plain, part, &edits, cut),
        false => edited(plain, &edits, cut),
    };
    laws(|options| read_bytes("in", &bytes, &options));
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("in");
    std::fs::write(&path, &bytes).expect("a temporary file can be written");
    let _ = read_text(&path);
});
