//! Minutes of parliaments in the XML of their publishers: a sitting is one speech whose paragraphs have speakers, sections and
//! notes; other XML is refused by its root element, and hostile XML clearly.

use chancery::corpus::Field;
use chancery::ingest::draft::{Draft, Layout};
use chancery::ingest::proceedings;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::command::Workplace;

/// The only sitting of a document.
fn read(xml: &str) -> Draft {
    let mut drafts = proceedings::read(xml).expect("the document holds a sitting");
    assert_eq!(drafts.len(), 1);
    drafts.remove(0)
}

/// The paragraphs of a sitting: the speaker, or `#` for a heading, and the text.
fn turns(draft: &Draft) -> Vec<(String, String)> {
    let Layout::Marked { paragraphs, .. } = &draft.layout else {
        panic!("minutes know their paragraphs")
    };
    let turn = |paragraph: &chancery::corpus::Paragraph| {
        let speaker = paragraph.speaker.clone().unwrap_or_default();
        let mark = if paragraph.is_heading { "#".to_owned() } else { speaker };
        (mark, draft.text[paragraph.span.range()].to_owned())
    };
    paragraphs.iter().map(turn).collect()
}

#[track_caller]
fn check(draft: &Draft, expected: &[(&str, &str)]) {
    let found = turns(draft);
    let found: Vec<(&str, &str)> = found.iter().map(|(who, text)| (who.as_str(), text.as_str())).collect();
    assert_eq!(found, expected);
}

const BUNDESTAG: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE dbtplenarprotokoll SYSTEM "dbtplenarprotokoll.dtd">
<dbtplenarprotokoll wahlperiode="9" sitzung-nr="3" sitzung-datum="21.11.2017">
<vorspann><kopfdaten><plenarprotokoll-nummer>Plenarprotokoll <wahlperiode>9</wahlperiode>/<sitzungsnr>3</sitzungsnr><zusatz/></plenarprotokoll-nummer><herausgeber>Hafentag</herausgeber><berichtart>Stenografischer Bericht</berichtart><sitzungstitel><sitzungsnr>3</sitzungsnr>. Sitzung</sitzungstitel><veranstaltungsdaten><ort>Almara</ort>, <datum date="21.11.2017">Dienstag, den 21. November 2017</datum></veranstaltungsdaten></kopfdaten>
<inhaltsverzeichnis><ivz-titel>Inhalt:</ivz-titel><ivz-block><ivz-eintrag><ivz-eintrag-inhalt><redner id="1"><name><vorname>Maud</vorname><nachname>Pelleray</nachname></name></redner>Maud Pelleray (HP)</ivz-eintrag-inhalt></ivz-eintrag></ivz-block></inhaltsverzeichnis></vorspann>
<sitzungsverlauf><sitzungsbeginn><name>Präsidentin Dr. Ada Thornvik:</name><p klasse="J_1">Die Sitzung ist eröffnet.</p><kommentar>(Beifall)</kommentar></sitzungsbeginn>
<tagesordnungspunkt top-id="Punkt 1"><p klasse="J">Ich rufe Punkt 1 auf:</p><p klasse="T_NaS">Beratung des Hafengesetzes</p><p klasse="T_Drs">Drucksache 9/1</p>
<rede id="ID1"><p klasse="redner"><redner id="1"><name><titel>Dr.</titel><vorname>Maud</vorname><nachname>Pelleray</nachname><rolle><rolle_lang>Ministerin der Häfen</rolle_lang></rolle></name></redner>Dr. Maud de Pelleray, Ministerin der Häfen:</p><p klasse="J_1">Der Hafen wird <i>tiefer</i>.</p><kommentar>(Zuruf von der HP: Hört!)</kommentar><name>Präsidentin Dr. Ada Thornvik:</name><p klasse="J_1">Erlauben Sie eine Frage?</p></rede>
<rede id="ID2"><p klasse="redner"><redner id="2"><name><vorname>Irvan</vorname><nachname>Olm</nachname><fraktion>HP</fraktion></name></redner>Irvan Olm (HP):</p><p klasse="J_1">Wie tief?</p></rede></tagesordnungspunkt>
<sitzungsende><p klasse="J">(Schluss: 11 Uhr)</p></sitzungsende></sitzungsverlauf></dbtplenarprotokoll>"#;

