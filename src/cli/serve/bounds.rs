//! What the operator of a server may bound otherwise.

use std::time::Duration;

use clap::builder::RangedU64ValueParser;

use chancery::http::Limits;

/// The bounds of requests.
#[derive(clap::Args)]
#[command(next_help_heading = "Bounds")]
pub(super) struct BoundArgs {
    /// The most requests that are answered or wait for it; more are told to come again
    #[arg(long, value_name = "N", default_value_t = Limits::default().requests, value_parser = count())]
    max_requests: usize,
    /// The most open connections; more wait to be accepted
    #[arg(long, value_name = "N", default_value_t = Limits::default().connections, value_parser = count())]
    max_connections: usize,
    /// The longest query, in characters
    #[arg(long, value_name = "CHARACTERS", default_value_t = Limits::default().query_characters, value_parser = count())]
    max_query: usize,
    /// The last hit that pages reach without a cursor
    #[arg(long, value_name = "HITS", default_value_t = Limits::default().window, value_parser = count())]
    max_window: usize,
    /// The longest that an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().answer_time.as_secs_f64(), value_parser = seconds)]
    answer_time: f64,
    /// The longest that a client which neither sends nor takes anything is waited for
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().idle_time.as_secs_f64(), value_parser = seconds)]
    idle_time: f64,
    /// The longest that what runs is waited for when the server is told to end
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().grace_time.as_secs_f64(), value_parser = seconds)]
    grace_time: f64,
}

impl BoundArgs {
    /// The limits of the server.
    pub(super) fn limits(&self) -> Limits {
        let defaults = Limits::default();
        let answer_time = Duration::from_secs_f64(self.answer_time);
        Limits {
            requests: self.max_requests,
            connections: self.max_connections,
            query_characters: self.max_query,
            window: self.max_window,
            answer_time,
            expression_time: defaults.expression_time.min(answer_time),
            idle_time: Duration::from_secs_f64(self.idle_time),
            grace_time: Duration::from_secs_f64(self.grace_time),
            ..defaults
        }
    }
}

fn count() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..=1_000_000)
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.001..=86_400.0).contains(&seconds) => Ok(seconds),
        _ => Err("write seconds, from 0.001 to 86400".to_owned()),
    }
}
