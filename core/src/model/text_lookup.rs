//! Lookups given as text in Django's form, such as `date__gte`, for example from the query string of a URL.

use super::codec::{Token, visit_tokens};
use super::{
    AttributeMeta, AttributeType, CodecError, FieldInfo, Lookup, LookupOperator, ModelSchema, SizeLookup, Structure,
    TypeInfo, tagged,
};
use crate::expression::{Comparator, Path, PathStep};
use crate::value::{AttributeValue, Name, ValueType};

/// Names of the operators of lookups given as text: those of pydjamodb, and Django's `exact` for `eq`.
pub const TEXT_LOOKUP_OPERATORS: [&str; 13] =
    ["eq", "exact", "not", "ne", "lt", "lte", "gt", "gte", "between", "in", "exists", "startswith", "contains"];

/// Names of the functions of lookups given as text: `note__size__gte` compares the size of a value, and `note__type` its type in
/// DynamoDB, such as `S`. A field or an entry of a map with such a name comes first.
pub const TEXT_LOOKUP_FUNCTIONS: [&str; 2] = ["size", "type"];

/// Maximum number of values that `in` accepts. It bounds the work that an untrusted query string can cause.
const VALUES_MAX: usize = 1000;

/// Reason why a text is not a lookup of the model.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextLookupError {
    /// The model has no such field.
    #[error("{model} has no field `{field}`; it has: {fields}")]
    FieldDoesNotExist {
        /// Name of the model.
        model: &'static str,
        /// Name or path of the field, as given.
        field: String,
        /// Names of the fields that exist, separated by commas.
        fields: String,
    },
    /// The path leads to values of several types, in different variants of an enum.
    #[error("`{field}` is of several types, which depend on the variant: {types}; filter by a typed lookup instead")]
    Ambiguous {
        /// Path of the field, as given.
        field: String,
        /// Names of the types, separated by commas.
        types: String,
    },
    /// The operator does not exist, or the field's type does not support it.
    #[error("`{operator}` cannot be used on `{field}`, which is {type_name}; use one of: {operators}")]
    InvalidOperator {
        /// Name or path of the field.
        field: String,
        /// Name of the operator, as given.
        operator: String,
        /// Name of the field's type, with its article.
        type_name: &'static str,
        /// Names of the operators that the type supports, separated by commas.
        operators: String,
    },
    /// The field's type cannot parse a value.
    #[error("the value of `{lookup}` is invalid: {error}")]
    InvalidValue {
        /// The lookup, as given.
        lookup: String,
        /// Reason why the value is rejected.
        error: CodecError,
    },
    /// The operator takes another number of values.
    #[error("`{lookup}` takes {expected}, but {found} were given")]
    ValueCount {
        /// The lookup, as given.
        lookup: String,
        /// Number of values that the operator takes, in words.
        expected: &'static str,
        /// Number of values that were given.
        found: usize,
    },
}

crate::debug_by_message!(enum TextLookupError {
    FieldDoesNotExist { model, field, fields },
    Ambiguous { field, types },
    InvalidOperator { field, operator, type_name, operators },
    InvalidValue { lookup, error },
    ValueCount { lookup, expected, found },
});

/// Values that [`filter_lookup`](crate::queryset::QuerySet::filter_lookup) accepts: one text or several.
pub trait IntoLookupValues {
    /// Returns the texts.
    fn into_lookup_values(self) -> Vec<String>;
}

impl IntoLookupValues for &str {
    fn into_lookup_values(self) -> Vec<String> {
        vec![self.to_owned()]
    }
}

impl IntoLookupValues for &String {
    fn into_lookup_values(self) -> Vec<String> {
        vec![self.clone()]
    }
}

impl IntoLookupValues for String {
    fn into_lookup_values(self) -> Vec<String> {
        vec![self]
    }
}

impl<T: Into<String>> IntoLookupValues for Vec<T> {
    fn into_lookup_values(self) -> Vec<String> {
        self.into_iter().map(Into::into).collect()
    }
}

