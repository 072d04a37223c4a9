//! What the interface says of concordances, timelines and first uses.

use super::Interface;
use super::translation::translated;
use super::{grouped, percent};

/// The texts of corpus analytics in one language.
pub(in super::super) struct Analytics {
    // The ways to look at what was found.
    pub(in super::super) views: &'static str,
    pub(in super::super) passages: &'static str,
    pub(in super::super) concordance: &'static str,
    pub(in super::super) concordance_brief: &'static str,
    pub(in super::super) timeline: &'static str,
    pub(in super::super) timeline_brief: &'static str,
    pub(in super::super) uses: &'static str,
    pub(in super::super) uses_brief: &'static str,
    pub(in super::super) stamp: &'static str,
    pub(in super::super) counted_versions: &'static str,
    pub(in super::super) every_version: &'static str,
    pub(in super::super) one_version: &'static str,

    // Concordance.
    pub(in super::super) concordance_lead: &'static str,
    pub(in super::super) lines: &'static str,
    pub(in super::super) sort_by: &'static str,
    pub(in super::super) left: &'static str,
    pub(in super::super) node: &'static str,
    pub(in super::super) right: &'static str,
    pub(in super::super) context: &'static str,
    pub(in super::super) characters_around: fn(usize) -> String,
    pub(in super::super) words_around: fn(usize) -> String,
    pub(in super::super) sentence: &'static str,
    pub(in super::super) sample: &'static str,
    pub(in super::super) all_lines: &'static str,
    pub(in super::super) sample_of: fn(u64) -> String,
    pub(in super::super) is_sample: fn(u64, u64, u64) -> String,
    pub(in super::super) draw_again: &'static str,
    pub(in super::super) beyond_window: fn(u64) -> String,

    // Timeline.
    pub(in super::super) timeline_lead: &'static str,
    pub(in super::super) query_number: fn(usize) -> String,
    pub(in super::super) another_query: &'static str,
    pub(in super::super) remove_query: &'static str,
    pub(in super::super) show: &'static str,
    pub(in super::super) period: &'static str,
    pub(in super::super) year: &'static str,
    pub(in super::super) quarter: &'static str,
    pub(in super::super) month: &'static str,
    pub(in super::super) shown_value: &'static str,
    pub(in super::super) rate: &'static str,
    pub(in super::super) share: &'static str,
    pub(in super::super) occurrences: &'static str,
    pub(in super::super) divided_by: &'static str,
    pub(in super::super) undivided: &'static str,
    pub(in super::super) rate_of: &'static str,
    pub(in super::super) characters: &'static str,
    pub(in super::super) words: &'static str,
    pub(in super::super) per_million: fn(&str) -> String,
    pub(in super::super) interval: &'static str,
    pub(in super::super) speeches_with: &'static str,
    pub(in super::super) of_text: &'static str,
    pub(in super::super) speeches: &'static str,
    pub(in super::super) no_text: &'static str,
    pub(in super::super) no_value: &'static str,
    pub(in super::super) unreliable: &'static str,
    pub(in super::super) in_numbers: &'static str,
    pub(in super::super) total: &'static str,
    pub(in super::super) undated: &'static str,
    pub(in super::super) read_passages: &'static str,
    pub(in super::super) more_values: fn(usize) -> String,

    // First and last uses.
    pub(in super::super) uses_lead: &'static str,
    pub(in super::super) first: &'static str,
    pub(in super::super) last: &'static str,
    pub(in super::super) never: &'static str,
    pub(in super::super) only_undated: &'static str,
    pub(in super::super) same_day: fn(u64) -> String,
    pub(in super::super) could_be_earlier: fn(u64) -> String,
    pub(in super::super) could_be_later: fn(u64) -> String,
    pub(in super::super) undated_speeches: fn(u64) -> String,
    pub(in super::super) and_others: fn(u64) -> String,
    pub(in super::super) by_value: &'static str,
    pub(in super::super) whole: &'static str,
    pub(in super::super) counts: fn(Option<u64>, u64) -> String,
    pub(in super::super) help: &'static str,
}

