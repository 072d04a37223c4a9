//! Who spoke in a sitting: the fields that say so, the same from every schema.

use serde_json::json;

use crate::corpus::{Field, Metadata};

/// Who spoke, as the markup says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest) struct Person {
    /// The name, without office.
    pub(in crate::ingest) name: String,
    /// The offices held on that day.
    pub(in crate::ingest) roles: Vec<String>,
    /// The parties and parliamentary groups.
    pub(in crate::ingest) parties: Vec<String>,
}

/// States who spoke, in the order of their first words; of a document with one speaker the name and role are those of the
/// speech.
pub(in crate::ingest) fn state(stated: &mut Metadata, persons: &[Person]) {
    let mut roles = Vec::new();
    let mut parties: Vec<&String> = Vec::new();
    for person in persons {
        let said = [person.roles.join(", "), person.parties.join(", ")];
        let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
        if !said.is_empty() {
            roles.push(format!("{} ({})", person.name, said.join("; ")));
        }
        parties.extend(&person.parties);
    }
    parties.sort();
    parties.dedup();
    if let [person] = persons {
        // Names and roles are any text.
        let _ = stated.set(Field::Speaker, &person.name);
        let _ = stated.set(Field::Role, &person.roles.join("; "));
    }
    if !persons.is_empty() {
        let names: Vec<&str> = persons.iter().map(|person| person.name.as_str()).collect();
        stated.set_meta("speakers", json!(names));
    }
    if !roles.is_empty() {
        stated.set_meta("speaker_roles", json!(roles));
    }
    if !parties.is_empty() {
        stated.set_meta("parties", json!(parties));
    }
}
