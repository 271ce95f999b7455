use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "members")]
struct Member {
    #[model(hash_key)]
    id: u32,
    #[model(unique)]
    tags: Vec<String>,
}

#[derive(Model)]
#[model(table = "files")]
struct File {
    #[model(hash_key)]
    id: u32,
    #[model(unique)]
    digest: Bytes,
}

fn main() {}
