//! Errors of parsing, with the messages of the service.

use std::fmt;

use super::placeholders::REFERENCED_VALUES_BYTES_MAX;
use crate::expression::apply::long_type_name;
use crate::expression::{EvaluateError, ExpressionKind};
use crate::service::limits::OPERATORS_MAX;
use crate::value::ValueType;

/// The reason for which the expressions of a request cannot be parsed. The messages are those of the service where it has one.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// An expression is invalid.
    #[error("Invalid {kind}: {fault}")]
    Expression {
        /// Kind of the expression.
        kind: ExpressionKind,
        /// Reason.
        fault: ExpressionFault,
    },
    /// A placeholder is empty.
    #[error("{map} contains invalid key: The expression attribute map contains an empty key;")]
    EmptyKey {
        /// Map of the placeholder.
        map: PlaceholderMap,
    },
    /// A placeholder has more than 255 characters.
    #[error(
        "{map} contains invalid key: The expression attribute map contains a key that is too long; size of key: {size}"
    )]
    KeyTooLong {
        /// Map of the placeholder.
        map: PlaceholderMap,
        /// Number of its characters.
        size: usize,
    },
    /// A placeholder is not a `#` or `:` with letters, digits and underscores after it.
    #[error("{map} contains invalid key: Syntax error; key: \"{key}\"")]
    KeySyntax {
        /// Map of the placeholder.
        map: PlaceholderMap,
        /// Placeholder.
        key: String,
    },
    /// A placeholder stands for an empty name.
    #[error("ExpressionAttributeNames contains invalid value: Empty attribute name for key {key}")]
    EmptyName {
        /// Placeholder.
        key: String,
    },
    /// A placeholder stands for a name that is too long for an attribute.
    #[error(
        "ExpressionAttributeNames contains invalid value: Attribute name is too large, must be less than 65536 bytes for key {key}"
    )]
    NameTooLong {
        /// Placeholder.
        key: String,
    },
    /// No expression uses some of the placeholders.
    #[error("Value provided in {map} unused in expressions: keys: {{{keys}}}")]
    Unused {
        /// Map of the placeholders.
        map: PlaceholderMap,
        /// Placeholders, separated by commas.
        keys: String,
    },
}

crate::debug_by_message!(enum ParseError {
    Expression { kind, fault },
    EmptyKey { map },
    KeyTooLong { map, size },
    KeySyntax { map, key },
    EmptyName { key },
    NameTooLong { key },
    Unused { map, keys },
});

fn size_text(bytes: Option<usize>) -> String {
    bytes.map(|bytes| format!(" expression size: {bytes}")).unwrap_or_default()
}

/// A map of placeholders in a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlaceholderMap {
    /// `ExpressionAttributeNames`
    Names,
    /// `ExpressionAttributeValues`
    Values,
}

/// Writes the name of the parameter.
impl fmt::Display for PlaceholderMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Names => "ExpressionAttributeNames",
            Self::Values => "ExpressionAttributeValues",
        })
    }
}