const ENGLISH: Analytics = Analytics {
    views: "Ways to look at it",
    passages: "Passages",
    concordance: "Concordance",
    concordance_brief: "every occurrence in its context",
    timeline: "Timeline",
    timeline_brief: "how often, year by year",
    uses: "First use",
    uses_brief: "when, by whom, in which sentence",
    stamp: "What this is an answer to:",
    counted_versions: "Versions of one speech",
    every_version: "count each",
    one_version: "count once",

    concordance_lead: "Every occurrence on a line of its own, with what stands before and behind it. Sort by what stands beside \
        it to see the company that it keeps.",
    lines: "Every occurrence in its context",
    sort_by: "sort by this",
    left: "Before",
    node: "Match",
    right: "Behind",
    context: "Context",
    characters_around: |count| format!("{count} characters"),
    words_around: |count| format!("{count} words"),
    sentence: "sentence",
    sample: "Lines",
    all_lines: "all",
    sample_of: |count| format!("a sample of {}", grouped(count)),
    is_sample: |size, of, seed| {
        format!(
            "{} of {} occurrences, drawn by chance with the seed {seed}.",
            grouped(size),
            grouped(of)
        )
    },
    draw_again: "Draw others",
    beyond_window: |most| {
        format!(
            "Pages end at line {}; a sample, a filter or another order shows others.",
            grouped(most)
        )
    },

    timeline_lead: "How often something was said, year by year, against how much was said at all. Several queries stand side by \
        side.",
    query_number: |number| format!("Query {number}"),
    another_query: "Another query beside it",
    remove_query: "remove this query",
    show: "Show",
    period: "Period",
    year: "years",
    quarter: "quarters",
    month: "months",
    shown_value: "Chart",
    rate: "rate",
    share: "share of speeches",
    occurrences: "occurrences",
    divided_by: "Divided by",
    undivided: "nothing",
    rate_of: "Rate per million",
    characters: "characters",
    words: "words",
    per_million: |what| format!("per million {what}"),
    interval: "95 % interval",
    speeches_with: "Speeches with it",
    of_text: "Text",
    speeches: "Speeches",
    no_text: "no text",
    no_value: "(none)",
    unreliable: "* fewer than 50,000 characters of text: the rate is not reliable",
    in_numbers: "The chart in numbers",
    total: "Total",
    undated: "undated, or too imprecisely dated",
    read_passages: "Read them: click, or press Enter",
    more_values: |count| format!("{} more values: the files below have them all.", grouped(count as u64)),

    uses_lead: "When something was said for the first time and for the last, by whom, in which sentence; and what could change \
        the answer.",
    first: "First",
    last: "Last",
    never: "Never said in what was searched.",
    only_undated: "Only speeches without a date have it.",
    same_day: |count| format!("On the same day also in {}: ", speeches(count)),
    could_be_earlier: |count| {
        format!(
            "Could be as early or earlier, for a date is imprecise: {}: ",
            speeches(count)
        )
    },
    could_be_later: |count| {
        format!(
            "Could be as late or later, for a date is imprecise: {}: ",
            speeches(count)
        )
    },
    undated_speeches: |count| format!("Without a date, so it could be any time: {}: ", speeches(count)),
    and_others: |count| format!("and {} more", grouped(count)),
    by_value: "For each",
    whole: "no division",
    counts: |occurrences, of| match occurrences {
        Some(1) => format!("1 occurrence in {}", speeches(of)),
        Some(occurrences) => format!("{} occurrences in {}", grouped(occurrences), speeches(of)),
        None => speeches(of),
    },
    help: "Beside the passages, every search can be looked at as a concordance, as a timeline and by its first use: there a keyword is \
        counted as its string, in other languages than Chinese with its inflected forms, and no other forms of a name are added \
        unless that is asked for.",
};

