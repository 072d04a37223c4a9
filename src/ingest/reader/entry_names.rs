//! The names of the files in a ZIP archive, in whatever encoding the program that made it wrote them.
//!
//! An archive says of a name that it is UTF-8 or it says nothing; then it is what the system of its maker used. All such
//! names of an archive are one text, from which that is told.

use encoding_rs::{BIG5, GB18030, WINDOWS_1252};

use crate::ingest::encoding;

/// The upper half of code page 850, in which systems of Western Europe and Latin America wrote names; the letters that
/// code page 437 has are the same in it.
const CODE_PAGE_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// The names of an archive's entries as text.
pub(super) fn decode(raw: &[Vec<u8>]) -> Vec<String> {
    let others: Vec<&[u8]> = raw
        .iter()
        .map(Vec::as_slice)
        .filter(|name| std::str::from_utf8(name).is_err())
        .collect();
    let writing = Writing::of(&others);
    raw.iter()
        .map(|name| match std::str::from_utf8(name) {
            Ok(name) => name.to_owned(),
            Err(_) => writing.decode(name),
        })
        .collect()
}

/// How the names of an archive that are not UTF-8 are written.
enum Writing {
    CodePage850,
    Encoding(&'static encoding_rs::Encoding),
}

impl Writing {
    fn of(names: &[&[u8]]) -> Self {
        let lone: Vec<u8> = names.iter().flat_map(|name| lone_bytes(name)).collect();
        let high = names.iter().copied().flatten().filter(|byte| !byte.is_ascii()).count();
        // Letters with marks stand between plain ones; characters of other scripts stand together.
        if lone.len() * 3 >= high * 2 {
            let in_code_page = lone.iter().filter(|byte| matches!(byte, 0x80..=0xA5)).count();
            return match in_code_page * 2 >= lone.len() {
                true => Self::CodePage850,
                false => Self::Encoding(WINDOWS_1252),
            };
        }
        if high <= FEW_BYTES && names.iter().all(|name| are_common_characters(name)) {
            return Self::Encoding(GB18030);
        }
        let told = encoding::detect(&names.join(&b'\n'));
        let is_chinese = told == GB18030 || told == BIG5;
        Self::Encoding(if is_chinese { chinese(names) } else { told })
    }

    fn decode(&self, name: &[u8]) -> String {
        match self {
            Self::Encoding(encoding) => encoding.decode_without_bom_handling(name).0.into_owned(),
            Self::CodePage850 => name.iter().map(|byte| in_code_page_850(*byte)).collect(),
        }
    }
}

/// So few bytes tell no detector anything.
const FEW_BYTES: usize = 16;

/// Whether all that is beyond ASCII in a name are pairs of bytes for the 3,755 commonest characters in GB 2312.
fn are_common_characters(name: &[u8]) -> bool {
    let mut rest = name;
    while let [lead, after @ ..] = rest {
        rest = after;
        if lead.is_ascii() {
            continue;
        }
        match after {
            [trail, after @ ..] if (0xB0..=0xD7).contains(lead) && *trail >= 0xA1 => rest = after,
            _ => return false,
        }
    }
    true
}

/// The encoding of Chinese names: Big5 where some character is none of the usual ones of GB 2312 and all are usual ones of Big5.
fn chinese(names: &[&[u8]]) -> &'static encoding_rs::Encoding {
    let (mut is_gb_2312, mut is_big5) = (true, true);
    for name in names {
        let mut rest = *name;
        while let [lead, after @ ..] = rest {
            rest = after;
            if lead.is_ascii() {
                continue;
            }
            let trail = after.first().copied().unwrap_or_default();
            is_gb_2312 &= (0xA1..=0xF7).contains(lead) && trail >= 0xA1;
            is_big5 &= (0xA1..=0xC6).contains(lead) && matches!(trail, 0x40..=0x7E | 0xA1..=0xFE);
            rest = after.get(1..).unwrap_or_default();
        }
    }
    if is_big5 && !is_gb_2312 { BIG5 } else { GB18030 }
}

fn in_code_page_850(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        Some(index) => CODE_PAGE_850
            .chars()
            .nth(usize::from(index))
            .unwrap_or(char::REPLACEMENT_CHARACTER),
        None => char::from(byte),
    }
}

/// The bytes beyond ASCII with none beside them.
fn lone_bytes(name: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let is_high = |index: Option<usize>| index.and_then(|at| name.get(at)).is_some_and(|byte| !byte.is_ascii());
    name.iter()
        .enumerate()
        .filter(move |(at, byte)| !byte.is_ascii() && !is_high(at.checked_sub(1)) && !is_high(at.checked_add(1)))
        .map(|(_, byte)| *byte)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{IBM866, SHIFT_JIS};

    use super::*;

    fn in_850(name: &str) -> Vec<u8> {
        let upper: Vec<char> = CODE_PAGE_850.chars().collect();
        assert_eq!(upper.len(), 128);
        name.chars()
            .map(|character| match upper.iter().position(|upper| *upper == character) {
                Some(index) => 0x80 + u8::try_from(index).expect("an index below 128"),
                None => u8::try_from(character).expect("ASCII"),
            })
            .collect()
    }

    #[test]
    fn names_are_read_in_the_encoding_of_their_maker() {
        let chinese = ["讲话/总统在望潮的讲话.txt", "讲话/外长答记者问.txt"];
        let russian = ["речи/Выступление президента.txt", "речи/Заявление для прессы.txt"];
        let traditional = ["演講/總統就職演說.txt", "演講/外交部長談話.txt"];
        let japanese = ["演説/首相の所信表明演説.txt", "演説/大臣の挨拶について.txt"];
        for (names, encoding) in [
            (chinese, GB18030),
            (russian, IBM866),
            (traditional, BIG5),
            (japanese, SHIFT_JIS),
        ] {
            let raw: Vec<Vec<u8>> = names.iter().map(|name| encoding.encode(name).0.into_owned()).collect();
            assert_eq!(decode(&raw), names, "{}", encoding.name());
        }
    }

    #[test]
    fn few_characters_are_enough_for_chinese_names() {
        for (name, encoding) in [
            ("致辞/功能.txt", GB18030),
            ("長江講稿.txt", GB18030),
            ("致詞/功能許可.txt", BIG5),
        ] {
            assert_eq!(decode(&[encoding.encode(name).0.into_owned()]), [name]);
        }
    }

    #[test]
    fn western_names_are_those_of_the_system_or_of_windows() {
        let names = [
            "Déclaration à la presse.txt",
            "Discurso de posse - São Tomé.txt",
            "Rede für Köln.txt",
        ];
        for name in names {
            assert_eq!(decode(&[in_850(name)]), [name]);
            assert_eq!(decode(&[WINDOWS_1252.encode(name).0.into_owned()]), [name]);
            assert_eq!(decode(&[name.as_bytes().to_vec()]), [name]);
        }
    }
}
