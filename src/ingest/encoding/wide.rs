//! UTF-16 without a byte order mark.
//!
//! Half of the bytes of UTF-16 are high bytes of a script, and low bytes take every value: so bytes below 0x20 are
//! frequent, as in no other encoding of a text, and only one of the two byte orders gives characters of living scripts.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::text::is_han;

/// The number of bytes that are looked at.
const SAMPLE_BYTES: usize = 1 << 16;

/// The byte order of bytes that are UTF-16, absent where they are not.
pub(super) fn detect(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    if sample.len() < 4 || (!bytes.len().is_multiple_of(2) && bytes.len() < 200) {
        return None;
    }
    let is_rare = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    let rare = sample.iter().filter(is_rare).count();
    let beyond = sample.iter().filter(|byte| **byte >= 0x80).count();
    // A short Han text may hold few such bytes; a Western text with a stray control character holds few beyond ASCII.
    let is_wide = rare * 40 >= sample.len() || (rare * 200 >= sample.len() && beyond * 4 >= sample.len());
    // Letters of a Western text are half zero bytes; a text of ASCII letters with a few of them is no UTF-16.
    let zeros = sample.iter().filter(|byte| **byte == 0).count();
    let ascii = sample.iter().filter(|byte| (0x20..0x7F).contains(*byte)).count();
    let is_ascii_with_zeros = (zeros + ascii) * 10 >= sample.len() * 9 && zeros * 10 < sample.len() * 3;
    if rare == 0 || !is_wide || is_ascii_with_zeros {
        return None;
    }
    let score = |encoding: &'static Encoding| (plausibility(sample, encoding == UTF_16BE), encoding);
    let ((best, encoding), (other, _)) = {
        let (little, big) = (score(UTF_16LE), score(UTF_16BE));
        if little.0 >= big.0 {
            (little, big)
        } else {
            (big, little)
        }
    };
    (best >= 95 && best > other).then_some(encoding)
}

/// How many of a hundred characters are such as texts hold.
fn plausibility(sample: &[u8], is_big_endian: bool) -> usize {
    let units = sample.chunks_exact(2).map(|pair| match is_big_endian {
        true => u16::from_be_bytes([pair[0], pair[1]]),
        false => u16::from_le_bytes([pair[0], pair[1]]),
    });
    let (mut count, mut good) = (0, 0);
    for character in char::decode_utf16(units) {
        count += 1;
        good += usize::from(character.is_ok_and(is_usual));
    }
    // A sample may be cut inside a surrogate pair, which is one bad character among many.
    (good * 100).checked_div(count).unwrap_or(0)
}

fn is_usual(character: char) -> bool {
    let is_usual_block = matches!(character,
        '\u{20}'..='\u{7E}' | '\u{A0}'..='\u{24F}' | '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{52F}' | '\u{590}'..='\u{6FF}'
        | '\u{900}'..='\u{97F}' | '\u{E00}'..='\u{E7F}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{203A}' | '\u{20AC}'
        | '\u{2116}' | '\u{2190}'..='\u{2193}' | '\u{2460}'..='\u{24FF}' | '\u{25A0}'..='\u{25CF}' | '\u{3000}'..='\u{30FF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}'..='\u{FF5E}');
    is_usual_block || is_han(character) || matches!(character, '\t' | '\n' | '\r')
}