const CHINESE: Analytics = Analytics {
    views: "查看方式",
    passages: "段落",
    concordance: "语境",
    concordance_brief: "逐处列出，前后文对齐",
    timeline: "时间线",
    timeline_brief: "逐年次数与频率",
    uses: "首次使用",
    uses_brief: "何时、何人、哪一句",
    stamp: "本结果的依据：",
    counted_versions: "同一讲话的不同版本",
    every_version: "分别计数",
    one_version: "只计一次",

    concordance_lead: "每一处单列一行，前后文对齐。按前文或后文排序，就能看出它常与哪些词语搭配。",
    lines: "逐处列出，附前后文",
    sort_by: "按此排序",
    left: "前文",
    node: "检索词",
    right: "后文",
    context: "前后文",
    characters_around: |count| format!("{count} 字"),
    words_around: |count| format!("{count} 词"),
    sentence: "整句",
    sample: "列出",
    all_lines: "全部",
    sample_of: |count| format!("抽样 {} 处", grouped(count)),
    is_sample: |size, of, seed| {
        format!(
            "从 {} 处中随机抽取 {} 处，随机种子 {seed}。",
            grouped(of),
            grouped(size)
        )
    },
    draw_again: "另抽一次",
    beyond_window: |most| {
        format!(
            "翻页到第 {} 行为止；抽样、筛选或改变排序可以看到其余各行。",
            grouped(most)
        )
    },

    timeline_lead: "逐年查看某个提法说了多少次，并与当年的文本总量相比。可以并列几个检索式。",
    query_number: |number| format!("检索式 {number}"),
    another_query: "再加一个检索式",
    remove_query: "去掉此检索式",
    show: "显示",
    period: "时段",
    year: "年",
    quarter: "季度",
    month: "月",
    shown_value: "图中显示",
    rate: "频率",
    share: "讲话占比",
    occurrences: "次数",
    divided_by: "分列",
    undivided: "不分",
    rate_of: "每百万",
    characters: "字",
    words: "词",
    per_million: |what| format!("每百万{what}"),
    interval: "95% 区间",
    speeches_with: "含有的讲话",
    of_text: "文本",
    speeches: "讲话",
    no_text: "无文本",
    no_value: "（无）",
    unreliable: "* 文本不足五万字，频率不可靠",
    in_numbers: "图中数据",
    total: "合计",
    undated: "日期不详或不够精确",
    read_passages: "点击或按回车，阅读各处",
    more_values: |count| format!("另有 {} 项，见下载的文件。", grouped(count as u64)),

    uses_lead: "某个提法何时首次、何时最近一次使用，由谁所说，原句如何，以及哪些讲话可能改变这个答案。",
    first: "首次",
    last: "最近一次",
    never: "在所检索的讲话中没有使用过。",
    only_undated: "只见于日期不详的讲话。",
    same_day: |count| format!("同一天另有 {} 篇讲话使用：", grouped(count)),
    could_be_earlier: |count| format!("因日期不够精确，可能同样早或更早的有 {} 篇：", grouped(count)),
    could_be_later: |count| format!("因日期不够精确，可能同样晚或更晚的有 {} 篇：", grouped(count)),
    undated_speeches: |count| format!("日期不详、可能改变答案的有 {} 篇：", grouped(count)),
    and_others: |count| format!("等，另有 {} 篇", grouped(count)),
    by_value: "分列",
    whole: "不分",
    counts: |occurrences, of| match occurrences {
        Some(occurrences) => format!("{} 处，{} 篇讲话", grouped(occurrences), grouped(of)),
        None => format!("{} 篇讲话", grouped(of)),
    },
    help: "除了列出段落，每次检索还可以按语境、时间线和首次使用来查看：这时关键词按整个字串计数，其他语言的词连同其词形变化；\
        除非另选，不包括名称的其他写法。",
};

