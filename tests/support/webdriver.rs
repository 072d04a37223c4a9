//! A real browser, steered as a person would: Chromium behind chromedriver, spoken to in WebDriver's JSON.
//!
//! Nothing sleeps: the browser waits for what it is to find, and is asked again where it cannot tell.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// The name under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long a test waits for what it expects.
const PATIENCE: Duration = Duration::from_secs(15);

/// The most bytes that the driver answers: a picture.
const LONGEST_ANSWER: u64 = 100 << 20;

/// How often a click is tried on an element that the page puts another one in the place of.
const CLICKS: usize = 5;

/// The height of the window in which tests look at a page.
const WINDOW_HEIGHT: u32 = 900;

/// Keys as WebDriver writes them.
pub(crate) mod keys {
    pub(crate) const ENTER: &str = "\u{E007}";
    pub(crate) const ESCAPE: &str = "\u{E00C}";
    pub(crate) const TAB: &str = "\u{E004}";
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scripts {
    Run,
    AreOff,
}

/// A browser with one window; it is closed when this is dropped.
pub(crate) struct Browser {
    driver: Child,
    agent: ureq::Agent,
    /// The address of the session.
    session: String,
}

/// Says that a test is skipped because something is missing, or fails where `CHANCERY_REQUIRE_BROWSER=1` wants it.
#[allow(clippy::print_stdout, reason = "a skipped test must say so")]
pub(crate) fn skipped_without(missing: &str) {
    let is_required = env::var("CHANCERY_REQUIRE_BROWSER").is_ok_and(|value| value == "1");
    assert!(!is_required, "a real browser is required, and {missing} is missing");
    println!("skipped: {missing} is missing; .ci/run installs it");
}

/// A program on the search path.
fn program(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let candidates = env::split_paths(&folders).map(|folder| folder.join(name));
    let found = candidates.into_iter().find(|path| path.is_file());
    if found.is_none() {
        skipped_without(name);
    }
    found
}

impl Browser {
    /// Opens a window whose pages are asked for in a language such as `zh-CN`; none where the machine has no browser.
    pub(crate) fn open(language: &str, scripts: Scripts) -> Option<Self> {
        let (chromium, chromedriver) = (program("chromium")?, program("chromedriver")?);
        let (driver, root) = started(&chromedriver);
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut browser = Self {
            driver,
            agent,
            session: String::new(),
        };
        let wanted = capabilities(&chromium, language, scripts);
        let answer = browser.request("POST", &format!("{root}/session"), &wanted);
        let id = answer["sessionId"].as_str().expect("a session has an id");
        browser.session = format!("{root}/session/{id}");
        let patience = PATIENCE.as_millis() as u64;
        browser.post("timeouts", &json!({"implicit": patience, "script": patience}));
        browser.resize(1280);
        Some(browser)
    }

    /// What the driver answers; its error with a message where it has one.
    fn attempt(&self, method: &str, address: &str, body: &Value) -> Result<Value, String> {
        let answered = match method {
            "GET" => self.agent.get(address).call(),
            _ => self.agent.post(address).send_json(body),
        };
        let mut answer = answered.expect("chromedriver answers");
        let text = answer.body_mut().with_config().limit(LONGEST_ANSWER).read_to_string();
        let text = text.expect("a whole answer");
        let answered: Value = serde_json::from_str(&text).expect("chromedriver answers in JSON");
        let value = &answered["value"];
        match value["error"].as_str() {
            Some(error) => Err(format!("{method} {address} {body}: {error}: {}", value["message"])),
            None => Ok(value.clone()),
        }
    }

    fn request(&self, method: &str, address: &str, body: &Value) -> Value {
        self.attempt(method, address, body)
            .unwrap_or_else(|fault| panic!("{fault}"))
    }

    fn post(&self, command: &str, body: &Value) -> Value {
        self.request("POST", &format!("{}/{command}", self.session), body)
    }

    fn get(&self, command: &str) -> Value {
        self.request("GET", &format!("{}/{command}", self.session), &Value::Null)
    }

