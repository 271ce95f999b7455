//! One operation is one file, with the same name in core, in every driver and in the conformance cases.

use super::files;

/// Folders that hold one file for each operation.
const DRIVER_FOLDERS: [&str; 3] = ["driver-aws-sdk/src/op", "driver-memory/src/op", "driver-rusoto/src/op"];

pub(super) fn check() -> Result<(), String> {
    every_operation_has_its_files()?;
    every_operation_is_documented()
}

fn every_operation_has_its_files() -> Result<(), String> {
    let operations = operations()?;
    for folder in DRIVER_FOLDERS {
        let stems: Vec<String> = stems(folder)?;
        if let Some(operation) = operations.iter().find(|operation| !stems.contains(operation)) {
            return Err(format!(
                "{folder} has no {operation}.rs; each operation has a file of the same name everywhere"
            ));
        }
    }
    let cases = stems("conformance/src/cases")?;
    match operations.iter().find(|operation| !cases.iter().any(|case| case.starts_with(&format!("{operation}_")))) {
        None => Ok(()),
        Some(operation) => {
            Err(format!("conformance/src/cases has no {operation}_….rs; each operation needs at least one case"))
        }
    }
}

/// Requires that `EMULATED.md` names every operation, including those that every driver refuses.
fn every_operation_is_documented() -> Result<(), String> {
    let page = files::read("driver-memory/EMULATED.md")?;
    let documented: Vec<&str> = page.split(|character: char| !character.is_ascii_alphanumeric()).collect();
    let plans = files::read("core/src/plan.rs")?;
    let unsupported = files::read("core/src/plan/unsupported.rs")?;
    let lines = macro_body(&plans, "operations! {")?.lines().chain(macro_body(&unsupported, "unsupported! {")?.lines());
    for line in lines.map(str::trim).filter(|line| !line.starts_with("//")) {
        let operation = line.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default();
        if !operation.is_empty() && !documented.contains(&operation) {
            return Err(format!("driver-memory/EMULATED.md does not name {operation}; add it to its table"));
        }
    }
    Ok(())
}

/// Returns the text between the braces of a macro call.
fn macro_body<'a>(text: &'a str, start: &str) -> Result<&'a str, String> {
    let missing = || format!("no macro call begins with {start}");
    let (_, list) = text.split_once(&format!("\n{start}")).ok_or_else(missing)?;
    list.split_once("\n}").map(|(list, _)| list).ok_or_else(missing)
}

/// Returns the file stems of core's operations: the files in `plan/` that define an output.
fn operations() -> Result<Vec<String>, String> {
    let files = files::with_extension("core/src/plan", &["rs"])?;
    let operations: Vec<String> =
        files.iter().filter(|file| file.text.contains("Output {")).map(|file| stem(&file.path)).collect();
    if operations.is_empty() { Err("core/src/plan defines no operations".to_owned()) } else { Ok(operations) }
}

fn stems(folder: &str) -> Result<Vec<String>, String> {
    Ok(files::with_extension(folder, &["rs"])?.iter().map(|file| stem(&file.path)).collect())
}

fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.trim_end_matches(".rs").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_files_cases_and_documentation() {
        assert_eq!(every_operation_has_its_files(), Ok(()));
        assert_eq!(every_operation_is_documented(), Ok(()));
    }
}
