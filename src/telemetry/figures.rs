//! Figures, kept for Prometheus to read: what each is called, what it counts, in which steps.

use std::sync::OnceLock;
use std::time::Duration;

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Steps of durations, in seconds: from an answer out of memory to beyond the time limit of a request.
const SECONDS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];
/// Steps of costs, in objects: up to the usual limit.
const OBJECTS: [f64; 10] = [1.0, 10.0, 100.0, 500.0, 2_500.0, 10_000.0, 50_000.0, 100_000.0, 250_000.0, 1_000_000.0];

/// How often measurements are gathered into their steps; until then each takes up memory.
const UPKEEP_INTERVAL: Duration = Duration::from_secs(5);

/// Where the figures of this process are kept. Clones share it.
#[derive(Debug, Clone)]
pub struct Recorder(PrometheusHandle);

/// Keeps all figures of this process from now on. Called again, it gives the same recorder.
pub fn record() -> Recorder {
    static RECORDER: OnceLock<Recorder> = OnceLock::new();
    let recorder = RECORDER.get_or_init(|| {
        let recorder = builder().build_recorder();
        let handle = recorder.handle();
        // A recorder that somebody else installed stays; this one then has nothing to tell.
        let _ = metrics::set_global_recorder(recorder);
        describe();
        Recorder(handle)
    });
    recorder.clone()
}

impl Recorder {
    /// All figures, in the text format of Prometheus.
    pub fn text(&self) -> String {
        self.0.render()
    }

    /// Keeps what is measured from piling up. Never ends.
    pub async fn keep_up(&self) {
        let mut often = tokio::time::interval(UPKEEP_INTERVAL);
        loop {
            often.tick().await;
            self.0.run_upkeep();
        }
    }
}

fn builder() -> PrometheusBuilder {
    let not_empty = "there are steps";
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
        .expect(not_empty)
        .set_buckets_for_metric(Matcher::Full("grounds_graphql_cost".to_owned()), &OBJECTS)
        .expect(not_empty)
}

/// Says of every figure of every room what it is; a test holds that none is left out.
fn describe() {
    describe_gauge!("grounds_build_info", "The version of this server, always 1");
    gauge!("grounds_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);

    describe_counter!("grounds_http_requests_total", "Requests over HTTP that were answered");
    describe_histogram!(
        "grounds_http_duration_seconds",
        Unit::Seconds,
        "From the head of a request to the head of its answer"
    );
    describe_counter!("grounds_graphql_requests_total", "GraphQL operations that were answered, by any transport");
    describe_counter!("grounds_graphql_errors_total", "Errors in answers to GraphQL operations");
    describe_histogram!(
        "grounds_graphql_duration_seconds",
        Unit::Seconds,
        "From when a GraphQL operation was received, or an event of its subscription began, to its answer, waiting for its \
         turn included; not of those that were refused"
    );
    describe_histogram!(
        "grounds_graphql_cost",
        Unit::Count,
        "Objects that the answer to an operation could hold, as estimated before it is executed"
    );

    describe_gauge!("grounds_live_connections", Unit::Count, "Connections that are open for subscriptions");
    describe_counter!("grounds_websocket_closes_total", "WebSockets that were closed, by the code of the close");
    describe_gauge!("grounds_snapshot_version", "The revision of the data that is served");
    describe_gauge!(
        "grounds_snapshot_loaded_timestamp_seconds",
        Unit::Seconds,
        "When the data that are served were loaded, since 1970"
    );
    describe_counter!("grounds_snapshot_reloads_total", "Attempts to load newer data, by outcome");
    describe_gauge!("grounds_snapshot_age_seconds", Unit::Seconds, "Since the data that are served were loaded");
    describe_gauge!("grounds_snapshot_load_seconds", Unit::Seconds, "Reading the store and building the graph from it");
    describe_histogram!("grounds_store_duration_seconds", Unit::Seconds, "From a question to the store to its answer");
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use metrics::{counter, histogram};

    use super::*;

    #[test]
    fn figures_are_written_as_prometheus_reads_them() {
        let recorder = builder().build_recorder();
        let handle = recorder.handle();
        metrics::with_local_recorder(&recorder, || {
            describe();
            counter!("grounds_http_requests_total", "route" => "/graphql", "status" => "200").increment(2);
            histogram!("grounds_graphql_duration_seconds", "operation" => "A\"\n").record(0.003);
            histogram!("grounds_graphql_cost", "operation" => "A").record(60.0);
        });
        let text = Recorder(handle).text();
        for line in [
            "# HELP grounds_http_requests_total Requests over HTTP that were answered",
            "# TYPE grounds_http_requests_total counter",
            "grounds_http_requests_total{route=\"/graphql\",status=\"200\"} 2",
            "# TYPE grounds_graphql_duration_seconds histogram",
            "grounds_graphql_duration_seconds_bucket{operation=\"A\\\"\\n\",le=\"0.0025\"} 0",
            "grounds_graphql_duration_seconds_bucket{operation=\"A\\\"\\n\",le=\"0.005\"} 1",
            "grounds_graphql_cost_bucket{operation=\"A\",le=\"10\"} 0",
            "grounds_graphql_cost_bucket{operation=\"A\",le=\"100\"} 1",
            "grounds_graphql_cost_bucket{operation=\"A\",le=\"1000000\"} 1",
            concat!("grounds_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1"),
        ] {
            assert!(text.lines().any(|it| it == line), "{line} is not in\n{text}");
        }
    }

    /// The names of figures in the code below `folder`, but for this file and for tests.
    fn named_below(folder: &Path, names: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("src is there") {
            let path = entry.expect("listed").path();
            if path.is_dir() {
                named_below(&path, names);
            } else if !path.ends_with("telemetry/figures.rs")
                && !path.components().any(|part| part.as_os_str() == "tests")
            {
                let text = fs::read_to_string(&path).unwrap_or_default();
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let found = code.split("\"grounds_").skip(1).filter_map(|rest| rest.split_once('"'));
                names.extend(found.map(|(name, _)| format!("grounds_{name}")));
            }
        }
    }

    #[test]
    fn every_figure_is_described() {
        let mut names = BTreeSet::new();
        named_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut names);
        assert!(names.contains("grounds_http_requests_total") && names.len() >= 7, "{names:?}");
        let described = include_str!("figures.rs").split("#[cfg(test)]").next().expect("code before the tests");
        let left_out: Vec<_> = names.iter().filter(|name| !described.contains(&format!("\"{name}\""))).collect();
        assert!(left_out.is_empty(), "{left_out:?}");
    }
}
