//! Random writes keep unique values unique, and do the same as writes of a plain map.

use proptest::prelude::*;

use crate::naive::unique::{Member, Player, Unique, Write, check, writes};

async fn check_in_memory<M: Unique>(writes: &[Write]) -> Result<(), TestCaseError> {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<M>().await.unwrap();
    check::<M>(&db, writes).await
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn writes_agree_with_a_plain_map(writes in writes()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            check_in_memory::<Member>(&writes).await?;
            check_in_memory::<Player>(&writes).await
        })?;
    }
}
