//! What the benches share: the corpora, the set-ups that are compared, the queries, clocks and tables.

// The texts.
pub(crate) mod corpus;
pub(crate) mod generated;
pub(crate) mod random;
// The set-ups.
pub(crate) mod built;
pub(crate) mod ours;
pub(crate) mod scan;
pub(crate) mod sqlite;
pub(crate) mod stock;
// What is asked, and how the figures are taken and shown.
pub(crate) mod clock;
pub(crate) mod operators;
pub(crate) mod queries;
pub(crate) mod table;
