//! How stage directions are worded, in the languages of the corpus: the words that make a bracketed remark one, and the
//! words that may stand beside them.

use crate::text::is_han;

/// The longest stage direction whose words are all known, in characters between its brackets.
const LONGEST_CHARS: usize = 120;

/// The longest one in which an unknown word stands, and the longest in Han characters.
const LONGEST_OTHER_CHARS: usize = 24;

/// What a Chinese stage direction is made of; the bracket holds nothing else.
#[rustfmt::skip]
const HAN_PARTS: &[&str] = &[
    "掌声", "掌聲", "鼓掌", "笑声", "笑聲", "欢呼", "歡呼", "喝彩", "喝采", "叫好", "起立", "停顿", "停頓", "插话", "插話", "默哀",
    "全场", "全場", "现场", "現場", "会场", "會場", "场内", "場內", "台下", "臺下", "全体", "全體", "与会者", "與會者", "代表们", "代表們",
    "代表", "听众", "聽眾", "观众", "觀眾", "记者", "記者", "人群", "众人", "眾人", "热烈", "熱烈", "长时间", "長時間", "经久不息",
    "經久不息", "暴风雨般", "暴風雨般", "响起", "響起", "爆发出", "爆發出", "爆发", "爆發", "雷动", "雷動", "持续", "持續", "持久",
    "不断", "不斷", "阵阵", "陣陣", "一阵", "一陣", "再次", "通过", "通過", "哄堂", "众", "眾", "大", "笑", "的", "和", "并", "並",
    "、", "，", "。", "！", " ",
];

/// The words of which a Chinese stage direction has at least one.
#[rustfmt::skip]
const HAN_SIGNS: &[&str] = &[
    "掌声", "掌聲", "鼓掌", "笑", "欢呼", "歡呼", "起立", "喝彩", "喝采", "叫好", "停顿", "停頓", "插话", "插話", "默哀",
];

/// Words that make a bracketed remark in another script a stage direction.
#[rustfmt::skip]
const SIGNS: &[&str] = &[
    "applause", "laughter", "laughs", "chuckles", "cheers", "cheering", "ovation",
    "applaudissements", "rires", "sourires", "exclamations", "huées", "protestations",
    "аплодисменты", "смех", "овация", "овации",
    "aplausos", "aplauso", "risas", "applausi", "risos",
    "تصفيق", "ضحك", "هتافات",
];

/// Words that do so only where every other word is one of [`COMPANIONS`].
#[rustfmt::skip]
const WEAK_SIGNS: &[&str] = &[
    "pause", "inaudible", "crosstalk", "interruption", "interruptions", "murmurs", "booing",
    "murmures", "mouvements", "brouhaha", "inaudibles", "silence",
    "оживление", "шум", "возгласы", "пауза", "неразборчиво",
    "rumores", "protestas", "pausa", "interrupciones", "silencio",
    "همهمة", "صمت",
];

/// Words that may stand beside a sign.
#[rustfmt::skip]
const COMPANIONS: &[&str] = &[
    "a", "an", "and", "the", "of", "in", "on", "from", "by", "with", "all", "both", "some", "more", "then", "again", "loud", "long", "brief",
    "light", "great", "warm", "general", "hearty", "mixed", "prolonged", "sustained", "continued", "renewed", "scattered",
    "thunderous", "enthusiastic", "standing", "rising", "rise", "rises",
    "et", "de", "des", "du", "les", "la", "le", "sur", "dans", "à", "vifs", "vives", "longs", "nombreux", "nouveaux", "prolongés",
    "nourris", "plusieurs", "quelques", "divers", "tous", "mêmes", "bravos", "bravo",
    "и", "в", "с", "из", "на", "все", "всех", "бурные", "долго", "продолжительные", "несмолкающие", "громкие", "общий", "общие",
    "переходящие", "овацию", "встают",
    "y", "en", "los", "las", "el", "del", "grandes", "muchos", "muy", "bien", "fuertes", "prolongados", "generales", "varios", "puestos",
    "pie", "e",
    "حاد", "حار", "طويل", "متواصل", "من", "في",
];

/// Where those are who clap or laugh; a remark that names them after a sign may hold further words, such as the name of a group.
#[rustfmt::skip]
const PLACES: &[&str] = &[
    "house", "floor", "audience", "gallery", "galleries", "side", "sides", "benches", "members", "delegates", "hall", "room", "crowd",
    "bancs", "groupe", "groupes", "gauche", "droite", "centre", "tribunes", "salle",
    "зале", "зала", "места", "мест", "фракции", "фракций", "делегатов", "депутатов",
    "sala", "escaños", "bancadas", "bancos", "grupo", "grupos", "tribuna", "tribunas", "público", "diputados", "señorías",
    "القاعة", "الحضور", "الجمهور",
];

/// Whether what stands between two brackets is a stage direction.
pub(super) fn is_stage_direction(remark: &str) -> bool {
    let remark = remark.trim();
    if remark.chars().nth(LONGEST_CHARS).is_some() {
        return false;
    }
    let is_short = remark.chars().nth(LONGEST_OTHER_CHARS).is_none();
    if remark.chars().any(is_han) {
        return is_short && HAN_SIGNS.iter().any(|sign| remark.contains(sign)) && is_made_of_parts(remark);
    }
    let lower = remark.to_lowercase();
    let words: Vec<&str> = lower
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    is_all_known(&words) || is_short && stands_at_an_end(&words) || names_a_place(&words)
}

fn is_all_known(words: &[&str]) -> bool {
    let is_known = |word: &&str| is_sign(word) || is_companion(word) || PLACES.contains(word);
    let is_any_sign = |word: &&str| is_sign(word) || WEAK_SIGNS.contains(word);
    words.iter().any(is_any_sign) && words.iter().all(|word| is_any_sign(word) || is_known(word))
}

fn stands_at_an_end(words: &[&str]) -> bool {
    words.first().is_some_and(|word| is_sign(word)) || words.last().is_some_and(|word| is_sign(word))
}

/// Whether known words lead to a sign and a place follows it.
fn names_a_place(words: &[&str]) -> bool {
    let Some(sign) = words.iter().position(|word| is_sign(word)) else {
        return false;
    };
    words[..sign].iter().all(|word| is_companion(word)) && words[sign..].iter().any(|word| PLACES.contains(word))
}

fn is_sign(word: &str) -> bool {
    SIGNS.contains(&word)
}

fn is_companion(word: &str) -> bool {
    COMPANIONS.contains(&word)
}

/// Whether a remark is nothing but the parts of Chinese stage directions.
fn is_made_of_parts(remark: &str) -> bool {
    let mut rest = remark;
    while !rest.is_empty() {
        let Some(after) = HAN_PARTS.iter().find_map(|part| rest.strip_prefix(part)) else {
            return false;
        };
        rest = after;
    }
    true
}
