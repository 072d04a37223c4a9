//! Ctrl-C: the first one asks for an orderly end, a second one ends at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chancery::error::{Error, ErrorKind, Result};

/// The exit code of a program that a second Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// A flag that becomes true when the user interrupts, or the system asks to end.
pub(super) fn flag() -> Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    let raise = move || {
        if raised.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED);
        }
    };
    ctrlc::set_handler(raise)
        .map_err(|cause| Error::new(ErrorKind::Io, "cannot be made ready for Ctrl-C").caused_by(cause))?;
    Ok(flag)
}
