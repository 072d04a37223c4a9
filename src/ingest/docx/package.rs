//! The archive that a Word document is: which part is which, within limits on what they unpack to.

use roxmltree::Document;

use super::{attribute, parse};
use crate::ingest::office::packed::Packed;

/// A part beside the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Styles,
    Numbering,
    Footnotes,
    Endnotes,
    Properties,
}

impl Part {
    /// The last word of the type of its relationship.
    fn kind(self) -> &'static str {
        match self {
            Self::Styles => "/styles",
            Self::Numbering => "/numbering",
            Self::Footnotes => "/footnotes",
            Self::Endnotes => "/endnotes",
            Self::Properties => "/core-properties",
        }
    }
}

/// An open document.
pub(super) struct Package<'a> {
    archive: Packed<'a>,
    /// The name of the main part.
    document: String,
    /// The parts that the package and the main part relate to: the type and the name.
    relationships: Vec<(String, String)>,
}

impl<'a> Package<'a> {
    /// Opens the archive and finds its parts.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        if !bytes.starts_with(b"PK") {
            return Err(other_kind(bytes).to_owned());
        }
        let archive = Packed::open(bytes, "a Word document")?;
        let mut package = Self {
            archive,
            document: String::new(),
            relationships: Vec::new(),
        };
        package.relationships = package.relationships("_rels/.rels", "")?;
        let document = package
            .target("/officeDocument")
            .unwrap_or_else(|| "word/document.xml".to_owned());
        if !document.ends_with(".xml") || !document.contains("document") || !package.archive.holds(&document) {
            return Err(package.other_archive());
        }
        let (folder, file) = document.rsplit_once('/').unwrap_or(("", &document));
        let of_document = package.relationships(&format!("{folder}/_rels/{file}.rels"), folder)?;
        package.relationships.extend(of_document);
        package.document = document;
        Ok(package)
    }

    /// The main part.
    pub(super) fn document(&mut self) -> Result<String, String> {
        let name = self.document.clone();
        self.read(&name)?
            .ok_or_else(|| "is a damaged Word document: its text is missing".to_owned())
    }

    /// A part beside it, if the document has it.
    pub(super) fn part(&mut self, part: Part) -> Result<Option<String>, String> {
        match self.target(part.kind()) {
            Some(name) => self.read(&name),
            None => Ok(None),
        }
    }

    /// The parts of a kind that may be there more than once, by the last word of the type of their relationships.
    pub(super) fn parts(&mut self, kind: &str) -> Result<Vec<String>, String> {
        let of_kind = self.relationships.iter().filter(|(of, _)| of.ends_with(kind));
        let mut names: Vec<String> = of_kind.map(|(_, target)| target.clone()).collect();
        names.sort();
        names.dedup();
        let parts = names.iter().map(|name| self.read(name));
        parts.filter_map(Result::transpose).collect()
    }

    fn target(&self, kind: &str) -> Option<String> {
        let found = self.relationships.iter().find(|(of, _)| of.ends_with(kind));
        found.map(|(_, target)| target.clone())
    }

    /// The relationships in a file: their types, and their targets as names in the archive.
    fn relationships(&mut self, file: &str, folder: &str) -> Result<Vec<(String, String)>, String> {
        let Some(xml) = self.read(file)? else {
            return Ok(Vec::new());
        };
        let document: Document = parse(&xml)?;
        let inside = document
            .descendants()
            .filter(|node| node.is_element() && attribute(*node, "TargetMode") != Some("External"));
        let pairs = inside.filter_map(|node| Some((attribute(node, "Type")?, attribute(node, "Target")?)));
        let absolute = |target: &str| match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None if folder.is_empty() => target.to_owned(),
            None => format!("{folder}/{target}"),
        };
        Ok(pairs
            .map(|(kind, target)| (kind.to_owned(), absolute(target)))
            .collect())
    }

    /// The text of a file of the archive, if it is there.
    fn read(&mut self, name: &str) -> Result<Option<String>, String> {
        self.archive.read(name)
    }

    /// What an archive is that is no Word document.
    fn other_archive(&mut self) -> String {
        let kind = match self.read("mimetype") {
            Ok(Some(kind)) if kind.contains("opendocument") => "an OpenDocument file",
            Ok(Some(kind)) if kind.contains("epub") => "an e-book",
            _ if self.archive.holds_folder("xl/") => return "is an Excel workbook: save the sheet as .csv".to_owned(),
            _ if self.archive.holds_folder("ppt/") => "a PowerPoint presentation",
            _ => return "is no Word document: the archive holds no word/document.xml".to_owned(),
        };
        format!("is {kind}: open it and save it as .docx or as plain text")
    }
}

/// What bytes are that are no archive.
fn other_kind(bytes: &[u8]) -> &'static str {
    const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if bytes.starts_with(b"{\\rtf") {
        "is an RTF file: open it and save it as .docx or as plain text"
    } else if !bytes.starts_with(COMPOUND_FILE) {
        "is no Word document: a .docx is a ZIP archive"
    } else if holds_utf_16(bytes, "EncryptedPackage") {
        "is an encrypted document: open it with its password and save it without one"
    } else {
        "is a document of the older Word format (.doc): open it and save it as .docx"
    }
}

fn holds_utf_16(bytes: &[u8], text: &str) -> bool {
    let pattern: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(pattern.len()).any(|window| window == pattern)
}
