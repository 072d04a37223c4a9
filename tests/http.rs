//! The HTTP layer.

mod equality;
