//! The pager without a terminal: keys go in, rows come out.

use chancery::corpus::Metadata;
use chancery::engine::{Circumstances, LineTotal, PassageView};

use super::super::drawing::rows;
use super::*;

/// Lines with numbers for their text; the order is remembered.
struct Fake {
    count: usize,
    sorted: Vec<LineKey>,
}

impl Source for Fake {
    fn frame(&self, sort: &[LineKey]) -> Concordance {
        Concordance {
            query: "合作".to_owned(),
            interpreted: "合作".to_owned(),
            circumstances: Circumstances::default(),
            context: "30".to_owned(),
            sort: sort.iter().map(|key| key.name()).collect(),
            seed: sort.contains(&LineKey::Random).then_some(7),
            sample: None,
            total: LineTotal {
                occurrences: self.count as u64,
                passages: 1,
                speeches: 1,
            },
            undetermined: None,
            offset: 0,
            limit: None,
            lines: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn len(&self) -> usize {
        self.count
    }

    fn sort(&mut self, keys: &[LineKey]) -> Result<()> {
        self.sorted = keys.to_vec();
        Ok(())
    }

    fn line(&self, place: usize) -> Result<ConcordanceLine> {
        let text = |text: &str| Some(text.to_owned());
        Ok(ConcordanceLine {
            n: place as u64 + 1,
            speech: "a".to_owned(),
            passage: "a#p40".to_owned(),
            paragraph: 40,
            start: 2,
            end: 4,
            title: text("Title"),
            date: text("2013"),
            date_source: None,
            speaker: text("\u{1b}[31mEvil"),
            country: None,
            place: None,
            event: None,
            language: None,
            left: format!("第{place}次"),
            node: "合作".to_owned(),
            right: "共赢\u{1b}]0;x\u{7}".to_owned(),
            left_cut: false,
            right_cut: false,
        })
    }

    fn speech(&self, _: &ConcordanceLine) -> Result<SpeechView> {
        let passage = |paragraph: u32| PassageView {
            passage: format!("a#p{paragraph}"),
            paragraph,
            piece: None,
            speaker: None,
            body_start: 0,
            body_end: 0,
            section: None,
            heading: false,
            text: format!("深化合作\u{1b}[2J，第{paragraph}段。"),
            highlights: None,
        };
        Ok(SpeechView {
            id: "a".to_owned(),
            metadata: Metadata::default(),
            also_in: Vec::new(),
            body: None,
            versions: Vec::new(),
            passages: (1..=80).map(passage).collect(),
            fields: Default::default(),
            matter: Vec::new(),
            shows_matter: false,
        })
    }
}

fn pager(count: usize) -> Pager<Fake> {
    let source = Fake {
        count,
        sorted: Vec::new(),
    };
    let size = Size { width: 80, height: 24 };
    Pager::new(source, &[LineKey::Date], size)
}

fn press(pager: &mut Pager<Fake>, keys: &[Key]) -> Flow {
    let mut flow = Flow::GoOn;
    for key in keys {
        flow = pager.press(*key).unwrap();
    }
    flow
}

fn typed(text: &str) -> Vec<Key> {
    text.chars().map(Key::Character).collect()
}

/// The rows as a person sees them.
fn seen(pager: &Pager<Fake>) -> Vec<String> {
    rows(pager)
        .unwrap()
        .iter()
        .map(|row| anstream::adapter::strip_str(row).to_string())
        .collect()
}

#[test]
fn one_moves_by_lines_and_pages_and_never_out_of_the_lines() {
    let mut pager = pager(100);
    press(&mut pager, &[Key::Down, Key::Down, Key::Up]);
    assert_eq!((pager.chosen, pager.top), (1, 0));
    press(&mut pager, &[Key::PageDown]);
    assert_eq!((pager.chosen, pager.top), (23, 2));
    press(&mut pager, &typed("G"));
    assert_eq!((pager.chosen, pager.top), (99, 78));
    press(&mut pager, &[Key::Down, Key::PageDown]);
    assert_eq!((pager.chosen, pager.top), (99, 78));
    press(&mut pager, &typed("gk"));
    assert_eq!((pager.chosen, pager.top), (0, 0));
}

#[test]
fn the_chosen_line_is_in_sight_at_every_size() {
    let mut pager = pager(100);
    press(&mut pager, &typed("G"));
    for (width, height) in [(80, 10), (20, 3), (1, 1), (0, 0), (300, 200), (80, 24)] {
        pager.resize(Size { width, height });
        let rows = seen(&pager);
        assert_eq!(rows.len(), height.max(1));
        if height > 2 {
            assert!(
                rows.iter().any(|row| row.starts_with('>')),
                "{width} by {height}: {rows:#?}"
            );
        }
        let widest = rows
            .iter()
            .map(|row| chancery::render::alignment::cells(row))
            .max()
            .unwrap();
        assert!(widest <= width.max(1), "{widest} cells on {width}: {rows:#?}");
    }
}

#[test]
fn keys_put_the_lines_into_another_order_and_the_status_names_it() {
    let mut pager = pager(50);
    for (key, order) in [
        ('d', LineKey::Date),
        ('D', LineKey::DateDescending),
        ('s', LineKey::Speaker),
        ('c', LineKey::Country),
        ('l', LineKey::Left),
        ('r', LineKey::Right),
        ('n', LineKey::Node),
        ('x', LineKey::Random),
    ] {
        press(&mut pager, &[Key::PageDown, Key::Character(key)]);
        assert_eq!(pager.source.sorted, [order]);
        assert_eq!((pager.chosen, pager.top), (0, 0));
        let status = seen(&pager).pop().unwrap();
        assert!(status.contains(&format!("sorted by {}", order.name())), "{status}");
    }
}

#[test]
fn a_speech_opens_at_the_match_and_is_left_again() {
    let mut pager = pager(50);
    press(&mut pager, &[Key::Down, Key::Enter]);
    let rows = seen(&pager);
    let row = rows
        .iter()
        .position(|row| row.contains("第40段"))
        .expect("the match is in sight");
    assert!((3..15).contains(&row), "{rows:#?}");
    let colored = super::super::drawing::rows(&pager).unwrap();
    let inverted = chancery::render::style::MATCH | anstyle::Effects::INVERT;
    assert!(
        colored[row].contains(&format!("{}合作", inverted.render())),
        "{}",
        colored[row]
    );
    press(&mut pager, &typed("g"));
    assert!(!seen(&pager).iter().any(|row| row.contains("第40段")));
    press(&mut pager, &typed("G"));
    assert!(seen(&pager).iter().any(|row| row.contains("第80段")));
    pager.resize(Size { width: 40, height: 12 });
    assert!(
        seen(&pager).iter().any(|row| row.contains("第40段")),
        "the match stays in sight"
    );
    assert_eq!(press(&mut pager, &[Key::Escape]), Flow::GoOn);
    assert_eq!(pager.chosen, 1);
    assert!(matches!(pager.view, View::Lines));
}

#[test]
fn text_is_found_in_the_lines_and_again_behind() {
    let mut pager = pager(100);
    press(&mut pager, &[typed("/第42"), vec![Key::Enter]].concat());
    assert_eq!(pager.chosen, 42);
    press(&mut pager, &[typed("/次合作共"), vec![Key::Enter]].concat());
    assert_eq!(pager.chosen, 43);
    press(&mut pager, &[Key::Character('/'), Key::Enter]);
    assert_eq!(pager.chosen, 44);
    press(
        &mut pager,
        &[typed("/nowherx"), vec![Key::Backspace, Key::Enter]].concat(),
    );
    assert_eq!(pager.chosen, 44);
    assert!(seen(&pager).pop().unwrap().contains("no line has `nowher`"));
    press(&mut pager, &[Key::Character('/'), Key::Character('q'), Key::Escape]);
    assert!(matches!(pager.view, View::Lines));
}

#[test]
fn help_lists_the_keys_and_any_key_leaves_it() {
    let mut pager = pager(3);
    press(&mut pager, &typed("?"));
    assert!(seen(&pager).iter().any(|row| row.contains("sort by speaker")));
    assert_eq!(press(&mut pager, &typed("q")), Flow::GoOn);
    assert!(matches!(pager.view, View::Lines));
    assert_eq!(press(&mut pager, &typed("q")), Flow::End);
}

#[test]
fn ctrl_c_ends_the_pager_from_everywhere() {
    for keys in [vec![], typed("?"), typed("/abc"), vec![Key::Enter]] {
        let mut pager = pager(3);
        press(&mut pager, &keys);
        assert_eq!(press(&mut pager, &[Key::Interrupt]), Flow::End);
    }
}

#[test]
fn a_corpus_cannot_steer_the_terminal() {
    let mut pager = pager(30);
    for keys in [vec![], vec![Key::Enter]] {
        press(&mut pager, &keys);
        for row in rows(&pager).unwrap() {
            let text = anstream::adapter::strip_str(&row).to_string();
            assert!(!text.contains(char::is_control), "{text:?}");
            assert!(!row.contains("\u{1b}]") && !row.contains("\u{1b}[2J"), "{row:?}");
        }
    }
}

#[test]
fn no_lines_are_no_trouble() {
    let mut pager = pager(0);
    press(
        &mut pager,
        &[typed("jkGg rx/a"), vec![Key::Enter, Key::Enter, Key::PageUp]].concat(),
    );
    assert_eq!(seen(&pager).len(), 24);
}
