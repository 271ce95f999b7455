//! `#[derive(AttributeType)]` of enums.

mod attr;
mod expand;
#[cfg(test)]
mod tests;
mod validate;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{DataEnum, DeriveInput, LitStr, Path, Type, Visibility};

use crate::attribute_type_impl::AttributeTypeImpl;
use crate::errors::Errors;
use crate::fields::Fields;

/// An enum and its options.
struct Enumeration<'a> {
    ident: &'a Ident,
    visibility: &'a Visibility,
    krate: Path,
    form: Form,
    /// The variants that are stored under names of their own.
    variants: Vec<Variant<'a>>,
    fallback: Option<Fallback<'a>>,
}

/// Place of a variant's name in the stored value.
enum Form {
    /// The value is text, the name. No variant has data.
    Text,
    /// The value is text, the name, or a map from the name to the content.
    External,
    /// The value is a map with the entries of the content and the name at `tag`.
    Internal { tag: LitStr },
    /// The value is a map with the name at `tag` and the content at `content`.
    Adjacent { tag: LitStr, content: LitStr },
}

/// A variant that is stored under a name of its own.
struct Variant<'a> {
    ident: &'a Ident,
    /// The name that the variant is stored as.
    name: String,
    rename: Option<LitStr>,
    content: Content<'a>,
}

/// The data of a variant.
enum Content<'a> {
    Unit,
    Newtype(&'a Type),
    Tuple(Vec<&'a Type>),
    Named(Fields<'a>),
}

/// The variant of values that are of no other variant.
struct Fallback<'a> {
    ident: &'a Ident,
    /// Type that decodes the whole value.
    ty: &'a Type,
}

impl Enumeration<'_> {
    /// Returns the entry of the name, if it is stored among those of the content.
    fn inner_tag(&self) -> Option<&LitStr> {
        if let Form::Internal { tag } = &self.form { Some(tag) } else { None }
    }

    /// Returns the stored names of the variants with or without data.
    fn names(&self, is_unit: bool) -> Vec<&str> {
        let variants = self.variants.iter().filter(|variant| variant.is_unit() == is_unit);
        variants.map(|variant| variant.name.as_str()).collect()
    }
}

impl Variant<'_> {
    fn is_unit(&self) -> bool {
        matches!(self.content, Content::Unit)
    }

    /// Returns the types that the variant holds.
    fn types(&self) -> Vec<&Type> {
        match &self.content {
            Content::Unit => Vec::new(),
            Content::Newtype(ty) => vec![ty],
            Content::Tuple(types) => types.clone(),
            Content::Named(fields) => {
                let stored = fields.stored.iter().map(|field| field.ty);
                stored.chain(fields.flattened.iter().map(|field| field.ty)).collect()
            }
        }
    }
}

/// Returns the implementation, or the errors and a stub of it.
pub(crate) fn derive(input: &DeriveInput, data: &DataEnum) -> TokenStream {
    let mut errors = Errors::default();
    let enumeration = attr::read(input, data, &mut errors);
    validate::check(&enumeration, &mut errors);
    if errors.is_empty() {
        return expand::enumeration(input, &enumeration);
    }
    let stub = AttributeTypeImpl::stub().implement(&enumeration.krate, input, None);
    let (errors, constants) = (errors.to_compile_errors(), expand::constants(input, &enumeration));
    quote!(#errors #constants #stub)
}
