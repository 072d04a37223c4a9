//! The HTTP layer.

mod conditional;
mod equality;
mod hostile;
mod live;
mod openapi;
mod pages;
mod robust;
mod writing;
