//! The output of the quickstart.

use crate::examples::example;
use crate::golden;

#[test]
fn the_quickstart_prints_its_figures() {
    let output = example("quickstart").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    for line in [
        "rows loaded: 2922",
        "Seattle count: 1461",
        "Seattle first: 2012-01-01",
        "New York last: 2015-12-31",
        "hottest rainy day: New York 2012-07-07 37.2",
        "Seattle snow days: 26",
        "Seattle 2014 count: 365",
    ] {
        assert!(printed.lines().any(|printed| printed == line), "{line} is missing in:\n{printed}");
    }
    golden::compare("quickstart.txt", &printed);
}

#[test]
fn bad_rows_are_reported_and_the_others_are_loaded() {
    let path = std::env::temp_dir().join(format!("djamodb-bad-rows-{}.csv", std::process::id()));
    let good = include_str!("../../examples/data/weather.csv");
    let bad = "Seattle,2012-13-01,0,1,1,1,sun\nSeattle,2012-01-01,zero,1,1,1,sun\nSeattle,2012-01-01\n,2016-01-01,0,1,1,1,sun\n";
    std::fs::write(&path, format!("{good}{bad}")).unwrap();
    let output = example("quickstart").arg(&path).output().unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().contains("rows loaded: 2922"));
    let errors = String::from_utf8(output.stderr).unwrap();
    for line in [
        "bad row: line 2924: date \"2012-13-01\"",
        "bad row: line 2925: precipitation \"zero\"",
        "bad row: line 2926: expected 7 columns, found 2",
        "bad row: line 2927: ",
    ] {
        assert!(errors.contains(line), "{line} is missing in:\n{errors}");
    }
}
