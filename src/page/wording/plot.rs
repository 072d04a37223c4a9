//! What stands in a chart, in each language of the interface.

use super::Interface;
use crate::render::plot::PlotWords;

const CHINESE: PlotWords = PlotWords {
    by_year: "{value}（按年）",
    by_quarter: "{value}（按季度）",
    by_month: "{value}（按月）",
    per_million_characters: "每百万字出现次数",
    per_million_words: "每百万词出现次数",
    share_of_speeches: "含有检索词的讲话占比",
    occurrences: "出现次数",
    interval: "95% 区间",
    no_text: "无文本",
    unreliable: "空心：不足五万字",
    none: "（无）",
    nothing: "没有注明日期的文本",
    point: "{bin}，{query}：每百万 {rate} 次（95% 区间 {low} 至 {high}）；共 {occurrences} 次；{of_speeches} 篇讲话中的 {speeches} 篇（{share}）",
    point_of_speeches: "{bin}，{query}：{of_speeches} 篇讲话中的 {speeches} 篇（{share}）",
    of: "共 {speeches} 篇讲话，{characters} 字，{words} 词",
    undated: "日期不详或不够精确：{query} {count} 次",
    panels_left_out: "另有 {count} 项未画出，见 CSV 和 JSON",
    languages: "比率按 {languages} 各语言文本合计",
    cut: "超出图的空心点或区间在顶端截断",
    versions_once: "同一讲话的不同版本只计一次",
};

impl Interface {
    /// The words of a chart.
    pub(in super::super) fn plot(self) -> &'static PlotWords {
        self.of(&PlotWords::ENGLISH, &CHINESE)
    }
}
