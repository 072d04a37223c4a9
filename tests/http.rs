//! The HTTP layer.

mod equality;
mod openapi;
mod writing;
