//! The HTTP layer.

mod equality;
mod live;
mod pages;
