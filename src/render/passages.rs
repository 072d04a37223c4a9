//! Search results: hits with their marks for a terminal, rows and lines for everything else.

use std::io::{self, Write};

use serde_json::Value;

use super::advice::advice_text;
use super::explanation::{explanation_text, score_text};
use super::style::{DETAIL, EXPANSION, HINT, MATCH, Marked, Page, Styled, TITLE, colored, marked_text, safe, wrap};
use super::{Render, json};
use crate::corpus::passage::place_in_speech;
use crate::corpus::{Field, Metadata};
use crate::engine::Answer;
use crate::highlight::Highlight;
use crate::search::{FacetCounts, Hit, PassageHit, SearchResults, SpeechHit, Totals};
use crate::text::CharSpan;

impl Render for Answer<SearchResults> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        let results = &self.body;
        for warning in &self.warnings {
            writeln!(output, "{} {}", Styled(HINT, "note"), safe(warning))?;
        }
        if let Some(explanation) = &results.explanation {
            explanation_text(explanation, output, page)?;
        }
        if results.relaxed {
            writeln!(
                output,
                "{}\n",
                Styled(HINT, "no passage has the keywords; these have parts of them")
            )?;
        }
        for (index, hit) in results.hits.iter().enumerate() {
            if is_partial(hit) && !results.hits[..index].iter().any(is_partial) {
                let note = "these do not match; they have parts of the keywords";
                writeln!(output, "{}\n", Styled(HINT, note))?;
            }
            match hit {
                Hit::Passage(hit) => passage_text(hit, output, page)?,
                Hit::Speech(hit) => speech_text(hit, output, page)?,
            }
        }
        facets_text(&results.facets, output)?;
        writeln!(output, "{}", Styled(DETAIL, &totals_line(results)))?;
        if results.is_expanded && results.total.passages > 0 {
            writeln!(output, "{}", Styled(DETAIL, &expansion_line(&results.interpreted)))?;
        }
        advice_text(&results.advice, output)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![super::header(
            "rank score passage speech paragraph title speaker date place language text highlights",
        )];
        for hit in &self.body.hits {
            match hit {
                Hit::Passage(hit) if hit.partial => {}
                Hit::Passage(hit) => rows.push(row(hit.rank, hit)),
                Hit::Speech(speech) => rows.extend(speech.passages.iter().map(|hit| row(speech.rank, hit))),
            }
        }
        rows
    }

    fn lines(&self) -> Vec<Value> {
        self.body.hits.iter().map(json::value).collect()
    }
}

/// Whether a hit fills up the page behind few matches.
fn is_partial(hit: &Hit) -> bool {
    matches!(hit, Hit::Passage(hit) if hit.partial)
}

fn row(rank: usize, hit: &PassageHit) -> Vec<String> {
    let field = |field| hit.metadata.value(field).unwrap_or_default().to_owned();
    let highlights: Vec<String> = hit
        .highlights
        .iter()
        .map(|span| format!("{}-{}", span.start, span.end))
        .collect();
    vec![
        rank.to_string(),
        hit.score.to_string(),
        hit.passage.clone(),
        hit.speech.clone(),
        hit.paragraph.to_string(),
        field(Field::Title),
        field(Field::Speaker),
        field(Field::Date),
        field(Field::Place),
        field(Field::Language),
        hit.text.clone(),
        highlights.join(" "),
    ]
}

/// A count with its noun: `1 passage`, `2 passages`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    let ending = match (count, noun) {
        (1, _) => "",
        (_, "speech") => "es",
        _ => "s",
    };
    format!("{count} {noun}{ending}")
}

fn totals_line(results: &SearchResults) -> String {
    let total: &Totals = &results.total;
    let mut line = match (total.passages, total.occurrences) {
        (0, _) => format!("nothing found for {}", shortened(&results.interpreted)),
        (passages, None) => format!(
            "{} in {}",
            counted(passages, "passage"),
            counted(total.speeches, "speech")
        ),
        (passages, Some(occurrences)) => format!(
            "{} in {} of {}",
            counted(occurrences, "occurrence"),
            counted(passages, "passage"),
            counted(total.speeches, "speech")
        ),
    };
    let hit_count = match results.hits.first() {
        Some(Hit::Speech(_)) => total.speeches,
        _ => total.passages,
    };
    if results.hits.len() < hit_count as usize && !results.hits.is_empty() {
        let last = results.offset + results.hits.len();
        line.push_str(&format!("; shown: {} to {last}", results.offset + 1));
    }
    line.push_str(&left_out(total.undetermined));
    line
}

/// The most characters of an interpreted query that a terminal shows.
const LONGEST_INTERPRETED: usize = 160;

