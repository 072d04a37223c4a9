//! The words by which statements in European languages and Arabic show their parts: forms of address, honorifics,
//! offices, institutions, connecting words and cities of conferences.
//!
//! They are lists and nothing else, so that a language is added without touching a rule. All are in lower case.

/// Beginnings of an address that needs nothing more to be one.
#[rustfmt::skip]
pub(super) const ADDRESSES: &[&str] = &[
    "mr president", "mr. president", "mr. pres", "mr. secretary", "mr secretary", "mr. chair", "mr chair",
    "mr. speaker", "madam president", "madame president", "madam chair", "mdm president", "mister president",
    "your excellenc", "your majest", "your royal", "your highness", "your eminence", "ladies and", "ladies &",
    "president,", "colleagues,", "friends,", "secretary-general", "secretary general", "thank you, mr",
    "thank you mr", "thank you, madam", "all protocol", "fellow ", "monsieur le", "madame la", "madame le",
    "mesdames", "messieurs", "monsieur le président", "señor pres", "señora pres", "sr. pres", "sr pres", "sra. pres",
    "señor secretario", "señoras", "señores", "excmo. señor pres", "excmo. sr. pres", "muchas gracias",
    "gracias, señor", "gracias señor", "distinguidos", "distinguidas", "senhor pres", "senhora pres", "senhor secret",
    "senhoras", "senhores", "signor pres", "signora pres", "signor segret", "signore e", "signori", "уважаем",
    "многоуважаем", "глубокоуважаем", "господин председатель", "госпожа председатель", "г-н председатель", "дамы и",
    "ваше превосход", "ваши превосход", "господин генеральный", "السيد الرئيس", "سيدي الرئيس", "السيدة الرئيسة",
    "السيدة الأمينة", "الزملاء", "الإخوة", "الأخوة", "السيد رئيس", "السيد الأمين", "أيها", "أيتها", "السيدات",
    "السادة", "أصحاب", "بسم الله", "الحضور", "herr präsident", "frau präsidentin", "sehr geehrte", "meine damen",
];

/// Beginnings of an address that must also end as one, since a header may begin so too.
#[rustfmt::skip]
pub(super) const LIKELY_ADDRESSES: &[&str] = &[
    "excellenc", "majest", "distinguished", "honourable", "honorable", "esteemed", "dear ", "distingué", "honorables",
    "chers", "chères", "altesse", "excelenc", "excelentísim", "excmo", "estimad", "queridos", "querido", "majestad",
    "altezas", "caros", "excelentíssim", "excelênc", "eccellen", "illustr", "onorevol", "cari ", "дорогие", "товарищ",
    "exzellenz", "verehrte", "liebe ", "madam", "mister", "heads of", "ministers", "heads of delegation",
    "president of", "monsieur", "madame", "mr.", "mr ", "mrs", "ms.", "señor", "señora", "su excelencia", "господин",
    "госпожа", "г-н", "معالي", "سعادة", "فخامة", "صاحب", "président", "presidente", "colleagues", "friends",
    "delegates", "the president of the general", "his excellency", "sus excelencias", "embajador", "delegad",
];

/// Titles before a name. Some stand for an addressee as well as for a speaker; where they stand decides.
#[rustfmt::skip]
pub(super) const HONORIFICS: &[&str] = &[
    "he", "hem", "hrh", "hm", "hh", "mr", "mrs", "ms", "mme", "mlle", "dr", "prof", "sir", "dame", "hon",
    "honourable", "honorable", "amb", "ambassador", "ambassadeur", "ambassadrice", "embajador", "embajadora",
    "embaixador", "excelencia", "excelência", "excellency", "excellence", "eccellenza", "majesty", "majesté",
    "majestad", "highness", "altesse", "se", "sem", "semme", "excmo", "excma", "exmo", "sr", "sra", "señor", "señora",
    "senhor", "senhora", "don", "doña", "colonel", "capitaine", "captain", "coronel", "capitán", "senator", "senador",
    "dra", "monsieur", "madame", "mgr", "cardinal", "archbishop", "господина", "госпожи", "гна", "гжи", "گ", "معالي",
    "سعادة", "فخامة", "السيد", "السيدة", "الدكتور", "الدكتورة", "سمو", "السفير", "herr", "herrn", "frau", "honble", "pan", "pana", "pani",
];

