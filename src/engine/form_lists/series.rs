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
    /// The timeline of a list of formulations, with those alone that are found most, in their order; a warning says how many others
    /// were found.
    #[must_use]
    pub fn of_list(mut self, forms: &Formulations, count: usize) -> Self {
        self.circumstances = self.circumstances.with_list(forms);
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