#[test]
fn a_protocol_of_the_bundestag_is_a_sitting() {
    let draft = read(BUNDESTAG);
    check(
        &draft,
        &[
            ("Ada Thornvik", "Die Sitzung ist eröffnet."),
            ("", "⟦(Beifall)⟧"),
            ("Ada Thornvik", "Ich rufe Punkt 1 auf:"),
            ("#", "Beratung des Hafengesetzes"),
            ("", "Drucksache 9/1"),
            // The particle of a name stands only where the name is printed.
            ("Maud de Pelleray", "Der Hafen wird tiefer."),
            ("", "⟦(Zuruf von der HP: Hört!)⟧"),
            ("Ada Thornvik", "Erlauben Sie eine Frage?"),
            ("Irvan Olm", "Wie tief?"),
            ("", "⟦(Schluss: 11 Uhr)⟧"),
        ],
    );
    let stated = |field| draft.stated.value(field);
    assert_eq!(stated(Field::Title), Some("Plenarprotokoll 9/3"));
    assert_eq!(stated(Field::Date), Some("2017-11-21"));
    assert_eq!(stated(Field::Event), Some("3. Sitzung"));
    assert_eq!(stated(Field::Place), Some("Almara"));
    assert_eq!(draft.stated.meta()["parties"], json!(["HP"]));
    assert_eq!(
        draft.stated.meta()["speaker_roles"][1],
        "Maud de Pelleray (Ministerin der Häfen)"
    );
    let asides: Vec<&str> = draft.asides.iter().map(|aside| aside.text.as_str()).collect();
    assert_eq!(asides, ["Stenografischer Bericht", "Inhalt:", "Maud Pelleray (HP)"]);
}

#[test]
fn akoma_ntoso_has_speakers_by_reference_or_by_label() {
    let xml = r##"<akomaNtoso><debate><meta><identification><FRBRWork><FRBRthis value="/vm/2013-02-14/main"/><FRBRdate date="2013-02-20" name="publication"/></FRBRWork></identification>
<references><TLCPerson id="orrin" showAs="Lena Orrin"/><TLCRole id="chair" showAs="Chair"/></references></meta>
<debateBody><debateSection><num>1.</num><heading>Lighthouses</heading>
<speech by="#orrin" as="#chair"><from>The Chair:</from><p>We <i>begin</i>.</p><p>The lamp is out.</p></speech>
<scene>[Applause]</scene>
<question by=""><from>The Minister for Coasts (Mr. Tamsin)</from><p>When <remark>laughter</remark> again?</p></question>
<answer by="#unknown"><p>In spring.</p></answer>
<table><tr><td><p>Ayes</p></td><td><p>4</p></td></tr></table></debateSection><adjournment><p>Adjourned.</p></adjournment></debateBody></debate></akomaNtoso>"##;
    let draft = read(xml);
    check(
        &draft,
        &[
            ("#", "1."),
            ("#", "Lighthouses"),
            ("Lena Orrin", "We begin."),
            ("Lena Orrin", "The lamp is out."),
            ("", "⟦[Applause]⟧"),
            ("Mr. Tamsin", "When ⟦laughter⟧ again?"),
            ("unknown", "In spring."),
            ("", "Ayes | 4"),
            ("", "⟦Adjourned.⟧"),
        ],
    );
    // The day of publication is none of the sitting; its address says that.
    assert_eq!(draft.stated.value(Field::Date), Some("2013-02-14"));
    assert_eq!(
        draft.stated.meta()["speaker_roles"],
        json!(["Lena Orrin (Chair)", "Mr. Tamsin (The Minister for Coasts)"])
    );
    let fault = proceedings::read("<akomaNtoso><act><body/></act></akomaNtoso>").expect_err("a law");
    assert!(fault.contains("<act>"), "{fault}");
}

