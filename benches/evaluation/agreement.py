"""Holds `chancery evaluate` to ir_measures, the reference in Python for the measures of TREC.

What: nDCG@10, RR@10, R@10, R@100, AP and Judged@10, of every query and their means, may differ by at most 0.00005, and so may
the p of the paired randomization test between the synthetic runs from one that goes through every assignment of signs.
On what: the synthetic runs in tests/fixtures/evaluation, with ties, missing queries, unjudged documents and negative grades; and,
with --collections, the runs of Chancery on test collections (folders with queries.jsonl, qrels.tsv and passages.jsonl[.gz]).
How to run, in any virtual environment:

    pip install ir_measures
    cargo build --release
    python benches/evaluation/agreement.py target/release/chancery --collections ../shared/data/retrieval/*/

`--write-fixtures` makes the synthetic runs and the values that ir_measures gives anew; tests/evaluate/agreement.rs reads
them, so the tests need no Python.

Where scores are equal, the measures of ir_measures do not agree among themselves: those that it takes from trec_eval go by the
scores in single precision and take the greater id first, RR@10 and Judged@10 take the lesser id first. Chancery orders as
trec_eval does for every measure. So for RR@10 and Judged@10 ir_measures gets the run in the order of trec_eval, without ties.
"""

import argparse
import json
import random
import struct
import subprocess
import sys
import tempfile
from importlib.metadata import version
from itertools import product
from pathlib import Path

import ir_measures
from ir_measures import AP, RR, Judged, R, ScoredDoc, nDCG

FIXTURES = Path(__file__).parents[2] / "tests" / "fixtures" / "evaluation"
RUNS = ["first.run", "second.run"]
OF_TREC_EVAL = [nDCG @ 10, R @ 10, R @ 100, AP]
WITHOUT_TIES = [RR @ 10, Judged @ 10]
MOST_DIFFERENCE = 0.00005


def in_single_precision(score):
    return struct.unpack("f", struct.pack("f", score))[0]


def without_ties(run):
    """The run in the order of trec_eval, each rank with a score of its own."""
    by_query = {}
    for document in run:
        by_query.setdefault(document.query_id, []).append(document)
    for query, documents in by_query.items():
        documents.sort(key=lambda document: document.doc_id.encode(), reverse=True)
        documents.sort(key=lambda document: -in_single_precision(document.score))
        for rank, document in enumerate(documents):
            yield ScoredDoc(query, document.doc_id, -float(rank))


def reference(qrels_path, run_path):
    """The means, and the values by query, as ir_measures has them."""
    qrels = list(ir_measures.read_trec_qrels(str(qrels_path)))
    run = list(ir_measures.read_trec_run(str(run_path)))
    means, per_query = {}, {}
    for measures, documents in [(OF_TREC_EVAL, run), (WITHOUT_TIES, list(without_ties(run)))]:
        results = ir_measures.calc(measures, qrels, documents)
        means.update({str(measure): value for measure, value in results.aggregated.items()})
        for metric in results.per_query:
            per_query.setdefault(metric.query_id, {})[str(metric.measure)] = metric.value
    return {"means": means, "per_query": per_query}


def exact_p(first, second, measure):
    """The two-sided p of the paired randomization test, over all assignments of signs."""
    queries = sorted(set(first) | set(second))
    differences = [first.get(query, {}).get(measure, 0) - second.get(query, {}).get(measure, 0) for query in queries]
    differences = [difference for difference in differences if abs(difference) > 1e-9]
    observed = abs(sum(differences)) - 1e-9
    signs = list(product([1, -1], repeat=len(differences)))
    as_far = sum(abs(sum(map(lambda sign, value: sign * value, assignment, differences))) >= observed for assignment in signs)
    return as_far / len(signs)


