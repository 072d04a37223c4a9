//! Units → words: Han by dictionary, alphabetic by stem. Words serve ranking; they never decide what a string matches.

pub mod alphabetic;
pub mod han;
