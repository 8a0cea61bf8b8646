//! Sheets of Excel 97 to 2003 ([MS-XLS], BIFF8).
//!
//! calamine reads such files too, but indexes into what a hostile file says and reserves the memory that it claims.

use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::compound::{f64_at, stream, u16_at, u32_at};
use super::{SheetCells, Value, WHAT, choose_sheet, time_of};
use crate::containers::text::{number, truth};
use crate::containers::{Found, broken};
use crate::error::ImportError;

const CUT: &str = "a record of it is cut short";

/// Reads a sheet.
pub(super) fn read(path: &str, bytes: &[u8], wanted: Option<&str>) -> Result<Found, ImportError> {
    let Some(stream) = stream(bytes, "Workbook") else {
        let what = match compound_has_book(bytes) {
            true => "it is a spreadsheet of Excel 95 or older",
            false => "it is a file of an office program that holds no whole spreadsheet",
        };
        return Err(ImportError::Binary {
            path: path.to_owned(),
            what: what.to_owned(),
        });
    };
    let cut = || broken(path, WHAT, CUT);
    let book = Book::read(path, &stream)?;
    let sheets = || book.sheets.iter().filter(|sheet| sheet.is_worksheet);
    let names = sheets().map(|sheet| sheet.name.as_str());
    let visible = sheets().position(|sheet| !sheet.is_hidden);
    let (name, note) = choose_sheet(path, names, visible, wanted)?;
    let mut chosen = sheets().filter(|sheet| sheet.name == name);
    let start = chosen.next().map(|sheet| sheet.start).ok_or_else(cut)?;
    let mut table = SheetCells::new(path);
    book.cells(path, stream.get(start..).ok_or_else(cut)?, &mut table)?;
    table.found(name, note)
}

fn compound_has_book(bytes: &[u8]) -> bool {
    stream(bytes, "Book").is_some()
}

/// A record and those that continue it.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    more: Vec<&'a [u8]>,
}

struct Records<'a>(&'a [u8]);

const CONTINUE: u16 = 0x003c;

impl<'a> Records<'a> {
    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (u16_at(self.0, 0)?, usize::from(u16_at(self.0, 2)?));
        let data = self.0.get(4..4 + length)?;
        self.0 = self.0.get(4 + length..)?;
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, data) = self.one()?;
        let mut more = Vec::new();
        while u16_at(self.0, 0) == Some(CONTINUE) {
            more.push(self.one()?.1);
        }
        Some(Record { kind, data, more })
    }
}

/// Text over the pieces of a record: where characters go on in the next piece, it begins with how they are written.
struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    fn new(record: &Record<'a>, at: usize) -> Self {
        let mut pieces = vec![record.data];
        pieces.extend(&record.more);
        Self {
            pieces,
            piece: 0,
            at,
        }
    }

    fn rest(&self) -> &'a [u8] {
        let piece = self.pieces.get(self.piece).copied().unwrap_or_default();
        piece.get(self.at..).unwrap_or_default()
    }

    /// Goes to the next piece where this one is over.
    fn turn(&mut self) -> Option<bool> {
        if !self.rest().is_empty() {
            return Some(false);
        }
        self.piece += 1;
        self.at = 0;
        (self.piece < self.pieces.len()).then_some(true)
    }

    fn byte(&mut self) -> Option<u8> {
        self.turn()?;
        let byte = self.rest().first().copied()?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<u32> {
        (0..bytes).try_fold(0, |number, at| {
            Some(number | u32::from(self.byte()?) << (8 * at))
        })
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            self.turn()?;
            let step = self.rest().len().min(bytes);
            self.at += step;
            bytes -= step;
        }
        Some(())
    }

    /// So many characters, written as the flags say.
    fn characters(&mut self, count: usize, flags: u8) -> Option<String> {
        let (mut units, mut is_wide) = (Vec::new(), flags & 1 == 1);
        while units.len() < count {
            if self.turn()? {
                is_wide = self.byte()? & 1 == 1;
            }
            let low = self.byte()?;
            let high = match is_wide {
                true => self.byte()?,
                false => 0,
            };
            units.push(u16::from_le_bytes([low, high]));
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// A text with a count of its characters in so many bytes.
    fn text(&mut self, bytes: u32) -> Option<String> {
        let count = self.number(bytes)? as usize;
        let flags = self.byte()?;
        let runs = match flags & 8 {
            0 => 0,
            _ => self.number(2)? as usize * 4,
        };
        let extra = match flags & 4 {
            0 => 0,
            _ => self.number(4)? as usize,
        };
        let text = self.characters(count, flags)?;
        self.skip(runs)?;
        self.skip(extra)?;
        Some(text)
    }
}

struct Sheet {
    name: String,
    start: usize,
    is_worksheet: bool,
    is_hidden: bool,
}

/// What a number is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Number,
    Time,
    Duration,
}

