//! The operations: every command by its name, and the resources.

use axum::http::StatusCode;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::super::api::ROOT;
use super::super::api::commands::{COMMANDS, Command, OF_PASSAGE, OF_SPEECH, answer_with};
use super::super::api::options::COLLECTION;
use super::super::api::writing::{LINES, PutSpeech};
use super::super::health::Health;
use super::super::limits::Limits;
use super::super::metrics::OPEN_METRICS;
use super::super::parameters::Parameter;
use super::super::problem::Code;
use super::schemas::Schemas;
use super::{PATH, parameters, responses};
use crate::engine::{RemovalReport, SpeechOutcome};

type Answers = &'static [fn(&mut SchemaGenerator) -> Schema];

/// The problems of a request with a body.
const OF_BODY: &[Code] = &[
    Code::InvalidBody,
    Code::BodyTooLarge,
    Code::BodyTimeout,
    Code::UnsupportedMediaType,
];

/// The problems of a change.
const OF_CHANGE: &[Code] = &[
    Code::Unauthorized,
    Code::ReadOnly,
    Code::PreconditionFailed,
    Code::IndexBusy,
];

/// Something that can be asked for.
pub(super) struct Operation {
    /// The method, in lower case.
    pub(super) method: &'static str,
    /// The path, with the names of its parameters in braces.
    pub(super) path: String,
    name: String,
    summary: &'static str,
    in_path: &'static [PathParameter],
    parameters: Vec<&'static [Parameter]>,
    sends: Sends,
    answers: Answers,
    replies: Replies,
    problems: Vec<Code>,
}

/// A parameter that is a part of the path.
#[derive(Clone, Copy)]
enum PathParameter {
    Id,
    Number,
}

/// What the body of a request is.
enum Sends {
    Nothing,
    /// The parameters, as a JSON object.
    Parameters,
    Speech,
    Speeches,
}

/// How an operation is answered.
enum Replies {
    /// In every form, with the tag of the corpus; of several pages or not.
    Reading { has_pages: bool },
    /// In JSON, with these statuses.
    Plain(&'static [(StatusCode, &'static str)]),
    /// As `Plain`, with the tag of the corpus after the change, and of what is new the place.
    Changed(&'static [(StatusCode, &'static str)]),
    /// With a line of JSON for every line.
    Lines,
    /// With this description.
    Description,
    /// In the text form of Prometheus.
    Metrics,
}

/// All operations.
pub(super) fn operations() -> Vec<Operation> {
    let commands = COMMANDS
        .iter()
        .flat_map(|command| [by_address(command), by_body(command)]);
    commands.chain(resources()).chain(for_operators()).collect()
}

fn by_address(command: &Command) -> Operation {
    Operation {
        method: "get",
        path: format!("{ROOT}/{}", command.name),
        name: command.name.to_owned(),
        summary: command.summary,
        in_path: &[],
        parameters: command.parameters.to_vec(),
        sends: Sends::Nothing,
        answers: command.answers,
        replies: Replies::Reading {
            has_pages: (command.parameters.iter().copied().flatten()).any(|parameter| parameter.name == "offset"),
        },
        problems: command.problems.to_vec(),
    }
}

fn by_body(command: &Command) -> Operation {
    Operation {
        method: "post",
        name: format!("{}_by_body", command.name),
        sends: Sends::Parameters,
        problems: [command.problems, OF_BODY].concat(),
        ..by_address(command)
    }
}

const ID: &[PathParameter] = &[PathParameter::Id];

fn resources() -> [Operation; 5] {
    let speech = format!("{ROOT}/speeches/{{id}}");
    let changed = |method, name: &str, summary, answers, replies, problems: &[Code]| Operation {
        method,
        path: speech.clone(),
        name: name.to_owned(),
        summary,
        in_path: ID,
        parameters: Vec::new(),
        sends: Sends::Nothing,
        answers,
        replies,
        problems: [OF_CHANGE, problems].concat(),
    };
    [
        Operation {
            parameters: OF_SPEECH.to_vec(),
            ..shown("speech", speech.clone(), "Show one speech with its metadata", ID)
        },
        shown(
            "passage",
            format!("{speech}/passages/{{number}}"),
            "Show one paragraph or passage of a speech",
            &[PathParameter::Id, PathParameter::Number],
        ),
        Operation {
            sends: Sends::Speech,
            ..changed(
                "put",
                "put_speech",
                "Add a speech, or put it in the place of the one with its id",
                &[answer_with::<PutSpeech>],
                Replies::Changed(&[
                    (StatusCode::OK, "The speech was there, and is updated or unchanged"),
                    (StatusCode::CREATED, "The speech is new"),
                ]),
                &[OF_BODY, &[Code::InvalidSpeech, Code::Conflict, Code::NotFound]].concat(),
            )
        },
        changed(
            "delete",
            "delete_speech",
            "Remove a speech",
            &[answer_with::<RemovalReport>],
            Replies::Changed(&[(StatusCode::OK, "The speech is removed")]),
            &[Code::NotFound],
        ),
        Operation {
            path: format!("{ROOT}/speeches"),
            in_path: &[],
            parameters: vec![COLLECTION],
            sends: Sends::Speeches,
            ..changed(
                "post",
                "put_speeches",
                "Add or update many speeches, one a line; a line that cannot be taken leaves the others alone",
                &[|schemas| schemas.subschema_for::<SpeechOutcome>()],
                Replies::Lines,
                OF_BODY,
            )
        },
    ]
}

