//! The rules of the shipped tables, and what a user relies on when names are looked up.

use std::collections::HashMap;
use std::fs;

use super::form::{Form, shipped_groups};
use super::table::signature;
use super::*;
use crate::analyzer::{fold, fold_line};
use crate::error::{ErrorKind, Place};

fn groups(tables: &[&'static str]) -> Vec<Vec<Form>> {
    tables.iter().flat_map(|table| shipped_groups(table)).collect()
}

/// Forms that stand in the full name of another state, and in speeches so seldom do that they are searched for all the same.
const SELDOM_OF_ANOTHER: &[&str] = &[
    "俄罗斯",
    "États-Unis",
    "Estados Unidos",
    "Соединенные Штаты",
    "الولايات المتحدة",
];

/// The shipped names with a file of the user's as both tables.
fn with_file(text: impl AsRef<[u8]>) -> Result<Names> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.txt");
    fs::write(&path, text).unwrap();
    Names::with_files(Some(&path), Some(&path))
}

#[test]
fn no_shipped_form_is_in_two_groups() {
    for tables in [AUTHORITY, SYNONYMS] {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (number, group) in groups(tables).iter().enumerate() {
            for form in group {
                let other = *seen.entry(fold_line(&form.text)).or_insert(number);
                assert_eq!(other, number, "`{}` is in two groups", form.text);
            }
        }
    }
}

#[test]
fn every_shipped_group_has_two_different_forms_and_none_twice() {
    for group in groups(&[PEOPLE, STATES, ORGANIZATIONS, INITIATIVES]) {
        assert!(group.len() >= 2, "{group:?}");
        let mut folded: Vec<String> = group.iter().map(|form| fold_line(&form.text)).collect();
        folded.sort();
        for pair in folded.windows(2) {
            assert_ne!(pair[0], pair[1], "forms that fold alike need not be repeated");
        }
        for form in &group {
            assert!(form.text.chars().any(char::is_alphanumeric), "{group:?}");
            assert_eq!(form.text.trim(), form.text, "{group:?}");
        }
    }
}

#[test]
fn no_state_is_searched_for_by_a_form_that_stands_in_the_name_of_another() {
    let groups = groups(&[STATES]);
    let units = |form: &Form| fold(&form.text).texts().map(str::to_owned).collect::<Vec<_>>();
    let all: Vec<(usize, Vec<String>)> = (groups.iter().enumerate())
        .flat_map(|(number, group)| group.iter().map(move |form| (number, units(form))))
        .collect();
    for (number, group) in groups.iter().enumerate() {
        let is_searched = |form: &&Form| !form.is_read_only && !SELDOM_OF_ANOTHER.contains(&&*form.text);
        for form in group.iter().filter(is_searched) {
            let searched = units(form);
            let within = all.iter().find(|(other, whole)| {
                *other != number && whole.windows(searched.len()).any(|part| *part == *searched)
            });
            assert_eq!(within, None, "`{}` must be read-only", form.text);
        }
    }
}

#[test]
fn forms_of_one_name_are_found_from_each_of_them() {
    let names = Names::shipped();
    for group in groups(AUTHORITY) {
        for form in &group {
            let same = names.same_in_metadata(&form.text);
            assert!(group.iter().all(|other| same.contains(&&*other.text)), "{group:?}");
        }
    }
    assert_eq!(
        names.group_in_metadata("中華人民共和國"),
        names.group_in_metadata("CHINA")
    );
    assert!(names.group_in_metadata("CHINA").is_some());
    assert_eq!(names.group_in_metadata("Ruritania"), None);
    assert_eq!(names.same_in_metadata("Ruritania"), [""; 0]);
    assert_eq!(names.expansions("Ruritania"), [""; 0]);
}

#[test]
fn expansions_leave_out_the_typed_form_and_what_folds_like_it() {
    let names = Names::shipped();
    let found = names.expansions("上海合作組織");
    assert!(
        found.contains(&"上合组织") && found.contains(&"SCO") && found.contains(&"ШОС"),
        "{found:?}"
    );
    assert!(!found.contains(&"上海合作组织"), "{found:?}");
    for group in groups(SYNONYMS) {
        for form in &group {
            let others = group.iter().filter(|other| *other != form && !other.is_read_only);
            assert!(
                names
                    .expansions(&form.text)
                    .into_iter()
                    .eq(others.map(|other| &*other.text)),
                "{group:?}"
            );
        }
    }
}

#[test]
fn people_are_joined_in_metadata_and_initiatives_searched_for() {
    let names = Names::shipped();
    assert!(names.same_in_metadata("XI JINPING").contains(&"习近平"));
    assert_eq!(names.expansions("习近平"), [""; 0]);
    assert!(names.expansions("BRI").contains(&"一带一路"));
    assert_eq!(names.group_in_metadata("BRI"), None);
}

#[test]
fn a_read_only_form_stands_for_the_others_in_its_own_letter_case_only() {
    let names = Names::shipped();
    assert!(names.expansions("WHO").contains(&"世界卫生组织"));
    assert_eq!(names.expansions("who"), [""; 0]);
    assert_eq!(names.expansions("Who"), [""; 0]);
    assert!(!names.expansions("世界衛生組織").contains(&"WHO"));
    assert!(names.expansions("ＵＳ").contains(&"美国"), "width is no letter case");
    assert!(!names.expansions("美国").contains(&"US"));
    assert!(
        names.same_in_metadata("us").contains(&"美国"),
        "a field says what is meant"
    );
}