/// What all sheets have in common.
#[derive(Default)]
struct Book {
    sheets: Vec<Sheet>,
    texts: Vec<String>,
    /// For each format of cells, what it shows.
    shown: Vec<Shown>,
    is_1904: bool,
}

impl Book {
    fn read(path: &str, stream: &[u8]) -> Result<Self, ImportError> {
        let mut book = Self::default();
        let (mut formats, mut cell_formats) = (Vec::new(), Vec::new());
        let mut is_whole = false;
        for record in Records(stream) {
            let data = record.data;
            let read = match record.kind {
                0x002f if u16_at(data, 0) != Some(0) => {
                    return Err(broken(path, WHAT, "it is protected by a password"));
                }
                0x0022 => {
                    book.is_1904 = u16_at(data, 0) == Some(1);
                    Some(())
                }
                0x041e => u16_at(data, 0).and_then(|id| {
                    let format = Pieces::new(&record, 2).text(2)?;
                    formats.push((id, shown_by(&format)));
                    Some(())
                }),
                0x00e0 => u16_at(data, 2).map(|id| cell_formats.push(id)),
                0x0085 => sheet_of(&record).map(|sheet| book.sheets.push(sheet)),
                0x00fc => texts_of(&record).map(|texts| book.texts = texts),
                0x000a => {
                    is_whole = true;
                    break;
                }
                _ => Some(()),
            };
            read.ok_or_else(|| broken(path, WHAT, CUT))?;
        }
        if !is_whole {
            return Err(broken(path, WHAT, CUT));
        }
        let shown = |id: &u16| {
            let own = formats.iter().find(|(of, _)| of == id);
            own.map_or_else(|| built_in(*id), |(_, shown)| *shown)
        };
        book.shown = cell_formats.iter().map(shown).collect();
        Ok(book)
    }

    fn cells(&self, path: &str, stream: &[u8], table: &mut SheetCells) -> Result<(), ImportError> {
        // What is embedded in a sheet, such as a chart, begins and ends as a sheet does.
        let (mut depth, mut formula) = (0_u32, None);
        for record in Records(stream) {
            match record.kind {
                0x0809 => depth += 1,
                0x000a if depth <= 1 => return Ok(()),
                0x000a => depth -= 1,
                _ if depth == 1 => {
                    let read = self.cell(&record, &mut formula, table);
                    read.ok_or_else(|| broken(path, WHAT, CUT))??;
                }
                _ => {}
            }
        }
        Err(broken(path, WHAT, CUT))
    }

    /// Adds the cells of a record; nothing where it is cut short.
    fn cell(
        &self,
        record: &Record<'_>,
        formula: &mut Option<(u32, u32)>,
        table: &mut SheetCells,
    ) -> Option<Result<(), ImportError>> {
        let data = record.data;
        let at = || Some((u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)));
        let text = |from: usize| Pieces::new(record, from).text(2);
        let (place, value) = match record.kind {
            0x0203 => (at()?, self.number(f64_at(data, 6)?, u16_at(data, 4)?)),
            0x027e => (
                at()?,
                self.number(packed(u32_at(data, 6)?), u16_at(data, 4)?),
            ),
            0x00bd => return self.packed_cells(data, table),
            0x00fd => {
                let text = self.texts.get(u32_at(data, 6)? as usize)?;
                (at()?, Value::Text(text.clone()))
            }
            0x0204 | 0x00d6 => (at()?, Value::Text(text(6)?)),
            0x0205 => (at()?, flag(*data.get(6)?, *data.get(7)? == 1)),
            0x0006 => {
                let place = at()?;
                let special = u16_at(data, 12)? == 0xffff;
                let value = match (special, *data.get(6)?) {
                    (false, _) => self.number(f64_at(data, 6)?, u16_at(data, 4)?),
                    (true, kind @ (1 | 2)) => flag(*data.get(8)?, kind == 2),
                    (true, 0) => {
                        *formula = Some(place);
                        return Some(Ok(()));
                    }
                    (true, _) => return Some(Ok(())),
                };
                (place, value)
            }
            0x0207 => match formula.take() {
                Some(place) => (place, Value::Text(text(0)?)),
                None => return Some(Ok(())),
            },
            _ => return Some(Ok(())),
        };
        let (row, column) = place;
        Some(table.push(row, column, value))
    }

    /// Several numbers of a row.
    fn packed_cells(&self, data: &[u8], table: &mut SheetCells) -> Option<Result<(), ImportError>> {
        let (row, first) = (u16_at(data, 0)?, u16_at(data, 2)?);
        let cells = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
        for (column, cell) in (u32::from(first)..).zip(cells) {
            let value = self.number(packed(u32_at(cell, 2)?), u16_at(cell, 0)?);
            if let Err(error) = table.push(row.into(), column, value) {
                return Some(Err(error));
            }
        }
        Some(Ok(()))
    }

    fn number(&self, value: f64, format: u16) -> Value {
        let shown = self.shown.get(usize::from(format)).copied();
        let kind = match shown.unwrap_or(Shown::Number) {
            Shown::Number => return Value::Text(number(value)),
            Shown::Time => ExcelDateTimeType::DateTime,
            Shown::Duration => ExcelDateTimeType::TimeDelta,
        };
        Value::Text(time_of(ExcelDateTime::new(value, kind, self.is_1904)))
    }
}

