use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "shop", discriminator = "type", discriminator_value = "order")]
#[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "ORDER#{{{placed_at}}}#{number:08}"))]
#[model(local_index(by_total, range_key(lsi1sk = "{total:06}")))]
#[model(global_index(by_type, hash_key(type), range_key(placed_at)))]
#[model(global_index(by_status, hash_key(gsi1pk = "STATUS#{status:escaped}#x", customer), projection = include(total)))]
pub struct Order {
    customer: Uuid,
    placed_at: DateTime<Utc>,
    number: u32,
    total: Option<u32>,
    status: String,
    r#mod: String,
}

#[derive(Model)]
#[model(table = "shop", hash_key(pk = "SETTINGS{mod}"), range_key(sk = "SETTINGS"))]
struct Settings {
    r#mod: String,
}

fn main() {
    let _ = Order::objects().set_hash_key(Uuid::nil()).filter(Order::NUMBER.gt(4) & Order::SK.startswith("ORDER"));
    let _ = Order::objects().set_index(Order::BY_TYPE).filter(Order::TYPE.eq("order"));
    let _ = Order::objects().set_index(Order::BY_STATUS).set_hash_key(("open", Uuid::nil()));
    let _ = Settings::objects().set_hash_key("x");
    let _ = (Order::GSI1PK, Order::LSI1SK, Settings::PK);
}
