//! Links from a page of an answer to the others (RFC 8288).

use super::reply::{Asked, Reply};

/// A page of an answer.
pub(super) struct Page {
    /// What was skipped before it.
    pub(super) offset: usize,
    /// The most that it may show.
    pub(super) limit: usize,
    /// Whether it shows nothing.
    pub(super) is_empty: bool,
    /// How much there is on all pages.
    pub(super) total: u64,
}

impl Page {
    /// The page before, as its offset and its limit: the last that shows something where this one lies behind the end, and a
    /// smaller one where less than a page is left, for pages do not overlap.
    fn before(&self) -> Option<(usize, usize)> {
        let end = match self.is_empty {
            true => self.offset.min(usize::try_from(self.total).unwrap_or(usize::MAX)),
            false => self.offset,
        };
        if self.limit == 0 || end == 0 {
            return None;
        }
        let first = self.offset % self.limit;
        match end <= first {
            true => Some((0, first)),
            false => Some((first + (end - first - 1) / self.limit * self.limit, self.limit)),
        }
    }

    /// Adds the links to the first page and the one before.
    pub(super) fn link_back(&self, reply: Reply, asked: &Asked<'_>) -> Reply {
        if self.offset == 0 || self.limit == 0 {
            return reply;
        }
        let at = |offset: usize, limit: usize| {
            asked.address_with(&[("offset", Some(offset.to_string())), ("limit", Some(limit.to_string()))])
        };
        reply
            .link("first", Some(at(0, self.limit)))
            .link("prev", self.before().map(|(offset, limit)| at(offset, limit)))
    }
}

/// Adds the link to the first page to one that lies behind a cursor, which does not know how many there are before it.
pub(super) fn link_first(reply: Reply, asked: &Asked<'_>) -> Reply {
    reply.link("first", Some(asked.address_with(&[("after", None)])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(offset: usize, limit: usize, total: u64, before: Option<(usize, usize)>) {
        let page = Page {
            offset,
            limit,
            is_empty: offset as u64 >= total,
            total,
        };
        assert_eq!(page.before(), before, "{offset} {limit} {total}");
    }

    #[test]
    fn the_page_before_ends_where_this_one_begins() {
        check(20, 10, 100, Some((10, 10)));
        check(25, 10, 100, Some((15, 10)));
        check(5, 10, 100, Some((0, 5)));
        check(10, 10, 100, Some((0, 10)));
        check(0, 10, 100, None);
        check(5, 0, 100, None);
    }

    #[test]
    fn behind_the_end_the_page_before_is_the_last_one() {
        check(1_000, 10, 15, Some((10, 10)));
        check(1_003, 10, 15, Some((13, 10)));
        check(1_003, 10, 2, Some((0, 3)));
        check(1_000, 10, 20, Some((10, 10)));
        check(1_000, 10, 0, None);
        check(usize::MAX, 1, 3, Some((2, 1)));
    }
}
