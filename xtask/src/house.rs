//! House rules: invariants of the workspace that the compiler does not check.

mod calls;
mod custom_querysets;
mod dependencies;
mod features;
mod files;
mod links;
mod module_graph;
mod module_order;
mod operations;
mod voice;

/// Checks every rule and stops at the first one that is broken.
///
/// # Errors
///
/// Returns a message that names the rule, the file and the remedy.
pub(crate) fn check() -> Result<(), String> {
    println!("\nhouse rules");
    dependencies::check()?;
    module_order::check()?;
    operations::check()?;
    calls::check()?;
    custom_querysets::check()?;
    features::check()?;
    links::check()?;
    voice::check()?;
    println!(
        "house rules hold: dependencies, order of modules, no cycles in drivers, one file per operation, the database as the last \
         argument, every method in custom querysets, tables of features, links, plain language"
    );
    Ok(())
}
