//! Lines that belong to the tools of a page and not to its text: sharing, printing, sizes of letters, tags, copyright.

/// The longest line of a tool, in characters.
const LONGEST: usize = 60;

/// How such lines begin, in lower case.
#[rustfmt::skip]
const STARTS: &[&str] = &[
    "share", "print", "tweet", "follow us", "tags:", "tags :", "tag:", "related", "read more", "see also", "read also",
    "more news", "previous", "next", "back to", "skip to", "font size", "download", "listen", "subscribe", "comments",
    "leave a", "advertisement", "loading", "email this", "search", "menu", "home", "you are here", "toggle", "cookie",
    "partager", "imprimer", "partagez", "compartir", "imprimir", "поделиться", "распечатать", "версия для печати",
    "главная", "طباعة", "مشاركة", "分享", "打印", "字号", "字體", "字体", "【字体", "【字号", "[字号", "[字体", "【打印", "[打印", "关闭",
    "關閉", "【关闭", "相关", "相關", "推荐", "推薦", "上一篇", "下一篇", "返回", "收藏", "点赞", "评论", "我要", "扫一扫", "责任编辑", "责编",
    "编辑：", "編輯", "更多", "热点", "微信", "微博", "主要内容", "内容简介", "视频简介", "简介", "当前位置", "您的位置", "首页", "纠错",
];

/// How a notice of copyright begins or what it holds, in lower case.
#[rustfmt::skip]
const NOTICES: &[&str] = &[
    "©", "copyright", "all rights reserved", "tous droits réservés", "todos los derechos reservados", "все права защищены",
    "版权所有", "版權所有", "免责声明", "icp备", "京公网安备", "last updated", "best viewed",
];

/// Whether a line is a notice of the page that no sentence of a speech is: of its copyright, its license, its last change.
pub(super) fn is_notice(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let has_year = bare.chars().take(40).any(|c| c.is_ascii_digit());
    let is_dated = ["copyright", "last updated", "版权所有", "版權所有"]
        .iter()
        .any(|start| bare.starts_with(start));
    let reserves = [
        "all rights reserved",
        "tous droits réservés",
        "todos los derechos reservados",
        "все права защищены",
    ];
    let is_short = text.chars().count() <= LONGEST * 4;
    is_short && (bare.starts_with('©') || (is_dated && has_year) || reserves.iter().any(|words| bare.contains(words)))
}

/// Whether a line is part of a tool or a notice of the page.
pub(super) fn is_widget(text: &str) -> bool {
    let length = text.chars().count();
    if length > LONGEST * 4 {
        return false;
    }
    let lower = text.to_lowercase();
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !"【[©".contains(c));
    let has_letters = text.chars().any(char::is_alphanumeric);
    let is_notice = NOTICES
        .iter()
        .any(|notice| bare.starts_with(notice) || (length <= LONGEST * 2 && bare.contains(notice)));
    !has_letters || is_notice || (length <= LONGEST && STARTS.iter().any(|start| begins_with_word(bare, start)))
}

/// Whether a text begins with a word, not only with its letters.
fn begins_with_word(text: &str, word: &str) -> bool {
    let Some(rest) = text.strip_prefix(word) else {
        return false;
    };
    let goes_on = rest
        .chars()
        .next()
        .is_some_and(|next| next.is_alphabetic() && next.is_ascii());
    !goes_on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_told_from_text() {
        for line in [
            "Share:",
            "Print this page",
            "【字体：大 中 小】",
            "© 2019 Ministry of Harbours",
            "* * *",
            "责任编辑：李明",
        ] {
            assert!(is_widget(line), "{line}");
        }
        for line in [
            "Shared prosperity is our aim.",
            "Nextdoor neighbours",
            "Geneva, 5 March 2019",
            "相互尊重",
        ] {
            assert!(!is_widget(line), "{line}");
        }
    }
}