/// The reason for which a text is not an expression of its kind. The messages are those of the service where it has one.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExpressionFault {
    /// The text is empty.
    #[error("The expression can not be empty;")]
    Empty,
    /// The text is longer than 4 KB.
    #[error("Expression size has exceeded the maximum allowed size;{}", size_text(*bytes))]
    TooLong {
        /// Number of its bytes, of a condition only, as the service reports them.
        bytes: Option<usize>,
    },
    /// A token cannot follow the tokens before it.
    #[error("Syntax error; token: \"{token}\", near: \"{near}\"")]
    Syntax {
        /// First token that cannot follow those before it, or `<EOF>` for the end of the text.
        token: String,
        /// The token with the one before it and the one after it.
        near: String,
    },
    /// Parentheses are around other parentheses only.
    #[error("The expression has redundant parentheses;")]
    RedundantParentheses,
    /// An update has two sections of one kind.
    #[error("The \"{section}\" section can only be used once in an update expression;")]
    SectionTwice {
        /// Keyword of the section.
        section: &'static str,
    },
    /// A name without a placeholder is a reserved word.
    #[error("Attribute name is a reserved keyword; reserved keyword: {word}")]
    ReservedWord {
        /// Name as it is in the text.
        word: String,
    },
    /// A list index is greater than 2,147,483,647.
    #[error("List index is not within the allowable range; index: [{index}]")]
    ListIndex {
        /// Digits of the index.
        index: String,
    },
    /// No function has the name.
    #[error("Invalid function name; function: {function}")]
    UnknownFunction {
        /// Name of the function.
        function: String,
    },
    /// A function of conditions is in an update, or the other way round.
    #[error("The function is not allowed in {place} expression; function: {function}")]
    FunctionOfOtherKind {
        /// `a condition` or `an update`.
        place: &'static str,
        /// Name of the function.
        function: &'static str,
    },
    /// A function without a value is an operand, a function with a value is a condition, or `list_append` is inside another operand.
    #[error("The function is not allowed to be used this way in an expression; function: {function}")]
    FunctionPlace {
        /// Name of the function.
        function: &'static str,
    },
    /// A placeholder of a name is not defined.
    #[error("An expression attribute name used in the document path is not defined; attribute name: {placeholder}")]
    UndefinedName {
        /// Placeholder.
        placeholder: String,
    },
    /// A placeholder of a value is not defined.
    #[error("An expression attribute value used in expression is not defined; attribute value: {placeholder}")]
    UndefinedValue {
        /// Placeholder.
        placeholder: String,
    },
    /// The values that the expressions of the request refer to are too large together.
    #[error(
        "The values that the expressions refer to exceed {REFERENCED_VALUES_BYTES_MAX} bytes, counted once for each reference; refer \
         to large values less often"
    )]
    ReferencedValuesTooLarge,
    /// A path has more levels than an item.
    #[error("The document path has too many nesting levels; nesting levels: {levels}")]
    PathTooDeep {
        /// Number of levels.
        levels: usize,
    },
    /// An operator or function has too few or too many operands.
    #[error(
        "Incorrect number of operands for operator or function; operator or function: {operator}, number of operands: {count}"
    )]
    OperandCount {
        /// Operator or function.
        operator: &'static str,
        /// Number of operands.
        count: usize,
    },
    /// The first operand of a function is not a path.
    #[error("Operator or function requires a document path; operator or function: {function}")]
    PathRequired {
        /// Name of the function.
        function: &'static str,
    },
    /// The second operand of `attribute_type` names no type.
    #[error("Invalid attribute type name found; type: {name}, valid types: {{N,BS,L,B,NULL,M,S,SS,NS,BOOL}}")]
    UnknownType {
        /// Name in the operand.
        name: String,
    },
    /// The second operand of `attribute_type` is a path, which can have any type. The service lists the types that it knows.
    #[error(
        "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: \
         {{B,HDS,HD,DICT,S,DOUBLESET,INTSET,INT,BS,FLOAT,SS,FS,NULL,BOOL,M,DECIMALSET,DOUBLE,L,DECIMAL,N,NS}}"
    )]
    TypeInPath,
    /// An `IN` has more than 100 operands.
    #[error("The IN operator is provided with too many operands; number of operands: {count}")]
    InOperands {
        /// Number of operands.
        count: usize,
    },
    /// The operands do not fit their operator or function.
    #[error(transparent)]
    Operands(EvaluateError),
    /// The value of an `ADD` or a `DELETE` has a type that the section does not accept.
    #[error(
        "Incorrect operand type for operator or function; operator: {section}, operand type: {}, typeSet: ALLOWED_FOR_{section}_OPERAND",
        long_type_name(*.operand)
    )]
    SectionOperand {
        /// Keyword of the section.
        section: &'static str,
        /// Type of the operand.
        operand: ValueType,
    },
    /// One path contains another.
    #[error(
        "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [{one}], path two: [{two}]"
    )]
    Overlap {
        /// First of the paths, as the service lists its elements.
        one: String,
        /// Second of the paths.
        two: String,
    },
    /// Two paths use the same value as a map and as a list.
    #[error(
        "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [{one}], path two: [{two}]"
    )]
    Conflict {
        /// First of the paths, as the service lists its elements.
        one: String,
        /// Second of the paths.
        two: String,
    },
    /// The expression has more than 300 operators and functions.
    #[error("The expression contains too many operators; operator count: {}", OPERATORS_MAX + 1)]
    TooManyOperators,
}

crate::debug_by_message!(enum ExpressionFault {
    Empty,
    TooLong { bytes },
    Syntax { token, near },
    RedundantParentheses,
    SectionTwice { section },
    ReservedWord { word },
    ListIndex { index },
    UnknownFunction { function },
    FunctionOfOtherKind { place, function },
    FunctionPlace { function },
    UndefinedName { placeholder },
    UndefinedValue { placeholder },
    ReferencedValuesTooLarge,
    PathTooDeep { levels },
    OperandCount { operator, count },
    PathRequired { function },
    UnknownType { name },
    TypeInPath,
    InOperands { count },
    Operands(error),
    SectionOperand { section, operand },
    Overlap { one, two },
    Conflict { one, two },
    TooManyOperators,
});

impl From<EvaluateError> for ExpressionFault {
    fn from(error: EvaluateError) -> Self {
        match error {
            EvaluateError::OperandCount { count } => Self::InOperands { count },
            error => Self::Operands(error),
        }
    }
}
