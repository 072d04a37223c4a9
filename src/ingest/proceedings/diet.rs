//! Minutes of the Japanese Diet as its interface gives them, in XML or JSON: meetings with their speeches, or speeches that
//! each name their meeting.

use roxmltree::Node;
use serde_json::{Map, Value};

use crate::corpus::Field;
use crate::ingest::draft::{Aside, Draft, Layout, say};
use crate::ingest::xml::markup::name;
use crate::ingest::xml::speakers::{self, Person};
use crate::text::{ByteSpan, is_han};

/// Who is named as the speaker of the head of the minutes: the day, who was there, the business.
const HEAD: &str = "会議録情報";

/// Fields of the answer as a whole, which say nothing of a meeting.
const OF_ANSWER: &[&str] = &[
    "numberOfRecords",
    "numberOfReturn",
    "startRecord",
    "nextRecordPosition",
    "records",
];

/// Fields of a speech that are read, or only number it.
const OF_SPEECH: &[&str] = &[
    "speechID",
    "speechOrder",
    "speaker",
    "speakerYomi",
    "speakerGroup",
    "speakerPosition",
    "speakerRole",
    "speech",
    "startPage",
    "createTime",
    "updateTime",
    "speechURL",
];

/// Whether an element is one with which an answer begins.
pub(super) fn is_of_answer(name: &str) -> bool {
    OF_ANSWER.contains(&name)
}

/// Values by name, as XML and JSON both give them.
type Fields = Vec<(String, String)>;

/// A meeting with its speeches.
#[derive(Default)]
struct Meeting {
    fields: Fields,
    speeches: Vec<Fields>,
}

/// Reads the meetings of an answer in XML.
pub(super) fn read(root: Node) -> Vec<Draft> {
    let mut meetings = Meetings::default();
    let records = root.descendants();
    for record in records.filter(|node| matches!(name(*node), "meetingRecord" | "speechRecord")) {
        let is_inside = record.ancestors().skip(1).any(|outer| name(outer) == "meetingRecord");
        if is_inside {
            continue;
        }
        let speeches = record.children().filter(|child| name(*child) == "speechRecord");
        meetings.add(values(record), speeches.map(values).collect());
    }
    meetings.drafts()
}

/// The values in an element, those that stand in elements of their own left out.
fn values(record: Node) -> Fields {
    let plain = record
        .children()
        .filter(|child| child.is_element() && !child.children().any(|inside| inside.is_element()));
    plain
        .map(|value| {
            let text: String = value.children().filter_map(|text| text.text()).collect();
            (name(value).to_owned(), text)
        })
        .collect()
}

/// Whether an object is an answer of this interface.
pub(in crate::ingest) fn is_answer(object: &Map<String, Value>) -> bool {
    ["meetingRecord", "speechRecord"]
        .iter()
        .any(|name| object.get(*name).is_some_and(Value::is_array))
}

/// Reads the meetings of an answer in JSON; none where an object is no answer of this interface.
pub(in crate::ingest) fn of_json(object: &Map<String, Value>) -> Option<Vec<Draft>> {
    let list = |name: &str| object.get(name).and_then(Value::as_array);
    let records = list("meetingRecord").or_else(|| list("speechRecord"))?;
    let mut meetings = Meetings::default();
    for record in records {
        let fields = record.as_object()?;
        let speeches = fields.get("speechRecord").and_then(Value::as_array);
        let speeches: Option<Vec<Fields>> = speeches
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .map(|speech| speech.as_object().map(plain))
            .collect();
        meetings.add(plain(fields), speeches?);
    }
    let drafts = meetings.drafts();
    (!drafts.is_empty()).then_some(drafts)
}

fn plain(fields: &Map<String, Value>) -> Fields {
    let values = fields.iter().filter_map(|(name, value)| {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some((name.clone(), text))
    });
    values.collect()
}

fn value<'a>(fields: &'a Fields, wanted: &str) -> &'a str {
    let found = fields.iter().find(|(name, _)| name == wanted);
    found.map_or("", |(_, value)| value.trim())
}

#[derive(Default)]
struct Meetings(Vec<Meeting>);

impl Meetings {
    /// Adds a record: a meeting with speeches, or a speech that names its meeting.
    fn add(&mut self, fields: Fields, speeches: Vec<Fields>) {
        let is_speech = speeches.is_empty() && fields.iter().any(|(name, _)| name == "speech");
        if !is_speech {
            self.0.push(Meeting { fields, speeches });
            return;
        }
        let (speech, meeting): (Fields, Fields) = fields
            .into_iter()
            .partition(|(name, _)| OF_SPEECH.contains(&name.as_str()));
        let issue = value(&meeting, "issueID").to_owned();
        let is_of = |other: &&mut Meeting| !issue.is_empty() && value(&other.fields, "issueID") == issue;
        match self.0.last_mut().filter(is_of) {
            Some(same) => same.speeches.push(speech),
            None => self.0.push(Meeting {
                fields: meeting,
                speeches: vec![speech],
            }),
        }
    }

