//! The forms of lines that no sentence has: buttons, names of files, licences, numbers of visitors, addresses.

use std::sync::LazyLock;

use regex::Regex;

use super::words::{
    CATEGORY_LABELS, CONTROLS, CONTROLS_IN_A_RUN, END_MARKS, INVITATIONS, LEADS_TO_OTHERS, LICENCES, MEDIA,
    MEDIA_VERBS, RIGHTS, SOURCE_LABELS, THANKS, VISITS,
};
use crate::analyzer::folding::simplified;
use crate::ingest::header::{is_publication, is_sentence};

/// The longest name of a control, in characters.
const LONGEST_CONTROL: usize = 40;

/// The longest address of a page, in bytes.
const LONGEST_ADDRESS: usize = 2_000;

/// The longest line with the name of a file, of a licence or of a label, in characters.
const LONGEST_LABEL: usize = 110;

/// The most words of a line that leads to a recording.
const MOST_MEDIA_WORDS: usize = 18;

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is written here")
}

/// The kind or the size of a file, in brackets at the end of a line.
static FILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)[(\[（]\s*(?:",
        r"(?:pdf|docx?|odt|epub|mp3|mp4|jpe?g|png|zip|xlsx?|pptx?)[\s,;:·–-]*(?:\d+(?:[.,]\d+)?\s*(?:[kmg]i?[bo]|bytes|кб|мб))?",
        r"|\d+(?:[.,]\d+)?\s*(?:[kmg]i?[bo]|bytes|кб|мб)",
        r")\s*[)\]）]\s*[.↓⬇]?$"
    ))
});

/// The hour of a day alone on a line: `6:41 P.M. CET`, `(1:05 p.m. EDT)`.
static HOUR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[(\[]?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\s*(?:[AaPp]\.?\s?[Mm]\.?|Uhr|hrs?\.?)?\s*(?:\(?(?:[A-Z]{1,4}T|GMT|UTC|CET)\)?)?[)\]]?$",
    )
});

/// A number of views: `4110 Views`, `浏览次数：123`.
static COUNT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[\d.,\s]+\s*(\p{L}+)$|^(\p{L}+)\s*[:：(（]?\s*[\d.,]+\s*[)）]?$"));

/// The initials of an office's writers: `(pm – gs)`.
static INITIALS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\(\s*[a-z]{2,3}(?:\s*[–/-]\s*[a-z]{2,4})*\s*\)$"));

/// A line in simplified characters.
pub(super) fn in_simplified(line: &str) -> String {
    line.chars().map(simplified).collect()
}

/// A line without emoji and other signs of a button before it, in lower case and simplified characters.
fn plain(line: &str) -> String {
    in_simplified(line)
        .trim_matches(|character: char| !character.is_alphanumeric() && !"©(（[".contains(character))
        .to_lowercase()
}

/// Whether a line is a control of a site, or several: `Print | Share`, `【打印】`, `>HOME`.
pub(super) fn is_control(line: &str) -> bool {
    if line.len() > LONGEST_CONTROL * 6 || line.chars().count() > LONGEST_CONTROL * 2 {
        return false;
    }
    let simple = in_simplified(line).to_lowercase();
    let mut parts = simple
        .split([
            '|', '｜', '·', '•', '/', '>', '»', '›', '\t', ':', '：', '[', ']', '【', '】',
        ])
        .map(|part| part.trim_matches(|character: char| !character.is_alphanumeric()))
        .filter(|part| !part.is_empty())
        .peekable();
    let is_known =
        |part: &str| CONTROLS.contains(&part) || part.split_whitespace().all(|word| CONTROLS_IN_A_RUN.contains(&word));
    parts.peek().is_some() && parts.all(is_known)
}

/// Whether a line is the name of a file to be fetched: it ends in its kind or size, `Large image (2 MB)`.
pub(super) fn is_file(line: &str) -> bool {
    line.ends_with([')', ']', '）', '.', '↓', '⬇']) && is_short(line) && !is_sentence(line) && FILE.is_match(line)
}

/// Whether a line is no longer than labels and names are.
fn is_short(line: &str) -> bool {
    line.len() <= LONGEST_LABEL * 4 && line.chars().count() <= LONGEST_LABEL
}

/// Whether a line is the address of a page and nothing else.
pub(super) fn is_address(line: &str) -> bool {
    let is_one = line.len() < LONGEST_ADDRESS && line.contains('.') && !line.contains(char::is_whitespace);
    is_one && {
        let lower = line.to_lowercase();
        ["http://", "https://", "www."]
            .iter()
            .any(|start| lower.starts_with(start))
    }
}

/// Whether a line has no letter and no digit.
pub(super) fn is_bare(line: &str) -> bool {
    !line.chars().any(char::is_alphanumeric)
}

/// Whether a line is a site's own wherever it stands before or behind what is said.
pub(crate) fn is_of_site(line: &str) -> bool {
    is_control(line)
        || is_file(line)
        || is_licence(line)
        || is_labelled(line)
        || is_source(line)
        || leads_to_media(line)
}

