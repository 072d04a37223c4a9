//! The interface in English.

use super::{Wording, grouped, percent};

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

fn passages(count: u64) -> String {
    counted(count, "passage", "passages")
}

fn speeches(count: u64) -> String {
    counted(count, "speech", "speeches")
}

pub(super) const ENGLISH: Wording = Wording {
    tag: "en",
    own_name: "English",
    list_comma: ", ",

    skip: "Skip to the content",
    rooms: "Pages",
    search: "Search",
    speeches: "Speeches",
    help: "Help",
    about_chancery: "Chancery searches what was said, word for word.",
    interface_for_programs: "Interface for programs",
    keys: "Keys",
    close: "Close",
    key_meanings: &[
        ("/", "go to the search box"),
        ("j k", "next, previous hit in the list"),
        ("Enter o", "read the hit"),
        ("n p", "next, previous mark in a speech"),
        ("c", "copy the citation of a speech, or the address of any other page"),
        ("?", "show these keys"),
        ("Esc", "leave the search box"),
    ],

    search_label: "Search the speeches",
    how_to_ask: "How to ask",
    typed: "You type",
    meaning: "It finds",
    filters: "Narrow down",
    filters_in_force: "Filters in force",
    remove_filter: "remove this filter",
    remove_all_filters: "remove all",
    dates: "Date",
    date_form: "yyyy-mm-dd",
    from: "from",
    to: "to",
    apply: "Apply",
    other_options: "Other options",
    strict: "as printed: case, width, script and white space count",
    include_notes: "stage directions and editors’ notes too",
    partial: "with passages that have only some of the words",
    expand: "Other forms of names and terms",
    expand_keywords: "of keywords",
    expand_all: "of quoted strings too",
    expand_none: "only what was typed",
    more: |count| format!("{count} more"),

    passages,
    count_of_speeches: speeches,
    passages_of_speeches: |found, of| format!("{} in {}", passages(found), speeches(of)),
    occurrences_of: |occurrences, found, of| {
        format!(
            "{} in {} of {}",
            counted(occurrences, "occurrence", "occurrences"),
            passages(found),
            speeches(of)
        )
    },
    nothing_found: "Nothing found",
    relaxed: "No passage has these keywords; the ones below have parts of them.",
    looked_for: "Looked for",
    only_as_typed: "Look only for what was typed",
    undetermined: |count| {
        format!(
            "Left out: {} whose date is absent or too imprecise for this range.",
            speeches(count)
        )
    },
    corpus_changed: "The corpus has changed since the page before.",
    partial_hits: "These do not match; they have only some of the words.",
    in_this_speech: "In this speech:",
    form_of: |typed| format!("found for “{typed}”"),
    paragraph: "paragraph",
    found_nowhere: "No passage of the corpus has",
    try_instead: "These find something:",
    nothing_to_try: "Try fewer or other words.",

    order: "Order",
    by_relevance: "Best first",
    newest: "Newest",
    oldest: "Oldest",
    by_id: "By id",
    hit_is: "What is listed",
    as_passages: "Passages",
    as_speeches: "Speeches",
    each_speech: "All",
    only_versions: "With versions",
    per_page: "per page",
    pages: "Further pages",
    positions: |first, last, total| {
        format!(
            "{}–{} of {}",
            grouped(first as u64),
            grouped(last as u64),
            grouped(total)
        )
    },
    first_page: "First page",
    previous: "Previous",
    next: "Next",
    download: "This answer as",
    download_first: |most, total| format!("The first {} of {} as", grouped(most), grouped(total)),

    welcome: "What was said, word for word",
    empty_corpus: "The corpus holds no speech yet. Add some with “chancery ingest”.",
    newest_speeches: "Newest speeches",
    all_speeches: |count| format!("All {}", speeches(count)),
    for_example: "For example:",
    undated: "undated",
    groups_of_versions: |count| counted(count, "speech with versions", "speeches with versions"),
    similar: |share| format!("{} alike", percent(share)),

    back_to: "In all speeches:",
    hits: "Hits in this speech",
    hit_of: "Hit {n} of {m}",
    count_of_hits: |count| counted(count as u64, "hit", "hits"),
    to_first_hit: "to the first",
    previous_hit: "previous hit",
    next_hit: "next hit",
    without_marks: "without marks",
    same_speaker: "By the same speaker",
    earlier: "Earlier by this speaker",
    later: "Later by this speaker",
    permalink: "Link to this paragraph",
    about: "About this text",
    according_to: |source| match source {
        "metadata" => "as stated".to_owned(),
        "detected" => "told from the text".to_owned(),
        other => format!("from the {other}"),
    },
    also_in: "Also in",
    matter: "Beside the text",
    matter_explained: "What the source holds before, between and after the text, such as letterheads, credits and page furniture. It is nobody’s words, and searched only together with editors’ notes.",
    id: "Id",
    translated_from: "Translated from",
    translations: "Other languages",
    versions: "Versions",
    not_held: "not in this corpus",
    cite: "Cite",
    cite_paragraph: "Paragraph",
    copy: "Copy",
    copied: "Copied",

    what_differs: "What differs",
    first_text: "First text",
    second_text: "Second text",
    only_in_first: "only in the first",
    only_in_second: "only in the second",
    unchanged: |count| counted(count as u64, "paragraph unchanged", "paragraphs unchanged"),
    no_difference: "The two texts are the same but for white space.",

    help_query: "Words find the passages that hold any of them, the best first. Quotation marks find exactly what stands between them, every occurrence of it.",
    help_details: &[
        "Upper and lower case, full and half width, simplified and traditional characters and the shapes of quotation marks are the same unless “as printed” is chosen. All of this may be typed in full-width characters too.",
        "A name finds the other forms of the name that are known, and marks them in another color; what was looked for is shown above the hits.",
        "A passage is a paragraph of a speech, or a part of a long one. Its number, ¶ 9, is its address in the speech and stays the same as long as the text does.",
    ],
    help_keys: "They work while nothing is being typed.",
    addresses: "Addresses",
    help_addresses: "The address of every page says all of what it shows: it can be kept, sent and cited. The same parameters under /api/v1 give the answer as JSON or CSV.",

    no_versions: "No speech has versions",
    any: "any",
    find_in_speech: "Find in this speech",
    find: "Find",
    none_in_speech: "The text of this speech does not hold what was asked for; its title or other fields may.",
    search_all: "Search all speeches",
    place_is_marked: "The place is marked.",
    whole_speech: "the speech",
};
