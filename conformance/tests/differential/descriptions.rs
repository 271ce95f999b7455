//! The parts of descriptions and stream records that cannot agree between two drivers: times, ARNs, identifiers and sizes that the
//! service updates every six hours.

use djamodb_core::plan::{IndexStatus, LatestStream, Output, StreamRecord, TableDescription, TableStatus};
use djamodb_core::value::Name;

/// Returns the description of a table in an output.
pub(crate) fn table_of(output: &mut Output) -> Option<&mut TableDescription> {
    match output {
        Output::CreateTable(created) => Some(&mut created.table),
        Output::UpdateTable(updated) => Some(&mut updated.table),
        Output::DescribeTable(described) => Some(&mut described.table),
        Output::DeleteTable(deleted) => Some(&mut deleted.table),
        _ => None,
    }
}

/// Removes what cannot agree from the output of an operation on tables and streams. The names of the episode's tables begin with `episode`.
pub(crate) fn normalise(output: &mut Output, episode: &Name) {
    let is_change = matches!(output, Output::CreateTable(_) | Output::UpdateTable(_) | Output::DeleteTable(_));
    if let Some(table) = table_of(output) {
        normalise_table(table);
        if is_change {
            without_states(table);
        }
    }
    match output {
        Output::ListTables(list) => {
            let listed = list.table_names.len();
            list.table_names.retain(|name| name.starts_with(episode.as_str()));
            // After the last table of the episode come others of the server.
            let is_at_end = list.table_names.last().is_none_or(|name| name.ends_with("-z"));
            if list.table_names.len() < listed || is_at_end {
                list.last_evaluated_table_name = None;
            }
        }
        Output::ListStreams(list) => {
            for stream in &mut list.streams {
                stream.arn.clear();
                stream.label.clear();
            }
            list.last_evaluated_stream_arn = list.last_evaluated_stream_arn.take().map(|_| String::new());
        }
        Output::DescribeStream(described) => {
            let stream = &mut described.stream;
            stream.arn.clear();
            stream.label.clear();
            stream.created_at = None;
            stream.shards.clear();
            stream.last_evaluated_shard_id = None;
        }
        Output::GetShardIterator(iterator) => iterator.shard_iterator.clear(),
        Output::GetRecords(page) => {
            page.next_shard_iterator = page.next_shard_iterator.take().map(|_| String::new());
            page.records.iter_mut().for_each(normalise_record);
            // The order of the changes of one item is that of their records. The changes of a transaction have none.
            page.records.sort_by_cached_key(|record| format!("{:?}", record.keys));
        }
        _ => {}
    }
}

fn normalise_table(table: &mut TableDescription) {
    table.arn = None;
    table.created_at = None;
    table.item_count = 0;
    table.size_bytes = 0;
    table.latest_stream = table.latest_stream.take().map(|_| LatestStream { arn: String::new(), label: String::new() });
    table.schema.global_indexes.sort_by(|one, two| one.name.cmp(&two.name));
    table.schema.local_indexes.sort_by(|one, two| one.name.cmp(&two.name));
    table.indexes.sort_by(|one, two| one.name.cmp(&two.name));
    for index in &mut table.indexes {
        index.arn = None;
        index.item_count = 0;
        index.size_bytes = 0;
    }
}

/// Removes the states from the description of a table that is being changed: a change is over at once, or takes its time.
fn without_states(table: &mut TableDescription) {
    table.status = TableStatus::Active;
    table.indexes.retain(|index| index.status != Some(IndexStatus::Deleting));
    for index in &mut table.indexes {
        index.status = index.status.map(|_| IndexStatus::Active);
        index.backfilling = false;
    }
    let present: Vec<&Name> = table.indexes.iter().map(|index| &index.name).collect();
    table.schema.global_indexes.retain(|index| present.contains(&&index.name));
}

fn normalise_record(record: &mut StreamRecord) {
    record.event_id.clear();
    record.sequence_number.clear();
    record.created_at = None;
}

/// Returns a message without the ARNs and the identifiers of shards that it names.
pub(crate) fn without_identifiers(message: &str) -> String {
    let mut text = String::with_capacity(message.len());
    for (at, word) in message.split(' ').enumerate() {
        if at > 0 {
            text.push(' ');
        }
        let start = ["arn:aws:dynamodb:", "shardId-"].into_iter().filter_map(|start| word.find(start)).min();
        match start {
            Some(start) => text.extend([&word[..start], "…"]),
            None => text.push_str(word),
        }
    }
    text
}