#[test]
fn a_volume_of_hansard_holds_a_speech_a_sitting() {
    let house = |name: &str, day: &str| {
        format!(
            r#"<{name}><title>HOUSE OF COASTS</title><image src="a"/><col>12</col><date format="{day}">a day</date>
<debates><section><title>LAMPS</title><p id="1">1. <member>Mr. Tamsin <memberconstituency>(Cape North)</memberconstituency></member><membercontribution>: Is it lit<col>13</col> again?</membercontribution></p>
<p><membercontribution>I ask twice.</membercontribution></p><p><i>The House divided.</i></p><p><member>The Minister for Coasts (Mr. Orrin)</member><membercontribution>: In spring.</membercontribution></p></section></debates></{name}>"#
        )
    };
    let volume = format!(
        "<hansard><titlepage><p>Volume 9</p></titlepage>{}{}</hansard>",
        house("housecommons", "1985-12-16"),
        house("houselords", "1985-12-17")
    );
    let drafts = proceedings::read(&volume).expect("there are sittings");
    assert_eq!(drafts.len(), 2);
    check(
        &drafts[0],
        &[
            ("#", "LAMPS"),
            ("Mr. Tamsin", "1. Is it lit again?"),
            ("Mr. Tamsin", "I ask twice."),
            ("", "The House divided."),
            ("Mr. Orrin", "In spring."),
        ],
    );
    assert_eq!(drafts[0].stated.value(Field::Date), Some("1985-12-16"));
    assert_eq!(drafts[1].stated.value(Field::Date), Some("1985-12-17"));
    assert_eq!(drafts[0].stated.value(Field::Title), Some("HOUSE OF COASTS"));
    let asides: Vec<&str> = drafts[0].asides.iter().map(|aside| aside.text.as_str()).collect();
    assert_eq!(asides, ["Volume 9", "12", "13"]);
}

#[test]
fn publicwhip_has_its_speakers_in_attributes() {
    let xml = r#"<publicwhip><major-heading id="uk.org.publicwhip/debate/2013-02-14a.1.1">Harbours</major-heading>
<speech id="a/2013-02-14a.1.2" speakername="Maud Pelleray" speakeroffice="Minister of Harbours"><p>It is deep.</p></speech>
<speech id="a/2013-02-14a.1.3" nospeaker="true"><p>Question put.</p></speech></publicwhip>"#;
    let draft = read(xml);
    check(
        &draft,
        &[
            ("#", "Harbours"),
            ("Maud Pelleray", "It is deep."),
            ("", "Question put."),
        ],
    );
    assert_eq!(draft.stated.value(Field::Date), Some("2013-02-14"));
}

#[test]
fn the_diet_gives_the_same_in_xml_and_json() {
    let xml = "<data><numberOfRecords>1</numberOfRecords><records><record><recordData><meetingRecord><issueID>7</issueID><nameOfHouse>海議院</nameOfHouse><nameOfMeeting>本会議</nameOfMeeting><date>2023-12-06</date><speechRecord><speaker>会議録情報</speaker><speech>令和五年\n出席者</speech></speechRecord><speechRecord><speaker>灯台守子</speaker><speakerPosition>議長</speakerPosition><speakerGroup>海の会</speakerGroup><speech>○議長（灯台守子君）　これより開きます。\n　日程第一。</speech></speechRecord></meetingRecord></recordData></record></records></data>";
    let of_xml = read(xml);
    check(
        &of_xml,
        &[("灯台守子", "これより開きます。"), ("灯台守子", "日程第一。")],
    );
    assert_eq!(of_xml.stated.value(Field::Organization), Some("海議院"));
    assert_eq!(of_xml.stated.value(Field::Event), Some("本会議"));
    assert_eq!(of_xml.stated.value(Field::Role), Some("議長"));
    assert_eq!(of_xml.asides[0].text, "会議録情報");
    let workplace = Workplace::new();
    let speech = |speaker: &str, said: &str| json!({"issueID": "7", "nameOfHouse": "海議院", "nameOfMeeting": "本会議", "date": "2023-12-06", "speaker": speaker, "speech": said});
    let answer = json!({"numberOfRecords": 2, "speechRecord": [speech("灯台守子", "○議長（灯台守子君）　これより開きます。"), speech("波野渡", "○波野渡君　渡船は来春です。")]});
    std::fs::write(workplace.path().join("diet.json"), answer.to_string()).expect("a file can be written");
    workplace.run(&["ingest", "diet.json"]).ended(0);
    let shown = workplace.json(&["show", "diet"]);
    let passages = shown["passages"].as_array().expect("a list");
    let found: Vec<(&str, &str)> = passages
        .iter()
        .filter_map(|passage| Some((passage["speaker"].as_str()?, passage["text"].as_str()?)))
        .collect();
    assert_eq!(
        found,
        [("灯台守子", "これより開きます。"), ("波野渡", "渡船は来春です。")]
    );
    assert_eq!(shown["date"], "2023-12-06");
}