/// Words inside a run of titles, such as the article of `the Right Honourable`.
#[rustfmt::skip]
pub(super) const TITLE_LINKS: &[&str] = &[
    "his", "her", "the", "right", "rt", "royal", "serene", "most", "su", "son", "sa", "m", "d", "general", "général",
    "sua", "صاحب", "صاحبة", "الجلالة", "king", "queen", "llc", "ing", "lic", "eng", "maj", "gen", "lt", "retd",
    "major", "brigadier", "admiral", "field", "marshal", "reverend", "rev", "l'", "le", "la", "el",
];

/// The words with which an office begins.
#[rustfmt::skip]
pub(super) const OFFICES: &[&str] = &[
    "president", "vice-president", "vicepresident", "prime", "deputy", "minister", "secretary", "secretary-general",
    "ambassador", "permanent", "head", "chairman", "chairperson", "chair", "foreign", "king", "queen", "prince",
    "crown", "emir", "amir", "sultan", "chancellor", "federal", "premier", "first", "second", "acting", "governor",
    "director", "director-general", "commissioner", "representative", "chief", "speaker", "attorney", "taoiseach",
    "tánaiste", "captain", "high", "executive", "special", "state", "under-secretary", "charge", "chargé", "cabinet",
    "vice", "senior", "attorney-general", "member", "président", "présidente", "premier", "première", "ministre",
    "ministra", "vice-président", "chef", "représentant", "représentante", "secrétaire", "porte-parole", "roi",
    "reine", "ambassadeur", "presidente", "presidenta", "vicepresidente", "vicepresidenta", "ministro", "canciller",
    "secretario", "secretaria", "representante", "rey", "jefe", "jefa", "viceministro", "viceministra", "primer",
    "embajador", "embajadora", "vice-presidente", "primeiro-ministro", "primeiro", "secretário", "chanceler", "primo",
    "segretario", "генерального", "генеральный", "президента", "президент", "министра", "министр", "председателя",
    "заместителя", "премьер-министра", "главы", "постоянного", "представителя", "посла", "государственного",
    "секретаря", "короля", "وزير", "وزيرة", "رئيس", "رئيسة", "نائب", "المندوب", "الممثل", "المندوبة", "ملك", "أمير",
    "ولي", "سفير", "الأمين", "عضو", "bundeskanzler", "bundespräsident", "bundesminister", "bundesministerin",
    "außenminister", "außenministerin", "ambassadör", "statsminister", "utrikesminister", "statsråd", "botschafter", "botschafterin",
    "kanzler", "kanzlerin", "präsident", "präsidentin", "ministerin", "minister-president", "premierminister", "udenrigsminister",
    "presiden", "menteri", "lady", "press", "sekretarz", "prezydent", "prezydenta", "premier", "cumhurbaşkanı", "bakan",
    "secrétaires", "porta-voz", "portavoz", "viceprimer", "tenente", "reichskanzler", "staatsminister", "staatssekretär",
    "staatssekretärin", "bürgermeister", "bürgermeisterin", "harbourmaster", "mayor", "maire", "alcalde", "alcaldesa", "prefeito",
];

/// Words of institutions and events, which are written like names but are none.
#[rustfmt::skip]
pub(super) const INSTITUTIONS: &[&str] = &[
    "united", "nations", "general", "assembly", "session", "debate", "republic", "state", "states", "affairs",
    "foreign", "kingdom", "government", "council", "security", "mission", "commonwealth", "international",
    "cooperation", "trade", "external", "relations", "european", "union", "africa", "african", "african", "nation",
    "people", "peoples", "democratic", "federal", "federation", "islamic", "high", "level", "summit", "conference",
    "permanent", "emirates", "arab", "delegation", "organization", "commission", "presidency", "defence", "defense",
    "integration", "development", "world", "forum", "plenary", "meeting", "asamblea", "naciones", "unidas", "nación",
    "república", "estado", "gobierno", "relaciones", "exteriores", "exterior", "debate", "período", "periodo",
    "sesiones", "organización", "consejo", "plurinacional", "culto", "nivel", "movilidad", "humana", "assemblée",
    "nations", "unies", "république", "gouvernement", "affaires", "étrangères", "etrangères", "étrangeres",
    "etrangeres", "extérieures", "exterieures", "relations", "session", "débat", "état", "etat", "conseil",
    "coopération", "cooperation", "développement", "developpement", "intégration", "union", "assembleia", "unidas",
    "nações", "assemblea", "generale", "unite", "nazioni", "repubblica", "governo", "consiglio", "иностранных", "дел",
    "федерации", "республики", "республика", "ассамблеи", "ооон", "оон", "генеральной", "российской", "общей",
    "дискуссии", "сессии", "общая", "дискуссия", "совета", "безопасности", "объединенных", "наций", "правительства",
    "الخارجية", "الأمم", "المتحدة", "الجمعية", "العامة", "الدورة", "الجمهورية", "جمهورية", "مملكة", "دولة", "المملكة",
    "الشؤون", "الدول", "générale", "rzeczypospolitej", "polskiej", "rzeczpospolita", "senatu", "sejmu", "ministrów", "tribune",
];

