//! The words by which labels of turns are known, in the languages of diplomacy; all in lower case and simplified characters.

/// Titles before a name.
#[rustfmt::skip]
pub(super) const HONORIFICS: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "lord", "hon", "honourable", "honorable", "h.e", "m", "mm", "mme", "mlle",
    "monsieur", "madame", "sr", "sra", "señor", "señora", "señorita", "senhor", "senhora", "dip", "herr", "frau", "signor", "signora", "on",
    "г-н", "г-жа", "г‑н", "г‑жа", "м-р", "господин", "госпожа", "السيد", "السيدة", "سعادة", "معالي", "madam", "mister", "senator", "sen",
];

/// Words with which an office begins as a label names it, articles aside.
#[rustfmt::skip]
pub(super) const OFFICES: &[&str] = &[
    "president", "vice-president", "speaker", "chair", "chairman", "chairperson", "chairwoman", "minister", "ministers", "prime", "secretary",
    "secretary-general", "under-secretary", "ambassador", "spokesman", "spokeswoman", "spokesperson", "foreign", "deputy", "acting",
    "temporary", "assistant", "presiding", "first", "vice", "premier", "chancellor", "governor", "attorney", "king", "queen", "moderator",
    "interviewer", "journalist", "reporter", "interpreter", "operator", "leader", "clerk", "commissioner", "director", "representative",
    "general", "admiral", "colonel", "congressman", "congresswoman", "president-elect", "taoiseach", "host", "official", "press", "high",
    "président", "présidente", "ministre", "première", "secrétaire", "représentant", "représentante", "rapporteur", "ambassadeur",
    "porte-parole", "journaliste", "presidente", "presidenta", "vicepresidente", "vicepresidenta", "ministro", "ministra", "secretario",
    "secretaria", "representante", "canciller", "periodista", "portavoz", "moderador", "moderadora", "diputado", "diputada", "vocero",
    "primer", "primeiro", "ministério", "chanceler", "deputado", "jornalista", "embajador", "embajadora", "embaixador", "präsident",
    "präsidentin", "bundeskanzler", "bundeskanzlerin", "bundesminister", "bundesministerin", "außenminister", "außenministerin", "kanzler",
    "vizepräsident", "vizepräsidentin", "abgeordneter", "abgeordnete", "frage", "sprecher", "sprecherin", "президент", "министр",
    "председатель", "председательствующий", "премьер-министр", "посол", "представитель", "корреспондент", "журналист", "ведущий", "секретарь",
    "заместитель", "депутат", "официальный", "prezydent", "premier", "marszałek", "wicemarszałek", "poseł", "posłanka", "minister",
    "sekretarz", "prezes", "senator", "dziennikarz", "başkan", "bakan", "cumhurbaşkanı", "الرئيس", "الوزير", "رئيس", "رئيسة", "وزير", "وزيرة",
    "الأمين", "المتحدث", "الناطق", "السفير",
];

/// Articles before an office.
pub(super) const ARTICLES: &[&str] = &["the", "le", "la", "el", "o", "a", "il", "der", "die", "a(z)", "l"];

