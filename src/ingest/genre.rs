//! Kinds of speech: which label a word in a title stands for.
//!
//! The labels are few so that filters work across languages; the word itself stays in the title.

/// The words of Chinese titles, the longer before the shorter that they end in.
const CHINESE: &[(&str, &str)] = &[
    ("主旨演讲", "keynote"),
    ("主旨发言", "keynote"),
    ("主旨讲话", "keynote"),
    ("主旨致辞", "keynote"),
    ("基调演讲", "keynote"),
    ("祝酒辞", "toast"),
    ("祝酒词", "toast"),
    ("署名文章", "article"),
    ("贺信", "letter"),
    ("回信", "letter"),
    ("致信", "letter"),
    ("公开信", "letter"),
    ("答记者问", "press-conference"),
    ("回答记者提问", "press-conference"),
    ("记者招待会", "press-conference"),
    ("记者会", "press-conference"),
    ("新闻发布会", "press-conference"),
    ("专访", "interview"),
    ("访谈", "interview"),
    ("采访", "interview"),
    ("工作报告", "report"),
    ("报告", "report"),
    ("发言", "statement"),
    ("声明", "statement"),
    ("立场文件", "statement"),
    ("文件", "statement"),
    ("讲话", "speech"),
    ("演讲", "speech"),
    ("演说", "speech"),
    ("致辞", "speech"),
    ("致词", "speech"),
    ("开幕辞", "speech"),
    ("开幕词", "speech"),
    ("闭幕辞", "speech"),
    ("闭幕词", "speech"),
    ("贺词", "speech"),
    ("贺辞", "speech"),
    ("献词", "speech"),
    ("说明", "speech"),
    ("寄语", "speech"),
];

/// The words with which Western and Arabic titles begin, in lower case.
const WESTERN: &[(&str, &str)] = &[
    ("keynote", "keynote"),
    ("statement", "statement"),
    ("déclaration", "statement"),
    ("declaration", "statement"),
    ("declaración", "statement"),
    ("declaracion", "statement"),
    ("intervention", "statement"),
    ("intervención", "statement"),
    ("intervencion", "statement"),
    ("intervento", "statement"),
    ("intervenção", "statement"),
    ("заявление", "statement"),
    ("بيان", "statement"),
    ("stellungnahme", "statement"),
    ("discours", "speech"),
    ("discurso", "speech"),
    ("discorso", "speech"),
    ("allocution", "speech"),
    ("alocución", "speech"),
    ("palabras", "speech"),
    ("mensaje", "speech"),
    ("message", "speech"),
    ("address", "speech"),
    ("remarks", "speech"),
    ("speech", "speech"),
    ("выступление", "speech"),
    ("речь", "speech"),
    ("обращение", "speech"),
    ("كلمة", "speech"),
    ("خطاب", "speech"),
    ("rede", "speech"),
    ("ansprache", "speech"),
    ("pronunciamento", "speech"),
    ("toast", "toast"),
    ("тост", "toast"),
    ("brindis", "toast"),
    ("interview", "interview"),
    ("интервью", "interview"),
    ("entrevista", "interview"),
    ("letter", "letter"),
    ("lettre", "letter"),
    ("carta", "letter"),
    ("письмо", "letter"),
];

/// The label and the word that a Chinese title or subtitle ends in.
pub fn at_end_of_chinese(title: &str) -> Option<(&'static str, &'static str)> {
    if title.starts_with("专访") {
        return Some(("专访", "interview"));
    }
    let bare = title.trim_end_matches(|character: char| "）)。！》”".contains(character) || character.is_whitespace());
    CHINESE.iter().find(|(word, _)| bare.ends_with(word)).copied()
}

/// The label and the word that a Chinese sentence names last.
pub fn in_chinese(sentence: &str) -> Option<(&'static str, &'static str)> {
    CHINESE
        .iter()
        .filter_map(|pair| Some((sentence.rfind(pair.0)? + pair.0.len(), *pair)))
        .max_by_key(|(end, pair)| (*end, pair.0.len()))
        .map(|(_, pair)| pair)
}

/// The label that a word stands for in a Western or Arabic title.
pub fn of_western(word: &str) -> Option<&'static str> {
    let lower = word
        .trim_matches(|character: char| !character.is_alphabetic())
        .to_lowercase();
    WESTERN
        .iter()
        .find(|(known, _)| *known == lower)
        .map(|(_, label)| *label)
}

/// The label that the first words of a title stand for, where it takes more than one word.
pub fn of_western_words(line: &str) -> Option<&'static str> {
    const PHRASES: &[(&str, &str)] = &[
        ("press conference", "press-conference"),
        ("joint press", "press-conference"),
        ("press remarks", "press-conference"),
        ("press briefing", "press-conference"),
        ("press call", "press-conference"),
        ("press gaggle", "press-conference"),
        ("background press", "press-conference"),
        ("conférence de presse", "press-conference"),
        ("point de presse", "press-conference"),
        ("conferencia de prensa", "press-conference"),
        ("rueda de prensa", "press-conference"),
        ("пресс-конференция", "press-conference"),
        ("مؤتمر صحفي", "press-conference"),
        ("press release", "news"),
        ("communiqué de presse", "news"),
        ("comunicado de prensa", "news"),
    ];
    let lower = line.to_lowercase();
    PHRASES
        .iter()
        .find(|(phrase, _)| lower.starts_with(phrase))
        .map(|(_, label)| *label)
}
