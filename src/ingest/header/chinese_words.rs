//! The words by which the lines of Chinese releases are told: labels of portals, beginnings of an address.
//!
//! They are lists and nothing else; traditional text is read as simplified before they are looked up.

/// Labels of the line that says when and from where a text was put online.
#[rustfmt::skip]
pub(super) const SOURCE_LABELS: &[&str] = &[
    "来源：", "来源:", "来源 ：", "来源 :", "发表时间", "发布时间", "更新时间", "发稿时间", "发布日期",
];

/// Beginnings of lines that a portal puts around a text.
#[rustfmt::skip]
pub(super) const PORTAL_STARTS: &[&str] = &[
    "原标题", "视频：", "视频:", "责任编辑", "责编", "（责编", "(责编", "（责任编辑", "(责任编辑", "[责任编辑", "【责任编辑", "编辑：", "（编辑", "字号", "字体",
    "分享到", "打印", "相关新闻", "相关阅读", "延伸阅读", "当前位置", "首页", "您的位置", "手机看新闻", "扫一扫", "点击", "【纠错", "【打印", "【字体", "【关闭",
    "作者：", "摄影：", "图片来源", "关键词", "标签：", "我要评论", "阅读：", "浏览", "（完）", "(完)", "索引号", "主题分类", "微信", "版权",
];

/// Beginnings of an address to the audience.
#[rustfmt::skip]
pub(super) const ADDRESS_STARTS: &[&str] = &[
    "尊敬的", "敬爱的", "亲爱的", "各位", "女士们", "先生们", "同志们", "朋友们", "同胞们", "老师们", "同学们", "同事们", "代表们", "来宾们", "主席先生", "主席女士",
    "主席阁下", "议长先生", "议长女士", "秘书长先生", "秘书长阁下", "诸位", "全国同胞", "全体", "青年朋友", "海外侨胞", "主席同志", "会长先生", "媒体朋友", "记者朋友",
    "总统先生", "总统阁下", "尊敬",
];

/// Words of which an address that begins with a name holds one.
#[rustfmt::skip]
pub(super) const ADDRESS_WORDS: &[&str] = &[
    "先生", "女士", "阁下", "殿下", "陛下", "同事", "同志", "朋友", "们", "代表", "嘉宾", "来宾", "侨胞", "同胞",
];
