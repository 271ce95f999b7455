//! The messages of `ValidationException`.
//!
//! A message is the service's own where that is known, else DynamoDB Local's. Messages that quote the text of an
//! expression end before the quotation, since a plan holds expressions as trees.

use djamodb_core::expression::{EvaluateError, ExpressionKind, ParseError, UpdateError};
use djamodb_core::schema::{PathIntoKey, ScalarType};
use djamodb_core::value::{Name, ValueType};
use thiserror::Error;

use super::constraint::Violations;

/// The reason for which a request is invalid.
#[derive(Clone, PartialEq, Debug, Error)]
pub(crate) enum ValidationError {
    // Parameters.
    #[error(transparent)]
    Constraints(#[from] Violations),
    /// An error of a parameter of a write of one item. See [`ValidationError::in_write`].
    #[error("1 validation error detected: {0}")]
    InWrite(Box<Self>),
    #[error(
        "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not \
         less than TotalSegments: {total_segments}"
    )]
    SegmentTooLarge { segment: u32, total_segments: u32 },
    #[error("TimeToLive is already enabled")]
    TimeToLiveEnabled,
    #[error("TimeToLive is already disabled")]
    TimeToLiveDisabled,
    #[error("TimeToLive is active on a different AttributeName: current AttributeName is {0}")]
    TimeToLiveAttribute(Name),
    #[error("One or more parameter values were invalid: Limit {bound} {most}")]
    LimitTooLarge { bound: &'static str, most: u32 },
    #[error("One or more parameter values were invalid: ARNs must start with 'arn:': {0}")]
    ResourceArn(String),
    #[error("One or more parameter values were invalid: Provided Arn is not a DynamoDB resource arn: {0}")]
    NotDynamoDbArn(String),
    #[error(
        "One or more parameter values were invalid: Invalid resource arn provided, only table or stream is accepted. Provided \
         resource arn: {0}"
    )]
    PolicyOfIndex(String),
    #[error("One or more parameter values were invalid: Invalid resource Arn: {0}")]
    ForeignArn(String),
    #[error("One or more parameter values were invalid: Maximum policy size of 20480 bytes exceeded")]
    PolicyTooLarge,
    #[error("One or more parameter values were invalid: Invalid policy document: This policy contains invalid Json")]
    PolicyNotJson,
    #[error("Atleast one Tag Key needs to be provided as Input.")]
    NoTagKeys,
    #[error("The Tag Key provided is invalid, Key: {0}")]
    TagKey(String),
    #[error("The Tag Value provided is invalid, Value: {0}")]
    TagValue(String),
    #[error("Tag Key cannot be prefixed with aws:, Key: {0}")]
    TagKeyOfAws(String),
    #[error("Duplicate Tag Keys provided as input: Duplicate Tag Key found {0}")]
    TagTwice(String),
    #[error("Atleast one Tag needs to be provided as Input.")]
    NoTags,
    #[error("Number of Tags exceed the current limit for the provided ResourceArn")]
    TooManyTags,

    // Values.
    #[error("One or more parameter values were invalid: An string set  may not be empty")]
    EmptyStringSet,
    #[error("One or more parameter values were invalid: An number set  may not be empty")]
    EmptyNumberSet,
    #[error("One or more parameter values were invalid: Binary sets should not be empty")]
    EmptyBinarySet,
    #[error("Empty attribute name")]
    EmptyAttributeName,
    #[error("Attribute name is too large, must be less than 65536 bytes")]
    AttributeNameTooLarge,
    #[error(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported \
         limit"
    )]
    TooDeep,
    #[error("Nesting Levels have exceeded supported limits")]
    TooDeepAfterUpdate,
    #[error("Item size has exceeded the maximum allowed size")]
    ItemTooLarge,
    #[error("Item size to update has exceeded the maximum allowed size")]
    ItemTooLargeAfterUpdate,

    // Keys.
    #[error("The provided key element does not match the schema")]
    KeyElement,
    #[error("One or more parameter values were invalid: Missing the key {0} in the item")]
    MissingKey(Name),
    #[error(
        "One or more parameter values were invalid: Type mismatch for key {name} expected: {expected} actual: {actual}"
    )]
    KeyType { name: Name, expected: ScalarType, actual: ValueType },
    #[error(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty \
         {kind} value. Key: {name}"
    )]
    EmptyKey { name: Name, kind: &'static str },
    #[error(
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes"
    )]
    HashKeyTooLong,
    #[error(
        "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of \
         1024 bytes"
    )]
    RangeKeyTooLong,
    #[error(
        "One or more parameter values were invalid: Type mismatch for Index Key {name} Expected: {expected} Actual: \
         {actual} IndexName: {index}"
    )]
    IndexKeyType { index: Name, name: Name, expected: ScalarType, actual: ValueType },
    #[error(
        "One or more parameter values are not valid. A value specified for a secondary index key is not supported. \
         The AttributeValue for a key attribute cannot contain an empty {kind} value. IndexName: {index}, IndexKey: \
         {name}"
    )]
    EmptyIndexKey { index: Name, name: Name, kind: &'static str },
    #[error(
        "One or more parameter values are not valid. The update expression attempted to update a secondary index key \
         to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty {kind} \
         value."
    )]
    EmptyIndexKeyAfterUpdate { kind: &'static str },
    #[error("One or more parameter values were invalid: Size limit exceeded")]
    IndexKeyTooLong,
    #[error(
        "One or more parameter values were invalid: Cannot update attribute {0}. This attribute is part of the key"
    )]
    KeyUpdate(Name),
    #[error("{0}")]
    PathIntoKey(PathIntoKey),

    // Expressions.
    #[error("Invalid {kind}: Expression size has exceeded the maximum allowed size;")]
    ExpressionTooLong { kind: ExpressionKind, bytes: usize },
    #[error("Invalid {kind}: Expression size has exceeded the maximum allowed size; expression size: {bytes}")]
    ConditionTooLong { kind: ExpressionKind, bytes: usize },
    #[error("Invalid {0}: The expression can not be empty;")]
    EmptyExpression(ExpressionKind),
    #[error("Invalid {0}: The expression contains too many operators; operator count: 301")]
    TooManyOperators(ExpressionKind),
    #[error("Invalid {kind}: The IN operator is provided with too many operands; number of operands: {count}")]
    TooManyOperands { kind: ExpressionKind, count: usize },
    #[error("Invalid {0}: Syntax error; token: \")\", near: \"()\"")]
    NoOperands(ExpressionKind),
    #[error("Invalid {kind}: {reason}")]
    Condition { kind: ExpressionKind, reason: EvaluateError },
    #[error(transparent)]
    Update(#[from] UpdateError),
    #[error("ExpressionAttributeNames contains invalid value: Empty attribute name")]
    EmptyExpressionName,
    #[error("ExpressionAttributeValues contains invalid value: {0}")]
    ExpressionValue(Box<ValidationError>),
    #[error("ExpressionAttributeValues contains invalid value: {invalid} for key {placeholder}")]
    PlaceholderValue { invalid: Box<ValidationError>, placeholder: String },
    /// An expression in the words of the service for its text.
    #[error(transparent)]
    ExpressionText(#[from] ParseError),
    #[error("Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: {0}")]
    ProjectionTooDeep(usize),
    #[error(
        "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of \
         these paths; path one: [{0}], path two: [{1}]"
    )]
    ProjectionOverlap(String, String),
    #[error(
        "Invalid ProjectionExpression: Two document paths conflict with each other; must remove or rewrite one of \
         these paths; path one: [{0}], path two: [{1}]"
    )]
    ProjectionConflict(String, String),

    // Key conditions.
    #[error("KeyConditionExpressions must only contain one condition per key")]
    TwoConditionsOnKey,
    #[error("Conditions can be of length 1 or 2 only")]
    TooManyKeyConditions,
    #[error("Query key condition not supported")]
    KeyCondition,
    #[error("Query condition missed key schema element: {0}")]
    KeyConditionMissed(Name),
    #[error("One or more parameter values were invalid: Condition parameter type does not match schema type")]
    KeyConditionType,

    // Queries and scans.
    #[error("The table does not have the specified index: {0}")]
    UnknownIndex(Name),
    #[error("Consistent reads are not supported on global secondary indexes")]
    ConsistentGlobalIndex,
    #[error("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")]
    AllProjectedOfTable,
    #[error(
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary \
         index {0} because its projection type is not ALL"
    )]
    AllAttributesOfIndex(Name),
    #[error("One or more parameter values were invalid: Global secondary index {index} does not project [{names}]")]
    NotProjected { index: Name, names: String },
    #[error(
        "One or more parameter values were invalid: Secondary index {index} does not project one or more filter \
         attributes: [{names}]"
    )]
    FilterNotProjected { index: Name, names: String },
    #[error("Filter Expression can only contain non-primary key attributes: Primary key attribute: {0}")]
    FilterOnKey(Name),
    #[error("The provided starting key is invalid")]
    StartKey,
    #[error("The provided starting key is invalid: {0}")]
    StartKeyElement(Box<ValidationError>),
    #[error("The provided starting key is outside query boundaries based on provided conditions")]
    StartKeyOfOtherPartition,
    #[error("The provided starting key does not match the range key predicate")]
    StartKeyOutsideRange,
    #[error("The query can return at most one row and cannot be restarted")]
    NotRestartable,
    #[error(
        "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct \
         Segment. TotalSegments: {total_segments} Segment: {segment}"
    )]
    StartKeyOfOtherSegment { segment: u32, total_segments: u32 },

    #[error("Cannot read from backfilling global secondary index: {0}")]
    BackfillingIndex(Name),

    // Transactions.
    #[error("Transaction request cannot include multiple operations on one item")]
    TransactItemTwice,
    #[error("Transaction payload size cannot exceed 4MB. Payload Size: {0}")]
    TransactionTooLarge(usize),

    // Streams.
    #[error("Invalid StreamArn")]
    StreamArn,
    #[error("Invalid ShardIterator")]
    ShardIterator,
    #[error("One or more parameter values were invalid: Invalid SequenceNumber")]
    SequenceNumber,
    #[error("One or more parameter values were invalid: Timestamp is in the future")]
    FutureTimestamp,
    #[error("Invalid SequenceNumber for the shard")]
    SequenceNumberOfShard,

    // Batches.
    #[error("The requestItems parameter is required for {0}")]
    NoRequests(&'static str),
    #[error("Too many items requested for the {0} call")]
    TooManyRequests(&'static str),
    #[error("The list of keys in RequestItems for BatchGetItem is required: {0} has empty list")]
    NoKeys(Name),
    #[error(
        "The list of keys in RequestItems for BatchGetItem may not contain null or empty values: {0} has one or more \
         empty keys"
    )]
    EmptyKeyOfBatch(Name),
    #[error("The batch write request list for a table cannot be null or empty: {0}")]
    NoWrites(Name),
    #[error("Provided list of item keys contains duplicates")]
    DuplicateKeys,
    // The service's API takes a map from tables to requests, so that it has no message for this.
    #[error("RequestItems names the table {0} more than once")]
    TableTwice(Name),

    // Tables.
    #[error(
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, \
         SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, \
         DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required"
    )]
    NothingToUpdate,
    #[error(
        "The provisioned throughput for the table will not change. The requested value equals the current value. Current \
         ReadCapacityUnits provisioned for the table: {read}. Requested ReadCapacityUnits: {read}. Current \
         WriteCapacityUnits provisioned for the table: {write}. Requested WriteCapacityUnits: {write}. Refer to the \
         Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
    )]
    SameThroughput { read: u64, write: u64 },
    #[error(
        "The provisioned throughput for the index {index} will not change. The requested value equals the current value. \
         Current ReadCapacityUnits provisioned for index {index}: {read}. Requested ReadCapacityUnits: {read}. Current \
         WriteCapacityUnits provisioned for index {index}: {write}. Requested WriteCapacityUnits: {write}. Refer to the \
         Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
    )]
    SameIndexThroughput { index: Name, read: u64, write: u64 },
    #[error("One or more parameter values were invalid: ProvisionedThroughput must be specified for index: {0}")]
    IndexThroughputMissing(Name),
    #[error(
        "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for \
         index: {0} when BillingMode is PAY_PER_REQUEST"
    )]
    IndexThroughputOnDemand(Name),
    #[error(
        "One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: {0} when \
         BillingMode is PAY_PER_REQUEST"
    )]
    NewIndexThroughputOnDemand(Name),
    #[error(
        "One or more parameter values were invalid: {member} for OnDemandThroughput{of} cannot be specified when table \
         BillingMode is PROVISIONED."
    )]
    MaximumOfNewProvisionedTable { member: &'static str, of: String },
    #[error(
        "One or more parameter values were invalid: {member} for OnDemandThroughput{of} cannot be specified when the table \
         BillingMode is PROVISIONED"
    )]
    MaximumOfProvisionedTable { member: &'static str, of: String },
    #[error(
        "One or more parameter values were invalid: Requested {member} for OnDemandThroughput for {of} is outside of valid \
         range"
    )]
    MaximumRange { member: &'static str, of: String },
    #[error(
        "One or more parameter values were invalid: Requested {member} for WarmThroughput for {of} is lower than initial \
         throughput for OnDemand. See: \
         https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial"
    )]
    WarmThroughputOnDemand { member: &'static str, of: String },
    #[error(
        "One or more parameter values were invalid: Requested {member} for WarmThroughput for {of} is lower than {units} of \
         ProvisionedThroughput"
    )]
    WarmThroughputProvisioned { member: &'static str, of: String, units: &'static str },
    #[error(
        "One or more parameter values were invalid: Requested {member} for WarmThroughput for {of} is lower than current \
         WarmThroughput, decreasing WarmThroughput is not supported"
    )]
    WarmThroughputLowered { member: &'static str, of: String },
    #[error(
        "One or more parameter values were invalid: The only Updates for index: {0} when TableThroughputMode is \
         PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput"
    )]
    NothingToUpdateOnDemand(Name),
    #[error(
        "One or more parameter values were invalid: Both ReadCapacityUnits and WriteCapacityUnits must be specified for \
         index: {0}"
    )]
    NothingToUpdateProvisioned(Name),
    #[error("One or more parameter values were invalid: Table is already encrypted by default")]
    EncryptedByDefault,
    #[error(
        "One or more parameter values were invalid: Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId \
         parameter if you want to change Master Key"
    )]
    SameEncryptionKey,
    #[error("One or more parameter values were invalid: {0}")]
    OneChangeAtATime(&'static str),
    #[error("Attempting to create an index which already exists")]
    IndexExists,
    #[error(
        "One or more parameter values were invalid: Only one global secondary index update per index is allowed \
         simultaneously. Index: {0}"
    )]
    IndexUpdatedTwice(Name),
    #[error("Cannot delete an index that is not a GlobalSecondaryIndex: {0}")]
    DeleteLocalIndex(Name),
    #[error("Cannot update an index that is not a GlobalSecondaryIndex: {0}")]
    UpdateLocalIndex(Name),
    #[error("Table already has an enabled stream: TableName: {0}")]
    StreamEnabled(Name),
    #[error("Table has no stream to disable: TableName: {0}")]
    NoStream(Name),
    #[error(
        "One or more parameter values were invalid: Attributes cannot be redefined. Please check that your attribute has \
         the same type as previously defined: {0}"
    )]
    AttributeRedefined(Name),
    #[error(
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
    )]
    DeletionProtected,
    #[error("Cannot describe time to live while table is in {0} state: Current table state is {0}")]
    TimeToLiveInState(&'static str),
    #[error("Invalid KeySchema: The first KeySchemaElement is not a HASH key type")]
    FirstKeyNotHash,
    #[error("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")]
    SecondKeyNotRange,
    #[error("Both the Hash Key and the Range Key element in the KeySchema have the same name")]
    HashKeyIsRangeKey,
    // The service's message for an index with more than four attributes of a kind is not known.
    #[error(
        "One or more parameter values were invalid: Index KeySchema has more than 4 HASH or more than 4 RANGE \
         attributes for index: {0}"
    )]
    TooManyIndexKeys(Name),
    #[error("Invalid KeySchema: Some index key attribute have no definition")]
    KeyAttributeTwice,
    #[error("Cannot have two attributes with the same name")]
    AttributeTwice,
    #[error(
        "One or more parameter values were invalid: Table KeySchema does not have a range key, which is required when \
         specifying a LocalSecondaryIndex"
    )]
    LocalIndexWithoutTableRange,
    #[error("One or more parameter values were invalid: Index KeySchema does not have a range key for index: {0}")]
    LocalIndexWithoutRange(Name),
    #[error(
        "One or more parameter values were invalid: Index KeySchema does not have the same leading hash key as table \
         KeySchema for index: {index}. index hash key: {index_hash}, table hash key: {table_hash}"
    )]
    LocalIndexHash { index: Name, index_hash: Name, table_hash: Name },
    #[error("One or more parameter values were invalid: LocalSecondaryIndex count exceeds the per-table limit of 5")]
    TooManyLocalIndexes,
    #[error("One or more parameter values were invalid: GlobalSecondaryIndex count exceeds the per-table limit of 20")]
    TooManyGlobalIndexes,
    #[error("One or more parameter values were invalid: Duplicate index name: {0}")]
    IndexTwice(Name),
    // DynamoDB Local's message names a limit of 20 attributes of local indexes. The documented limit is 100 in all.
    #[error(
        "One or more parameter values were invalid: the indexes of a table can include 100 attributes in all, and \
         these include {0}"
    )]
    TooManyIncluded(usize),
}

