//! One person, one state, many names: filters and facets over the sample corpus, and the user's own files.

use serde_json::{Value, json};

use crate::support::command::{Workplace, four_speeches, sample, texts};

/// The forms in which the sample prints the name of one secretary-general.
const SECRETARY_GENERAL: &[&str] = &[
    "Milan Oster",
    "米兰·奥斯特",
    "米蘭·奧斯特",
    "Милана Остера",
    "ميلان أوستر",
];

/// The names of the sample's states, a file for `--authority`.
fn authority() -> String {
    format!("{}/corpus/authority.tsv", env!("CARGO_MANIFEST_DIR"))
}

fn listed(arguments: &[&str]) -> Vec<String> {
    let listing = sample().json(&[&["list"], arguments].concat());
    let ids = texts(&listing["speeches"], "id").into_iter();
    ids.map(str::to_owned).collect()
}

/// The values of a facet over all passages.
fn facet(workplace: &Workplace, field: &str, arguments: &[&str]) -> Vec<Value> {
    let search = ["search", "-zzzz", "--limit", "0", "--facet", field];
    let answer = workplace.json(&[&search, arguments].concat());
    answer["facets"][field].as_array().expect("a list of values").clone()
}

#[test]
fn a_speaker_is_found_by_every_form_of_the_name() {
    let speeches = listed(&["--speaker", SECRETARY_GENERAL[0]]);
    assert_eq!(speeches.len(), 9);
    for form in SECRETARY_GENERAL {
        assert_eq!(listed(&["--speaker", form]), speeches, "{form}");
        assert_eq!(listed(&["--where", &format!("speaker={form}")]), speeches, "{form}");
        let by_passage = sample().json(&["search", "-zzzz", "--speaker", form]);
        assert_eq!(by_passage["total"]["speeches"], speeches.len(), "{form}");
    }
    assert_eq!(
        listed(&["--speaker", "Shen Huaichuan"]),
        listed(&["--speaker", "Шэнь Хуайчуань"])
    );
}

#[test]
fn turns_of_a_transcript_are_found_by_every_form_too() {
    let find = |form: &str| {
        let answer = sample().json(&["search", "-zzzz", "--speaker", form, "--limit", "100"]);
        let passages = texts(&answer["hits"], "passage").into_iter();
        passages.map(str::to_owned).collect::<Vec<_>>()
    };
    let passages = find("Inés Valcárcel Roa");
    assert!(
        passages
            .iter()
            .any(|passage| passage.starts_with("press/2020-joint-remarks#")),
        "{passages:?}"
    );
    assert_eq!(find("伊内丝·巴尔卡塞尔"), passages);
}

#[test]
fn a_facet_counts_a_name_once_and_lists_its_printed_forms() {
    let values = facet(sample(), "speaker", &[]);
    let found: Vec<&Value> = (values.iter())
        .filter(|value| {
            value["forms"]
                .as_array()
                .is_some_and(|forms| forms.contains(&json!("米兰·奥斯特")))
        })
        .collect();
    let expected = json!({
        "value": "Milan Oster",
        "forms": ["Milan Oster", "米兰·奥斯特", "Милана Остера", "ميلان أوستر"],
        "passages": 53,
        "speeches": 9,
    });
    assert_eq!(found, [&expected]);
    let alone = values
        .iter()
        .find(|value| value["value"] == "Corwin Ashdale")
        .expect("he spoke once");
    assert!(alone.get("forms").is_none(), "{alone}");
    let text = sample()
        .run(&["search", "-zzzz", "--limit", "0", "--facet", "speaker"])
        .ended(0)
        .stdout;
    assert!(
        text.contains("   Milan Oster (米兰·奥斯特, Милана Остера, ميلان أوستر)  53 passages in 9 speeches\n"),
        "{text}"
    );
}

#[test]
fn the_counts_of_a_facet_are_those_of_the_filter() {
    for field in ["speaker", "country", "organization"] {
        for value in facet(sample(), field, &["--authority", &authority()]) {
            let form = value["value"].as_str().expect("a text");
            let condition = format!("{field}={form}");
            let found = sample().json(&[
                "search",
                "-zzzz",
                "--limit",
                "0",
                "--authority",
                &authority(),
                "--where",
                &condition,
            ]);
            assert_eq!(found["total"]["passages"], value["passages"], "{condition}");
            assert_eq!(found["total"]["speeches"], value["speeches"], "{condition}");
        }
    }
}

