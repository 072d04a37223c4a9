//! The speaker and the office in the title block of a statement: `by H.E. Mr. Kim Song, Ambassador and …`.
//!
//! A name follows its honorifics, stands after a comma behind the office, or directly behind the office.

use crate::ingest::header::western_text::{is_city, plain, starts_upper};
use crate::ingest::header::western_words::{
    CONNECTORS, HONORIFICS, INSTITUTIONS, NOT_NAMES, OFFICES, PARTICLES, PLACES, QUALIFIERS, TITLE_LINKS,
};

/// A speaker as a title block names one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Presented {
    /// The name without honorifics.
    pub(super) name: Option<String>,
    /// The office, as written.
    pub(super) role: Option<String>,
    /// What follows both: the occasion.
    pub(super) rest: Option<String>,
}

/// A word of the block.
#[derive(Clone, Debug)]
struct Word<'a> {
    text: &'a str,
    plain: String,
    starts_line: bool,
    ends_part: bool,
}

impl Word<'_> {
    fn is_office(&self) -> bool {
        let stem = self.plain.split('\'').next_back().unwrap_or_default();
        OFFICES.contains(&self.plain.as_str()) || (stem.len() > 3 && OFFICES.contains(&stem))
    }

    fn is_connector(&self, next: Option<&Word<'_>>) -> bool {
        let before_occasion = next.is_some_and(|next| next.plain.starts_with("l'occasion") || next.plain == "la");
        if matches!(self.plain.as_str(), "au" | "aux") {
            const HOUSES: &[&str] = &[
                "débat", "debat", "sommet", "nom", "cours", "segment", "forum", "conseil", "palais", "siège",
            ];
            return next.is_some_and(|next| HOUSES.contains(&next.plain.as_str()));
        }
        let is_pronoun_like = matches!(self.plain.as_str(), "a") && before_occasion;
        is_pronoun_like
            || (CONNECTORS.contains(&self.plain.as_str())
                && self.plain != "to"
                && self.plain != "al"
                && self.plain != "for"
                && self.plain != "in")
    }

    fn is_honorific(&self) -> bool {
        let abbreviation = self.text.contains('.') && matches!(self.plain.as_str(), "m" | "d");
        let dotted = HONORIFICS.contains(&self.plain.replace('-', "").as_str());
        abbreviation || dotted
    }

    fn is_institution(&self) -> bool {
        INSTITUTIONS.contains(&self.plain.as_str())
            || INSTITUTIONS.contains(&self.plain.split('\'').next_back().unwrap_or_default())
    }

    /// Whether a state's own name follows the word: `Республики Беларусь`, `República Argentina`.
    fn names_a_kind_of_state(&self) -> bool {
        [
            "республики",
            "королевства",
            "república",
            "republic",
            "repubblica",
            "república",
            "جمهورية",
            "مملكة",
        ]
        .contains(&self.plain.as_str())
    }

    fn is_lower_cyrillic(&self) -> bool {
        self.text.chars().all(|c| ('а'..='я').contains(&c))
    }

    /// `С.В.Лаврова`: initials and surname in one word.
    fn has_initials(&self) -> bool {
        self.text.matches('.').count() >= 2 && self.text.chars().count() > 5 && starts_upper(self.text)
    }

    /// Whether the word can be a part of a name.
    fn is_name_part(&self) -> bool {
        let has_digit = self.text.chars().any(|c| c.is_ascii_digit());
        starts_upper(self.text) && !has_digit && !self.is_office() && !self.is_institution() && !self.is_honorific()
    }
}

/// Reads the lines of a title block.
pub(super) fn of_block(lines: &[&str]) -> Presented {
    let words = words(lines);
    let named = by_honorific(&words)
        .or_else(|| after_comma(&words))
        .or_else(|| behind_office(&words));
    let name_range = named.clone().unwrap_or(0..0);
    let name = named.map(|range| join(&words[range])).map(|name| {
        name.trim_matches(|c: char| ",;:.-–،؛".contains(c) || c.is_whitespace())
            .to_owned()
    });
    let role = role_after(&words, name_range.end)
        .filter(|_| name.is_some())
        .or_else(|| role_before(&words, name_range.start, name.is_some()));
    let role_end = role.as_ref().map_or(0, |range| range.end);
    let rest = occasion_start(&words, role_end.max(name_range.end)).map(|start| join(&words[start..]));
    let role = role.map(|range| {
        join(&words[range])
            .trim_matches(|c: char| ",;:-– ،؛".contains(c))
            .to_owned()
    });
    let is_thing = name.as_deref().is_some_and(names_a_thing);
    Presented {
        name: name.filter(|name| name.chars().count() > 2 && !is_thing),
        role: role.filter(|role| !role.is_empty() && !is_thing && names_an_office(role)),
        rest,
    }
}

/// Whether a word of a name is one of buildings, kinds of text or days: `Dining Room`, `Reading`.
fn names_a_thing(name: &str) -> bool {
    name.split_whitespace()
        .map(plain)
        .any(|word| NOT_NAMES.contains(&word.as_str()) || PLACES.contains(&word.as_str()))
}

