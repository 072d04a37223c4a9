//! Names of fields in other people's files: what the user maps, and what is understood without.
//!
//! JSON, JSON Lines, tables and front matter share this, so a column means the same in all of them. A field whose name is
//! not understood keeps it and becomes further metadata.

use serde_json::{Map, Value};

use crate::corpus::Field;
use crate::error::{Error, ErrorKind, Result};

/// Other names of fields, in lower case, each with ours.
#[rustfmt::skip]
const OTHER_NAMES: &[(&str, &[&str])] = &[
    ("body", &["text", "speech", "content", "full_text", "fulltext", "full text", "speech_text", "speech text", "speech-text", "transcript", "speech_content", "discours", "discurso", "intervención", "rede", "redetext", "выступление", "речь", "pidato", "texte", "texto", "текст", "النص", "正文", "内容", "內容", "全文", "文本", "原文", "讲话内容", "本文"]),
    ("title", &["headline", "heading", "titre", "título", "titulo", "заголовок", "название", "العنوان", "标题", "標題", "题目", "題目", "题名", "篇名"]),
    ("subtitle", &["sous-titre", "subtítulo", "подзаголовок", "副标题", "副標題"]),
    ("date", &["day", "speech_date", "date_of_speech", "datum", "fecha", "data", "tanggal", "дата", "التاريخ", "日期", "时间", "時間", "年份", "year"]),
    ("published", &["publication_date", "published_time", "published_date", "date_published", "posted_on", "posted", "published_at", "pubdate", "pub_date", "publish_date", "datepublished", "发布日期", "發布日期", "发布时间", "发表时间", "发表日期"]),
    ("speaker", &["author", "authors", "speakers", "autor", "speaker_name", "speech-name", "name_of_speaker", "person", "orateur", "orador", "оратор", "автор", "спикер", "المتحدث", "发言人", "發言人", "演讲者", "演講者", "演讲人", "讲话人", "讲者", "作者", "委員名稱", "委员名称"]),
    ("role", &["position", "office", "post", "function", "fonction", "cargo", "должность", "المنصب", "职务", "職務", "职位", "头衔"]),
    ("country", &["state", "nation", "pays", "país", "страна", "الدولة", "البلد", "国家", "國家", "国别"]),
    ("organization", &["organisation", "institution", "body_name", "организация", "المنظمة", "机构", "機構", "组织", "单位"]),
    ("place", &["location", "venue", "city", "lieu", "lugar", "место", "المكان", "地点", "地點", "场所"]),
    ("event", &["occasion", "meeting", "conference", "événement", "evento", "мероприятие", "событие", "المناسبة", "会议", "會議", "會議名稱", "会议名称", "活动", "场合"]),
    ("genre", &["speech_type", "体裁", "类型", "類型"]),
    ("agency", &["news_agency", "来源", "來源", "媒体"]),
    ("language", &["lang", "langue", "idioma", "язык", "اللغة", "语言", "語言", "语种"]),
    ("url", &["link", "source_url", "page_url", "uri", "href", "permalink", "链接", "鏈接", "网址", "網址"]),
    ("id", &["identifier", "speech_id", "编号", "編號"]),
];

/// What names of fields mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    pairs: Vec<(String, String)>,
}

/// An object under our names.
pub(crate) struct Mapped {
    /// The object.
    pub(crate) object: Map<String, Value>,
    /// Whether the user says which field is the date.
    pub(crate) chooses_date: bool,
    /// Whether the date is told from another name than ours.
    pub(crate) guesses_date: bool,
}

/// A field under our name.
struct Renamed {
    origin: Origin,
    ours: String,
    theirs: String,
    value: Value,
}

/// How a name came to be ours, the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// The user maps it.
    Chosen,
    /// The file has it.
    Own,
    /// It is usual for ours.
    Usual,
}

