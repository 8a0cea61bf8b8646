//! The checks, one file each. A new one needs its file and a line here and in the catalogue.

pub(crate) mod claim_contradicts_record;
pub(crate) mod date_outside_session;
pub(crate) mod days_of_month_lost;
pub(crate) mod duplicate_ballot;
pub(crate) mod duplicate_record;
pub(crate) mod id_mismatch;
pub(crate) mod meeting_dates;
pub(crate) mod member_count;
pub(crate) mod missing_member;
pub(crate) mod name_at_date;
pub(crate) mod not_a_member;
pub(crate) mod outcome_mismatch;
pub(crate) mod participation_drop;
pub(crate) mod symbol_body_mismatch;
pub(crate) mod symbol_session_mismatch;
pub(crate) mod tally_mismatch;
pub(crate) mod tally_sum;
pub(crate) mod unknown_state;
pub(crate) mod unused_waiver;
pub(crate) mod vetoed_but_adopted;
pub(crate) mod votes_exchanged;
