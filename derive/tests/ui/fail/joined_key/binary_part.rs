use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(join = "||")]
struct Digest {
    name: String,
    hash: Bytes,
}

fn main() {}
