use djamodb::model::ValidationErrors;
use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "customers")]
struct Customer {
    #[model(hash_key)]
    name: String,
}

#[derive(Model)]
#[model(table = "orders", validate = Self::check)]
struct Order {
    #[model(hash_key)]
    id: String,
}

impl Order {
    fn check(&self) -> Result<(), ValidationErrors<Self>> {
        let mut errors = ValidationErrors::new();
        errors.add(Customer::NAME, "is empty");
        errors.add(Self::TOTAL, "is zero");
        errors.into_result()
    }
}

fn main() {}
