//! Versions of one speech: what is linked and what is not, how groups are listed, and what `show --diff` shows.

use chancery::engine::Engine;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::command::{Run, Workplace, texts};
use crate::support::indexed::{TestIndex, sample};

/// The paragraphs of a speech.
const SPEECH: [&str; 4] = [
    "尊敬的各位来宾，女士们，先生们：很高兴来到鹭港，同大家共商海上航路的未来。十年前，我们在这里签下第一份协定，今天码头上已经停着三十六个国家的船。",
    "航路不是谁家的后院，而是大家的门前路。我们愿同沿岸各国一道，把灯塔修得更亮，把航道疏得更深，让远行的人放心出海，让归来的人平安靠岸。",
    "有人问，海这么宽，合作从哪里做起？我的回答是，从一张海图做起，从一次救援做起，从一所航海学校做起。今年秋天，第一批一百二十名学员就要毕业了。",
    "让我们记住先人说过的话：同舟的人不问来处，只问去向。祝愿航路长通，祝愿各位健康。谢谢大家。",
];

fn record(id: &str, fields: Value, body: &str) -> Value {
    let mut record = json!({"id": id, "language": "zh", "body": body});
    let fields = fields.as_object().expect("fields are an object").clone();
    record.as_object_mut().expect("a record is an object").extend(fields);
    record
}

fn ingested(records: &[Value]) -> Workplace {
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    Workplace::with_speeches(&[("all.jsonl", &lines.join("\n"))])
}

fn official() -> Value {
    let known = json!({"title": "在航路论坛上的演讲", "speaker": "沈怀川", "date": "2019-05-07"});
    record("official", known, &SPEECH.join("\n\n"))
}

/// The groups as lists of ids, the leader first.
fn groups(workplace: &Workplace, arguments: &[&str]) -> Vec<Vec<String>> {
    let run = workplace.run(&[&["list", "--versions", "--format", "json"], arguments].concat());
    let listing = run.json();
    let groups = listing["groups"].as_array().expect("there is a list of groups");
    assert_eq!(listing["total"], groups.len());
    let ids = |group: &Value| {
        let versions = texts(&group["versions"], "speech");
        let leader = group["speech"].as_str().expect("a group has a leader");
        std::iter::once(leader).chain(versions).map(str::to_owned).collect()
    };
    groups.iter().map(ids).collect()
}

#[test]
fn copies_abridgements_and_corrections_are_linked() {
    let wire = format!(
        "（澜海社鹭港5月7日电）\n{}\n（完）",
        SPEECH.join("").replace("，", "，\n")
    );
    let corrected = SPEECH.join("\n\n").replace("一百二十名", "一百一十二名");
    let workplace = ingested(&[
        official(),
        record(
            "wire",
            json!({"title": "沈怀川：航路是大家的门前路", "agency": "澜海社"}),
            &wire,
        ),
        record("paper", json!({"published": "2019-05-08"}), &SPEECH[1..3].join("\n")),
        record(
            "corrected",
            json!({"date": "2019-05-07", "speaker": "沈怀川"}),
            &corrected,
        ),
        record(
            "other",
            json!({"date": "2019-05-07", "speaker": "沈怀川"}),
            &"渔季开始了，愿大家满载而归。".repeat(9),
        ),
    ]);
    let found = groups(&workplace, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        found[0][0], "corrected",
        "the first id of equally full texts of one day"
    );
    let mut members = found[0].clone();
    members.sort_unstable();
    assert_eq!(members, ["corrected", "official", "paper", "wire"]);
    assert_eq!(found[0][3], "paper", "what is least like the leader comes last");
    let total = |query: &str| workplace.json(&["search", query])["total"]["speeches"].clone();
    assert_eq!(total("\"大家的门前路\""), 4, "totals count every stored speech");
}

