//! The arguments of attributes such as `#[model(…)]`: `name`, `name = value` and `name(…)`, separated by commas.
//!
//! Messages call them options, as the documentation does.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Expr, ExprLit, Lit, LitStr, Path, Result, Token, parenthesized, token};

use crate::errors::Errors;

/// One option as written.
pub(crate) struct AttributeArg {
    pub(crate) name: Ident,
    value: ArgValue,
}

enum ArgValue {
    None,
    Expr(Expr),
    List(Vec<AttributeArg>),
}

/// Parses the options of all attributes named `attribute`, of which a type or a field can have several.
pub(crate) fn parse_all(attributes: &[Attribute], attribute: &str, errors: &mut Errors) -> Vec<AttributeArg> {
    let mut args = Vec::new();
    for attribute in attributes.iter().filter(|found| found.path().is_ident(attribute)) {
        match attribute.parse_args_with(Punctuated::<AttributeArg, Token![,]>::parse_terminated) {
            Ok(list) => args.extend(list),
            Err(error) => errors.unparsable(error),
        }
    }
    args
}

impl Parse for AttributeArg {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input
            .call(Ident::parse_any)
            .map_err(|error| Error::new(error.span(), "expected an option: `name`, `name = …` or `name(…)`"))?;
        let value = if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            ArgValue::List(Punctuated::<Self, Token![,]>::parse_terminated(&content)?.into_iter().collect())
        } else if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            ArgValue::Expr(without_group(input.parse()?))
        } else {
            ArgValue::None
        };
        Ok(Self { name, value })
    }
}

impl AttributeArg {
    /// Checks that the option has no value.
    pub(crate) fn word(&self) -> Result<()> {
        match self.value {
            ArgValue::None => Ok(()),
            _ => Err(self.wrong_form("takes no value; write", "")),
        }
    }

    /// Returns `true` if the option has no value.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.value, ArgValue::None)
    }

    /// Returns `true` if the option has options of its own in parentheses.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.value, ArgValue::List(_))
    }

    /// Returns the value of `name = value`.
    pub(crate) fn expr(&self) -> Result<&Expr> {
        match &self.value {
            ArgValue::Expr(expr) => Ok(expr),
            _ => Err(self.wrong_form("takes a value; write", " = …")),
        }
    }

    /// Returns the value of `name = "text"`.
    pub(crate) fn text(&self) -> Result<LitStr> {
        match &self.value {
            ArgValue::Expr(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => Ok(text.clone()),
            _ => Err(self.wrong_form("takes text in quotes; write", " = \"…\"")),
        }
    }

    /// Returns the value of `name = "path"`, parsed.
    pub(crate) fn path(&self) -> Result<Path> {
        let text = self.text()?;
        text.parse_with(Path::parse_mod_style)
            .map_err(|_| Error::new_spanned(text, "expected a path, such as `::djamodb`"))
    }

    /// Returns the value of `name = Type`.
    pub(crate) fn type_path(&self) -> Result<Path> {
        match self.expr()? {
            Expr::Path(path) if path.qself.is_none() => Ok(path.path.clone()),
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                Err(Error::new_spanned(text, format!("write the type without quotes: `{}`", text.value())))
            }
            expr => Err(Error::new_spanned(expr, "expected the name of a type")),
        }
    }

    /// Returns the value of `name = function` or `name = path::to::function`.
    pub(crate) fn function_path(&self) -> Result<Path> {
        match self.expr()? {
            Expr::Path(path) if path.qself.is_none() => Ok(path.path.clone()),
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                Err(Error::new_spanned(text, format!("write the name without quotes: `{}`", text.value())))
            }
            expr => Err(Error::new_spanned(expr, "expected the name of a function")),
        }
    }

    /// Returns the value of `name = true` or `name = false`.
    pub(crate) fn flag(&self) -> Result<bool> {
        match &self.value {
            ArgValue::Expr(Expr::Lit(ExprLit { lit: Lit::Bool(flag), .. })) => Ok(flag.value),
            _ => Err(self.wrong_form("takes `true` or `false`; write", " = false")),
        }
    }

    /// Returns the value of `name = true` or `name = false`; `name` is `true`.
    pub(crate) fn switch(&self) -> Result<bool> {
        match &self.value {
            ArgValue::None => Ok(true),
            ArgValue::Expr(Expr::Lit(ExprLit { lit: Lit::Bool(flag), .. })) => Ok(flag.value),
            _ => Err(self.wrong_form("takes `true`, `false` or no value; write", " = false")),
        }
    }

    /// Returns the value of `name = ident`.
    pub(crate) fn ident(&self) -> Result<Ident> {
        self.expr().and_then(ident)
    }

    /// Returns the values of `name = ident` or `name = (ident, …)`.
    pub(crate) fn idents(&self) -> Result<Vec<Ident>> {
        match self.expr()? {
            Expr::Tuple(tuple) if !tuple.elems.is_empty() => tuple.elems.iter().map(ident).collect(),
            Expr::Paren(parenthesized) => Ok(vec![ident(&parenthesized.expr)?]),
            expr => Ok(vec![ident(expr)?]),
        }
    }

    /// Returns the options of `name(…)`.
    pub(crate) fn list(&self) -> Result<&[Self]> {
        match &self.value {
            ArgValue::List(args) => Ok(args),
            _ => Err(self.wrong_form("takes options in parentheses; write", "(…)")),
        }
    }

    /// Splits `option(name, …)` into the name and the other options.
    pub(crate) fn named(&self, errors: &mut Errors) -> Option<(Ident, &[Self])> {
        let read = self.list().and_then(|args| match args {
            [first, rest @ ..] if first.is_word() => Ok((first.name.clone(), rest)),
            _ => {
                let option = &self.name;
                Err(Error::new_spanned(option, format!("`{option}` must begin with a name; write `{option}(name, …)`")))
            }
        });
        read.map_err(|error| errors.unparsable(error)).ok()
    }

    fn wrong_form(&self, problem: &str, form: &str) -> Error {
        let name = &self.name;
        Error::new_spanned(name, format!("`{name}` {problem} `{name}{form}`"))
    }
}

/// Removes the invisible parentheses around a fragment that a `macro_rules` macro substitutes.
fn without_group(expr: Expr) -> Expr {
    match expr {
        Expr::Group(group) => without_group(*group.expr),
        expr => expr,
    }
}

/// Returns the identifier that an expression consists of.
pub(crate) fn ident(expr: &Expr) -> Result<Ident> {
    match expr {
        Expr::Group(group) => ident(&group.expr),
        Expr::Path(path) if path.path.get_ident().is_some() => Ok(path.path.require_ident()?.clone()),
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
            Err(Error::new_spanned(text, format!("write the name without quotes: `{}`", text.value())))
        }
        _ => Err(Error::new_spanned(expr, "expected a name")),
    }
}
