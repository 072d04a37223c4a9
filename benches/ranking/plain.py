"""Plain rankers, to compare the ranking of Chancery with: each writes a run in the form of TREC.

What: `words` BM25 over jieba's search words and snowball stems; `characters` BM25 over characters and stems; `pairs` BM25 over pairs of
them; `both` the sum of the last two; `trigrams` the cosine of TF-IDF over three characters. k1 = 1.2, b = 0.75; nothing is tuned.
On what: a test collection, a folder with queries.jsonl, qrels.tsv and passages.jsonl[.gz]. Queries with a language rank the passages of it.
How to run, and to test the difference (`pairs.run` and so on are written into --out):

    pip install numpy scipy jieba snowballstemmer
    python benches/ranking/plain.py ../shared/data/retrieval/rgb-zh --language zh --out runs
    target/release/chancery evaluate --passages ../shared/data/retrieval/rgb-zh/passages.jsonl \\
        --queries ../shared/data/retrieval/rgb-zh/queries.jsonl --qrels ../shared/data/retrieval/rgb-zh/qrels.tsv --compare runs/words.run
"""

import argparse
import gzip
import json
import re
import unicodedata
from pathlib import Path

import jieba
import numpy as np
import scipy.sparse as sparse
import snowballstemmer

STEMMERS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
TOKEN = re.compile(r"[\u3400-\u9fff]+|\d+(?:[.,]\d+)*|[^\W\d_]+")
K1, B = 1.2, 0.75
DEPTH = 1000


def read(path):
    if not path.exists():
        return gzip.open(path.with_name(path.name + ".gz"), "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def records(path):
    with read(path) as lines:
        return [json.loads(line) for line in lines]


class Tokens:
    """The words and the units of texts."""

    def __init__(self):
        self.stemmers = {language: snowballstemmer.stemmer(name) for language, name in STEMMERS.items()}
        self.stems = {}

    def stem(self, word, language):
        key = word, language
        if key not in self.stems:
            stemmer = self.stemmers.get(language)
            self.stems[key] = stemmer.stemWord(word) if stemmer else word
        return self.stems[key]

    def words(self, text, language):
        return self.tokens(text, language, jieba.cut_for_search)

    def units(self, text, language):
        return self.tokens(text, language, list)

    def tokens(self, text, language, cut):
        found = []
        for run in TOKEN.findall(unicodedata.normalize("NFKC", text).lower()):
            is_han = "\u3400" <= run[0] <= "\u9fff"
            found.extend(cut(run) if is_han else [self.stem(run, language)])
        return found


def pairs_of(tokens):
    return list(zip(tokens, tokens[1:]))


def trigrams_of(text):
    text = "#" + re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).lower()).strip() + "#"
    return [text[start : start + 3] for start in range(len(text) - 2)]


def counts(lists, vocabulary, may_grow):
    columns, starts = [], [0]
    for tokens in lists:
        for token in tokens:
            place = vocabulary.setdefault(token, len(vocabulary)) if may_grow else vocabulary.get(token)
            if place is not None:
                columns.append(place)
        starts.append(len(columns))
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(lists), len(vocabulary)))
    matrix.sum_duplicates()
    return matrix


def bm25(passages, queries):
    vocabulary = {}
    matrix, asked = counts(passages, vocabulary, True), counts(queries, vocabulary, False)
    lengths = np.asarray(matrix.sum(1)).ravel()
    frequencies = np.bincount(matrix.indices, minlength=len(vocabulary))
    weights = np.log(1 + (len(passages) - frequencies + 0.5) / (frequencies + 0.5))
    rows = np.repeat(np.arange(len(passages)), np.diff(matrix.indptr))
    damping = K1 * (1 - B + B * lengths[rows] / lengths.mean())
    matrix.data = matrix.data * (K1 + 1) / (matrix.data + damping) * weights[matrix.indices]
    return asked @ matrix.T.tocsr()


def cosine(passages, queries):
    vocabulary = {}
    both = [counts(passages, vocabulary, True), counts(queries, vocabulary, False)]
    frequencies = np.bincount(both[0].indices, minlength=len(vocabulary))
    weights = np.log((len(passages) + 1) / (frequencies + 1)) + 1
    for matrix in both:
        matrix.data = (1 + np.log(matrix.data)) * weights[matrix.indices]
        norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel())
        matrix.data /= np.repeat(np.maximum(norms, 1e-9), np.diff(matrix.indptr))
    return both[1] @ both[0].T.tocsr()


def write(path, scores, passages, queries):
    languages = np.array([passage.get("language") or "" for passage in passages])
    with path.open("w", encoding="utf-8") as run:
        for number, query in enumerate(queries):
            row = scores[number].toarray().ravel()
            if query.get("language"):
                row[languages != query["language"]] = 0
            order = np.argsort(-row, kind="stable")[:DEPTH]
            for rank, place in enumerate(order[row[order] > 0], 1):
                # Readers of runs sort by the score: equal ones get the order in which the passages stand.
                score = row[place] - rank * 1e-7
                run.write(f"{query['id']} Q0 {passages[place]['id']} {rank} {score:.9f} {path.stem}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--language", default="en", help="of texts that do not state theirs")
    parser.add_argument("--out", type=Path, default=Path("runs"))
    arguments = parser.parse_args()
    passages = records(arguments.collection / "passages.jsonl")
    queries = records(arguments.collection / "queries.jsonl")
    tokens = Tokens()
    words, units, trigrams = (
        [[cut(record["text"], record.get("language") or arguments.language) for record in texts] for texts in (passages, queries)]
        for cut in (tokens.words, tokens.units, lambda text, language: trigrams_of(text))
    )
    pairs = [[pairs_of(tokens) for tokens in texts] for texts in units]
    of_units, of_pairs = bm25(*units), bm25(*pairs)
    rankers = {
        "words": bm25(*words),
        "characters": of_units,
        "pairs": of_pairs,
        "both": of_units + of_pairs,
        "trigrams": cosine(*trigrams),
    }
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, scores in rankers.items():
        write(arguments.out / f"{name}.run", scores.tocsr(), passages, queries)


main()