impl ValidationError {
    /// Returns the error with the size of a condition that is too long, which the older validation layer names: that of scans and
    /// transactions.
    pub(crate) fn with_size_of_condition(self) -> Self {
        match self {
            Self::ExpressionTooLong { kind: kind @ (ExpressionKind::Condition | ExpressionKind::Filter), bytes } => {
                Self::ConditionTooLong { kind, bytes }
            }
            other => other,
        }
    }

    /// Returns the error of a parameter of `PutItem`, `UpdateItem` or `DeleteItem` as the service's newer validation layer words it:
    /// errors of values and of expressions begin with a count. Limits of size and depth, and all other operations, have no count.
    pub(crate) fn in_write(self) -> Self {
        let is_counted = match &self {
            Self::ExpressionValue(invalid) | Self::PlaceholderValue { invalid, .. } => {
                !matches!(**invalid, Self::TooDeep)
            }
            Self::EmptyStringSet
            | Self::EmptyNumberSet
            | Self::EmptyBinarySet
            | Self::EmptyAttributeName
            | Self::AttributeNameTooLarge
            | Self::EmptyExpression(_)
            | Self::EmptyExpressionName
            | Self::ExpressionText(_)
            | Self::ExpressionTooLong { .. }
            | Self::TooManyOperators(_)
            | Self::TooManyOperands { .. }
            | Self::NoOperands(_)
            | Self::Condition { .. }
            | Self::Update(_) => true,
            _ => false,
        };
        if is_counted { Self::InWrite(Box::new(self)) } else { self }
    }

    /// Returns `true` if the error of one action cancels its transaction. Other errors fail the request as a whole.
    pub(crate) const fn cancels_transaction(&self) -> bool {
        matches!(
            self,
            Self::KeyElement
                | Self::MissingKey(_)
                | Self::KeyType { .. }
                | Self::HashKeyTooLong
                | Self::RangeKeyTooLong
                | Self::IndexKeyType { .. }
                | Self::IndexKeyTooLong
                | Self::KeyUpdate(_)
                | Self::Update(_)
                | Self::ItemTooLargeAfterUpdate
                | Self::TooDeepAfterUpdate
        )
    }
}
