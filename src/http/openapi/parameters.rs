//! Parameters as the description says them, from the tables by which requests are checked.

use serde_json::{Map, Value, json};

use super::super::limits::Limits;
use super::super::parameters::{Count, Kind, Parameter};

/// A date of a year, a month or a day.
const DATE: &str = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";

/// A name and a value.
const ASSIGNMENT: &str = "^[^=]+=.+$";

/// A parameter in the query part of an address.
pub(super) fn in_address(parameter: &Parameter, limits: &Limits) -> Value {
    let schema = value(parameter.kind, limits);
    let mut described = json!({
        "name": parameter.name,
        "in": "query",
        "description": description(parameter),
        "required": parameter.count.is_needed(),
        "schema": schema,
    });
    if parameter.count.is_several() {
        described["schema"] = json!({"type": "array", "items": schema});
        if parameter.count.is_needed() {
            described["schema"]["minItems"] = json!(1);
        }
        described["style"] = json!("form");
        described["explode"] = json!(true);
    }
    described
}

/// The JSON object that has the parameters as its members.
pub(super) fn object(parameters: &[&[Parameter]], limits: &Limits) -> Value {
    let all = || parameters.iter().copied().flatten();
    let member = |parameter: &Parameter| {
        let one = value(parameter.kind, limits);
        let mut schema = match parameter.count {
            Count::Repeated => json!({"anyOf": [one, {"type": "array", "items": one}]}),
            Count::AtLeastOnce => json!({"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}),
            Count::Required | Count::Optional => one,
        };
        schema["description"] = json!(description(parameter));
        (parameter.name.to_owned(), schema)
    };
    let members: Map<String, Value> = all().map(member).collect();
    let required: Vec<&str> = (all().filter(|parameter| parameter.count.is_needed()))
        .map(|parameter| parameter.name)
        .collect();
    json!({"type": "object", "properties": members, "required": required, "additionalProperties": false})
}

fn value(kind: Kind, limits: &Limits) -> Value {
    match kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Name => json!({"type": "string", "pattern": r"\S"}),
        Kind::Query => json!({"type": "string", "maxLength": limits.query_characters}),
        Kind::Assignment => json!({"type": "string", "pattern": ASSIGNMENT}),
        Kind::Number(least) => json!({"type": "integer", "minimum": least}),
        Kind::Window => json!({"type": "integer", "minimum": 0, "maximum": limits.window}),
        Kind::Flag => json!({"type": "boolean", "default": false}),
        Kind::Date => json!({"type": "string", "pattern": DATE}),
        Kind::Choice(names) => {
            let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            json!({"type": "string", "enum": names})
        }
    }
}

/// What a parameter means, and what each of its names does.
fn description(parameter: &Parameter) -> String {
    let Kind::Choice(names) = parameter.kind else {
        return parameter.description.to_owned();
    };
    let names: Vec<String> = names
        .iter()
        .map(|(name, meaning)| format!("- `{name}`: {meaning}"))
        .collect();
    format!("{}\n\n{}", parameter.description, names.join("\n"))
}
