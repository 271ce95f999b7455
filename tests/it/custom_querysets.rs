//! Querysets of a type of their own: their state, the methods that they override, and their managers.
//!
//! The tests run on the server at `DJAMODB_TEST_URL`, or else in memory.

use djamodb::Error;
use djamodb::chrono::TimeDelta;
use djamodb::prelude::*;
use djamodb::queryset::{Explainable, OnConflict};

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "tickets", time_to_live = expires)]
#[model(global_index(by_owner, hash_key = owner, range_key = number))]
#[model(global_index(by_price, hash_key = price, projection = keys_only))]
#[model(local_index(by_seat, range_key = seat))]
#[model(manager(objects, queryset = TicketQuerySet))]
#[model(manager(open, filter = Self::CLOSED.eq(false), queryset = TicketQuerySet))]
#[model(manager(of_owner, index = by_owner, queryset = TicketQuerySet))]
#[model(manager(plainly))]
struct Ticket {
    #[model(hash_key)]
    train: String,
    #[model(range_key)]
    number: u32,
    owner: String,
    seat: u32,
    price: u32,
    closed: bool,
    expires: Option<DateTime<Utc>>,
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Ticket)]
struct Seat {
    seat: u32,
}

#[derive(CustomQuerySet, Debug)]
#[queryset(pre_filter = Self::counted)]
struct TicketQuerySet<R = Ticket, I = TicketPrimary> {
    queryset: QuerySet<Ticket, R, I>,
    discount: u32,
    #[queryset(default = Vec::from(["first".to_owned()]))]
    notes: Vec<String>,
    filters: std::sync::Arc<std::sync::atomic::AtomicUsize>,
}

impl<R, I: Index<Model = Ticket>> TicketQuerySet<R, I> {
    fn discounted(&self, discount: u32) -> Self {
        Self { discount, ..self.clone() }
    }

    fn cheaper_than(&self, price: u32) -> Self {
        self.filter(Ticket::PRICE.lt(price + self.discount))
    }

    /// Overrides the builder method.
    fn set_limit(&self, limit: usize) -> Self {
        self.with_inner(self.queryset.set_limit(limit.min(3)))
    }

    fn counted(&self, lookups: Q<Ticket>) -> Q<Ticket> {
        self.filters.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        lookups
    }

    fn filters(&self) -> usize {
        self.filters.load(std::sync::atomic::Ordering::Relaxed)
    }

    fn state(&self) -> (u32, &str) {
        (self.discount, &self.notes[0])
    }
}

/// Overrides a terminal method where the rows are models.
impl<I: Index<Model = Ticket>> TicketQuerySet<Ticket, I> {
    async fn all(&self, db: &Database) -> Result<Vec<Ticket>, Error> {
        let mut tickets = self.queryset.all(db).await?;
        for ticket in &mut tickets {
            ticket.price -= self.discount;
        }
        Ok(tickets)
    }
}

fn ticket(number: u32) -> Ticket {
    Ticket {
        train: "EC".to_owned(),
        number,
        owner: if number.is_multiple_of(2) { "ann" } else { "bob" }.to_owned(),
        seat: 100 - number,
        price: number * 10,
        closed: number == 5,
        expires: None,
    }
}

async fn fill(db: &Database) {
    let mut tickets: Vec<_> = (1..=6).map(ticket).collect();
    Ticket::objects().bulk_create(&mut tickets, OnConflict::Fail, db).await.unwrap();
}

fn numbers(tickets: &[Ticket]) -> Vec<u32> {
    tickets.iter().map(|ticket| ticket.number).collect()
}

