//! Words that a keyword query does not ask for by themselves: grammar, question words, and the like, in six languages.
//!
//! They are left out of keyword matching unless a query has nothing else; strings and the index know nothing of them.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

const HAN: &str = "的 了 和 与 及 或 是 在 有 为 对 从 到 把 被 让 向 于 而 也 都 就 还 又 但 并 且 等 之 其 所 以 因 由 则 \
    这 那 哪 些 个 们 我 你 您 他 她 它 我们 你们 他们 她们 自己 这个 那个 这些 那些 哪些 什么 怎么 怎样 怎么样 如何 为什么 为何 多少 几 谁 \
    何时 何地 哪里 哪儿 哪个 哪年 吗 呢 吧 啊 呀 着 过 得 地 会 能 可以 可 要 请 请问 关于 以及 因为 所以 如果 虽然 但是 而且 并且 或者 还是 \
    是否 有没有 不是 没有 就是 一个 一些 哪一 哪位 提到 说 说过 讲 谈 谈到 方面 问题 时候";

const LATIN: &str = "a an the of and or to in on at by for with from as is are was were be been being it its this that these those \
    which who whom whose what when where why how do does did has have had will would shall should can could may might must not no nor \
    but if then than so such into about over under between among i you he she we they me him her us them my your his our their there here \
    le la les un une des du de au aux et ou où que qui quoi dont ce cet cette ces il elle ils elles on nous vous je tu se sa son ses leur leurs \
    est sont était être a ont avoir pour par avec sans sur sous dans en ne pas plus comment quand pourquoi quel quelle quels quelles \
    el los las una unos unas del al y o u e que quien quienes cual cuales cuando donde como por para con sin sobre entre se su sus lo le les \
    es son fue fueron ser estar ha han no si más qué quién cuál cuándo dónde cómo";

const CYRILLIC: &str = "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее её мне было вот от меня еще ещё \
    нет о из ему когда даже ну ли если уже или быть был него до вас там потом себя может они тут где есть для мы тебя их чем была сам чтоб \
    без чего раз тоже себе под будет кто этот того потому этого какой при это эта эти об про почему какие каков который которая которые";

const ARABIC: &str = "في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا من متى أين كيف لماذا هل كم أن إن ان أو او و ثم قد لا لم لن \
    كان كانت يكون هو هي هم نحن أنا كل بعض بين عند بعد قبل أي";

static STOP_WORDS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let lists = [HAN, LATIN, CYRILLIC, ARABIC];
    lists
        .iter()
        .flat_map(|list| list.split_whitespace())
        .map(super::folding::fold_line)
        .collect()
});

/// Whether a folded word is a stop word in any of the languages.
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.contains(folded)
}
