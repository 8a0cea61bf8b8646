//! One folder per source: each has its formats, and how they are recognised and read.

pub(crate) mod acts;
pub(crate) mod akoma_ntoso;
pub(crate) mod beside;
pub(crate) mod european_parliament;
pub(crate) mod hrc;
pub(crate) mod mapping;
pub(crate) mod marcxml;
pub(crate) mod native;
pub(crate) mod popolo;
pub(crate) mod printed;
pub(crate) mod typed;
pub(crate) mod uk_treaties;
pub(crate) mod undl;
pub(crate) mod untc;
pub(crate) mod unvotes;
pub(crate) mod voeten;
