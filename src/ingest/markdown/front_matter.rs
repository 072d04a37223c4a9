//! The fields of front matter: YAML, and what is nearly YAML, as people write it by hand.

use serde_json::{Map, Value};

/// Reads the fields.
///
/// # Errors
/// In plain words, the line and the fault.
pub(super) fn fields(front: &str) -> Result<Map<String, Value>, String> {
    serde_saphyr::from_str(front).or_else(|fault| {
        let quoted: Option<Map<String, Value>> = serde_saphyr::from_str(&with_quotation_marks(front)).ok();
        quoted.ok_or_else(|| {
            let line = fault.location().map_or(1, |location| location.line()) + 1;
            let message = fault.without_snippet().to_string();
            format!("line {line}: the front matter is not YAML: {message}")
        })
    })
}

/// Front matter with values in quotation marks that need them: those with a colon or a hash sign in them, `title: Trust: a
/// manifesto`, and those that begin with a mark of YAML, `speaker: @keeper`.
fn with_quotation_marks(front: &str) -> String {
    let lines = front
        .lines()
        .map(|line| quoted(line).unwrap_or_else(|| line.to_owned()));
    lines.collect::<Vec<_>>().join("\n")
}

fn quoted(line: &str) -> Option<String> {
    let (name, value) = line.trim_end().split_once(": ")?;
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|character| character.is_alphanumeric() || "_-. ".contains(character));
    let value = value.trim();
    let is_plain = is_name && !name.starts_with([' ', '-']) && !value.starts_with(['"', '\'', '[', '{', '|', '>']);
    let needs = value.contains(": ")
        || value.ends_with(':')
        || value.starts_with(['@', '`', '%', '&', '*', '!', '?', '-', '#']);
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
    (is_plain && needs).then(|| format!("{name}: \"{escaped}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_need_quotation_marks_are_read_without() {
        let fields = fields("title: Choose trust: a \"harbour\" manifesto\r\ndate: 2024-06-03\nspeaker: @keeper\n")
            .expect("it is nearly YAML");
        assert_eq!(fields["title"], "Choose trust: a \"harbour\" manifesto");
        assert_eq!(fields["speaker"], "@keeper");
    }

    #[test]
    fn what_is_no_yaml_stays_a_fault_with_its_line() {
        let fault = fields("title: ok\ndate: [1, 2\n").expect_err("the list has no end");
        assert!(fault.contains("line "), "{fault}");
    }
}
