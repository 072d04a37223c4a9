//! The HTTP layer.

mod equality;
mod live;
mod hostile;
mod robust;
