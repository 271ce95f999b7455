//! Settings that two models of one table give differently.

use crate::schema::{EncryptionSetting, PolicySetting, StreamSetting, TableSettings};

/// Returns the first setting that two models of a table give differently, with the two values. A setting that one of them leaves open
/// is none.
pub(super) fn setting_conflict(one: &TableSettings, other: &TableSettings) -> Option<(String, [String; 2])> {
    differ("the billing", one.billing, other.billing, |billing| billing.to_string())
        .or_else(|| differ("the table class", one.table_class, other.table_class, |class| class.to_string()))
        .or_else(|| {
            let setting = "the on-demand maximum";
            differ(setting, one.on_demand_maximum, other.on_demand_maximum, |maximum| maximum.to_string())
        })
        .or_else(|| {
            let setting = "the warm throughput";
            differ(setting, one.warm_throughput, other.warm_throughput, |throughput| throughput.to_string())
        })
        .or_else(|| differ("the encryption", one.encryption, other.encryption, encryption_text))
        .or_else(|| differ("the resource policy", one.resource_policy, other.resource_policy, policy_text))
        .or_else(|| differ("the stream", one.stream, other.stream, stream_text))
        .or_else(|| {
            let setting = "point-in-time recovery";
            differ(setting, one.point_in_time_recovery, other.point_in_time_recovery, switch_text)
        })
        .or_else(|| differ("deletion protection", one.deletion_protection, other.deletion_protection, switch_text))
        .or_else(|| tag_conflict(one, other))
}

fn differ<T: PartialEq + Copy>(
    setting: &str,
    one: Option<T>,
    other: Option<T>,
    text: fn(T) -> String,
) -> Option<(String, [String; 2])> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Some((setting.to_owned(), [text(one), text(other)])),
        _ => None,
    }
}

fn tag_conflict(one: &TableSettings, other: &TableSettings) -> Option<(String, [String; 2])> {
    let text = |value: Option<&str>| value.map_or_else(|| "left out".to_owned(), |value| format!("`{value}`"));
    other.tags().iter().find_map(|tag| {
        let own = one.tags().iter().find(|own| own.key == tag.key && own.value != tag.value)?;
        Some((format!("the tag `{}`", tag.key), [text(own.value), text(tag.value)]))
    })
}

fn encryption_text(encryption: EncryptionSetting) -> String {
    encryption.value().to_string()
}

fn policy_text(policy: PolicySetting) -> String {
    policy.text().map_or_else(|| "none".to_owned(), |text| format!("`{text}`"))
}

fn stream_text(stream: StreamSetting) -> String {
    stream.view().map_or_else(|| "off".to_owned(), |view| format!("{view:?}"))
}

fn switch_text(enabled: bool) -> String {
    if enabled { "on".to_owned() } else { "off".to_owned() }
}
