//! Names in other cases.

use proc_macro2::Ident;
use syn::ext::IdentExt;

/// The name of a constant: `temp_max` and `tempMax` become `TEMP_MAX`. A raw identifier loses its `r#`.
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

/// The name of a type: `kind_temperature_index` becomes `KindTemperatureIndex`.
pub(crate) fn type_name(ident: &Ident) -> String {
    ident.unraw().to_string().split('_').map(capitalized).collect()
}

/// How the variants of an enum are written.
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
    /// All rules by their names.
    pub(crate) const ALL: [(&'static str, Self); 7] = [
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
    ];

    /// The variant's name after this rule. Words begin at capital letters, as for `serde`.
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
    fn constants_are_screaming() {
        let raw = Ident::new_raw("type", Span::call_site());
        assert_eq!(constant(&raw), "TYPE");
        for (field, expected) in [("temp_max", "TEMP_MAX"), ("tempMax", "TEMP_MAX"), ("_id", "_ID"), ("pm25", "PM25")] {
            assert_eq!(constant(&Ident::new(field, Span::call_site())), expected);
        }
    }

    #[test]
    fn types_are_pascal() {
        let ident = Ident::new("kind_temperature_index", Span::call_site());
        assert_eq!(type_name(&ident), "KindTemperatureIndex");
    }

    #[test]
    fn every_rule_writes_what_its_name_shows() {
        let written = RenameRule::ALL.map(|(_, rule)| rule.apply("LightRain"));
        let expected = ["LightRain", "lightRain", "light_rain", "LIGHT_RAIN", "light-rain", "lightrain", "LIGHTRAIN"];
        assert_eq!(written, expected);
    }
}
