//! Named checks over agreements and votes, with findings that say where and why
#![forbid(unsafe_code)]
