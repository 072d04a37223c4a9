//! What the page says of each kind of fault: what is wrong, and what to do next.

use super::super::fault::FaultKind;
use super::Interface;

/// The headline of a fault, and the advice; a link stands behind the advice.
pub(in super::super) struct FaultText {
    pub(in super::super) headline: &'static str,
    pub(in super::super) advice: &'static str,
}

impl Interface {
    /// What is said of a kind of fault.
    pub(in super::super) fn fault(self, kind: FaultKind) -> FaultText {
        let (headline, advice) = match self {
            Self::English => english(kind),
            Self::Chinese => chinese(kind),
        };
        FaultText { headline, advice }
    }
}

fn english(kind: FaultKind) -> (&'static str, &'static str) {
    match kind {
        FaultKind::Query => (
            "The query cannot be read",
            "Nothing was searched for. Put the query right above, or see",
        ),
        FaultKind::LongQuery => (
            "The query is too long",
            "Nothing was searched for. Shorten the query above, or see",
        ),
        FaultKind::Dates => (
            "The dates cannot be understood",
            "Write a year, a month or a day: 2013, 2013-05 or 2013-05-17, the earlier date first. See",
        ),
        FaultKind::Window => (
            "This page lies too far behind the first hit",
            "Narrow the search down, or download the answer. See",
        ),
        FaultKind::Address => ("The address cannot be understood", "See"),
        FaultKind::Speech => ("There is no such speech", "All that there are stand in the list:"),
        FaultKind::Paragraph => ("The speech has no such paragraph", "Read the whole:"),
        FaultKind::Nothing => ("There is nothing here", "Search for it above, or see"),
        FaultKind::Busy => (
            "The answer takes too long just now",
            "Ask again in a moment, or ask for less. See",
        ),
        FaultKind::Server => ("The server failed", "Its log says why. See"),
    }
}

fn chinese(kind: FaultKind) -> (&'static str, &'static str) {
    match kind {
        FaultKind::Query => ("检索式有误", "没有进行检索。请在上面改正，或参看"),
        FaultKind::LongQuery => ("检索式太长", "没有进行检索。请在上面缩短，或参看"),
        FaultKind::Dates => (
            "日期有误",
            "请写年、月或日，如 2013、2013-05 或 2013年5月17日，较早的在前。参看",
        ),
        FaultKind::Window => ("这一页离第一条结果太远", "请缩小检索范围，或下载结果。参看"),
        FaultKind::Address => ("网址有误", "请参看"),
        FaultKind::Speech => ("找不到这篇讲话", "所有讲话都列在"),
        FaultKind::Paragraph => ("这篇讲话没有这一段", "请看全文："),
        FaultKind::Nothing => ("这里什么也没有", "请在上面检索，或参看"),
        FaultKind::Busy => ("此刻无法及时答复", "请稍后再试，或缩小范围。参看"),
        FaultKind::Server => ("服务器出错", "原因见服务器日志。参看"),
    }
}
