//! Random querysets over models that share a table read and write the same items as plain vectors.

use proptest::prelude::*;

use crate::naive::single_table::{case, check, create_table};

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reads_and_writes_over_composed_keys_are_those_of_plain_vectors(case in case(4, 8)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let db = djamodb::connect("memory://").await.unwrap();
            create_table(&db).await;
            check(&db, &case).await
        })?;
    }
}
