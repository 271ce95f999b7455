//! Texts that the variants of an enum are stored as.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::LitStr;
use syn::ext::IdentExt;

use super::attr::TypeOptions;
use crate::case::RenameRule;
use crate::errors::Errors;

/// A variant and the text it is stored as.
pub(super) struct TextVariant<'a> {
    pub(super) ident: &'a Ident,
    pub(super) text: String,
}

/// Returns the variants. Adds errors for empty texts and for texts of several variants.
pub(super) fn check<'a>(options: &TypeOptions<'a>, errors: &mut Errors) -> Vec<TextVariant<'a>> {
    let rule = options.rename_all.get().copied().unwrap_or(RenameRule::Pascal);
    let mut seen: BTreeMap<String, &Ident> = BTreeMap::new();
    let mut variants = Vec::new();
    for variant in &options.variants {
        let (ident, rename) = (variant.ident, variant.rename.get());
        let text = rename.map_or_else(|| rule.apply(&ident.unraw().to_string()), LitStr::value);
        if let Some(empty) = rename.filter(|_| text.is_empty()) {
            errors.at(empty, "a variant cannot be stored as empty text, since a key attribute cannot be empty");
        } else if let Some(earlier) = seen.insert(text.clone(), ident) {
            let message = format!("`{earlier}` and `{ident}` are both stored as `{text}`; rename one of them");
            match rename {
                Some(rename) => errors.at(rename, message),
                None => errors.at(ident, message),
            }
        }
        variants.push(TextVariant { ident, text });
    }
    variants
}
