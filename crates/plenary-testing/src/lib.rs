//! proptest strategies and fault injectors for records of international agreements
#![forbid(unsafe_code)]
