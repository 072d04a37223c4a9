//! Generated speeches: words that stand on letterheads, in credits and on pages, in every position of a speech, in six languages
//! and every format that is text.

use std::fs;
use std::path::Path;

use super::{characters, kept, lost, missing, plain, read};

/// A language with a header, an address, sentences and what its sentences with a word of the lists look like.
struct Tongue {
    name: &'static str,
    header: &'static [&'static str],
    address: &'static str,
    sentences: &'static [&'static str],
    /// Sentences that hold words by which lines of an office or of a page are known.
    said: &'static [&'static str],
    /// Lines of an office or of a page.
    lines: &'static [&'static str],
}

#[rustfmt::skip]
const TONGUES: &[Tongue] = &[
    Tongue {
        name: "en",
        header: &["Address at the opening of the harbour conference", "Adela Thornvik\nMinister for Harbours of Velmora", "3 June 2024"],
        address: "Excellencies, ladies and gentlemen,",
        sentences: &[
            "We meet today in a harbour that has seen many ships, and it is a good place to speak of trust among nations.",
            "Let us keep this harbour open for all who come in peace, whatever the flag under which they sail.",
        ],
        said: &[
            "We ask once more: lift the embargo.", "Let us turn the page together, and let us do so today.", "Let us write a new page of our history!",
            "We shall read the transcript and remember.", "It is no official secret, nor an unofficial one.", "The fax of those days is silent.",
            "The hotel stands. The harbour stands. All are open.", "Write to us at harbour@velmora.example with your doubts.",
            "This is not for some, but for all.", "The Ministry of Harbours has kept its word.", "The permanent mission of this house is peace.",
            "Check against delivery what you were promised.", "A statement was made here by the conference.", "Share the burden, and print it on every door.",
            "Search your hearts tonight.", "Home is where the light burns.", "Copyright belongs to those who write.", "Menu and table are laid for all.",
            "Previous years taught us patience.", "Download was a word that we did not know.", "The summit of 2019 was a turning point.",
        ],
        lines: &["Check against delivery", "Page 3", "Tel: +1 212 555 0100", "www.velmora.example", "Permanent Mission of Velmora to the United Nations"],
    },
    Tongue {
        name: "fr",
        header: &["Discours à l’ouverture de la conférence des ports", "Adèle Thornvik\nMinistre des ports de Velmora", "3 juin 2024"],
        address: "Mesdames et Messieurs,",
        sentences: &[
            "Nous nous retrouvons aujourd’hui dans un port qui a vu passer bien des navires et qui se prête à parler de confiance.",
            "Gardons ce port ouvert à tous ceux qui viennent en paix, quel que soit leur pavillon.",
        ],
        said: &["L’embargo doit prendre fin.", "Tournons ensemble cette page de notre histoire.", "Le ministère des ports a tenu parole.", "Partagez cette lumière avec vos enfants."],
        lines: &["Seul le prononcé fait foi", "Mission permanente de Velmora auprès des Nations Unies", "Page 2"],
    },
    Tongue {
        name: "es",
        header: &["Discurso en la apertura de la conferencia de puertos", "Adela Thornvik\nMinistra de Puertos de Velmora", "3 de junio de 2024"],
        address: "Señoras y señores:",
        sentences: &[
            "Nos reunimos hoy en un puerto que ha visto pasar muchos barcos y que es un buen lugar para hablar de confianza.",
            "Mantengamos este puerto abierto a todos los que vienen en paz, sea cual sea su bandera.",
        ],
        said: &["Esta hora no se mide en minutos, sino en generaciones.", "Pasemos página juntos y hagámoslo hoy.", "El embargo debe terminar ya."],
        lines: &["Cotejar con alocución", "Misión Permanente de Velmora ante las Naciones Unidas", "Página 2"],
    },
    Tongue {
        name: "ru",
        header: &["Выступление на открытии конференции портов", "Ольга Морева\nМинистр портов Карсу", "3 июня 2024 года"],
        address: "Дамы и господа!",
        sentences: &[
            "Мы встречаемся сегодня в гавани, которая видела много кораблей, и это хорошее место, чтобы говорить о доверии.",
            "Сохраним эту гавань открытой для всех, кто приходит с миром, под каким бы флагом они ни шли.",
        ],
        said: &["Эмбарго должно быть снято сегодня.", "Перевернём эту страницу истории вместе.", "Министерство портов сдержало своё слово.", "Главная задача у нас одна."],
        lines: &["Сверять с произнесенным текстом", "Постоянное представительство Карсу", "Страница 2"],
    },
    Tongue {
        name: "ar",
        header: &["بيان في افتتاح مؤتمر الموانئ", "معالي السيد كريم الساحلي\nوزير الموانئ", "3 حزيران/يونيه 2024"],
        address: "السيدات والسادة،",
        sentences: &[
            "نجتمع اليوم في ميناء شهد سفنا كثيرة، وهو مكان مناسب للحديث عن الثقة بين الأمم والشعوب كافة.",
            "فلنبق هذا الميناء مفتوحا لكل من يأتي بسلام مهما كان العلم الذي يبحر تحته.",
        ],
        said: &["يجب أن ينتهي الحظر اليوم.", "فلنفتح معا صفحة جديدة من تاريخنا.", "وزارة الموانئ أوفت بوعدها لنا."],
        lines: &["يرجى مراجعة النص عند الإلقاء", "البعثة الدائمة لدى الأمم المتحدة"],
    },
    Tongue {
        name: "zh",
        header: &["在赤松口岸启用仪式上的讲话", "（2019年5月7日，赤松）", "安澜共和国总统 林海"],
        address: "各位来宾，各位朋友：",
        sentences: &[
            "今天，赤松口岸正式启用，这是一件喜事，我们都很高兴，也很感动，愿意同大家分享。",
            "我们愿同各方一道，把这条路修得更宽、更平、更远，让两国人民常来常往。",
        ],
        said: &[
            "封锁必须解除。", "微信改变了我们的生活。", "版权属于写作的人们。", "点击一下，世界就在眼前。", "《赤松宪章》第三版已经出版。",
            "打印出来的字，要记在心里。", "首页上写着我们的诺言。", "更多的路要我们一起走。", "相关各方都在这里！", "责任编辑的工作很辛苦。",
        ],
        lines: &["责任编辑：沈怀川", "（完）", "来源：海港社", "主办方：赤松市人民政府与卡尔苏驻澜海总领事馆"],
    },
];

