//! The HTTP layer.

mod equality;
mod hostile;
mod live;
mod pages;
mod robust;
