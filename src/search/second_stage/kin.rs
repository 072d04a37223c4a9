//! Words of one family: what trigrams find and stems do not.

use crate::analyzer::tokenizer::alphabetic::keeps_its_beginning;

/// Whether two terms are likely of one family, as государственн and государств, or of one word with and without what is joined to
/// it, as Arabic articles and particles that stemming leaves on: they share at least five letters from the beginning and
/// this share of the longer, or where beginnings change one of at least four letters stands in the other.
pub(super) fn is_kin(left: &str, right: &str, share: f32) -> bool {
    if share >= 1.0 {
        return false;
    }
    let is_stable = keeps_its_beginning(right);
    if is_stable && left.chars().next() != right.chars().next() {
        return false;
    }
    let lengths = [left, right].map(|term| term.chars().count());
    let (shorter, longer) = (lengths[0].min(lengths[1]), lengths[0].max(lengths[1]));
    if !is_stable {
        return shorter >= 4 && (left.contains(right) || right.contains(left));
    }
    let alike = left
        .chars()
        .zip(right.chars())
        .take_while(|(left, right)| left == right);
    let shared = alike.count();
    shared >= 5 && shared as f32 >= share * longer as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_one_family_are_kin_and_others_are_not() {
        let are_kin = |left, right| is_kin(left, right, 0.7);
        assert!(are_kin("государственн", "государств") && are_kin("интересн", "интерес"));
        assert!(are_kin("ومدرس", "مدرس") && !are_kin("من", "مدرس"));
        assert!(are_kin("national", "nation") && !are_kin("contin", "continent"));
        assert!(!are_kin("pea", "peace") && !are_kin("", "") && !are_kin("uni", "univers"));
        assert!(!is_kin("nation", "national", 1.0) && !is_kin("ومدرس", "مدرس", 1.0));
    }
}
