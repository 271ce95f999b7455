//! Querysets of a type of one's own, and rows of a proxy.

use djamodb_core::database::ModelExt;
use djamodb_core::model::Index;
use djamodb_core::queryset::{BuilderMethods as _, QuerySet, TerminalMethods as _};
use djamodb_derive::{CustomQuerySet, Model, Proxy};

use super::prelude::*;

case!("model/custom_querysets_keep_their_state", Theme::Model, custom_querysets_keep_their_state);
case!("model/rows_of_a_proxy_are_items_of_its_base", Theme::Model, rows_of_a_proxy_are_items_of_its_base);

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "tasks", managed = false, global_index(by_state, hash_key = state), crate = "djamodb_core")]
#[model(manager(objects, queryset = Tasks), default_manager = objects)]
struct Task {
    #[model(hash_key)]
    list: String,
    #[model(range_key)]
    number: u32,
    state: String,
}

/// Tasks from a number on, which is the state.
#[derive(CustomQuerySet)]
#[queryset(crate = "djamodb_core")]
struct Tasks<R = Task, I = TaskPrimary> {
    queryset: QuerySet<Task, R, I>,
    first: u32,
}

impl<R, I: Index<Model = Task>> Tasks<R, I> {
    fn starting_at(&self, first: u32) -> Self {
        Self { first, ..self.clone() }
    }

    fn selected(&self) -> Self {
        self.filter(Task::NUMBER.gte(self.first))
    }
}

#[derive(Proxy)]
#[proxy(manager(objects, filter = Task::STATE.eq("open")), crate = "djamodb_core")]
struct OpenTask(Task);

fn task(number: u32, state: &str) -> Task {
    Task { list: "a".to_owned(), number, state: state.to_owned() }
}

async fn create_tasks(cx: &Context) -> CaseResult {
    let db = cx.db();
    db.create_table::<Task>().await?;
    for (number, state) in [(1, "open"), (2, "done"), (3, "open"), (4, "open")] {
        task(number, state).create(db).await?;
    }
    Ok(())
}

/// Fails if a builder method loses the state, also with other rows and over an index.
async fn custom_querysets_keep_their_state(cx: Context) -> CaseResult {
    create_tasks(&cx).await?;
    let db = cx.db();
    let from_third = Task::objects().starting_at(3);
    let of_list = from_third.set_hash_key("a").selected();
    ensure_eq("tasks", of_list.all(db).await?, vec![task(3, "open"), task(4, "open")])?;
    ensure_eq("limited", of_list.set_limit(1).values(Task::NUMBER).all(db).await?, vec![3])?;
    let of_state = Task::objects().starting_at(3).set_index(Task::BY_STATE).set_hash_key("open").selected();
    let mut numbers = of_state.values(Task::NUMBER).all(db).await?;
    numbers.sort_unstable();
    ensure_eq("numbers of the index", numbers, vec![3, 4])
}

/// Fails if a proxy reads other items than its base, or a write of a row is not one of the base.
async fn rows_of_a_proxy_are_items_of_its_base(cx: Context) -> CaseResult {
    create_tasks(&cx).await?;
    let db = cx.db();
    let open = OpenTask::objects().set_hash_key("a");
    let mut rows: Vec<OpenTask> = open.all(db).await?;
    let numbers: Vec<u32> = rows.iter().map(|row| row.number).collect();
    ensure_eq("open tasks", numbers, vec![1, 3, 4])?;
    "done".clone_into(&mut rows[0].state);
    rows[0].save(db).await?;
    ensure_eq("open tasks after a save", open.count(db).await?, 2)?;
    ensure_eq("deleted", open.delete(db).await?, 2)?;
    ensure_eq("tasks that are left", Task::objects().set_hash_key("a").count(db).await?, 2)
}
