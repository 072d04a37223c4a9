//! The shared data: real texts that lie beside the repository and are never copied into it.

use std::env;
use std::path::{Path, PathBuf};

/// The folder of the shared data: `data` in `CHANCERY_SHARED`, or in `../shared` beside the repository.
///
/// Where it is missing the caller's test is skipped, which is printed; with `CHANCERY_REQUIRE_SHARED=1` it fails.
#[allow(clippy::print_stdout, reason = "a skipped test must say so")]
pub(crate) fn shared_data() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let root = env::var_os("CHANCERY_SHARED").map_or_else(beside, PathBuf::from);
    let data = root.join("data");
    if data.is_dir() {
        return Some(data);
    }
    let is_required = env::var("CHANCERY_REQUIRE_SHARED").is_ok_and(|value| value == "1");
    assert!(
        !is_required,
        "the shared data is required, and {} is missing",
        data.display()
    );
    println!(
        "skipped: no shared data at {}; set CHANCERY_SHARED to the folder that holds data/",
        data.display()
    );
    None
}
