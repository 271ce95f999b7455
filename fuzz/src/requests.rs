//! Random requests for two tables, valid and invalid.

use arbitrary::{Result, Unstructured};
use djamodb_core::expression::{
    Comparator, Condition, KeyCondition, Path, ProjectionExpression, RangeCondition, Update, UpdateOperand,
};
use djamodb_core::plan::{
    BatchGetItem, BatchWriteItem, CreateTable, DeleteItem, DeleteTable, DescribeTable, GetItem, ListTables, PutItem,
    Query, QueryPlan, ReturnConsumedCapacity, ReturnValues, Scan, Segment, Select, StreamUpdate, TableKeys,
    TableWrites, TransactGet, TransactGetItems, TransactPut, TransactUpdate, TransactWriteItems, UpdateItem,
    UpdateTable, UpdateTimeToLive, WriteRequest,
};
use djamodb_core::schema::{
    Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, StreamView, TableSchema,
};
use djamodb_core::value::Name;

use crate::values::{attribute, item, key, value};

/// The tables that requests name.
pub(crate) const TABLES: [&str; 2] = ["one", "two"];

fn table(input: &mut Unstructured<'_>) -> Result<Name> {
    if input.ratio(1, 40)? {
        return Ok(Name::from(*input.choose(&["", "no", "missing", "a table"])?));
    }
    Ok(Name::from(*input.choose(&TABLES)?))
}

/// Returns the schema of a table with a range key, a local and a global index.
pub(crate) fn schema(name: &str) -> TableSchema {
    let key = KeySchema::hash_and_range(KeyAttribute::s("h"), KeyAttribute::n("r"));
    let mut schema = TableSchema::new(Name::from(name), key);
    schema.local_indexes.push(LocalIndex::new(
        "local",
        KeySchema::hash_and_range(KeyAttribute::s("h"), KeyAttribute::n("a")),
        IndexProjection::KeysOnly,
    ));
    schema.global_indexes.push(global("global"));
    schema
}

fn global(name: &str) -> GlobalIndex {
    GlobalIndex::new(Name::from(name), KeySchema::hash(KeyAttribute::n("a")), IndexProjection::All)
}

/// Returns a request of any kind.
pub(crate) fn request(input: &mut Unstructured<'_>) -> Result<QueryPlan> {
    Ok(match input.int_in_range(0..=20)? {
        0..=4 => put(input)?.into(),
        5..=7 => update(input)?.into(),
        8 => {
            let condition = maybe(input, condition)?;
            DeleteItem { condition, ..DeleteItem::new(table(input)?, key(input)?) }.into()
        }
        9 => GetItem { projection: maybe(input, projection)?, ..GetItem::new(table(input)?, key(input)?) }.into(),
        10 | 11 => query(input)?.into(),
        12 | 13 => scan(input)?.into(),
        14 => {
            let keys = list(input, 4, key)?;
            BatchGetItem::new([TableKeys::new(table(input)?, keys)]).into()
        }
        15 => {
            let writes = list(input, 4, |input| {
                Ok(if input.arbitrary()? { WriteRequest::Put(item(input)?) } else { WriteRequest::Delete(key(input)?) })
            })?;
            BatchWriteItem::new([TableWrites::new(table(input)?, writes)]).into()
        }
        16 => TransactGetItems::new(list(input, 3, |input| Ok(TransactGet::new(table(input)?, key(input)?)))?).into(),
        17 => transact_write(input)?.into(),
        18 => update_table(input)?.into(),
        19 => match input.int_in_range(0..=3)? {
            0 => UpdateTimeToLive::enable(table(input)?, attribute(input)?).into(),
            1 => UpdateTimeToLive::disable(table(input)?, attribute(input)?).into(),
            2 => DescribeTable::new(table(input)?).into(),
            _ => ListTables { limit: Some(input.int_in_range(0..=101)?), ..ListTables::default() }.into(),
        },
        _ if input.arbitrary()? => DeleteTable::new(table(input)?).into(),
        _ => CreateTable::new(schema(&table(input)?)).into(),
    })
}

