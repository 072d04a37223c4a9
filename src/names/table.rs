//! Groups of forms, joined where they share one, and looked up by folded form.
//!
//! Folding some thousand forms would take longer than a search, so they are found by a signature that costs a fraction of
//! it, and only the few forms of one signature are folded and compared.

use std::hash::Hasher;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHasher};

use super::form::{Form, shipped_groups};
use crate::analyzer::fold_line;
use crate::analyzer::folding::simplified;

/// A group of forms that name the same; the numbers are good for one [`Names`](super::Names) only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(usize);

/// Which spellings of a form a table knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As the file has it.
    AsWritten,
    /// That, and the same without diacritics.
    OrWithoutDiacritics,
}

/// Shipped groups with the user's beside them, read when the first name is looked up.
#[derive(Debug)]
pub(super) struct Table {
    shipped: &'static [&'static str],
    own: Vec<Vec<Form>>,
    spelling: Spelling,
    groups: OnceLock<Groups>,
}

impl Table {
    pub(super) fn new(shipped: &'static [&'static str], own: Vec<Vec<Form>>, spelling: Spelling) -> Self {
        Self {
            shipped,
            own,
            spelling,
            groups: OnceLock::new(),
        }
    }

    /// The group of a form.
    pub(super) fn group(&self, text: &str) -> Option<GroupId> {
        let groups = self.groups();
        groups.find(&fold_line(text)).map(|found| groups.members[found].group)
    }

    /// The forms of the group of a form, itself included.
    pub(super) fn forms_like(&self, text: &str) -> Vec<&str> {
        let Some(group) = self.group(text) else {
            return Vec::new();
        };
        let groups = self.groups();
        let forms = groups.of(group).iter().map(|member| &groups.members[*member].form);
        forms.map(|form| &*form.text).collect()
    }

    /// The forms to search for beside a typed one.
    pub(super) fn searched_beside(&self, typed: &str) -> Vec<&str> {
        let groups = self.groups();
        let Some(found) = groups.find(&fold_line(typed)) else {
            return Vec::new();
        };
        let Member { form, group } = &groups.members[found];
        if form.is_read_only && !form.has_letter_case_of(typed) {
            return Vec::new();
        }
        let others = groups.of(*group).iter().filter(|other| **other != found);
        let forms = others.map(|other| &groups.members[*other].form);
        forms
            .filter(|form| !form.is_read_only)
            .map(|form| &*form.text)
            .collect()
    }

    fn groups(&self) -> &Groups {
        self.groups.get_or_init(|| {
            let mut groups = Groups::default();
            for group in self.shipped.iter().flat_map(|text| shipped_groups(text)) {
                groups.add_shipped(self.spelled(group));
            }
            for group in &self.own {
                groups.add_own(self.spelled(group.clone()));
            }
            groups
        })
    }

    fn spelled(&self, mut group: Vec<Form>) -> Vec<Form> {
        if self.spelling == Spelling::OrWithoutDiacritics {
            let bare: Vec<Form> = group.iter().filter_map(Form::without_diacritics).collect();
            group.extend(bare);
        }
        group
    }
}

/// Groups without a form in common.
#[derive(Debug, Default)]
struct Groups {
    /// Forms that differ after folding, in the order of the files.
    members: Vec<Member>,
    /// The members of each group; a group that was joined to another has none.
    groups: Vec<Vec<usize>>,
    /// The members by the signatures of their folded forms.
    by_signature: FxHashMap<u64, Vec<usize>>,
}

#[derive(Debug)]
struct Member {
    form: Form,
    group: GroupId,
}

impl Groups {
    fn of(&self, group: GroupId) -> &[usize] {
        &self.groups[group.0]
    }

    /// The member with a folded form.
    fn find(&self, folded: &str) -> Option<usize> {
        let alike = self.by_signature.get(&signature(folded))?;
        let is_it = |member: &&usize| fold_line(&self.members[**member].form.text) == folded;
        alike.iter().find(is_it).copied()
    }

    /// Adds a group that has no form in common with another; the tests hold the shipped tables to that.
    fn add_shipped(&mut self, forms: Vec<Form>) {
        let group = self.new_group();
        for form in forms {
            let signature = signature(&form.text);
            let may_be_known = self.by_signature.contains_key(&signature);
            if !may_be_known || self.find(&fold_line(&form.text)).is_none() {
                self.add_form(group, form, signature);
            }
        }
    }

    /// Adds a group, joined to those that have a form of it already.
    fn add_own(&mut self, forms: Vec<Form>) {
        let folded: Vec<String> = forms.iter().map(|form| fold_line(&form.text)).collect();
        let known = folded.iter().filter_map(|folded| self.find(folded));
        let mut sharing: Vec<GroupId> = known.map(|member| self.members[member].group).collect();
        sharing.sort_unstable();
        sharing.dedup();
        let group = sharing.first().copied().unwrap_or_else(|| self.new_group());
        for other in sharing.iter().skip(1) {
            self.join(group, *other);
        }
        for (form, folded) in forms.into_iter().zip(folded) {
            if self.find(&folded).is_none() {
                self.add_form(group, form, signature(&folded));
            }
        }
    }

    fn new_group(&mut self) -> GroupId {
        self.groups.push(Vec::new());
        GroupId(self.groups.len() - 1)
    }

    fn add_form(&mut self, group: GroupId, form: Form, signature: u64) {
        let member = self.members.len();
        self.by_signature.entry(signature).or_default().push(member);
        self.groups[group.0].push(member);
        self.members.push(Member { form, group });
    }

    fn join(&mut self, group: GroupId, other: GroupId) {
        let moved = std::mem::take(&mut self.groups[other.0]);
        for member in &moved {
            self.members[*member].group = group;
        }
        self.groups[group.0].extend(moved);
    }
}

/// A number over the letters and digits of a text, which is the same for a shipped form and for that form folded.
pub(super) fn signature(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    let compared = text.chars().filter(|character| character.is_alphanumeric());
    for letter in compared.flat_map(|character| simplified(character).to_lowercase()) {
        hasher.write_u32(u32::from(letter));
    }
    hasher.finish()
}
