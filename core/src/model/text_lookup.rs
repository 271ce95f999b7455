//! Lookups that come as text, in Django's form: `date__gte`, from a URL's query string for example.

use super::{AttributeMeta, CodecError, Inside, Lookup, LookupOperator, ModelSchema, TypeInfo};
use crate::expression::{Path, PathStep};
use crate::value::AttributeValue;

/// The names of the operators: pydjamodb's, and Django's `exact`.
pub const OPERATORS: [&str; 13] =
    ["eq", "exact", "not", "ne", "lt", "lte", "gt", "gte", "between", "in", "exists", "startswith", "contains"];

/// The most values that `in` takes from text.
const VALUES_MAX: usize = 1000;

/// Why a text is no lookup.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TextLookupError {
    /// The model has no such field.
    #[error("{model} has no field `{field}`; it has: {fields}")]
    FieldDoesNotExist {
        /// The model.
        model: &'static str,
        /// What was asked for.
        field: String,
        /// What there is.
        fields: String,
    },
    /// There is no such operator, or the field's type does not take it.
    #[error("`{operator}` cannot be used on `{field}`, which is {type_name}; use one of: {operators}")]
    InvalidOperator {
        /// The field.
        field: String,
        /// What was asked for.
        operator: String,
        /// What the field holds.
        type_name: &'static str,
        /// What there is.
        operators: String,
    },
    /// The value means nothing to the field's type.
    #[error("the value of `{lookup}` cannot be used: {error}")]
    InvalidValue {
        /// The lookup.
        lookup: String,
        /// What is wrong with it.
        error: CodecError,
    },
    /// Not as many values as the operator takes.
    #[error("`{lookup}` takes {expected}; it was given {found}")]
    ValueCount {
        /// The lookup.
        lookup: String,
        /// How many it takes.
        expected: &'static str,
        /// How many there are.
        found: usize,
    },
}

/// What [`filter_lookup`](crate::queryset::QuerySet::filter_lookup) takes as a value: one text, or several.
pub trait LookupText {
    /// The texts.
    fn into_texts(self) -> Vec<String>;
}

impl LookupText for &str {
    fn into_texts(self) -> Vec<String> {
        vec![self.to_owned()]
    }
}

impl LookupText for &String {
    fn into_texts(self) -> Vec<String> {
        vec![self.clone()]
    }
}

impl LookupText for String {
    fn into_texts(self) -> Vec<String> {
        vec![self]
    }
}

impl<T: Into<String>> LookupText for Vec<T> {
    fn into_texts(self) -> Vec<String> {
        self.into_iter().map(Into::into).collect()
    }
}

impl<T: Into<String> + Clone> LookupText for &[T] {
    fn into_texts(self) -> Vec<String> {
        self.iter().cloned().map(Into::into).collect()
    }
}

impl<T: Into<String>, const N: usize> LookupText for [T; N] {
    fn into_texts(self) -> Vec<String> {
        self.into_iter().map(Into::into).collect()
    }
}

impl ModelSchema {
    /// Reads `field__operator` and its values. Where the last part is no operator, all of it is a path, with `eq`. A path goes
    /// on inside documents, maps and lists with `__` or as a document path: `station__city__eq`, `station.sensors[0]`.
    pub fn text_lookup(&self, lookup: &str, texts: Vec<String>) -> Result<Lookup, TextLookupError> {
        let (path_text, operator) = match lookup.rsplit_once("__") {
            Some((path, operator)) if OPERATORS.contains(&operator) => (path, operator),
            _ => (lookup, "eq"),
        };
        let (path, info) = self.resolve(path_text)?;
        let operand = OperandText { lookup, field: path_text, operator, info, texts };
        Ok(Lookup { path, operator: operand.read()? })
    }

    /// Follows a path through the types of the model.
    fn resolve(&self, text: &str) -> Result<(Path, TypeInfo), TextLookupError> {
        if let Some(attribute) = self.field(text) {
            return Ok((Path::new(&attribute.name), (attribute.type_info)()));
        }
        let does_not_exist =
            |fields: String| TextLookupError::FieldDoesNotExist { model: self.model, field: text.to_owned(), fields };
        let fields = || names(self.attributes.iter().map(|attribute| attribute.field));
        let asked = Path::parse(&text.replace("__", ".")).map_err(|_| does_not_exist(fields()))?;
        let attribute = self.field(&asked.name).ok_or_else(|| does_not_exist(fields()))?;
        let mut info = (attribute.type_info)();
        let mut path = Path::new(&attribute.name);
        for step in &asked.steps {
            info = match (step, info.inside) {
                (PathStep::Key(name), Inside::Fields(inside)) => {
                    let inside = inside();
                    let field = inside
                        .iter()
                        .find(|field| name.as_str() == field.field || name.as_str() == field.name)
                        .ok_or_else(|| does_not_exist(names(inside.iter().map(|field| field.field))))?;
                    path = path.key(field.shared_name());
                    (field.type_info)()
                }
                (PathStep::Key(name), Inside::Values(inside)) => {
                    path = path.key(name);
                    inside()
                }
                (PathStep::Index(index), Inside::Elements(inside)) => {
                    path = path.index(*index);
                    inside()
                }
                // `date__foo`: what stands there is most likely meant for an operator.
                (PathStep::Key(name), _) => return Err(invalid_operator(&path.to_string(), name, info)),
                (PathStep::Index(_), _) => return Err(does_not_exist(format!("no list at `{path}`"))),
            };
        }
        Ok((path, info))
    }

