//! Vectors of R, read and made without a wrapper for each value. All unsafe code of the package is here.
#![allow(unsafe_code)]

use std::ffi::c_int;

use extendr_api::prelude::*;
use extendr_ffi::{
    INTEGER, LOGICAL, R_CHAR, R_NaInt, R_NaReal, R_NaString, REAL, Rf_mkCharLenCE, Rf_xlength,
    SET_STRING_ELT, SEXP, SEXPTYPE, STRING_ELT, cetype_t,
};

/// A vector of texts of R.
pub(crate) struct Texts<'r> {
    robj: &'r Robj,
}

impl<'r> Texts<'r> {
    /// None where it is another kind of vector.
    pub fn new(robj: &'r Robj) -> Option<Self> {
        robj.is_string().then_some(Self { robj })
    }

    pub fn len(&self) -> usize {
        self.robj.len()
    }

    /// The bytes of a text, and what tells it apart: R keeps each text once. None where it is missing.
    pub fn bytes(&self, at: usize) -> Option<(usize, &'r [u8])> {
        if at >= self.len() {
            return None;
        }
        // SAFETY: the vector is one of texts, lives as long as its wrapper, and has an element there.
        unsafe {
            let text = STRING_ELT(self.robj.get(), at as isize);
            if text == R_NaString {
                return None;
            }
            let length = usize::try_from(Rf_xlength(text)).unwrap_or(0);
            Some((
                text as usize,
                std::slice::from_raw_parts(R_CHAR(text).cast::<u8>(), length),
            ))
        }
    }

    /// A text; `Err` where it is not UTF-8.
    pub fn text(&self, at: usize) -> Option<Result<&'r str, std::str::Utf8Error>> {
        self.bytes(at).map(|(_, bytes)| std::str::from_utf8(bytes))
    }
}

/// Texts given as places in a list. A place beyond the list is a missing text.
pub(crate) fn coded(labels: &[String], places: &[u32]) -> Robj {
    // R's own list of texts keeps what is in this vector while the other is filled.
    let kept = Robj::alloc_vector(SEXPTYPE::STRSXP, labels.len());
    let vector = Robj::alloc_vector(SEXPTYPE::STRSXP, places.len());
    // SAFETY: both vectors are of texts and have these lengths.
    unsafe {
        for (at, label) in labels.iter().enumerate() {
            SET_STRING_ELT(kept.get(), at as isize, made(label));
        }
        for (at, place) in places.iter().enumerate() {
            let place = *place as usize;
            let text = match place < labels.len() {
                true => STRING_ELT(kept.get(), place as isize),
                false => R_NaString,
            };
            SET_STRING_ELT(vector.get(), at as isize, text);
        }
    }
    vector
}

/// A text for R, which has none with the character zero in it.
unsafe fn made(text: &str) -> SEXP {
    let plain;
    let text = match text.contains('\0') {
        true => {
            plain = text.replace('\0', "\u{2400}");
            &plain
        }
        false => text,
    };
    // SAFETY: the bytes are as many as is said, and none is zero. No text is longer than what one number of C counts.
    unsafe {
        let length = c_int::try_from(text.len()).unwrap_or(c_int::MAX);
        Rf_mkCharLenCE(text.as_ptr().cast(), length, cetype_t::CE_UTF8)
    }
}

/// Whole numbers, as such where all fit, else as numbers.
pub(crate) fn whole(values: impl ExactSizeIterator<Item = Option<i64>> + Clone) -> Robj {
    // The least number of C is what stands for a missing one in R.
    let fits = |value: i64| i32::try_from(value).is_ok_and(|value| value != i32::MIN);
    if !values.clone().flatten().all(fits) {
        return numbers(values.map(|value| value.map(|value| value as f64)));
    }
    let vector = Robj::alloc_vector(SEXPTYPE::INTSXP, values.len());
    // SAFETY: the vector is one of whole numbers and as long as there are values.
    unsafe {
        let start = INTEGER(vector.get());
        for (at, value) in values.enumerate() {
            *start.add(at) = value.map_or(R_NaInt, |value| value as i32);
        }
    }
    vector
}

/// Numbers.
pub(crate) fn numbers(values: impl ExactSizeIterator<Item = Option<f64>>) -> Robj {
    let vector = Robj::alloc_vector(SEXPTYPE::REALSXP, values.len());
    // SAFETY: the vector is one of numbers and as long as there are values.
    unsafe {
        let start = REAL(vector.get());
        for (at, value) in values.enumerate() {
            *start.add(at) = value.unwrap_or(R_NaReal);
        }
    }
    vector
}

/// Yes or no.
pub(crate) fn flags(values: impl ExactSizeIterator<Item = Option<bool>>) -> Robj {
    let vector = Robj::alloc_vector(SEXPTYPE::LGLSXP, values.len());
    // SAFETY: the vector is one of yes or no and as long as there are values.
    unsafe {
        let start = LOGICAL(vector.get());
        for (at, value) in values.enumerate() {
            *start.add(at) = value.map_or(R_NaInt, c_int::from);
        }
    }
    vector
}

/// Texts, some of which may be missing.
pub(crate) fn texts(values: impl ExactSizeIterator<Item = Option<String>>) -> Robj {
    let vector = Robj::alloc_vector(SEXPTYPE::STRSXP, values.len());
    // SAFETY: the vector is one of texts and as long as there are values.
    unsafe {
        for (at, value) in values.enumerate() {
            let text = value.map_or(R_NaString, |value| made(&value));
            SET_STRING_ELT(vector.get(), at as isize, text);
        }
    }
    vector
}

/// A list with names. Each value is made once: the constructor of lists goes through its iterator twice.
pub(crate) fn named<N: Into<String>>(pairs: impl Iterator<Item = (N, Robj)>) -> Robj {
    let pairs: Vec<(String, Robj)> = pairs.map(|(name, value)| (name.into(), value)).collect();
    List::from_pairs(pairs).into()
}
