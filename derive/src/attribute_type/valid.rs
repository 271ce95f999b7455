//! The texts of an enum's variants.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::LitStr;
use syn::ext::IdentExt;

use super::attr::Options;
use crate::case::RenameRule;
use crate::errors::Errors;

/// A variant and the text it is kept as.
pub(super) struct Variant<'a> {
    pub(super) ident: &'a Ident,
    pub(super) text: String,
}

pub(super) fn check<'a>(options: &Options<'a>, errors: &mut Errors) -> Vec<Variant<'a>> {
    let rule = options.rename_all.get().copied().unwrap_or(RenameRule::Pascal);
    let mut seen: BTreeMap<String, &Ident> = BTreeMap::new();
    let mut variants = Vec::new();
    for variant in &options.variants {
        let (ident, rename) = (variant.ident, variant.rename.get());
        let text = rename.map_or_else(|| rule.apply(&ident.unraw().to_string()), LitStr::value);
        if let Some(empty) = rename.filter(|_| text.is_empty()) {
            errors.at(empty, "a variant cannot be kept as no text: a key attribute is never empty");
        } else if let Some(earlier) = seen.insert(text.clone(), ident) {
            let message = format!("`{earlier}` and `{ident}` would both be kept as `{text}`");
            match rename {
                Some(rename) => errors.at(rename, message),
                None => errors.at(ident, message),
            }
        }
        variants.push(Variant { ident, text });
    }
    variants
}
