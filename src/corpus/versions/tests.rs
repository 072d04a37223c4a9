//! Which releases are linked, rule by rule.

use super::*;
use crate::analyzer::folding::fold;
use crate::corpus::fingerprint::Fingerprinting;

/// Han text of so many characters; texts of different seeds have nothing in common.
fn text(seed: u64, length: usize) -> String {
    let mut random = fastrand::Rng::with_seed(seed);
    (0..length).map(|_| random.char('\u{4E00}'..'\u{9000}')).collect()
}

fn part(text: &str, skip: usize, length: usize) -> String {
    text.chars().skip(skip).take(length).collect()
}

fn release(id: &str, text: &str) -> Release {
    let mut fingerprinting = Fingerprinting::default();
    fingerprinting.add(&fold(text));
    Release {
        id: id.to_owned(),
        fingerprint: fingerprinting.finish(),
        is_date_stated: true,
        ..Release::default()
    }
}

/// The groups as lists of ids, the leader first.
fn groups(releases: &[Release]) -> Vec<Vec<&str>> {
    let id = |place: usize| releases[place].id.as_str();
    let ids = |group: &VersionGroup| {
        let versions = group.versions.iter().map(|version| id(version.release));
        std::iter::once(id(group.leader)).chain(versions).collect()
    };
    version_groups(releases).iter().map(ids).collect()
}

fn are_linked(left: Release, right: Release) -> bool {
    !groups(&[left, right]).is_empty()
}

#[test]
fn texts_that_are_nearly_the_same_are_linked_and_others_are_not() {
    let whole = text(1, 1_000);
    let corrected = format!("{}{}{}", part(&whole, 0, 500), text(2, 30), part(&whole, 520, 480));
    assert!(are_linked(release("a", &whole), release("b", &corrected)));
    let half_new = format!("{}{}", part(&whole, 0, 600), text(3, 400));
    assert!(!are_linked(release("a", &whole), release("b", &half_new)));
}

#[test]
fn an_excerpt_is_linked_and_a_short_quotation_is_not() {
    let whole = text(1, 1_000);
    assert!(are_linked(release("a", &whole), release("b", &part(&whole, 200, 300))));
    assert!(!are_linked(release("a", &whole), release("b", &part(&whole, 200, 50))));
}

#[test]
fn days_languages_and_speakers_that_differ_keep_speeches_apart() {
    let with = |change: &dyn Fn(&mut Release)| {
        let mut release = release("b", &text(1, 500));
        change(&mut release);
        release
    };
    let known = || Release {
        days: Some((100, 100)),
        language: Some("zh".into()),
        speaker: Some("沈怀川".into()),
        ..release("a", &text(1, 500))
    };
    assert!(
        are_linked(known(), with(&|_| {})),
        "what is not known contradicts nothing"
    );
    assert!(
        are_linked(known(), with(&|release| release.days = Some((0, 364)))),
        "a year holds the day"
    );
    assert!(!are_linked(known(), with(&|release| release.days = Some((101, 101)))));
    assert!(!are_linked(
        known(),
        with(&|release| release.language = Some("en".into()))
    ));
    assert!(!are_linked(
        known(),
        with(&|release| release.speaker = Some("欧阳静澜".into()))
    ));
    assert!(!are_linked(
        known(),
        with(&|release| release.translation_of = Some("a".into()))
    ));
}

#[test]
fn a_date_that_is_not_stated_may_be_that_of_the_release() {
    let dated = |id: &str, day: i64, is_date_stated: bool| Release {
        days: Some((day, day)),
        is_date_stated,
        ..release(id, &text(1, 500))
    };
    assert!(are_linked(dated("a", 100, true), dated("b", 102, false)));
    assert!(are_linked(dated("a", 100, false), dated("b", 110, false)));
    assert!(
        !are_linked(dated("a", 102, true), dated("b", 100, false)),
        "nothing is released before it is said"
    );
    assert!(!are_linked(dated("a", 100, true), dated("b", 200, false)));
}