#[test]
fn other_days_speakers_and_names_are_other_speeches() {
    let text = SPEECH.join("\n");
    let letter = |guest: &str, state: &str, feast: &str| {
        format!(
            "尊敬的{guest}：\n值此{state}{feast}之际，我谨代表安澜人民，并以我个人的名义，向{guest}和{state}人民致以热烈祝贺和良好祝愿。\
             {state}是安澜的友好邻邦。我高度重视两国关系发展，愿同{guest}一道努力，以{feast}为契机，深化各领域合作，造福两国人民。"
        )
    };
    let by = |speaker: &str, date: &str| json!({"speaker": speaker, "date": date});
    let workplace = ingested(&[
        official(),
        record("next day", by("沈怀川", "2019-05-08"), &text),
        record("joint text", by("欧阳静澜", "2019-05-07"), &text),
        record(
            "letter 1",
            by("沈怀川", "2019-06-01"),
            &letter("纳姆总统", "萨赫兰共和国", "独立日"),
        ),
        record(
            "letter 2",
            by("沈怀川", "2019-06-01"),
            &letter("维莫拉首相", "卡尔苏王国", "建交二十周年"),
        ),
    ]);
    assert_eq!(groups(&workplace, &[]), Vec::<Vec<String>>::new());
    workplace.run(&["list", "--versions"]).ended(1);
}

#[test]
fn names_are_compared_by_all_their_forms() {
    let text = SPEECH.join("\n");
    let workplace = ingested(&[
        record("one", json!({"speaker": "António Guterres"}), &text),
        record("two", json!({"speaker": "古特雷斯"}), &text),
    ]);
    assert_eq!(groups(&workplace, &[]), [["one", "two"]]);
}

#[test]
fn a_stated_version_is_linked_and_a_translation_is_not() {
    let workplace = ingested(&[
        official(),
        record("summary", json!({"version_of": "official"}), "沈怀川谈航路合作。"),
        record(
            "english",
            json!({"language": "en", "translation_of": "official"}),
            "The sea route is at everybody's door.",
        ),
    ]);
    let listing = workplace.json(&["list", "--versions"]);
    let group = &listing["groups"][0];
    assert_eq!(
        (&group["speech"], &group["title"]),
        (&json!("official"), &json!("在航路论坛上的演讲"))
    );
    let versions = group["versions"].as_array().expect("a group has versions");
    assert_eq!(versions.len(), 1);
    assert_eq!(
        (&versions[0]["speech"], &versions[0]["by"]),
        (&json!("summary"), &json!("stated"))
    );
    assert_eq!(
        (&versions[0]["similarity"], &versions[0]["version_of"]),
        (&json!(0.0), &json!("official"))
    );
}

fn three_groups() -> Workplace {
    let copies = |number: usize, date: &str| {
        let body = SPEECH.join("\n").replace("航路", ["航路", "铁路", "电网"][number]);
        let body = format!(
            "{}{body}",
            ["海", "山川大地", "星光点点万家灯火"][number].repeat(40 + number)
        );
        ["a", "b"].map(|copy| record(&format!("{copy}{number}"), json!({"date": date, "place": copy}), &body))
    };
    let records = [
        copies(0, "2021-03-01"),
        copies(1, "2020-03-01"),
        copies(2, "2022-03-01"),
    ];
    ingested(&records.concat())
}

