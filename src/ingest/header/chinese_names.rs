//! Persons in Chinese headers: a name with or without an office, on a line of its own or inside a title.
//!
//! A name is told by its surname, so that a title or a place is not taken for a person.

use crate::text::is_han;

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文习俞温华邢栗耿乌宁阮艾尚欧焦柴骆芮牛樊严齐庞聂庄翟殷施洪章倪翁路池岳左季安鲁葛柳毕裘费岑裴童凌霍盛柯祝舒涂関關項项管卫佟丛卓蓝晋谷楚冀宗苗甘刁申桂辛屠祁闫尤封阳商靳束戚张";
const COMPOUND_SURNAMES: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "东方", "尉迟", "公孙", "令狐", "慕容", "司徒",
];

/// The words in which an office ends.
const OFFICES: &[&str] = &[
    "主席",
    "总书记",
    "总理",
    "委员",
    "部长",
    "外长",
    "大臣",
    "大使",
    "代表",
    "特使",
    "总统",
    "首相",
    "国王",
    "秘书长",
    "主任",
    "议长",
    "委员长",
    "院长",
    "校长",
    "司长",
    "局长",
    "书记",
    "省长",
    "市长",
    "州长",
    "行长",
    "会长",
    "发言人",
    "署长",
    "专员",
    "总干事",
    "总裁",
    "理事长",
    "参赞",
    "公使",
    "司令",
    "团长",
    "组长",
    "议员",
    "常委",
    "副主席",
    "行政长官",
    "负责人",
    "酋长",
    "埃米尔",
    "苏丹",
];

/// A person as a header names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// The name.
    pub(crate) name: String,
    /// The office, as written.
    pub(crate) role: Option<String>,
}

/// Words that begin with a surname and name a kind of text.
const KINDS_OF_TEXT: &[&str] = &[
    "贺信",
    "贺电",
    "贺词",
    "贺辞",
    "祝词",
    "祝辞",
    "祝酒词",
    "祝酒辞",
    "宣言",
    "公报",
    "通知",
    "通告",
    "全文",
    "时评",
];

/// Whether a text is a Chinese personal name.
pub(crate) fn is_name(text: &str) -> bool {
    let length = text.chars().count();
    let Some(first) = text.chars().next() else {
        return false;
    };
    let han_only = text.chars().all(is_han);
    let ordinary = SURNAMES.contains(first) && (2..=3).contains(&length);
    let compound = COMPOUND_SURNAMES.iter().any(|surname| text.starts_with(surname)) && (3..=4).contains(&length);
    let is_kind_of_text = KINDS_OF_TEXT.contains(&text);
    han_only
        && (ordinary || compound)
        && !is_kind_of_text
        && !ends_in_office(text)
        && !text.ends_with(['们', '会', '上', '国', '副'])
}

/// Whether a text ends in an office.
pub(crate) fn ends_in_office(text: &str) -> bool {
    OFFICES.iter().any(|office| text.ends_with(office))
}

/// The office in which a text ends, the longest that is known.
pub(super) fn office_at_end(text: &str) -> Option<&str> {
    let known = OFFICES.iter().filter(|office| text.ends_with(*office));
    known
        .max_by_key(|office| office.len())
        .map(|office| &text[text.len() - office.len()..])
}

/// The office with which a text begins, the longest that is known.
pub(super) fn office_at_start(text: &str) -> Option<&str> {
    let known = OFFICES.iter().filter(|office| text.starts_with(*office));
    known
        .max_by_key(|office| office.len())
        .map(|office| &text[..office.len()])
}

/// The person that a line names, if it names one and nothing else: `习近平`, `李　强`, `外交部长 王毅`.
pub(crate) fn byline(line: &str) -> Option<Person> {
    let line = line.trim_matches(|character: char| character.is_whitespace() || "（()）".contains(character));
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.is_empty() || line.chars().count() > 60 || line.contains(|mark: char| "，。：；！？《》——".contains(mark))
    {
        return None;
    }
    let joined: String = words.concat();
    if is_name(&joined) {
        return Some(Person {
            name: joined,
            role: None,
        });
    }
    with_office(&words).or_else(|| (words.len() == 1).then(|| office_and_name(line)).flatten())
}

