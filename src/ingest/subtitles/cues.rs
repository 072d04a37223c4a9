//! The cues of a file of subtitles: their times, and their lines without tags.

/// What a file holds.
#[derive(Default)]
pub(super) struct File {
    pub(super) cues: Vec<Cue>,
    /// Comments, and what else stands between cues.
    pub(super) notes: Vec<String>,
}

/// What is shown at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cue {
    /// In milliseconds.
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) lines: Vec<Line>,
}

/// A line of a cue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) speaker: Option<String>,
    pub(super) text: String,
}

/// Reads the cues of a file. A cue begins with its times, whatever stands over them.
pub(super) fn read(text: &str) -> File {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut file = File::default();
    let lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches('\r')).collect();
    let mut at = 0;
    let mut is_first = true;
    while at < lines.len() {
        let block_end = lines[at..]
            .iter()
            .position(|line| line.trim().is_empty())
            .map_or(lines.len(), |end| at + end);
        let block = &lines[at..block_end];
        at = block_end + 1;
        let Some(first) = block.first() else { continue };
        let is_head = std::mem::take(&mut is_first) && first.starts_with("WEBVTT");
        read_block(block, is_head, &mut file);
    }
    file
}

fn read_block(block: &[&str], is_head: bool, file: &mut File) {
    let places: Vec<usize> = (0..block.len())
        .filter(|index| times(block[*index]).is_some())
        .collect();
    let Some(first) = places.first() else {
        let is_style = block[0].starts_with("STYLE") || block[0].starts_with("REGION");
        let rest = match block[0].strip_prefix("NOTE").filter(|_| !is_head) {
            Some(rest) => std::iter::once(rest)
                .chain(block[1..].iter().copied())
                .collect::<Vec<_>>(),
            None if is_head => std::iter::once(block[0].trim_start_matches("WEBVTT"))
                .chain(block[1..].iter().copied())
                .collect(),
            None => block.to_vec(),
        };
        let text = rest.join("\n").trim().to_owned();
        // A blank line inside of a cue: what follows goes on with it.
        let goes_on = !is_head && !is_style && !block[0].starts_with("NOTE") && !is_number(block[0]);
        match file.cues.last_mut().filter(|_| goes_on) {
            Some(cue) => cue.lines.extend(block.iter().flat_map(|line| shown(line))),
            None if !text.is_empty() && !is_style && !is_number(&text) => file.notes.push(text),
            None => {}
        }
        return;
    };
    // What stands over the times is the name of the cue, a number mostly.
    let name = block[..*first].join("\n");
    if !is_head && !name.is_empty() && !is_number(&name) {
        file.notes.push(name);
    }
    for (index, place) in places.iter().enumerate() {
        let mut end = places.get(index + 1).copied().unwrap_or(block.len());
        // Without a blank line between cues the number of the next is the last line of this one.
        if end < block.len() && end > place + 1 && is_number(block[end - 1]) {
            end -= 1;
        }
        let (start, until) = times(block[*place]).unwrap_or_default();
        let mut lines: Vec<Line> = Vec::new();
        let mut speaker = None;
        for line in &block[place + 1..end] {
            for mut shown in shown(line) {
                // A voice holds to the end of its cue.
                speaker = shown.speaker.take().or(speaker);
                shown.speaker.clone_from(&speaker);
                lines.push(shown);
            }
        }
        file.cues.push(Cue {
            start,
            end: until,
            lines,
        });
    }
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// The times of a cue, in milliseconds; none where a line states none.
pub(super) fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some((time(start.trim())?, time(end)?))
}

/// `00:01:02,500`, `01:02.500` in milliseconds.
fn time(text: &str) -> Option<u64> {
    let (clock, fraction) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let mut seconds: u64 = 0;
    for part in clock.split(':') {
        let part: u64 = part.trim().parse().ok().filter(|part| *part < 1_000_000)?;
        seconds = seconds.checked_mul(60)?.checked_add(part)?;
    }
    let fraction: u64 = format!("{:0<3}", fraction.get(..3.min(fraction.len()))?).parse().ok()?;
    clock
        .contains(':')
        .then(|| seconds.saturating_mul(1_000).saturating_add(fraction))
}

