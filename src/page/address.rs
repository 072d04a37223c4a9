//! Addresses: the one place where parameters become links, so that every address gives the view again that it was taken from.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The parameters that say which page of an answer is shown.
pub(super) const PLACE: &[&str] = &["offset", "after"];

/// What stands in a path as it is, beside letters and digits.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path of a page, its parameters in order, and the part of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    path: String,
    pairs: Vec<(String, String)>,
    fragment: String,
}

impl Address {
    /// An address with parameters; those without a value are left out, for they choose nothing.
    pub fn new<'a>(path: &str, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let given = pairs.filter(|(_, value)| !value.is_empty());
        // A path that begins with two slashes would be the name of another server.
        let path = format!("/{}", path.trim_start_matches(['/', '\\']));
        Self {
            path,
            pairs: given.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            fragment: String::new(),
        }
    }

    /// The path.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The parameters.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a parameter.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.pairs().find(|(given, _)| *given == name).map(|(_, value)| value)
    }

    /// All values of a parameter.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs()
            .filter(move |(given, _)| *given == name)
            .map(|(_, value)| value)
    }

    /// The same parameters on another path.
    pub(super) fn on(&self, path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            pairs: self.pairs.clone(),
            fragment: String::new(),
        }
    }

    /// The same with one value for a parameter.
    pub(super) fn with(&self, name: &str, value: impl Into<String>) -> Self {
        self.without(&[name]).adding(name, value)
    }

    /// The same with one more value for a parameter.
    pub(super) fn adding(&self, name: &str, value: impl Into<String>) -> Self {
        let mut address = self.clone();
        address.pairs.push((name.to_owned(), value.into()));
        address
    }

    /// The same without some parameters.
    pub(super) fn without(&self, names: &[&str]) -> Self {
        self.kept(|name, _| !names.contains(&name))
    }

    /// The same without one value of a parameter.
    pub(super) fn without_value(&self, name: &str, value: &str) -> Self {
        self.kept(|given, other| given != name || other != value)
    }

    /// The same with only some parameters.
    pub(super) fn only(&self, names: &[&str]) -> Self {
        self.kept(|name, _| names.contains(&name))
    }

    /// The same with the parameters that pass a test.
    pub(super) fn kept(&self, passes: impl Fn(&str, &str) -> bool) -> Self {
        let mut address = self.clone();
        address.pairs.retain(|(name, value)| passes(name, value));
        address
    }

    /// The same on the first page of the answer.
    pub(super) fn first_page(&self) -> Self {
        self.without(PLACE)
    }

    /// The same at a part of the page.
    pub fn at(&self, fragment: impl Into<String>) -> Self {
        Self {
            fragment: fragment.into(),
            ..self.clone()
        }
    }
}

impl maud::Render for Address {
    fn render_to(&self, buffer: &mut String) {
        self.to_string().render_to(buffer);
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        if !self.pairs.is_empty() {
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&self.pairs)
                .finish();
            write!(formatter, "?{query}")?;
        }
        match self.fragment.is_empty() {
            true => Ok(()),
            false => write!(formatter, "#{}", self.fragment),
        }
    }
}

/// The path of a speech: its id percent-encoded, slashes left readable where a browser leaves the path as it is.
pub fn speech_path(id: &str) -> String {
    // Browsers resolve the steps `.` and `..` of a path before they ask for it, however these are written.
    let is_resolved = id.split('/').any(|step| matches!(step, "" | "." | ".."));
    let separator = if is_resolved { "%2F" } else { "/" };
    let steps: Vec<String> = id
        .split('/')
        .map(|step| utf8_percent_encode(step, ESCAPED).to_string())
        .collect();
    format!("/speeches/{}", steps.join(separator))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_was_asked_and_drops_what_chooses_nothing() {
        let pairs = [
            ("q", "铁路 \"合作\""),
            ("from", ""),
            ("speaker", "甲"),
            ("speaker", "乙"),
        ];
        let address = Address::new("/", pairs.into_iter());
        assert_eq!(
            address.to_string(),
            "/?q=%E9%93%81%E8%B7%AF+%22%E5%90%88%E4%BD%9C%22&speaker=%E7%94%B2&speaker=%E4%B9%99"
        );
        let fewer = address.without_value("speaker", "甲").with("q", "x").at("p9");
        assert_eq!(fewer.to_string(), "/?speaker=%E4%B9%99&q=x#p9");
    }

    #[test]
    fn the_path_of_a_speech_is_one_that_browsers_leave_alone() {
        assert_eq!(speech_path("summits/2014-karsu"), "/speeches/summits/2014-karsu");
        assert_eq!(speech_path("甲 #?%"), "/speeches/%E7%94%B2%20%23%3F%25");
        assert_eq!(speech_path("a/../b"), "/speeches/a%2F..%2Fb");
        assert_eq!(speech_path("/a"), "/speeches/%2Fa");
    }
}