/// A speech or passage as a resource.
fn shown(name: &str, path: String, summary: &'static str, in_path: &'static [PathParameter]) -> Operation {
    let show = COMMANDS.iter().find(|command| command.name == "show");
    Operation {
        method: "get",
        path,
        name: name.to_owned(),
        summary,
        in_path,
        parameters: OF_PASSAGE.to_vec(),
        sends: Sends::Nothing,
        answers: show.map(|show| show.answers).unwrap_or_default(),
        replies: Replies::Reading { has_pages: false },
        problems: show.map(|show| show.problems.to_vec()).unwrap_or_default(),
    }
}

/// What is asked of the server about itself.
fn for_operators() -> [Operation; 4] {
    let about = |path: &str, name: &str, summary, answers, replies| Operation {
        method: "get",
        path: path.to_owned(),
        name: name.to_owned(),
        summary,
        in_path: &[],
        parameters: Vec::new(),
        sends: Sends::Nothing,
        answers,
        replies,
        problems: Vec::new(),
    };
    const HEALTH: Answers = &[|schemas| schemas.subschema_for::<Health>()];
    [
        about(PATH, "openapi", "Describe the interface", &[], Replies::Description),
        about(
            "/health/live",
            "live",
            "Say that the server runs",
            HEALTH,
            Replies::Plain(&[(StatusCode::OK, "It runs")]),
        ),
        Operation {
            problems: vec![Code::NotReady],
            ..about(
                "/health/ready",
                "ready",
                "Say whether the index can be searched",
                HEALTH,
                Replies::Plain(&[(StatusCode::OK, "It can")]),
            )
        },
        about(
            "/metrics",
            "metrics",
            "Count requests, commits and what the index holds",
            &[],
            Replies::Metrics,
        ),
    ]
}

impl Operation {
    /// The operation object of the description.
    pub(super) fn describe(&self, limits: &Limits, schemas: &mut Schemas) -> Value {
        let mut described = json!({
            "operationId": self.name,
            "summary": self.summary,
            "responses": self.responses(schemas),
        });
        let parameters = self.described_parameters(limits);
        if !parameters.is_empty() {
            described["parameters"] = json!(parameters);
        }
        if let Some(body) = self.body(limits) {
            described["requestBody"] = body;
        }
        if self.problems.contains(&Code::Unauthorized) {
            described["security"] = json!([{"token": []}]);
        }
        described
    }

    fn described_parameters(&self, limits: &Limits) -> Vec<Value> {
        let mut described: Vec<Value> = self.in_path.iter().map(|parameter| parameter.describe()).collect();
        if !matches!(self.sends, Sends::Parameters) {
            let parameters = self.parameters.iter().copied().flatten();
            described.extend(parameters.map(|parameter| parameters::in_address(parameter, limits)));
        }
        described
    }

    fn body(&self, limits: &Limits) -> Option<Value> {
        let speech = json!({"$ref": "#/components/schemas/Speech"});
        let (content, is_required) = match self.sends {
            Sends::Nothing => return None,
            Sends::Parameters => {
                let object = parameters::object(&self.parameters, limits);
                (json!({"application/json": {"schema": object}}), true)
            }
            Sends::Speech => (json!({"application/json": {"schema": speech}}), true),
            Sends::Speeches => {
                let lines = json!({
                    "type": "string",
                    "pattern": r"\S",
                    "description": "A `#/components/schemas/Speech` a line, each with an `id` unless a collection is named",
                });
                let content: Map<String, Value> = LINES
                    .iter()
                    .map(|media_type| ((*media_type).to_owned(), json!({"schema": lines})))
                    .collect();
                (Value::Object(content), true)
            }
        };
        Some(json!({"required": is_required, "content": content}))
    }

    fn responses(&self, schemas: &mut Schemas) -> Map<String, Value> {
        let mut all = responses::problems(&self.problems, schemas);
        let answer = schemas.one_of(self.answers);
        match &self.replies {
            Replies::Reading { has_pages } => {
                all.extend(responses::reading(
                    responses::in_all_formats(&self.parameters, answer),
                    *has_pages,
                ));
            }
            Replies::Plain(statuses) => all.extend(statuses.iter().map(|(status, description)| {
                let content = json!({"application/json": {"schema": answer}});
                (status.as_str().to_owned(), responses::plain(description, content))
            })),
            Replies::Changed(statuses) => all.extend(statuses.iter().map(|(status, description)| {
                let content = json!({"application/json": {"schema": answer}});
                (
                    status.as_str().to_owned(),
                    responses::changed(*status, description, content),
                )
            })),
            Replies::Lines => {
                let description = "What became of each line that is not blank, in order: each line is of this schema";
                let content = json!({LINES[0]: {"schema": {"type": "string"}, "x-line-schema": answer}});
                let changed = responses::changed(StatusCode::OK, description, content);
                all.insert("200".to_owned(), changed);
            }
            Replies::Description => {
                let content = json!({"application/json": {"schema": {"type": "object"}}});
                all.insert("200".to_owned(), responses::plain("This description", content));
            }
            Replies::Metrics => {
                let essence = OPEN_METRICS.split(';').next().unwrap_or_default();
                let content = json!({essence: {"schema": {"type": "string"}}});
                all.insert("200".to_owned(), responses::plain("The figures", content));
            }
        }
        all
    }
}

impl PathParameter {
    fn describe(self) -> Value {
        let (name, description, schema) = match self {
            Self::Id => (
                "id",
                "The id of the speech, percent-encoded",
                json!({"type": "string", "minLength": 1}),
            ),
            Self::Number => (
                "number",
                "The number of the paragraph, and of a divided one that of the piece behind a dot: 3 or 3.2",
                json!({"type": "string", "pattern": r"^[0-9]{1,9}(\.[0-9]{1,9})?$"}),
            ),
        };
        json!({"name": name, "in": "path", "required": true, "description": description, "schema": schema})
    }
}
