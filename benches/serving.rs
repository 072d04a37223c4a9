//! What HTTP costs: the answers of a server beside the same engine called in process, in one run.
//!
//! `cargo bench --bench serving` asks an index of the sample corpus, `cargo bench --bench serving -- DIR` the index in a folder. Queries of every
//! kind but regular expressions are drawn from its text. In process an answer is searched and rendered as JSON, as the server does. First one
//! client after the other: the set-ups take turns, and the difference of the middle times is what a request costs on top. Then 64 clients at
//! once, each asking again as soon as it is answered, and 64 threads that call the engine instead; server and clients share the processors.
#![cfg(feature = "http")]

#[allow(dead_code, reason = "each bench uses a part of what they share")]
mod support;

use std::cell::RefCell;
use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use chancery::engine::{Answer, Engine, IngestRequest, ingest};
use chancery::http::{Service, Settings, serve};
use chancery::ingest::Input;
use chancery::render::json;
use chancery::search::SearchRequest;
use chancery::workload::{DrawRequest, Kind, search_options};
use support::clock::{Stopwatch, Times, time};
use support::table::{self, Row};

const CLIENTS: usize = 64;

/// The queries that are drawn of each kind.
const QUERIES_A_KIND: NonZeroUsize = NonZeroUsize::new(40).expect("not zero");

/// How long the clients ask.
const UNDER_LOAD: Duration = Duration::from_secs(10);

/// The most that HTTP may add in the middle, in milliseconds.
const TARGET_OVERHEAD_MS: f64 = 0.3;

/// A search, and the address that asks for it.
struct Asked {
    request: SearchRequest,
    address: String,
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let is_test = arguments.iter().any(|argument| argument == "--test");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let index = match arguments.iter().find(|argument| !argument.starts_with("--")) {
        Some(directory) => PathBuf::from(directory),
        None => sample_index(folder.path()),
    };
    let engine = Engine::open(&index).expect("there is an index");
    let queries = drawn(&engine);
    let status = engine.status().expect("the index is sound");
    let described = format!(
        "{} speeches, {} passages; {} queries",
        status.speeches,
        status.passages,
        queries.len()
    );
    table::say(&described);
    let server = start(&index);
    compare_one_by_one(&engine, server, &queries);
    let duration = if is_test {
        Duration::from_millis(200)
    } else {
        UNDER_LOAD
    };
    compare_under_load(&engine, server, &queries, duration);
}

fn sample_index(folder: &Path) -> PathBuf {
    let index = folder.join("index");
    let request = IngestRequest {
        inputs: vec![Input::Path(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/sample"))],
        ..IngestRequest::default()
    };
    ingest(&index, request, |_| {}).expect("the sample can be ingested");
    index
}

fn drawn(engine: &Engine) -> Vec<Asked> {
    let kinds = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| kind.name() != "regex")
        .collect();
    let request = DrawRequest {
        kinds,
        count: QUERIES_A_KIND,
        seed: 1,
    };
    let workload = engine.draw(&request).expect("queries can be drawn");
    let queries = workload.groups.into_iter().flat_map(|group| group.queries);
    queries.map(|query| asked(query.request)).collect()
}

fn asked(request: SearchRequest) -> Asked {
    let mut parameters = form_urlencoded::Serializer::new(String::new());
    parameters.append_pair("q", &request.query);
    for option in search_options(&request).chunks(2) {
        parameters.append_pair(option[0].trim_start_matches('-'), &option[1]);
    }
    Asked {
        address: format!("/api/v1/search?{}", parameters.finish()),
        request,
    }
}

/// Starts a server in this process.
fn start(index: &Path) -> SocketAddr {
    let service = Service::open(Settings::new(index.to_owned())).expect("there is an index");
    let (sender, receiver) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            sender
                .send(listener.local_addr().expect("an address"))
                .expect("somebody waits");
            serve(service, listener, std::future::pending()).await;
        });
    });
    receiver.recv().expect("the server has started")
}

/// What the server does for a request, without HTTP.
fn answer(engine: &Engine, request: &SearchRequest) -> usize {
    let start = Instant::now();
    let results = engine.search(request).expect("the query can be answered");
    let mut body = Vec::new();
    let framed = Answer::of_search(engine.corpus(), results, start.elapsed());
    json::write_object(&framed, &mut body).expect("memory can be written");
    body.len()
}