/// The blocks of a speech with an insertion before the block of a number.
fn blocks(tongue: &Tongue, with_header: bool, (at, inserted): (usize, &str)) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    if with_header {
        blocks.extend(tongue.header.iter().map(|line| (*line).to_owned()));
        blocks.push(tongue.address.to_owned());
    }
    blocks.extend(tongue.sentences.iter().map(|sentence| (*sentence).to_owned()));
    blocks.insert(at.min(blocks.len()), inserted.to_owned());
    blocks
}

fn as_text(blocks: &[String]) -> String {
    blocks.join("\n\n") + "\n"
}

fn as_markdown(blocks: &[String]) -> String {
    // A sentence is no title.
    let mark = if blocks[0].ends_with(['.', '!', '?', '。', '！']) {
        ""
    } else {
        "# "
    };
    format!("{mark}{}\n", blocks.join("\n\n"))
}

fn as_page(blocks: &[String]) -> String {
    let escape = |text: &String| text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>");
    let paragraphs: Vec<String> = blocks.iter().map(|block| format!("<p>{}</p>", escape(block))).collect();
    format!(
        "<html><head><title>x</title></head><body><nav>Menu</nav><div class=\"share\"><span>Share this</span></div><article>{}</article><footer>Contact us</footer></body></html>",
        paragraphs.join("\n")
    )
}

fn as_record(blocks: &[String]) -> String {
    serde_json::json!({"id": "a", "topic": "harbours", "body": as_text(blocks)}).to_string() + "\n"
}

/// Writes the blocks of a speech down as a file.
type Written = fn(&[String]) -> String;

/// The forms in which a speech is written down: the ending of the file, and how.
const FORMS: &[(&str, Written)] = &[
    ("txt", as_text),
    ("md", as_markdown),
    ("html", as_page),
    ("jsonl", as_record),
];

/// Every position of every sentence and line in every language, with a header and without.
fn cases() -> Vec<(String, Vec<String>, Option<&'static str>)> {
    let mut cases = Vec::new();
    for tongue in TONGUES {
        for with_header in [true, false] {
            let first_said = if with_header { tongue.header.len() + 1 } else { 0 };
            let count = blocks(tongue, with_header, (0, "")).len();
            let inserted = tongue
                .said
                .iter()
                .map(|text| (text, true))
                .chain(tongue.lines.iter().map(|text| (text, false)));
            for (number, (text, is_said)) in inserted.enumerate() {
                for at in 0..count {
                    let name = format!("{}-{with_header}-{number}-{at}", tongue.name);
                    let must_be_said = (is_said && at >= first_said).then_some(*text);
                    cases.push((name, blocks(tongue, with_header, (at, text)), must_be_said));
                }
            }
        }
    }
    cases
}

#[test]
fn no_word_in_any_position_takes_text_out_of_a_speech() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut faults = Vec::new();
    for (ending, write) in FORMS {
        for (name, blocks, said) in cases() {
            let path = folder.path().join(format!("{name}.{ending}"));
            fs::write(&path, write(&blocks)).expect("a file");
            faults.extend(fault(&path, said));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with how a file was read: text is lost, or a sentence of the speech is not in its body.
fn fault(path: &Path, said: Option<&str>) -> Option<String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (speeches, _) = read(path);
    let [speech] = speeches.as_slice() else {
        return Some(format!("{name}: {} speeches", speeches.len()));
    };
    let lost = lost(path).unwrap_or_default();
    if !lost.is_empty() {
        return Some(format!("{name}: loses {lost:?}"));
    }
    let source = plain::text_of(path).unwrap_or_default();
    let made_up = missing(&characters(kept(speech)), &characters(source));
    let has_letters = made_up.keys().any(|character| character.is_alphabetic());
    if has_letters && !name.ends_with("jsonl") {
        return Some(format!("{name}: makes up {made_up:?}"));
    }
    let body = speech.body_text();
    said.filter(|said| !body.contains(said))
        .map(|said| format!("{name}: `{said}` is not said"))
}