/// A number in four bytes: a whole one or the upper half of one of eight, of which the hundredth may be meant.
fn packed(rk: u32) -> f64 {
    let value = match rk & 2 {
        0 => f64::from_bits(u64::from(rk & !3) << 32),
        _ => f64::from(rk.cast_signed() >> 2),
    };
    match rk & 1 {
        0 => value,
        _ => value / 100.0,
    }
}

/// A truth value or an error.
fn flag(value: u8, is_error: bool) -> Value {
    if !is_error {
        return Value::Text(truth(value != 0).to_owned());
    }
    let error = match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        _ => "#DATA!",
    };
    Value::Error(error.to_owned())
}

fn sheet_of(record: &Record<'_>) -> Option<Sheet> {
    Some(Sheet {
        start: u32_at(record.data, 0)? as usize,
        is_hidden: record.data.get(4)? & 3 != 0,
        is_worksheet: *record.data.get(5)? == 0,
        name: Pieces::new(record, 6).text(1)?,
    })
}

/// The texts that cells refer to.
fn texts_of(record: &Record<'_>) -> Option<Vec<String>> {
    let count = u32_at(record.data, 4)?;
    let mut pieces = Pieces::new(record, 8);
    (0..count).map(|_| pieces.text(2)).collect()
}

/// What the formats show that need not be written down ([MS-XLS] 2.4.126).
const fn built_in(id: u16) -> Shown {
    match id {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shown::Time,
        46 => Shown::Duration,
        _ => Shown::Number,
    }
}

/// What a format shows, by its letters outside quotes, brackets and escapes.
fn shown_by(format: &str) -> Shown {
    let mut letters = format.chars();
    let mut shown = Shown::Number;
    while let Some(letter) = letters.next() {
        match letter {
            // Only the first part is for positive numbers.
            ';' => break,
            '"' => {
                let _ = letters.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                let _ = letters.next();
            }
            '[' => {
                let inner: String = letters.by_ref().take_while(|c| *c != ']').collect();
                let is_unit = |unit: char| inner.chars().all(|c| c.eq_ignore_ascii_case(&unit));
                if !inner.is_empty() && ['h', 'm', 's'].into_iter().any(is_unit) {
                    return Shown::Duration;
                }
            }
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => shown = Shown::Time,
            _ => {}
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_times_from_numbers() {
        for (format, shown) in [
            ("d/m/yyyy", Shown::Time),
            ("[$-409]d\\-mmm\\-yy;@", Shown::Time),
            ("0.00\" days\"", Shown::Number),
            ("[Red]0", Shown::Number),
            ("\\d0", Shown::Number),
            ("[h]:mm:ss", Shown::Duration),
            ("0.00E+00", Shown::Number),
        ] {
            assert_eq!(shown_by(format), shown, "{format}");
        }
    }

    #[test]
    fn packed_numbers_are_whole_or_halves_or_hundredths() {
        assert_eq!(packed(1946 << 2 | 2), 1946.0);
        assert_eq!(packed((-5_i32).cast_unsigned() << 2 | 2), -5.0);
        assert_eq!(packed(150 << 2 | 3), 1.5);
        let upper = u32::try_from(0.25_f64.to_bits() >> 32).unwrap();
        assert_eq!(packed(upper), 0.25);
    }

    #[test]
    fn characters_go_on_in_the_next_piece_as_it_says() {
        let record = Record {
            kind: 0x00fc,
            data: &[2, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, b'P', b'e'],
            more: vec![&[1, b'r', 0, 0x01, 0x01], &[2, 0, 0, b'a', b'b']],
        };
        assert_eq!(texts_of(&record).unwrap(), ["Per\u{101}", "ab"]);
        let cut = Record {
            more: Vec::new(),
            ..record
        };
        assert!(texts_of(&cut).is_none());
    }
}