impl Mapping {
    /// A mapping of pairs `their=ours`, where `ours` is the name of a field, `body`, `id` or `meta.NAME`.
    ///
    /// # Errors
    /// A pair without `=` or without a name, an unknown field, two pairs for one field.
    pub fn new(pairs: &[String]) -> Result<Self> {
        let mut mapping = Self::default();
        for pair in pairs {
            let (theirs, ours) = pair
                .rsplit_once('=')
                .map(|(theirs, ours)| (theirs.trim(), ours.trim()))
                .filter(|(theirs, ours)| !theirs.is_empty() && !ours.is_empty())
                .ok_or_else(|| {
                    Error::new(ErrorKind::Usage, format!("`{pair}` maps no field"))
                        .hint("write the name in the file, `=` and ours, as in Text=body")
                })?;
            check_target(ours)?;
            if mapping
                .pairs
                .iter()
                .any(|(other, target)| other == theirs || target == ours)
            {
                return Err(
                    Error::new(ErrorKind::Usage, format!("`{pair}` maps a field for the second time")).hint("keep one"),
                );
            }
            mapping.pairs.push((theirs.to_owned(), ours.to_owned()));
        }
        Ok(mapping)
    }

    /// Whether the names of a first record, or the columns of a table, hold all that is mapped.
    ///
    /// # Errors
    /// In plain words, which name is not there, with those that are.
    pub fn check<'a>(&self, names: impl Iterator<Item = &'a str>) -> std::result::Result<(), String> {
        let names: Vec<&str> = names.collect();
        let missing = self.pairs.iter().find(|(theirs, _)| !names.contains(&theirs.as_str()));
        missing.map_or(Ok(()), |(theirs, ours)| {
            Err(format!(
                "has no field `{theirs}`, which --map {theirs}={ours} names; there are: {}",
                listed(&names)
            ))
        })
    }

    /// The name that a field of a file has with us; of a name that is not understood, itself.
    pub(crate) fn ours<'a>(&'a self, theirs: &'a str) -> &'a str {
        let mapped = self.pairs.iter().find(|(name, _)| name == theirs);
        mapped.map_or_else(|| usual(theirs).unwrap_or(theirs), |(_, ours)| ours)
    }

    /// An object with our names. What the user maps wins over a field of our name, and that over other names; a field that
    /// gives way keeps its name as further metadata.
    pub(crate) fn apply(&self, object: Map<String, Value>) -> Mapped {
        let mut fields: Vec<Renamed> = object
            .into_iter()
            .map(|(theirs, value)| self.rename(theirs, value))
            .collect();
        let has_date = |origin: Origin| {
            let mut dates = fields
                .iter()
                .filter(|field| field.ours == "date" && !is_empty(&field.value));
            dates.any(|field| field.origin == origin)
        };
        let chooses_date = has_date(Origin::Chosen);
        let guesses_date = !chooses_date && !has_date(Origin::Own);
        fields.sort_by_key(|field| field.origin);
        let mut mapped = Map::new();
        for field in fields {
            let is_taken = mapped.get(&field.ours).is_some_and(|value| !is_empty(value));
            if !is_taken {
                mapped.insert(field.ours, field.value);
            } else if !is_empty(&field.value) {
                mapped.insert(format!("meta.{}", field.theirs), field.value);
            }
        }
        Mapped {
            object: mapped,
            chooses_date,
            guesses_date,
        }
    }

    /// A field with our name; a list or an object takes a name of ours only where the user says so or it has it.
    fn rename(&self, theirs: String, value: Value) -> Renamed {
        let is_chosen = self.is_mapped(&theirs);
        let ours = if is_chosen || is_plain(&value) {
            self.ours(&theirs).to_owned()
        } else {
            theirs.clone()
        };
        let origin = match (is_chosen, ours == theirs) {
            (true, _) => Origin::Chosen,
            (false, true) => Origin::Own,
            (false, false) => Origin::Usual,
        };
        // The year of a table that a program has written is a number.
        let value = match value {
            Value::Number(number) if origin == Origin::Usual && ours == "date" => Value::String(number.to_string()),
            other => other,
        };
        Renamed {
            origin,
            ours,
            theirs,
            value,
        }
    }

    /// Whether the user says which field holds the text.
    pub(super) fn chooses_body(&self) -> bool {
        self.pairs.iter().any(|(_, ours)| ours == "body")
    }

    fn is_mapped(&self, theirs: &str) -> bool {
        self.pairs.iter().any(|(name, _)| name == theirs)
    }
}

