//! The list of speeches.

use super::super::api::{FILTERS, LIST, check_window};
use super::super::problem::Problem;
use super::asked::{Asked, Page};
use crate::page::{Listed, USUAL_SIZE, list};
use crate::search::Sort;

pub(super) const LIST_PAGE: Page = Page {
    parameters: &[LIST, FILTERS],
    usual: &[("sort", "date"), ("limit", "20"), ("offset", "0")],
    make: page,
};

fn page(asked: &Asked) -> Result<String, Problem> {
    let parameters = &asked.parameters;
    let filters = parameters.filters()?;
    let sort = parameters.parsed("sort")?.unwrap_or(Sort::Date);
    let offset = parameters.number("offset").unwrap_or(0);
    let limit = parameters.number("limit").unwrap_or(USUAL_SIZE);
    check_window(0, limit, &asked.service.limits)?;
    let engine = &asked.engine;
    let figures = asked.service.figures_of(engine)?;
    let (mut speeches, mut versions) = (None, None);
    match parameters.flag("versions") {
        true => versions = Some(engine.list_versions(&filters, sort, offset, limit)?),
        false => speeches = Some(engine.list(&filters, sort, offset, limit)?),
    }
    let listed = Listed {
        speeches: speeches.as_ref(),
        versions: versions.as_ref(),
        languages: &figures.status.languages,
        window: asked.service.limits.window,
        sort,
        offset,
        limit,
    };
    Ok(list(&asked.visit, &listed))
}