/// Words that lead from the person to the event, or from one part of a title to the next.
#[rustfmt::skip]
pub(super) const CONNECTORS: &[&str] = &[
    "at", "on", "before", "during", "to", "in", "for", "à", "au", "aux", "lors", "devant", "en", "ante", "para",
    "durante", "alla", "al", "all'", "dinanzi", "na", "no", "perante", "на", "в", "во", "при", "по", "перед", "أمام",
    "في", "خلال", "لدى", "bei", "vor", "anlässlich", "pour", "dans",
];

/// Words after which a line cannot end a title, or before which it goes on.
#[rustfmt::skip]
pub(super) const LINKS: &[&str] = &[
    "of", "the", "by", "and", "&", "de", "du", "des", "del", "la", "las", "los", "el", "le", "les", "et", "y", "e",
    "do", "da", "dos", "das", "di", "della", "delle", "dei", "и", "a", "l'", "d'", "made", "delivered", "par", "por",
    "pronunciado", "pronunciada", "prononcé", "prononcée", "с", "der", "des", "von", "من",
];

/// Small words inside names.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "bin", "ibn", "bint", "al", "el", "de", "la", "las", "los", "del", "da", "das", "do", "dos", "van", "von", "der",
    "den", "di", "ben", "y", "e", "ter", "le", "du", "af", "ould", "bn", "abu", "st",
];

/// Cities where statements are made, as they stand alone on a line or before a date.
#[rustfmt::skip]
pub(super) const CITIES: &[&str] = &[
    "new york", "new-york", "nueva york", "nova york", "nova iorque", "nuova york", "нью-йорк", "нью йорк", "نيويورك",
    "geneva", "genève", "ginebra", "женева", "جنيف", "vienna", "vienne", "viena", "вена", "فيينا", "nairobi",
    "найроби", "نيروبي", "paris", "париж", "باريس", "london", "londres", "лондон", "brussels", "bruxelles",
    "bruselas", "the hague", "la haye", "la haya", "rome", "roma", "rom", "рим", "moscow", "москва", "موسكو",
    "beijing", "pékin", "пекин", "washington", "washington, d.c.", "addis ababa", "cairo", "القاهرة", "riyadh",
    "الرياض", "doha", "الدوحة", "dubai", "abu dhabi", "sharm el-sheikh", "glasgow", "madrid", "lisbon", "lisboa",
    "berlin", "bonn", "minsk", "минск", "astana", "астана", "kazan", "казань", "st. petersburg", "санкт-петербург",
    "сочи", "владивосток", "strasbourg", "montreal", "tokyo", "seoul", "new delhi", "bangkok", "jakarta", "bali",
    "hiroshima", "munich", "davos", "rio de janeiro", "brasilia", "brasília", "buenos aires", "mexico city",
    "ciudad de méxico", "bogotá", "havana", "la habana",
];

/// Parts of lines that the office, the press or the scanner put on a page.
#[rustfmt::skip]
pub(super) const NOISE: &[&str] = &[
    "check against delivery", "check against", "against delivery", "unofficial", "vérifier au prononcé",
    "seul le prononcé", "seul le texte prononcé", "cotejar con", "cotejar contra", "traducción no oficial",
    "traduction non", "traduction officieuse", "embargo", "transcript", "word count", "palabras -", "minutos",
    "tiempo de lectura", "turno por", "tel:", "tel.", "fax", "e-mail", "http", "www.", "@", "foto:", "photo:",
    "second avenue", "official\u{0}", "page ", "página ", "страница", "hrs.", "ny 10017", "floor, new york",
    "as delivered", "as prepared", "сверять", "проверить по", "يرجى مراجعة", "not for",
];

/// Marks that offices put on texts, as they stand alone on a line.
#[rustfmt::skip]
pub(super) const MARKS: &[&str] = &[
    "check against delivery", "please check against delivery", "unofficial translation", "courtesy translation",
    "unofficial", "embargoed until delivery", "embargo until delivery", "as delivered", "as prepared for delivery",
    "vérifier au prononcé", "seul le prononcé fait foi", "seul le texte prononcé fait foi", "traduction non officielle",
    "traduction officieuse", "cotejar con alocución", "cotejar contra lectura", "cotejar con el discurso pronunciado",
    "traducción no oficial", "сверять с произнесенным текстом", "проверить по произнесенному тексту",
    "неофициальный перевод", "يرجى مراجعة النص عند الإلقاء", "word count", "palabras -", "tiempo de lectura",
    "det talade ordet gäller", "es gilt das gesprochene wort", "ends", "end", "e&oe", "fin", "not for publication", "official", "audio", "video", "draft", "final",
];

