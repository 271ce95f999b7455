//! Runs examples as a user does.

use std::process::Command;

use crate::golden;

/// Returns a command that runs an example outside the folder of the project.
///
/// `EXAMPLES_ARE_BUILT` says that cargo has built it beside this test, as `cargo xtask test` does; otherwise cargo builds it now.
pub(crate) fn example(name: &str) -> Command {
    let built = std::env::var_os("EXAMPLES_ARE_BUILT").and(std::env::current_exe().ok()).and_then(|test| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        Some(test.parent()?.parent()?.join("examples").join(file))
    });
    let mut command = match built {
        Some(built) if built.is_file() => Command::new(built),
        _ => {
            let mut command = Command::new(env!("CARGO"));
            let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
            command.args(["run", "--quiet", "--manifest-path", manifest, "--example", name, "--"]);
            command
        }
    };
    command.current_dir(std::env::temp_dir());
    command
}

#[test]
fn the_bank_prints_its_transfers() {
    let output = example("transfer").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    golden::compare("transfer.txt", &String::from_utf8(output.stdout).unwrap());
}

#[test]
fn the_shop_prints_its_table() {
    let output = example("single_table").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    golden::compare("single_table.txt", &String::from_utf8(output.stdout).unwrap());
}

#[test]
fn a_hash_key_of_five_values_throttles_and_a_sharded_one_does_not() {
    let output = example("hot-partitions").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    golden::compare("hot_partitions.txt", &String::from_utf8(output.stdout).unwrap());
}

#[test]
fn hot_partitions_are_drawn_with_two_columns_for_each_second_of_both_tables() {
    let file = std::env::temp_dir().join(format!("djamodb-hot-partitions-{}.svg", std::process::id()));
    let output = example("hot-partitions").arg("--svg").arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let drawing = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(drawing.matches("<rect ").count(), 2 * 2 * 30);
    assert!(drawing.ends_with("</svg>\n"));
}

#[test]
fn the_examples_without_a_page_of_their_own_succeed() {
    for name in ["stream", "changes"] {
        let output = example(name).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
