//! Mutants that tell wrongly what a request cost.

use djamodb_core::plan::{ConsumedCapacity, QueryPlan};

type Charged = Vec<ConsumedCapacity>;

pub(crate) fn nothing(_: &QueryPlan, charged: &mut Charged) {
    all_times(charged, 0.0);
}

pub(crate) fn untold(_: &QueryPlan, charged: &mut Charged) {
    charged.clear();
}

pub(crate) fn without_indexes(_: &QueryPlan, charged: &mut Charged) {
    for charged in charged {
        let of_indexes = charged.local_indexes.drain(..).chain(charged.global_indexes.drain(..));
        charged.units -= of_indexes.map(|index| index.units).sum::<f64>();
    }
}

pub(crate) fn as_if_consistent(plan: &QueryPlan, charged: &mut Charged) {
    let consistent = match plan {
        QueryPlan::GetItem(get) => get.consistent,
        QueryPlan::Query(query) => query.consistent,
        QueryPlan::Scan(scan) => scan.consistent,
        _ => true,
    };
    if !consistent {
        all_times(charged, 2.0);
    }
}

/// In a transaction everything costs as much as elsewhere.
pub(crate) fn halved(plan: &QueryPlan, charged: &mut Charged) {
    if matches!(plan, QueryPlan::TransactGetItems(_) | QueryPlan::TransactWriteItems(_)) {
        all_times(charged, 0.5);
    }
}

fn all_times(charged: &mut Charged, factor: f64) {
    for charged in charged {
        times(charged, factor);
    }
}

fn times(charged: &mut ConsumedCapacity, factor: f64) {
    charged.units *= factor;
    let parts = [&mut charged.read_units, &mut charged.write_units, &mut charged.table_units];
    parts.into_iter().flatten().for_each(|units| *units *= factor);
    for index in charged.local_indexes.iter_mut().chain(&mut charged.global_indexes) {
        index.units *= factor;
    }
}
