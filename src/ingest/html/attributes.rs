//! A guard against tags of countless attributes.
//!
//! The tokenizer compares each attribute of a tag with all before it, so its time grows with the square of their number.

/// How many words a tag may have.
const MOST_WORDS: usize = 50_000;

/// Whether a tag of the page has more words than any page needs.
pub(super) fn are_countless(page: &str) -> bool {
    let mut words = 0;
    let mut quotation = None;
    let mut is_in_tag = false;
    let mut last = b' ';
    for byte in page.bytes() {
        match (is_in_tag, quotation, byte) {
            (true, Some(mark), byte) if byte == mark => quotation = None,
            (true, Some(_), _) => {}
            (true, None, b'"' | b'\'') if last == b'=' => quotation = Some(byte),
            (true, None, b'>') => is_in_tag = false,
            (true, None, b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'/') => words += 1,
            (false, _, letter) if last == b'<' && letter.is_ascii_alphabetic() => {
                is_in_tag = true;
                words = 0;
            }
            _ => {}
        }
        if words > MOST_WORDS {
            return true;
        }
        last = if byte == b' ' && last == b'=' { last } else { byte };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_are_counted() {
        let many = "word ".repeat(MOST_WORDS + 2);
        assert!(are_countless(&format!("<p {many}>")));
        assert!(are_countless(&format!("<p title=\">\" {many}>")));
        assert!(!are_countless(&format!("<p title=\"{many}\">{many}</p>")));
    }
}
