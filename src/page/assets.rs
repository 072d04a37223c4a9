//! What the page is made with beside HTML: one sheet of styles, one script, one icon. Their names hold a hash of what they hold, so a
//! browser keeps each for as long as it is the same.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use crate::text::hexadecimal;

/// A file that pages refer to.
#[derive(Debug)]
pub struct Asset {
    /// Its address.
    pub path: String,
    /// What it is.
    pub media_type: &'static str,
    /// What it holds.
    pub content: &'static str,
}

/// All of them: the styles, the script, the icon.
pub static ASSETS: LazyLock<[Asset; 3]> = LazyLock::new(|| {
    [
        Asset::new("page", "css", "text/css; charset=utf-8", include_str!("page.css")),
        Asset::new("page", "js", "text/javascript; charset=utf-8", include_str!("page.js")),
        Asset::new("icon", "svg", "image/svg+xml", include_str!("icon.svg")),
    ]
});

impl Asset {
    fn new(name: &str, ending: &str, media_type: &'static str, content: &'static str) -> Self {
        let hash = hexadecimal(&Sha256::digest(content.as_bytes())[..6]);
        Self {
            path: format!("/assets/{name}-{hash}.{ending}"),
            media_type,
            content,
        }
    }
}