/// What a line shows: its text without tags, a line more for each voice in it.
fn shown(line: &str) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    let mut rest = line;
    while let Some(open) = rest.find(['<', '{', '&']) {
        push(&mut lines, &rest[..open]);
        rest = &rest[open..];
        let (text, length) = match rest.as_bytes()[0] {
            b'<' => match rest.find('>').filter(|_| is_tag(rest)) {
                Some(close) => {
                    if let Some(name) = voice(&rest[1..close]) {
                        lines.push(Line {
                            speaker: Some(name),
                            text: String::new(),
                        });
                    }
                    ("", close + 1)
                }
                None => ("<", 1),
            },
            b'{' => match rest.find('}').filter(|_| rest.starts_with("{\\")) {
                Some(close) => ("", close + 1),
                None => ("{", 1),
            },
            _ => reference(rest),
        };
        push(&mut lines, text);
        rest = &rest[length..];
    }
    push(&mut lines, rest);
    for line in &mut lines {
        line.text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

fn push(lines: &mut [Line], text: &str) {
    if let Some(last) = lines.last_mut() {
        last.text.push_str(text);
    }
}

/// Whether `<` begins a tag: of style, of a class, of a language, of a voice, or a time.
fn is_tag(rest: &str) -> bool {
    let inside = rest[1..].trim_start_matches('/');
    let name: String = inside.chars().take_while(char::is_ascii_alphabetic).collect();
    let is_known = matches!(
        name.to_lowercase().as_str(),
        "b" | "i" | "u" | "s" | "c" | "v" | "lang" | "ruby" | "rt" | "font" | "em" | "strong" | "span" | "br" | "p"
    );
    is_known || inside.starts_with(|first: char| first.is_ascii_digit())
}

/// The name in the tag of a voice: `v Maud`, `v.loud Maud`.
fn voice(tag: &str) -> Option<String> {
    let rest = tag.strip_prefix('v')?;
    let (classes, name) = rest.split_once(char::is_whitespace)?;
    let is_voice = classes.is_empty() || classes.starts_with('.');
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (is_voice && !name.is_empty()).then_some(name)
}

/// The character of a reference at the start of a text, and how long the reference is.
fn reference(rest: &str) -> (&'static str, usize) {
    const REFERENCES: &[(&str, &str)] = &[
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", "\u{A0}"),
        ("&lrm;", "\u{200E}"),
        ("&rlm;", "\u{200F}"),
        ("&quot;", "\""),
        ("&#39;", "'"),
    ];
    let found = REFERENCES.iter().find(|(name, _)| rest.starts_with(name));
    found.map_or(("&", 1), |(name, text)| (text, name.len()))
}

/// The cues without lines that are shown again while the next ones come, as captions that roll do.
pub(super) fn without_repeats(cues: Vec<Cue>) -> Vec<Cue> {
    let repeats = |before: &Cue, cue: &Cue| {
        let is_next = cue.start <= before.end.saturating_add(200);
        is_next && before.lines.last().is_some_and(|last| cue.lines.first() == Some(last))
    };
    let count = cues.windows(2).filter(|pair| repeats(&pair[0], &pair[1])).count();
    // Somebody may say the same twice; where most cues do so, they roll.
    if count < 3 || count * 2 < cues.len() {
        return cues;
    }
    let mut kept: Vec<Cue> = Vec::with_capacity(cues.len());
    for (index, cue) in cues.iter().enumerate() {
        let is_repeated = index > 0 && repeats(&cues[index - 1], cue);
        let lines = if is_repeated {
            cue.lines[1..].to_vec()
        } else {
            cue.lines.clone()
        };
        kept.push(Cue { lines, ..cue.clone() });
    }
    kept
}
