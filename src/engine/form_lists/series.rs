//! The formulations of a list as series of a timeline.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::engine::timeline::{NamedQuery, Series, Timeline};
use crate::forms::{Formulation, Formulations};

impl NamedQuery {
    /// The queries of a list of formulations, each called by its id.
    pub fn of_forms(forms: &Formulations) -> Vec<Self> {
        let named = |formulation: &Formulation| Self {
            name: Some(formulation.id.clone()),
            query: formulation.query(),
        };
        forms.list().iter().map(named).collect()
    }
}

impl Timeline {
    /// The same with the named queries that are found most alone, in their order; a warning says how many others were found.
    pub fn with_most_found(mut self, count: usize) -> Self {
        let mut found: BTreeMap<&str, u64> = BTreeMap::new();
        for series in &self.series {
            let occurrences = series.total.occurrences.unwrap_or(series.total.passages);
            *found.entry(series.name.as_deref().unwrap_or_default()).or_default() += occurrences;
        }
        let mut most: Vec<(Reverse<u64>, &str)> = (found.into_iter())
            .map(|(name, occurrences)| (Reverse(occurrences), name))
            .collect();
        most.sort_unstable();
        let others = most.split_off(count.min(most.len()));
        let others = others.iter().filter(|(occurrences, _)| occurrences.0 > 0).count();
        let shown: BTreeSet<String> = most.into_iter().map(|(_, name)| name.to_owned()).collect();
        let is_shown = |series: &Series| shown.contains(series.name.as_deref().unwrap_or_default());
        self.series.retain(is_shown);
        if others > 0 {
            self.warnings.push(format!(
                "{others} more formulations are found and not shown; --top shows more of them"
            ));
        }
        self
    }
}
