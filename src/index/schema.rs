//! The fields of the index: what each document, a passage, carries.
//!
//! A speech is a block of passages that share a segment and stand in order; its metadata lives on the first of them. So
//! metadata costs nothing a passage, and a filter is a choice of blocks.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, JsonObjectOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};

/// The name under which the word tokenizer is registered.
pub(super) const WORD_TOKENIZER: &str = "chancery_words";

/// The fields on every passage, and those on the first passage of a speech only.
#[derive(Clone, Debug)]
pub struct Fields {
    /// Every passage: the id of its speech, to delete by.
    pub speech: Field,
    /// Every passage: its units, encoded; words are made of them and the exact index reads them. Not stored.
    pub units: Field,
    /// Every passage: its place in the block of its speech, from 0; matter is numbered from a higher number on.
    pub ordinal: Field,
    /// Every passage: the text as printed, stored.
    pub text: Field,
    /// Every passage: its paragraph, from 1, stored.
    pub paragraph: Field,
    /// A piece of a divided paragraph: its number, from 1, stored.
    pub piece: Field,
    /// Every passage: the code points of the body before it, stored.
    pub body_start: Field,
    /// The text between the passage before and this one, stored where it is not one line break.
    pub gap: Field,
    /// A passage of a transcript: its own speaker as printed, for facets and output.
    pub turn: Field,
    /// A passage of a transcript: its own speaker folded, for filters.
    pub turn_folded: Field,
    /// A passage that is the heading of a section: true; absent on all others.
    pub heading: Field,
    /// A passage whose paragraph the source marks as a heading: true, stored; absent on all others.
    pub marked_heading: Field,
    /// Every passage: the letters, Han characters and digits of what was said.
    pub characters: Field,
    /// Every passage: the words, numbers and Han characters of what was said.
    pub words: Field,
    /// A passage with stage directions or notes: the letters, Han characters and digits of these.
    pub noted_characters: Field,
    /// A passage with stage directions or notes: the words, numbers and Han characters of these.
    pub noted_words: Field,
    /// First passage: the id.
    pub id: Field,
    /// First passage: the units of the title, encoded; its words raise the score. Not stored.
    pub title: Field,
    /// First passage: metadata and what lies around the passages, as JSON, stored.
    pub record: Field,
    /// First passage: the hash of the speech as ingested.
    pub content_hash: Field,
    /// First passage: the hash by which the same text is known again.
    pub text_key: Field,
    /// First passage: the root that the speech was ingested from.
    pub root: Field,
    /// First passage: the file, and line, under that root.
    pub source: Field,
    /// First passage: the first and last day that the date can mean, in days since 1970.
    pub first_day: Field,
    /// See [`first_day`](Self::first_day).
    pub last_day: Field,
    /// First passage: the sample of the text by which versions of one speech are linked.
    pub fingerprint: Field,
    /// First passage: the hashes of that sample by which speeches with a text like this one are looked up.
    pub shingle: Field,
    /// First passage: metadata values as printed, by field name, for facets.
    pub printed: Field,
    /// First passage: metadata values folded, by field name, for filters.
    pub folded: Field,
}

/// Builds the schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer(WORD_TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(true);
    let filters = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    let exact = TextOptions::default().set_indexing_options(filters.clone());
    let fields = Fields {
        speech: builder.add_text_field("speech", exact.clone()),
        units: builder.add_text_field("units", TextOptions::default().set_indexing_options(words.clone())),
        ordinal: builder.add_u64_field("ordinal", FAST),
        text: builder.add_text_field("text", STORED),
        paragraph: builder.add_u64_field("paragraph", STORED),
        piece: builder.add_u64_field("piece", STORED),
        body_start: builder.add_u64_field("body_start", STORED),
        gap: builder.add_text_field("gap", STORED),
        turn: builder.add_text_field("turn", TextOptions::default().set_fast("raw").set_stored()),
        turn_folded: builder.add_text_field("turn_folded", exact),
        heading: builder.add_bool_field("heading", FAST),
        marked_heading: builder.add_bool_field("marked_heading", STORED),
        characters: builder.add_u64_field("characters", FAST),
        words: builder.add_u64_field("words", FAST),
        noted_characters: builder.add_u64_field("noted_characters", FAST),
        noted_words: builder.add_u64_field("noted_words", FAST),
        id: builder.add_text_field("id", TextOptions::default().set_fast("raw")),
        title: builder.add_text_field("title", TextOptions::default().set_indexing_options(words)),
        record: builder.add_text_field("record", STORED),
        content_hash: builder.add_text_field("content_hash", TextOptions::default().set_fast("raw")),
        text_key: builder.add_text_field("text_key", TextOptions::default().set_fast("raw")),
        root: builder.add_text_field("root", TextOptions::default().set_fast("raw")),
        source: builder.add_text_field("source", TextOptions::default().set_fast("raw")),
        first_day: builder.add_i64_field("first_day", FAST | INDEXED),
        last_day: builder.add_i64_field("last_day", FAST),
        fingerprint: builder.add_bytes_field("fingerprint", FAST),
        shingle: builder.add_u64_field("shingle", INDEXED),
        printed: builder.add_json_field("printed", JsonObjectOptions::default().set_fast("raw")),
        folded: builder.add_json_field("folded", JsonObjectOptions::default().set_indexing_options(filters)),
    };
    (builder.build(), fields)
}
