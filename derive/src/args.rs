//! The grammar of options: `name`, `name = value` and `name(…)`, separated by commas.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Expr, ExprLit, Lit, LitStr, Path, Result, Token, parenthesized, token};

use crate::errors::Errors;

/// One option as it is written.
pub(crate) struct Arg {
    pub(crate) name: Ident,
    value: Value,
}

enum Value {
    None,
    Expr(Expr),
    List(Vec<Arg>),
}

/// All options in the attributes called `attribute`, such as `#[model(…)]`, of which there may be several.
pub(crate) fn read(attributes: &[Attribute], attribute: &str, errors: &mut Errors) -> Vec<Arg> {
    let mut args = Vec::new();
    for attribute in attributes.iter().filter(|found| found.path().is_ident(attribute)) {
        match attribute.parse_args_with(Punctuated::<Arg, Token![,]>::parse_terminated) {
            Ok(list) => args.extend(list),
            Err(error) => errors.unreadable(error),
        }
    }
    args
}

impl Parse for Arg {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input
            .call(Ident::parse_any)
            .map_err(|error| Error::new(error.span(), "expected an option: `name`, `name = …` or `name(…)`"))?;
        let value = if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            Value::List(Punctuated::<Self, Token![,]>::parse_terminated(&content)?.into_iter().collect())
        } else if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Value::Expr(ungrouped(input.parse()?))
        } else {
            Value::None
        };
        Ok(Self { name, value })
    }
}

impl Arg {
    /// Just the word.
    pub(crate) fn word(&self) -> Result<()> {
        match self.value {
            Value::None => Ok(()),
            _ => Err(self.wrong("takes no value: write just", "")),
        }
    }

    /// Whether there is nothing but the word.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.value, Value::None)
    }

    /// What is written after `=`.
    pub(crate) fn expr(&self) -> Result<&Expr> {
        match &self.value {
            Value::Expr(expr) => Ok(expr),
            _ => Err(self.wrong("takes a value:", " = …")),
        }
    }

    /// Text in quotes.
    pub(crate) fn text(&self) -> Result<LitStr> {
        match &self.value {
            Value::Expr(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => Ok(text.clone()),
            _ => Err(self.wrong("takes text in quotes:", " = \"…\"")),
        }
    }

    /// A path in quotes.
    pub(crate) fn path(&self) -> Result<Path> {
        let text = self.text()?;
        text.parse_with(Path::parse_mod_style)
            .map_err(|_| Error::new_spanned(text, "expected a path, such as `::djamodb`"))
    }

    /// The path of a type, without quotes.
    pub(crate) fn type_path(&self) -> Result<Path> {
        match self.expr()? {
            Expr::Path(path) if path.qself.is_none() => Ok(path.path.clone()),
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                Err(Error::new_spanned(text, format!("a type stands without quotes here: {}", text.value())))
            }
            expr => Err(Error::new_spanned(expr, "expected the name of a type here")),
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self) -> Result<bool> {
        match &self.value {
            Value::Expr(Expr::Lit(ExprLit { lit: Lit::Bool(flag), .. })) => Ok(flag.value),
            _ => Err(self.wrong("is true or false:", " = false")),
        }
    }

    /// One name, without quotes.
    pub(crate) fn ident(&self) -> Result<Ident> {
        self.expr().and_then(ident)
    }

    /// One name, or several in parentheses, without quotes.
    pub(crate) fn idents(&self) -> Result<Vec<Ident>> {
        match self.expr()? {
            Expr::Tuple(tuple) if !tuple.elems.is_empty() => tuple.elems.iter().map(ident).collect(),
            Expr::Paren(parenthesized) => Ok(vec![ident(&parenthesized.expr)?]),
            expr => Ok(vec![ident(expr)?]),
        }
    }

    /// The options in parentheses.
    pub(crate) fn list(&self) -> Result<&[Self]> {
        match &self.value {
            Value::List(args) => Ok(args),
            _ => Err(self.wrong("takes options in parentheses:", "(…)")),
        }
    }

    fn wrong(&self, takes: &str, form: &str) -> Error {
        let name = &self.name;
        Error::new_spanned(name, format!("`{name}` {takes} `{name}{form}`"))
    }
}

/// What a macro that writes the options puts in for a fragment of its own stands in invisible parentheses.
fn ungrouped(expr: Expr) -> Expr {
    match expr {
        Expr::Group(group) => ungrouped(*group.expr),
        expr => expr,
    }
}

/// A name that stands as an expression.
pub(crate) fn ident(expr: &Expr) -> Result<Ident> {
    match expr {
        Expr::Group(group) => ident(&group.expr),
        Expr::Path(path) if path.path.get_ident().is_some() => Ok(path.path.require_ident()?.clone()),
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
            Err(Error::new_spanned(text, format!("a name stands without quotes here: {}", text.value())))
        }
        _ => Err(Error::new_spanned(expr, "expected a name here")),
    }
}
