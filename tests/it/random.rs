//! Querysets of random shape give what a plain vector gives, and change what it changes.

use proptest::prelude::*;

use crate::naive::{IndexKeys, Signal, case, check, create_table};

const KEYS: IndexKeys = IndexKeys { of_several_attributes: true };

#[test]
fn keys_of_several_attributes_would_never_be_chosen() {
    let both = Signal::objects().filter(Signal::OWNER.eq("a") & Signal::KIND.eq("door"));
    assert_eq!(both.explain().unwrap().index.as_deref(), Some("by_owner_and_kind"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_queryset_gives_what_a_plain_vector_gives(case in case(KEYS, 8)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let db = djamodb::connect("memory://").await.unwrap();
            create_table(&db, KEYS).await;
            check(&db, &case).await
        })?;
    }
}