#[test]
fn a_line_of_the_users_joins_the_groups_that_share_a_form_with_it() {
    let names =
        with_file("# mine\n\nSCO = 上合大家庭\r\n甲\tA state\n乙 = B state\nA STATE = B state = <AB\n").unwrap();
    assert!(names.expansions("上合大家庭").contains(&"上海合作组织"));
    assert!(names.expansions("上海合作组织").contains(&"上合大家庭"));
    assert_eq!(names.same_in_metadata("乙"), ["甲", "A state", "乙", "B state", "AB"]);
    assert_eq!(names.expansions("乙"), ["甲", "A state", "B state"]);
    assert_eq!(names.group_in_metadata("甲"), names.group_in_metadata("b state"));
    assert_eq!(names.expansions("ab"), [""; 0]);
    assert_eq!(names.expansions("AB"), ["甲", "A state", "乙", "B state"]);
    assert_eq!(Names::shipped().expansions("上合大家庭"), [""; 0]);
}

#[test]
fn a_bad_line_of_the_users_is_an_error_that_names_file_and_line() {
    let check = |text: &[u8], line: u64, words: &str| {
        let error = with_file(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Usage);
        assert!(error.to_string().contains(words), "{error}");
        assert!(error.hint_text().is_some(), "{error}");
        let Some(Place::Line(path, number)) = error.place() else {
            panic!("{error}")
        };
        assert!(path.ends_with("own.txt"));
        assert_eq!(*number, line, "{error}");
    };
    check("甲 = 乙\n\n丙\n".as_bytes(), 3, "`丙` stands alone");
    check("\u{feff}甲=乙".as_bytes(), 1, "`甲=乙` stands alone");
    check("一带一路\t一帶一路\n".as_bytes(), 1, "one after folding");
    check("甲 = …\n".as_bytes(), 1, "`…` has neither a letter nor a digit");
    check("甲 = <\n".as_bytes(), 1, "`` has neither");
    check(b"# good\n\xff = b\n", 2, "not UTF-8");
    let error = Names::with_files(None, Some(Path::new("no/such/file"))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(error.to_string().contains("no/such/file"), "{error}");
}

#[test]
fn a_shipped_form_has_the_signature_of_its_folded_form() {
    for form in groups(&[PEOPLE, STATES, ORGANIZATIONS, INITIATIVES]).iter().flatten() {
        for form in [Some(form.clone()), form.without_diacritics()].into_iter().flatten() {
            assert_eq!(signature(&form.text), signature(&fold_line(&form.text)), "{form:?}");
        }
    }
}

#[test]
fn states_that_sound_alike_stay_apart() {
    let names = Names::shipped();
    let check = |one: &str, other: &str| {
        let groups = [one, other].map(|name| names.group_in_metadata(name));
        assert!(groups[0].is_some() && groups[1].is_some(), "{one}, {other}: {groups:?}");
        assert_ne!(groups[0], groups[1], "{one}, {other}");
        let expansions = names.expansions(one);
        for form in names.same_in_metadata(other) {
            assert!(!expansions.contains(&form), "{one} must not search for {form}");
        }
    };
    check("Republic of Korea", "Democratic People’s Republic of Korea");
    check("韩国", "朝鲜");
    check("刚果（布）", "刚果（金）");
    check("Republic of the Congo", "DRC");
    check("Guinea", "Guinea-Bissau");
    check("几内亚", "赤道几内亚");
    check("Guinée", "Papouasie-Nouvelle-Guinée");
    check("尼日尔", "尼日利亚");
    check("Niger", "Nigeria");
    check("Dominica", "Dominican Republic");
    check("多米尼克", "多米尼加");
    check("Sudan", "South Sudan");
    check("Ireland", "United Kingdom");
    check("印度", "印度尼西亚");
    check("Mauritius", "Mauritania");
    check("Austria", "Australia");
    check("Slovakia", "Slovenia");
    check("Iran", "Iraq");
    check("Holy See", "Vatican City");
    check("索马里", "马里");
    check("African Union", "OAU");
    for ambiguous in ["Congo", "刚果", "Конго", "الكونغو", "Korea", "America"] {
        assert_eq!(names.group_in_metadata(ambiguous), None, "{ambiguous}");
        assert_eq!(names.expansions(ambiguous), [""; 0], "{ambiguous}");
    }
}

#[test]
fn ordinary_words_are_never_searched_for() {
    let words = [
        "who", "us", "usa", "un", "au", "eu", "uno", "turkey", "chad", "jordan", "georgia", "того", "чад", "irán",
        "granada", "مالي", "grenade", "maurice", "воз", "ас", "odd", "cis", "oas", "alba", "пам", "unido", "海地",
        "上合", "金砖",
    ];
    for group in groups(SYNONYMS) {
        for form in group.iter().filter(|form| !form.is_read_only) {
            assert!(!words.contains(&&*fold_line(&form.text)), "{form:?}");
        }
    }
}

#[test]
fn metadata_may_leave_diacritics_away() {
    let names = Names::shipped();
    let check = |one: &str, other: &str| {
        assert!(names.group_in_metadata(one).is_some(), "{one}");
        assert_eq!(
            names.group_in_metadata(one),
            names.group_in_metadata(other),
            "{one}, {other}"
        );
    };
    check("REPUBLICA DE CUBA", "República de Cuba");
    check("REPUBLIQUE DU BURUNDI", "布隆迪");
    check("Antonio Guterres", "António Guterres");
    check("Шавкат Мирзиеев", "Шавкат Мирзиёев");
    check("ليلى حدان", "ليلى حدّان");
}
