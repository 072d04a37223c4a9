//! The schemas of what is sent and answered, under `components`.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::corpus::Field;

/// The schemas that the operations speak of, by name.
pub(super) struct Schemas {
    generator: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Self {
        let settings = SchemaSettings::draft2020_12().for_serialize().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        });
        Self {
            generator: settings.into_generator(),
        }
    }
}

impl Schemas {
    /// The schema of a type that is serialized.
    pub(super) fn of<T: JsonSchema>(&mut self) -> Value {
        self.generator.subschema_for::<T>().to_value()
    }

    /// The schema of what is one of several types.
    pub(super) fn one_of(&mut self, answers: &[fn(&mut SchemaGenerator) -> Schema]) -> Value {
        let mut schemas: Vec<Value> = answers
            .iter()
            .map(|answer| answer(&mut self.generator).to_value())
            .collect();
        match schemas.len() {
            1 => schemas.remove(0),
            _ => json!({"anyOf": schemas}),
        }
    }

    /// All schemas that were spoken of, and that of a speech to be put.
    pub(super) fn into_map(mut self) -> Map<String, Value> {
        let mut schemas = self.generator.take_definitions(true);
        schemas.insert("Speech".to_owned(), speech());
        schemas
    }
}

/// A speech as it is put: the object of a line of JSON Lines.
fn speech() -> Value {
    let text = |description: &str| json!({"type": ["string", "null"], "description": description});
    let fields = Field::ALL
        .iter()
        .map(|field| (field.name().to_owned(), text(field.description())));
    let mut properties: Map<String, Value> = fields.collect();
    properties.insert(
        "id".to_owned(),
        text("The id; of a speech that is put by its path it may be left out"),
    );
    let body = json!({"type": "string", "description": "The text; paragraphs stand apart by blank lines"});
    properties.insert("body".to_owned(), body);
    properties.insert(
        "text".to_owned(),
        json!({"type": "string", "description": "The same as `body`, of which one is enough"}),
    );
    properties.insert(
        "meta".to_owned(),
        json!({"type": ["object", "null"], "description": "Further fields by name"}),
    );
    json!({
        "type": "object",
        "description": "A speech; members that are not named here are further fields, as in `meta`",
        "properties": properties,
        "anyOf": [{"required": ["body"]}, {"required": ["text"]}],
        "example": {"title": "Opening address", "speaker": "A. Example", "date": "2020-05-19", "language": "en", "body": "Excellencies,\n\nWelcome."},
    })
}
