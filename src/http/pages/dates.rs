//! Dates as people type them: each is the date that an address holds.

/// A date as an address has it, such as `2013-05`, from the ways in which it is typed: 2013年5月, 2013/05, 2013.5.3. What is no date
/// stays as it is, to be refused.
pub(super) fn plain_date(typed: &str) -> String {
    read(typed).unwrap_or_else(|| typed.to_owned())
}

fn read(typed: &str) -> Option<String> {
    let typed: String = typed
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(half_width)
        .collect();
    let is_separator = |character: char| matches!(character, '-' | '/' | '.' | '年' | '月');
    let parts: Vec<&str> = typed
        .trim_end_matches(['年', '月', '日', '号'])
        .split(is_separator)
        .collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !parts.iter().all(is_number) || !matches!(widths[..], [4] | [4, 1 | 2] | [4, 1 | 2, 1 | 2]) {
        return None;
    }
    let padded: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
    Some(padded.join("-"))
}

/// A digit or separator of full width as one of half width.
fn half_width(character: char) -> char {
    match character {
        '０'..='９' | '／' | '．' | '－' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        '–' | '—' | '‐' | '−' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_people_type_it() {
        for (typed, plain) in [
            ("2013", "2013"),
            ("2013年", "2013"),
            ("2013年5月", "2013-05"),
            ("2013/05", "2013-05"),
            ("2013年5月3日", "2013-05-03"),
            ("2013年5月3号", "2013-05-03"),
            ("２０１３．５．３", "2013-05-03"),
            (" 2013 - 5 ", "2013-05"),
            ("2013-05-03", "2013-05-03"),
        ] {
            assert_eq!(plain_date(typed), plain, "{typed}");
        }
        for other in [
            "soon",
            "5/2013",
            "13-5",
            "2013-5-3-1",
            "2013-",
            "",
            "年",
            "2013年5月3日上午",
        ] {
            assert_eq!(plain_date(other), other);
        }
    }
}