impl<T: Into<String> + Clone> IntoLookupValues for &[T] {
    fn into_lookup_values(self) -> Vec<String> {
        self.iter().cloned().map(Into::into).collect()
    }
}

impl<T: Into<String>, const N: usize> IntoLookupValues for [T; N] {
    fn into_lookup_values(self) -> Vec<String> {
        self.into_iter().map(Into::into).collect()
    }
}

impl ModelSchema {
    /// Parses a lookup, `path__operator`, and its values.
    ///
    /// If the last part is not one of [`TEXT_LOOKUP_OPERATORS`], the whole text is the path and the operator is `eq`. A path
    /// leads into documents and maps with `__`, or is a document path: `station__city__eq`, `station.sensors[0]`. After it,
    /// [`TEXT_LOOKUP_FUNCTIONS`] name the size or the type of the value: `note__size__gte`, `note__type`.
    ///
    /// ```
    /// use djamodb::model::Model;
    /// # use djamodb_example_models::Weather;
    ///
    /// # fn main() -> Result<(), djamodb::model::TextLookupError> {
    /// let lookup = Weather::schema().text_lookup("day__gte", vec!["2".to_owned()])?;
    /// assert_eq!(Weather::DAY.gte(2).into_filter(), djamodb::model::Filter::Lookup(lookup));
    /// let lookup = Weather::schema().text_lookup("kind__size__gte", vec!["4".to_owned()])?;
    /// assert_eq!(Weather::KIND.size().gte(4).into_filter(), djamodb::model::Filter::Lookup(lookup));
    /// assert!(Weather::schema().text_lookup("humidity", vec!["2".to_owned()]).is_err());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`TextLookupError::FieldDoesNotExist`] if the model has no field at the path.
    /// - [`TextLookupError::Ambiguous`] if the path leads to values of several types in different variants of an enum.
    /// - [`TextLookupError::InvalidOperator`] if the operator does not exist or the field's type does not support it.
    /// - [`TextLookupError::InvalidValue`] if a value does not parse as the field's type.
    /// - [`TextLookupError::ValueCount`] if the operator takes another number of values.
    pub fn text_lookup(&self, lookup: &str, values: Vec<String>) -> Result<Lookup, TextLookupError> {
        let (path_text, operator) = match lookup.rsplit_once("__") {
            Some((path, operator)) if TEXT_LOOKUP_OPERATORS.contains(&operator) => (path, operator),
            _ => (lookup, "eq"),
        };
        let parser = |field, info| OperandParser { lookup, field, operator, info, values };
        match (self.resolve(path_text), path_text.rsplit_once("__")) {
            (Ok((path, info)), _) => Ok(Lookup { path, operator: parser(path_text, info).parse()? }),
            (Err(_), Some((field, "size"))) => {
                let (path, info) = self.resolve(field)?;
                Ok(Lookup { path, operator: parser(field, info).parse_size()? })
            }
            (Err(_), Some((field, "type"))) => {
                let (path, info) = self.resolve(field)?;
                Ok(Lookup { path, operator: parser(field, info).parse_type()? })
            }
            (Err(error), _) => Err(error),
        }
    }