#[test]
fn other_xml_is_refused_by_its_root_also_without_a_declaration() {
    let workplace = Workplace::new();
    let files = [
        ("declared.xml", "<?xml version=\"1.0\"?><rss><channel/></rss>"),
        (
            "bare.txt",
            "<recipes>\n<recipe><name>Soup</name></recipe>\n</recipes>\n",
        ),
        ("cut.xml", "<hansard><housecommons>\n<p>We meet"),
    ];
    for (name, content) in files {
        std::fs::write(workplace.path().join(name), content).expect("a file can be written");
    }
    let reasons: Vec<String> = files
        .iter()
        .map(|(name, _)| {
            let report: Value = workplace.run(&["ingest", name, "--format", "json"]).ended(3).json();
            report["rejected"][0]["reason"].as_str().expect("a reason").to_owned()
        })
        .collect();
    assert!(
        reasons[0].contains("root element <rss>") && reasons[0].contains("Akoma Ntoso"),
        "{}",
        reasons[0]
    );
    assert!(reasons[1].contains("root element <recipes>"), "{}", reasons[1]);
    assert!(reasons[2].contains("line 2"), "{}", reasons[2]);
    // A page in a file of text is a page; a sentence in angle brackets is a text.
    std::fs::write(
        workplace.path().join("page.txt"),
        "<html><body><p>Friends, the lamp is lit again and the harbour is open.</p></body></html>",
    )
    .expect("written");
    std::fs::write(
        workplace.path().join("note.txt"),
        "<aside> We meet again, and the lamp is lit for all who come.\n",
    )
    .expect("written");
    workplace.run(&["ingest", "page.txt", "note.txt"]).ended(0);
    assert_eq!(
        workplace.json(&["show", "page"])["body"],
        "Friends, the lamp is lit again and the harbour is open."
    );
}

#[test]
fn entities_that_grow_without_end_are_refused() {
    let mut declarations = "<!ENTITY a \"lamp lamp lamp lamp lamp lamp lamp\">".to_owned();
    for (inner, outer) in ["a", "b", "c", "d", "e", "f", "g"]
        .iter()
        .zip(["b", "c", "d", "e", "f", "g", "h"])
    {
        declarations.push_str(&format!("<!ENTITY {outer} \"{}\">", format!("&{inner};").repeat(10)));
    }
    let xml = format!(
        "<!DOCTYPE publicwhip [{declarations}]><publicwhip><speech speakername=\"a\"><p>&h;</p></speech></publicwhip>"
    );
    assert!(proceedings::read(&xml).is_err());
    let cycle = "<!DOCTYPE publicwhip [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><publicwhip><speech><p>&a;</p></speech></publicwhip>";
    assert!(proceedings::read(cycle).is_err());
}

/// The words of a document that none of its attributes and fields hold, as a reader of XML gives them.
fn words(xml: &str) -> String {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(xml, options).expect("it is XML");
    document
        .descendants()
        .filter(|node| node.is_text())
        .filter_map(|node| node.text())
        .collect()
}

fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|character| character.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

#[test]
fn every_word_of_a_protocol_is_in_the_text_in_a_field_or_beside_it() {
    let draft = read(BUNDESTAG);
    let mut kept = draft.text.clone();
    draft.asides.iter().for_each(|aside| kept.push_str(&aside.text));
    draft.quoted.iter().for_each(|(_, value)| kept.push_str(value));
    let kept = letters(&kept);
    // The parts of a name are printed again behind them.
    let printed = BUNDESTAG.replace("<name><titel>Dr.</titel>", "<name>");
    let names = regex::Regex::new("<redner id=\"[0-9]\"><name>.*?</name></redner>").expect("a pattern");
    let wanted = letters(&words(&names.replace_all(&printed, "")));
    let mut rest = kept.iter();
    for letter in wanted {
        assert!(rest.any(|kept| *kept == letter), "`{letter}` is lost");
    }
}

proptest! {
    #[test]
    fn any_markup_is_read_or_refused(parts in proptest::collection::vec(0usize..14, 0..40)) {
        const PARTS: &[&str] = &[
            "<speech by=\"#a\">", "</speech>", "<p>", "</p>", "<from>A</from>", "words ", "<debateSection>", "</debateSection>",
            "<heading>H</heading>", "<scene>S</scene>", "<td>", "</td>", "<question>", "</question>",
        ];
        let inner: String = parts.iter().map(|part| PARTS[*part]).collect();
        let xml = format!("<akomaNtoso><debate><debateBody>{inner}</debateBody></debate></akomaNtoso>");
        if let Ok(drafts) = proceedings::read(&xml) {
            for draft in drafts {
                let said: usize = turns(&draft).iter().map(|(_, text)| text.len()).sum();
                prop_assert!(said <= draft.text.len());
            }
        }
    }
}
