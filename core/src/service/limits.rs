//! Limits of the service.
//!
//! Follows [constraints in Amazon DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
//! Sizes are in bytes; as in DynamoDB, 1 KB is 1024 bytes and 1 MB is 1024 KB.

const KB: usize = 1024;
const MB: usize = 1024 * KB;

/// Maximum size of an item in bytes, attribute names included: 400 KB.
///
/// See [items](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items).
pub const ITEM_BYTES_MAX: usize = 400 * KB;
/// Maximum number of levels of an item: 32, counting the attribute itself, so that at most 31 maps and lists nest.
///
/// See [attributes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes).
pub const ITEM_LEVELS_MAX: usize = 32;
/// Maximum size of the name of an attribute that is no key attribute, in bytes.
///
/// See [naming rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-naming-rules).
pub const ATTRIBUTE_NAME_BYTES_MAX: usize = 64 * KB - 1;
/// Maximum size of all hash key values of an item together, in bytes.
///
/// See [partition keys and sort keys](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys).
pub const HASH_KEY_BYTES_MAX: usize = 2 * KB;
/// Maximum size of all range key values of an item together, in bytes.
///
/// See [partition keys and sort keys](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys).
pub const RANGE_KEY_BYTES_MAX: usize = KB;

/// Minimum length of the name of a table or index, in characters.
///
/// See [naming rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-naming-rules).
pub const TABLE_NAME_CHARACTERS_MIN: usize = 3;
/// Maximum length of the name of a table or index, in characters.
///
/// See [naming rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-naming-rules).
pub const TABLE_NAME_CHARACTERS_MAX: usize = 255;
/// Maximum length of the name of a key attribute or of an attribute that an index includes, in characters.
///
/// See [naming rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-naming-rules).
pub const KEY_ATTRIBUTE_NAME_CHARACTERS_MAX: usize = 255;
/// Maximum number of local secondary indexes of a table.
///
/// See [secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#limits-secondary-indexes).
pub const LOCAL_INDEXES_MAX: usize = 5;
/// Maximum number of global secondary indexes of a table, by default.
///
/// See [secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#limits-secondary-indexes).
pub const GLOBAL_INDEXES_MAX: usize = 20;
/// Maximum number of attributes in the key of a table or of a local index.
///
/// See [primary key](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html#HowItWorks.CoreComponents.PrimaryKey).
pub const TABLE_KEY_ATTRIBUTES_MAX: usize = 2;
/// Maximum number of hash attributes, and likewise of range attributes, in the key of a global index.
///
/// See [multi-attribute keys](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html).
pub const INDEX_KEY_ATTRIBUTES_MAX: usize = 4;
/// Maximum number of tags of a table.
///
/// See [tagging restrictions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html).
pub const TAGS_MAX: usize = 50;
/// Maximum size of a resource-based policy in bytes, including white space: 20 KB.
///
/// See [resource-based policies](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#limits-resource-based-policies).
pub const RESOURCE_POLICY_BYTES_MAX: usize = 20 * KB;
/// Warm throughput of a new table or global index that is billed per request, in read units per second.
///
/// See [initial throughput](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial).
pub const WARM_READ_UNITS_ON_DEMAND: u64 = 12_000;
/// Warm throughput of a new table or global index that is billed per request, in write units per second.
///
/// See [initial throughput](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial).
pub const WARM_WRITE_UNITS_ON_DEMAND: u64 = 4_000;
/// Maximum number of attributes that all indexes of a table together include by name.
///
/// See [secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-secondary-indexes).
pub const INCLUDED_ATTRIBUTES_MAX: usize = 100;

/// Maximum length of the text of an expression in bytes: 4 KB.
///
/// See [expression parameters](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters).
pub const EXPRESSION_BYTES_MAX: usize = 4 * KB;
/// Maximum number of operators and functions in an expression.
///
/// See [expression parameters](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters).
pub const OPERATORS_MAX: usize = 300;
/// Maximum number of operands of one `IN`. The minimum is 1.
///
/// See [expression parameters](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters).
pub const IN_OPERANDS_MAX: usize = 100;
/// Maximum size of all names and values that the expressions of a request refer to, in bytes: 2 MB.
///
/// See [expression parameters](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters).
pub const EXPRESSION_VALUES_BYTES_MAX: usize = 2 * MB;

/// Size in bytes after which one `Query` or `Scan` request stops reading: 1 MB. The item that exceeds it still belongs to the
/// page.
///
/// See [API-specific constraints](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-api).
pub const PAGE_BYTES_MAX: usize = MB;
/// Maximum number of segments of a parallel scan. The minimum is 1.
///
/// See [Scan](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html#DDB-Scan-request-TotalSegments).
pub const TOTAL_SEGMENTS_MAX: u32 = 1_000_000;
/// Maximum number of keys in one `BatchGetItem` request.
///
/// See [BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html).
pub const BATCH_GET_KEYS_MAX: usize = 100;
/// Maximum size of the items that one `BatchGetItem` request reads, in bytes: 16 MB. Keys beyond it are returned as
/// unprocessed.
///
/// See [BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html).
pub const BATCH_GET_BYTES_MAX: usize = 16 * MB;
/// Maximum number of writes in one `BatchWriteItem` request.
///
/// See [BatchWriteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html).
pub const BATCH_WRITES_MAX: usize = 25;
/// Maximum size of a `BatchWriteItem` request in bytes: 16 MB. It is that of the request's JSON, in which an item of 400 KB can be larger.
///
/// See [BatchWriteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html).
pub const BATCH_WRITE_BYTES_MAX: usize = 16 * MB;
/// Maximum number of items in a transaction.
///
/// See [transactions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-dynamodb-transactions).
pub const TRANSACTION_ITEMS_MAX: usize = 100;
/// Maximum size of the items of a transaction together, in bytes: 4 MB.
///
/// See [transactions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-dynamodb-transactions).
pub const TRANSACTION_BYTES_MAX: usize = 4 * MB;
/// Maximum length of a client request token, in characters. The minimum is 1.
///
/// See [TransactWriteItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken).
pub const CLIENT_REQUEST_TOKEN_CHARACTERS_MAX: usize = 36;
/// Maximum number of names in one page of `ListTables`.
///
/// See [ListTables](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html).
pub const LIST_TABLES_MAX: u32 = 100;
/// Maximum number of streams in one page of `ListStreams`.
///
/// See [ListStreams](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html).
pub const LIST_STREAMS_MAX: u32 = 100;
/// Maximum number of shards in one page of `DescribeStream`.
///
/// See [DescribeStream](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html).
pub const DESCRIBE_STREAM_SHARDS_MAX: u32 = 100;
/// Maximum number of records in one page of `GetRecords`.
///
/// See [GetRecords](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html).
pub const GET_RECORDS_MAX: u32 = 1000;
/// Maximum size of one page of `GetRecords`, in bytes: 1 MB.
///
/// See [GetRecords](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html).
pub const GET_RECORDS_BYTES_MAX: u64 = 1024 * 1024;
/// Time for which a stream keeps a record, in hours.
///
/// See [DynamoDB Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html).
pub const STREAM_RECORD_HOURS: i64 = 24;