fn speeches(count: u64) -> String {
    format!("{} {}", grouped(count), if count == 1 { "speech" } else { "speeches" })
}

/// What the engine remarks on an answer, and the same for whoever reads the page in English and in Chinese.
const REMARKS: &[(&str, &str, &str)] = &[
    (
        "the keywords are counted each by itself; `{}` counts them as one string",
        "The keywords are counted each by itself; {} counts them as one string.",
        "各个关键词分别计数；输入 {} 则作为一个字串计数。",
    ),
    (
        "rates are per million characters of text in {}; `--language` asks for one",
        "The rates are per million characters of text in several languages, {}, which do not compare; a filter picks one.",
        "频率按每百万字计算，文本包括不同语言（{}），相互不可比；可按语言筛选。",
    ),
    (
        "rates are per million words of text in {}; `--language` asks for one",
        "The rates are per million words of text in several languages, {}, which do not compare; a filter picks one.",
        "频率按每百万词计算，文本包括不同语言（{}），相互不可比；可按语言筛选。",
    ),
    (
        "`{}` is a stop word and was left out; quote it to ask for it",
        "“{}” is a stop word and was left out; put it in quotation marks to ask for it.",
        "“{}”是虚词，未予检索；加上引号即可检索。",
    ),
    (
        "no speech has a field `{}`",
        "No speech has a field “{}”.",
        "没有讲话具有字段“{}”。",
    ),
    (
        "no speech has the value `{}` in `{}`",
        "No speech has “{}” as its “{}”.",
        "没有讲话以“{}”为“{}”。",
    ),
];

impl Interface {
    /// The texts of corpus analytics.
    pub(in super::super) fn analytics(self) -> &'static Analytics {
        self.of(&ENGLISH, &CHINESE)
    }

    /// A remark of the engine, for whoever reads the page; `None` where it can be said only as the engine says it.
    pub(in super::super) fn remark(self, said: &str) -> Option<String> {
        (REMARKS.iter()).find_map(|(pattern, english, chinese)| translated(said, pattern, self.of(*english, *chinese)))
    }
}

/// A number with its digits in groups of three.
pub(in super::super) fn number(number: u64) -> String {
    grouped(number)
}

/// A share as a percentage: one below one percent with two digits, so that it is not nothing.
pub(in super::super) fn share(share: f64) -> String {
    match share {
        0.0 => percent(share),
        small if small < 0.0001 => "< 0.01%".to_owned(),
        small if small < 0.1 => format!("{:.2}%", small * 100.0),
        large => format!("{:.1}%", large * 100.0),
    }
}

/// A rate, with as many digits behind the point as tell something.
pub(in super::super) fn rate(rate: f64) -> String {
    match rate {
        0.0 => "0".to_owned(),
        rate if rate < 0.01 => "< 0.01".to_owned(),
        rate if rate < 10.0 => format!("{rate:.2}"),
        rate if rate < 100.0 => format!("{rate:.1}"),
        rate => grouped(rate.round() as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_small_figure_becomes_nothing() {
        assert_eq!(
            [0.0, 0.001, 3.1372, 42.42, 12_345.6].map(rate),
            ["0", "< 0.01", "3.14", "42.4", "12,346"]
        );
        assert_eq!(
            [0.0, 0.00001, 0.0123, 0.5, 1.0].map(share),
            ["0%", "< 0.01%", "1.23%", "50.0%", "100.0%"]
        );
    }

    #[test]
    fn a_remark_keeps_what_it_names() {
        let said = "the keywords are counted each by itself; `\"a b\"` counts them as one string";
        let chinese = Interface::Chinese.remark(said);
        assert_eq!(
            chinese.as_deref(),
            Some("各个关键词分别计数；输入 \"a b\" 则作为一个字串计数。")
        );
        assert_eq!(Interface::English.remark("something new"), None);
    }
}
