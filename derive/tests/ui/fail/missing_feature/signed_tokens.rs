use djamodb::prelude::*;

fn signed(db: &Database) -> Result<Database, djamodb::Error> {
    db.with_cursor_secret("sixteen bytes or more")
}

fn main() {}
