//! The load of a table whose hash key has five values, and of one whose hash key is split into shards:
//! `cargo run --example hot-partitions`. With `-- --svg FILE`, it also writes the plots to a file.
//!
//! A partition of DynamoDB serves 1,000 write units per second, whatever the capacity of the table is, and all items of one hash key can be in
//! one partition. The example writes the same observations to two tables over a driver that throttles as such partitions do, in virtual
//! time, and draws the throughput and the throttled requests. `docs/SCALING.md` has the arithmetic.

mod partitions;
mod plot;
mod simulation;
mod svg;

use djamodb::prelude::*;
use simulation::{Load, Observation, simulate};

/// An observation under its kind of weather: five hash keys, of which two have most of the items.
#[derive(Model, Clone, Debug)]
#[model(table = "weather_by_kind")]
struct ByKind {
    #[model(hash_key)]
    kind: String,
    #[model(range_key)]
    number: u32,
}

/// An observation under its kind of weather and one of ten shards, which its number decides: fifty hash keys.
#[derive(Model, Clone, Debug)]
#[model(table = "weather_by_kind_and_shard")]
#[model(hash_key(pk = "{kind}#{shard}"), range_key(sk = "{number:08}"))]
struct ByKindAndShard {
    kind: String,
    shard: u32,
    number: u32,
}

/// Number of shards of a kind.
const SHARDS: u32 = 10;

impl Observation for ByKind {
    fn observed(kind: &str, number: u32) -> Self {
        Self { kind: kind.to_owned(), number }
    }
}

impl Observation for ByKindAndShard {
    fn observed(kind: &str, number: u32) -> Self {
        Self { kind: kind.to_owned(), shard: number % SHARDS, number }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = svg_file(std::env::args().skip(1))?;
    let load = Load { writes_per_second: 3_000, seconds: 30 };
    println!("{} writes per second of 1 KB, for {} seconds\n", load.writes_per_second, load.seconds);
    let (by_kind, _) = simulate::<ByKind>(load).await?;
    plot::draw("hash key `kind`", load, &by_kind);
    let (sharded, db) = simulate::<ByKindAndShard>(load).await?;
    plot::draw("hash key `kind#shard`", load, &sharded);
    if let Some(file) = file {
        std::fs::write(&file, svg::drawing(&[("hash key kind", &by_kind), ("hash key kind#shard", &sharded)]))?;
    }

    // All shards of a kind are read back by one queryset, which queries one after the other.
    let fog = ByKindAndShard::objects()
        .filter(ByKindAndShard::KIND.eq("fog") & ByKindAndShard::SHARD.is_in(0..SHARDS))
        .filter(ByKindAndShard::NUMBER.lt(1_000));
    println!("observations of fog among the first 1000: {}", fog.count(&db).await?);
    println!("{}", fog.explain()?.cost);
    Ok(())
}

/// Returns the file that the options name.
fn svg_file(mut options: impl Iterator<Item = String>) -> Result<Option<String>, &'static str> {
    match (options.next().as_deref(), options.next(), options.next()) {
        (None, ..) => Ok(None),
        (Some("--svg"), Some(file), None) => Ok(Some(file)),
        _ => Err("usage: hot-partitions [--svg FILE]"),
    }
}
