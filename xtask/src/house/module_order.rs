//! The order of core's modules, and drivers without cycles.

use std::collections::BTreeSet;

use super::module_graph::{ModuleGraph, ModulePath};

/// Core's modules from top to bottom: each uses only those below it.
const CORE_ORDER: [&str; 13] = [
    "queryset",
    "database",
    "error",
    "run",
    "planner",
    "model",
    "layer",
    "driver",
    "plan",
    "schema",
    "expression",
    "value",
    "service",
];

/// Crates whose files must not use each other in a circle.
const WITHOUT_CYCLES: [&str; 3] = ["driver-aws-sdk/src", "driver-memory/src", "driver-rusoto/src"];

/// Cycles that the data has itself: the crate, the modules, the reason.
const RECURSIVE: [(&str, &[&str], &str); 2] = [
    ("driver-aws-sdk/src", &["convert::item", "convert::value"], "values hold maps, and items are maps of values"),
    ("driver-rusoto/src", &["convert::item", "convert::value"], "values hold maps, and items are maps of values"),
];

pub(super) fn check() -> Result<(), String> {
    core_modules_use_only_those_below()?;
    WITHOUT_CYCLES.into_iter().try_for_each(has_no_cycles)
}

fn core_modules_use_only_those_below() -> Result<(), String> {
    let mut faults = BTreeSet::new();
    for (module, used) in ModuleGraph::of_crate("core/src")?.edges() {
        let Some(own_level) = level(&module)? else { continue };
        for used in used {
            if level(&used)?.is_some_and(|used_level| used_level < own_level) {
                faults.insert(format!("  {} uses {}", module.join("::"), used.join("::")));
            }
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    let faults: Vec<String> = faults.into_iter().collect();
    Err(format!("core's modules use only those below them ({}):\n{}", CORE_ORDER.join(" > "), faults.join("\n")))
}

fn has_no_cycles(source_folder: &str) -> Result<(), String> {
    let graph = ModuleGraph::of_crate(source_folder)?;
    let cycles: Vec<Vec<ModulePath>> =
        graph.cycles().into_iter().filter(|cycle| !is_recursion(source_folder, cycle)).collect();
    if cycles.is_empty() {
        return Ok(());
    }
    let edges = graph.edges();
    let mut faults = Vec::new();
    for module in cycles.iter().flatten() {
        let others = edges[module]
            .iter()
            .filter(|other| cycles.iter().any(|cycle| cycle.contains(module) && cycle.contains(other)));
        faults.extend(others.map(|other| format!("  {} uses {}", module.join("::"), other.join("::"))));
    }
    Err(format!("modules of {source_folder} use each other in a circle:\n{}", faults.join("\n")))
}

fn is_recursion(source_folder: &str, cycle: &[ModulePath]) -> bool {
    let modules: Vec<String> = cycle.iter().map(|module| module.join("::")).collect();
    RECURSIVE.iter().any(|(folder, recursive, _)| *folder == source_folder && *recursive == modules.as_slice())
}

/// Returns the position of a module in the order; `None` for the crate's root.
fn level(module: &ModulePath) -> Result<Option<usize>, String> {
    let Some(top) = module.first() else { return Ok(None) };
    let position = CORE_ORDER.iter().position(|name| name == top);
    position
        .map(Some)
        .ok_or_else(|| format!("core's module `{top}` has no place in the order; add it to CORE_ORDER in xtask"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_keep_their_order() {
        assert_eq!(core_modules_use_only_those_below(), Ok(()));
        for source_folder in WITHOUT_CYCLES {
            assert_eq!(has_no_cycles(source_folder), Ok(()));
        }
    }
}
