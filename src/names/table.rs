//! Groups of forms, joined where they share one, and looked up by folded form.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::form::{Form, shipped_groups};
use crate::analyzer::fold_line;

/// A group of forms that name the same; the numbers are good for one [`Names`](super::Names) only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(usize);

/// Shipped groups with the user's beside them. Folding some thousand forms takes milliseconds, so it waits for the first look-up.
#[derive(Debug)]
pub(super) struct Table {
    shipped: &'static [&'static str],
    own: Vec<Vec<Form>>,
    joined: OnceLock<Joined>,
}

impl Table {
    pub(super) fn new(shipped: &'static [&'static str], own: Vec<Vec<Form>>) -> Self {
        Self {
            shipped,
            own,
            joined: OnceLock::new(),
        }
    }

    /// The group of a form.
    pub(super) fn group(&self, text: &str) -> Option<GroupId> {
        self.joined().known.get(&fold_line(text)).map(|known| known.group)
    }

    /// The forms of the group of a form, itself included.
    pub(super) fn forms_like(&self, text: &str) -> Vec<&str> {
        let Some(group) = self.group(text) else {
            return Vec::new();
        };
        self.joined().members(group).map(|member| &*member.form.text).collect()
    }

    /// The forms to search for beside a typed one.
    pub(super) fn searched_beside(&self, typed: &str) -> Vec<&str> {
        let joined = self.joined();
        let folded = fold_line(typed);
        let Some(known) = joined.known.get(&folded) else {
            return Vec::new();
        };
        let form = &joined.members[known.member].form;
        if form.is_read_only && !form.has_letter_case_of(typed) {
            return Vec::new();
        }
        let others = joined.members(known.group).filter(|member| member.folded != folded);
        others
            .filter(|member| !member.form.is_read_only)
            .map(|member| &*member.form.text)
            .collect()
    }

    fn joined(&self) -> &Joined {
        self.joined.get_or_init(|| {
            let mut joined = Joined::default();
            let shipped = self.shipped.iter().flat_map(|text| shipped_groups(text));
            shipped.for_each(|group| joined.add(group));
            self.own.iter().for_each(|group| joined.add(group.clone()));
            joined
        })
    }
}

/// Groups without a form in common.
#[derive(Debug, Default)]
struct Joined {
    /// Forms that differ after folding, in the order of the files.
    members: Vec<Member>,
    /// The members of each group; a group that was joined to another has none.
    groups: Vec<Vec<usize>>,
    /// The forms by their folded texts.
    known: FxHashMap<String, Known>,
}

#[derive(Debug)]
struct Member {
    form: Form,
    folded: String,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    member: usize,
    group: GroupId,
}

impl Joined {
    fn members(&self, group: GroupId) -> impl Iterator<Item = &Member> {
        self.groups[group.0].iter().map(|member| &self.members[*member])
    }

    /// Adds a group, joined to those that have a form of it already.
    fn add(&mut self, forms: Vec<Form>) {
        let folded: Vec<String> = forms.iter().map(|form| fold_line(&form.text)).collect();
        let mut sharing: Vec<GroupId> = folded
            .iter()
            .filter_map(|folded| self.known.get(folded).map(|known| known.group))
            .collect();
        sharing.sort_unstable();
        sharing.dedup();
        let group = sharing.first().copied().unwrap_or(GroupId(self.groups.len()));
        if sharing.is_empty() {
            self.groups.push(Vec::new());
        }
        for other in sharing.iter().skip(1) {
            self.join(group, *other);
        }
        for (form, folded) in forms.into_iter().zip(folded) {
            self.add_form(group, form, folded);
        }
    }

    fn add_form(&mut self, group: GroupId, form: Form, folded: String) {
        if self.known.contains_key(&folded) {
            return;
        }
        let member = self.members.len();
        self.known.insert(folded.clone(), Known { member, group });
        self.groups[group.0].push(member);
        self.members.push(Member { form, folded });
    }

    fn join(&mut self, group: GroupId, other: GroupId) {
        let moved = std::mem::take(&mut self.groups[other.0]);
        for member in &moved {
            if let Some(known) = self.known.get_mut(&self.members[*member].folded) {
                known.group = group;
            }
        }
        self.groups[group.0].extend(moved);
    }
}
