//! The character encoding that a page declares of itself.

/// How far into a page its declaration is looked for, in bytes.
const HEAD_BYTES: usize = 4096;

/// The name of the encoding that the first bytes of a page declare, in `<meta charset>`, in `<meta http-equiv>` or in an
/// XML declaration, as written there; none where nothing is declared.
pub fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let head: String = head.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let head = without_comments(&head);
    in_xml(&head).or_else(|| in_meta(&head))
}

/// `<?xml version="1.0" encoding="gb2312"?>` at the very start.
fn in_xml(head: &str) -> Option<String> {
    let declaration = head.trim_start().strip_prefix("<?xml")?;
    let declaration = &declaration[..declaration.find("?>")?];
    value_of(declaration, "encoding")
}

fn in_meta(head: &str) -> Option<String> {
    head.split("<meta").skip(1).find_map(|rest| {
        let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
        value_of(tag, "charset")
    })
}

/// The value behind `name=`, in quotation marks or not; inside the value of another attribute too, as
/// `content="text/html; charset=gbk"` has it.
fn value_of(text: &str, name: &str) -> Option<String> {
    let rest = &text[text.find(name)? + name.len()..];
    let rest = rest
        .trim_start()
        .strip_prefix('=')?
        .trim_start()
        .trim_start_matches(['"', '\'']);
    let is_part = |character: char| character.is_ascii_alphanumeric() || "-_:.".contains(character);
    let value = &rest[..rest.find(|character| !is_part(character)).unwrap_or(rest.len())];
    (!value.is_empty()).then(|| value.to_owned())
}

/// The text without comments, in which an old declaration may stand.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<!--") {
        kept.push_str(&rest[..start]);
        let after = &rest[start + "<!--".len()..];
        rest = after.find("-->").map_or("", |end| &after[end + "-->".len()..]);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declared_encoding_is_found() {
        for (page, encoding) in [
            ("<!DOCTYPE html><META CHARSET=\"Windows-1251\">", Some("windows-1251")),
            (
                "<meta http-equiv=content-type content='text/html; charset=gb2312' />",
                Some("gb2312"),
            ),
            (
                "<meta http-equiv=\"Content-Type\" content=\"text/html;charset = big5\">",
                Some("big5"),
            ),
            ("<?xml version=\"1.0\" encoding='koi8-r'?><html>", Some("koi8-r")),
            ("<!-- <meta charset=gbk> --><meta charset=utf-8>", Some("utf-8")),
            (
                "<meta name=viewport content=width><meta charset=euc-kr>",
                Some("euc-kr"),
            ),
            ("<p>charset=gbk</p>", None),
            ("<meta charset=>", None),
            ("", None),
        ] {
            assert_eq!(declared_encoding(page.as_bytes()).as_deref(), encoding, "{page}");
        }
    }

    #[test]
    fn bytes_of_any_encoding_are_passed_over() {
        let page = [
            b"<title>\xB5\xDA\xFF</title><meta charset=\"GBK\">".as_slice(),
            &[0xC3; 5000],
        ]
        .concat();
        assert_eq!(declared_encoding(&page).as_deref(), Some("gbk"));
    }
}
