//! What the clients of the SDK's crates have in common.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Builder;

use super::Attempts;

/// A client of one of the SDK's crates, each of which has a type of its own for the settings of a request.
pub(crate) trait Service {
    /// The settings of a request.
    type Settings;

    /// Settings under which `attempts` watches the request.
    fn watched(attempts: Attempts) -> Self::Settings;

    /// Settings under which `attempts` also forbids another attempt.
    fn guarded(settings: Self::Settings, attempts: Attempts) -> Self::Settings;
}

impl Service for Client {
    type Settings = Builder;

    fn watched(attempts: Attempts) -> Builder {
        Builder::new().interceptor(attempts)
    }

    fn guarded(settings: Builder, attempts: Attempts) -> Builder {
        settings.retry_classifier(attempts)
    }
}

#[cfg(feature = "streams")]
impl Service for aws_sdk_dynamodbstreams::Client {
    type Settings = aws_sdk_dynamodbstreams::config::Builder;

    fn watched(attempts: Attempts) -> Self::Settings {
        Self::Settings::new().interceptor(attempts)
    }

    fn guarded(settings: Self::Settings, attempts: Attempts) -> Self::Settings {
        settings.retry_classifier(attempts)
    }
}