def synthetic_lines(draw):
    """Judgments of twelve queries and two runs; query 11 is in no run, 12 has nothing relevant, 13 was never judged."""
    qrels, runs = [], {name: [] for name in RUNS}
    for number in range(1, 14):
        query, pool = f"q{number:02}", [f"d{document:03}" for document in range(160)]
        judged = draw.sample(pool, 30)
        grades = [0] if number == 12 else [-2, -1, 0, 0, 0, 1, 1, 2, 3]
        if number != 13:
            qrels += [f"{query} 0 {document} {draw.choice(grades)}" for document in judged]
        for name in RUNS if number != 11 else []:
            count = 120 if number < 3 else draw.choice([4, 15, 25])
            found = draw.sample(judged, min(count // 3 + 1, 30))
            found += draw.sample([document for document in pool if document not in found], count - len(found))
            draw.shuffle(found)
            for rank, document in enumerate(found, start=1):
                # Few different scores make ties; some differ only beyond single precision.
                score = round(20 - rank / 7) + draw.choice([0, 0, 1e-9])
                runs[name].append(f"{query} Q0 {document} {rank} {score!r} synthetic")
    return qrels, runs


def write_fixtures():
    FIXTURES.mkdir(parents=True, exist_ok=True)
    qrels, runs = synthetic_lines(random.Random(4))
    (FIXTURES / "qrels.tsv").write_text("\n".join(qrels) + "\n")
    for name, lines in runs.items():
        (FIXTURES / name).write_text("\n".join(lines) + "\n")
    values = {name: reference(FIXTURES / "qrels.tsv", FIXTURES / name) for name in RUNS}
    first, second = (values[name]["per_query"] for name in RUNS)
    expected = {
        "made_with": [f"{package} {version(package)}" for package in ("ir_measures", "pytrec-eval-terrier")],
        "runs": values,
        "randomization_p": {str(measure): exact_p(first, second, str(measure)) for measure in OF_TREC_EVAL + WITHOUT_TIES},
    }
    (FIXTURES / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


def chancery(program, *arguments):
    command = [program, "evaluate", *map(str, arguments), "--format", "json", "--per-query"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def largest_difference(report, expected):
    differences = [abs(report["measures"][name] - value) for name, value in expected["means"].items()]
    for query in report["per_query"]:
        values = expected["per_query"].get(query["id"], {})
        differences += [abs(query["measures"][name] - value) for name, value in values.items()]
    if len(report["per_query"]) != len(expected["per_query"]):
        raise SystemExit("Chancery and ir_measures do not measure the same queries")
    return max(differences), len(differences)


def report_agreement(name, report, expected):
    difference, count = largest_difference(report, expected)
    means = "  ".join(f"{measure} {value:.4f}" for measure, value in report["measures"].items())
    print(f"{name:<14} {count:>6} values, largest difference {difference:.1e}  {means}")
    return difference <= MOST_DIFFERENCE


def p_agrees(program):
    first, second = (FIXTURES / name for name in RUNS)
    qrels = FIXTURES / "qrels.tsv"
    report = chancery(program, "--qrels", qrels, "--from-run", first, "--compare", second)
    values = [reference(qrels, run)["per_query"] for run in (first, second)]
    compared = report["comparisons"][0]["measures"]
    difference = max(abs(row["p"] - exact_p(*values, row["measure"])) for row in compared)
    print(f"p of {len(compared)} comparisons, largest difference {difference:.1e}")
    return difference <= MOST_DIFFERENCE


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", nargs="?", default="target/release/chancery")
    parser.add_argument("--collections", nargs="*", type=Path, default=[])
    parser.add_argument("--write-fixtures", action="store_true")
    arguments = parser.parse_args()
    if arguments.write_fixtures:
        return write_fixtures()
    print(f"ir_measures {version('ir_measures')}")
    agrees = [p_agrees(arguments.program)]
    qrels = FIXTURES / "qrels.tsv"
    for name in RUNS:
        report = chancery(arguments.program, "--qrels", qrels, "--from-run", FIXTURES / name)
        agrees.append(report_agreement(name, report, reference(qrels, FIXTURES / name)))
    for folder in arguments.collections:
        passages = next(path for path in sorted(folder.glob("passages.jsonl*")))
        qrels = folder / "qrels.tsv"
        with tempfile.TemporaryDirectory() as temporary:
            run = Path(temporary) / "chancery.run"
            queries = folder / "queries.jsonl"
            report = chancery(
                arguments.program, "--qrels", qrels, "--queries", queries, "--passages", passages, "--run", run
            )
            agrees.append(report_agreement(folder.name, report, reference(qrels, run)))
    sys.exit(0 if all(agrees) else 1)


if __name__ == "__main__":
    main()