    /// Asks Chromium itself, by its own protocol.
    fn ask_chromium(&self, command: &str, parameters: &Value) -> Value {
        self.post("goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    /// Goes to an address.
    pub(crate) fn go(&self, address: &str) {
        self.post("url", &json!({ "url": address }));
    }

    /// Goes back to the page before.
    pub(crate) fn go_back(&self) {
        self.post("back", &json!({}));
    }

    /// The address of the page.
    pub(crate) fn address(&self) -> String {
        self.get("url").as_str().expect("an address").to_owned()
    }

    fn element(&self, selector: &str) -> String {
        let found = self.post("element", &json!({"using": "css selector", "value": selector}));
        found[ELEMENT].as_str().expect("an element").to_owned()
    }

    /// What an expression gives for each element that a selector finds, all at one moment; there is at least one.
    fn each(&self, selector: &str, expression: &str) -> Vec<Value> {
        let selector = Value::from(selector);
        self.wait_for(&format!("document.querySelector({selector})"));
        let script = format!("return [...document.querySelectorAll({selector})].map(element => {expression})");
        self.run(&script).as_array().expect("a list").clone()
    }

    /// The texts of all elements that a selector finds, as they can be read on the screen; there is at least one.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let texts = self.each(selector, "element.innerText").into_iter();
        texts.map(|text| text.as_str().expect("a text").to_owned()).collect()
    }

    /// The text of the first element that a selector finds.
    pub(crate) fn text(&self, selector: &str) -> String {
        self.texts(selector).swap_remove(0)
    }

    /// An attribute of the first element that a selector finds; empty where it has none.
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> String {
        let values = self.each(selector, &format!("element.getAttribute('{name}')"));
        values[0].as_str().unwrap_or_default().to_owned()
    }

    /// Whether the first element that a selector finds can be seen.
    pub(crate) fn is_shown(&self, selector: &str) -> bool {
        let id = self.element(selector);
        self.get(&format!("element/{id}/displayed")) == true
    }

    /// Clicks on the first element that a selector finds.
    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        let mut fault = String::new();
        for _ in 0..CLICKS {
            let address = format!("{}/element/{}/click", self.session, self.element(selector));
            match self.attempt("POST", &address, &json!({})) {
                Ok(_) => return,
                Err(error) if error.contains("stale element") => fault = error,
                Err(error) => panic!("{selector}: {error}"),
            }
        }
        panic!("{selector}: {fault}");
    }

    /// Points with the mouse at the first element that a selector finds.
    #[track_caller]
    pub(crate) fn point_at(&self, selector: &str) {
        let movement = json!({
            "type": "pointerMove",
            "duration": 0,
            "x": 0,
            "y": 0,
            "origin": {ELEMENT: self.element(selector)},
        });
        let mouse =
            json!({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [movement]});
        self.post("actions", &json!({"actions": [mouse]}));
    }

    /// Unfolds what a `details` holds, if it is folded.
    pub(crate) fn unfold(&self, selector: &str) {
        if self.each(selector, "element.open")[0] == false {
            self.click(&format!("{selector} > summary"));
        }
    }

    /// Empties a field and types into it.
    pub(crate) fn write(&self, selector: &str, text: &str) {
        let id = self.element(selector);
        self.post(&format!("element/{id}/clear"), &json!({}));
        self.post(&format!("element/{id}/value"), &json!({ "text": text }));
    }

