//! The one test binary: a module a file, so that the library is linked once.

mod support;

mod changes;
mod exactness;
mod gold;
mod highlights;
mod ingest;
mod kill;
mod paragraphs;
mod sample;
mod writers;