#[test]
fn what_is_stated_is_linked_whatever_the_texts_and_the_days() {
    let stated = |id: &str, of: &str, seed: u64| Release {
        version_of: Some(of.to_owned()),
        days: Some((seed as i64, seed as i64)),
        ..release(id, &text(seed, 300))
    };
    let first = Release {
        days: Some((9, 9)),
        ..release("a", &text(9, 300))
    };
    let chain = [
        stated("c", "b", 1),
        stated("b", "a", 2),
        first,
        stated("d", "nobody", 3),
    ];
    assert_eq!(groups(&chain), [["a", "b", "c"]]);
    let by: Vec<LinkedBy> = version_groups(&chain)[0]
        .versions
        .iter()
        .map(|version| version.by)
        .collect();
    assert_eq!(by, [LinkedBy::Stated, LinkedBy::Stated]);
    let circle = [stated("y", "x", 1), stated("x", "y", 2), stated("z", "z", 3)];
    assert_eq!(groups(&circle), [["x", "y"]]);
}

#[test]
fn excerpts_that_share_nothing_are_in_the_group_of_their_whole() {
    let whole = text(1, 2_000);
    let releases = [
        release("first half", &part(&whole, 0, 900)),
        release("second half", &part(&whole, 1_000, 900)),
        release("whole", &whole),
    ];
    let mut found = groups(&releases);
    assert_eq!(found[0][0], "whole");
    found[0].sort_unstable();
    assert_eq!(found, [["first half", "second half", "whole"]]);
}

#[test]
fn a_chain_of_revisions_does_not_join_what_is_unlike() {
    let revision = |id: &str, place: usize| release(id, &part(&text(1, 3_000), place, 1_000));
    let releases = [
        revision("a", 0),
        revision("b", 100),
        revision("c", 200),
        revision("d", 300),
    ];
    for group in version_groups(&releases) {
        assert!(group.versions.iter().all(|version| version.likeness.is_of_versions()));
    }
}

#[test]
fn a_collection_of_speeches_does_not_join_speeches_of_different_days() {
    let (first, second) = (text(1, 600), text(2, 500));
    let dated = |id: &str, day: i64, text: &str| Release {
        days: Some((day, day)),
        ..release(id, text)
    };
    let releases = [
        release("collection", &format!("{first}{second}")),
        dated("one", 1, &first),
        dated("one again", 1, &first),
        dated("two", 2, &second),
        dated("two again", 2, &second),
    ];
    let found = groups(&releases);
    let of = |id: &str| found.iter().position(|group| group.contains(&id));
    assert_eq!((of("one"), of("two")), (of("one again"), of("two again")));
    assert!(of("one").is_some() && of("two").is_some() && of("one") != of("two"));
}

#[test]
fn the_leader_is_the_earliest_of_the_full_texts() {
    let whole = text(1, 1_000);
    let dated = |id: &str, day: i64, published: &str, text: &str| Release {
        days: Some((day, day + 3)),
        published: Some(published.to_owned()),
        ..release(id, text)
    };
    let releases = [
        dated("abridged", 4, "2020-01-01", &part(&whole, 0, 500)),
        dated("with a remark", 5, "2020-01-04", &format!("{whole}{}", text(2, 40))),
        dated("later", 5, "2020-01-03", &whole),
        dated("first", 5, "2020-01-02", &whole),
    ];
    assert_eq!(groups(&releases)[0][0], "first");
}

#[test]
fn the_order_of_the_speeches_does_not_matter() {
    let whole = text(1, 1_500);
    let mut releases: Vec<Release> = (0..12)
        .map(|number| release(&format!("r{number:02}"), &part(&whole, number * 60, 800)))
        .collect();
    let mut random = fastrand::Rng::with_seed(3);
    let expected: Vec<Vec<String>> = groups(&releases)
        .iter()
        .map(|ids| ids.iter().map(|id| (*id).to_owned()).collect())
        .collect();
    for _ in 0..10 {
        random.shuffle(&mut releases);
        assert_eq!(groups(&releases), expected);
    }
}

#[test]
fn a_formula_in_hundreds_of_letters_finds_nothing() {
    let formula = text(1, 40);
    let letters: Vec<Release> = (0..300)
        .map(|number| release(&format!("{number}"), &format!("{formula}{}", text(number + 10, 100))))
        .collect();
    assert!(groups(&letters).is_empty());
}