/// An office, then white space, then the name, which may itself be spaced (`李　强`) or foreign.
fn with_office(words: &[&str]) -> Option<Person> {
    for split in 1..words.len() {
        let (role, name) = (words[..split].join(" "), words[split..].concat());
        let is_foreign =
            name.chars().all(|c| is_han(c) || "·•・".contains(c)) && (2..=20).contains(&name.chars().count());
        let is_person = is_name(&name) || (is_foreign && !ends_in_office(&name) && split + 1 == words.len());
        if ends_in_office(&role) && is_person {
            return Some(Person { name, role: Some(role) });
        }
    }
    None
}

/// An office with the name joined to it: `外交部长王毅`.
fn office_and_name(line: &str) -> Option<Person> {
    let starts = line.char_indices().map(|(start, _)| start).skip(2);
    starts
        .filter(|start| ends_in_office(&line[..*start]) && is_name(&line[*start..]))
        .last()
        .map(|start| Person {
            name: line[start..].to_owned(),
            role: Some(line[..start].to_owned()),
        })
}

/// Whether a line is an office alone, to which the next line gives the name.
pub(super) fn is_office_line(line: &str) -> bool {
    let length = line.chars().count();
    (2..=40).contains(&length) && ends_in_office(line) && line.chars().all(|c| is_han(c) || "、 　（）".contains(c))
}

/// The person at the start of a title: `习近平：`, `习近平在`, `习近平主席在`, `国家主席习近平发表`, `王毅外长出席`.
pub(super) fn at_start(title: &str) -> Option<(Person, &str)> {
    let role_ends: Vec<usize> = title
        .char_indices()
        .map(|(at, _)| at)
        .take(24)
        .filter(|at| *at == 0 || ends_in_office(&title[..*at]))
        .collect();
    role_ends.into_iter().rev().find_map(|start| {
        let (name, rest) = name_prefix(&title[start..])?;
        let role = (start > 0).then(|| title[..start].to_owned());
        let is_plain = title[..start].chars().all(|c| is_han(c) || c == '、');
        is_plain.then(|| {
            (
                Person {
                    name: name.to_owned(),
                    role,
                },
                rest,
            )
        })
    })
}

