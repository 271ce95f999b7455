//! What someone may have meant.

/// What to say after a name that is not among those known: the nearest of them, and all of them.
///
/// `nouns` is what they are: `fields`.
pub(crate) fn among(given: &str, nouns: &str, known: &[impl AsRef<str>]) -> String {
    let hint = nearest(given, known).map(|word| format!(" (did you mean `{word}`?)")).unwrap_or_default();
    let quoted: Vec<String> = known.iter().map(|word| format!("`{}`", word.as_ref())).collect();
    match quoted.as_slice() {
        [] => format!("; it has no {nouns}"),
        [_] if !hint.is_empty() => hint,
        [only] => format!("; the only one is {only}"),
        [others @ .., last] => format!("{hint}; its {nouns} are {} and {last}", others.join(", ")),
    }
}

/// The known word that is nearest, if it is near at all.
pub(crate) fn nearest<'a>(given: &str, known: &'a [impl AsRef<str>]) -> Option<&'a str> {
    let distance_max = (given.chars().count() / 3).max(1);
    known
        .iter()
        .map(|word| (distance(given, word.as_ref()), word.as_ref()))
        .filter(|(distance, _)| *distance <= distance_max)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// How many letters must be added, taken away, replaced, or swapped with their neighbour.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=right.len()).collect()];
    for i in 1..=left.len() {
        let mut row = vec![i];
        for j in 1..=right.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        let fields = ["location", "date", "kind", "temp_max"];
        for (given, meant) in [("lokation", "location"), ("kin", "kind"), ("knid", "kind"), ("temp_mx", "temp_max")] {
            assert_eq!(nearest(given, &fields), Some(meant), "{given}");
        }
    }

    #[test]
    fn another_word_is_not_guessed_at() {
        assert_eq!(nearest("humidity", &["location", "date", "kind"]), None);
    }

    #[test]
    fn what_is_known_reads_as_prose() {
        assert_eq!(among("a", "fields", &["b"; 0]), "; it has no fields");
        assert_eq!(among("a", "fields", &["xyz"]), "; the only one is `xyz`");
        assert_eq!(among("abcd", "fields", &["abce"]), " (did you mean `abce`?)");
        assert_eq!(among("x", "fields", &["ab", "cd", "ef"]), "; its fields are `ab`, `cd` and `ef`");
    }
}
