//! Faults that change the consumed capacity of an executed plan.

use djamodb_core::plan::{ConsumedCapacity, QueryPlan};

type Consumed = Vec<ConsumedCapacity>;

pub(crate) fn report_zero(_: &QueryPlan, consumed: &mut Consumed) {
    multiply_all(consumed, 0.0);
}

pub(crate) fn report_nothing(_: &QueryPlan, consumed: &mut Consumed) {
    consumed.clear();
}

pub(crate) fn leave_out_indexes(_: &QueryPlan, consumed: &mut Consumed) {
    for of_table in consumed {
        let of_indexes = of_table.local_indexes.drain(..).chain(of_table.global_indexes.drain(..));
        of_table.units -= of_indexes.map(|index| index.units).sum::<f64>();
    }
}

pub(crate) fn count_every_read_as_consistent(plan: &QueryPlan, consumed: &mut Consumed) {
    let consistent = match plan {
        QueryPlan::GetItem(get) => get.consistent,
        QueryPlan::Query(query) => query.consistent,
        QueryPlan::Scan(scan) => scan.consistent,
        _ => true,
    };
    if !consistent {
        multiply_all(consumed, 2.0);
    }
}

pub(crate) fn count_transactions_as_single_requests(plan: &QueryPlan, consumed: &mut Consumed) {
    if matches!(plan, QueryPlan::TransactGetItems(_) | QueryPlan::TransactWriteItems(_)) {
        multiply_all(consumed, 0.5);
    }
}

pub(crate) fn double_index_units_of_transactions(plan: &QueryPlan, consumed: &mut Consumed) {
    if matches!(plan, QueryPlan::TransactWriteItems(_)) {
        for of_table in consumed {
            let mut added = 0.0;
            for index in of_table.local_indexes.iter_mut().chain(&mut of_table.global_indexes) {
                added += index.units;
                index.units *= 2.0;
            }
            of_table.units += added;
            of_table.write_units = of_table.write_units.map(|units| units + added);
        }
    }
}

/// Reports the units of replays as if every item were small.
pub(crate) fn replay_by_keys(plan: &QueryPlan, consumed: &mut Consumed) {
    if let QueryPlan::TransactWriteItems(write) = plan {
        for of_table in consumed.iter_mut().filter(|of_table| of_table.read_units.is_some()) {
            let of_actions =
                write.transact_items.iter().filter(|action| *action.table() == of_table.table).map(|_| 2.0).sum();
            of_table.units = of_actions;
            of_table.read_units = Some(of_actions);
        }
    }
}

fn multiply_all(consumed: &mut Consumed, factor: f64) {
    for of_table in consumed {
        multiply(of_table, factor);
    }
}

fn multiply(consumed: &mut ConsumedCapacity, factor: f64) {
    consumed.units *= factor;
    let totals = [&mut consumed.read_units, &mut consumed.write_units, &mut consumed.table_units];
    totals.into_iter().flatten().for_each(|units| *units *= factor);
    for index in consumed.local_indexes.iter_mut().chain(&mut consumed.global_indexes) {
        index.units *= factor;
    }
}
