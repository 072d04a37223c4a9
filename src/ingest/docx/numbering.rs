//! The numbers that lists put before their paragraphs. They are no text of the document and must be counted: `一、`, `2.1`, `(c)`.

use std::collections::HashMap;

use roxmltree::{Document, Node};

use super::{attribute, child, name, value};

/// The most levels of a list.
const MOST_LEVELS: usize = 9;

/// The place of a paragraph in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListPlace {
    list: String,
    level: usize,
}

impl ListPlace {
    /// Reads it from the properties of a paragraph or style.
    pub(super) fn read(properties: Node) -> Option<Self> {
        let numbering = child(properties, "numPr")?;
        let level = value(numbering, "ilvl").and_then(|level| level.parse().ok());
        Some(Self {
            list: value(numbering, "numId")?.to_owned(),
            level: level.unwrap_or(0),
        })
    }
}

/// The lists of a document and how far each of them has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, List>,
    /// For each definition the last number of each level; several lists may go on in one.
    counted: HashMap<String, Vec<Option<u32>>>,
}

#[derive(Clone, Debug, Default)]
struct List {
    /// What it is counted with.
    counter: String,
    levels: Vec<Level>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    /// What is written, with `%1` for the number of the first level and so on.
    pattern: String,
}

impl Numbering {
    /// Reads the part that defines the lists.
    pub(super) fn read(document: &Document) -> Self {
        let root = document.root_element();
        let of_name = |wanted: &'static str| root.children().filter(move |node| name(*node) == wanted);
        let definitions: HashMap<&str, Vec<Level>> = of_name("abstractNum")
            .filter_map(|node| Some((attribute(node, "abstractNumId")?, levels(node))))
            .collect();
        let mut lists = HashMap::new();
        for node in of_name("num") {
            let (Some(id), Some(definition)) = (attribute(node, "numId"), value(node, "abstractNumId")) else {
                continue;
            };
            let mut list = List {
                counter: definition.to_owned(),
                levels: definitions.get(definition).cloned().unwrap_or_default(),
            };
            for restart in node.children().filter(|node| name(*node) == "lvlOverride") {
                list.restart(restart, id);
            }
            lists.insert(id.to_owned(), list);
        }
        Self {
            lists,
            counted: HashMap::new(),
        }
    }

    /// Counts one on at a place; returns what stands before the paragraph, white space behind it included. Empty for
    /// lists with marks instead of numbers.
    pub(super) fn next(&mut self, place: &ListPlace) -> String {
        let Some(list) = self.lists.get(&place.list) else {
            return String::new();
        };
        let Some(level) = list.levels.get(place.level) else {
            return String::new();
        };
        let counted = self.counted.entry(list.counter.clone()).or_default();
        counted.resize(MOST_LEVELS, None);
        counted[place.level] = Some(counted[place.level].map_or(level.start, |number| number.saturating_add(1)));
        counted[place.level + 1..].fill(None);
        let mut written = level.pattern.clone();
        for (index, upper) in list.levels.iter().enumerate().take(place.level + 1) {
            let number = counted[index].unwrap_or(upper.start);
            written = written.replace(&format!("%{}", index + 1), &numeral(number, &upper.format));
        }
        if written.is_empty() || level.format == "bullet" {
            return String::new();
        }
        let is_wide = written.ends_with(['、', '）', '．', '。', '：']);
        written + if is_wide { "" } else { " " }
    }
}

impl List {
    /// A list that starts anew is counted by itself.
    fn restart(&mut self, node: Node, id: &str) {
        let index: Option<usize> = attribute(node, "ilvl").and_then(|level| level.parse().ok());
        let Some(level) = index.and_then(|index| self.levels.get_mut(index)) else {
            return;
        };
        if let Some(other) = child(node, "lvl") {
            *level = Level::read(other);
        }
        if let Some(start) = value(node, "startOverride").and_then(|start| start.parse().ok()) {
            level.start = start;
        }
        self.counter = format!("list {id}");
    }
}

impl Level {
    fn read(node: Node) -> Self {
        Self {
            start: value(node, "start").and_then(|start| start.parse().ok()).unwrap_or(1),
            format: value(node, "numFmt").unwrap_or("decimal").to_owned(),
            pattern: value(node, "lvlText").unwrap_or_default().to_owned(),
        }
    }
}

/// The levels of a definition, in order.
fn levels(definition: Node) -> Vec<Level> {
    let nodes = definition.children().filter(|node| name(*node) == "lvl");
    nodes.take(MOST_LEVELS).map(Level::read).collect()
}

/// A number as a list writes it; in Arabic digits where the format is not known.
fn numeral(number: u32, format: &str) -> String {
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "lowerLetter" => letters(number, 'a'),
        "upperLetter" => letters(number, 'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => match number {
            1..=20 => char::from_u32(0x2460 + number - 1)
                .map(String::from)
                .unwrap_or_default(),
            _ => number.to_string(),
        },
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital" => han(number),
        _ => number.to_string(),
    }
}

/// a, b … z, aa, bb.
fn letters(number: u32, first: char) -> String {
    let Some(index) = number.checked_sub(1) else {
        return String::new();
    };
    let letter = char::from_u32(first as u32 + index % 26).unwrap_or(first);
    let times = (index / 26 + 1).min(10) as usize;
    letter.to_string().repeat(times)
}

fn roman(number: u32) -> String {
    #[rustfmt::skip]
    const NUMERALS: &[(u32, &str)] = &[
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
        (5, "V"), (4, "IV"), (1, "I"),
    ];
    if number >= 4_000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut written = String::new();
    for (value, numeral) in NUMERALS {
        while rest >= *value {
            written.push_str(numeral);
            rest -= value;
        }
    }
    written
}

/// A number below 1,000 in Han characters: 十, 十二, 二十, 一百零五.
fn han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if number == 0 || number >= 1_000 {
        return number.to_string();
    }
    let digit = |value: u32| DIGITS[value as usize % 10];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut written = String::new();
    if hundreds > 0 {
        written.push_str(digit(hundreds));
        written.push('百');
    }
    if tens > 1 || (tens == 1 && hundreds > 0) {
        written.push_str(digit(tens));
    }
    if tens > 0 {
        written.push('十');
    } else if hundreds > 0 && ones > 0 {
        written.push('零');
    }
    if ones > 0 {
        written.push_str(digit(ones));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_the_way_of_the_list() {
        for (number, format, expected) in [
            (4, "decimal", "4"),
            (4, "decimalZero", "04"),
            (28, "lowerLetter", "bb"),
            (3, "upperLetter", "C"),
            (1994, "upperRoman", "MCMXCIV"),
            (4, "lowerRoman", "iv"),
            (3, "decimalEnclosedCircle", "③"),
            (10, "chineseCounting", "十"),
            (12, "chineseCountingThousand", "十二"),
            (20, "chineseCounting", "二十"),
            (105, "chineseCounting", "一百零五"),
            (110, "chineseCounting", "一百一十"),
            (7, "of another kind", "7"),
        ] {
            assert_eq!(numeral(number, format), expected, "{number} {format}");
        }
    }
}
