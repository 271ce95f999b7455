//! Rules for resource-based policies: the resource that has one, the size of the text.

use djamodb_core::service::limits::RESOURCE_POLICY_BYTES_MAX;

use crate::error::ValidationError;

/// Checks that an ARN can be one of a table or a stream of this service.
pub(crate) fn resource(arn: &str) -> Result<(), ValidationError> {
    let Some(rest) = arn.strip_prefix("arn:") else {
        return Err(ValidationError::ResourceArn(arn.to_owned()));
    };
    // The partition, the service, the region, the account and the resource.
    let mut parts = rest.splitn(5, ':');
    let (service, resource) = (parts.nth(1), parts.nth(2));
    let mut segments = resource.unwrap_or_default().split('/');
    match (service, segments.next(), segments.next(), segments.next(), segments.next()) {
        (Some("dynamodb"), Some("table"), Some(_), None, None)
        | (Some("dynamodb"), Some("table"), Some(_), Some("stream"), Some(_)) => Ok(()),
        (Some("dynamodb"), Some("table"), Some(_), Some("index"), Some(_)) => {
            Err(ValidationError::PolicyOfIndex(arn.to_owned()))
        }
        _ => Err(ValidationError::NotDynamoDbArn(arn.to_owned())),
    }
}

/// Checks the text of a policy: its size, and that it can be an object in JSON. The statements are not read.
pub(crate) fn text(policy: &str) -> Result<(), ValidationError> {
    let trimmed = policy.trim();
    if policy.len() > RESOURCE_POLICY_BYTES_MAX {
        Err(ValidationError::PolicyTooLarge)
    } else if trimmed.len() < 2 || !trimmed.starts_with('{') || !trimmed.ends_with('}') {
        Err(ValidationError::PolicyNotJson)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_streams_have_policies() {
        let arn = |rest: &str| format!("arn:aws:dynamodb:memory:000000000000:{rest}");
        for of in ["table/users", "table/users/stream/2026-01-01T00:00:00.000"] {
            assert_eq!(resource(&arn(of)), Ok(()), "{of}");
        }
        assert_eq!(resource("users"), Err(ValidationError::ResourceArn("users".into())));
        let index = arn("table/users/index/by_age");
        assert_eq!(resource(&index), Err(ValidationError::PolicyOfIndex(index.clone())));
        for of in [arn("table/users/backup/0170"), arn("table"), "arn:aws:s3:::bucket".into(), "arn:".into()] {
            assert_eq!(resource(&of), Err(ValidationError::NotDynamoDbArn(of.clone())));
        }
    }

    #[test]
    fn a_policy_is_an_object_of_at_most_20_kb() {
        let of = |bytes: usize| format!("{{{}}}", " ".repeat(bytes - 2));
        assert_eq!(text(&of(20 * 1024)), Ok(()));
        assert_eq!(text(&of(20 * 1024 + 1)), Err(ValidationError::PolicyTooLarge));
        for invalid in ["", " ", "{", "[]", "}{"] {
            assert_eq!(text(invalid), Err(ValidationError::PolicyNotJson), "{invalid}");
        }
    }
}
