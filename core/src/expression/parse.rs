//! Parsing of expressions: text and placeholders become trees.
//!
//! A text passes these steps, each of which is a loop. What is pending is in vectors, so that no text exhausts the stack, and the
//! memory is linear in the text.
//!
//! 1. [`token`] splits it into tokens.
//! 2. [`syntax`] checks the grammar and the parentheses and writes the expression in postfix order, with all operands before their operator.
//! 3. [`usage`] checks the names, indexes and functions in the order of the text.
//! 4. [`condition`], [`update`] and [`projection`] look up the placeholders, check the operands and build the tree.
//!
//! An error of an earlier step wins over one of a later step, wherever in the text they are, as in the service.

mod condition;
mod error;
mod function;
mod key_condition;
mod path;
mod placeholders;
mod projection;
mod reserved_words;
mod syntax;
mod token;
mod update;
mod usage;

pub use error::{ExpressionFault, ParseError, PlaceholderMap};
pub use key_condition::ParsedKeyCondition;

use placeholders::References;
use syntax::Grammar;
use token::Tokens;

use super::{Condition, ExpressionKind, Placeholders, ProjectionExpression, Update};
use crate::service::limits::EXPRESSION_BYTES_MAX;

/// A parser of the expressions of one request, which share their placeholders.
///
/// It is the inverse of [`Renderer`](super::Renderer). The texts that it accepts and the messages of its errors are those of the
/// service. After all expressions of the request, [`finish`](Self::finish) refuses placeholders that none of them uses.
///
/// ```
/// use djamodb_core::expression::{Comparator, Condition, Parser, Path, Placeholders};
/// use djamodb_core::value::AttributeValue;
///
/// let mut placeholders = Placeholders::default();
/// placeholders.values.insert(":warm".into(), AttributeValue::n(20));
/// let mut parser = Parser::new(&placeholders)?;
/// let condition = parser.filter("temp_max > :warm AND NOT attribute_exists(station.closed)")?;
/// parser.finish()?;
///
/// let warm = Condition::compare(Path::new("temp_max"), Comparator::Gt, 20);
/// let closed = Condition::AttributeExists(Path::new("station").key("closed"));
/// assert_eq!(condition, warm.and(closed.negate()));
/// # Ok::<(), djamodb_core::expression::ParseError>(())
/// ```
///
/// An error has the message of the service:
///
/// ```
/// use djamodb_core::expression::{Parser, Placeholders};
///
/// let placeholders = Placeholders::default();
/// let mut parser = Parser::new(&placeholders)?;
/// assert_eq!(
///     parser.filter("temp_max = AND kind").unwrap_err().to_string(),
///     r#"Invalid FilterExpression: Syntax error; token: "AND", near: "= AND kind""#
/// );
/// assert_eq!(
///     parser.projection("city, name").unwrap_err().to_string(),
///     "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: name"
/// );
/// # Ok::<(), djamodb_core::expression::ParseError>(())
/// ```
#[derive(Debug)]
pub struct Parser<'p> {
    references: References<'p>,
}

impl<'p> Parser<'p> {
    /// Creates a parser for one request. Empty placeholders stand for a request without them.
    ///
    /// # Errors
    ///
    /// - [`ParseError::EmptyKey`], [`ParseError::KeyTooLong`] or [`ParseError::KeySyntax`] if a placeholder is not a `#` or `:` with letters,
    ///   digits and underscores after it,
    /// - [`ParseError::EmptyName`] or [`ParseError::NameTooLong`] if a placeholder stands for a name that no attribute has.
    pub fn new(placeholders: &'p Placeholders) -> Result<Self, ParseError> {
        Ok(Self { references: References::new(placeholders)? })
    }

    /// Parses a condition expression.
    ///
    /// # Errors
    ///
    /// Returns [`ParseError::Expression`] if the text is not a condition, or one that the service refuses for any item.
    pub fn condition(&mut self, text: &str) -> Result<Condition, ParseError> {
        self.condition_of(ExpressionKind::Condition, text)
    }

    /// Parses a filter expression.
    ///
    /// # Errors
    ///
    /// Returns [`ParseError::Expression`] if the text is not a condition, or one that the service refuses for any item.
    pub fn filter(&mut self, text: &str) -> Result<Condition, ParseError> {
        self.condition_of(ExpressionKind::Filter, text)
    }

