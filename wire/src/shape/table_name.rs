//! Names of tables in requests, which may be ARNs.

use djamodb_core::value::Name;

use crate::json::Text;

/// Returns the name of a table by its name or its ARN.
///
/// ARNs have the form `arn:aws:dynamodb:REGION:ACCOUNT:table/NAME`. Any other text is the name itself, which the driver checks.
pub(crate) fn read(Text(text): Text) -> Name {
    let mut parts = text.splitn(6, ':');
    let is_arn = parts.next() == Some("arn") && parts.nth(1) == Some("dynamodb");
    let of_arn = if is_arn { parts.nth(2).and_then(|resource| resource.strip_prefix("table/")) } else { None };
    match of_arn {
        Some(name) => Name::from(name),
        None => Name::from(text),
    }
}

pub(crate) fn write(name: &Name) -> Text {
    Text(name.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_names_its_table() {
        let read = |text: &str| read(Text(text.to_owned())).as_str().to_owned();
        assert_eq!(read("weather"), "weather");
        assert_eq!(read("arn:aws:dynamodb:eu-west-1:123456789012:table/weather"), "weather");
        for text in ["arn:aws:dynamodb:eu-west-1:1:backup/x", "arn:aws:s3:::weather", "arn:", "arn:aws:dynamodb"] {
            assert_eq!(read(text), text);
        }
    }
}
