//! What a database does with querysets that scan: what the cases of the suite do not see.

use djamodb::database::ScanPolicy;
use djamodb::prelude::*;

use crate::models::{Event, database_with};

#[tokio::test]
async fn what_is_refused_would_not_say_what_to_do() {
    let db = database_with("a", 3).await;
    let denied = db.with_scan_policy(ScanPolicy::Deny);
    let error = Event::objects().scan().all(&denied).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "reading all of the table of Event is a scan, and this database allows none (ScanPolicy::Deny); \
         name a hash key, read an index that has one, or use with_scan_policy(…)"
    );
    let error = Event::objects().scan().count(&db.with_scan_policy(ScanPolicy::Budget(0.0))).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Scan on table events: 0 read units were used, and a scan may use 0 here (ScanPolicy::Budget), so that it was not \
         read to its end; name a hash key, read a page at a time, or raise the budget"
    );
    assert_eq!(db.scan_policy(), ScanPolicy::Allow, "a policy is that of the handle");
}

#[tokio::test]
async fn a_policy_would_be_passed_by() {
    let db = database_with("a", 3).await.with_scan_policy(ScanPolicy::Deny);
    let all = Event::objects().scan();
    assert!(all.first(&db).await.is_err());
    assert!(all.exists(&db).await.is_err());
    assert!(all.stream(&db).try_next().await.is_err());
    assert!(all.values(Event::AT).all(&db).await.is_err());
    assert!(all.aggregate(count(), &db).await.is_err());
    assert!(all.sort_in_memory(Event::LEVEL).all(&db).await.is_err());
    assert!(all.cursor().page(&db).await.is_err());
    assert!(all.update(Event::URGENT.set(true), &db).await.is_err());
    assert!(all.delete(&db).await.is_err());
    assert!(all.delete_checked(&db).await.is_err());
    assert!(all.parallel_scan(3).stream(&db).try_collect::<Vec<_>>().await.is_err());
    assert_eq!(Event::objects().set_hash_key("a").count(&db).await.unwrap(), 3);
}