/// A name at the start of a text and what follows, when that shows that the name ends there.
fn name_prefix(text: &str) -> Option<(&str, &str)> {
    if let Some(found) = foreign_name_prefix(text) {
        return Some(found);
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(2).take(3).collect();
    ends.into_iter().rev().find_map(|end| {
        let (name, rest) = text.split_at(end);
        let office = OFFICES
            .iter()
            .find(|office| rest.starts_with(*office))
            .map_or(0, |office| office.len());
        (is_name(name) && follows_a_name(&rest[office..])).then(|| (name, &rest[office..]))
    })
}

/// `米兰·奥斯特` before `的`, `在`, `关于` …: a name with a dot inside.
fn foreign_name_prefix(text: &str) -> Option<(&str, &str)> {
    let end = [
        "的", "在", "关于", "发表", "举行", "出席", "于", "对", "就", "向", "：", ":",
    ]
    .iter()
    .filter_map(|stop| text.find(stop))
    .min()?;
    let (name, rest) = text.split_at(end);
    let has_dot = name.chars().skip(1).any(|c| "·•・".contains(c));
    let is_plain = name.chars().all(|c| is_han(c) || "·•・".contains(c)) && name.chars().count() <= 20;
    (has_dot && is_plain && !OFFICES.iter().any(|office| name.contains(office))).then_some((name, rest))
}

fn follows_a_name(rest: &str) -> bool {
    const VERBS: &[&str] = &[
        "在", "发表", "举行", "出席", "向", "同", "致", "就", "会见", "主持", "对", "和", "与", "通过", "以", "接受",
        "为", "：", ":", "的", "《", "“", "并", "视频", "应邀", "题为", "撰", "谈", "答", "回信", "当", "今", "日前",
        "，",
    ];
    let starts_with_day =
        rest.starts_with(|character: char| character.is_ascii_digit() || ('０'..='９').contains(&character));
    starts_with_day || VERBS.iter().any(|verb| rest.starts_with(verb))
}

/// The person with an office whom a news sentence names first, and what follows the name.
pub(super) fn in_sentence(sentence: &str) -> Option<(Person, &str)> {
    let starts: Vec<usize> = sentence.char_indices().map(|(at, _)| at).collect();
    starts
        .into_iter()
        .filter(|at| ends_in_office(&sentence[..*at]))
        .find_map(|at| {
            let (name, rest) = name_prefix(&sentence[at..])?;
            let role = sentence[..at]
                .rsplit(|c: char| !is_han(c) && c != '、')
                .next()
                .unwrap_or_default();
            let role = ["这是", "图为", "日电"]
                .iter()
                .fold(role, |role, lead| role.strip_prefix(lead).unwrap_or(role));
            Some((
                Person {
                    name: name.to_owned(),
                    role: Some(role.to_owned()).filter(|role| !role.is_empty()),
                },
                rest,
            ))
        })
}

/// The state that an office names, as written: `中华人民共和国` of `中华人民共和国主席`.
pub(super) fn country_of(role: &str) -> Option<&str> {
    const KINDS: &[&str] = &[
        "人民共和国",
        "共和国",
        "合众国",
        "联合王国",
        "王国",
        "公国",
        "酋长国",
        "联邦",
    ];
    let ends = KINDS
        .iter()
        .filter_map(|kind| role.find(kind).map(|at| at + kind.len()));
    if let Some(end) = ends.min() {
        return Some(&role[..end]).filter(|country| country.chars().all(is_han));
    }
    const BODIES: &[&str] = &[
        "外交部",
        "外长",
        "国务",
        "政府",
        "常驻",
        "国家主席",
        "驻",
        "总理",
        "国防",
    ];
    let rest = role.strip_prefix("中国")?;
    BODIES.iter().any(|body| rest.starts_with(body)).then_some("中国")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_is_a_name_with_or_without_an_office() {
        for (line, role, name) in [
            ("习近平", None, "习近平"),
            ("李　强", None, "李强"),
            ("中华人民共和国主席　 习近平", Some("中华人民共和国主席"), "习近平"),
            ("国务院总理　李　强", Some("国务院总理"), "李强"),
            ("外交部长王毅", Some("外交部长"), "王毅"),
            (
                "联合国秘书长 安东尼奥·古特雷斯",
                Some("联合国秘书长"),
                "安东尼奥·古特雷斯",
            ),
        ] {
            let person = byline(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((person.role.as_deref(), person.name.as_str()), (role, name), "{line}");
        }
        for line in [
            "同志们",
            "共同发展",
            "弘扬人民友谊 共创美好未来",
            "国务院总理",
            "各位代表：",
            "北京",
            "",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }

    #[test]
    fn a_title_or_a_sentence_names_a_person() {
        for (title, name) in [
            ("习近平：共同创造未来", Some("习近平")),
            ("习近平主席在论坛上的讲话", Some("习近平")),
            ("国家主席习近平发表新年贺词", Some("习近平")),
            ("王毅在大会上的发言", Some("王毅")),
            ("在大会上的讲话", None),
            ("高质量发展的道路", None),
            ("关于决定的说明", None),
        ] {
            assert_eq!(
                at_start(title).map(|(person, _)| person.name).as_deref(),
                name,
                "{title}"
            );
        }
        let (person, rest) = in_sentence("11月8日，中共中央总书记、国家主席习近平在北京出席大会。").unwrap();
        assert_eq!(person.role.as_deref(), Some("中共中央总书记、国家主席"));
        assert!(rest.starts_with("在北京"));
    }

    #[test]
    fn a_country_is_what_the_office_says() {
        assert_eq!(country_of("中华人民共和国主席"), Some("中华人民共和国"));
        assert_eq!(country_of("哈萨克斯坦共和国总统"), Some("哈萨克斯坦共和国"));
        assert_eq!(country_of("国家主席"), None);
        assert_eq!(country_of("中国共产党中央委员会总书记"), None);
    }
}