/// The most names of fields that a message lists.
const MOST_LISTED: usize = 10;

/// Names of fields as a message lists them: the first of many, each cut where it is long.
pub(super) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    const LONGEST_NAME: usize = 60;
    let shown = |name: &S| -> String {
        let name = name.as_ref();
        match name.char_indices().nth(LONGEST_NAME) {
            Some((end, _)) => format!("{}…", &name[..end]),
            None => name.to_owned(),
        }
    };
    let first: Vec<String> = names.iter().take(MOST_LISTED).map(shown).collect();
    match names.len().saturating_sub(MOST_LISTED) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// Whether a field of this name usually holds the text.
pub(super) fn is_body_name(name: &str) -> bool {
    usual(name) == Some("body")
}

/// Whether a field of this name usually states what one speech is: its title, its day or its address.
pub(super) fn is_heading_name(name: &str) -> bool {
    matches!(usual(name), Some("title" | "date" | "url" | "id"))
}

/// Our name for a usual name of a field, in any letter case.
fn usual(theirs: &str) -> Option<&'static str> {
    let lower = theirs.trim().to_lowercase();
    let own = Field::ALL.iter().map(|field| field.name()).chain(["body", "id"]);
    own.into_iter().find(|name| *name == lower).or_else(|| {
        OTHER_NAMES
            .iter()
            .find(|(_, others)| others.contains(&lower.as_str()))
            .map(|(ours, _)| *ours)
    })
}

fn check_target(ours: &str) -> Result<()> {
    let is_meta = ours.strip_prefix("meta.").is_some_and(|name| !name.is_empty());
    if is_meta || matches!(ours, "body" | "id") || ours.parse::<Field>().is_ok() {
        return Ok(());
    }
    let names: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
    Err(
        Error::new(ErrorKind::Usage, format!("`{ours}` is not a field to map to"))
            .hint(format!("write body, id, meta.NAME or one of {}", names.join(", "))),
    )
}

/// Whether a value can be that of a field whose name was not chosen for us: lists and objects stay what they are.
fn is_plain(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Number(_))
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn mapped(pairs: &[&str], object: Value) -> Value {
        let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        let Value::Object(object) = object else {
            panic!("an object")
        };
        Value::Object(Mapping::new(&pairs).unwrap().apply(object).object)
    }

    #[test]
    fn usual_names_are_understood_in_any_letter_case() {
        let record = json!({"标题": "海港", "Speaker": "林海", "DATE": "2020-01-02", "Text": "今天", "Ordner": "7"});
        let expected = json!({"title": "海港", "speaker": "林海", "date": "2020-01-02", "body": "今天", "Ordner": "7"});
        assert_eq!(mapped(&[], record), expected);
    }

    #[test]
    fn what_the_user_maps_wins_and_nothing_is_lost() {
        let record = json!({"text": "a summary", "Rede": "the speech", "body": ""});
        let expected = json!({"body": "the speech", "meta.text": "a summary"});
        assert_eq!(mapped(&["Rede=body"], record), expected);
        assert_eq!(
            mapped(&["text=meta.summary"], json!({"text": "x"})),
            json!({"meta.summary": "x"})
        );
    }

    #[test]
    fn a_mapping_that_cannot_be_is_an_error_that_names_what_can() {
        for pair in ["Text", "=body", "Text=", "Text=nothing"] {
            assert!(Mapping::new(&[pair.to_owned()]).is_err(), "{pair}");
        }
        assert!(Mapping::new(&["A=title".to_owned(), "B=title".to_owned()]).is_err());
        let mapping = Mapping::new(&["Rede=body".to_owned()]).unwrap();
        let fault = mapping.check(["Datum", "Text"].into_iter()).unwrap_err();
        assert!(fault.contains("`Rede`") && fault.contains("Datum, Text"), "{fault}");
    }
}
