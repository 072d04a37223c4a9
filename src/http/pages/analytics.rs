//! The rooms of corpus analytics: the concordance, the timeline, the first and the last use.

use super::super::api::{CONCORDANCE, FILTERS, QUERIES, QUERY, QUESTION, TIMELINE, USES};
use super::super::problem::Problem;
use super::asked::{Asked, Page};
use crate::engine::{Concordance, End, Timeline, Uses};
use crate::page::{BothUses, Lapse, Lines, concordance, timeline, uses};

pub(super) const CONCORDANCE_PAGE: Page = Page {
    parameters: &[QUERY, CONCORDANCE, QUESTION, FILTERS],
    usual: &[
        ("sort", "date"),
        ("context", "30"),
        ("limit", "20"),
        ("offset", "0"),
        ("seed", "0"),
        ("expand", "none"),
        ("versions", "every"),
    ],
    make: concordance_page,
};

pub(super) const TIMELINE_PAGE: Page = Page {
    parameters: &[QUERIES, TIMELINE, QUESTION, FILTERS],
    usual: &[
        ("period", "year"),
        ("value", "per-million"),
        ("expand", "none"),
        ("versions", "every"),
    ],
    make: timeline_page,
};

pub(super) const USES_PAGE: Page = Page {
    parameters: &[QUERY, USES, QUESTION, FILTERS],
    usual: &[("expand", "none"), ("versions", "every")],
    make: uses_page,
};

/// Whether something was asked.
fn is_asked(asked: &Asked) -> bool {
    asked.parameters.texts("q").any(|query| !query.is_empty())
}

fn concordance_page(asked: &Asked) -> Result<String, Problem> {
    let limits = &asked.service.limits;
    let found: Option<Concordance> = match is_asked(asked) {
        true => {
            let request = asked.parameters.concordance_request(limits, asked.stop.clone())?;
            Some(asked.engine.concordance(&request)?)
        }
        false => None,
    };
    let lines = Lines {
        found: found.as_ref(),
        corpus: &asked.engine.corpus(),
        languages: &asked.service.figures_of(&asked.engine)?.status.languages,
        window: limits.window,
    };
    Ok(concordance(&asked.visit, &lines))
}

fn timeline_page(asked: &Asked) -> Result<String, Problem> {
    let found: Option<Timeline> = match is_asked(asked) {
        true => {
            let request = asked
                .parameters
                .timeline_request(&asked.service.limits, asked.stop.clone())?;
            Some(asked.engine.timeline(&request)?)
        }
        false => None,
    };
    let lapse = Lapse {
        found: found.as_ref(),
        value: asked.parameters.plot_value()?,
        corpus: &asked.engine.corpus(),
        languages: &asked.service.figures_of(&asked.engine)?.status.languages,
    };
    Ok(timeline(&asked.visit, &lapse))
}

fn uses_page(asked: &Asked) -> Result<String, Problem> {
    let use_at = |end| -> Result<Uses, Problem> {
        let request = asked
            .parameters
            .uses_request(end, &asked.service.limits, asked.stop.clone())?;
        Ok(asked.engine.uses(&request)?)
    };
    let found = match is_asked(asked) {
        true => Some((use_at(End::First)?, use_at(End::Last)?)),
        false => None,
    };
    let both = BothUses {
        found: found.as_ref().map(|(first, last)| (first, last)),
        corpus: &asked.engine.corpus(),
        languages: &asked.service.figures_of(&asked.engine)?.status.languages,
    };
    Ok(uses(&asked.visit, &both))
}
