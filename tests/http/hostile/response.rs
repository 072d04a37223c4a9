//! Answers read strictly: a server that cannot be fooled does not answer what a client could read in two ways.

/// An answer.
pub(super) struct Response {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Response {
    /// All answers of a connection, one after the other; that to `HEAD` has no body.
    pub(super) fn all(mut bytes: &[u8], is_head: bool) -> Result<Vec<Self>, String> {
        let mut responses = Vec::new();
        while !bytes.is_empty() {
            let (response, rest) = Self::first(bytes, is_head)?;
            responses.push(response);
            bytes = rest;
        }
        Ok(responses)
    }

    /// The value of a header; empty where there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        let named = self.headers.iter().find(|(given, _)| given == name);
        named.map_or("", |(_, value)| value)
    }

    fn first(bytes: &[u8], is_head: bool) -> Result<(Self, &[u8]), String> {
        let end = position(bytes, b"\r\n\r\n").ok_or_else(|| fault("no whole head", bytes))?;
        let head = std::str::from_utf8(&bytes[..end]).map_err(|_| fault("a head that is no text", bytes))?;
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(status).ok_or_else(|| fault("no status", bytes))?;
        let headers: Option<Vec<(String, String)>> = lines.map(header).collect();
        let headers = headers.ok_or_else(|| fault("a header that is none", bytes))?;
        let mut response = Self {
            status,
            headers,
            body: Vec::new(),
        };
        let rest = &bytes[end + 4..];
        if is_head || status < 200 || [204, 304].contains(&status) {
            return Ok((response, rest));
        }
        let (body, rest) = match response.header("transfer-encoding") {
            "chunked" => chunks(rest)?,
            // A client of HTTP/1.0 is told the end of a compressed answer by the end of the connection.
            _ if head.starts_with("HTTP/1.0 ") && response.header("content-length").is_empty() => {
                (rest.to_vec(), &rest[rest.len()..])
            }
            _ => {
                let length: usize = response
                    .header("content-length")
                    .parse()
                    .map_err(|_| fault("no length", bytes))?;
                if rest.len() < length {
                    return Err(fault("a body that is cut", bytes));
                }
                (rest[..length].to_vec(), &rest[length..])
            }
        };
        response.body = body;
        Ok((response, rest))
    }
}

fn status(line: &str) -> Option<u16> {
    let status = line
        .strip_prefix("HTTP/1.1 ")
        .or_else(|| line.strip_prefix("HTTP/1.0 "))?;
    let status: u16 = status.split(' ').next()?.parse().ok()?;
    (100..600).contains(&status).then_some(status)
}

fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(": ")?;
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit());
    let is_value = value.bytes().all(|byte| byte == b'\t' || !byte.is_ascii_control());
    (is_name && is_value).then(|| (name.to_owned(), value.to_owned()))
}

/// A body in chunks, and what follows it.
fn chunks(mut bytes: &[u8]) -> Result<(Vec<u8>, &[u8]), String> {
    let mut body = Vec::new();
    loop {
        let end = position(bytes, b"\r\n").ok_or_else(|| fault("no length of a chunk", bytes))?;
        let length = std::str::from_utf8(&bytes[..end])
            .ok()
            .and_then(|text| usize::from_str_radix(text, 16).ok());
        let length = length.ok_or_else(|| fault("no length of a chunk", bytes))?;
        let chunk = bytes
            .get(end + 2..end + 2 + length)
            .ok_or_else(|| fault("a chunk that is cut", bytes))?;
        body.extend_from_slice(chunk);
        bytes = bytes[end + 2 + length..]
            .strip_prefix(b"\r\n")
            .ok_or_else(|| fault("no end of a chunk", bytes))?;
        if length == 0 {
            return Ok((body, bytes));
        }
    }
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn fault(message: &str, bytes: &[u8]) -> String {
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(500)]);
    format!("{message} in {shown:?}")
}
