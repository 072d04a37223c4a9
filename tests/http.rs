//! The HTTP layer.

mod changing;
mod equality;
mod hostile;
mod live;
mod openapi;
mod pages;
mod paging;
mod robust;
mod writing;