    /// Resolves a path and returns it with the description of the type at its end.
    fn resolve(&self, text: &str) -> Result<(Path, TypeInfo), TextLookupError> {
        if let Some(attribute) = self.field(text) {
            return Ok((Path::new(&attribute.name), (attribute.type_info)()));
        }
        let does_not_exist =
            |fields: String| TextLookupError::FieldDoesNotExist { model: self.model, field: text.to_owned(), fields };
        let fields = || comma_separated(self.attributes.iter().map(|attribute| attribute.field));
        let parsed = Path::parse(&text.replace("__", ".")).map_err(|_| does_not_exist(fields()))?;
        let attribute = self.field(&parsed.name).ok_or_else(|| does_not_exist(fields()))?;
        let mut infos = vec![(attribute.type_info)()];
        let mut path = Path::new(&attribute.name);
        for step in parsed.steps.iter() {
            infos = match step {
                PathStep::Key(name) => {
                    let (entry, entries) =
                        entries(&infos, name).ok_or_else(|| match known_fields(&infos).as_slice() {
                            // `date__foo`: a name after a scalar is most likely a misspelt operator.
                            [] => invalid_operator(&path.to_string(), name, infos[0]),
                            fields => does_not_exist(comma_separated(fields.iter().copied())),
                        })?;
                    path = path.key(entry);
                    entries
                }
                PathStep::Index(index) => {
                    let elements = elements(&infos, *index).map_err(|length| match length {
                        Some(length) => does_not_exist(format!("{length} elements at `{path}`")),
                        None => does_not_exist(format!("no list at `{path}`")),
                    })?;
                    path = path.index(*index);
                    elements
                }
            };
        }
        match infos.split_first() {
            Some((first, others))
                if others.iter().all(|other| (other.name, other.value_type) == (first.name, first.value_type)) =>
            {
                Ok((path, *first))
            }
            _ => Err(TextLookupError::Ambiguous {
                field: text.to_owned(),
                types: comma_separated(infos.iter().map(|info| info.name)),
            }),
        }
    }

    /// Finds an attribute by the name of its field, or else by its name in the table.
    fn field(&self, name: &str) -> Option<&AttributeMeta> {
        self.attributes.iter().find(|attribute| attribute.field == name).or_else(|| self.attribute(name))
    }
}

/// Returns the name of an entry of maps and documents of these types, and the types that its value can have. An enum with data has one
/// document for all its variants, of which several can have an entry of one name. Returns `None` if there is no such entry.
fn entries(infos: &[TypeInfo], name: &Name) -> Option<(Name, Vec<TypeInfo>)> {
    let fields: Vec<FieldInfo> = infos.iter().flat_map(|info| tagged::fields(*info)).collect();
    let of_field = fields.iter().find(|field| name.as_str() == field.field);
    if let Some(entry) = of_field.or_else(|| fields.iter().find(|field| name.as_str() == field.name)) {
        let same = fields.iter().filter(|field| field.name == entry.name);
        return Some((entry.shared_name(), same.map(|field| (field.type_info)()).collect()));
    }
    let values: Vec<TypeInfo> = infos
        .iter()
        .filter_map(|info| match info.structure {
            Structure::Map(value) => Some(value()),
            _ => None,
        })
        .collect();
    (!values.is_empty()).then(|| (name.clone(), values))
}

/// Returns the names of the fields of documents of these types.
fn known_fields(infos: &[TypeInfo]) -> Vec<&'static str> {
    infos.iter().flat_map(|info| tagged::fields(*info)).map(|field| field.field).collect()
}

/// Returns the types that an element of lists of these types can have, or the length of the lists if it is shorter.
fn elements(infos: &[TypeInfo], index: usize) -> Result<Vec<TypeInfo>, Option<usize>> {
    let (mut found, mut length) = (Vec::new(), None);
    for info in infos {
        match info.structure {
            Structure::List(element) => found.push(element()),
            Structure::Tuple(elements) => {
                let elements = elements();
                length = Some(elements.len()).max(length);
                found.extend(elements.get(index));
            }
            _ => {}
        }
    }
    if found.is_empty() { Err(length) } else { Ok(found) }
}

fn comma_separated<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn invalid_operator(field: &str, operator: &str, info: TypeInfo) -> TextLookupError {
    TextLookupError::InvalidOperator {
        field: field.to_owned(),
        operator: operator.to_owned(),
        type_name: info.name,
        operators: comma_separated(
            TEXT_LOOKUP_OPERATORS
                .into_iter()
                .filter(|operator| supports(info, operator))
                .chain(TEXT_LOOKUP_FUNCTIONS.into_iter().filter(|function| *function != "size" || has_size(info))),
        ),
    }
}

/// Returns `true` if the values of the type have a size. The rule is that of [`HasSize`](super::HasSize).
fn has_size(info: TypeInfo) -> bool {
    !matches!(info.structure, Structure::Scalar)
}

