//! The page cache: the system is asked to give up the files of an index, and whether it did is looked at, not assumed.

use std::path::Path;

use super::measurement::PageCache;

/// Asks the system to forget the files of a folder, and says whether it did. Only Linux can be asked.
#[cfg(target_os = "linux")]
pub(super) fn drop_files(folder: &Path) -> PageCache {
    use std::fs::File;

    use rustix::fs::{Advice, fadvise};

    let Ok(entries) = std::fs::read_dir(folder) else {
        return PageCache::Warm;
    };
    let paths = entries.flatten().map(|entry| entry.path());
    let files: Vec<File> = paths.filter_map(|path| File::open(path).ok()).collect();
    let largest = files
        .iter()
        .max_by_key(|file| file.metadata().map_or(0, |metadata| metadata.len()));
    let is_asked = files
        .iter()
        .all(|file| fadvise(file, 0, None, Advice::DontNeed).is_ok());
    let state = match largest {
        Some(file) if is_asked && !is_cached(file) => PageCache::Dropped,
        _ => PageCache::Warm,
    };
    // Looking has had some of the file read again.
    if let Some(file) = largest {
        let _ = fadvise(file, 0, None, Advice::DontNeed);
    }
    state
}

/// Asks the system to forget the files of a folder, and says whether it did. Only Linux can be asked.
#[cfg(not(target_os = "linux"))]
pub(super) fn drop_files(_folder: &Path) -> PageCache {
    PageCache::Warm
}

/// Whether the middle of a file can be read without waiting for the disk; true where the file system cannot say.
#[cfg(target_os = "linux")]
fn is_cached(file: &std::fs::File) -> bool {
    use std::io::IoSliceMut;

    use rustix::io::{Errno, ReadWriteFlags, preadv2};

    let middle = file.metadata().map_or(0, |metadata| metadata.len() / 2);
    let mut byte = [0];
    let read = preadv2(file, &mut [IoSliceMut::new(&mut byte)], middle, ReadWriteFlags::NOWAIT);
    read != Err(Errno::AGAIN)
}
