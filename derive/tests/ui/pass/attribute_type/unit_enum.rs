use djamodb::prelude::*;

#[derive(AttributeType, Clone, Copy, Debug, PartialEq)]
#[attribute(rename_all = "snake_case")]
enum Kind {
    LightRain,
    #[attribute(rename = "SUN")]
    Sun,
}

#[derive(AttributeType, Clone, Copy, Debug, PartialEq)]
#[attribute(rename_all = "kebab-case")]
enum Kebab {
    LightRain,
}

#[derive(AttributeType, Clone, Copy, Debug, PartialEq)]
enum AsWritten {
    LightRain,
}

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Option<Kind>,
}

fn main() {
    let text = |value: djamodb::value::AttributeValue| value.as_s().unwrap().to_owned();
    assert_eq!(text(Kind::LightRain.encode().unwrap()), "light_rain");
    assert_eq!(text(Kind::Sun.encode().unwrap()), "SUN");
    assert_eq!(text(Kebab::LightRain.encode().unwrap()), "light-rain");
    assert_eq!(text(AsWritten::LightRain.encode().unwrap()), "LightRain");
    assert_eq!(Kind::decode(&Kind::Sun.encode().unwrap()).unwrap(), Kind::Sun);

    let error = (Kind::type_info().parse)("hail").unwrap_err();
    assert_eq!(error.to_string(), r#""hail" is not a value of `Kind`: expected one of `light_rain`, `SUN`"#);
    let _ = Weather::KIND.is_in([Kind::Sun, Kind::LightRain]);
    let _ = Weather::objects().set_index(Weather::BY_KIND).set_hash_key(Kind::Sun);
}
