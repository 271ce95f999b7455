//! Expected output in files. `BLESS=1 cargo test` writes them anew; read the difference before it is committed.

use std::path::Path;

/// Compares with a file under `tests/golden/`.
pub(crate) fn compare(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, found).expect("the folder of golden files is there");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if found == expected {
        return;
    }
    let first = found.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
    let at = first.unwrap_or_else(|| found.lines().count().min(expected.lines().count()));
    panic!(
        "{} differs at line {}:\n  expected: {:?}\n  found:    {:?}\nBLESS=1 writes the file anew",
        path.display(),
        at + 1,
        expected.lines().nth(at),
        found.lines().nth(at),
    );
}
