//! Managers, as a model or a proxy declares them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Error, Expr, Path, Result};

use crate::ast;
use crate::attribute_args::AttributeArg;
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

const MANAGER_OPTIONS: [&str; 3] = ["index", "filter", "queryset"];

/// `manager(name, index = …, filter = …, queryset = …)`, where an index is written as an `I`.
pub(crate) struct ManagerOptions<I> {
    pub(crate) ident: Ident,
    pub(crate) index: UniqueOption<I>,
    pub(crate) filter: UniqueOption<BaseFilter>,
    /// The type of the querysets, without its type parameters.
    pub(crate) queryset: UniqueOption<Path>,
}

/// `filter = …`. The compiler checks that the expression is a lookup of the model.
#[derive(Clone)]
pub(crate) struct BaseFilter {
    option: Ident,
    lookups: Expr,
}

impl<I> ManagerOptions<I> {
    /// Returns a manager without options.
    pub(crate) fn new(ident: Ident) -> Self {
        Self {
            ident,
            index: UniqueOption::default(),
            filter: UniqueOption::default(),
            queryset: UniqueOption::default(),
        }
    }

    pub(crate) fn read(
        arg: &AttributeArg,
        read_index: fn(&AttributeArg) -> Result<I>,
        errors: &mut Errors,
    ) -> Option<Self> {
        let (ident, args) = arg.named(errors)?;
        let mut manager = Self::new(ident);
        for arg in args {
            let name = &arg.name;
            match name.to_string().as_str() {
                "index" => manager.index.set(name, read_index(arg), errors),
                "filter" => manager.filter.set(name, BaseFilter::read(arg), errors),
                "queryset" => manager.queryset.set(name, arg.type_path(), errors),
                _ => errors.unknown_option(name, "a manager", &MANAGER_OPTIONS),
            }
        }
        Some(manager)
    }
}

impl BaseFilter {
    fn read(arg: &AttributeArg) -> Result<Self> {
        match arg.expr()? {
            expr @ (Expr::Assign(_) | Expr::Lit(_)) => {
                Err(Error::new_spanned(expr, "expected a lookup, such as `Self::KIND.eq(\"rain\")`"))
            }
            lookups => Ok(Self { option: arg.name.clone(), lookups: lookups.clone() }),
        }
    }

    /// Returns the call that adds the filter to a manager.
    pub(crate) fn call(&self) -> TokenStream {
        let Self { option, lookups } = self;
        // With the option's span, the compiler reports a filter of the wrong type there instead of at the derive.
        let with_filter = Ident::new("with_filter", option.span());
        quote!(.#with_filter(#lookups))
    }
}

/// Returns the first value of a manager of the type `ty`. The compiler reports querysets that do not fit at the option `queryset`.
pub(crate) fn first(ty: &TokenStream, queryset: Option<&Path>) -> TokenStream {
    let span = queryset.map_or_else(Span::call_site, |queryset| ast::first_and_last_span(queryset).0);
    quote_spanned!(span=> <#ty as ::core::default::Default>::default())
}

/// Returns the documentation of a manager.
pub(crate) fn documentation(source: &str, filter: Option<&BaseFilter>) -> String {
    match filter {
        None => format!("Returns a manager that reads {source}."),
        Some(_) => format!("Returns a manager that reads {source} with a filter."),
    }
}
