//! Messages of the newer of the service's two validation layers.
//!
//! Requests for single items and queries pass through it. Its messages differ from those of the older layer, which scans, batches and
//! transactions have, as measured in `eu-west-2` and published.

/// Returns a message of the older layer as the layer of the operation has it.
pub(crate) fn message(operation: &str, message: String) -> String {
    let message = if is_newer(operation) { without_size(without_placeholder(&message)) } else { message };
    if is_counted(operation) && !is_count(&message) {
        format!("1 validation error detected: {message}")
    } else {
        message
    }
}

fn is_newer(operation: &str) -> bool {
    matches!(operation, "GetItem" | "Query") || is_counted(operation)
}

/// Returns `true` for a write of one item, whose errors have a count.
fn is_counted(operation: &str) -> bool {
    matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem")
}

fn is_count(message: &str) -> bool {
    message.split_once(" validation error").is_some_and(|(count, _)| count.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns the reason alone for a placeholder whose value is no number.
fn without_placeholder(message: &str) -> &str {
    let of_number =
        ["Number overflow.", "Number underflow.", "Attempting to store more than", "The parameter cannot be"];
    let reason = message.strip_prefix("ExpressionAttributeValues contains invalid value: ");
    let reason = reason.filter(|reason| of_number.iter().any(|number| reason.starts_with(number)));
    reason.and_then(|reason| reason.rsplit_once(" for key ")).map_or(message, |(reason, _)| reason)
}

/// Returns the message about an expression that is too long without its size.
fn without_size(message: &str) -> String {
    let end = "the maximum allowed size;";
    match message.split_once(end) {
        Some((start, size)) if start.starts_with("Invalid ") && size.starts_with(" expression size: ") => {
            format!("{start}{end}")
        }
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::ExpressionKind;

    fn message(operation: &str, text: &str) -> String {
        super::message(operation, text.to_owned())
    }

    #[test]
    fn layers_differ_in_counts_sizes_and_placeholders() {
        let kind = ExpressionKind::Condition;
        let long =
            format!("Invalid {kind}: Expression size has exceeded the maximum allowed size; expression size: 4097");
        assert_eq!(message("Scan", &long), long);
        let short = format!("Invalid {kind}: Expression size has exceeded the maximum allowed size;");
        assert_eq!(message("Query", &long), short);
        assert_eq!(message("PutItem", &long), format!("1 validation error detected: {short}"));
        let number = "ExpressionAttributeValues contains invalid value: Number overflow. Too large for key :a";
        assert_eq!(message("Scan", number), number);
        assert_eq!(message("Query", number), "Number overflow. Too large");
        let counted = "2 validation errors detected: Value null at 'key'";
        assert_eq!(message("UpdateItem", counted), counted);
    }
}