#[test]
fn groups_are_filtered_sorted_and_paged_like_speeches() {
    let workplace = three_groups();
    let leaders = |arguments: &[&str]| -> Vec<String> {
        let listing = workplace
            .run(&[&["list", "--versions", "--format", "json"], arguments].concat())
            .json();
        texts(&listing["groups"], "speech")
            .into_iter()
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(leaders(&[]), ["a1", "a0", "a2"]);
    assert_eq!(leaders(&["--sort", "-date"]), ["a2", "a0", "a1"]);
    assert_eq!(leaders(&["--sort", "-date", "--offset", "1", "--limit", "1"]), ["a0"]);
    assert_eq!(
        leaders(&["--to", "2021", "--where", "place=b"]),
        ["a1", "a0"],
        "a member that is let in is enough"
    );
}

#[test]
fn groups_are_text_rows_and_lines_too() {
    let workplace = ingested(&[
        official(),
        record(
            "paper",
            json!({"published": "2019-05-08", "agency": "鹭港晚报"}),
            &SPEECH[..3].join("\n"),
        ),
    ]);
    let text = workplace.run(&["list", "--versions"]).ended(0).stdout;
    let expected = "在航路论坛上的演讲\n  official  2019-05-07 · all.jsonl:1\n  paper  published 2019-05-08 · 鹭港晚报 · all.jsonl:2\n";
    assert!(text.starts_with(expected), "{text}");
    assert!(
        text.ends_with("100 % of the shorter text in the longer\n1 of 1 group of versions\n"),
        "{text}"
    );
    let csv = workplace
        .run(&["list", "--versions", "--format", "csv"])
        .ended(0)
        .stdout;
    let lines: Vec<&str> = csv.lines().collect();
    assert!(
        lines[0].starts_with("leader,speech,similarity,containment,by,title,"),
        "{csv}"
    );
    assert!(lines[1].starts_with("official,official,,,,在航路"), "{csv}");
    assert!(
        lines[2].starts_with("official,paper,0.") && lines[2].contains(",1,fingerprint,"),
        "{csv}"
    );
    let lines = workplace
        .run(&["list", "--versions", "--format", "jsonl"])
        .ended(0)
        .json_lines();
    assert_eq!((lines.len(), &lines[0]["speech"]), (1, &json!("official")));
}

#[test]
fn links_follow_what_is_stored() {
    let workplace = ingested(&[official(), record("copy", json!({}), &SPEECH.join(""))]);
    let versions = |id: &str| workplace.json(&["show", id])["versions"].clone();
    assert_eq!(versions("copy"), json!(["official"]));
    assert_eq!(versions("official"), json!(["copy"]));
    workplace.run(&["remove", "copy"]).ended(0);
    assert_eq!(versions("official"), Value::Null);
    let again = record("copy", json!({"date": "2001-01-01"}), &SPEECH.join(""));
    workplace
        .run_with_input(&["ingest", "-", "--input-format", "jsonl"], &again.to_string())
        .ended(0);
    assert_eq!(versions("official"), Value::Null);
    let again = record("copy", json!({"date": "2019-05"}), &SPEECH.join(""));
    workplace
        .run_with_input(&["ingest", "-", "--input-format", "jsonl"], &again.to_string())
        .ended(0);
    assert_eq!(versions("official"), json!(["copy"]));
    workplace.run(&["optimize"]).ended(0);
    assert_eq!(versions("official"), json!(["copy"]));
    workplace.run(&["reindex"]).ended(0);
    assert_eq!(versions("official"), json!(["copy"]));
}

fn diff(workplace: &Workplace, from: &str, to: &str, more: &[&str]) -> Run {
    workplace.run(&[&["show", from, "--diff", to], more].concat()).ended(0)
}

#[test]
fn a_difference_shows_changed_paragraphs_and_counts_the_others() {
    let changed = SPEECH.map(|paragraph| paragraph.replace("今年秋天", "今年冬天").replace("谢谢大家。", ""));
    let workplace = ingested(&[official(), record("other", json!({}), &changed.join("\n\n"))]);
    let text = diff(&workplace, "official", "other", &[]).stdout;
    assert!(
        text.starts_with("from official\nto   other\n\n2 paragraphs unchanged\n\n¶ 3 → 3\n"),
        "{text}"
    );
    let joined: String = text.lines().collect();
    assert!(joined.contains("今年[-秋-]{+冬+}天，"), "{text}");
    assert!(
        joined.contains("¶ 4 → 4") && joined.contains("[-谢谢大家。-]"),
        "{text}"
    );
    assert!(!text.contains("灯塔"), "{text}");
    let answer = workplace.json(&["show", "official", "--diff", "other"]);
    assert_eq!((&answer["from"], &answer["to"]), (&json!("official"), &json!("other")));
    assert_eq!(answer["unchanged_paragraphs"], 2);
    let last = &answer["changes"][1];
    assert_eq!((&last["from_paragraph"], &last["to_paragraph"]), (&json!(4), &json!(4)));
    let parts = last["parts"].as_array().expect("a change has parts");
    assert_eq!(
        parts.iter().map(|part| &part["kind"]).collect::<Vec<_>>(),
        ["equal", "delete"]
    );
    let body = workplace.json(&["show", "official"])["body"]
        .as_str()
        .expect("there is a body")
        .to_owned();
    let range = |name: &str| parts[1][name].as_u64().expect("a part has a place") as usize;
    let printed: String = body
        .chars()
        .skip(range("start"))
        .take(range("end") - range("start"))
        .collect();
    assert_eq!((&json!(printed), printed.as_str()), (&parts[1]["text"], "谢谢大家。"));
    let rows = diff(&workplace, "official", "other", &["--format", "csv"]).stdout;
    assert!(
        rows.starts_with("from_paragraph,to_paragraph,from_text,to_text,marked\n3,3,"),
        "{rows}"
    );
    let lines = diff(&workplace, "official", "other", &["--format", "jsonl"]).json_lines();
    assert_eq!(lines.len(), 2);
}

#[test]
fn a_copy_that_lost_its_line_breaks_does_not_differ() {
    let wrapped = SPEECH.join("\n\n").replace("。", "。\n");
    let workplace = ingested(&[
        official(),
        record("copy", json!({}), &SPEECH.join("")),
        record("wrapped", json!({}), &wrapped),
    ]);
    for other in ["copy", "wrapped", "official"] {
        let answer = workplace.json(&["show", "official", "--diff", other]);
        assert_eq!(
            (&answer["changes"], &answer["similarity"]),
            (&json!([]), &json!(1.0)),
            "{other}"
        );
    }
    let text = diff(&workplace, "official", "copy", &[]).stdout;
    assert!(
        text.ends_with(" unchanged\n\n0 paragraphs changed; 100 % alike\n"),
        "{text}"
    );
}

#[test]
fn a_difference_needs_two_speeches() {
    let workplace = ingested(&[official()]);
    let run = workplace.run(&["show", "official", "--diff", "nobody"]).ended(1);
    assert!(run.stderr.contains("there is no speech `nobody`"), "{run:#?}");
    workplace
        .run(&["show", "official", "--diff", "official", "--paragraph", "1"])
        .failed_with(&["cannot be used with"]);
}

/// Looked up one by one, every speech has the versions that it has in the groups of the whole index.
fn check_lookup(engine: &Engine, directory: &std::path::Path) {
    let looking = Engine::open(directory).expect("there is an index");
    let listing = engine
        .list(
            &chancery::search::Filters::default(),
            chancery::search::Sort::Date,
            0,
            usize::MAX,
        )
        .expect("the speeches can be listed");
    let ids: Vec<String> = listing.speeches.into_iter().map(|speech| speech.id).collect();
    engine.versions().expect("the index is sound");
    for id in ids {
        let asked = [id.clone()];
        assert_eq!(
            looking.versions_of(&asked).expect("the index is sound"),
            engine.versions_of(&asked).expect("the index is sound"),
            "{id}"
        );
    }
}

#[test]
fn the_sample_has_the_same_versions_looked_up_and_listed() {
    let index = TestIndex::of(&[sample()]);
    check_lookup(&index.engine(), &index.path());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Excerpts of a few texts with a day or a stated origin here and there.
    #[test]
    fn any_speeches_have_the_same_versions_looked_up_and_listed(
        parts in prop::collection::vec((0_usize..3, 0_usize..4, 100_usize..400, 0_u32..4, 0_usize..30), 2..30)
    ) {
        let wholes: Vec<String> = (0..3)
            .map(|seed| {
                let mut random = fastrand::Rng::with_seed(seed);
                (0..500).map(|_| random.char('\u{4E00}'..'\u{9000}')).collect()
            })
            .collect();
        let mut records = Vec::new();
        for (number, (whole, begin, length, day, origin)) in parts.iter().enumerate() {
            let body: String = wholes[*whole].chars().skip(begin * 30).take(*length).collect();
            let mut fields = json!({});
            if *day > 0 {
                fields["date"] = json!(format!("2020-01-{day:02}"));
            }
            if *origin < parts.len() && *day == 0 {
                fields["version_of"] = json!(format!("s{origin}"));
            }
            records.push(record(&format!("s{number}"), fields, &body).to_string());
        }
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("all.jsonl");
        std::fs::write(&file, records.join("\n")).expect("a file can be written");
        let index = TestIndex::of(&[file]);
        check_lookup(&index.engine(), &index.path());
    }
}
