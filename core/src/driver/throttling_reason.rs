//! Reasons of throttled requests.

use std::fmt;

use serde_json::Value as Json;

use super::json_members::json_members;

/// Maximum number of reasons that are kept of one response.
const REASONS_MAX: usize = 100;

/// A reason for which the service throttled a request, with the table or the index whose throughput is exceeded.
///
/// See [ThrottlingReason](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ThrottlingReason.html).
///
/// ```
/// use djamodb_core::driver::{ThrottledAccess, ThrottlingLimit, ThrottlingReason};
///
/// let arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/weather/index/by_kind";
/// let reason = ThrottlingReason::new("IndexWriteKeyRangeThroughputExceeded").with_resource(arn);
/// assert_eq!((reason.table(), reason.index()), (Some("weather"), Some("by_kind")));
/// assert_eq!(reason.access(), Some(ThrottledAccess::Write));
/// assert_eq!(reason.limit(), Some(ThrottlingLimit::KeyRange));
/// assert_eq!(
///     reason.to_string(),
///     "writes of the index by_kind of the table weather exceed the throughput of a key range \
///      (IndexWriteKeyRangeThroughputExceeded); spread the hash key over more values"
/// );
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThrottlingReason {
    code: String,
    resource: Option<String>,
}

/// The kind of access that was throttled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ThrottledAccess {
    /// A read.
    Read,
    /// A write.
    Write,
}

/// The limit that a throttled request exceeded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ThrottlingLimit {
    /// The units that are provisioned for the table or the index.
    Provisioned,
    /// The maximum that the table or the index in on-demand mode is configured with.
    OnDemandMaximum,
    /// The throughput of one partition, which a few hash keys use.
    KeyRange,
    /// The quota of the AWS account for each table in on-demand mode.
    Account,
}

impl ThrottlingReason {
    /// Creates a reason with the service's code, such as `TableReadProvisionedThroughputExceeded`.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), resource: None }
    }

    /// Sets the Amazon Resource Name of the table or the index.
    #[must_use]
    pub fn with_resource(self, resource: impl Into<String>) -> Self {
        Self { resource: Some(resource.into()), ..self }
    }

    /// Returns the reasons in the body of an error response, at most 100. A body without a valid list has none, so that the error is the
    /// same as without reasons.
    ///
    /// ```
    /// use djamodb_core::driver::ThrottlingReason;
    ///
    /// let body = br#"{"message": "slow down", "ThrottlingReasons": [{"reason": "TableWriteAccountLimitExceeded"}]}"#;
    /// assert_eq!(ThrottlingReason::of_body(body), [ThrottlingReason::new("TableWriteAccountLimitExceeded")]);
    /// assert_eq!(ThrottlingReason::of_body(b"<html>"), []);
    /// ```
    pub fn of_body(body: &[u8]) -> Vec<Self> {
        // `ThrottlingException` spells the name with a small letter.
        let Ok([reasons, small_letter]) = json_members(body, ["ThrottlingReasons", "throttlingReasons"]) else {
            return Vec::new();
        };
        let Some(Json::Array(reasons)) = reasons.or(small_letter) else { return Vec::new() };
        let reasons = reasons.into_iter().filter_map(|reason| {
            let text = |name| reason.get(name).and_then(Json::as_str).map(str::to_owned);
            Some(Self { code: text("reason")?, resource: text("resource") })
        });
        reasons.take(REASONS_MAX).collect()
    }

    /// Returns the code as the service spells it.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns the Amazon Resource Name of the table or the index, or `None` if the service named none.
    pub fn resource(&self) -> Option<&str> {
        self.resource.as_deref()
    }

    /// Returns the name of the table, or `None` if the service named none.
    pub fn table(&self) -> Option<&str> {
        self.names().map(|(table, _)| table)
    }

    /// Returns the name of the index, or `None` if the throughput of the table is exceeded.
    pub fn index(&self) -> Option<&str> {
        self.names()?.1
    }

    fn names(&self) -> Option<(&str, Option<&str>)> {
        let (_, path) = self.resource()?.split_once(":table/")?;
        Some(path.split_once("/index/").map_or((path, None), |(table, index)| (table, Some(index))))
    }

    /// Returns the kind of access, or `None` for a code that this version does not know.
    pub fn access(&self) -> Option<ThrottledAccess> {
        self.parts().map(|(access, _)| access)
    }

    /// Returns the limit, or `None` for a code that this version does not know.
    pub fn limit(&self) -> Option<ThrottlingLimit> {
        self.parts().map(|(_, limit)| limit)
    }

    fn parts(&self) -> Option<(ThrottledAccess, ThrottlingLimit)> {
        let rest = self.code.strip_prefix("Table").or_else(|| self.code.strip_prefix("Index"))?;
        let (access, rest) = match (rest.strip_prefix("Read"), rest.strip_prefix("Write")) {
            (Some(rest), _) => (ThrottledAccess::Read, rest),
            (_, Some(rest)) => (ThrottledAccess::Write, rest),
            (None, None) => return None,
        };
        let limit = match rest {
            "ProvisionedThroughputExceeded" => ThrottlingLimit::Provisioned,
            "MaxOnDemandThroughputExceeded" => ThrottlingLimit::OnDemandMaximum,
            "KeyRangeThroughputExceeded" => ThrottlingLimit::KeyRange,
            "AccountLimitExceeded" => ThrottlingLimit::Account,
            _ => return None,
        };
        Some((access, limit))
    }
}

