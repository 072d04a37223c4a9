//! TEI and ParlaMint: what was said, by whom, in which sitting; notes of the clerks are kept and are no speech.

use std::fs;

use chancery::analyzer::notes::notes;
use chancery::corpus::Field;
use chancery::ingest::draft::{Draft, Layout};
use chancery::ingest::tei;
use proptest::prelude::*;

use crate::support::shared::shared_data;

const ROOT: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xml:id="ParlaMint-AL" xml:lang="en">
  <teiHeader><profileDesc><particDesc>
    <listOrg>
      <org xml:id="TH" role="parliament"><orgName full="yes" xml:lang="en">Tidal House</orgName></org>
      <org xml:id="GOV" role="government"><orgName full="yes" xml:lang="en">Government of Anlan</orgName></org>
      <org xml:id="party.HP" role="politicalParty">
        <orgName full="yes" xml:lang="en">Harbor Party</orgName><orgName full="abb">HP</orgName>
      </org>
      <org xml:id="party.BP" role="politicalParty"><orgName full="abb">BP</orgName></org>
    </listOrg>
    <listPerson>
      <person xml:id="ShenMary">
        <persName to="2010-12-31"><surname>Rowe</surname><forename>Mary</forename></persName>
        <persName from="2011-01-01"><surname>Shen</surname><forename>Mary</forename><forename>Ann</forename></persName>
        <affiliation role="MP" ref="#TH" from="2009"/>
        <affiliation role="member" ref="#party.BP" from="2009-05-01" to="2014-12-31"/>
        <affiliation role="member" ref="#party.HP" from="2015-01-01"/>
        <affiliation role="member" ref="#GOV" from="2015-01-01"/>
        <affiliation role="minister" ref="#GOV" from="2015-01-01" to="2015-06-30">
          <roleName xml:lang="de">Hafenministerin</roleName><roleName xml:lang="en">Minister of Harbors</roleName>
        </affiliation>
      </person>
    </listPerson>
  </particDesc></profileDesc></teiHeader>
  <xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="a.xml"/>
</teiCorpus>"##;

/// A sitting on a day, with a body.
fn sitting(day: &str, body: &str) -> String {
    format!(
        r##"<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="ParlaMint-AL_{day}" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title type="main" xml:lang="de">Anlanisches Parlamentskorpus [ParlaMint]</title>
        <title type="main" xml:lang="en">Anlan parliamentary corpus [ParlaMint SAMPLE]</title>
        <title type="sub" xml:lang="en">Sitting of the Tidal House</title>
        <meeting n="4" corresp="#TH" ana="#parla.sitting">4</meeting>
        <meeting n="7" corresp="#TH" ana="#parla.term #TH.7">Term 7</meeting>
        <meeting n="2" corresp="#TH" ana="#parla.meeting"/>
        <meeting n="{day}" corresp="#TH" ana="#parla.sitting">{day}</meeting>
      </titleStmt>
      <publicationStmt>
        <idno type="URI" subtype="handle">http://hdl.handle.net/11356/0</idno>
        <date when="2023-07-19">2023-07-19</date>
      </publicationStmt>
      <sourceDesc><bibl><idno type="URI">https://tidal.example/4</idno><date when="{day}"/></bibl></sourceDesc>
    </fileDesc>
    <profileDesc><settingDesc><setting>
      <name type="city" xml:lang="en">Wangchao</name><name type="country" key="AL">Anlan</name>
      <date when="{day}T09:00:00">{day}</date>
    </setting></settingDesc></profileDesc>
  </teiHeader>
  <text xml:lang="en"><body>{body}</body></text>
</TEI>"##
    )
}

/// The only speech of a document, with what the root says.
fn read(xml: &str) -> Draft {
    let corpus = tei::read_corpus(ROOT).expect("the root is XML");
    let mut drafts = tei::read(xml, Some(&corpus)).expect("the document holds a text");
    assert_eq!(drafts.len(), 1);
    drafts.remove(0)
}

/// The paragraphs of a draft with their speakers; a heading has `#` before it.
fn paragraphs(draft: &Draft) -> Vec<(Option<&str>, String)> {
    let Layout::Marked { body, paragraphs } = &draft.layout else {
        panic!("paragraphs are marked");
    };
    assert_eq!(body.range(), 0..draft.text.len());
    let printed = |span: chancery::text::ByteSpan| &draft.text[span.range()];
    let marked = paragraphs.iter().map(|paragraph| {
        let mark = if paragraph.is_heading { "#" } else { "" };
        let text = format!("{mark}{}", printed(paragraph.span));
        (paragraph.speaker.as_deref(), text)
    });
    marked.collect()
}