/// Returns `true` if the type supports the operator. The rules are those of the typed lookups.
fn supports(info: TypeInfo, operator: &str) -> bool {
    match operator {
        "eq" | "exact" | "not" | "ne" | "in" => info.comparable,
        "lt" | "lte" | "gt" | "gte" | "between" => info.ordered,
        "startswith" => info.starts_with,
        "contains" => matches!(info.structure, Structure::Sequence | Structure::List(_) | Structure::Set(_)),
        _ => true,
    }
}

/// Names of the operators of a size.
const SIZE_OPERATORS: [&str; 10] = ["eq", "exact", "not", "ne", "lt", "lte", "gt", "gte", "between", "in"];

/// Names of the operators of a type.
const TYPE_OPERATORS: [&str; 2] = ["eq", "exact"];

fn function_operator(field: &str, operator: &str, type_name: &'static str, operators: &[&str]) -> TextLookupError {
    TextLookupError::InvalidOperator {
        field: field.to_owned(),
        operator: operator.to_owned(),
        type_name,
        operators: comma_separated(operators.iter().copied()),
    }
}

/// Parser of the operator and the values of one lookup.
struct OperandParser<'a> {
    lookup: &'a str,
    field: &'a str,
    operator: &'a str,
    info: TypeInfo,
    values: Vec<String>,
}