fn maybe<'a, T>(
    input: &mut Unstructured<'a>,
    make: impl FnOnce(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Option<T>> {
    if input.ratio(1, 3)? { make(input).map(Some) } else { Ok(None) }
}

fn list<'a, T>(
    input: &mut Unstructured<'a>,
    most: usize,
    mut make: impl FnMut(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    (0..input.int_in_range(0..=most)?).map(|_| make(input)).collect()
}

fn put(input: &mut Unstructured<'_>) -> Result<PutItem> {
    Ok(PutItem {
        condition: maybe(input, condition)?,
        return_consumed_capacity: ReturnConsumedCapacity::Indexes,
        ..PutItem::new(table(input)?, item(input)?)
    })
}

fn update(input: &mut Unstructured<'_>) -> Result<UpdateItem> {
    Ok(UpdateItem {
        condition: maybe(input, condition)?,
        return_values: *input.choose(&[ReturnValues::None, ReturnValues::AllNew, ReturnValues::UpdatedOld])?,
        ..UpdateItem::new(table(input)?, key(input)?, changes(input)?)
    })
}

fn path(input: &mut Unstructured<'_>) -> Result<Path> {
    let mut path = Path::new(attribute(input)?);
    for _ in 0..input.int_in_range(0..=2)? {
        path = if input.arbitrary()? { path.index(input.int_in_range(0..=2)?) } else { path.key(attribute(input)?) };
    }
    if input.ratio(1, 50)? {
        path = (0..input.int_in_range(0..=500)?).fold(path, |path, _| path.index(0));
    }
    Ok(path)
}

fn changes(input: &mut Unstructured<'_>) -> Result<Update> {
    let mut update = Update::new();
    for _ in 0..input.int_in_range(0..=3)? {
        update = match input.int_in_range(0..=4)? {
            0 => update.set(path(input)?, UpdateOperand::value(value(input)?)),
            1 => update.set(path(input)?, UpdateOperand::from(path(input)?)),
            2 => update.remove(path(input)?),
            3 => update.add(path(input)?, value(input)?),
            _ => update.delete(path(input)?, value(input)?),
        };
    }
    Ok(update)
}

/// Levels of a condition at most.
const CONDITION_LEVELS_MAX: usize = 3_000;

fn condition(input: &mut Unstructured<'_>) -> Result<Condition> {
    let leaf = match input.int_in_range(0..=4)? {
        0 => Condition::AttributeExists(path(input)?),
        1 => Condition::AttributeNotExists(path(input)?),
        2 => Condition::Contains(path(input)?.into(), value(input)?.into()),
        3 => Condition::In(path(input)?.into(), list(input, 3, |input| Ok(value(input)?.into()))?),
        _ => Condition::compare(
            path(input)?,
            *input.choose(&[Comparator::Eq, Comparator::Lt, Comparator::Ne])?,
            value(input)?,
        ),
    };
    let levels = if input.ratio(1, 20)? { input.int_in_range(0..=CONDITION_LEVELS_MAX)? } else { 0 };
    Ok((0..levels).fold(leaf, |inner, _| Condition::Not(Box::new(inner))))
}

fn projection(input: &mut Unstructured<'_>) -> Result<ProjectionExpression> {
    Ok(ProjectionExpression::new(list(input, 3, path)?))
}

fn select(input: &mut Unstructured<'_>) -> Result<Option<Select>> {
    Ok(match input.int_in_range(0..=4)? {
        0 => Some(Select::Count),
        1 => Some(Select::AllAttributes),
        2 => Some(Select::AllProjectedAttributes),
        3 => Some(Select::SpecificAttributes(projection(input)?)),
        _ => None,
    })
}

fn index(input: &mut Unstructured<'_>) -> Result<Option<Name>> {
    maybe(input, |input| Ok(Name::from(*input.choose(&["local", "global", "more", "missing"])?)))
}

fn query(input: &mut Unstructured<'_>) -> Result<Query> {
    let index = index(input)?;
    let mut on_key = match &index {
        Some(index) if **index == *"global" => KeyCondition::hash("a", input.int_in_range(0..=3)?),
        _ => KeyCondition::hash("h", *input.choose(&["a", "b"])?),
    };
    if input.arbitrary()? {
        let bound = if input.arbitrary()? { value(input)? } else { input.int_in_range(0..=4)?.into() };
        on_key = on_key.range(attribute(input)?, RangeCondition::Ge(bound));
    }
    Ok(Query {
        index,
        filter: maybe(input, condition)?,
        select: select(input)?,
        limit: maybe(input, |input| input.int_in_range(0..=3))?,
        exclusive_start_key: maybe(input, item)?,
        forward: input.arbitrary()?,
        consistent: input.arbitrary()?,
        ..Query::new(table(input)?, on_key)
    })
}

fn scan(input: &mut Unstructured<'_>) -> Result<Scan> {
    let segment = maybe(input, |input| {
        Ok(Segment { segment: input.int_in_range(0..=3)?, total_segments: input.int_in_range(0..=3)? })
    })?;
    Ok(Scan {
        index: index(input)?,
        filter: maybe(input, condition)?,
        select: select(input)?,
        limit: maybe(input, |input| input.int_in_range(0..=3))?,
        exclusive_start_key: maybe(input, item)?,
        segment,
        consistent: input.arbitrary()?,
        ..Scan::new(table(input)?)
    })
}

fn transact_write(input: &mut Unstructured<'_>) -> Result<TransactWriteItems> {
    let actions = list(input, 3, |input| {
        Ok(if input.arbitrary()? {
            TransactPut::new(table(input)?, item(input)?).into()
        } else {
            TransactUpdate::new(table(input)?, key(input)?, changes(input)?).into()
        })
    })?;
    let client_request_token = maybe(input, |input| Ok((*input.choose(&["", "token", "other"])?).to_owned()))?;
    Ok(TransactWriteItems { client_request_token, ..TransactWriteItems::new(actions) })
}

fn update_table(input: &mut Unstructured<'_>) -> Result<UpdateTable> {
    let update = UpdateTable::new(table(input)?);
    Ok(match input.int_in_range(0..=5)? {
        0 => update.create_index(global("more")),
        1 => update.delete_index(*input.choose(&["global", "local", "more", "missing"])?),
        2 => update.stream(StreamUpdate::Enable(StreamView::NewAndOldImages)),
        3 => update.stream(StreamUpdate::Disable),
        4 => update.billing(Billing::provisioned(input.int_in_range(0..=2)?, input.int_in_range(0..=2)?)),
        _ => update.deletion_protection(input.arbitrary()?),
    })
}