    /// Parses a key condition expression. [`ParsedKeyCondition::for_key`] finds the key attributes in it.
    ///
    /// ```
    /// use djamodb_core::expression::{KeyCondition, Parser, Placeholders, RangeCondition};
    /// use djamodb_core::schema::{KeyAttribute, KeySchema};
    /// use djamodb_core::value::AttributeValue;
    ///
    /// let mut placeholders = Placeholders::default();
    /// placeholders.values.insert(":city".into(), AttributeValue::s("Seattle"));
    /// placeholders.values.insert(":year".into(), AttributeValue::s("2014"));
    /// let mut parser = Parser::new(&placeholders)?;
    /// let parsed = parser.key_condition("begins_with(visited, :year) AND city = :city")?;
    /// parser.finish()?;
    ///
    /// let key = KeySchema::hash_and_range(KeyAttribute::s("city"), KeyAttribute::s("visited"));
    /// let expected = KeyCondition::hash("city", "Seattle").range("visited", RangeCondition::BeginsWith("2014".into()));
    /// assert_eq!(parsed.for_key(&key)?, expected);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`ParseError::Expression`] if the text is not a condition, or one that the service refuses for any key.
    pub fn key_condition(&mut self, text: &str) -> Result<ParsedKeyCondition, ParseError> {
        self.condition_of(ExpressionKind::KeyCondition, text).map(ParsedKeyCondition::from)
    }

    /// Parses an update expression.
    ///
    /// ```
    /// use djamodb_core::expression::{Parser, Path, Placeholders, Update, UpdateOperand};
    /// use djamodb_core::value::AttributeValue;
    ///
    /// let mut placeholders = Placeholders::default();
    /// placeholders.values.insert(":one".into(), AttributeValue::n(1));
    /// let update = Parser::new(&placeholders)?.update("ADD readings :one SET kind = :one REMOVE hint")?;
    /// let kind = UpdateOperand::value(1);
    /// assert_eq!(update, Update::new().set(Path::new("kind"), kind).remove(Path::new("hint")).add(Path::new("readings"), 1));
    /// # Ok::<(), djamodb_core::expression::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`ParseError::Expression`] if the text is not an update, or one that the service refuses for any item.
    pub fn update(&mut self, text: &str) -> Result<Update, ParseError> {
        self.parse(ExpressionKind::Update, text, update::parse)
    }

    /// Parses a projection expression.
    ///
    /// ```
    /// use djamodb_core::expression::{Parser, Path, Placeholders, ProjectionExpression};
    ///
    /// let placeholders = Placeholders::default();
    /// let projection = Parser::new(&placeholders)?.projection("city, station.sensors[0]")?;
    /// let sensor = Path::new("station").key("sensors").index(0);
    /// assert_eq!(projection, ProjectionExpression::new([Path::new("city"), sensor]));
    /// # Ok::<(), djamodb_core::expression::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`ParseError::Expression`] if the text is not a list of paths, or if paths overlap.
    pub fn projection(&mut self, text: &str) -> Result<ProjectionExpression, ParseError> {
        self.parse(ExpressionKind::Projection, text, projection::parse)
    }

    /// Checks that the expressions use all placeholders.
    ///
    /// ```
    /// use djamodb_core::expression::{Parser, Placeholders};
    ///
    /// let mut placeholders = Placeholders::default();
    /// placeholders.names.insert("#n".into(), "name".into());
    /// let mut parser = Parser::new(&placeholders)?;
    /// parser.projection("city")?;
    /// assert_eq!(
    ///     parser.finish().unwrap_err().to_string(),
    ///     "Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}"
    /// );
    /// # Ok::<(), djamodb_core::expression::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`ParseError::Unused`] with the placeholders that no expression uses.
    pub fn finish(self) -> Result<(), ParseError> {
        self.references.check_all_used()
    }

    fn condition_of(&mut self, kind: ExpressionKind, text: &str) -> Result<Condition, ParseError> {
        self.parse(kind, text, |references, tokens| {
            let terms = syntax::parse(tokens, Grammar::Condition)?;
            tokens.check_end()?;
            usage::first(usage::misuses(tokens, Grammar::Condition, &terms))?;
            let condition = condition::build(references, tokens, &terms)?;
            syntax::check_operators(&terms)?;
            Ok(condition)
        })
    }

    fn parse<T>(
        &mut self,
        kind: ExpressionKind,
        text: &str,
        parse: impl FnOnce(&mut References<'p>, &mut Tokens<'_>) -> Result<T, ExpressionFault>,
    ) -> Result<T, ParseError> {
        let parsed = match text.len() {
            0 => Err(ExpressionFault::Empty),
            bytes if bytes > EXPRESSION_BYTES_MAX => {
                Err(ExpressionFault::TooLong { bytes: kind.is_condition().then_some(bytes) })
            }
            _ => parse(&mut self.references, &mut Tokens::of(text)),
        };
        parsed.map_err(|fault| ParseError::Expression { kind, fault })
    }
}

#[cfg(test)]
mod tests;
