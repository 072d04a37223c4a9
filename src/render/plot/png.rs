//! A chart as PNG. A character that no font of the machine has is an error: a chart with boxes in the place of letters would look
//! right to who cannot read them.

use std::sync::{Mutex, PoisonError};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Group, Node, Options, Tree, fontdb};

use crate::error::{Error, ErrorKind, Result};

/// The pixels of an image for each of the chart.
const SCALE: f32 = 2.0;

/// The fonts that are looked into first for what the first font of a text lacks, of one style with it.
const FALLBACKS: &[&str] = &[
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "Noto Sans Arabic",
    "Geeza Pro",
    "DejaVu Sans",
];

/// Renders a chart.
///
/// # Errors
/// There is no font, or none has a character of the chart; or the chart is too large for an image.
pub(super) fn rendered(svg: &str) -> Result<Vec<u8>> {
    let missing = Mutex::new(None);
    let fallback = FontResolver::default_fallback_selector();
    let mut options = Options {
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(|character, used, fonts| {
                let found = FALLBACKS.iter().find_map(|family| {
                    let others = fonts.faces().filter(|face| !is_of(face, family)).map(|face| face.id);
                    let excluded: Vec<fontdb::ID> = used.iter().copied().chain(others).collect();
                    fallback(character, &excluded, fonts)
                });
                let found = found.or_else(|| fallback(character, used, fonts));
                if found.is_none() && !is_invisible(character) {
                    let mut missing = missing.lock().unwrap_or_else(PoisonError::into_inner);
                    missing.get_or_insert(character);
                }
                found
            }),
        },
        ..Options::default()
    };
    options.fontdb_mut().load_system_fonts();
    if options.fontdb.is_empty() {
        return Err(no_font(
            "there is no font on this machine to write the chart with".to_owned(),
        ));
    }
    let tree = Tree::from_str(svg, &options).map_err(|cause| too_large().caused_by(cause))?;
    let missing = missing
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .or_else(|| unwritten(tree.root()));
    if let Some(character) = missing {
        let code = u32::from(character);
        return Err(no_font(format!(
            "no font on this machine has `{character}` (U+{code:04X})"
        )));
    }
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or_else(too_large)?;
    let mut image = Pixmap::new(size.width(), size.height()).ok_or_else(too_large)?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut image.as_mut());
    image.encode_png().map_err(|cause| too_large().caused_by(cause))
}

fn is_of(face: &fontdb::FaceInfo, family: &str) -> bool {
    face.families.iter().any(|(name, _)| name == family)
}

/// Whether a character has no shape of its own, such as a joiner.
fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// A character of the texts in a group that was set with no glyph of its own.
fn unwritten(group: &Group) -> Option<char> {
    group.children().iter().find_map(|node| match node {
        Node::Group(group) => unwritten(group),
        Node::Text(text) => {
            let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
            let mut unset = glyphs
                .filter(|glyph| glyph.id.0 == 0)
                .flat_map(|glyph| glyph.text.chars());
            unset.find(|character| !is_invisible(*character))
        }
        _ => None,
    })
}

fn no_font(message: String) -> Error {
    Error::new(ErrorKind::Io, message)
        .hint("install a font that has it, such as Noto Sans CJK for Chinese, or write SVG")
}

fn too_large() -> Error {
    Error::new(ErrorKind::Usage, "the chart cannot be made an image").hint("write SVG, or ask for fewer bins")
}
