//! The names of fields, languages and kinds of speeches in each language of the interface.

use super::Interface;

/// Fields, by their names in addresses.
const FIELDS: &[(&str, &str, &str)] = &[
    ("title", "Title", "标题"),
    ("subtitle", "Subtitle", "副标题"),
    ("speaker", "Speaker", "讲话人"),
    ("role", "Role", "职务"),
    ("country", "Country", "国家"),
    ("organization", "Organization", "机构"),
    ("date", "Date", "日期"),
    ("year", "Year", "年份"),
    ("published", "Published", "发布"),
    ("place", "Place", "地点"),
    ("event", "Event", "活动"),
    ("genre", "Kind", "体裁"),
    ("agency", "Agency", "通讯社"),
    ("language", "Language", "语言"),
    ("source", "Source", "来源"),
    ("url", "Address", "网址"),
    ("collection", "Collection", "文集"),
    ("encoding", "Encoding", "编码"),
    ("from", "from", "自"),
    ("to", "to", "至"),
    ("where", "Field", "字段"),
];

/// Languages, by their primary subtags, and two scripts of one.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("zh", "Chinese", "中文"),
    ("zh-Hans", "Chinese (simplified)", "中文（简体）"),
    ("zh-Hant", "Chinese (traditional)", "中文（繁体）"),
    ("en", "English", "英语"),
    ("fr", "French", "法语"),
    ("ru", "Russian", "俄语"),
    ("es", "Spanish", "西班牙语"),
    ("ar", "Arabic", "阿拉伯语"),
    ("de", "German", "德语"),
    ("fa", "Persian", "波斯语"),
    ("he", "Hebrew", "希伯来语"),
    ("hi", "Hindi", "印地语"),
    ("id", "Indonesian", "印尼语"),
    ("it", "Italian", "意大利语"),
    ("ja", "Japanese", "日语"),
    ("kk", "Kazakh", "哈萨克语"),
    ("km", "Khmer", "高棉语"),
    ("ko", "Korean", "韩语"),
    ("ky", "Kyrgyz", "吉尔吉斯语"),
    ("lo", "Lao", "老挝语"),
    ("mn", "Mongolian", "蒙古语"),
    ("my", "Burmese", "缅甸语"),
    ("pt", "Portuguese", "葡萄牙语"),
    ("sw", "Swahili", "斯瓦希里语"),
    ("tg", "Tajik", "塔吉克语"),
    ("th", "Thai", "泰语"),
    ("tr", "Turkish", "土耳其语"),
    ("uk", "Ukrainian", "乌克兰语"),
    ("ur", "Urdu", "乌尔都语"),
    ("uz", "Uzbek", "乌兹别克语"),
    ("vi", "Vietnamese", "越南语"),
];

/// Kinds of speeches.
const GENRES: &[(&str, &str, &str)] = &[
    ("keynote", "keynote", "主旨讲话"),
    ("speech", "speech", "讲话"),
    ("statement", "statement", "声明"),
    ("toast", "toast", "祝酒辞"),
    ("article", "article", "署名文章"),
    ("letter", "letter", "信函"),
    ("press-conference", "press conference", "记者会"),
    ("interview", "interview", "访谈"),
    ("news", "news", "新闻"),
    ("report", "report", "报告"),
];

impl Interface {
    /// The name of a field.
    pub(in super::super) fn field(self, name: &str) -> String {
        self.term(FIELDS, name).map_or_else(|| name.to_owned(), str::to_owned)
    }

    /// The name of a language by its tag; the tag of a variant stands behind the name.
    pub(in super::super) fn language_name(self, tag: &str) -> String {
        if let Some(name) = self.term(LANGUAGES, tag) {
            return name.to_owned();
        }
        let primary = tag.split('-').next().unwrap_or_default();
        let name = self.term(LANGUAGES, primary);
        name.map_or_else(|| tag.to_owned(), |name| format!("{name} ({tag})"))
    }

    /// The name of a kind of speech.
    pub(in super::super) fn genre(self, name: &str) -> String {
        self.term(GENRES, name).map_or_else(|| name.to_owned(), str::to_owned)
    }

    /// The kinds of speeches that are known, each with its name.
    pub(in super::super) fn genres(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        GENRES
            .iter()
            .map(move |(code, english, chinese)| (*code, self.of(*english, *chinese)))
    }

    fn term(self, terms: &[(&str, &'static str, &'static str)], name: &str) -> Option<&'static str> {
        let (_, english, chinese) = terms.iter().find(|(known, _, _)| *known == name)?;
        Some(self.of(*english, *chinese))
    }
}
