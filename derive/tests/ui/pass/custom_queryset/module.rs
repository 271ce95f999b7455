use djamodb::prelude::*;

mod weather {
    use djamodb::prelude::*;

    #[derive(Model)]
    #[model(table = "weather", manager(objects, queryset = self::querysets::WeatherQuerySet))]
    pub struct Weather {
        #[model(hash_key)]
        pub location: String,
        pub degrees: f64,
    }

    pub mod querysets {
        use super::{Weather, WeatherPrimary};
        use djamodb::prelude::{CustomQuerySet, Index, QuerySet};
        use djamodb::queryset::BuilderMethods;

        /// State that is neither `Default` nor `Copy`.
        #[derive(Clone)]
        pub struct Unit(String);

        #[derive(CustomQuerySet)]
        #[queryset(crate = "djamodb")]
        pub struct WeatherQuerySet<Row = Weather, Over = WeatherPrimary> {
            #[queryset(default = Unit("C".to_owned()))]
            unit: Unit,
            inner_queryset: djamodb::queryset::QuerySet<Weather, Row, Over>,
        }

        impl<Row, Over: Index<Model = Weather>> WeatherQuerySet<Row, Over> {
            pub fn warm(&self) -> Self {
                if self.unit.0 == "C" { self.filter(Weather::DEGREES.gt(20)) } else { self.clone() }
            }

            pub fn plain(&self) -> QuerySet<Weather, Row, Over> {
                self.inner_queryset.clone()
            }
        }
    }
}

use weather::Weather;

fn main() {
    let warm = Weather::objects().warm().set_hash_key("Seattle").values(Weather::DEGREES).warm();
    let _: QuerySet<Weather, f64> = warm.plain();
}
