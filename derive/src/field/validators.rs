//! The option `validate` of fields and structs.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Expr, ExprCall, ExprPath, GenericArgument, Path, PathArguments, Type};

use super::{Field, Storage};
use crate::ast;
use crate::attribute_args::AttributeArg;
use crate::errors::Errors;

/// The validators of a field or a struct, in the order in which they were given.
#[derive(Clone, Default)]
pub(crate) struct Validators(Vec<Expr>);

/// The functions of djamodb that return validators.
const READY_MADE: [&str; 7] = ["range", "min_value", "max_value", "length", "min_length", "max_length", "not_blank"];

impl Validators {
    /// Adds the validators of `validate = validator` or `validate = [validator, …]`. The option can be repeated.
    pub(crate) fn add(&mut self, arg: &AttributeArg, errors: &mut Errors) {
        match arg.expr() {
            Ok(Expr::Array(array)) => array.elems.iter().for_each(|validator| self.push(validator, errors)),
            Ok(validator) => self.push(validator, errors),
            Err(error) => errors.add(error),
        }
    }

    fn push(&mut self, validator: &Expr, errors: &mut Errors) {
        match validator {
            Expr::Lit(literal) => errors.at(
                literal,
                "expected a validator: a function such as `check_total`, or `range(1..=5)`, without quotes",
            ),
            Expr::Path(path) if is_ready_made(path) => {
                errors.at(path, format!("`{}` returns a validator; write `validate = {0}(…)`", quote!(#path)));
            }
            validator => self.0.push(validator.clone()),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the statements that run the validators on the value that the variable `value` borrows and add their errors to `errors`.
    pub(crate) fn run(&self, krate: &Path, value: &TokenStream, errors: &Ident) -> TokenStream {
        self.0
            .iter()
            .map(|validator| {
                let (_, last) = ast::first_and_last_span(validator);
                // With the span of the validator, the compiler reports there that it takes another type.
                let value = located(value.clone(), last);
                let called = called(krate, validator);
                let result = quote_spanned!(last=> #called(#value));
                let validated = ast::respanned(validator, quote!(#krate::model::codegen::validated));
                quote!(#validated(#errors, #result);)
            })
            .collect()
    }
}

/// Returns `true` for the name of a function of djamodb.
fn is_ready_made(path: &ExprPath) -> bool {
    path.path.get_ident().is_some_and(|name| READY_MADE.iter().any(|known| name == known))
}

/// Returns an expression that can be called with the value.
fn called(krate: &Path, validator: &Expr) -> TokenStream {
    match validator {
        Expr::Path(path) => quote!(#path),
        Expr::Call(ExprCall { func, args, .. }) => match &**func {
            Expr::Path(path) if is_ready_made(path) => {
                let function = ast::respanned(path, quote!(#krate::model::validators::#path));
                quote!(#function(#args))
            }
            _ => quote!((#validator)),
        },
        _ => quote!((#validator)),
    }
}

/// Returns the same tokens, located at `location`. Names keep their meaning.
fn located(tokens: TokenStream, location: Span) -> TokenStream {
    let located = tokens.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(location));
        token
    });
    located.collect()
}

impl Field<'_> {
    /// Returns `true` if there are validators to run: those of the field, or those of the values inside it.
    pub(crate) fn has_validators(&self) -> bool {
        matches!(self.storage, Storage::Field) || !self.validators.is_empty()
    }

    /// Returns the statement that runs the validators of the field, and those of the values inside it, and adds their errors to `errors`.
    pub(crate) fn run_validators(&self, krate: &Path, errors: &Ident) -> TokenStream {
        self.run_validators_of(krate, &self.place, errors)
    }

    /// Returns the arm of a match over the names of attributes that runs the validators of the field on the encoded `value`, if that can
    /// be decoded.
    pub(crate) fn run_validators_of_encoded(&self, krate: &Path, value: &Ident, errors: &Ident) -> Option<TokenStream> {
        let (name, ty) = (&self.name, self.ty);
        let decoded = format_ident!("decoded", span = Span::mixed_site());
        if !self.has_validators() {
            return None;
        }
        let run = self.run_validators_of(krate, &quote!(&#decoded), errors);
        let decode = self.attribute_type_item(krate, "decode");
        let from_stored = self.conversion_from_stored(krate).map(|from_stored| quote!(.and_then(#from_stored)));
        Some(quote! {
            #name => {
                let #decoded: ::core::result::Result<#ty, #krate::model::CodecError> = #decode(#value)#from_stored;
                if let ::core::result::Result::Ok(#decoded) = #decoded {
                    #run
                }
            }
        })
    }

    fn run_validators_of(&self, krate: &Path, place: &TokenStream, errors: &Ident) -> TokenStream {
        let Self { ty, name, validators, .. } = self;
        let value = format_ident!("value", span = Span::mixed_site());
        let inside = matches!(self.storage, Storage::Field).then(|| {
            let run_validators = self.attribute_type_item(krate, "run_validators");
            quote!(#run_validators(#value, #errors);)
        });
        if !self.has_validators() {
            return TokenStream::new();
        }
        let own = validators.run(krate, &quote!(#value), errors);
        let own = if is_option(ty) && !validators.is_empty() {
            quote!(if let ::core::option::Option::Some(#value) = #value { #own })
        } else {
            own
        };
        quote! {
            #errors.nested::<#ty>(#name, |#errors| {
                let #value: &#ty = #place;
                #inside
                #own
            });
        }
    }
}

/// Returns `true` for a type that is written as `Option<…>`. Its validators take the value inside.
fn is_option(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| {
        let PathArguments::AngleBracketed(arguments) = &last.arguments else { return false };
        last.ident == "Option"
            && arguments.args.len() == 1
            && matches!(arguments.args.first(), Some(GenericArgument::Type(_)))
    })
}

/// Returns the variable that collects the errors. Its hygiene hides it from expressions that the user wrote.
pub(crate) fn errors() -> Ident {
    format_ident!("errors", span = Span::mixed_site())
}
