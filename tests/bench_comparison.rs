//! `chancery bench --compare`: what counts as slower, what makes two measurements hard to compare, what is refused.

use serde_json::{Value, json};

use crate::support::command::{Workplace, four_speeches, sample};

/// A workplace with a measurement of the sample kept as `old.json`.
fn measured() -> (Workplace, Value) {
    let workplace = Workplace::new();
    let path = workplace.path().join("old.json");
    let path = path.to_str().expect("the path is UTF-8");
    let few = [
        "bench",
        "--count",
        "12",
        "--repeat",
        "4",
        "--cold-count",
        "2",
        "--kinds",
        "strings-1,near",
    ];
    sample()
        .run(&[&few[..], &["--threads", "1", "--save", path, "-q"]].concat())
        .ended(0);
    let saved = std::fs::read_to_string(path).expect("the measurement was kept");
    (workplace, serde_json::from_str(&saved).expect("it is JSON"))
}

/// Compares a measurement with the kept one.
fn compared(workplace: &Workplace, new: &Value) -> Value {
    workplace.write("new.json", &new.to_string());
    workplace.json(&["bench", "--load", "new.json", "--compare", "old.json"])
}

/// The same measurement with the warm times of `near` multiplied.
fn multiplied(measurement: &Value, factor: f64) -> Value {
    let mut changed = measurement.clone();
    let timings = changed["timings"].as_array_mut().expect("timings");
    for timing in timings {
        if timing["kind"] != "near" || timing["start"] != "warm" {
            continue;
        }
        for name in ["p50_ms", "p99_ms"] {
            timing[name] = json!(timing[name].as_f64().expect("a time") * factor);
        }
        for pass in timing["samples_us"].as_array_mut().expect("passes") {
            for sample in pass.as_array_mut().expect("samples") {
                *sample = json!(sample.as_f64().expect("a time") * factor);
            }
        }
    }
    changed
}

fn changes(answer: &Value) -> Vec<(String, Value)> {
    let changes = answer["comparison"]["changes"].as_array().expect("a list of changes");
    let named = |change: &Value| {
        let text = |name: &str| change[name].as_str().unwrap_or_default().to_owned();
        (format!("{} {}", text("kind"), text("start")), change.clone())
    };
    changes.iter().map(named).collect()
}

#[test]
fn a_measurement_does_not_differ_from_itself() {
    let (workplace, old) = measured();
    let answer = compared(&workplace, &old);
    let changes = changes(&answer);
    let names: Vec<&str> = changes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["strings-1 warm", "near warm", "strings-1 cold", "near cold"]);
    for (name, change) in &changes {
        for percentile in ["p50", "p99"] {
            assert_eq!(change[percentile]["ratio"], 1.0, "{name}");
            assert_eq!(change[percentile]["verdict"], "no difference", "{name}");
        }
        assert_eq!(change["same_queries"], true);
    }
    let is_debug_note = |warning: &Value| {
        warning
            .as_str()
            .is_some_and(|text| text.contains("without optimization"))
    };
    assert!(
        answer["warnings"]
            .as_array()
            .is_some_and(|warnings| warnings.iter().all(is_debug_note))
    );
}

#[test]
fn a_hundred_times_the_time_is_slower_and_a_hundredth_is_faster() {
    let (workplace, old) = measured();
    for (factor, verdict) in [(100.0, "slower"), (0.01, "faster")] {
        for (name, change) in changes(&compared(&workplace, &multiplied(&old, factor))) {
            let expected = if name == "near warm" { verdict } else { "no difference" };
            assert_eq!(change["p50"]["verdict"], expected, "{name}: {change}");
            let bound = |end: &str| change["p50"][end].as_f64().expect("a ratio");
            assert!(
                bound("low") <= bound("ratio") && bound("ratio") <= bound("high"),
                "{name}: {change}"
            );
        }
    }
    workplace.write("new.json", &multiplied(&old, 100.0).to_string());
    let text = workplace
        .run(&["bench", "--load", "new.json", "--compare", "old.json"])
        .ended(0)
        .stdout;
    let near = text
        .lines()
        .rfind(|line| line.starts_with("near ") && line.contains("slower"));
    assert!(near.is_some_and(|line| line.contains("100.00 (")), "{text}");
}

#[test]
fn what_makes_measurements_hard_to_compare_is_told() {
    let (workplace, old) = measured();
    let mut new = old.clone();
    new["corpus"]["version"] = json!("another");
    new["settings"]["seed"] = json!(2);
    new["machine"]["processors"] = json!(640);
    new["workload"][1]["queries"][0]["query"] = json!("铁路 NEAR/10 别的");
    let timings = new["timings"].as_array_mut().expect("timings");
    timings.retain(|timing| timing["start"] == "warm");
    let answer = compared(&workplace, &new);
    let warnings = answer["warnings"].to_string();
    for part in [
        "the corpora are",
        "the seeds are",
        "the machines",
        "the queries are not the same: near",
    ] {
        assert!(warnings.contains(part), "{part} in {warnings}");
    }
    assert_eq!(
        answer["comparison"]["only_old"],
        json!(["strings-1, cold", "near, cold"])
    );
    assert_eq!(answer["comparison"]["only_new"], json!([]));
}

#[test]
fn only_a_result_of_bench_is_compared_with() {
    let workplace = four_speeches();
    let (_, old) = measured();
    let mut damaged = old.clone();
    damaged["timings"][0]["samples_us"][0] = json!([1.0]);
    let mut newer = old.clone();
    newer["measurement_version"] = json!(99);
    let search = workplace.run(&["search", "铁路", "--format", "json"]).ended(0).stdout;
    for (text, message) in [
        ("no JSON at all", "this is no result of `chancery bench`"),
        (&search, "this is no result of `chancery bench`"),
        (&damaged.to_string(), "the measurement is damaged: it lacks samples"),
        (
            &newer.to_string(),
            "this measurement has the form 99; this version reads 1",
        ),
    ] {
        workplace.write("bad.json", text);
        workplace.run(&["bench", "--compare", "bad.json"]).failed_with(&[
            "bad.json: ",
            message,
            "hint: save one with `chancery bench --save FILE`",
        ]);
    }
    workplace
        .run(&["bench", "--compare", "missing.json"])
        .failed_with(&["missing.json: cannot read the measurement"]);
}