/// Words of lines that say how to reach an office; such a line has a number too.
#[rustfmt::skip]
pub(super) const CONTACTS: &[&str] = &[
    "tel:", "tel.", "tél", "fax", "phone", "e-mail", "second avenue", "ny 10017", "floor, new york", "тел.", "факс",
    "هاتف",
];

/// Beginnings of lines that number a page; such a line has a number too.
pub(super) const PAGE_WORDS: &[&str] = &["page", "página", "страница", "стр.", "seite", "p."];

/// Beginnings of the name of a mission or a ministry.
#[rustfmt::skip]
pub(super) const LETTERHEADS: &[&str] = &[
    "permanent mission", "mission permanente", "misión permanente", "mision permanente", "missão permanente",
    "постоянное представительство", "министерство", "ministry of", "ministère", "ministerio", "embassy", "embajada",
    "ambassade", "посольство", "البعثة الدائمة", "وزارة",
];

/// Beginnings of the name of a state in a letterhead.
#[rustfmt::skip]
pub(super) const STATES: &[&str] = &[
    "republic of", "republique", "république", "republica", "república", "kingdom of", "royaume", "reino", "state of",
    "etat de", "sultanate of", "principality", "principauté", "commonwealth of", "democratic people",
    "islamic republic", "people's republic", "federal republic", "united republic", "democratic republic",
    "estado plurinacional", "république", "union of", "union des", "united kingdom", "united states of america",
    "united arab emirates", "республика", "российская федерация", "جمهورية", "المملكة", "مملكة", "دولة",
];

/// Words that lead to the occasion at the end of a title.
#[rustfmt::skip]
pub(super) const LEADS: &[&str] = &[
    "at", "on", "before", "during", "ante", "en", "alla", "lors", "à", "a", "au", "devant", "para", "на", "for", "to",
    "in", "l'occasion", "l’occasion", "l'occasion", "occasion", "أمام", "في", "في", "в", "ходе", "de", "du", "of",
    "the", "el", "la", "le", "les", "al", "na", "no", "nas", "nos", "durante", "vid", "beim", "bei", "lors", "por", "ocasião", "ocasión",
    "motivo", "con", "anlässlich",
];

/// Kinds of speech in titles beside those that have a label.
#[rustfmt::skip]
pub(super) const KINDS: &[&str] = &[
    "briefing", "lecture", "comments", "response", "reply", "eulogy", "testimony", "anförande", "tal", "tale", "indlæg", "toespraak",
    "grußwort", "regierungserklärung", "antrittsrede", "laudatio", "przemówienie", "wystąpienie", "konuşması", "pidato", "sambutan",
    "arahan", "íntegra", "pronunciamiento", "alocución", "conférence", "point", "exposición", "exposé", "propos", "déclarations",
    "discursos", "statements", "speeches", "inleiding", "uttalande", "conference",
];

/// Words between the kind of a speech and the one who gives it.
#[rustfmt::skip]
pub(super) const AGENTS: &[&str] = &["by", "par", "por", "von", "av", "af", "door", "oleh", "przez", "from"];

/// Words between a speech and the one whose it is.
#[rustfmt::skip]
pub(super) const OWNERS: &[&str] = &["of", "de", "del", "du", "do", "da", "des", "der", "di", "della", "dello"];

/// Words that join two persons.
#[rustfmt::skip]
pub(super) const CONJUNCTIONS: &[&str] = &["and", "&", "et", "y", "e", "und", "och", "og", "en", "dan", "i", "ve", "with", "avec", "con", "com", "mit"];

/// Words that lead from the speaker to the occasion.
#[rustfmt::skip]
pub(super) const EVENT_LEADS: &[&str] = &[
    "at", "during", "before", "after", "following", "upon", "on", "to", "lors", "durante", "vid", "beim", "bei", "auf", "anlässlich", "zum",
    "zur", "im", "à", "au", "en", "na", "no", "nas", "nos", "ante", "por", "para", "con", "ved", "til", "på", "saat", "pada", "podczas",
    "na", "alla", "al", "devant", "pendant", "avant", "après", "sur", "vor", "regarding", "concerning", "about", "as",
];

