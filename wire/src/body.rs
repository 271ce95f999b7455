//! Bodies of requests and responses.

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed as _, Error as _, MapAccess, SeqAccess};
use serde_json::Value as Json;
use serde_json::error::Category;

use crate::error::RequestError;
use crate::json::{Container, ContainerReader};

/// Reads the body of a request.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, RequestError> {
    // An empty body is an empty object.
    let body = if body.is_empty() { b"{}" } else { body };
    // Also of members that are ignored, whose text is not looked at otherwise.
    let text = std::str::from_utf8(body).map_err(|_| RequestError::Serialization { message: None })?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let request = object().deserialize(&mut deserializer).and_then(|request| deserializer.end().map(|()| request));
    request.or_else(|error| {
        // Of a member that occurs twice, the service takes the last. Such requests are rare, so that they may be read twice.
        let is_duplicate = error.is_data() && error.to_string().starts_with("duplicate field");
        let whole = is_duplicate.then(|| serde_json::from_str::<Json>(text).ok()).flatten();
        whole.map_or(Err(error), |json| object().deserialize(json)).map_err(|error| refused(&error))
    })
}

/// The message of a body that is no object, for which the service has none.
const NO_OBJECT: &str = "the body is no object";

struct ObjectReader<T>(PhantomData<T>);

fn object<T>() -> ContainerReader<ObjectReader<T>> {
    ContainerReader(ObjectReader(PhantomData))
}

impl<'de, T: DeserializeOwned> Container<'de> for ObjectReader<T> {
    type Value = T;

    fn of_scalar(&self) -> &'static str {
        NO_OBJECT
    }

    fn of_array<A: SeqAccess<'de>>(self, _: A) -> Result<T, A::Error> {
        Err(A::Error::custom(NO_OBJECT))
    }

    fn of_object<A: MapAccess<'de>>(self, access: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(access))
    }
}

fn refused(error: &serde_json::Error) -> RequestError {
    match error.classify() {
        Category::Data => match message(error) {
            message if message == NO_OBJECT => RequestError::Serialization { message: None },
            message => RequestError::serialization(message),
        },
        Category::Syntax | Category::Eof | Category::Io => RequestError::Serialization { message: None },
    }
}

/// Returns the message without the position in the text.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&position).unwrap_or(&text).to_owned()
}

/// Writes a body. A value that is too deep for JSON, which no driver returns, is `null`.
pub(crate) fn write(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).unwrap_or_else(|_| b"null".to_vec())
}