    /// By the name of the field, or else by the name in the table.
    fn field(&self, name: &str) -> Option<&AttributeMeta> {
        self.attributes.iter().find(|attribute| attribute.field == name).or_else(|| self.attribute(name))
    }
}

fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn invalid_operator(field: &str, operator: &str, info: TypeInfo) -> TextLookupError {
    TextLookupError::InvalidOperator {
        field: field.to_owned(),
        operator: operator.to_owned(),
        type_name: info.name,
        operators: names(OPERATORS.into_iter().filter(|operator| takes(info, operator))),
    }
}

/// The same rules as the typed lookups have.
fn takes(info: TypeInfo, operator: &str) -> bool {
    match operator {
        "lt" | "lte" | "gt" | "gte" | "between" => info.ordered,
        "startswith" => info.starts_with,
        "contains" => matches!(info.inside, Inside::Parts | Inside::Elements(_) | Inside::Members(_)),
        _ => true,
    }
}

/// The values of a lookup, still as text.
struct OperandText<'a> {
    lookup: &'a str,
    field: &'a str,
    operator: &'a str,
    info: TypeInfo,
    texts: Vec<String>,
}

impl OperandText<'_> {
    fn read(self) -> Result<LookupOperator, TextLookupError> {
        if !takes(self.info, self.operator) {
            return Err(invalid_operator(self.field, self.operator, self.info));
        }
        Ok(match self.operator {
            "not" | "ne" => LookupOperator::Ne(self.one()?),
            "lt" => LookupOperator::Lt(self.one()?),
            "lte" => LookupOperator::Lte(self.one()?),
            "gt" => LookupOperator::Gt(self.one()?),
            "gte" => LookupOperator::Gte(self.one()?),
            "startswith" => LookupOperator::StartsWith(self.one()?),
            "contains" => LookupOperator::Contains(self.part()?),
            "in" => LookupOperator::In(self.several()?),
            "between" => {
                let values = self.several()?;
                let found = values.len();
                match <[AttributeValue; 2]>::try_from(values) {
                    Ok([low, high]) => LookupOperator::Between(low, high),
                    Err(_) => {
                        return Err(self.count("two values, as a JSON array or in a parameter that is repeated", found));
                    }
                }
            }
            "exists" => match self.only()? {
                "true" => LookupOperator::Exists,
                "false" => LookupOperator::NotExists,
                text => {
                    return Err(self.invalid(CodecError::invalid(text, "true or false", "write `true` or `false`")));
                }
            },
            _ => LookupOperator::Eq(self.one()?),
        })
    }

    fn one(&self) -> Result<AttributeValue, TextLookupError> {
        self.parse(self.only()?, self.info)
    }

    fn part(&self) -> Result<AttributeValue, TextLookupError> {
        let info = match self.info.inside {
            Inside::Elements(inside) | Inside::Members(inside) => inside(),
            _ => self.info,
        };
        self.parse(self.only()?, info)
    }

    /// Either several texts, or one that is a JSON array, or one that is itself the only value.
    fn several(&self) -> Result<Vec<AttributeValue>, TextLookupError> {
        let texts = match self.texts.as_slice() {
            [only] if only.trim_start().starts_with('[') => self.array(only)?,
            texts => texts.to_vec(),
        };
        if texts.len() > VALUES_MAX {
            return Err(self.count("at most 1000 values", texts.len()));
        }
        texts.iter().map(|text| self.parse(text, self.info)).collect()
    }

    fn array(&self, text: &str) -> Result<Vec<String>, TextLookupError> {
        let elements: Vec<serde_json::Value> = serde_json::from_str(text)
            .map_err(|error| self.invalid(CodecError::invalid(text, "a JSON array", error)))?;
        elements
            .into_iter()
            .map(|element| match element {
                serde_json::Value::String(text) => Ok(text),
                serde_json::Value::Number(_) | serde_json::Value::Bool(_) => Ok(element.to_string()),
                _ => Err(self.invalid(CodecError::invalid(
                    &element.to_string(),
                    "an element of a lookup",
                    "elements are texts, numbers, true or false",
                ))),
            })
            .collect()
    }

    fn only(&self) -> Result<&str, TextLookupError> {
        match self.texts.as_slice() {
            [only] => Ok(only),
            texts => Err(self.count("one value, and `in` takes several", texts.len())),
        }
    }

    fn parse(&self, text: &str, info: TypeInfo) -> Result<AttributeValue, TextLookupError> {
        (info.parse)(text).map_err(|error| self.invalid(error))
    }

    fn invalid(&self, error: CodecError) -> TextLookupError {
        TextLookupError::InvalidValue { lookup: self.lookup.to_owned(), error }
    }

    fn count(&self, expected: &'static str, found: usize) -> TextLookupError {
        TextLookupError::ValueCount { lookup: self.lookup.to_owned(), expected, found }
    }
}