#[test]
fn every_builder_method_keeps_the_state() {
    let train = Ticket::objects().discounted(7).set_hash_key("EC");
    let expected = (7, "first");
    for queryset in [
        train.filter(Ticket::SEAT.gt(1)),
        train.filter_lookup("seat__gt", "1"),
        train.exclude(Ticket::SEAT.gt(1)),
        train.unexpired(),
        train.none(),
        train.set_limit(2),
        train.set_last_evaluated_key(None),
        train.set_scan_index_forward(false),
        train.order_by(Ticket::NUMBER.desc()),
        train.reverse(),
        train.sort_in_memory(Ticket::PRICE),
        train.consistent(),
        train.hydrate(),
        train.scan(),
        train.parallel_scan(4),
        train.rate_limit(100.0),
        train.union(&Ticket::of_owner().set_hash_key("ann")),
        train.union(&Ticket::plainly().set_hash_key("EC")),
    ] {
        assert_eq!(queryset.state(), expected, "{queryset:?}");
    }
    for segment in train.parallel_scan(4).segments() {
        assert_eq!(segment.state(), expected);
    }
    assert_eq!(train.set_index(Ticket::BY_SEAT).reverse().state(), expected);
    assert_eq!(train.set_index(Ticket::BY_OWNER).values(Ticket::SEAT).set_limit(2).state(), expected);
    assert_eq!(train.values((Ticket::SEAT, Ticket::PRICE)).reverse().state(), expected);
    assert_eq!(train.only::<Seat>().reverse().state(), expected);
}

#[djamodb::test(models = [Ticket])]
async fn methods_of_the_type_read_the_state_wherever_they_are_in_the_chain(db: Database) {
    fill(&db).await;
    let expected = [1, 2, 3, 4];
    let discounted = Ticket::objects().discounted(10);
    for queryset in [
        discounted.cheaper_than(35).set_hash_key("EC"),
        discounted.set_hash_key("EC").cheaper_than(35),
        Ticket::objects().set_hash_key("EC").consistent().discounted(10).cheaper_than(35),
    ] {
        assert_eq!(queryset.values(Ticket::NUMBER).all(&db).await.unwrap(), expected);
    }
    // A manager accepts an index with a hash key of another type.
    let at_20 = Ticket::objects().set_index(Ticket::BY_PRICE).discounted(10).set_hash_key(20_u32);
    assert_eq!(at_20.state(), (10, "first"));
    assert_eq!(at_20.values(Ticket::NUMBER).all(&db).await.unwrap(), [2]);
    assert_eq!(
        discounted.set_index(Ticket::BY_OWNER).set_hash_key("ann").cheaper_than(35).count(&db).await.unwrap(),
        2
    );
}

#[djamodb::test(models = [Ticket])]
async fn an_overridden_terminal_method_is_that_of_the_rows_it_is_written_for(db: Database) {
    fill(&db).await;
    let train = Ticket::objects().discounted(5).set_hash_key("EC").set_limit(2);
    let prices: Vec<u32> = train.all(&db).await.unwrap().iter().map(|ticket| ticket.price).collect();
    assert_eq!(prices, [5, 15]);
    assert_eq!(train.values(Ticket::PRICE).all(&db).await.unwrap(), [10, 20]);
    assert_eq!(train.only::<Seat>().all(&db).await.unwrap(), [Seat { seat: 99 }, Seat { seat: 98 }]);
    // Methods do not call each other.
    assert_eq!(train.first(&db).await.unwrap().map(|ticket| ticket.price), Some(10));
    assert_eq!(train.page(&db).await.unwrap().items[1].price, 20);
}

#[djamodb::test(models = [Ticket])]
async fn an_overridden_builder_method_takes_precedence_over_that_of_every_queryset(db: Database) {
    fill(&db).await;
    assert_eq!(Ticket::objects().set_hash_key("EC").set_limit(100).count(&db).await.unwrap(), 3);
    assert_eq!(Ticket::plainly().set_hash_key("EC").set_limit(100).count(&db).await.unwrap(), 6);
    assert_eq!(Ticket::objects().set_hash_key("EC").values(Ticket::SEAT).set_limit(100).count(&db).await.unwrap(), 3);
}

