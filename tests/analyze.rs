//! `chancery analyze`: how a text is folded and cut; it needs no index.

use serde_json::json;

use crate::support::command::{Workplace, texts};

#[test]
fn a_text_is_shown_as_units_and_words_with_spans() {
    let workplace = Workplace::new();
    let analysis = workplace.json(&["analyze", "共建「一帶一路」（掌声）"]);
    assert_eq!(texts(&analysis["units"], "text").concat(), "共建\"一带一路\"");
    assert_eq!(texts(&analysis["words"], "text"), ["共建", "一带一路"]);
    assert_eq!(analysis["words"][1]["terms"], json!(["一带", "一带一路", "一路"]));
    let unit = &analysis["units"][4];
    assert_eq!(
        (&unit["text"], &unit["start"], &unit["end"]),
        (&json!("带"), &json!(4), &json!(5))
    );
    assert_eq!(analysis["notes"], json!([{"start": 8, "end": 12}]));
    assert!(analysis.get("corpus").is_none());
    assert!(!workplace.path().join("index").exists());
}

#[test]
fn words_are_stemmed_by_the_language_and_cut_by_the_lexicon() {
    let workplace = Workplace::new();
    let english = workplace.json(&["analyze", "--language", "en", "COVID-19", "l’eau", "cooperating"]);
    assert_eq!(
        texts(&english["units"], "kind"),
        ["word", "mark", "number", "word", "word"]
    );
    assert_eq!(english["words"][3]["terms"], json!(["cooper"]));
    workplace.write("words.txt", "澜海精神\n");
    let own = workplace.json(&["analyze", "澜海精神", "--lexicon", "words.txt"]);
    assert_eq!(texts(&own["words"], "text"), ["澜海精神"]);
}

#[test]
fn an_analysis_is_text_rows_and_lines_too() {
    let workplace = Workplace::new();
    let text = workplace.run(&["analyze", "15亿"]).ended(0).stdout;
    assert!(
        text.starts_with("units\n    0  0–2       number  15\n    1  2–3       han     亿\nwords\n"),
        "{text}"
    );
    let tsv = workplace.run(&["analyze", "15亿", "--format", "tsv"]).ended(0).stdout;
    assert!(
        tsv.starts_with("level\tposition\tstart\tend\tkind\ttext\tterms\nunit\t0\t0\t2\tnumber\t15\t\n"),
        "{tsv}"
    );
    assert_eq!(
        workplace
            .run(&["analyze", "-15亿", "--format", "jsonl"])
            .ended(0)
            .json_lines()[0]["text"],
        "-"
    );
}
