"""Finds the weights of the second stage of the ranking, validates them, and prints what each ingredient is worth.

What: nDCG@10 of `chancery evaluate` under other weights (`--weight name=value`), by coordinate search over a coarse grid. Collections
count in groups, so that many small ones of one kind do not outvote the others: the mean of the means of each group.
  ablation     the profile without one ingredient at a time
  search       the best weights over everything
  folds        the same, found on four fifths of the queries and measured on the last fifth, five times
  collections  the same, found without one collection and measured on it
On what: test collections, folders with queries.jsonl, qrels.tsv and passages.jsonl[.gz].
How to run (the indexes go into --work and are kept, as are measured weights):

    cargo build --release
    python benches/ranking/tune.py target/release/chancery ablation ../shared/data/retrieval/*/ --work tuning
"""

import argparse
import gzip
import json
import random
import shutil
import subprocess
from pathlib import Path

# The weights that are searched for, and the values that they may take: few and round, for the optimum is flat.
GRID = {"units": [0, 1, 2, 3], "pairs": [0, 0.25, 0.5, 1], "nearness": [0, 1, 2, 3]}
START = {"units": 1, "pairs": 0.5, "nearness": 1}
ABLATIONS = {
    "the profile": {},
    "without units": {"units": 0},
    "without pairs": {"pairs": 0},
    "without nearness": {"nearness": 0},
    "without kin words": {"kin": 1},
    "without the second stage": {"depth": 0},
    "without partial matches behind few": {"page": 0},
    "first stage by words alone": {"string": 0, "literal": 0, "all_keywords": 0},
    "words alone": {"depth": 0, "string": 0, "literal": 0, "all_keywords": 0},
    "k1 and b of the first stage": {"saturation": 1.2, "length": 0.75},
    "50 passages read": {"depth": 50},
    "200 passages read": {"depth": 200},
}
FOLDS = 5


class Collections:
    """The collections, each with an index, and the weights measured so far."""

    def __init__(self, program, folders, work):
        self.program, self.work = program, Path(work)
        self.folders = {folder.name: folder for folder in map(Path, folders)}
        self.work.mkdir(parents=True, exist_ok=True)
        for name in self.folders:
            self.index(name)

    def index(self, name):
        index = self.work / "indexes" / name
        if index.exists():
            return index
        passages = self.work / "passages" / name / "passages.jsonl"
        passages.parent.mkdir(parents=True, exist_ok=True)
        plain = self.folders[name] / "passages.jsonl"
        if plain.exists():
            shutil.copy(plain, passages)
        else:
            passages.write_bytes(gzip.decompress(plain.with_suffix(".jsonl.gz").read_bytes()))
        index.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([self.program, "ingest", passages, "--index", index, "--quiet"], check=True, capture_output=True)
        return index

    def measure(self, weights):
        """nDCG@10 of every query, by collection."""
        return {name: self.measure_one(name, weights) for name in self.folders}

    def measure_one(self, name, weights):
        settings = [f"{weight}={value}" for weight, value in sorted(weights.items())]
        kept = self.work / "measured" / name / ("_".join(settings) or "profile")
        if not kept.exists():
            folder = self.folders[name]
            command = [self.program, "evaluate", "--index", self.index(name), "--queries", folder / "queries.jsonl"]
            command += ["--qrels", folder / "qrels.tsv", "--per-query", "--format", "json"]
            for setting in settings:
                command += ["--weight", setting]
            answer = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            by_query = {query["id"]: query["measures"]["nDCG@10"] for query in answer["per_query"]}
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(by_query))
        return json.loads(kept.read_text())


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def group(name):
    """The kind of a collection: diplomatic, news, and questions about encyclopedias."""
    return "questions" if name.startswith(("xquad", "cmrc")) else name


def overall(measured, is_counted=lambda name, query: True):
    groups = {}
    for name, by_query in measured.items():
        counted = [value for query, value in by_query.items() if is_counted(name, query)]
        if counted:
            groups.setdefault(group(name), []).append(mean(counted))
    return mean(mean(means) for means in groups.values())


def search(collections, is_counted=lambda name, query: True):
    """The best weights, one changed at a time until no change helps."""
    weights = dict(START)
    best = overall(collections.measure(weights), is_counted)
    improved = True
    while improved:
        improved = False
        for weight, values in GRID.items():
            for value in values:
                other = {**weights, weight: value}
                found = overall(collections.measure(other), is_counted)
                if found > best + 1e-4:
                    weights, best, improved = other, found, True
    return weights


def row(name, measured):
    cells = [f"{mean(by_query.values()):.4f}" for by_query in measured.values()]
    print(f"| {name} | " + " | ".join(cells) + f" | {overall(measured):.4f} |", flush=True)


def heading(collections):
    print("| | " + " | ".join(collections.folders) + " | mean of groups |")
    print("|---" * (len(collections.folders) + 2) + "|")


def ablation(collections):
    heading(collections)
    for name, weights in ABLATIONS.items():
        row(name, collections.measure(weights))


def folds(collections):
    heading(collections)
    places = {}
    for name, by_query in collections.measure({}).items():
        order = sorted(by_query)
        random.Random(7).shuffle(order)
        places.update({(name, query): place % FOLDS for place, query in enumerate(order)})
    held_out = {name: {} for name in collections.folders}
    for fold in range(FOLDS):
        weights = search(collections, lambda name, query: places[name, query] != fold)
        print(f"| fold {fold + 1}: {weights} |", flush=True)
        for name, by_query in collections.measure(weights).items():
            held_out[name].update({query: value for query, value in by_query.items() if places[name, query] == fold})
    row("held out", held_out)


def one_left_out(collections):
    for left_out in collections.folders:
        weights = search(collections, lambda name, query: name != left_out)
        value = mean(collections.measure_one(left_out, weights).values())
        print(f"{left_out}: {value:.4f} with {weights}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("task", choices=["ablation", "search", "folds", "collections"])
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--work", default="tuning")
    arguments = parser.parse_args()
    collections = Collections(arguments.program, arguments.folders, arguments.work)
    match arguments.task:
        case "ablation":
            ablation(collections)
        case "search":
            weights = search(collections)
            heading(collections)
            row(str(weights), collections.measure(weights))
        case "folds":
            folds(collections)
        case "collections":
            one_left_out(collections)


main()
