//! References by the 7th edition of the APA manual, in its form for speeches: author. (date). title [kind]. event, place. address

use super::Cited;
use super::parts::{month_name, sentence};
use crate::corpus::Field;
use crate::text::Date;

/// The reference. The title stands between asterisks, for italics; without an author it stands in the author's place. The day of
/// access is left out, which the manual wants only of texts that change.
pub(super) fn reference(cited: &Cited<'_>) -> String {
    let passage = cited.passage.map(|passage| format!(" (para. {passage})"));
    let title = cited.title().replace('*', "\\*");
    let title = format!("*{title}*{} [{}].", passage.unwrap_or_default(), cited.kind());
    let date = format!("({}).", cited.metadata.date().map_or("n.d.".to_owned(), written_date));
    let occasion = [cited.field(Field::Event), cited.field(Field::Place)];
    let occasion = occasion.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let occasion = (!occasion.is_empty()).then(|| sentence(&occasion));
    let head = match cited.author() {
        Some(author) => [sentence(&author), date, title],
        None => [title, date, String::new()],
    };
    let head = head.into_iter().filter(|part| !part.is_empty());
    let parts = head.chain(occasion).chain(cited.field(Field::Url));
    parts.collect::<Vec<_>>().join(" ")
}

/// A date as the manual writes it: 2017, June 17; less of it where less is known.
fn written_date(date: Date) -> String {
    let month = date.calendar_month().map(|month| format!(", {}", month_name(month)));
    let day = date.calendar_day().map(|day| format!(" {day}"));
    let year = date.calendar_year();
    format!("{year}{}{}", month.unwrap_or_default(), day.unwrap_or_default())
}
