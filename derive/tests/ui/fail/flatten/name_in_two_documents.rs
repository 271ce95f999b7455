use djamodb::prelude::*;

#[derive(Document)]
struct Dates {
    created: u32,
}

#[derive(Document)]
struct Audit {
    #[document(flatten)]
    dates: Dates,
}

#[derive(Document)]
struct Origin {
    created: String,
}

#[derive(Document)]
struct Note {
    text: String,
    #[document(flatten)]
    audit: Audit,
    #[document(flatten)]
    origin: Origin,
}

fn main() {}
