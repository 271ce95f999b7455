//! Expected output in files. `UPDATE_EXPECT=1` rewrites them; read the difference before you commit it.

use std::path::Path;

use expect_test::expect_file;

/// Compares `found` with a file in `tests/golden/`.
pub(crate) fn compare(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    expect_file![path].assert_eq(found);
}