#[test]
fn every_way_to_filter_calls_pre_filter_once() {
    let tickets = Ticket::objects();
    assert_eq!(tickets.filters(), 0);
    let _ = tickets.filter(Ticket::SEAT.gt(1));
    let _ = tickets.exclude(Ticket::SEAT.gt(1));
    let _ = tickets.filter_lookup("seat", "1");
    let _ = tickets.with_filter(Ticket::SEAT.gt(1));
    let _ = tickets.cheaper_than(5);
    assert_eq!(tickets.filters(), 5);
    assert_eq!(Ticket::open().filters(), 1, "the filter of a declared manager passes it, too");
}

#[djamodb::test(models = [Ticket])]
async fn managers_have_filters_and_indexes_beside_a_type(db: Database) {
    fill(&db).await;
    let open = Ticket::open().discounted(1).set_hash_key("EC");
    assert_eq!(numbers(&open.all(&db).await.unwrap()), [1, 2, 3, 4, 6]);
    let of_bob = Ticket::of_owner().discounted(1).set_hash_key("bob");
    assert_eq!(numbers(&of_bob.all(&db).await.unwrap()), [1, 3, 5]);
    assert_eq!(of_bob.explain().unwrap().index.as_deref(), Some("by_owner"));
    assert_eq!(Ticket::open().set_index(Ticket::BY_OWNER).set_hash_key("bob").count(&db).await.unwrap(), 2);

    let by_hand: ManagerOf<TicketQuerySet<Ticket, TicketByOwner>> = TicketQuerySet::from_queryset(Ticket::BY_OWNER);
    assert_eq!(numbers(&by_hand.set_hash_key("bob").all(&db).await.unwrap()), [1, 3, 5]);
    let late = TicketQuerySet::as_manager().with_filter(Ticket::NUMBER.gt(4)).set_hash_key("EC");
    assert_eq!(numbers(&late.all(&db).await.unwrap()), [5, 6]);
    assert_eq!(Ticket::objects().in_bulk([("EC", 1), ("EC", 9)], &db).await.unwrap().len(), 1);
}

#[djamodb::test(models = [Ticket])]
async fn a_manager_begins_with_the_state_of_the_queryset_that_it_is_made_of(db: Database) {
    fill(&db).await;
    let cheap: ManagerOf<_> = Ticket::objects().discounted(10).set_hash_key("EC").into();
    assert_eq!(cheap.cheaper_than(5).count(&db).await.unwrap(), 1);
    // The hash key was one of the table.
    let at_30 = cheap.set_index(Ticket::BY_PRICE);
    assert_eq!(at_30.state(), (10, "first"));
    assert!(at_30.explain().unwrap_err().to_string().contains("hash key"), "{at_30:?}");
    assert_eq!(at_30.set_hash_key(30_u32).count(&db).await.unwrap(), 1);
}

#[djamodb::test(models = [Ticket])]
async fn the_default_manager_has_the_lookups_of_a_custom_one(db: Database) {
    async fn count_all<M: Managed>(db: &Database) -> u64 {
        M::default_manager().scan().count(db).await.unwrap()
    }
    fill(&db).await;
    assert_eq!(count_all::<Ticket>(&db).await, 6);
    let plain: Manager<Ticket> = Ticket::open().plain();
    assert_eq!(plain.set_hash_key("EC").count(&db).await.unwrap(), 5);
}

