use djamodb::prelude::*;

mod weather {
    use djamodb::prelude::*;

    #[derive(Model)]
    #[model(table = "weather", global_index(by_kind, hash_key = kind))]
    pub struct Weather {
        #[model(hash_key)]
        pub location: String,
        pub kind: String,
    }
}

mod proxies {
    use djamodb::prelude::*;

    use super::weather;

    #[derive(Proxy)]
    #[proxy(crate = "djamodb", manager(r#final), manager(of_kind, index = weather::WeatherByKind))]
    pub struct RainyDay(weather::Weather);
}

use proxies::RainyDay;
use weather::Weather;

fn main() {
    let _: QuerySet<Weather, RainyDay> = RainyDay::r#final().set_hash_key("Seattle");
    let _ = RainyDay::of_kind().set_hash_key("rain").union(&RainyDay::objects());
}