/// Whether an office has more than a word such as `Senior` or `State`.
fn names_an_office(role: &str) -> bool {
    role.split_whitespace()
        .map(plain)
        .any(|word| !QUALIFIERS.contains(&word.as_str()) && !NOT_NAMES.contains(&word.as_str()))
}

fn words<'a>(lines: &[&'a str]) -> Vec<Word<'a>> {
    let mut found = Vec::new();
    for line in lines {
        for (index, text) in line.split_whitespace().enumerate() {
            let ends_part = text.ends_with([',', ';', ':', '،'])
                || matches!(text, "-" | "–" | "—")
                || (text.ends_with('-') && text.len() > 1);
            found.push(Word {
                text,
                plain: plain(text),
                starts_line: index == 0,
                ends_part,
            });
        }
    }
    found
}

fn join(words: &[Word<'_>]) -> String {
    words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

/// The name behind the last run of honorifics that has one.
fn by_honorific(words: &[Word<'_>]) -> Option<std::ops::Range<usize>> {
    let mut index = 0;
    while index < words.len() {
        if !words[index].is_honorific() || words[index].ends_part {
            index += 1;
            continue;
        }
        let mut start = index + 1;
        while words
            .get(start)
            .is_some_and(|word| word.is_honorific() || TITLE_LINKS.contains(&word.plain.as_str()))
        {
            start += 1;
        }
        let end = name_end(words, start);
        let links = words[index..start].iter().any(|word| word.plain != "secretary");
        if end > start && links {
            return Some(start..end);
        }
        index = start;
    }
    None
}

/// Where the name that starts at `start` ends; `start` itself if there is none.
fn name_end(words: &[Word<'_>], start: usize) -> usize {
    let width = line_width(words);
    let mut end = start;
    while end < words.len() && end - start < 8 {
        let word = &words[end];
        let is_particle = end > start
            && PARTICLES.contains(&word.plain.as_str())
            && words.get(end + 1).is_some_and(Word::is_name_part);
        let leads_on = word.is_connector(words.get(end + 1)) || !word.is_name_part();
        let stops = (leads_on && !is_particle) || breaks_after_name(words, start, end, width);
        if stops {
            break;
        }
        end += 1;
        if word.ends_part {
            break;
        }
    }
    while end > start
        && PARTICLES.contains(&words[end - 1].plain.as_str())
        && words[end - 1].text.chars().all(|c| c.is_lowercase())
    {
        end -= 1;
    }
    end
}

/// Whether a line of its own ends with the name: it is clearly shorter than the block is wide.
fn breaks_after_name(words: &[Word<'_>], start: usize, end: usize, width: usize) -> bool {
    if !words[end].starts_line || end < start + 2 {
        return false;
    }
    let line_start = words[..end].iter().rposition(|word| word.starts_line).unwrap_or(0);
    let length: usize = words[line_start..end]
        .iter()
        .map(|word| word.text.chars().count() + 1)
        .sum();
    length * 10 < width * 7
}

fn line_width(words: &[Word<'_>]) -> usize {
    let mut widest = 0;
    let mut width = 0;
    for word in words {
        width = if word.starts_line { 0 } else { width } + word.text.chars().count() + 1;
        widest = widest.max(width);
    }
    widest
}

/// `Minister of Relations of Bolivia, Celinda Sosa Lunda`: a name in apposition to an office.
fn after_comma(words: &[Word<'_>]) -> Option<std::ops::Range<usize>> {
    let office = words.iter().position(Word::is_office)?;
    let commas = (office..words.len()).filter(|index| words[*index].ends_part);
    commas.map(|comma| comma + 1).find_map(|start| {
        let end = name_end(words, start);
        let is_closed = end == words.len() || words[end - 1].ends_part || words[end].is_connector(words.get(end + 1));
        let is_name = (start + 2..=start + 5).contains(&end) && is_closed && !is_city(&join(&words[start..end]));
        is_name.then_some(start..end)
    })
}

/// `del presidente Gustavo Petro ante`, `Minister of Foreign Affairs Espen Barth Eide`, `Министра … С.В.Лаврова`.
fn behind_office(words: &[Word<'_>]) -> Option<std::ops::Range<usize>> {
    let office = words.iter().position(Word::is_office)?;
    if let Some(initials) = (office + 1..words.len()).find(|index| words[*index].has_initials()) {
        return Some(initials..initials + 1);
    }
    for start in office + 1..words.len() {
        let before = &words[start - 1];
        if before.ends_part || words[start].is_connector(words.get(start + 1)) {
            break;
        }
        let end = name_end(words, start);
        let all_upper = !join(words).chars().any(char::is_lowercase);
        let follows_preposition = PARTICLES.contains(&before.plain.as_str())
            || matches!(
                before.plain.as_str(),
                "of" | "the" | "des" | "d'" | "and" | "for" | "di" | "della"
            );
        let count = end - start;
        let is_closed = end == words.len()
            || (end > start && words[end - 1].ends_part)
            || words[end].is_connector(words.get(end + 1));
        let found = match (before.is_office(), before.is_institution()) {
            _ if all_upper => None,
            (true, _) if (1..=5).contains(&count) && is_closed && !follows_preposition => Some(start..end),
            (_, true) if before.names_a_kind_of_state() && (3..=5).contains(&count) => Some(start + 1..end),
            (_, true) if (2..=5).contains(&count) && !before.names_a_kind_of_state() => Some(start..end),
            _ if follows_preposition && (3..=5).contains(&count) => Some(start + 1..end),
            _ if before.is_lower_cyrillic() && (2..=3).contains(&count) && is_closed => Some(start..end),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The office behind the name, up to the occasion.
fn role_after(words: &[Word<'_>], name_end: usize) -> Option<std::ops::Range<usize>> {
    let mut start = name_end;
    while words
        .get(start)
        .is_some_and(|word| matches!(word.plain.as_str(), "the" | "le" | "la" | "el" | ""))
    {
        start += 1;
    }
    words.get(start).filter(|word| word.is_office())?;
    let end = occasion_start(words, start + 1).unwrap_or(words.len());
    Some(start..end)
}

/// The office before the name, or of a person without a name.
fn role_before(words: &[Word<'_>], name_start: usize, has_name: bool) -> Option<std::ops::Range<usize>> {
    let start = words.iter().position(Word::is_office)?;
    let limit = if has_name {
        name_start
    } else {
        occasion_start(words, start + 1).unwrap_or(words.len())
    };
    let mut end = limit;
    while end > start
        && (words[end - 1].is_honorific() && end - 1 > start
            || TITLE_LINKS.contains(&words[end - 1].plain.as_str()) && words[end - 1].plain != "general")
    {
        end -= 1;
    }
    (end > start).then_some(start..end)
}

/// Where the occasion begins: at the first connector that is no part of the office.
fn occasion_start(words: &[Word<'_>], from: usize) -> Option<usize> {
    (from..words.len()).find(|index| {
        let word = &words[*index];
        let occasional = matches!(word.plain.as_str(), "to" | "in" | "for" | "al")
            && words.get(index + 1).is_some_and(|next| next.plain == "debate");
        let is_preposition_of_house = word.plain == "на" || word.plain == "أمام";
        word.is_connector(words.get(index + 1)) || occasional || is_preposition_of_house
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_speaker_is_found_behind_honorifics_commas_and_offices() {
        for (lines, name, role) in [
            (
                &[
                    "Statement by",
                    "H.E. Mr. Jan Novak Berg,",
                    "Ambassador and Permanent Representative of",
                    "Ruritania",
                    "At the General Debate",
                ][..],
                Some("Jan Novak Berg"),
                Some("Ambassador and Permanent Representative of Ruritania"),
            ),
            (
                &[
                    "Statement by His Excellency Sheikh Salim bin Nasir Al Amin",
                    "Minister of State of the Emirate",
                    "at",
                ],
                Some("Sheikh Salim bin Nasir Al Amin"),
                Some("Minister of State of the Emirate"),
            ),
            (
                &["Discours du Colonel Amadou KEITA, Ministre d'Etat, à l’occasion du Débat"],
                Some("Amadou KEITA"),
                Some("Ministre d'Etat"),
            ),
            (
                &[
                    "Discurso de la Ministra de Relaciones Exteriores del Estado",
                    "de Ruritania, Carla Luna Vega",
                ],
                Some("Carla Luna Vega"),
                Some("Ministra de Relaciones Exteriores del Estado de Ruritania"),
            ),
            (
                &["Palabras del presidente Pablo Marín ante la Asamblea"],
                Some("Pablo Marín"),
                Some("presidente"),
            ),
            (
                &[
                    "INTERVENCIÓN DEL PRESIDENTE DEL GOBIERNO",
                    "EXCMO. SR. D. PEDRO ROJAS VEGA",
                    "EN EL DEBATE GENERAL",
                ],
                Some("PEDRO ROJAS VEGA"),
                Some("PRESIDENTE DEL GOBIERNO"),
            ),
            (
                &[
                    "Выступление Министра иностранных дел Руритании",
                    "И.П.Петрова на дискуссии",
                ],
                Some("И.П.Петрова"),
                Some("Министра иностранных дел Руритании"),
            ),
            (
                &["Discours du Ministre des Affaires Étrangères du Bénin", "à la Tribune"],
                None,
                Some("Ministre des Affaires Étrangères du Bénin"),
            ),
            (
                &["DISCURSO DEL SEÑOR MINISTRO DE RELACIONES EXTERIORES PARA", "EL DEBATE"],
                None,
                Some("MINISTRO DE RELACIONES EXTERIORES"),
            ),
            (
                &["Intervento del Presidente Rossi alla Assemblea"],
                Some("Rossi"),
                Some("Presidente"),
            ),
            (&["National Statement United Nations General Assembly"], None, None),
        ] {
            let found = of_block(lines);
            assert_eq!(
                (found.name.as_deref(), found.role.as_deref()),
                (name, role),
                "{lines:?}"
            );
        }
    }
}