/// Words for occasions.
#[rustfmt::skip]
pub(super) const EVENTS: &[&str] = &[
    "session", "summit", "conference", "debate", "forum", "meeting", "council", "assembly", "ceremony", "dialogue", "congress",
    "commemoration", "anniversary", "opening", "launch", "hearing", "seminar", "symposium", "workshop", "dinner", "lunch", "reception",
    "inauguration", "convention", "panel", "event", "briefing", "consultations", "segment", "plenary", "colloquium", "memorial",
    "sommet", "débat", "conférence", "réunion", "cérémonie", "assemblée", "colloque", "séance", "sessions", "inauguration", "congrès",
    "cumbre", "sesión", "conferencia", "reunión", "ceremonia", "asamblea", "acto", "foro", "inauguración", "congreso", "encuentro",
    "toma", "cúpula", "sessão", "conferência", "reunião", "cerimônia", "cerimónia", "solenidade", "assembleia", "assembléia", "abertura",
    "posse", "fórum", "encontro", "congresso", "debatt", "debatten", "möte", "mötet", "konferens", "konferensen", "konferenz", "treffen",
    "gipfel", "tagung", "eröffnung", "festakt", "empfang", "feierstunde", "konvent", "gedenkveranstaltung", "penutupan", "pembukaan",
    "peresmian", "sidang", "pertemuan", "vertice", "riunione", "cerimonia", "topmøde", "møde", "szczyt", "posiedzenie",
];

/// Words for buildings and grounds, which are written like names.
#[rustfmt::skip]
pub(super) const PLACES: &[&str] = &[
    "room", "hall", "house", "palace", "airport", "garden", "gardens", "hotel", "embassy", "university", "lawn", "palácio", "palacio",
    "palais", "schloss", "gedung", "building", "headquarters", "chamber", "base", "square", "street", "airfield", "aeroporto", "aeropuerto",
    "aéroport", "universidade", "universidad", "université", "teatro", "theatre", "stadium", "centre", "center", "station", "port", "corner", "park",
];

/// Words that are written large in titles and are no part of a name.
#[rustfmt::skip]
pub(super) const NOT_NAMES: &[&str] = &[
    "reading", "officials", "official", "members", "administration", "permanente", "permanent", "leaders", "spokesperson", "call", "visit", "day", "year", "week", "new",
    "after", "before", "following", "upon", "joint", "press", "media", "background", "national", "public", "special", "annual", "their",
    "his", "her", "our", "remarks", "statement", "speech", "address", "readout", "transcript", "january", "february", "march", "april",
    "may", "june", "july", "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "peace", "war", "victory", "independence", "freedom", "climate", "global", "economic", "political",
    "human", "rights", "nuclear", "energy", "health", "education", "women", "youth", "children", "peoples", "christmas", "easter",
    "navidad", "natal", "año", "nuevo", "ano", "novo", "noël", "nouvel", "paz", "paix", "guerra", "guerre", "and", "the", "this", "that",
    "gov", "govt", "group", "team", "committee", "board", "department", "office", "bureau", "agency", "institute", "foundation",
    "company", "bank", "fund", "party", "parliament", "congress", "senate", "court", "army", "navy", "police", "church", "american",
    "british", "french", "german", "russian", "chinese", "japanese", "indian", "english", "spanish", "portuguese", "arabic",
];

/// Words of offices that make none alone.
#[rustfmt::skip]
pub(super) const QUALIFIERS: &[&str] = &[
    "first", "second", "senior", "acting", "deputy", "vice", "special", "high", "executive", "state", "federal", "crown", "cabinet", "chief",
    "foreign", "permanent", "member", "head", "primeiro", "primer", "première", "government", "press",
];

/// Given names by which a name is known behind a word such as “of”.
#[rustfmt::skip]
pub(super) const NAME_STARTS: &[&str] = &[
    "john", "james", "william", "robert", "michael", "david", "thomas", "george", "joseph", "paul", "peter", "mary", "anna", "maria",
    "maría", "josé", "jose", "juan", "luis", "luiz", "carlos", "manuel", "antonio", "antónio", "francisco", "pedro", "miguel", "jorge",
    "fernando", "jean", "pierre", "jacques", "françois", "michel", "marie", "emmanuel", "nicolas", "hans", "karl", "angela", "johannes",
    "joão", "paulo", "ana", "mohammed", "mohamed", "muhammad", "ahmed", "ali", "abdel", "sergei", "sergey", "vladimir", "ivan", "dmitry",
];
