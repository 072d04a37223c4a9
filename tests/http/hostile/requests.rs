//! Requests that mean harm.

use std::fmt;

use crate::support::random::Random;

/// What must never come back as it is in a page.
pub(super) const SCRIPT: &str = "<script>alert(1)</script>";

/// A request, or what looks like one.
pub(super) struct Attempt {
    pub(super) bytes: Vec<u8>,
    /// Whether nothing more comes, though something may be missing.
    pub(super) is_broken_off: bool,
    pub(super) is_head: bool,
}

impl fmt::Display for Attempt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = &self.bytes[..self.bytes.len().min(1_000)];
        write!(formatter, "{:?}", String::from_utf8_lossy(shown))
    }
}

/// Parts of queries: operators, marks, scripts of several kinds, and what other languages take for code.
const PARTS: &[&str] = &[
    "AND",
    "OR",
    "NOT",
    "NEAR/5",
    "NEAR/",
    "NEAR/99999999999",
    " ",
    " ",
    "+",
    "-",
    "(",
    ")",
    "((((((((",
    "\"",
    "~1",
    "~9",
    "^2",
    "^-1",
    "^1e999",
    "/",
    "/(a+)+$/",
    "/.*.*.*.*x/",
    "/[/",
    "/(?s).{1000}/",
    "\\",
    "*",
    "?",
    "a*",
    "*a",
    "??",
    "~",
    ":",
    "title:",
    "date:",
    "date:2013..2017",
    "date:9999999999..",
    "date:..",
    "meta.",
    "meta.a:",
    "[",
    "]",
    "{",
    "}",
    "http://",
    "合作",
    "命运共同体",
    "“",
    "”",
    "《",
    "+",
    "－",
    "ＡＮＤ",
    "water",
    "the",
    "Россия",
    "السلام",
    "\u{202e}",
    "\u{0}",
    "\u{feff}",
    "🙂",
    "e\u{301}\u{301}\u{301}",
    "\r\n",
    "\r\nX-Injected: 1",
    "' OR 1=1 --",
    "${jndi:ldap://a}",
    "{{7*7}}",
    "../../etc/passwd",
    "%s%n",
    SCRIPT,
    "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
];

const PATHS: &[&str] = &[
    "/",
    "/search",
    "/api/v1/search",
    "/api/v1/list",
    "/api/v1/show",
    "/api/v1/analyze",
    "/api/v1/status",
    "/api/v1/speeches",
    "/api/v1/speeches/",
    "/api/v1/speeches/a",
    "/api/v1/speeches/a/passages/1",
    "/api/v1/speeches/a/passages/99999999999",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/openapi.json",
    "/speeches/a",
    "/api",
    "/api/v2/search",
    "/favicon.ico",
];

const PARAMETERS: &[&str] = &[
    "q",
    "limit",
    "offset",
    "after",
    "sort",
    "by",
    "facet",
    "from",
    "to",
    "where",
    "language",
    "speaker",
    "format",
    "explain",
    "weight",
    "expand",
    "highlight",
    "speech",
    "text",
    "paragraph",
    "diff",
    "partial",
    "strict",
    "no-such",
    "q[]",
    "",
];

const VALUES: &[&str] = &[
    "",
    "1",
    "0",
    "-1",
    "10000",
    "18446744073709551616",
    "1e9",
    "true",
    "maybe",
    "json",
    "csv",
    "text",
    "html",
    "-date",
    "speaker,year",
    "2013-02-31",
    "year=2013",
    "=",
    "NaN",
    "W/\"x\"",
    "null",
    "a#p1",
    "..",
    "nearness=1e308",
    "nearness=-1",
];

const ESCAPES: &[&str] = &[
    "..",
    "%2e%2e",
    "..%2f",
    "..%5c",
    "%252e%252e%252f",
    "%00",
    "%0d%0aX-Injected:%201",
    "%ff%fe",
    "%c0%af",
    "%",
    "%zz",
    "//",
    ";",
    "a%2Fb",
    "~root",
    ".git",
    "etc/passwd",
    "C:\\windows",
    "\\\\host\\share",
    "%e5%90%88",
    "<script>alert(1)</script>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "#p1",
    "*",
];

const METHODS: &[&str] = &[
    "GET", "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "FROB", "get", "PRI",
    "PROPFIND",
];