    /// Presses keys one after another, wherever the focus is.
    pub(crate) fn press(&self, keys: &str) {
        let strokes = keys.chars().flat_map(|key| {
            let key = key.to_string();
            [
                json!({"type": "keyDown", "value": key}),
                json!({"type": "keyUp", "value": key}),
            ]
        });
        let strokes: Vec<Value> = strokes.collect();
        self.post(
            "actions",
            &json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]}),
        );
    }

    /// Types letters that an input method has not yet made characters of.
    pub(crate) fn compose(&self, letters: &str) {
        let length = letters.len();
        let composition = json!({"text": letters, "selectionStart": length, "selectionEnd": length});
        self.ask_chromium("Input.imeSetComposition", &composition);
    }

    /// Ends a composition with the characters that were meant.
    pub(crate) fn put_in(&self, characters: &str) {
        self.ask_chromium("Input.insertText", &json!({ "text": characters }));
    }

    /// What a script returns.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({"script": script, "args": []}))
    }

    /// What a script hands to `done`, when it does.
    pub(crate) fn run_until_done(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.post("execute/async", &json!({"script": script, "args": []}))
    }

    /// Waits until an expression of a script is true.
    #[track_caller]
    pub(crate) fn wait_for(&self, expression: &str) {
        let start = Instant::now();
        let script = format!("return Boolean({expression})");
        // The browser is asked again as soon as it has answered; its own timers stand still where pages may not run scripts.
        while self.run(&script) != true {
            let is_late = start.elapsed() > PATIENCE;
            assert!(!is_late, "never came true at {}: {expression}", self.address());
        }
    }

    /// Waits until the address of the page holds a text. It does not need scripts.
    #[track_caller]
    pub(crate) fn wait_for_address(&self, part: &str) {
        self.wait_for(&format!("location.href.includes('{part}')"));
    }

    /// Waits until the address of the page no longer holds a text.
    #[track_caller]
    pub(crate) fn wait_for_address_without(&self, part: &str) {
        self.wait_for(&format!("!location.href.includes('{part}')"));
    }

    /// Sets how wide the page is, in CSS pixels.
    pub(crate) fn resize(&self, width: u32) {
        let metrics = json!({"width": width, "height": WINDOW_HEIGHT, "deviceScaleFactor": 1, "mobile": false});
        self.ask_chromium("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// Sets for which medium, `screen` or `print`, and in which color scheme, `light` or `dark`, the page is set.
    pub(crate) fn set_media(&self, medium: &str, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.ask_chromium(
            "Emulation.setEmulatedMedia",
            &json!({"media": medium, "features": features}),
        );
    }

    /// Saves what can be seen of the page as `target/browser/screenshots/NAME.png`.
    pub(crate) fn screenshot(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser/screenshots");
        fs::create_dir_all(&folder).expect("a folder can be made");
        let picture = self.get("screenshot");
        let bytes = STANDARD
            .decode(picture.as_str().expect("a picture"))
            .expect("a picture in base64");
        fs::write(folder.join(format!("{name}.png")), bytes).expect("a picture can be written");
    }

    /// What stands on the console since it was last looked at: errors of scripts and of the network, violations of the policy.
    pub(crate) fn console(&self) -> Vec<String> {
        let entries = self.post("se/log", &json!({"type": "browser"}));
        let entries = entries.as_array().cloned().unwrap_or_default();
        let texts = entries
            .iter()
            .map(|entry| format!("{} {}", entry["source"], entry["message"]));
        texts.collect()
    }

    /// The addresses that the page asked for since this was last looked at.
    pub(crate) fn requested(&self) -> Vec<String> {
        let entries = self.post("se/log", &json!({"type": "performance"}));
        let entries = entries.as_array().cloned().unwrap_or_default();
        let messages = entries
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
        let sent = messages.filter(|message| message["message"]["method"] == "Network.requestWillBeSent");
        let addresses = sent.filter_map(|message| {
            let address = &message["message"]["params"]["request"]["url"];
            address.as_str().map(str::to_owned)
        });
        addresses.collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            // The window is closed before its driver; a driver that is gone has closed it.
            let _ = self.agent.delete(&self.session).call();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The driver on a port that it chose, and its address.
fn started(chromedriver: &Path) -> (Child, String) {
    let mut driver = Command::new(chromedriver)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver starts");
    let mut lines = BufReader::new(driver.stdout.take().expect("a pipe")).lines();
    let port = lines.find_map(|line| {
        let line = line.expect("chromedriver writes UTF-8");
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse::<u16>().ok()
    });
    // What it writes further must be read, or it would wait for us.
    std::thread::spawn(move || lines.for_each(drop));
    (
        driver,
        format!(
            "http://127.0.0.1:{}",
            port.expect("chromedriver says on which port it listens")
        ),
    )
}

/// What a session is opened with. Motion is reduced, so that what is clicked on stands still.
fn capabilities(chromium: &Path, language: &str, scripts: Scripts) -> Value {
    let content = match scripts {
        Scripts::Run => 1,
        Scripts::AreOff => 2,
    };
    json!({"capabilities": {"alwaysMatch": {
        "goog:chromeOptions": {
            "binary": chromium,
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--no-first-run", "--force-prefers-reduced-motion", "--disable-background-networking", "--force-color-profile=srgb",
                format!("--lang={language}"), format!("--accept-lang={language}"),
            ],
            "prefs": {
                "intl.accept_languages": language,
                "profile.managed_default_content_settings.javascript": content,
            },
        },
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
    }}})
}