    fn drafts(self) -> Vec<Draft> {
        self.0.into_iter().filter_map(Meeting::draft).collect()
    }
}

impl Meeting {
    fn draft(self) -> Option<Draft> {
        let mut text = String::new();
        let mut paragraphs = Vec::new();
        let mut asides: Vec<Aside> = Vec::new();
        let mut persons: Vec<Person> = Vec::new();
        let mut quoted: Vec<(String, String)> = Vec::new();
        for speech in &self.speeches {
            let (speaker, said) = (value(speech, "speaker"), value(speech, "speech"));
            if speaker == HEAD {
                let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
                asides.extend(Aside::together(std::iter::once(speaker).chain(lines), text.len()));
                continue;
            }
            if !speaker.is_empty() {
                quoted.push((Field::Speaker.name().to_owned(), speaker.to_owned()));
                note_person(&mut persons, speech, speaker);
            }
            let said = match labelled(said, speaker) {
                Some((label, said)) => {
                    quoted.push((Field::Speaker.name().to_owned(), label.to_owned()));
                    said
                }
                None => said,
            };
            say(
                &mut text,
                &mut paragraphs,
                said,
                Some(speaker).filter(|speaker| !speaker.is_empty()),
            );
        }
        if paragraphs.is_empty() {
            return None;
        }
        let body = ByteSpan::new(0, text.len());
        let mut draft = Draft::new(text, Layout::Marked { body, paragraphs });
        draft.asides = asides;
        draft.quoted = quoted;
        state(&self.fields, &mut draft);
        speakers::state(&mut draft.stated, &persons);
        Some(draft)
    }
}

/// States what a meeting says of itself.
fn state(fields: &Fields, draft: &mut Draft) {
    let parts = ["nameOfHouse", "nameOfMeeting", "issue"].map(|name| value(fields, name));
    let (house, meeting) = (parts[0], parts[1..].join(" "));
    let stated = &mut draft.stated;
    let mut set = |field: Field, text: &str| {
        if !text.is_empty() {
            // A day that is none is kept as it is below.
            let _ = stated.set(field, text);
        }
    };
    set(Field::Organization, house);
    set(Field::Event, meeting.trim());
    set(Field::Date, value(fields, "date"));
    set(Field::Url, value(fields, "meetingURL"));
    if stated.has(Field::Date) {
        let _ = stated.set(Field::DateSource, "metadata");
    }
    const READ: &[&str] = &["nameOfHouse", "nameOfMeeting", "issue", "date", "meetingURL"];
    for (name, text) in fields.iter().filter(|(_, text)| !text.trim().is_empty()) {
        if !READ.contains(&name.as_str()) {
            draft.stated.set_meta(name, Value::String(text.trim().to_owned()));
            draft.quoted.push((format!("meta.{name}"), text.trim().to_owned()));
        }
    }
    for name in READ {
        let text = value(fields, name);
        let field = match *name {
            "nameOfHouse" => Field::Organization,
            "date" => Field::Date,
            "meetingURL" => Field::Url,
            _ => Field::Event,
        };
        if !text.is_empty() {
            draft.quoted.push((field.name().to_owned(), text.to_owned()));
        }
    }
}

fn note_person(persons: &mut Vec<Person>, speech: &Fields, speaker: &str) {
    let index = persons
        .iter()
        .position(|person| person.name == speaker)
        .unwrap_or_else(|| {
            persons.push(Person {
                name: speaker.to_owned(),
                ..Person::default()
            });
            persons.len() - 1
        });
    let person = &mut persons[index];
    let position = value(speech, "speakerPosition");
    if !position.is_empty() && !person.roles.iter().any(|role| role == position) {
        person.roles.push(position.to_owned());
    }
    let group = value(speech, "speakerGroup");
    if !group.is_empty() && !person.parties.iter().any(|party| party == group) {
        person.parties.push(group.to_owned());
    }
}

/// The label with which minutes print a speech, and the rest: `○議長（灯台守子君）　`, `○波野渡君　`. It is one where it holds
/// the name of the speaker.
fn labelled<'a>(said: &'a str, speaker: &str) -> Option<(&'a str, &'a str)> {
    const LONGEST_LABEL: usize = 60;
    let marked = said.strip_prefix(['○', '〇', '◯'])?;
    let (label, rest) = marked.split_once(['\u{3000}', ' ', '\n'])?;
    let bare = |text: &str| -> String { text.chars().filter(|character| is_han(*character)).collect() };
    let is_of = !speaker.is_empty() && (label.contains(speaker) || bare(label).contains(&bare(speaker)));
    let end = said.len() - rest.len();
    (is_of && label.chars().count() <= LONGEST_LABEL && !rest.trim().is_empty()).then(|| (said[..end].trim(), rest))
}
