//! Names of AWS regions.

/// Regions of AWS, from which the nearest name is suggested.
/// <https://docs.aws.amazon.com/general/latest/gr/ddb.html>
const REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eusc-de-east-1",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];

/// Words before the number of a region.
const DIRECTIONS: [&str; 9] =
    ["central", "north", "northeast", "northwest", "east", "south", "southeast", "southwest", "west"];

/// Returns `true` if `name` has the form of a region: an area, a direction and a number, as in `eu-west-1` and `us-gov-east-1`.
/// A region of this form may be newer than this list, so it is not rejected.
pub(super) fn is_plausible(name: &str) -> bool {
    let is_word = |word: &str| (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let mut words = name.rsplit('-');
    let number = words.next().unwrap_or_default();
    let direction = words.next().unwrap_or_default();
    let mut areas = words.peekable();
    (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && DIRECTIONS.contains(&direction)
        && areas.peek().is_some()
        && areas.all(is_word)
}

/// Returns the region with the most similar name, or `None` if no name is similar.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase().replace('_', "-");
    REGIONS
        .iter()
        .map(|&region| (strsim::jaro_winkler(region, &name), region))
        .filter(|(similarity, _)| *similarity > 0.85)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, region)| region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_known_regions_and_new_ones_of_their_form_are_plausible() {
        for region in REGIONS.iter().chain(&["eu-isoe-west-1", "us-iso-east-1", "nz-north-12"]) {
            assert!(is_plausible(region), "{region}");
        }
    }

    #[test]
    fn misspelled_regions_and_host_names_are_not_plausible() {
        for name in ["", "us-esat-1", "us-east1", "us-east", "US-EAST-1", "eu-west-", "-east-1", "east-1", "dynamodb"] {
            assert!(!is_plausible(name), "{name}");
        }
        for (name, region) in [
            ("us-esat-1", "us-east-1"),
            ("EU_WEST_1", "eu-west-1"),
            ("eu-nort-1", "eu-north-1"),
            ("useast1", "us-east-1"),
        ] {
            assert_eq!(nearest(name), Some(region), "{name}");
        }
        assert_eq!(nearest("dynamodb"), None);
    }
}
