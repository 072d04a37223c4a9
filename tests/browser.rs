//! The page in a real browser: what a reader does with it, in both languages, with scripts and without; whether everybody can use
//! it; what it looks like. The screenshots lie in `target/browser/screenshots`.

mod accessibility;
mod analytics;
mod asking;
mod harmless;
mod looks;
mod reading;

use serde_json::Value;

use crate::support::command::{Workplace, sample};
use crate::support::served::Server;
use crate::support::webdriver::{Browser, Scripts};

/// A query in Chinese that many passages match.
const RAILWAY: &str = "铁路";

/// The same, as it stands in an address.
const RAILWAY_ENCODED: &str = "%E9%93%81%E8%B7%AF";

/// A browser in front of a server.
struct Visit {
    browser: Browser,
    server: Server,
    /// Replies that the test means to get although they are errors, such as `status of 400`.
    meant: Vec<&'static str>,
}

impl Visit {
    /// A visit to the sample corpus; none where the machine has no browser.
    fn new(language: &str, scripts: Scripts) -> Option<Self> {
        Self::to(sample(), language, scripts)
    }

    /// A visit to the corpus of a workplace.
    fn to(workplace: &Workplace, language: &str, scripts: Scripts) -> Option<Self> {
        let browser = Browser::open(language, scripts)?;
        let server = Server::start(workplace, &[]);
        Some(Self {
            browser,
            server,
            meant: Vec::new(),
        })
    }

    /// Goes to an address of the server.
    fn go(&self, address: &str) {
        self.browser.go(&format!("{}{address}", self.server.root));
    }

    /// What the interface for programs answers at an address.
    fn answer(&self, address: &str) -> Value {
        let mut answer = ureq::get(format!("{}{address}", self.server.root))
            .call()
            .expect("an answer");
        answer.body_mut().read_json().expect("an answer in JSON")
    }

    /// The path and the parameters of the page that is shown.
    fn place(&self) -> String {
        let address = self.browser.address();
        let place = address.strip_prefix(&self.server.root);
        place.unwrap_or_else(|| panic!("{address} is elsewhere")).to_owned()
    }

    /// Holds the page to the first line of an answer: every total of the interface for programs comes to stand in it.
    #[track_caller]
    fn shows_totals_of(&self, answer: &Value) {
        let total = &answer["total"];
        let totals = [&total["passages"], &total["speeches"]];
        assert!(totals.iter().all(|total| total.is_u64()), "{total}");
        self.browser.wait_for(&format!(
            "[{}, {}].every(total => (document.querySelector('#totals')?.innerText.replace(/[,\\s]/g, '').match(/\\d+/g) ?? []) \
             .map(Number).includes(total))",
            totals[0], totals[1]
        ));
    }

    /// Ends the visit: nothing stood on the console, nothing broke the policy, and nobody else was asked for anything.
    #[track_caller]
    fn ends(self) {
        let console = self.browser.console();
        let faults: Vec<&String> = console
            .iter()
            .filter(|line| !self.meant.iter().any(|meant| line.contains(meant)))
            .collect();
        assert!(faults.is_empty(), "on the console: {faults:#?}");
        let requested = self.browser.requested();
        assert!(!requested.is_empty(), "the browser tells what it asks for");
        let own =
            |address: &str| address.starts_with(&format!("{}/", self.server.root)) || address.starts_with("data:");
        let others: Vec<&String> = requested.iter().filter(|address| !own(address)).collect();
        assert!(others.is_empty(), "asked elsewhere: {others:?}");
    }
}

/// The numbers in a line, thousands separators left out.
fn numbers(line: &str) -> Vec<u64> {
    let plain = line.replace([',', '\u{202F}', '\u{A0}'], "");
    let digits = plain.split(|character: char| !character.is_ascii_digit());
    digits.filter_map(|digits| digits.parse().ok()).collect()
}
