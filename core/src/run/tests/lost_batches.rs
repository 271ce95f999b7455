//! Batches whose responses are lost or hold something else than requested.

use super::*;
use crate::driver::Applied;

/// Returns an outcome of a second attempt, of which the first was lost.
fn after_a_lost_attempt(outcome: Result<Outcome, DriverError>) -> Result<Outcome, DriverError> {
    outcome.map(|mut outcome| {
        outcome.metadata.lost_attempts = 1;
        outcome
    })
}

#[test]
fn writes_of_a_lost_request_stay_unknown_when_a_later_one_leaves_them_unprocessed() {
    let all: Vec<_> = (0..25).map(|number| WriteRequest::Delete(key(number))).collect();
    let mut machine = batch_write(all.clone(), 3);
    let first = writes(request(&mut machine));
    machine.supply(after_a_lost_attempt(unprocessed(first[..20].to_vec()))).unwrap();
    // A write that a later response does not return is made after all.
    while let Some(plan) = request(&mut machine) {
        assert!(!writes(Some(plan)).contains(&first[20]));
        machine.supply(unprocessed(first[1..20].to_vec())).unwrap();
    }
    assert_eq!(report(machine), (6, Vec::new(), all[1..20].to_vec()));

    // The same if the later request fails as a whole and without effect.
    let mut machine = batch_write(all.clone(), 3);
    let first = writes(request(&mut machine));
    machine.supply(after_a_lost_attempt(unprocessed(first))).unwrap();
    request(&mut machine);
    machine.supply(Err(DriverError::new(DriverErrorKind::Throttled, "BatchWriteItem", "slow down"))).unwrap_err();
    assert_eq!(report(machine), (0, Vec::new(), all));
}

#[test]
fn an_unprocessed_write_that_was_not_requested_leaves_the_outcome_of_all_unknown() {
    let all: Vec<_> = (0..25).map(|number| WriteRequest::Delete(key(number))).collect();
    for foreign in [WriteRequest::Put(key(77)), WriteRequest::Delete(key(29)), WriteRequest::Put(Item::new())] {
        let mut machine = batch_write(all.clone(), 3);
        let mut returned = writes(request(&mut machine));
        returned[3] = foreign;
        let error = machine.supply(unprocessed(returned)).unwrap_err();
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Contract, Applied::Unknown), "{error}");
        assert_eq!(report(machine), (0, Vec::new(), all.clone()));
    }
}

#[test]
fn an_unprocessed_write_is_counted_once_and_sent_again_as_it_was() {
    let put = WriteRequest::Put(key(7).with("a", 1));
    let mut machine = batch_write(vec![put.clone(), WriteRequest::Delete(key(8))], 3);
    request(&mut machine);
    let respelled = WriteRequest::Put(key(7));
    machine.supply(unprocessed(vec![respelled.clone(), respelled])).unwrap();
    assert_eq!(writes(request(&mut machine)), [put]);
    machine.supply(unprocessed(Vec::new())).unwrap();
    assert_eq!(report(machine).0, 2);
}

#[test]
fn a_batch_read_refuses_what_was_not_requested() {
    let response = |item: i32, unprocessed: i32| {
        let unprocessed = vec![TableKeys::new("t", [key(unprocessed)])];
        Ok(BatchGetItemOutput { items: vec![("t".into(), vec![key(item)])], unprocessed }.into())
    };
    for (item, unprocessed) in [(77, 1), (1, 77)] {
        let mut machine = BatchRead::new("t".into(), ID, (0..3).map(key).collect(), None, backoff(8));
        request(&mut machine);
        let error = machine.supply(response(item, unprocessed)).unwrap_err();
        assert_eq!(error.kind(), &DriverErrorKind::Contract);
        assert!(error.message().contains("not requested") && error.message().contains("77"), "{error}");
    }
}
