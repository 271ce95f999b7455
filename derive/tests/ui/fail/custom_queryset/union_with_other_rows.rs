use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: String,
}

#[derive(CustomQuerySet)]
struct WeatherQuerySet<R = Weather, I = WeatherPrimary> {
    queryset: QuerySet<Weather, R, I>,
}

fn main() {
    let seattle = WeatherQuerySet::as_manager().set_hash_key("Seattle");
    let _ = seattle.union(&seattle.values(Weather::KIND));
}
