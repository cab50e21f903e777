//! Chromium, driven: what a person sees, clicks and types. Whatever is not so yet may become so within the deadline.

use std::{
    fs,
    future::Future,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    str::FromStr,
    time::{Duration, Instant},
};

use fantoccini::{Client, ClientBuilder, Locator, key::Key, wd::WebDriverCompatibleCommand};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, Url};
use serde_json::{Value, json};

/// How long a page may take for anything.
const DEADLINE: Duration = Duration::from_secs(40);

/// A running chromedriver.
pub struct Driver {
    address: String,
    process: Child,
}

impl Driver {
    /// Starts one on a port of its own choice.
    pub fn start() -> Self {
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut process = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start `{program}` (set CHROMEDRIVER): {error}"));
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let port = lines
            .find_map(|line| line.ok()?.split_once("started successfully on port ").map(|(_, port)| port.to_owned()))
            .expect("chromedriver says its port");
        // Whoever prints into a pipe that nobody reads waits for ever.
        std::thread::spawn(move || lines.for_each(drop));
        Self { address: format!("127.0.0.1:{}", port.trim_end_matches('.')), process }
    }

    /// A new browser, with nothing in it, that opens a page.
    pub async fn opens(&self, link: &str) -> Browser {
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--no-first-run",
            "--disable-dev-shm-usage",
            "--window-size=1280,860",
        ];
        let capabilities = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": { "binary": std::env::var("CHROMIUM").expect("CHROMIUM"), "args": arguments },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object was written") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://{}", self.address))
            .await
            .expect("a browser session");
        client.goto(link).await.expect("the page opens");
        Browser { client }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked to shut down it ends its browsers; killed it would leave them behind.
        if let Ok(mut connection) = TcpStream::connect(&self.address) {
            let _ = connection.write_all(b"GET /shutdown HTTP/1.1\r\nhost: localhost\r\n\r\n");
            let _ = connection.read(&mut [0; 1024]);
        }
        let since = Instant::now();
        while matches!(self.process.try_wait(), Ok(None)) && since.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A browser with one page.
pub struct Browser {
    client: Client,
}

impl Browser {
    /// Picks a name.
    pub async fn enters(&self, name: &str) {
        self.is_true("document.querySelector('#welcome').open", "the room asks for a name").await;
        self.types(name, Key::Enter).await;
        self.sees("#me", name).await;
    }

    /// Some element of this selector comes to have this text.
    pub async fn sees(&self, selector: &str, text: &str) {
        let script =
            "return [...document.querySelectorAll(arguments[0])].some((e) => e.textContent.includes(arguments[1]))";
        let what = format!("`{text}` in {selector}");
        self.until(&what, || self.asks(script, vec![json!(selector), json!(text)])).await;
    }

    /// No element of this selector is there, or none any more.
    pub async fn lacks(&self, selector: &str) {
        let script = "return document.querySelector(arguments[0]) === null";
        self.until(&format!("no {selector}"), || self.asks(script, vec![json!(selector)])).await;
    }

    /// A condition comes true.
    pub async fn is_true(&self, condition: &str, what: &str) {
        let script = format!("return {condition}");
        self.until(what, || self.asks(&script, Vec::new())).await;
    }

    /// Clicks the first element of this selector, as a mouse does: it must be in view and on top.
    pub async fn clicks(&self, selector: &str) {
        self.until(&format!("{selector} can be clicked"), || async {
            match self.client.find(Locator::Css(selector)).await {
                Ok(element) => element.click().await.is_ok(),
                Err(_) => false,
            }
        })
        .await;
    }

    /// Clicks the element of this selector that has this text.
    pub async fn clicks_text(&self, selector: &str, text: &str) {
        self.until(&format!("{selector} with `{text}` can be clicked"), || async {
            for element in self.client.find_all(Locator::Css(selector)).await.unwrap_or_default() {
                if element.text().await.is_ok_and(|shown| shown.contains(text)) {
                    return element.click().await.is_ok();
                }
            }
            false
        })
        .await;
    }

    /// Types into whatever has the focus, then presses a key ([`Key::Null`]: none).
    pub async fn types(&self, text: &str, then: Key) {
        let keys = if matches!(then, Key::Null) { text.to_owned() } else { format!("{text}{}", char::from(then)) };
        self.client.active_element().await.expect("a focus").send_keys(&keys).await.expect("typed");
    }

    /// Picks a file for the first element of this selector.
    pub async fn picks(&self, selector: &str, file: &Path) {
        let input = self.client.find(Locator::Css(selector)).await.expect("it is there");
        input.send_keys(file.to_str().expect("a path")).await.expect("picked");
    }

    /// Presses Tab until a condition is true of the page.
    pub async fn tabs_to(&self, condition: &str) {
        let script = format!("return {condition}");
        for _ in 0..60 {
            self.types("", Key::Tab).await;
            if self.asks(&script, Vec::new()).await {
                return;
            }
        }
        panic!("60 tabs do not lead to: {condition}");
    }

    /// The page is this wide from now on, in CSS pixels, as on a phone.
    pub async fn is_wide(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 740, "deviceScaleFactor": 2, "mobile": true });
        let command = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": metrics });
        self.client.issue_cmd(Cdp(command)).await.expect("a width");
        self.is_true(&format!("innerWidth === {width}"), "the width").await;
    }

    /// The console has no error: no policy was broken, no script failed.
    pub async fn has_no_complaints(&self) {
        let log = self.client.issue_cmd(Log).await.expect("the console");
        let complaints: Vec<_> = log
            .as_array()
            .into_iter()
            .flatten()
            .filter(|entry| entry["level"] == "SEVERE" && !entry["message"].to_string().contains("favicon"))
            .collect();
        assert!(complaints.is_empty(), "{complaints:?}");
    }

    /// Keeps a picture of the page beside the test's binaries.
    pub async fn photograph(&self, name: &str) {
        let picture = self.client.screenshot().await.expect("a picture");
        fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png")), picture).expect("written");
    }

    async fn asks(&self, script: &str, arguments: Vec<Value>) -> bool {
        self.client.execute(script, arguments).await.is_ok_and(|answer| answer == true)
    }

    async fn until<F: Future<Output = bool>>(&self, what: &str, mut so: impl FnMut() -> F) {
        let since = Instant::now();
        while !so().await {
            if since.elapsed() > DEADLINE {
                self.photograph("failed").await;
                let text = self.client.execute("return document.body.innerText", Vec::new()).await;
                panic!("not within {} s: {what}\nThe page says:\n{}", DEADLINE.as_secs(), text.unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// A command of Chromium's own protocol.
#[derive(Debug)]
struct Cdp(Value);

impl WebDriverCompatibleCommand for Cdp {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}

/// The console's entries since the last look.
#[derive(Debug)]
struct Log;

impl WebDriverCompatibleCommand for Log {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}
