//! What a server counts, in the form of Prometheus.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::commits::Commits;
use super::figures::Figures;
use super::problem::{Code, Problem};
use super::service::Service;

/// The media type of the text that `/metrics` answers.
pub(super) const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The upper ends of the buckets of durations, in seconds.
const BUCKETS: [f64; 13] = [
    0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// The labels of the number of requests. The route is a template, so there are as many as routes.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: u16,
}

/// The label of durations.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RouteLabel {
    route: String,
}

/// Which corpus answers.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct CorpusLabels {
    name: String,
    version: String,
}

/// What is counted, and how it is named.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    durations: Family<RouteLabel, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    timeouts: Counter,
    index: IndexGauges,
    corpus: Family<CorpusLabels, Gauge>,
}

/// The size of the index.
struct IndexGauges {
    speeches: Gauge<u64, AtomicU64>,
    passages: Gauge<u64, AtomicU64>,
    units: Gauge<u64, AtomicU64>,
    bytes: Gauge<u64, AtomicU64>,
    segments: Gauge<u64, AtomicU64>,
}

impl Metrics {
    /// Nothing counted yet.
    pub(super) fn new(commits: &Commits) -> Self {
        let mut registry = Registry::default();
        let requests = Family::default();
        registry.register(
            "chancery_http_requests",
            "Requests by method, route and status; 499 where the client went before its answer",
            Family::clone(&requests),
        );
        let durations = Family::new_with_constructor((|| Histogram::new(BUCKETS)) as fn() -> Histogram);
        registry.register_with_unit(
            "chancery_http_request_duration",
            "Time from the head of a request to the head of its answer",
            Unit::Seconds,
            Family::clone(&durations),
        );
        let in_flight = Gauge::default();
        registry.register(
            "chancery_http_requests_in_flight",
            "Requests that are being answered",
            in_flight.clone(),
        );
        let timeouts = Counter::default();
        registry.register(
            "chancery_search_timeouts",
            "Answers that were given up because they took too long",
            timeouts.clone(),
        );
        let corpus = Family::default();
        registry.register(
            "chancery_corpus_info",
            "The corpus that answers",
            Family::clone(&corpus),
        );
        commits.register(&mut registry);
        Self {
            index: IndexGauges::new(&mut registry),
            registry,
            requests,
            durations,
            in_flight,
            timeouts,
            corpus,
        }
    }

    /// A request came.
    pub(super) fn begin_request(&self) {
        self.in_flight.inc();
    }

    /// A request was answered, or its client has gone.
    pub(super) fn end_request(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        self.in_flight.dec();
        let route = route.to_owned();
        let label = RouteLabel { route: route.clone() };
        self.durations.get_or_create(&label).observe(took.as_secs_f64());
        let labels = RequestLabels { method, route, status };
        self.requests.get_or_create(&labels).inc();
    }

    /// An answer took too long.
    pub(super) fn count_timeout(&self) {
        self.timeouts.inc();
    }

    /// Everything as text.
    fn text(&self, figures: &Figures) -> Result<String, std::fmt::Error> {
        self.index.set(figures);
        self.corpus.clear();
        let corpus = figures.corpus.clone();
        let labels = CorpusLabels {
            name: corpus.name,
            version: corpus.version,
        };
        self.corpus.get_or_create(&labels).set(1);
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

impl IndexGauges {
    fn new(registry: &mut Registry) -> Self {
        let mut gauge = |name: &str, help: &str| {
            let gauge = Gauge::default();
            registry.register(format!("chancery_index_{name}"), help, Gauge::clone(&gauge));
            gauge
        };
        Self {
            speeches: gauge("speeches", "Speeches"),
            passages: gauge("passages", "Passages"),
            units: gauge("units", "Units of text, those of deleted passages included"),
            bytes: gauge("bytes", "Bytes on the disk"),
            segments: gauge("segments", "Segments"),
        }
    }

    fn set(&self, figures: &Figures) {
        let status = &figures.status;
        self.speeches.set(status.speeches);
        self.passages.set(status.passages);
        self.units.set(status.units);
        self.bytes.set(status.bytes);
        self.segments.set(status.segments);
    }
}

/// `/metrics`, which anybody may read: it holds numbers, and the name of the corpus.
pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new().route("/metrics", get(metrics))
}

async fn metrics(State(service): State<Arc<Service>>) -> Result<Response, Problem> {
    let figures = service.figures().await?;
    let text = service.metrics.text(&figures).map_err(|fault| {
        tracing::error!(%fault, "the metrics could not be written");
        Problem::new(Code::Internal, "the metrics could not be written")
    })?;
    let headers = [
        (header::CONTENT_TYPE, OPEN_METRICS),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}