impl ThrottlingLimit {
    /// Returns the limit and the remedy, in words.
    const fn description(self) -> (&'static str, &'static str) {
        match self {
            Self::Provisioned => ("the provisioned throughput", "provision more units, or use auto scaling"),
            Self::OnDemandMaximum => ("the configured maximum of on-demand throughput", "raise the maximum"),
            Self::KeyRange => ("the throughput of a key range", "spread the hash key over more values"),
            Self::Account => ("the quota of the account", "request a higher quota"),
        }
    }
}

impl fmt::Display for ThrottlingReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((access, limit)) = self.parts() else {
            f.write_str(&self.code)?;
            return match self.resource() {
                Some(resource) => write!(f, " of {resource}"),
                None => Ok(()),
            };
        };
        f.write_str(match access {
            ThrottledAccess::Read => "reads",
            ThrottledAccess::Write => "writes",
        })?;
        match (self.names(), self.code.starts_with("Index")) {
            (Some((table, Some(index))), _) => write!(f, " of the index {index} of the table {table}")?,
            (Some((table, None)), _) => write!(f, " of the table {table}")?,
            (None, true) => f.write_str(" of an index")?,
            (None, false) => {}
        }
        let (exceeded, remedy) = limit.description();
        write!(f, " exceed {exceeded} ({}); {remedy}", self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_service_has_an_access_and_a_limit() {
        for resource in ["Table", "Index"] {
            for access in ["Read", "Write"] {
                for limit in [
                    "ProvisionedThroughputExceeded",
                    "MaxOnDemandThroughputExceeded",
                    "KeyRangeThroughputExceeded",
                    "AccountLimitExceeded",
                ] {
                    let reason = ThrottlingReason::new(format!("{resource}{access}{limit}"));
                    assert!(reason.access().is_some() && reason.limit().is_some(), "{reason}");
                }
            }
        }
    }

    #[test]
    fn an_unknown_code_is_shown_as_it_is() {
        let reason = ThrottlingReason::new("TableReadMoonPhase");
        assert_eq!((reason.access(), reason.limit()), (None, None));
        assert_eq!(reason.to_string(), "TableReadMoonPhase");
        let reason = reason.with_resource("arn:aws:dynamodb:eu-west-1:1:table/weather");
        assert_eq!(reason.to_string(), "TableReadMoonPhase of arn:aws:dynamodb:eu-west-1:1:table/weather");
        assert_eq!((reason.table(), reason.index()), (Some("weather"), None));
    }

    #[test]
    fn a_body_without_a_valid_list_has_no_reasons() {
        for body in [
            "",
            "{}",
            "[]",
            r#"{"ThrottlingReasons": null}"#,
            r#"{"ThrottlingReasons": 5}"#,
            r#"{"ThrottlingReasons": [5]}"#,
            r#"{"ThrottlingReasons": [{"resource": "x"}]}"#,
        ] {
            assert_eq!(ThrottlingReason::of_body(body.as_bytes()), [], "{body}");
        }
        let many = vec![r#"{"reason":"TableReadAccountLimitExceeded"}"#; 500].join(",");
        let body = format!(r#"{{"throttlingReasons":[{many}]}}"#);
        assert_eq!(ThrottlingReason::of_body(body.as_bytes()).len(), REASONS_MAX);
    }
}