impl OperandParser<'_> {
    fn parse(self) -> Result<LookupOperator, TextLookupError> {
        if !supports(self.info, self.operator) {
            return Err(invalid_operator(self.field, self.operator, self.info));
        }
        Ok(match self.operator {
            "not" | "ne" => LookupOperator::Ne(self.one()?),
            "lt" => LookupOperator::Lt(self.one()?),
            "lte" => LookupOperator::Lte(self.one()?),
            "gt" => LookupOperator::Gt(self.one()?),
            "gte" => LookupOperator::Gte(self.one()?),
            "startswith" => LookupOperator::StartsWith(self.one()?),
            "contains" => LookupOperator::Contains(self.contained()?),
            "in" => LookupOperator::In(self.several()?),
            "between" => {
                let values = self.several()?;
                let found = values.len();
                match <[AttributeValue; 2]>::try_from(values) {
                    Ok([low, high]) => LookupOperator::Between(low, high),
                    Err(_) => {
                        return Err(self.count_error("two values, as a JSON array or as a repeated parameter", found));
                    }
                }
            }
            "exists" => match self.single()? {
                "true" => LookupOperator::Exists,
                "false" => LookupOperator::NotExists,
                text => {
                    return Err(self.value_error(CodecError::invalid(
                        text,
                        "true or false",
                        "write `true` or `false`",
                    )));
                }
            },
            _ => LookupOperator::Eq(self.one()?),
        })
    }

    /// Parses a comparison of the size with numbers.
    fn parse_size(self) -> Result<LookupOperator, TextLookupError> {
        if !has_size(self.info) {
            return Err(invalid_operator(self.field, "size", self.info));
        }
        let unknown = function_operator(self.field, self.operator, "a size", &SIZE_OPERATORS);
        if !SIZE_OPERATORS.contains(&self.operator) {
            return Err(unknown);
        }
        let info = TypeInfo { name: "a size", ..usize::type_info() };
        let parser = Self { info, ..self };
        Ok(LookupOperator::Size(match parser.parse()? {
            LookupOperator::Eq(size) => SizeLookup::Compare(Comparator::Eq, size.into()),
            LookupOperator::Ne(size) => SizeLookup::Compare(Comparator::Ne, size.into()),
            LookupOperator::Lt(size) => SizeLookup::Compare(Comparator::Lt, size.into()),
            LookupOperator::Lte(size) => SizeLookup::Compare(Comparator::Le, size.into()),
            LookupOperator::Gt(size) => SizeLookup::Compare(Comparator::Gt, size.into()),
            LookupOperator::Gte(size) => SizeLookup::Compare(Comparator::Ge, size.into()),
            LookupOperator::Between(low, high) => SizeLookup::Between(low, high),
            LookupOperator::In(sizes) => SizeLookup::In(sizes),
            _ => return Err(unknown),
        }))
    }

    /// Parses the name of a type of DynamoDB.
    fn parse_type(self) -> Result<LookupOperator, TextLookupError> {
        if !TYPE_OPERATORS.contains(&self.operator) {
            return Err(function_operator(self.field, self.operator, "a type of DynamoDB", &TYPE_OPERATORS));
        }
        let text = self.single()?;
        let value_type = ValueType::ALL.into_iter().find(|value_type| value_type.as_str() == text);
        value_type.map(LookupOperator::Type).ok_or_else(|| {
            let names = comma_separated(ValueType::ALL.into_iter().map(ValueType::as_str));
            self.value_error(CodecError::invalid(text, "a type of DynamoDB", format!("expected one of {names}")))
        })
    }

    /// Parses the only value as the field's type.
    fn one(&self) -> Result<AttributeValue, TextLookupError> {
        self.parse_value(self.single()?, self.info)
    }

    /// Parses the only value as the type of the field's elements, or as the field's type if it has none.
    fn contained(&self) -> Result<AttributeValue, TextLookupError> {
        let info = match self.info.structure {
            Structure::List(element) | Structure::Set(element) => element(),
            _ => self.info,
        };
        self.parse_value(self.single()?, info)
    }

    /// Parses all values. They are given as several texts, as one text that is a JSON array, or as one text that is a value.
    fn several(&self) -> Result<Vec<AttributeValue>, TextLookupError> {
        let texts = match self.values.as_slice() {
            [single] if single.trim_start().starts_with('[') => self.json_array(single)?,
            texts => texts.to_vec(),
        };
        if texts.len() > VALUES_MAX {
            return Err(self.count_error("at most 1000 values", texts.len()));
        }
        texts.iter().map(|text| self.parse_value(text, self.info)).collect()
    }

    fn json_array(&self, text: &str) -> Result<Vec<String>, TextLookupError> {
        let elements: Vec<serde_json::Value> = serde_json::from_str(text)
            .map_err(|error| self.value_error(CodecError::invalid(text, "a JSON array", error)))?;
        let mut numbers = numbers_of_array(text).into_iter();
        elements
            .into_iter()
            .map(|element| match element {
                serde_json::Value::String(text) => Ok(text),
                serde_json::Value::Number(number) => {
                    Ok(numbers.next().map_or_else(|| number.to_string(), str::to_owned))
                }
                serde_json::Value::Bool(_) => Ok(element.to_string()),
                _ => Err(self.value_error(CodecError::invalid(
                    &element.to_string(),
                    "an element of a lookup",
                    "elements are texts, numbers, true or false",
                ))),
            })
            .collect()
    }

    fn single(&self) -> Result<&str, TextLookupError> {
        match self.values.as_slice() {
            [single] => Ok(single),
            values => Err(self.count_error("one value (use `in` for several)", values.len())),
        }
    }

    fn parse_value(&self, text: &str, info: TypeInfo) -> Result<AttributeValue, TextLookupError> {
        (info.parse)(text).map_err(|error| self.value_error(error))
    }

    fn value_error(&self, error: CodecError) -> TextLookupError {
        TextLookupError::InvalidValue { lookup: self.lookup.to_owned(), error }
    }

    fn count_error(&self, expected: &'static str, found: usize) -> TextLookupError {
        TextLookupError::ValueCount { lookup: self.lookup.to_owned(), expected, found }
    }
}

/// Returns the numbers that are elements of a JSON array, as they are written. `serde_json` would round them to floats.
fn numbers_of_array(text: &str) -> Vec<&str> {
    let mut numbers = Vec::new();
    let Ok(()) = visit_tokens(text, |place, token| {
        match token {
            Token::Number(number) if place.depth() == 1 => numbers.push(number),
            Token::Number(_) | Token::Name(_) => {}
        }
        Ok::<_, std::convert::Infallible>(())
    });
    numbers
}
