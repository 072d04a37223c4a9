//! Corpus analytics: counts, timelines, concordances, first and last uses.

use std::time::Instant;

use super::super::problem::Problem;
use super::reply::{Asked, Reply};
use crate::engine::Answer;
use crate::render::plot::{PlotOptions, svg};

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
    asked.reply(&Answer::new(Some(corpus), timeline, start.elapsed()).warning(warnings))
}