#[test]
fn an_authority_file_of_the_users_joins_further_names() {
    sample().run(&["list", "--country", "Анлань"]).ended(1);
    let joined = listed(&["--country", "Анлань", "--authority", &authority()]);
    assert_eq!(joined.len(), 22);
    let environment = sample()
        .command(&["list", "--country", "Republic of Anlan", "--format", "json"])
        .env("CHANCERY_AUTHORITY", authority())
        .output()
        .expect("the program can be started");
    let listing: Value = serde_json::from_slice(&environment.stdout).expect("an answer");
    assert_eq!(texts(&listing["speeches"], "id"), joined);
    let countries = facet(sample(), "country", &["--authority", &authority()]);
    assert_eq!(countries.len(), 7, "{countries:?}");
}

#[test]
fn every_verb_that_filters_takes_the_users_names() {
    let workplace = four_speeches();
    workplace.write("own.txt", "沈怀川 = S. H. C.\nIrvan = I. V.\n");
    let own = ["--authority", "own.txt"];
    let found = workplace.json(&[&["search", "互利共赢", "--speaker", "s. h. c."], &own[..]].concat());
    assert_eq!(texts(&found["hits"], "speech"), ["one"]);
    let batch = workplace.run_with_input(
        &[&["search", "--queries", "-"], &own[..]].concat(),
        "{\"id\": \"a\", \"q\": \"互利共赢\", \"speaker\": \"I. V.\"}\n",
    );
    assert_eq!(texts(&batch.ended(0).json()["hits"], "speech"), ["three"]);
    let removed = workplace.json(&[&["remove", "--speaker", "I. V."], &own[..]].concat());
    assert_eq!(removed["removed"], json!(["three"]));
}

#[test]
fn a_string_near_another_is_found_by_its_other_forms_where_all_are_asked_for() {
    let workplace = four_speeches();
    workplace.write("own.txt", "铁道 = 铁路\n");
    let found = |expand: &str| {
        let query = "\"铁道\" NEAR/5 \"合作\"";
        let run = workplace.run(&["search", query, "--synonyms", "own.txt", expand, "--format", "json"]);
        texts(&run.json()["hits"], "speech").len()
    };
    assert_eq!((found("--expand=keywords"), found("--expand=all")), (0, 1));
}

#[test]
fn a_file_of_names_that_cannot_be_read_is_an_error_with_its_place() {
    let workplace = four_speeches();
    workplace.write("own.txt", "# names\n沈怀川 = 老沈\n鹭屿\n");
    for option in ["--authority", "--synonyms"] {
        workplace.run(&["list", option, "own.txt"]).failed_with(&[
            "own.txt:3: `鹭屿` stands alone",
            "hint: write the forms of one name on a line",
        ]);
        workplace
            .run(&["list", option, "none.txt"])
            .failed_with(&["none.txt: cannot read"]);
    }
}

#[test]
fn another_form_of_a_quoted_string_is_marked_as_such() {
    let workplace = four_speeches();
    workplace.write("own.txt", "互利双赢 = 互利共赢\n");
    let arguments = [
        "search",
        "\"互利双赢\"",
        "--synonyms",
        "own.txt",
        "--expand",
        "--format",
        "json",
    ];
    let answer = workplace.run(&arguments).ended(0).json();
    let highlights = answer["hits"][0]["highlights"].as_array().expect("highlights");
    assert!(!highlights.is_empty());
    for highlight in highlights {
        assert_eq!(highlight["expansion_of"], "\"互利双赢\"");
    }
}

#[test]
fn another_form_of_a_name_is_found_in_every_language_however_each_stems_it() {
    let mut lines = String::new();
    for (language, text) in [
        ("en", "We visited Laos and Honduras last year."),
        ("fr", "Nous avons visité le Laos et le Honduras."),
        ("zh", "我们去年访问了老挝和洪都拉斯。"),
    ] {
        for number in 1..=3 {
            let speech = json!({"id": format!("{language}{number}"), "language": language, "body": text});
            lines.push_str(&format!("{speech}\n"));
        }
    }
    let workplace = Workplace::with_speeches(&[("visits.jsonl", &lines)]);
    let passages = |arguments: &[&str]| workplace.json(&[&["search"], arguments].concat())["total"]["passages"].clone();
    for query in [
        "老挝",
        "Laos",
        "洪都拉斯",
        "Honduras",
        "+老挝 +洪都拉斯",
        "老挝 NEAR/50 洪都拉斯",
    ] {
        assert_eq!(passages(&[query]), 9, "{query}");
        assert_eq!(passages(&[query, "--include-notes"]), 9, "{query}");
    }
    assert_eq!(passages(&["老挝", "--language", "en"]), 3);
}