const HEADERS: &[&str] = &[
    "Host: localhost",
    "Host: evil.example",
    "Host: localhost\r\nHost: evil.example",
    "Content-Length: 5",
    "Content-Length: -1",
    "Content-Length: 5, 6",
    "Content-Length: 5\r\nContent-Length: 6",
    "Content-Length: 99999999999999999999999",
    "Content-Length: 0x10",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nContent-Length: 5",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding : chunked",
    "Transfer-Encoding: chunked, identity",
    "Expect: 100-continue",
    "Expect: 200-ok",
    "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAA",
    "Connection: close, keep-alive, x-request-id",
    "Range: bytes=0-",
    "Range: bytes=5-1,9999999999999-,-",
    "If-None-Match: *",
    "If-None-Match: \"\"\"W/,,,",
    "If-Match: nothing",
    "If-Modified-Since: yesterday",
    "Accept-Encoding: gzip, br, zstd;q=2, *;q=-1",
    "Accept-Encoding: identity;q=0, *;q=0",
    "Accept-Encoding: ,,;;==",
    "Accept: <script>alert(1)</script>",
    "Accept-Language: <script>alert(1)</script>, zh;q=banana",
    "Cookie: a=<script>alert(1)</script>; =; ;;",
    "Origin: null",
    "Origin: https://evil.example",
    "Access-Control-Request-Method: DELETE",
    "Referer: javascript:alert(1)",
    "X-Request-Id: <script>alert(1)</script>",
    "X-Request-Id: \u{1b}[31mred",
    "X-Forwarded-Host: evil.example",
    "X-Original-URL: /metrics",
    "X-HTTP-Method-Override: DELETE",
    "Authorization: Bearer ",
    "Authorization: Basic YTpi",
    "Content-Type: application/json",
    "Content-Type: text/html; charset=<script>",
    "Content-Encoding: gzip",
    "Folded: a\r\n b",
    "No colon here",
    ": empty",
    "Sp ace: 1",
    "\u{0}: 1",
    "Null: a\u{0}b",
    "Ünïcode: 合作",
];

/// One of them.
pub(super) fn attempt(random: &mut Random) -> Attempt {
    match random.below(10) {
        0..=2 => asked(random),
        3 => escaped(random),
        4 | 5 => tricked(random),
        6 | 7 => posted(random),
        8 => pipelined(random),
        _ => garbage(random),
    }
}

/// A head that is whole: the answer ends the connection.
fn whole(method: &str, target: &str, headers: &str, body: &[u8]) -> Attempt {
    let mut bytes =
        format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    Attempt {
        bytes,
        is_broken_off: false,
        is_head: method == "HEAD",
    }
}

/// A text of some parts, such as a query.
fn text(random: &mut Random, most: usize) -> String {
    let parts = random.between(0, most);
    (0..parts).map(|_| *random.pick(PARTS)).collect()
}

/// A text as it stands in an address; now and then some of its bytes stand there as they are.
fn encoded(random: &mut Random, text: &str) -> String {
    let is_raw = random.happens(10);
    let mut encoded = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || (is_raw && !character.is_whitespace() && !character.is_control()) {
            encoded.push(character);
        } else {
            let mut buffer = [0; 4];
            for byte in character.encode_utf8(&mut buffer).bytes() {
                encoded.push_str(&format!("%{byte:02x}"));
            }
        }
    }
    encoded
}

fn query_part(random: &mut Random) -> String {
    let mut pairs = Vec::new();
    for _ in 0..random.between(0, 4) {
        let name = *random.pick(PARAMETERS);
        let value = match random.happens(50) {
            true => (*random.pick(VALUES)).to_owned(),
            false => text(random, 12),
        };
        pairs.push(format!("{name}={}", encoded(random, &value)));
    }
    pairs.push(format!("q={}", {
        let most = *random.pick(&[3, 8, 20, 300]);
        let query = text(random, most);
        encoded(random, &query)
    }));
    pairs.join("&")
}

/// A question whose parameters make no sense.
fn asked(random: &mut Random) -> Attempt {
    let path = *random.pick(PATHS);
    let method = *random.pick(METHODS);
    let target = format!("{path}?{}", query_part(random));
    let length = if method == "POST" { "Content-Length: 0\r\n" } else { "" };
    whole(method, &target, length, b"")
}

/// A path that leads elsewhere.
fn escaped(random: &mut Random) -> Attempt {
    let mut target = (*random.pick(PATHS)).to_owned();
    for _ in 0..random.between(1, 6) {
        target.push_str(random.pick::<&str>(&["/", "", "/"]));
        target.push_str(random.pick::<&str>(ESCAPES));
    }
    let prefix = *random.pick(&[
        "",
        "",
        "",
        "http://localhost",
        "http://evil.example",
        "http://a@localhost",
        "//evil.example",
        "*",
        "ftp://",
    ]);
    whole("GET", &format!("{prefix}{target}"), "", b"")
}

