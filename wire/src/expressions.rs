//! Expressions and their placeholders in requests.

use std::collections::BTreeMap;

use djamodb_core::expression::{Parser, Placeholders, Renderer};
use djamodb_core::value::{AttributeValue, Name};

use crate::error::RequestError;
use crate::json::{Map, SentValue, Text};

/// A parameter of a request, and the state of it.
#[derive(Clone, Copy)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) is_present: bool,
}

impl Parameter {
    pub(crate) fn new<T>(name: &'static str, value: Option<&T>) -> Self {
        Self { name, is_present: value.is_some() }
    }
}

/// The placeholders of a request as they are sent.
#[derive(Default)]
pub(crate) struct SentPlaceholders {
    pub(crate) names: Option<Map<Text>>,
    /// `None` for an operation whose expressions have no values.
    pub(crate) values: Option<Map<SentValue>>,
}

impl SentPlaceholders {
    /// Checks that the request does not mix expressions and legacy parameters, and that placeholders have expressions.
    ///
    /// `with_values` are the expressions that can have values, in the order in which the service lists them.
    pub(crate) fn check(
        &self,
        expressions: &[Parameter],
        with_values: &[Parameter],
        legacy: &[Parameter],
    ) -> Result<(), RequestError> {
        let has_expression = expressions.iter().any(|parameter| parameter.is_present);
        let has_legacy = legacy.iter().any(|parameter| parameter.is_present);
        if has_legacy && has_expression {
            return Err(RequestError::validation(format!(
                "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: \
                 {{{}}} Expression parameters: {{{}}}",
                names(legacy),
                names(expressions)
            )));
        }
        if self.names.is_some() && !has_expression {
            return Err(RequestError::validation(
                "ExpressionAttributeNames can only be specified when using expressions",
            ));
        }
        // Empty values beside another expression are reported as empty, by `parse`.
        let are_empty = has_expression && self.has_no_value();
        if self.values.is_some() && !are_empty && !with_values.iter().any(|parameter| parameter.is_present) {
            let all: Vec<&str> = with_values.iter().map(|parameter| parameter.name).collect();
            let is = if all.len() == 1 { "is" } else { "are" };
            return Err(RequestError::validation(format!(
                "ExpressionAttributeValues can only be specified when using expressions: {} {is} null",
                all.join(" and ")
            )));
        }
        Ok(())
    }

    /// Returns `true` if the request has the map of values, without a value in it.
    fn has_no_value(&self) -> bool {
        self.values.as_ref().is_some_and(Map::is_empty)
    }

    /// Returns the placeholders, and the message for the first value that is none.
    fn read(self) -> Result<(Placeholders, Option<String>), RequestError> {
        if self.names.as_ref().is_some_and(Map::is_empty) {
            return Err(RequestError::validation("ExpressionAttributeNames must not be empty"));
        }
        let names = self.names.unwrap_or_default().0.into_iter();
        let mut values = BTreeMap::new();
        let mut first = None;
        for (key, value) in self.values.unwrap_or_default().0 {
            let value = value.checked().and_then(|value| match empty_set(&value) {
                Some(fault) => Err(fault.to_owned()),
                None => Ok(value),
            });
            let value = value.unwrap_or_else(|fault| {
                let message = || format!("ExpressionAttributeValues contains invalid value: {fault} for key {key}");
                first.get_or_insert_with(message);
                AttributeValue::Null
            });
            values.insert(key, value);
        }
        let names = names.map(|(key, Text(name))| (key, Name::from(name))).collect();
        Ok((Placeholders { names, values }, first))
    }
}

/// Returns the message for the first empty set in a value. The service checks the values of placeholders before it parses the texts.
fn empty_set(value: &AttributeValue) -> Option<&'static str> {
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match value {
            AttributeValue::Ss(set) if set.is_empty() => {
                return Some("One or more parameter values were invalid: An string set  may not be empty");
            }
            AttributeValue::Ns(set) if set.is_empty() => {
                return Some("One or more parameter values were invalid: An number set  may not be empty");
            }
            AttributeValue::Bs(set) if set.is_empty() => {
                return Some("One or more parameter values were invalid: Binary sets should not be empty");
            }
            AttributeValue::L(list) => pending.extend(list.iter().rev()),
            AttributeValue::M(map) => pending.extend(map.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    None
}

/// Parses the expressions of a request, all of which `parse` reads, and checks that they use all placeholders.
pub(crate) fn parse<T>(
    placeholders: SentPlaceholders,
    parse: impl FnOnce(&mut Parser<'_>) -> Result<T, RequestError>,
) -> Result<T, RequestError> {
    let has_no_value = placeholders.has_no_value();
    let (placeholders, invalid_value) = placeholders.read()?;
    // The service checks the placeholders themselves first.
    let mut parser = Parser::new(&placeholders)?;
    if has_no_value {
        return Err(RequestError::validation("ExpressionAttributeValues must not be empty"));
    }
    if let Some(message) = invalid_value {
        return Err(RequestError::Validation(message));
    }
    let parsed = parse(&mut parser)?;
    parser.finish()?;
    Ok(parsed)
}

/// Returns the names of the parameters that are present.
fn names(parameters: &[Parameter]) -> String {
    let present: Vec<&str> =
        parameters.iter().filter(|parameter| parameter.is_present).map(|parameter| parameter.name).collect();
    present.join(", ")
}

/// Returns the placeholders that a renderer used. An empty map is left out, because the service refuses it.
pub(crate) fn rendered(renderer: Renderer) -> SentPlaceholders {
    let Placeholders { names, values } = renderer.finish();
    let names = names.into_iter().map(|(key, name)| (key, Text(name.as_str().to_owned()))).collect();
    let values = values.into_iter().map(|(key, value)| (key, value.into())).collect();
    SentPlaceholders {
        names: Some(Map(names)).filter(|map| !map.is_empty()),
        values: Some(Map(values)).filter(|map| !map.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use crate::request::Request;

    /// Returns the message for a scan with these members besides the table.
    fn message(members: &str) -> String {
        let body = format!(r#"{{"TableName": "users", {members}}}"#);
        let planned = Request::read("DynamoDB_20120810.Scan", body.as_bytes()).and_then(|request| request.plan(None));
        planned.unwrap_err().to_string()
    }

    #[test]
    fn placeholders_are_checked_before_expressions_are_parsed() {
        let is_null =
            "ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null";
        let values = r#""ExpressionAttributeValues": {":a": {"S": "x"}}, "ProjectionExpression": "a""#;
        let no_values = r#""ExpressionAttributeValues": {}, "ProjectionExpression": "a""#;
        for (members, expected) in [
            (values.to_owned(), is_null),
            (format!(r#"{values}, "ExpressionAttributeNames": {{}}"#), is_null),
            (no_values.to_owned(), "ExpressionAttributeValues must not be empty"),
            (
                format!(r##"{no_values}, "ExpressionAttributeNames": {{"#a": "a"}}"##),
                "ExpressionAttributeValues must not be empty",
            ),
            (format!(r#"{no_values}, "ExpressionAttributeNames": {{}}"#), "ExpressionAttributeNames must not be empty"),
            (
                format!(r#"{no_values}, "ExpressionAttributeNames": {{"a": "b"}}"#),
                "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"",
            ),
        ] {
            assert_eq!(message(&members), expected, "{members}");
        }
    }
}