#[track_caller]
fn check_body(body: &str, expected: &[(Option<&str>, &str)]) {
    let draft = read(&sitting("2015-03-22", body));
    let found = paragraphs(&draft);
    let found: Vec<(Option<&str>, &str)> = found.iter().map(|(who, text)| (*who, text.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_header_states_title_day_place_meeting_and_body() {
    let draft = read(&sitting("2015-03-22", "<u who=\"#ShenMary\"><seg>We meet.</seg></u>"));
    assert_eq!(draft.id.as_deref(), Some("ParlaMint-AL_2015-03-22"));
    for (field, value) in [
        (Field::Title, "Anlan parliamentary corpus"),
        (Field::Subtitle, "Sitting of the Tidal House"),
        (Field::Date, "2015-03-22"),
        (Field::DateSource, "metadata"),
        (Field::Place, "Wangchao"),
        (Field::Event, "Term 7, Meeting 2, Sitting 4"),
        (Field::Organization, "Tidal House"),
        (Field::Language, "en"),
        (Field::Url, "https://tidal.example/4"),
        (Field::Speaker, "Mary Ann Shen"),
        (Field::Role, "MP; Minister of Harbors"),
    ] {
        assert_eq!(draft.stated.value(field), Some(value), "{field}");
    }
    assert_eq!(draft.stated.meta_values("country"), ["Anlan"]);
    assert_eq!(draft.stated.meta_values("edition"), ["http://hdl.handle.net/11356/0"]);
    assert_eq!(draft.warnings, [] as [&str; 0]);
}

#[test]
fn names_roles_and_parties_are_those_of_the_day() {
    for (day, name, said, party) in [
        ("2010-03-22", "Mary Rowe", "Mary Rowe (MP; BP)", "BP"),
        ("2014-12-31", "Mary Ann Shen", "Mary Ann Shen (MP; BP)", "BP"),
        (
            "2015-03-22",
            "Mary Ann Shen",
            "Mary Ann Shen (MP, Minister of Harbors; HP)",
            "HP",
        ),
        (
            "2016-01-01",
            "Mary Ann Shen",
            "Mary Ann Shen (MP, member of Government of Anlan; HP)",
            "HP",
        ),
    ] {
        let draft = read(&sitting(
            day,
            "<u who=\"#ShenMary\"><seg>We meet.</seg></u><u who=\"#Guest\"><seg>Yes.</seg></u>",
        ));
        assert_eq!(draft.stated.meta_values("speakers"), [name, "Guest"], "{day}");
        assert_eq!(draft.stated.meta_values("speaker_roles"), [said], "{day}");
        assert_eq!(draft.stated.meta_values("parties"), [party], "{day}");
        assert_eq!(draft.stated.value(Field::Speaker), None, "several persons speak");
        assert!(draft.warnings[0].contains("1 of 2 speakers"), "{:?}", draft.warnings);
    }
}

#[test]
fn each_passage_has_its_speaker_and_notes_have_none() {
    check_body(
        r##"<div type="debateSection"><head>On harbors</head>
        <note type="time">14.00</note>
        <note type="speaker">The Chair, Ms. Shen:</note>
        <u who="#ShenMary" ana="#chair"><seg>Order, <kinesic type="applause"><desc xml:lang="de">Beifall</desc><desc xml:lang="en">Applause</desc></kinesic>
            order.</seg><vocal><desc>Shouts</desc></vocal><seg>We begin<note place="foot">See <hi>rule</hi> 4.</note>.</seg></u>
        <note type="speaker">A guest:</note>
        <u ana="#guest"><seg>Thank you. <gap reason="inaudible"/></seg></u>
        <u who="#Un.Known #ShenMary"><seg>Both.</seg></u>
        <u ana="#guest">Who?</u></div>"##,
        &[
            (None, "#On harbors"),
            (None, "⟦14.00⟧"),
            (None, "⟦The Chair, Ms. Shen:⟧"),
            (Some("Mary Ann Shen"), "Order, ⟦Applause⟧ order."),
            (None, "⟦Shouts⟧"),
            (Some("Mary Ann Shen"), "We begin⟦See rule 4.⟧."),
            (None, "⟦A guest:⟧"),
            (Some("A guest"), "Thank you. ⟦inaudible⟧"),
            (Some("Un.Known; Mary Ann Shen"), "Both."),
            (None, "Who?"),
        ],
    );
}

#[test]
fn words_that_are_marked_up_become_text_again() {
    check_body(
        r##"<u who="#ShenMary"><seg>
          <s><w>The</w> <name type="ORG"><w>Tidal</w>
             <w join="right">House</w></name> <pc>,</pc> <w join="right">it<w norm="i"/></w><w>’s</w>
             <note>sic</note> <pc join="right">“</pc><w join="right">open</w><pc>”</pc><linkGrp><link target="#a #b"/></linkGrp></s>
          <s><w>Yes</w><pc join="left">!</pc></s></seg>
          <seg><s>Plain <hi>sen</hi>tence.</s> <s>Next.</s></seg></u>"##,
        &[
            (Some("Mary Ann Shen"), "The Tidal House, it’s ⟦sic⟧ “open” Yes!"),
            (Some("Mary Ann Shen"), "Plain sentence. Next."),
        ],
    );
}

#[test]
fn plain_tei_has_headings_paragraphs_verse_tables_and_plays() {
    check_body(
        r##"<div><head>Opening</head><p>One <choice><sic>harbr</sic><corr>harbor</corr></choice>,<lb/>two inter<lb break="no"/>national
            secu-<lb/>rity<pb n="2"/>.</p><fw>Page 2</fw>
          <list><head>Aims</head><item>First <p>inner</p></item><item>Second</item></list>
          <table><row><cell>Port</cell><cell>Ships</cell></row><row><cell>望<lb/>潮</cell><cell>3</cell></row></table>
          <sp who="#ShenMary"><speaker>SHEN.</speaker><p>I agree.</p><stage>Exit</stage></sp>
          <sp><speaker>A Voice.</speaker><l>Once</l><l>again</l></sp></div>"##,
        &[
            (None, "#Opening"),
            (None, "One harbr, two international secu-\nrity."),
            (None, "Aims"),
            (None, "First"),
            (None, "inner"),
            (None, "Second"),
            (None, "Port | Ships"),
            (None, "望潮 | 3"),
            (None, "⟦SHEN.⟧"),
            (Some("Mary Ann Shen"), "I agree."),
            (None, "⟦Exit⟧"),
            (None, "⟦A Voice.⟧"),
            (Some("A Voice"), "Once"),
            (Some("A Voice"), "again"),
        ],
    );
}

#[test]
fn a_word_goes_on_over_the_end_of_a_line_or_page() {
    check_body(
        r##"<p>coope<lb break="no"/>
            ration, self-<lb break="no"/> determination, secu-<pb n="2"/>rity, peace-<pb n="3" break="no"/>
            keeping; well-<pb n="4"/><fw>Page 4</fw>being and the<pb n="5"/> sea, tide<cb break="no"/>way.</p>"##,
        &[(
            None,
            "cooperation, self-\ndetermination, secu-\nrity, peace-\nkeeping; well-\nbeing and the sea, tideway.",
        )],
    );
}

#[test]
fn a_corpus_may_hold_its_documents_and_older_tei_has_no_namespace() {
    let one = "<TEI.2><teiHeader><fileDesc><titleStmt><title>A toast</title><author>Mary Rowe</author></titleStmt></fileDesc>\
               <profileDesc><creation><date when=\"1961-05\"/></creation></profileDesc></teiHeader>\
               <text lang=\"fr\"><body><div1><p>To peace &amp; trade.</p></div1></body></text></TEI.2>";
    let xml = format!(
        "<!DOCTYPE teiCorpus SYSTEM \"tei.dtd\">\n<teiCorpus><teiHeader/>{one}{one}<TEI.2><text/></TEI.2></teiCorpus>"
    );
    assert!(tei::is_tei(&xml) && !tei::is_corpus_root(&xml));
    let drafts = tei::read(&xml, None).unwrap();
    assert_eq!(drafts.len(), 2);
    for draft in &drafts {
        assert_eq!(draft.text, "To peace & trade.");
        assert_eq!(draft.id, None);
        assert_eq!(draft.stated.value(Field::Title), Some("A toast"));
        assert_eq!(draft.stated.value(Field::Date), Some("1961-05"));
        assert_eq!(draft.stated.value(Field::Language), Some("fr"));
        assert_eq!(draft.suggested.value(Field::Speaker), Some("Mary Rowe"));
    }
}

#[test]
fn what_holds_no_speech_says_so() {
    let reason = |xml: &str| tei::read(xml, None).unwrap_err();
    assert!(reason(ROOT).contains("no TEI document"));
    assert!(reason("<html><body>Hello</body></html>").contains("no TEI document"));
    assert!(reason(&sitting("2015-03-22", "<div> </div>")).contains("holds no text"));
    assert!(reason("<TEI><text>").contains("not well-formed"));
}

#[test]
fn a_long_note_is_several_and_deep_markup_is_read() {
    let note = "An aside of the clerk. ".repeat(100);
    let deep = format!("{}deep{}", "<hi>".repeat(5_000), "</hi>".repeat(5_000));
    let draft = read(&sitting(
        "2015-03-22",
        &format!("<p>Said <note>{note}</note> {deep}.</p>"),
    ));
    assert!(
        draft.text.starts_with("Said ⟦An aside") && draft.text.ends_with("⟧ deep."),
        "{}",
        draft.text
    );
    assert!(notes(&draft.text).iter().all(|span| span.len() <= 900));
    assert_eq!(notes(&draft.text).len(), 3);
}

#[test]
fn real_sittings_are_read_whole_and_their_speakers_named() {
    let Some(folder) = shared_data().map(|data| data.join("formats/tei")) else {
        return;
    };
    let text_of = |name: &str| fs::read_to_string(folder.join(name)).expect("the file is readable");
    let root = text_of("ParlaMint-TR.xml");
    assert!(tei::is_corpus_root(&root));
    let corpus = tei::read_corpus(&root).unwrap();
    for (file, speakers, first) in [
        ("ParlaMint-TR_T27-tbmm-2018-07-07.xml", 0, "Durmuş Yılmaz"),
        ("ParlaMint-TR_T27-tbmm-2020-05-27.xml", 1, "Levent Gök"),
        ("ParlaMint-TR_T27-tbmm-2020-06-17.xml", 0, "Celal Adan"),
    ] {
        let xml = text_of(file);
        let draft = tei::read(&xml, Some(&corpus)).unwrap().remove(0);
        assert_eq!(draft.stated.meta_values("speakers")[0], first);
        if speakers > 0 {
            assert_eq!(draft.stated.meta_values("speakers").len(), speakers);
        }
        assert_eq!(draft.warnings, [] as [&str; 0], "{file}");
        assert_eq!(draft.stated.value(Field::Place), Some("Ankara"));
        assert_eq!(draft.stated.value(Field::Url), None, "the source names a site, no page");
        assert_eq!(
            draft.stated.value(Field::Organization),
            Some("National Assembly of the Republic of Turkey")
        );
        let said: Vec<String> = elements(&xml, "seg").collect();
        let noted: Vec<String> = elements(&xml, "note").map(|note| format!("⟦{note}⟧")).collect();
        let found = paragraphs(&draft);
        let found_said: Vec<&str> = found
            .iter()
            .map(|(_, text)| text.as_str())
            .filter(|text| !text.starts_with('⟦'))
            .collect();
        let found_noted: Vec<&str> = found
            .iter()
            .map(|(_, text)| text.as_str())
            .filter(|text| text.starts_with('⟦'))
            .collect();
        assert!(said.len() > 1 && found_said == said, "{file}: utterances");
        assert!(noted.len() > 1 && found_noted == noted, "{file}: notes");
        assert!(
            found
                .iter()
                .all(|(who, _)| who.is_none_or(|who| !who.contains(['#', '.'])))
        );
    }
}

/// The texts of all elements of a name that hold nothing but text, found without an XML reader.
fn elements<'a>(xml: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let body = &xml[xml.find("<body>").expect("a body")..];
    let parts = body.split('<').filter_map(move |part| {
        let (tag, text) = part.split_once('>')?;
        (tag == name || tag.starts_with(&format!("{name} "))).then_some(text)
    });
    parts.map(|text| {
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace("&amp;", "&")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn damaged_documents_never_panic(cut in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), with in "[<>/&;\"' \n⟦⟧a-z#山]{0,4}") {
        let whole = sitting("2015-03-22", "<div><head>A</head><note>b</note><u who=\"#ShenMary\"><seg>c <s><w join=\"right\">d</w></s></seg></u></div>");
        let boundaries: Vec<usize> = whole.char_indices().map(|(byte, _)| byte).collect();
        let mut text = whole.clone();
        text.insert_str(*at.get(&boundaries), &with);
        let corpus = tei::read_corpus(ROOT).unwrap();
        for xml in [&whole[..*cut.get(&boundaries)], text.as_str()] {
            let _ = (tei::is_tei(xml), tei::is_corpus_root(xml), tei::read_corpus(xml));
            for draft in tei::read(xml, Some(&corpus)).unwrap_or_default() {
                let found = paragraphs(&draft);
                prop_assert!(found.iter().all(|(_, text)| !text.trim().is_empty() && text.trim() == text));
            }
        }
    }
}
