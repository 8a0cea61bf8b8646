//! The requirement algebra of collective decisions, evaluated exactly and with reasons
#![forbid(unsafe_code)]
