//! Small judgments about words and lines in European languages and Arabic.

use crate::ingest::header::is_sentence;
use crate::ingest::header::western_words::{
    ADDRESSES, CITIES, CONNECTORS, CONTACTS, LETTERHEADS, LIKELY_ADDRESSES, LINKS, MARKS, NOISE, PAGE_WORDS, PARTICLES,
    PLACES, STATES,
};

/// A line without bullets, quotation marks of Markdown and what optical reading made of bullets.
pub(super) fn undecorated(line: &str) -> &str {
    let marks = |c: char| "*_#>•·−–—-●▪►✓\u{F0B7}\u{F0D8}".contains(c) || c.is_whitespace();
    let bare = line
        .trim_matches(|c: char| "*_#".contains(c) || c.is_whitespace())
        .trim_start_matches(marks);
    match bare.split_once(' ') {
        Some(("e" | "o" | "©" | "«" | "¢", rest)) if starts_upper(rest) => rest.trim_start(),
        _ => bare,
    }
}

/// The number of bytes that optical reading made of a bullet before an address: `e Monsieur le Président`.
pub(super) fn misread_bullet(line: &str) -> usize {
    let bare = undecorated(line);
    let skipped = line.len() - bare.len();
    if line.ends_with(bare) && !line.starts_with(['*', '_', '#', '«']) && is_address(bare, None) {
        skipped
    } else {
        0
    }
}

/// Whether a line addresses the audience; `next` is the line after it.
pub(super) fn is_address(line: &str, next: Option<&str>) -> bool {
    let bare = undecorated(line).to_lowercase();
    let is_short = bare.chars().count() <= 180 && bare.split_whitespace().count() <= 24;
    if !is_short || runs_on(&bare) {
        return false;
    }
    let begins = |list: &[&str]| list.iter().any(|start| bare.starts_with(start));
    if begins(ADDRESSES) {
        return true;
    }
    let next_is_one = next.is_some_and(|next| {
        let next = undecorated(next).to_lowercase();
        ADDRESSES.iter().any(|start| next.starts_with(start))
    });
    let with_next = format!("{bare} {}", next.unwrap_or_default().to_lowercase());
    let is_open = !ends_open(&bare) && !bare.starts_with("president") && !bare.starts_with("président");
    begins(LIKELY_ADDRESSES)
        && (is_addressee(&bare)
            || (is_open && is_addressee(&with_next))
            || next_is_one
            || (ends_open(&bare) && !names_office(&bare)))
}

/// Whether a sentence goes on after the address, so that the line is running text.
pub(super) fn runs_on(bare: &str) -> bool {
    const VERBS: &[&str] = &[
        " i ",
        " we ",
        " is ",
        " are ",
        " allow ",
        " let ",
        " je ",
        " nous ",
        " permettez",
        " permítame",
        " quiero ",
        " я ",
        " мы ",
        " eu ",
        " io ",
        " at the outset",
    ];
    VERBS.iter().any(|verb| bare.contains(verb))
}

/// Whether a line in lower case speaks to the presidents and secretaries of the house, whom no header presents.
fn is_addressee(bare: &str) -> bool {
    let presides = ["president", "président", "председател", "رئيس"]
        .iter()
        .any(|word| bare.contains(word));
    let house = [
        "assembl",
        "asamblea",
        "ассамбле",
        "الجمعية",
        "session",
        "council",
        "congress",
    ]
    .iter()
    .any(|word| bare.contains(word));
    let secretary = [
        "secretary-general",
        "secretary general",
        "secrétaire général",
        "secretario general",
        "генеральный секретарь",
        "الأمين العام",
        "segretario generale",
        "secretário-geral",
    ];
    (presides && house) || secretary.iter().any(|word| bare.contains(word))
}

/// Whether a line ends as an address does.
pub(super) fn ends_open(bare: &str) -> bool {
    bare.ends_with([',', '،', ':', ';', '؛', '!', '.', '…', '—', '–'])
}

/// `H.E. Mr. Kim Song,` ends as an address does, but presents a person.
fn names_office(bare: &str) -> bool {
    let people = [
        "mr. ",
        "mrs. ",
        "ms. ",
        "mr ",
        "madame ",
        "monsieur ",
        "señor ",
        "señora ",
        "господин ",
        "his excellency",
        "su excelencia",
        "معالي",
        "سعادة",
        "فخامة",
        "صاحب",
    ];
    people.iter().any(|start| bare.starts_with(start))
}