#[djamodb::test(models = [Ticket])]
async fn every_terminal_method_returns_what_that_of_a_queryset_does(db: Database) {
    fill(&db).await;
    let custom = Ticket::objects().set_hash_key("EC").filter(Ticket::NUMBER.gt(2));
    let plain = custom.inner().clone();
    assert_eq!(custom.all(&db).await.unwrap(), plain.all(&db).await.unwrap());
    assert_eq!(custom.first(&db).await.unwrap(), plain.first(&db).await.unwrap());
    assert_eq!(custom.last(&db).await.unwrap(), plain.last(&db).await.unwrap());
    assert_eq!(custom.count(&db).await.unwrap(), 4);
    assert!(custom.exists(&db).await.unwrap());
    assert_eq!(custom.filter(Ticket::NUMBER.eq(3)).get(&db).await.unwrap(), ticket(3));
    assert_eq!(custom.earliest(Ticket::NUMBER, &db).await.unwrap(), ticket(3));
    assert_eq!(custom.latest(Ticket::NUMBER, &db).await.unwrap(), ticket(6));
    assert!(custom.contains(&ticket(3), &db).await.unwrap());
    assert_eq!(custom.aggregate((Ticket::PRICE.sum(), count()), &db).await.unwrap(), (Some(180), 4));
    assert_eq!(custom.stream(&db).try_collect::<Vec<_>>().await.unwrap(), plain.all(&db).await.unwrap());

    let two = custom.set_limit(2);
    let page = two.page(&db).await.unwrap();
    assert_eq!(numbers(&page.items), [3, 4]);
    assert_eq!(two.last_evaluated_key(&db).await.unwrap(), page.last_evaluated_key);
    let rest = two.set_last_evaluated_key(page.last_evaluated_key).page(&db).await.unwrap();
    assert_eq!(numbers(&rest.items), [5, 6]);
    let first = two.cursor().page(&db).await.unwrap();
    assert_eq!(numbers(&two.cursor().after(first.next.unwrap()).page(&db).await.unwrap().items), [5, 6]);

    let union = custom.filter(Ticket::NUMBER.eq(3)).union(&Ticket::of_owner().set_hash_key("ann"));
    assert_eq!(numbers(&union.all(&db).await.unwrap()), [3, 2, 4, 6]);

    assert_eq!(custom.filter(Ticket::NUMBER.eq(3)).update(Ticket::SEAT.set(1), &db).await.unwrap(), 1);
    assert_eq!(custom.filter(Ticket::SEAT.eq(1)).delete_checked(&db).await.unwrap(), 1);
    assert_eq!(custom.delete(&db).await.unwrap(), 3);
    assert_eq!(Ticket::objects().set_hash_key("EC").count(&db).await.unwrap(), 2);
}

#[test]
fn plans_are_those_of_the_queryset_inside() {
    let custom = Ticket::objects().set_hash_key("EC").filter(Ticket::NUMBER.gt(2));
    let plain = custom.inner();
    let shown = |explained: &dyn Explainable| explained.explained().unwrap().to_string();
    assert_eq!(shown(&custom), shown(plain));
    assert_eq!(shown(&custom.explain_for(Terminal::Delete)), shown(&plain.explain_for(Terminal::Delete)));
    assert_eq!(shown(&custom.explain_update(Ticket::SEAT.set(1))), shown(&plain.explain_update(Ticket::SEAT.set(1))));
    assert_eq!(shown(&custom.explain_aggregate(count())), shown(&plain.explain_aggregate(count())));
    assert_eq!(shown(&custom.explain_earliest(Ticket::NUMBER)), shown(&plain.explain_earliest(Ticket::NUMBER)));
    assert_eq!(shown(&custom.explain_latest(Ticket::NUMBER)), shown(&plain.explain_latest(Ticket::NUMBER)));
    assert_eq!(shown(&custom.explain_contains(&ticket(3))), shown(&plain.explain_contains(&ticket(3))));
    assert_eq!(shown(&custom.explain_in_bulk([("EC", 1)])), shown(&plain.explain_in_bulk([("EC", 1)])));
    assert!(Ticket::objects().explained().is_err_and(|error| error.to_string().contains("hash key")));
}

