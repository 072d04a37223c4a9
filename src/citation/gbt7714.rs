//! References by GB/T 7714—2015: author. title[kind]. imprint(released)[accessed]. address.

use super::Cited;
use super::parts::sentence;
use crate::corpus::Field;

/// The reference. A text with a known address is an electronic item and has the day of its release; any other has the
/// place, the agency and the day of delivery.
pub(super) fn reference(cited: &Cited<'_>) -> String {
    let is_report = cited.metadata.value(Field::Genre) == Some("report");
    let url = cited.field(Field::Url);
    let kind = match (is_report, &url) {
        (true, Some(_)) => "R/OL",
        (true, None) => "R",
        (false, Some(_)) => "EB/OL",
        (false, None) => "Z",
    };
    let author = cited.author().map(|author| sentence(&author));
    let title = format!("{}[{kind}].", cited.title());
    let details = match url {
        Some(_) => electronic_details(cited),
        None => imprint(cited).map(|imprint| sentence(&imprint)),
    };
    let address = url.map(|url| sentence(&url));
    let parts = [author, Some(title), details, address];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The passage, the day of release in parentheses and the day of access in brackets.
fn electronic_details(cited: &Cited<'_>) -> Option<String> {
    let mut details = locator(cited).unwrap_or_default();
    if let Some(released) = cited.published().or_else(|| cited.metadata.date()) {
        details.push_str(&format!("({released})"));
    }
    if let Some(accessed) = cited.accessed {
        details.push_str(&format!("[{accessed}]"));
    }
    (!details.is_empty()).then(|| sentence(&details))
}

/// Place: agency, date: passage.
fn imprint(cited: &Cited<'_>) -> Option<String> {
    let issued = [cited.field(Field::Place), cited.field(Field::Agency)];
    let issued = issued.into_iter().flatten().collect::<Vec<_>>().join(": ");
    let date = cited.metadata.date().or_else(|| cited.published());
    let dated = [Some(issued), date.map(|date| date.to_string())];
    let dated = dated.into_iter().flatten().filter(|part| !part.is_empty());
    let dated = dated.collect::<Vec<_>>().join(", ");
    let parts = [Some(dated), locator(cited)];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    let imprint = parts.collect::<Vec<_>>().join(": ");
    (!imprint.is_empty()).then_some(imprint)
}

/// The number of the passage, in Chinese for a speech in Chinese.
fn locator(cited: &Cited<'_>) -> Option<String> {
    let language = cited.metadata.language();
    let is_chinese = language.is_some_and(|language| language.primary() == "zh");
    cited.passage.map(|passage| match is_chinese {
        true => format!("第{passage}段"),
        false => format!("para. {passage}"),
    })
}