/// Whether a line thanks somebody.
pub(super) fn thanks(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "thank",
        "merci",
        "remerci",
        "gracias",
        "obrigad",
        "спасибо",
        "благодар",
        "شكر",
        "danke",
        "grazie",
    ];
    let lower = line.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// Whether the first letter of a text is a capital, or the script has none.
pub(super) fn starts_upper(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
}

/// Whether a word joins the parts of a title or a name.
pub(super) fn is_small_word(word: &str) -> bool {
    let plain = plain(word);
    plain.is_empty()
        || [LINKS, CONNECTORS, PARTICLES]
            .iter()
            .any(|list| list.contains(&plain.as_str()))
}

/// A word in lower case without its punctuation.
pub(super) fn plain(word: &str) -> String {
    word.chars()
        .filter(|c| c.is_alphanumeric() || "-'’".contains(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect()
}

/// Whether a text is a city of conferences, perhaps with the state after a comma.
pub(super) fn is_city(text: &str) -> bool {
    let lower = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    CITIES.contains(&lower.as_str())
        || lower
            .split_once(',')
            .is_some_and(|(city, state)| CITIES.contains(&city.trim()) && state.split_whitespace().count() <= 3)
}

/// Whether a line is the name of a building or its grounds, perhaps with a city: `State Dining Room`, `Customs Hall, Portmere`.
pub(super) fn is_building(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_plain = line.chars().all(|c| c.is_alphabetic() || " ,.'’-".contains(c)) && !line.ends_with('.');
    let first_part = line.split(',').next().unwrap_or_default();
    (2..=7).contains(&words.len())
        && is_plain
        && words.iter().all(|word| starts_upper(word) || is_small_word(word))
        && first_part
            .split_whitespace()
            .map(plain)
            .any(|word| PLACES.contains(&word.as_str()))
}

/// Whether lines, taken as one, read as a paragraph of a speech rather than as a part of a header.
pub(super) fn is_prose(joined: &str) -> bool {
    let length = joined.chars().count();
    let bare = joined.trim_end_matches(['"', '”', '»', '*']);
    let ends_sentence = bare.ends_with(['.', '!', '?', '…', ':', ';', '؟']);
    let inner_sentence = [". ", "! ", "? ", "; ", "؟ "].iter().any(|end| joined.contains(end));
    let words: Vec<&str> = joined
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    let upper = words.iter().filter(|word| starts_upper(word)).count();
    let mostly_lower = upper * 2 < words.len() || !joined.chars().any(char::is_lowercase);
    length >= 70
        && words.len() >= 10
        && mostly_lower
        && (ends_sentence || (inner_sentence && length >= 140) || length >= 260)
}

/// Whether a line is put on a page by the office, the press or the scanner: no part of header or speech. A sentence never is.
pub(super) fn is_noise(line: &str) -> bool {
    let lower = line.to_lowercase();
    if is_sentence(line) && !is_mark_of_office(&lower) {
        return false;
    }
    let trimmed = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let is_mark = matches!(
        trimmed,
        "official" | "audio" | "video" | "draft" | "final" | "english" | "français" | "español" | "original: english"
    );
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let is_bracket =
        line.starts_with(['(', '[']) && line.ends_with([')', ']']) && !line.chars().any(|c| c.is_ascii_digit());
    let is_path = line.contains(" > ");
    let is_short = line.chars().count() <= 160;
    is_short && (letters == 0 || is_mark || is_bracket || is_path || NOISE.iter().any(|part| lower.contains(part)))
}

/// Whether a line in lower case is one of the marks that offices put on texts, and nothing else.
fn is_mark_of_office(lower: &str) -> bool {
    let bare = lower.trim_matches(|character: char| !character.is_alphanumeric());
    MARKS.contains(&bare)
}

/// A line without the mark of an office behind its full stop: `New York den 17 januari 2017. Det talade ordet gäller.`
pub(super) fn without_mark(line: &str) -> &str {
    let split = line
        .split_once(". ")
        .filter(|(_, rest)| is_mark_of_office(&rest.to_lowercase()));
    split.map_or(line, |(before, _)| before)
}

/// Whether a line over a speech is, or ends with, a mark that offices put there, or says at which hour it was given.
pub(super) fn is_head_mark(line: &str) -> bool {
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(|character: char| !character.is_alphanumeric());
    let is_long = |mark: &&&str| mark.split(' ').count() >= 2;
    let ends_so = |mark: &&str| {
        bare.strip_suffix(*mark)
            .is_some_and(|rest| rest.trim_end().ends_with(['.', ';', '–', '—']))
    };
    let has_mark = MARKS.iter().filter(is_long).any(|mark| bare == *mark || ends_so(mark));
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let has_hour = line.split(':').count() == 2 && line.chars().filter(char::is_ascii_digit).count() <= 4;
    let is_hour = line.starts_with(['(', '[']) && has_hour && letters <= 8 && line.chars().any(|c| c.is_ascii_digit());
    has_mark || is_hour || bare == "e&oe"
}

/// Whether a line behind a speech has a form that no sentence of it has: a mark of the office alone, the number of a page, an
/// address, a number to call.
pub(super) fn is_end_mark(line: &str) -> bool {
    let lower = line.to_lowercase();
    if is_sentence(line) {
        return is_mark_of_office(&lower);
    }
    let words = line.split_whitespace().count();
    let has_digit = line.chars().any(|c| c.is_ascii_digit());
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let begins = |list: &[&str]| {
        list.iter()
            .any(|start| lower.trim_start_matches(['(', '[', '*', ' ']).starts_with(start))
    };
    let is_contact = has_digit && words <= 16 && CONTACTS.iter().any(|part| lower.contains(part));
    let is_address = ["http", "www."].iter().any(|part| lower.contains(part)) && words <= 6;
    let has_mail = line
        .split_whitespace()
        .any(|word| word.trim_matches(['<', '>', ',']).contains('@') && word.contains('.'));
    let is_page = has_digit && words <= 5 && begins(PAGE_WORDS);
    let is_clock = has_digit && line.contains(':') && letters <= 8 && words <= 4;
    letters == 0
        || is_mark_of_office(&lower)
        || (words <= 8 && begins(MARKS))
        || is_contact
        || is_address
        || (has_mail && words <= 8)
        || is_page
        || is_clock
}

/// Whether a line belongs to the letterhead of a mission or a ministry.
pub(super) fn is_letterhead(line: &str) -> bool {
    letterhead_start(line).is_some() && line.chars().count() <= 110
}

/// Where the name of a mission or a ministry starts in a line, when it starts near the beginning.
pub(super) fn letterhead_start(line: &str) -> Option<usize> {
    let lower = line.to_lowercase();
    let start = LETTERHEADS
        .iter()
        .filter_map(|start| lower.find(start))
        .find(|at| *at <= 8)?;
    line.is_char_boundary(start).then_some(start)
}

/// The state that a line of a letterhead names: `REPUBLIQUE DU MALI`, `KINGDOM OF …`; what optical reading made of a coat
/// of arms beside it is left out.
pub(super) fn letterhead_state(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    let is_state = STATES.iter().any(|kind| lower.starts_with(kind)) && line.split_whitespace().count() <= 9;
    let is_upper = |word: &str| !word.chars().any(char::is_lowercase) && !word.chars().any(|c| c.is_ascii_digit());
    let starts_in_upper = line.split_whitespace().next().is_some_and(is_upper);
    let words: Vec<&str> = line
        .split_whitespace()
        .take_while(|word| !starts_in_upper || is_upper(word))
        .collect();
    is_state.then(|| words.join(" ").trim_end_matches([',', '.']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_a_presentation() {
        for line in [
            "Mr. President,",
            "MONSIEUR LE PRESIDENT,",
            "Señor Presidente:",
            "e Monsieur le Président de l’Assemblée générale,",
            "Excellencies,",
            "**Mr President,**",
            "Уважаемый г-н Председатель,",
            "السيد الرئيس،",
            "Muchas gracias Presidente",
            "President, friends —",
            "Your Excellency Philemon Yang, President of the 79th Session",
        ] {
            assert!(is_address(line, None), "{line}");
        }
        for line in [
            "H.E. Mr. Kim Song,",
            "Mr. John Smith,",
            "Statement by",
            "Honourable Jane Doe",
            "Ministre des affaires étrangères",
            "Mr. President, allow me to begin with a word of thanks to you and to all.",
            "معالي السيد فلان",
        ] {
            assert!(!is_address(line, None), "{line}");
        }
    }

    #[test]
    fn prose_is_told_from_titles() {
        assert!(is_prose(
            "When we gathered this time last year, little could we have predicted that the world would be plunged into even greater turmoil."
        ));
        assert!(!is_prose(
            "Statement by His Excellency the Prime Minister of the Republic of Malta at the General Debate of the General Assembly"
        ));
        assert!(!is_prose("New York, 30 September 2024"));
    }
}