/// Beginnings of the label of a turn that nothing else begins with.
#[rustfmt::skip]
pub(super) const LABEL_STARTS: &[&str] = &[
    "mr. ", "mr ", "mrs. ", "mrs ", "ms. ", "ms ", "miss ", "dr. ", "dr ", "sir ", "hon. ", "hon ", "the hon. ", "the president", "the minister",
    "the prime minister", "the foreign minister", "the chair", "the secretary", "the spokes", "the acting president", "the vice-president",
    "the vice president", "the ambassador", "the speaker", "the deputy speaker", "the assistant minister", "the deputy minister",
    "the attorney general", "the attorney-general", "the presiding officer", "the temporary", "the leader of", "the member for",
    "le président", "la présidente", "le ministre", "la ministre", "el presidente", "la presidenta", "el ministro", "la ministra", "m. ",
    "mme ", "sr. ", "sra. ", "президент", "министр", "السيد ", "الرئيس", "الوزير", "minister ", "president ", "foreign minister",
    "prime minister", "secretary ", "ambassador ", "question ", "journalist", "h.e. ", "spokesperson ", "senator ", "monsieur ", "madame ",
    "mlle ", "le premier ministre", "la première ministre", "le secrétaire", "le représentant", "l’ambassadeur", "l'ambassadeur",
    "el sr. ", "la sra. ", "el señor ", "la señora ", "señor ", "señora ", "el secretario", "la secretaria", "el representante",
    "el canciller", "o señor ", "a señora ", "o sr. ", "a sra. ", "o senhor ", "a senhora ", "м-р ", "г-н ", "г-жа ", "г‑н ", "г‑жа ",
    "господин ", "госпожа ", "председатель", "премьер-министр", "посол ", "представитель ", "корреспондент", "официальный представитель",
    "السيدة ", "وزير ", "وزيرة ", "رئيس ", "رئيسة ", "معالي ", "سعادة ", "الأمين العام", "المتحدث", "الناطق", "السفير", "o presidente",
    "a presidente", "il presidente", "der präsident", "die präsidentin", "bundeskanzler", "bundesminister", "deputy ", "vice president ", "rep. ", "sen. ",
    "representative ", "chancellor ", "congressman ", "congresswoman ", "chairman ", "chairwoman ", "chair ", "governor ", "under secretary ",
    "assistant secretary ",
];

/// Labels of turns.
#[rustfmt::skip]
pub(super) const LABELS: &[&str] = &[
    "q", "a", "r", "p", "question", "answer", "questions", "moderator", "interviewer", "journalist", "journalists", "reporter", "reporters", "réponse", "pregunta",
    "respuesta", "periodista", "вопрос", "ответ", "ведущий", "журналист", "سؤال", "جواب", "الصحفي", "frage",
    "antwort", "domanda", "risposta", "pergunta", "resposta", "modérateur", "moderador", "host", "chair", "chairman",
    "chairperson", "president", "minister", "spokesperson", "spokesman", "spokeswoman", "anchor", "presenter", "operator",
    "interpreter", "ambassador", "secretary-general", "journaliste", "modératrice", "moderadora", "entrevistador", "the press", "press",
    "entrevistadora", "интервьюер", "модератор", "переводчик", "س", "ج", "صحفي", "صحفية", "المذيع", "المحاور", "مدير الجلسة", "speaker",
    "presidente", "presidenta", "président", "présidente", "jornalista", "soru", "cevap", "prime minister", "foreign minister", "vice president",
    "canciller", "ministro", "ministra", "governor", "premier", "pytanie", "odpowiedź", "giornalista", "gazeteci", "interviewer", "fragesteller",
];

/// Those who call out of the house: nobody by name.
#[rustfmt::skip]
pub(super) const CROWDS: &[&str] = &[
    "hon. members", "hon members", "honourable members", "honorable members", "an hon. member", "an hon member", "an honourable member",
    "some hon. members", "some honourable members", "several hon. members", "several members", "opposition members", "government members",
    "members", "member", "an. hon. member", "voice", "voices", "a voice", "audience", "audience member", "crowd", "all", "many hon. members",
    "des voix", "une voix", "voix", "voix diverses", "plusieurs voix", "plusieurs députés", "voces", "una voz", "voz", "varios señores diputados",
    "público", "vozes", "uma voz", "aplausos", "zuruf", "zurufe", "voci", "voce", "голоса", "голос", "голоса из зала", "голос из зала", "из зала",
    "голос с места", "голоса с мест", "с места", "реплика", "реплика из зала", "шум в зале", "шум", "głos z sali", "głosy z sali", "głos",
    "众人", "全场", "众", "众委员", "委员们", "群众", "أصوات", "صوت", "unidentified speaker", "unidentified", "unknown", "inaudible",
];

