//! The planner's choice of an index.

use djamodb::assert_plan;
use djamodb::prelude::*;

use crate::models::{Event, database};

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "matches", managed = false)]
#[model(global_index(by_region, hash_key = (tournament, region), range_key = (round, bracket)))]
struct Match {
    #[model(hash_key)]
    id: String,
    tournament: String,
    region: String,
    round: String,
    bracket: String,
    score: u32,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "seats", managed = false)]
#[model(global_index(table, hash_key = table_number))]
struct Seat {
    #[model(hash_key)]
    id: String,
    table_number: u32,
}

fn of_the_cup() -> QuerySet<Match> {
    Match::objects().filter(Match::TOURNAMENT.eq("cup"))
}

fn in_the_north() -> QuerySet<Match> {
    of_the_cup().filter(Match::REGION.eq("north"))
}

#[test]
fn an_index_is_chosen_if_the_lookups_name_every_hash_attribute() {
    assert_plan!(
        in_the_north(),
        r#"
            Query matches; index: by_region; key condition: tournament = "cup" AND region = "north"; ascending
            one request per page, each 0.5 read units per 4 KB read, at most 178; index: by_region (the lookups name its hash key `tournament`, `region`)
            table not used: no lookup names its hash key `id`
        "#
    );
    assert_plan!(
        of_the_cup().filter(Match::REGION.is_in(["north", "south"])),
        r#"
            Sequentially
              Query matches; index: by_region; key condition: tournament = "cup" AND region = "north"; ascending
              Query matches; index: by_region; key condition: tournament = "cup" AND region = "south"; ascending
        "#
    );
}

#[test]
fn an_index_is_not_chosen_if_a_hash_attribute_is_missing() {
    assert_plan!(
        of_the_cup(),
        "error: cannot query the table of Match: no hash key; call set_hash_key(…), filter `id` with eq or is_in, or call \
         scan() to read everything; index `by_region` is not chosen because no lookup names its hash key `region`"
    );
    assert_plan!(
        of_the_cup().filter(Match::REGION.startswith("n")).scan(),
        r#"
            Scan matches; filter: tournament = "cup" AND begins_with(region, "n"); unordered
        "#
    );
}

#[test]
fn range_attributes_are_used_from_the_left() {
    let final_round = in_the_north().filter(Match::ROUND.eq("final"));
    assert_plan!(
        final_round,
        r#"
            Query matches; index: by_region; key condition: tournament = "cup" AND region = "north" AND round = "final"; ascending
            one request per page, each 0.5 read units per 4 KB read, at most 178; index: by_region (the lookups name its hash key `tournament`, `region` and its range key)
        "#
    );
    assert_plan!(
        final_round.filter(Match::BRACKET.startswith("u")),
        r#"
            Query matches; index: by_region; key condition: tournament = "cup" AND region = "north" AND round = "final" AND begins_with(bracket, "u"); ascending
        "#
    );
    // The service accepts no range attribute after one without equality.
    assert_plan!(
        in_the_north().filter(Match::ROUND.gt("f") & Match::BRACKET.eq("upper")),
        r#"
            Residual: bracket = "upper"
              Query matches; index: by_region; key condition: tournament = "cup" AND region = "north" AND round > "f"; ascending
        "#
    );
    assert_plan!(
        in_the_north().filter(Match::BRACKET.eq("upper")),
        r#"
            Residual: bracket = "upper"
              Query matches; index: by_region; key condition: tournament = "cup" AND region = "north"; ascending
        "#
    );
}

#[test]
fn distinguishes_the_table_from_an_index_named_table() {
    let seats = Seat::objects().filter(Seat::TABLE_NUMBER.eq(5));
    let explain = seats.explain().unwrap();
    assert_eq!(explain.index.as_deref(), Some("table"));
    assert_eq!(explain.rejected[0].index, None, "the table is rejected");
    let scan = Seat::objects().set_index(Seat::TABLE).scan().explain().unwrap();
    assert!(scan.warnings[0].contains("all of index `table`"), "{scan}");
}

#[tokio::test]
async fn set_hash_key_of_the_table_never_chooses_a_global_index() {
    let db = database().await;
    Event { kind: Some("door".to_owned()), ..Event::new("a", 0) }.save(&db).await.unwrap();
    let doors = Event::objects().set_hash_key("a").filter(Event::KIND.eq("door") & Event::LEVEL.gte(0));
    assert_eq!(doors.count(&db).await.unwrap(), 1);
    assert!(doors.exists(&db).await.unwrap());
    assert_eq!(doors.explain_for(Terminal::Count).unwrap().index, None);
}

#[test]
fn a_limit_takes_the_same_items_for_every_terminal_method() {
    // The index by owner precedes the one by level and projects keys only.
    let mine = Event::objects().filter(Event::OWNER.eq("me") & Event::KIND.eq("door")).set_limit(2);
    for terminal in [Terminal::All, Terminal::LastEvaluatedKey, Terminal::Delete, Terminal::DeleteChecked] {
        assert_eq!(mine.explain_for(terminal).unwrap().index.as_deref(), Some("by_kind"), "{terminal:?}");
    }
    let owned = Event::objects().filter(Event::OWNER.eq("me")).set_limit(2);
    assert!(owned.explain().is_err());
    assert_eq!(owned.explain_for(Terminal::Delete).unwrap().index.as_deref(), Some("by_owner"), "there is no other");
}
