//! The tokens of rich text.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// A control word or symbol with its number; `'` is a byte in hexadecimal digits.
    Word(&'a str, Option<i32>),
    /// A byte of text.
    Byte(u8),
    /// `\*`: a reader that does not know the next word leaves the group out.
    Unknown,
    /// Bytes that are no text.
    Binary,
}

/// Cuts bytes into tokens.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn escape(&mut self) -> Token<'a> {
        let letters = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            return self.symbol();
        }
        let word = std::str::from_utf8(self.take(letters)).unwrap_or_default();
        let sign = usize::from(self.rest.first() == Some(&b'-') && self.rest.get(1).is_some_and(u8::is_ascii_digit));
        let digits = self.rest[sign..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let number = (digits > 0).then(|| self.take(sign + digits));
        let value = number
            .and_then(|number| std::str::from_utf8(number).ok())
            .map(|number| {
                number
                    .parse::<i64>()
                    .unwrap_or_default()
                    .clamp(i32::MIN.into(), i32::MAX.into()) as i32
            });
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        if word == "bin" {
            self.take(usize::try_from(value.unwrap_or_default()).unwrap_or_default());
            return Token::Binary;
        }
        Token::Word(word, value)
    }

    fn symbol(&mut self) -> Token<'a> {
        match self.take(1) {
            b"*" => Token::Unknown,
            b"'" => {
                let digits = std::str::from_utf8(self.take(2)).unwrap_or_default();
                match i32::from_str_radix(digits, 16) {
                    Ok(byte) => Token::Word("'", Some(byte)),
                    Err(_) => Token::Binary,
                }
            }
            // A line end behind a backslash is a paragraph's.
            b"\n" | b"\r" => Token::Word("par", None),
            symbol => Token::Word(std::str::from_utf8(symbol).unwrap_or_default(), None),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.take(1).first()?;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => self.escape(),
                b'\n' | b'\r' | 0 => continue,
                byte => Token::Byte(byte),
            });
        }
    }
}
