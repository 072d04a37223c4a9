//! Sentences of the engine in the words of another language: `{}` in a pattern stands for what is kept.

/// A text in other words, where it has the form of a pattern; what `{}` stands for is kept, in the same order.
pub(super) fn translated(text: &str, pattern: &str, words: &str) -> Option<String> {
    let mut pieces = pattern.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut written = words.to_owned();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let end = match pieces.peek() {
            Some(_) => rest.find(piece)?,
            None => rest.strip_suffix(piece)?.len(),
        };
        written = replaced(&written, &rest[..end]);
        rest = &rest[end + piece.len()..];
    }
    rest.is_empty().then(|| written.replace(FILLED, "{}"))
}

/// Keeps what was filled in from being filled again.
const FILLED: &str = "\u{0}";

fn replaced(words: &str, part: &str) -> String {
    words.replacen("{}", &part.replace("{}", FILLED), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pattern_leaves_open_is_kept() {
        let check = |text: &str, pattern: &str, words: &str, expected: Option<&str>| {
            assert_eq!(
                translated(text, pattern, words).as_deref(),
                expected,
                "{text} {pattern}"
            );
        };
        check("nothing open", "nothing open", "没有", Some("没有"));
        check("`a` behind `b`", "`{}` behind `{}`", "“{}”“{}”", Some("“a”“b”"));
        check("`{}` behind `b`", "`{}` behind `{}`", "“{}”“{}”", Some("“{}”“b”"));
        check("without `甲`", "without `{}`", "去掉 {}", Some("去掉 甲"));
        check("without a", "without `{}`", "去掉 {}", None);
        check("nothing open at all", "nothing open", "没有", None);
    }
}
