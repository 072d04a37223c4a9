//! The HTTP layer.

mod equality;
mod hostile;
mod robust;
