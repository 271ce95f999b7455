//! Single members of a JSON object.

use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value as Json;

/// Returns the members `names` of the JSON object in `body`, with `None` for those that are missing or null. All other members are
/// skipped without being stored. Of a repeated member the last counts.
///
/// # Errors
///
/// Returns the error of the parser if `body` is not a JSON object.
pub(super) fn json_members<const COUNT: usize>(
    body: &[u8],
    names: [&str; COUNT],
) -> Result<[Option<Json>; COUNT], serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let members = deserializer.deserialize_map(Members(names))?;
    deserializer.end()?;
    Ok(members)
}

struct Members<'a, const COUNT: usize>([&'a str; COUNT]);

impl<'de, const COUNT: usize> Visitor<'de> for Members<'_, COUNT> {
    type Value = [Option<Json>; COUNT];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = [const { None }; COUNT];
        while let Some(name) = map.next_key::<String>()? {
            match self.0.iter().position(|wanted| *wanted == name) {
                Some(at) => members[at] = map.next_value()?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_inner_objects_are_not_those_of_the_body() {
        let body = br#"{"a": {"b": 1}, "c": null, "d": [2], "d": [3]}"#;
        let [b, c, d] = json_members(body, ["b", "c", "d"]).unwrap();
        assert_eq!((b, c, d), (None, None, Some(serde_json::json!([3]))));
    }

    #[test]
    fn text_that_is_not_one_object_is_refused() {
        for body in ["", "[]", "null", r#"{"a": }"#, "{} {}"] {
            assert!(json_members(body.as_bytes(), ["a"]).is_err(), "{body}");
        }
    }
}