#[djamodb::test(models = [Ticket])]
async fn unexpired_keeps_the_state_of_querysets_and_managers(db: Database) {
    let mut old = Ticket { expires: Some(db.now() - TimeDelta::hours(1)), ..ticket(1) };
    old.save(&db).await.unwrap();
    ticket(2).save(&db).await.unwrap();
    let current = Ticket::objects().unexpired().discounted(3).set_hash_key("EC");
    assert_eq!(numbers(&current.all(&db).await.unwrap()), [2]);
    let current = TicketQuerySet::as_manager().unexpired().set_index(Ticket::BY_OWNER).set_hash_key("bob");
    assert_eq!(current.count(&db).await.unwrap(), 0);
}

mod generic_code {
    use super::*;

    async fn newest<S>(queryset: S, db: Database) -> Option<S::Row>
    where
        S: CustomQuerySet<Row: Send + 'static> + Send + Sync,
    {
        queryset.reverse().set_limit(1).first(&db).await.unwrap()
    }

    #[djamodb::test(models = [Ticket])]
    async fn accepts_querysets_with_and_without_state_and_is_spawned(db: Database) {
        fill(&db).await;
        let custom = Ticket::objects().set_hash_key("EC").values(Ticket::NUMBER);
        assert_eq!(tokio::spawn(newest(custom, db.clone())).await.unwrap(), Some(6));
        let plain = Ticket::plainly().set_hash_key("EC").values(Ticket::NUMBER);
        assert_eq!(tokio::spawn(newest(plain, db.clone())).await.unwrap(), Some(6));
        // Futures of a known type are `Send`, too.
        let all = async move { Ticket::objects().set_hash_key("EC").values(Ticket::NUMBER).all(&db).await.unwrap() };
        assert_eq!(tokio::spawn(all).await.unwrap(), [1, 2, 3, 4, 5, 6]);
    }
}

mod post_set_index {
    use super::*;

    #[derive(CustomQuerySet)]
    #[queryset(post_set_index = Self::hydrated)]
    struct Hydrated<R = Ticket, I = TicketPrimary> {
        queryset: QuerySet<Ticket, R, I>,
    }

    impl<R, I: Index<Model = Ticket>> Hydrated<R, I> {
        fn hydrated(self) -> Self {
            self.hydrate()
        }
    }

    #[djamodb::test(models = [Ticket])]
    async fn applies_to_the_indexes_of_managers_and_querysets(db: Database) {
        fill(&db).await;
        let tickets = Hydrated::as_manager();
        let at_20 = tickets.set_index(Ticket::BY_PRICE).set_hash_key(20_u32);
        assert_eq!(at_20.all(&db).await.unwrap(), [ticket(2)], "the index holds keys only");
        let of_ann = tickets.filter(Ticket::NUMBER.gt(0)).set_index(Ticket::BY_OWNER).set_hash_key("ann");
        assert!(format!("{:?}", of_ann.queryset).contains("hydrate: true"));
        assert!(format!("{:?}", tickets.set_hash_key("EC").queryset).contains("hydrate: false"));
    }
}

mod save {
    use super::*;

    #[derive(Model, Clone, Debug, PartialEq)]
    #[model(table = "trimmed_names")]
    struct Name {
        #[model(hash_key)]
        id: u32,
        text: String,
    }

    impl Name {
        /// Overrides the method of every model.
        async fn save(&mut self, db: &Database) -> Result<(), Error> {
            self.text = self.text.trim().to_owned();
            ModelExt::save(self, db).await
        }
    }

    #[djamodb::test(models = [Name])]
    async fn a_method_of_the_model_takes_precedence_over_that_of_every_model(db: Database) {
        let mut name = Name { id: 1, text: " Ann ".to_owned() };
        name.save(&db).await.unwrap();
        assert_eq!(Name::get_by_key(1, &db).await.unwrap().text, "Ann");
        // Generic code and the writes of many values do not call it.
        let mut name = Name { id: 2, text: " Ben ".to_owned() };
        Name::objects().bulk_create(std::slice::from_mut(&mut name), OnConflict::Fail, &db).await.unwrap();
        assert_eq!(Name::get_by_key(2, &db).await.unwrap().text, " Ben ");
    }
}