/// Headers that two readers could understand in two ways.
fn tricked(random: &mut Random) -> Attempt {
    let method = *random.pick(METHODS);
    let path = *random.pick(PATHS);
    let version = *random.pick(&[
        "HTTP/1.1",
        "HTTP/1.1",
        "HTTP/1.0",
        "HTTP/2.0",
        "HTTP/0.9",
        "HTTP/1.1 ",
        "http/1.1",
        "",
    ]);
    let mut request = format!("{method} {path} {version}\r\n");
    if random.happens(80) {
        request.push_str("Host: localhost\r\n");
    }
    for _ in 0..random.between(0, 5) {
        request.push_str(random.pick::<&str>(HEADERS));
        request.push_str("\r\n");
    }
    match random.below(20) {
        0 => request.push_str(&"A: b\r\n".repeat(random.between(50, 2_000))),
        1 => request.push_str(&format!("Large: {}\r\n", "x".repeat(random.between(1_000, 200_000)))),
        _ => {}
    }
    request.push_str(random.pick::<&str>(&[
        "\r\n",
        "\r\n",
        "\r\n",
        "\n",
        "",
        "\r\n5\r\nhello\r\n0\r\n\r\n",
        "\r\nhello",
        "\r\nffffffffffffffffff\r\n",
    ]));
    Attempt {
        bytes: request.into_bytes(),
        is_broken_off: true,
        is_head: method == "HEAD",
    }
}

/// A body that is too large, cut, of another type, nested, or no text.
fn posted(random: &mut Random) -> Attempt {
    let path = *random.pick(&[
        "/api/v1/search",
        "/api/v1/list",
        "/api/v1/show",
        "/api/v1/analyze",
        "/api/v1/speeches",
        "/metrics",
    ]);
    let body = match random.below(8) {
        0 => vec![b'{'; random.between(1, 5_000)],
        1 => format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000)).into_bytes(),
        2 => (0..random.between(0, 400)).map(|_| random.below(256) as u8).collect(),
        3 => format!("{{\"q\": \"{}\"}}", "字".repeat(random.between(0, 30_000))).into_bytes(),
        4 if random.happens(10) => vec![b' '; (1 << 20) + random.between(0, 3)],
        5 => format!("{{\"q\": {{\"q\": [{}]}}, \"limit\": 1e400}}", "\"a\",".repeat(9)).into_bytes(),
        _ => {
            let name = *random.pick(PARAMETERS);
            let value = text(random, 20);
            serde_json::json!({ "q": text(random, 20), name: value })
                .to_string()
                .into_bytes()
        }
    };
    let media_type = *random.pick(&[
        "application/json",
        "application/json",
        "application/json; charset=gbk",
        "text/plain",
        "multipart/form-data; boundary=x",
        "",
        "<script>",
    ]);
    let (framing, body, is_broken_off) = match random.below(8) {
        0 => (
            format!("Content-Length: {}\r\n", body.len() + random.between(1, 100)),
            body,
            true,
        ),
        1 => ("Content-Length: 4000000000\r\n".to_owned(), body, true),
        2 => {
            let mut chunked = format!("{:x}\r\n", body.len()).into_bytes();
            chunked.extend_from_slice(&body);
            chunked.extend_from_slice(random.pick::<&[u8]>(&[
                &b"\r\n0\r\n\r\n"[..],
                b"\r\n",
                b"0\r\n",
                b"\r\n0\r\nX-Injected: 1\r\n\r\n",
            ]));
            ("Transfer-Encoding: chunked\r\n".to_owned(), chunked, true)
        }
        _ => (format!("Content-Length: {}\r\n", body.len()), body, false),
    };
    let method = *random.pick(&["POST", "POST", "POST", "PUT", "GET"]);
    let headers = format!("Content-Type: {media_type}\r\n{framing}");
    Attempt {
        is_broken_off,
        ..whole(method, path, &headers, &body)
    }
}

/// Several requests before the first answer.
fn pipelined(random: &mut Random) -> Attempt {
    let mut bytes = Vec::new();
    for _ in 0..random.between(1, 20) {
        let path = *random.pick(PATHS);
        let target = format!("{path}?{}", query_part(random));
        bytes.extend_from_slice(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes());
    }
    bytes.extend_from_slice(&whole("GET", "/health/live", "", b"").bytes);
    Attempt {
        bytes,
        is_broken_off: false,
        is_head: false,
    }
}

/// No HTTP at all, or some with a few bytes changed.
fn garbage(random: &mut Random) -> Attempt {
    let mut bytes = match random.below(3) {
        0 => (0..random.between(1, 2_000)).map(|_| random.below(256) as u8).collect(),
        1 => b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a greeting of TLS".to_vec(),
        _ => asked(random).bytes,
    };
    for _ in 0..random.between(0, 5) {
        let place = random.below(bytes.len());
        bytes[place] = random.below(256) as u8;
    }
    Attempt {
        // A changed byte may have made it a question for the head alone, of which nothing is known then.
        is_head: bytes.starts_with(b"HEAD"),
        bytes,
        is_broken_off: true,
    }
}
