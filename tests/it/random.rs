//! Random querysets read and write the same items as a plain vector.

use proptest::prelude::*;

use crate::naive::{Signal, case, check, create_table};

#[test]
fn an_index_of_several_key_attributes_is_chosen() {
    let both = Signal::objects().filter(Signal::OWNER.eq("a") & Signal::KIND.eq("door"));
    assert_eq!(both.explain().unwrap().index.as_deref(), Some("by_owner_and_kind"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_queryset_matches_a_plain_vector(case in case(8)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let db = djamodb::connect("memory://").await.unwrap();
            create_table(&db).await;
            check(&db, &case).await
        })?;
    }
}
