//! The code pages of rich text: that of the document, and those of fonts.

use std::collections::HashMap;

use encoding_rs::Encoding;

/// What the bytes of a document mean.
#[derive(Default)]
pub(super) struct Charsets {
    page: Option<&'static Encoding>,
    fonts: HashMap<i32, &'static Encoding>,
    /// The font whose entry is being read.
    font: i32,
}

impl Charsets {
    /// The code page of the document.
    pub(super) fn set_page(&mut self, page: i32) {
        self.page = of_page(page);
    }

    /// Begins the entry of a font.
    pub(super) fn begin_font(&mut self, number: i32) {
        self.font = number;
    }

    /// The set of characters of the font under way.
    pub(super) fn set_charset(&mut self, charset: i32) {
        let page = match charset {
            77 => 10_000,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            // The document's own, and symbols.
            _ => return,
        };
        self.set_font_page(page);
    }

    /// The code page of the font under way.
    pub(super) fn set_font_page(&mut self, page: i32) {
        if let Some(encoding) = of_page(page) {
            self.fonts.insert(self.font, encoding);
        }
    }

    /// The text of bytes in a font.
    pub(super) fn decode(&self, font: i32, bytes: &[u8]) -> String {
        let encoding = self.fonts.get(&font).copied().or(self.page);
        let (text, _) = encoding
            .unwrap_or(encoding_rs::WINDOWS_1252)
            .decode_without_bom_handling(bytes);
        text.into_owned()
    }
}

fn of_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        932 => "shift_jis",
        936 | 54_936 => "gb18030",
        949 => "euc-kr",
        950 => "big5",
        874 => "windows-874",
        866 => "ibm866",
        10_000 => "macintosh",
        65_001 => "utf-8",
        1250..=1258 => return Encoding::for_label(format!("windows-{page}").as_bytes()),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}
