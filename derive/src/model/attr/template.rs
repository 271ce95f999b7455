//! Key attributes that are composed of fields, as written: `sk = "ORDER#{placed_at}#{number:08}"`.

use proc_macro2::Ident;
use syn::{Error, LitStr, Result};

use crate::attribute_args::AttributeArg;
use crate::errors::Errors;

/// A key attribute in `hash_key(…)` or `range_key(…)`.
#[derive(Clone)]
pub(in crate::model) enum KeyArg {
    /// A field, or the discriminator.
    Name(Ident),
    /// An attribute that is composed of fields.
    Template(TemplateArg),
}

/// `name = "text"`.
#[derive(Clone)]
pub(in crate::model) struct TemplateArg {
    pub(in crate::model) ident: Ident,
    pub(in crate::model) text: LitStr,
    pub(in crate::model) pieces: Vec<PieceArg>,
}

/// A piece of the text.
#[derive(Clone, PartialEq)]
pub(in crate::model) enum PieceArg {
    Literal(String),
    Part { field: String, form: PartForm },
}

/// The form of a field in the text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::model) enum PartForm {
    Plain,
    Padded(usize),
    Escaped,
}

/// Maximum number of digits that a number is filled up to, as many as DynamoDB stores.
const DIGITS_MAX: usize = 38;

/// The last character, which the planner appends to a prefix to bound the keys that begin with it.
const PREFIX_END: char = '\u{10FFFF}';

impl KeyArg {
    /// Reads `option = field`, `option = (field, …)`, and `option(name = "text", field, …)`.
    pub(super) fn read_all(arg: &AttributeArg, errors: &mut Errors) -> Option<Vec<Self>> {
        if !arg.is_list() {
            let idents = arg.idents().map_err(|error| errors.add(error)).ok()?;
            return Some(idents.into_iter().map(Self::Name).collect());
        }
        let read = |arg: &AttributeArg| {
            if arg.is_word() { Ok(Self::Name(arg.name.clone())) } else { TemplateArg::read(arg).map(Self::Template) }
        };
        let keys: Vec<_> = arg.list().ok()?.iter().map(read).collect();
        if keys.is_empty() {
            errors.at(&arg.name, format!("`{0}` names no attribute; write `{0}(name = \"…\")`", arg.name));
            return None;
        }
        keys.into_iter().map(|key| key.map_err(|error| errors.add(error)).ok()).collect()
    }
}

impl TemplateArg {
    fn read(arg: &AttributeArg) -> Result<Self> {
        let text = arg.text()?;
        let pieces = pieces(&text)?;
        Ok(Self { ident: arg.name.clone(), text, pieces })
    }
}

/// Splits the text at its braces. `{{` and `}}` are braces of the literal text.
fn pieces(text: &LitStr) -> Result<Vec<PieceArg>> {
    let error = |message: String| Error::new(text.span(), message);
    let value = text.value();
    let (mut pieces, mut literal) = (Vec::new(), String::new());
    let mut rest = value.as_str();
    while let Some(character) = rest.chars().next() {
        let (_, after) = rest.split_at(character.len_utf8());
        match character {
            '{' | '}' if after.starts_with(character) => {
                literal.push(character);
                rest = &after[1..];
            }
            '{' => {
                let Some((name, following)) = after.split_once('}') else {
                    return Err(error("`{` has no `}`; write `{field}`, or `{{` for the character".to_owned()));
                };
                if !literal.is_empty() {
                    pieces.push(PieceArg::Literal(std::mem::take(&mut literal)));
                }
                pieces.push(part(name).map_err(error)?);
                rest = following;
            }
            '}' => return Err(error("`}` has no `{`; write `}}` for the character".to_owned())),
            PREFIX_END => {
                return Err(error(
                    "a key cannot contain the character U+10FFFF, which ends the range of texts with a prefix; remove it"
                        .to_owned(),
                ));
            }
            other => {
                literal.push(other);
                rest = after;
            }
        }
    }
    if !literal.is_empty() {
        pieces.push(PieceArg::Literal(literal));
    }
    if pieces.is_empty() {
        return Err(error("a key cannot be empty".to_owned()));
    }
    if let Some(between) = pieces.windows(2).find_map(unseparated) {
        return Err(error(between));
    }
    Ok(pieces)
}

/// Returns the message for a part that ends nowhere, since another part follows without text between them.
fn unseparated(pair: &[PieceArg]) -> Option<String> {
    match pair {
        [PieceArg::Part { field, form }, PieceArg::Part { field: next, .. }]
            if !matches!(form, PartForm::Padded(_)) =>
        {
            Some(format!(
                "nothing separates `{field}` from `{next}`; write text between them, such as `{{{field}}}#{{{next}}}`"
            ))
        }
        _ => None,
    }
}

fn part(text: &str) -> std::result::Result<PieceArg, String> {
    let (field, form) = text.split_once(':').map_or((text, None), |(field, form)| (field, Some(form)));
    if syn::parse_str::<Ident>(field).is_err() && syn::parse_str::<Ident>(&format!("r#{field}")).is_err() {
        return Err(format!(
            "`{field}` is no name of a field; write `{{field}}`, `{{field:08}}` or `{{field:escaped}}`"
        ));
    }
    let form = match form {
        None => PartForm::Plain,
        Some("escaped") => PartForm::Escaped,
        Some(digits) => match digits.strip_prefix('0').and_then(|digits| digits.parse().ok()) {
            Some(digits) if (1..=DIGITS_MAX).contains(&digits) => PartForm::Padded(digits),
            _ => {
                return Err(format!(
                    "`{digits}` is no form of a field in a key; write `{{{field}:08}}` for a number of 8 digits, at most {DIGITS_MAX}, or \
                     `{{{field}:escaped}}` for text that may contain what follows it"
                ));
            }
        },
    };
    Ok(PieceArg::Part { field: field.to_owned(), form })
}
