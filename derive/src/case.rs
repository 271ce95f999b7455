//! Conversions between cases of names.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Error, Result};

use crate::attribute_args::AttributeArg;
use crate::suggestion;

/// Returns the name of the constant for a field: `TEMP_MAX` for `temp_max` and `tempMax`. The `r#` of a raw identifier is removed.
pub(crate) fn constant(ident: &Ident) -> Ident {
    let mut name = String::new();
    let mut after_lower = false;
    for letter in ident.unraw().to_string().chars() {
        if letter.is_uppercase() && after_lower {
            name.push('_');
        }
        after_lower = letter.is_lowercase() || letter.is_numeric();
        name.extend(letter.to_uppercase());
    }
    Ident::new(&name, ident.span())
}

/// Returns the type name for an index: `KindTemperatureIndex` for `kind_temperature_index`.
pub(crate) fn type_name(ident: &Ident) -> String {
    ident.unraw().to_string().split('_').map(capitalized).collect()
}

/// Case in which the variants of an enum or the fields of a struct are stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RenameRule {
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    Lower,
    Upper,
}

impl RenameRule {
    /// All rules with the names that `rename_all` accepts.
    pub(crate) const ALL: [(&'static str, Self); 7] = [
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
    ];

    /// Returns the rule that the option names.
    pub(crate) fn read(arg: &AttributeArg) -> Result<Self> {
        let text = arg.text()?;
        let given = text.value();
        let found = Self::ALL.into_iter().find(|(name, _)| *name == given);
        found.map(|(_, rule)| rule).ok_or_else(|| {
            let names = Self::ALL.map(|(name, _)| name);
            let known = suggestion::known_names(&given, "values", &names);
            Error::new_spanned(text, format!("`rename_all` has no value `{given}`{known}"))
        })
    }

    /// Returns the field's name in this case. As in serde, each underscore separates words.
    pub(crate) fn apply_to_field(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_uppercase(),
            Self::Kebab => field.replace('_', "-"),
            Self::Pascal => field.split('_').map(capitalized).collect(),
            Self::Camel => Self::Camel.apply(&Self::Pascal.apply_to_field(field)),
        }
    }

    /// Returns the variant's name in this case. As in serde, each capital letter begins a word.
    pub(crate) fn apply(self, variant: &str) -> String {
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Camel => {
                let mut letters = variant.chars();
                letters.next().map(char::to_lowercase).into_iter().flatten().chain(letters).collect()
            }
            Self::Snake => words(variant, "_"),
            Self::ScreamingSnake => words(variant, "_").to_uppercase(),
            Self::Kebab => words(variant, "-"),
            Self::Lower => variant.to_lowercase(),
            Self::Upper => variant.to_uppercase(),
        }
    }
}

fn words(variant: &str, separator: &str) -> String {
    let mut joined = String::new();
    for (at, letter) in variant.char_indices() {
        if letter.is_uppercase() && at > 0 {
            joined.push_str(separator);
        }
        joined.extend(letter.to_lowercase());
    }
    joined
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;

    #[test]
    fn converts_fields_to_upper_case_constants() {
        let raw = Ident::new_raw("type", Span::call_site());
        assert_eq!(constant(&raw), "TYPE");
        for (field, expected) in [("temp_max", "TEMP_MAX"), ("tempMax", "TEMP_MAX"), ("_id", "_ID"), ("pm25", "PM25")] {
            assert_eq!(constant(&Ident::new(field, Span::call_site())), expected);
        }
    }

    #[test]
    fn converts_indexes_to_pascal_case_types() {
        let ident = Ident::new("kind_temperature_index", Span::call_site());
        assert_eq!(type_name(&ident), "KindTemperatureIndex");
    }

    #[test]
    fn applies_each_rule_to_fields() {
        let written = RenameRule::ALL.map(|(_, rule)| rule.apply_to_field("temp_max"));
        let expected = ["TempMax", "tempMax", "temp_max", "TEMP_MAX", "temp-max", "temp_max", "TEMP_MAX"];
        assert_eq!(written, expected);
    }

    #[test]
    fn applies_each_rule_in_the_case_of_its_name() {
        let written = RenameRule::ALL.map(|(_, rule)| rule.apply("LightRain"));
        let expected = ["LightRain", "lightRain", "light_rain", "LIGHT_RAIN", "light-rain", "lightrain", "LIGHTRAIN"];
        assert_eq!(written, expected);
    }
}
