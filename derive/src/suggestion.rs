//! Suggestions for misspelt names.

/// Returns the end of a message about the unknown name `given`: the most similar of the known names, and all of them.
///
/// `nouns` is the plural of what the names denote: `fields`.
pub(crate) fn known_names(given: &str, nouns: &str, known: &[impl AsRef<str>]) -> String {
    let hint = most_similar(given, known).map(|word| format!(" (did you mean `{word}`?)")).unwrap_or_default();
    let quoted: Vec<String> = known.iter().map(|word| format!("`{}`", word.as_ref())).collect();
    match quoted.as_slice() {
        [] => format!("; it has no {nouns}"),
        [_] if !hint.is_empty() => hint,
        [only] => format!("; the only one is {only}"),
        [others @ .., last] => format!("{hint}; its {nouns} are {} and {last}", others.join(", ")),
    }
}

/// Returns the known name that is most similar to `given`, or `None` if every name differs in more than a third of its letters (at
/// least one difference is allowed).
pub(crate) fn most_similar<'a>(given: &str, known: &'a [impl AsRef<str>]) -> Option<&'a str> {
    let distance_max = (given.chars().count() / 3).max(1);
    known
        .iter()
        // This distance counts two swapped neighbours as one difference, as the typing error that it is.
        .map(|word| (strsim::osa_distance(given, word.as_ref()), word.as_ref()))
        .filter(|(distance, _)| *distance <= distance_max)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_names_with_a_typing_error() {
        let fields = ["location", "date", "kind", "temp_max"];
        for (given, expected) in [("lokation", "location"), ("kin", "kind"), ("knid", "kind"), ("temp_mx", "temp_max")]
        {
            assert_eq!(most_similar(given, &fields), Some(expected), "{given}");
        }
    }

    #[test]
    fn suggests_no_unrelated_names() {
        assert_eq!(most_similar("humidity", &["location", "date", "kind"]), None);
    }

    #[test]
    fn lists_known_names_as_prose() {
        assert_eq!(known_names("a", "fields", &["b"; 0]), "; it has no fields");
        assert_eq!(known_names("a", "fields", &["xyz"]), "; the only one is `xyz`");
        assert_eq!(known_names("abcd", "fields", &["abce"]), " (did you mean `abce`?)");
        assert_eq!(known_names("x", "fields", &["ab", "cd", "ef"]), "; its fields are `ab`, `cd` and `ef`");
    }
}
