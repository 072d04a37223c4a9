//! Corpus analytics: counts, timelines, concordances, first and last uses.

use std::time::Instant;

use super::super::problem::Problem;
use super::paging::Page;
use super::reply::{Asked, Reply};
use crate::engine::{Answer, End};
use crate::render::plot::{PlotOptions, svg};
use crate::render::timeline::ChartedTimeline;

pub(super) fn count(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let start = Instant::now();
    let request = asked.parameters.count_request(asked.limits, asked.stop.clone())?;
    let count = asked.engine.count(&request)?;
    let warnings = count.warnings.clone();
    asked.reply(&Answer::new(Some(asked.engine.corpus()), count, start.elapsed()).warning(warnings))
}

pub(super) fn timeline(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let start = Instant::now();
    let request = asked.parameters.timeline_request(asked.limits, asked.stop.clone())?;
    let value = asked.parameters.plot_value()?;
    let timeline = asked.engine.timeline(&request)?;
    let corpus = asked.engine.corpus();
    let drawn = asked.picture(|| {
        let options = PlotOptions {
            value,
            corpus: Some(&corpus),
            ..PlotOptions::default()
        };
        svg(&timeline, &options)
    });
    if let Some(picture) = drawn {
        return Ok(picture);
    }
    let warnings = timeline.warnings.clone();
    let charted = ChartedTimeline { timeline, value };
    asked.reply(&Answer::new(Some(corpus), charted, start.elapsed()).warning(warnings))
}

pub(super) fn concordance(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let start = Instant::now();
    let request = asked.parameters.concordance_request(asked.limits, asked.stop.clone())?;
    let concordance = asked.engine.concordance(&request)?;
    let total = concordance
        .sample
        .map_or(concordance.total.occurrences, |sample| sample.size);
    let limit = request.limit.unwrap_or(usize::MAX);
    let following = request.offset.saturating_add(limit);
    let has_more = limit > 0 && (following as u64) < total && following.saturating_add(limit) <= asked.limits.window;
    let next = has_more.then(|| asked.address_with(&[("offset", Some(following.to_string()))]));
    let page = Page {
        offset: request.offset,
        limit,
        is_empty: concordance.lines.is_empty(),
        total,
    };
    let warnings = concordance.warnings.clone();
    let answer = Answer::new(Some(asked.engine.corpus()), concordance, start.elapsed()).warning(warnings);
    Ok(page.link_back(asked.reply(&answer)?, asked).link("next", next))
}

pub(super) fn first(asked: &Asked<'_>) -> Result<Reply, Problem> {
    uses(End::First, asked)
}

pub(super) fn last(asked: &Asked<'_>) -> Result<Reply, Problem> {
    uses(End::Last, asked)
}

fn uses(end: End, asked: &Asked<'_>) -> Result<Reply, Problem> {
    let start = Instant::now();
    let request = asked.parameters.uses_request(end, asked.limits, asked.stop.clone())?;
    let uses = asked.engine.uses(&request)?;
    let warnings = uses.warnings.clone();
    asked.reply(&Answer::new(Some(asked.engine.corpus()), uses, start.elapsed()).warning(warnings))
}