/// What was looked for where other forms stood for what was typed.
fn expansion_line(interpreted: &str) -> String {
    let looked_for = shortened(interpreted);
    format!("looked for {looked_for}; --expand=none looks for what was typed")
}

fn shortened(interpreted: &str) -> String {
    let mut line: String = interpreted.chars().take(LONGEST_INTERPRETED).collect();
    if line.len() < interpreted.len() {
        line.push('…');
    }
    line
}

/// What a range of dates left out because it could not tell.
pub(super) fn left_out(undetermined: Option<u64>) -> String {
    match undetermined {
        None | Some(0) => String::new(),
        Some(count) => format!(
            "; left out: {} whose date is absent or too imprecise",
            counted(count, "speech")
        ),
    }
}

fn passage_text(hit: &PassageHit, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    heading(hit.rank, &hit.metadata, &hit.speech, output)?;
    writeln!(output, "   {}", Styled(DETAIL, &hit.passage))?;
    extract_text(hit, output, page)?;
    if let Some(parts) = &hit.explanation {
        score_text(hit.score, parts, output, page)?;
    }
    writeln!(output)
}

fn speech_text(hit: &SpeechHit, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    heading(hit.rank, &hit.metadata, &hit.speech, output)?;
    let address = format!("{} ({})", hit.speech, counted(hit.matching_passages, "passage"));
    writeln!(output, "   {}", Styled(DETAIL, &address))?;
    if let Some(parts) = &hit.explanation {
        score_text(hit.score, parts, output, page)?;
    }
    for passage in &hit.passages {
        writeln!(output, "   {}", Styled(DETAIL, &passage_number(&passage.passage)))?;
        extract_text(passage, output, page)?;
        if let Some(parts) = &passage.explanation {
            score_text(passage.score, parts, output, page)?;
        }
    }
    writeln!(output)
}

/// The number of a passage out of its address: `¶ 9.2`.
pub(super) fn passage_number(address: &str) -> String {
    let place = place_in_speech(address);
    match place.strip_prefix('m') {
        Some(number) => format!("matter {number}"),
        None => format!("¶ {}", place.trim_start_matches('p')),
    }
}

fn heading(rank: usize, metadata: &Metadata, id: &str, output: &mut dyn Write) -> io::Result<()> {
    writeln!(
        output,
        "{rank}. {}",
        Styled(TITLE, metadata.value(Field::Title).unwrap_or(id))
    )?;
    let fields = [Field::Speaker, Field::Date, Field::Place];
    let details: Vec<&str> = fields.iter().filter_map(|field| metadata.value(*field)).collect();
    if details.is_empty() {
        return Ok(());
    }
    writeln!(output, "   {}", Styled(DETAIL, &details.join(" · ")))
}

fn extract_text(hit: &PassageHit, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    let length = hit.text.chars().count();
    let mut marked = marked(&hit.text, hit.snippet, &hit.highlights);
    let ellipsis = Marked {
        character: '…',
        style: None,
    };
    if hit.snippet.start > 0 {
        marked.insert(0, ellipsis);
    }
    if hit.snippet.end < length {
        marked.push(ellipsis);
    }
    for line in wrap(&marked, page.width.saturating_sub(3).max(20)) {
        writeln!(output, "   {}", colored(line))?;
    }
    Ok(())
}

/// The characters of a range of a text with their marks, ready to be set.
pub(super) fn marked(text: &str, range: CharSpan, highlights: &[Highlight]) -> Vec<Marked> {
    let mut spans = highlights.iter().peekable();
    let characters = text.chars().enumerate().take(range.end).skip(range.start);
    marked_text(characters.map(|(index, character)| {
        while spans.next_if(|span| span.end <= index).is_some() {}
        let span = spans.peek().filter(|span| span.start <= index);
        let style = span.map(|span| if span.expansion_of.is_some() { EXPANSION } else { MATCH });
        Marked { character, style }
    }))
}

fn facets_text(facets: &[FacetCounts], output: &mut dyn Write) -> io::Result<()> {
    for facet in facets {
        writeln!(output, "{}", Styled(TITLE, &facet.field))?;
        for value in &facet.values {
            let counts = format!(
                "{} in {}",
                counted(value.passages, "passage"),
                counted(value.speeches, "speech")
            );
            let others = value.forms.iter().filter(|form| **form != value.value);
            let others: Vec<&str> = others.map(String::as_str).collect();
            let forms = match others.as_slice() {
                [] => String::new(),
                _ => format!(" ({})", safe(&others.join(", "))),
            };
            writeln!(output, "   {}{forms}  {}", safe(&value.value), Styled(DETAIL, &counts))?;
        }
        writeln!(output)?;
    }
    Ok(())
}
