//! The registry of all models of the program.

use crate::models::Event;

#[tokio::test]
async fn the_tables_of_all_models_are_created_and_deleted() {
    let db = djamodb::connect("memory://").await.unwrap();
    let created = db.create_all_tables().await.unwrap();
    assert!(created.iter().any(|name| *name == "events"), "{created:?}");
    assert!(created.is_sorted());
    let all = djamodb::model::registered();
    assert!(all.iter().any(|schema| schema.table.name == "signals"), "an unmanaged model is registered");
    assert!(!created.iter().any(|name| *name == "signals"), "and not created with the others");
    assert!(db.table_exists::<Event>().await.unwrap());

    let error = db.create_all_tables().await.unwrap_err();
    assert!(error.to_string().contains("failed"), "{error}");

    assert_eq!(db.delete_all_tables().await.unwrap(), created);
    assert!(!db.table_exists::<Event>().await.unwrap());
}