/// Words before a colon that name no person.
#[rustfmt::skip]
pub(super) const NO_PERSONS: &[&str] = &[
    "date", "place", "time", "venue", "location", "subject", "subjects", "topic", "topics", "note", "notes", "source", "sources", "inquiries",
    "enquiries", "contact", "contacts", "media contact", "press contact", "tel", "telephone", "phone", "fax", "email", "e-mail", "website",
    "web", "url", "link", "title", "event", "occasion", "summary", "background", "transcript", "update", "photo", "photos", "image", "video",
    "audio", "caption", "credit", "author", "by", "from", "to", "re", "cc", "language", "original", "duration", "category", "tags", "keywords",
    "posted", "published", "updated", "release", "for immediate release", "embargo", "page", "chapter", "section", "article", "part", "annex",
    "table", "figure", "example", "conclusion", "introduction", "warning", "correction", "editor's note", "vatican", "end", "contents",
    "table of contents", "present", "participants", "speakers", "attendees", "download", "share", "see also", "related", "read more", "ref",
    "reference", "references", "p.s", "ps", "objet", "lieu", "tél", "sujet", "thème", "contacto", "fecha", "lugar", "hora", "asunto", "tema",
    "fuente", "nota", "foto", "teléfono", "correo", "data", "local", "assunto", "fonte", "datum", "ort", "thema", "quelle", "hinweis", "дата",
    "место", "тема", "источник", "фото", "телефон", "примечание", "тел", "التاريخ", "المكان", "الموضوع", "المصدر", "ملاحظة", "remember",
    "finally", "first", "firstly", "second", "secondly", "third", "thirdly", "fourth", "fifth", "lastly", "yes", "no", "well", "so", "item", "conf", "vote",
    "resolution", "motion", "decision", "agenda", "order", "action", "actions", "timeline", "objective", "objectives", "goal", "goals",
    "challenge", "challenges", "solution", "solutions", "result", "results", "ayes", "noes", "yeas", "nays", "tellers", "absent", "abstentions",
    "oleh", "kategori", "sumber", "tanggal", "tempat", "por", "categoría", "categoria", "etiquetas", "rubrik", "рубрика", "автор", "yazar",
    "laid", "paper", "papers", "press release", "statement", "speech", "remarks", "address", "news", "breaking",
];

/// Han words before a colon that begin a list or a sentence and name nobody.
#[rustfmt::skip]
pub(super) const HAN_NO_PERSONS: &[&str] = &[
    "总之", "例如", "比如", "首先", "其次", "再次", "最后", "另外", "此外", "就是", "因此", "所以", "但是", "可是", "注", "附", "附件", "附注", "注释", "说明", "时间",
    "地点", "日期", "来源", "出处", "作者", "编辑", "责编", "题目", "标题", "主题", "关键词", "摘要", "摄影", "图", "图片", "译文", "原文", "按", "编者按", "电话", "传真",
    "地址", "网址", "联系人", "参加者", "参加人", "出席", "列席", "缺席", "记录", "整理", "校对", "目录", "内容", "结论", "意见", "批示", "备注", "又", "再如", "譬如", "通知",
    "口号", "标语", "横批", "诗曰", "结果", "答案", "问题", "命令", "决定", "主持", "主讲", "时代", "出版", "发布", "更新", "下载", "分享", "相关", "链接", "字体", "浏览", "单位",
];

/// Ends of the label of a Chinese turn.
#[rustfmt::skip]
pub(super) const CHINESE_ENDS: &[&str] = &[
    "记者", "主持人", "发言人", "嘉宾", "提问", "提问者", "学生", "观众", "司仪", "翻译", "通讯社", "社", "卫视", "电视台", "日报", "时报", "央视", "网友", "外媒",
    "议员", "局长", "司长", "处长", "署长", "秘书", "议长", "院长", "校长", "市长", "省长", "主任",
];

/// What a record adds to a label to say how somebody speaks.
#[rustfmt::skip]
pub(super) const MANNERS: &[&str] = &[
    " interrupts", " interrupting", " interjecting", " interjects", " continues", " continued", " continuing", " resumes", " replies", " answers",
];

/// Small words inside of names and offices.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "of", "for", "and", "the", "in", "on", "to", "de", "del", "la", "las", "los", "le", "les", "du", "des", "da", "das", "do", "dos", "e", "y", "et", "d", "di", "della", "dei", "degli", "delle", "per", "con",
    "van", "von", "der", "den", "ten", "ter", "zu", "und", "für", "des", "al", "el", "bin", "ibn", "bint", "af", "av", "at", "with", "à", "aux", "au", "en", "i", "z",
    "по", "и", "в", "на", "при", "от",
];
