//! What the embedded tables say, against the attested figures and against a slow implementation.

mod membership;
