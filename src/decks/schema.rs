//! The JSON Schema of a deck file: what editors complete by, and what `shape` checks by.

use std::sync::LazyLock;

use schemars::{Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::Value;

use super::format::File;

/// The schema of a deck file, without references.
pub(super) static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    // Draft 7, because that is what editors' YAML servers know best.
    let mut settings = SchemaSettings::draft07().with_transform(RecursiveTransform(never_null));
    settings.inline_subschemas = true;
    settings.into_generator().into_root_schema_for::<File>().to_value()
});

/// An optional key is left out, not given nothing: a key with nothing behind it is a slip.
fn never_null(schema: &mut Schema) {
    if let Some(kinds) = schema.get_mut("type")
        && let Some(kind) = kinds.as_array().and_then(|kinds| kinds.iter().find(|kind| *kind != "null"))
    {
        *kinds = kind.clone();
    }
}

/// The text of `deck.schema.json`.
pub fn schema() -> String {
    format!("{:#}\n", *SCHEMA)
}
