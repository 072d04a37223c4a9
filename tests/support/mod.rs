//! What several tests need.

pub(crate) mod command;
pub(crate) mod indexed;
pub(crate) mod oracle;
pub(crate) mod random;
pub(crate) mod reference;
pub(crate) mod requests;
#[cfg(feature = "http")]
pub(crate) mod served;
pub(crate) mod shared;
pub(crate) mod strings;
#[cfg(feature = "http")]
pub(crate) mod webdriver;