/// Whether a line behind what is said has a form that no last line of a speech has.
pub(super) fn is_end_form(line: &str) -> bool {
    let letters = line.chars().filter(|character| character.is_alphabetic()).count();
    let is_stray = letters == 0 || (letters == 1 && line.chars().count() == 1 && line.is_ascii());
    if is_stray || !is_short(line) {
        return is_stray;
    }
    let bare = plain(line);
    let is_piped = line.contains(['|', '｜']) && !is_sentence(line) && line.chars().count() <= LONGEST_CONTROL;
    is_piped || HOUR.is_match(line) || INITIALS.is_match(line) || END_MARKS.contains(&bare.as_str())
}

/// Whether a line says when a text was put online or at which hour it was given.
pub(super) fn is_stamp(line: &str) -> bool {
    HOUR.is_match(line) || is_publication(line)
}

/// Whether a line is the name of a licence or the holder of the rights.
pub(super) fn is_licence(line: &str) -> bool {
    if !is_short(line) || is_sentence(line) {
        return false;
    }
    let bare = plain(line);
    let is_named = LICENCES.iter().any(|name| {
        let rest = bare.strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic) && rest.chars().count() <= LONGEST_CONTROL)
    });
    is_named || line.starts_with('©') || matches!(bare.as_str(), "true" | "false")
}

/// Whether a line speaks of the rights in a text.
pub(super) fn speaks_of_rights(line: &str) -> bool {
    let bare = plain(line);
    RIGHTS.iter().any(|words| bare.contains(words)) || is_licence(line)
}

/// `4110 Views`, `Category: Transcripts`, `Posted on 3 May 2014`.
fn is_labelled(line: &str) -> bool {
    if !is_short(line) || is_sentence(line) {
        return false;
    }
    let bare = plain(line);
    let is_count = COUNT.captures(&bare).is_some_and(|found| {
        let word = found.get(1).or(found.get(2)).map_or("", |word| word.as_str());
        VISITS.contains(&word)
    });
    let has_label = |labels: &[&str]| {
        labels.iter().any(|label| {
            bare.strip_prefix(label)
                .is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
        })
    };
    is_count || has_label(CATEGORY_LABELS)
}

/// A source with the address of a page.
fn is_source(line: &str) -> bool {
    let has_address = line.contains("http") || line.contains("www.");
    has_address && line.split_whitespace().count() <= MOST_MEDIA_WORDS && {
        let bare = plain(line);
        SOURCE_LABELS.iter().any(|label| bare.starts_with(label))
    }
}

/// `Watch the video`, `Ouça a íntegra do discurso`: no sentence, and about a recording or a file.
fn leads_to_media(line: &str) -> bool {
    if !is_short(line) || is_sentence(line) || line.split_whitespace().count() > MOST_MEDIA_WORDS {
        return false;
    }
    let bare = plain(line);
    let begins = |verb: &&str| {
        bare.strip_prefix(*verb).is_some_and(|rest| {
            rest.is_empty()
                || verb.ends_with(|c: char| !c.is_ascii_lowercase())
                || rest.starts_with(|c: char| !c.is_alphanumeric())
        })
    };
    MEDIA_VERBS.iter().any(begins) && MEDIA.iter().any(|noun| bare.contains(noun))
}

/// Whether a line asks its reader to subscribe, to follow or to give.
pub(crate) fn invites(line: &str) -> bool {
    line.len() <= LONGEST_LABEL * 6 && {
        let bare = plain(line);
        INVITATIONS.iter().any(|words| bare.contains(words))
    }
}

/// Whether a line would lead to other pages, if anything followed it: `相关报道：`, `Related links:`.
pub(super) fn leads_to_others(line: &str) -> bool {
    line.ends_with([':', '：']) && is_short(line) && {
        let bare = plain(line);
        LEADS_TO_OTHERS.iter().any(|words| bare.contains(words))
    }
}

/// Whether a line thanks the audience and is short, as at the end of a speech.
pub(super) fn thanks(line: &str) -> bool {
    is_short(line) && {
        let bare = plain(line);
        THANKS.iter().any(|words| bare.contains(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_speaks_in_forms_of_its_own() {
        for line in [
            "【打印】【关闭】",
            "【字号：大 中 小】",
            ">HOME",
            "Print | Share | Email",
            "Voltar",
            "📄 Télécharger le discours (PDF)",
            "Large image (2 MB)",
            "Public domain",
            "CC BY-SA 4.0",
            "公有領域",
            "4110 Views",
            "浏览次数：1234",
            "Kategori: Transkrip Pidato",
            "Source https://example.org/a, le 24 septembre 2020",
            "Ouça a íntegra (10min31s) do discurso do Presidente",
            "Watch the video",
        ] {
            assert!(is_of_site(line), "{line}");
        }
    }

    #[test]
    fn what_is_said_is_no_form() {
        for line in [
            "Signed in Tarn",
            "We ask once more: lift the embargo.",
            "Watch over the harbour, and keep the lamp lit",
            "The public domain belongs to all of us",
            "Long live Velmora",
            "Article 5",
            "Glory to the islands!",
            "Download speeds must double in every village.",
            "中国",
            "3 ships",
        ] {
            assert!(!is_of_site(line) && !is_end_form(line), "{line}");
        }
    }

    #[test]
    fn an_hour_stands_alone() {
        for line in ["6:41 P.M. CET", "(1:05 p.m. EDT)", "14:30", "10.15 Uhr"] {
            assert!(HOUR.is_match(line), "{line}");
        }
        assert!(!HOUR.is_match("10:30 we met"));
    }
}
