//! Every case: one file for each operation and theme.

/// What most cases need.
mod prelude {
    pub(super) use djamodb_core::driver::{Driver as _, DriverErrorKind, DriverExt as _};
    pub(super) use djamodb_core::expression::{
        Comparator, Condition, KeyCondition, Operand, Path, RangeCondition, SetValue, Update, UpdateOperand,
    };
    pub(super) use djamodb_core::plan::{
        BatchGetItem, BatchWriteItem, CreateTable, DeleteItem, DeleteTable, DescribeTable, GetItem, ListTables,
        OldItemOnFailure, PutItem, Query, ReturnOld, ReturnValues, Scan, Segment, Select, TableKeys, TableWrites,
        UpdateItem, WriteRequest,
    };
    pub(super) use djamodb_core::value::{AttributeValue, Item, Name, Number};

    pub(super) use crate::fixture::*;
    pub(super) use crate::models::*;
    pub(super) use crate::{CaseResult, Context, Failure, Requirement, Theme, case, holds, same};
}
