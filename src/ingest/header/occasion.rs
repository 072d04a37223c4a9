//! Occasions in Chinese titles and news sentences: `在…上的讲话` taken apart into event, venue and kind.

use crate::ingest::genre;

/// What a title of the form `在…上的讲话` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Occasion {
    /// The event.
    pub(super) event: Option<String>,
    /// The institution where it was said.
    pub(super) venue: Option<String>,
}

const EVENT_ENDS: &[&str] = &[
    "会",
    "论坛",
    "仪式",
    "活动",
    "典礼",
    "峰会",
    "会晤",
    "会议",
    "晚宴",
    "宴会",
    "对话",
    "开幕式",
    "闭幕式",
    "学习",
    "辩论",
    "年会",
    "盛典",
];
const VENUE_ENDS: &[&str] = &[
    "大学",
    "学院",
    "学校",
    "中学",
    "议会",
    "大呼拉尔",
    "国会",
    "总部",
    "研究所",
    "中心",
    "俱乐部",
    "参议院",
    "众议院",
    "议院",
    "图书馆",
    "博物馆",
    "基金会",
    "智库",
    "协会",
];

/// Whether a phrase ends as the name of an occasion does.
pub(super) fn is_event(phrase: &str) -> bool {
    EVENT_ENDS.iter().any(|end| phrase.ends_with(end)) && !VENUE_ENDS.iter().any(|end| phrase.ends_with(end))
}

/// Takes a title or subtitle apart; absent unless it is of that form. A person before `在` is passed over by the caller.
pub(super) fn of_title(title: &str) -> Option<Occasion> {
    let rest = title.trim().strip_prefix('在')?;
    let (word, _) = genre::at_end_of_chinese(rest)?;
    let body = rest[..rest.rfind(word)?].trim_end();
    let body = body.strip_suffix('的').unwrap_or(body).trim_end();
    Some(of_place_phrase(body))
}

/// Takes apart what stands between `在` and `的讲话`.
fn of_place_phrase(phrase: &str) -> Occasion {
    let topic = ["上关于", "上就", "上的", "期间"]
        .iter()
        .filter_map(|mark| phrase.find(mark))
        .min();
    if let Some(end) = topic {
        return Occasion {
            event: Some(phrase[..end].to_owned()),
            venue: None,
        };
    }
    // `中央政治局常委会会议研究应对疫情工作时`: what the meeting was about is no part of its name.
    let matter = ["会议研究", "会议审议", "会议讨论", "会议听取"]
        .iter()
        .find_map(|mark| phrase.find(mark));
    if let Some(at) = matter.filter(|_| phrase.ends_with('时')) {
        return Occasion {
            event: Some(phrase[..at + "会议".len()].to_owned()),
            venue: None,
        };
    }
    if let Some(event) = ["上", "时", "中"].iter().find_map(|mark| phrase.strip_suffix(mark)) {
        return Occasion {
            event: Some(event.to_owned()),
            venue: None,
        };
    }
    let ends_in = |list: &[&str]| list.iter().any(|end| phrase.ends_with(end));
    let is_venue = ends_in(VENUE_ENDS);
    let event = (ends_in(EVENT_ENDS) && !is_venue).then(|| phrase.to_owned());
    Occasion {
        event,
        venue: is_venue.then(|| phrase.to_owned()),
    }
}

/// The place in a news sentence: `在北京人民大会堂出席`, `在新加坡国立大学发表`; events are no places.
pub(super) fn place_in_news(sentence: &str) -> Option<&str> {
    const VERBS: &[&str] = &[
        "出席",
        "发表",
        "隆重举行",
        "举行",
        "隆重开幕",
        "开幕",
        "闭幕",
        "同",
        "会见",
        "主持",
        "举办",
        "隆重召开",
        "召开",
        "接受",
    ];
    sentence.match_indices('在').find_map(|(at, sign)| {
        let rest = &sentence[at + sign.len()..];
        let end = VERBS.iter().filter_map(|verb| rest.find(verb)).min()?;
        let place = &rest[..end];
        let is_plain =
            place.chars().all(|c| c.is_alphabetic() || "·".contains(c)) && (2..=20).contains(&place.chars().count());
        let is_event = ["上", "中", "时", "下"]
            .iter()
            .chain(EVENT_ENDS)
            .any(|end| place.ends_with(end));
        let is_event = is_event && !VENUE_ENDS.iter().any(|end| place.ends_with(end)) && !place.ends_with("国会");
        (is_plain && !is_event).then_some(place)
    })
}

/// The event in a news sentence: `出席…并发表`, or what a speech was given at.
pub(super) fn event_in_news(sentence: &str) -> Option<&str> {
    let start = sentence.find("出席")? + "出席".len();
    let rest = &sentence[start..];
    let end = ["并", "，", "。", "时"]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min()?;
    Some(&rest[..end]).filter(|event| EVENT_ENDS.iter().any(|ending| event.ends_with(ending)))
}

/// The title that a news sentence quotes: `题为《…》`.
pub(super) fn title_in_news(sentence: &str) -> Option<&str> {
    let start = sentence
        .find("题为《")
        .map(|at| at + "题为《".len())
        .or_else(|| sentence.find("题为“").map(|at| at + "题为“".len()))?;
    let rest = &sentence[start..];
    rest.find(['》', '”']).map(|end| rest[..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_taken_apart() {
        for (title, event, venue) in [
            ("在第二届中国—中亚峰会上的主旨发言", Some("第二届中国—中亚峰会"), None),
            (
                "在金砖国家领导人第五次会晤时的主旨讲话",
                Some("金砖国家领导人第五次会晤"),
                None,
            ),
            (
                "在领导人会议第一阶段会议上关于全球经济形势的发言",
                Some("领导人会议第一阶段会议"),
                None,
            ),
            (
                "在2015减贫与发展高层论坛的主旨演讲",
                Some("2015减贫与发展高层论坛"),
                None,
            ),
            ("在纳扎尔巴耶夫大学的演讲", None, Some("纳扎尔巴耶夫大学")),
            ("在伦敦金融城的演讲", None, None),
        ] {
            let occasion = of_title(title).unwrap();
            assert_eq!(
                (occasion.event.as_deref(), occasion.venue.as_deref()),
                (event, venue),
                "{title}"
            );
        }
        assert_eq!(of_title("共同创造美好未来"), None);
    }

    #[test]
    fn a_news_sentence_names_a_place_but_an_event_is_none() {
        assert_eq!(
            place_in_news("国家主席习近平在北京人民大会堂出席大会"),
            Some("北京人民大会堂")
        );
        assert_eq!(place_in_news("7日在新加坡国立大学发表题为"), Some("新加坡国立大学"));
        assert_eq!(place_in_news("20日在庆祝澳门回归祖国15周年大会上发表重要讲话"), None);
        assert_eq!(place_in_news("通过电视台发表了新年贺词"), None);
    }
}
