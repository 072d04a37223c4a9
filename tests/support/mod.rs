//! What several tests need.

pub(crate) mod command;
pub(crate) mod indexed;
pub(crate) mod oracle;
pub(crate) mod random;
pub(crate) mod reference;
pub(crate) mod requests;
pub(crate) mod shared;
pub(crate) mod strings;