fn compare_one_by_one(engine: &Engine, server: SocketAddr, queries: &[Asked]) {
    let client = RefCell::new(Client::connect(server));
    let [in_process, over_http] = Times::beside(
        queries,
        [
            &|asked: &Asked| {
                answer(engine, &asked.request);
            },
            &|asked: &Asked| {
                client.borrow_mut().get(&asked.address);
            },
        ],
    );
    let rows = [
        Row::informing("in process, p50", in_process.percentile_ms(50.0), "ms"),
        Row::informing("over HTTP, p50", over_http.percentile_ms(50.0), "ms"),
        Row::held_to(
            "HTTP on top, p50",
            over_http.percentile_ms(50.0) - in_process.percentile_ms(50.0),
            "ms",
            TARGET_OVERHEAD_MS,
        ),
        Row::informing("in process, p99", in_process.percentile_ms(99.0), "ms"),
        Row::informing("over HTTP, p99", over_http.percentile_ms(99.0), "ms"),
    ];
    table::print("one client", &rows);
}

/// What came of asking for a while.
struct Load {
    times: Times,
    seconds: f64,
    processor_seconds: f64,
}

fn compare_under_load(engine: &Engine, server: SocketAddr, queries: &[Asked], duration: Duration) {
    let in_process = load(queries, duration, || |asked: &Asked| answer(engine, &asked.request));
    let over_http = load(queries, duration, || {
        let mut client = Client::connect(server);
        move |asked: &Asked| client.get(&asked.address)
    });
    let mut rows = Vec::new();
    for (name, load) in [("in process", &in_process), ("over HTTP", &over_http)] {
        let answers = load.times.len() as f64;
        rows.push(Row::informing(
            format!("{name}, answers a second"),
            answers / load.seconds,
            "/s",
        ));
        rows.push(Row::informing(
            format!("{name}, p50"),
            load.times.percentile_ms(50.0),
            "ms",
        ));
        rows.push(Row::informing(
            format!("{name}, p99"),
            load.times.percentile_ms(99.0),
            "ms",
        ));
        let processor = load.processor_seconds * 1e3 / answers;
        rows.push(Row::informing(
            format!("{name}, processor time an answer"),
            processor,
            "ms",
        ));
    }
    table::print(&format!("{CLIENTS} at once, client and server in one process"), &rows);
}

/// Asks from as many threads as there are clients, for a while.
fn load<F: FnMut(&Asked) -> usize + Send>(
    queries: &[Asked],
    duration: Duration,
    client: impl Fn() -> F + Sync,
) -> Load {
    let next = AtomicUsize::new(0);
    let watch = Stopwatch::start();
    let times: Vec<Duration> = thread::scope(|scope| {
        let asking = |_| {
            scope.spawn(|| {
                let mut ask = client();
                let end = Instant::now() + duration;
                let mut times = Vec::new();
                while Instant::now() < end {
                    let asked = &queries[next.fetch_add(1, Ordering::Relaxed) % queries.len()];
                    times.push(time(|| {
                        ask(asked);
                    }));
                }
                times
            })
        };
        let threads: Vec<_> = (0..CLIENTS).map(asking).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("a client ends"))
            .collect()
    });
    let took = watch.took();
    Load {
        times: Times::sorted(times),
        seconds: took.wall_seconds,
        processor_seconds: took.cpu_seconds,
    }
}

/// A connection that is kept.
struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    fn connect(server: SocketAddr) -> Self {
        let stream = TcpStream::connect(server).expect("the server takes connections");
        stream.set_nodelay(true).expect("an option of a socket can be set");
        Self {
            stream: BufReader::new(stream),
        }
    }

    /// Asks for an address and reads the whole answer, which must be a good one; returns its bytes.
    fn get(&mut self, address: &str) -> usize {
        let request = format!("GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        self.stream
            .get_mut()
            .write_all(request.as_bytes())
            .expect("the server reads");
        let mut length = 0;
        let mut line = String::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("the server answers");
            let head = line.trim_end().to_ascii_lowercase();
            assert!(
                !head.starts_with("http/") || head.contains(" 200 "),
                "{address}: {head}"
            );
            if let Some(value) = head.strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
            if head.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("a whole body");
        length
    }
}
