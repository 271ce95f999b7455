use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", default_manager = objects)]
#[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
#[model(global_index(by_temp_max, hash_key = temp_max))]
#[model(manager(objects, filter = Weather::KIND.exists()))]
#[model(manager(everything))]
#[model(manager(of_kind, index = by_kind))]
#[model(manager(warm, index = by_kind, filter = Self::TEMP_MAX.gt(20) & !Weather::LOCATION.eq("Atlantis")))]
#[model(manager(cold, filter = cold()))]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    date: String,
    kind: Option<String>,
    temp_max: f64,
}

/// Without the option `default_manager`, the declared manager `objects` is the default manager.
#[derive(Model)]
#[model(table = "town")]
#[model(global_index(by_country, hash_key = country))]
#[model(manager(objects, index = by_country))]
struct Town {
    #[model(hash_key)]
    name: String,
    country: String,
}

fn cold() -> Q<Weather> {
    Weather::TEMP_MAX.lt(0)
}

impl Weather {
    fn rain() -> Manager<Self> {
        Manager::new().with_filter(Self::KIND.eq("rain"))
    }

    fn rain_by_kind() -> Manager<Self, WeatherByKind> {
        Self::of_kind().with_filter(Self::KIND.eq("rain"))
    }
}

trait Days {
    fn windless(&self) -> Self;
}

impl<R, I: Index<Model = Weather>> Days for QuerySet<Weather, R, I> {
    fn windless(&self) -> Self {
        self.exclude(Weather::KIND.eq("wind"))
    }
}

fn main() {
    let _: Manager<Weather> = Weather::objects();
    let _: Manager<Weather> = Weather::default_manager();
    let _: Manager<Weather> = Weather::everything();
    let _: Manager<Weather, WeatherByKind> = Weather::of_kind();
    let _: Manager<Weather, WeatherByKind> = Weather::warm();
    let _: Manager<Weather, WeatherByKind> = Weather::rain_by_kind();
    let _: Manager<Town, TownByCountry> = Town::objects();
    let _: Manager<Town, TownByCountry> = Town::default_manager();

    // A manager has no hash key yet, so it accepts an index whose hash key is of another type.
    let _ = Weather::rain().set_index(Weather::BY_TEMP_MAX).set_hash_key(1.5);

    let _: QuerySet<Weather> = Weather::cold().windless();
    let _: QuerySet<Weather, Weather, WeatherByKind> = Weather::of_kind().windless().set_hash_key("rain");
    let _ = Weather::rain().set_hash_key("Seattle").windless().set_index(Weather::BY_KIND).windless();
}
