//! The graph of a crate's modules: an edge from each file to the files whose items it names.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{ItemMod, ItemUse, UseTree, Visibility};

use super::files::{self, SourceFile};

/// A module path below the crate's root, such as `["planner", "range"]`; the root itself is empty.
pub(super) type ModulePath = Vec<String>;

/// Modules of one crate and the modules that each of them uses.
#[derive(Debug, Default)]
pub(super) struct ModuleGraph {
    modules: BTreeMap<ModulePath, Module>,
}

/// One file of a crate.
#[derive(Debug, Default)]
struct Module {
    /// Names that `use` declarations bind in the module, with their full paths.
    imports: BTreeMap<String, ModulePath>,
    /// Paths of items that the module names, from the crate's root.
    paths: BTreeSet<ModulePath>,
}

impl ModuleGraph {
    /// Parses all files of a crate.
    pub(super) fn of_crate(source_folder: &str) -> Result<Self, String> {
        let mut graph = Self::default();
        for file in files::with_extension(source_folder, &["rs"])? {
            let path = module_path(source_folder, &file.path);
            graph.modules.insert(path.clone(), Module::parse(&file, &path)?);
        }
        if graph.modules.is_empty() { Err(format!("{source_folder} holds no modules")) } else { Ok(graph) }
    }

    /// Returns the edges between different modules. A re-exported name leads to the module that declares it.
    pub(super) fn edges(&self) -> BTreeMap<ModulePath, BTreeSet<ModulePath>> {
        let mut edges = BTreeMap::new();
        for (path, module) in &self.modules {
            let used = module.paths.iter().filter_map(|target| self.declaring_module(target));
            let used = used.filter(|used| used != path && !used.is_empty());
            edges.insert(path.clone(), used.collect());
        }
        edges
    }

    /// Returns the module that declares the item at a path, following re-exports.
    fn declaring_module(&self, target: &ModulePath) -> Option<ModulePath> {
        let mut target = target.clone();
        for _ in 0..REEXPORTS_MAX {
            let length = (0..=target.len()).rev().find(|length| self.modules.contains_key(&target[..*length]))?;
            let (module, rest) = target.split_at(length);
            let reexported = rest.first().and_then(|name| self.modules[module].imports.get(name));
            match reexported {
                Some(full) => target = full.iter().chain(&rest[1..]).cloned().collect(),
                None => return Some(module.to_vec()),
            }
        }
        None
    }

    /// Returns the groups of modules that use each other in a circle, each group sorted.
    pub(super) fn cycles(&self) -> Vec<Vec<ModulePath>> {
        let edges = self.edges();
        let reachable: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> =
            edges.keys().map(|module| (module, reachable_from(module, &edges))).collect();
        let mut cycles: BTreeSet<Vec<ModulePath>> = BTreeSet::new();
        for (module, others) in &reachable {
            let circle = others.iter().filter(|other| reachable.get(*other).is_some_and(|back| back.contains(module)));
            let circle: Vec<ModulePath> = circle.map(|other| (*other).clone()).collect();
            if circle.len() > 1 {
                cycles.insert(circle);
            }
        }
        cycles.into_iter().collect()
    }
}

/// Bound of the re-exports that are followed for one name.
const REEXPORTS_MAX: usize = 16;

fn reachable_from<'a>(
    start: &'a ModulePath,
    edges: &'a BTreeMap<ModulePath, BTreeSet<ModulePath>>,
) -> BTreeSet<&'a ModulePath> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![start]);
    while let Some(module) = open.pop() {
        for next in edges.get(module).into_iter().flatten() {
            if reached.insert(next) {
                open.push(next);
            }
        }
    }
    reached
}

/// Returns the module path of a file: `core/src/planner/range.rs` is `planner::range`.
fn module_path(source_folder: &str, file: &str) -> ModulePath {
    let inside = file.trim_start_matches(source_folder).trim_start_matches('/').trim_end_matches(".rs");
    if inside == "lib" { Vec::new() } else { inside.split('/').map(str::to_owned).collect() }
}

impl Module {
    fn parse(file: &SourceFile, path: &ModulePath) -> Result<Self, String> {
        let parsed = syn::parse_file(&file.text).map_err(|error| format!("{}: {error}", file.path))?;
        let mut visitor = PathVisitor { path, module: Self::default() };
        visitor.visit_file(&parsed);
        Ok(visitor.module)
    }
}

struct PathVisitor<'a> {
    path: &'a ModulePath,
    module: Module,
}

impl PathVisitor<'_> {
    /// Resolves `crate`, `self` and `super`; `None` for paths into other crates.
    fn resolve(&self, segments: &[String]) -> Option<ModulePath> {
        let mut base = match segments.first()?.as_str() {
            "crate" => Vec::new(),
            "self" => self.path.clone(),
            "super" => self.path.split_last().map(|(_, parent)| parent.to_vec()).unwrap_or_default(),
            _ => return None,
        };
        for segment in &segments[1..] {
            match segment.as_str() {
                "super" => drop(base.pop()),
                "self" => {}
                name => base.push(name.to_owned()),
            }
        }
        Some(base)
    }

    fn import(&mut self, prefix: &[String], tree: &UseTree) {
        let joined = |name: String| [prefix, &[name]].concat();
        match tree {
            UseTree::Path(path) => self.import(&joined(path.ident.to_string()), &path.tree),
            UseTree::Name(name) => self.bind(&joined(name.ident.to_string()), name.ident.to_string()),
            UseTree::Rename(rename) => self.bind(&joined(rename.ident.to_string()), rename.rename.to_string()),
            UseTree::Glob(_) => self.bind(prefix, "*".to_owned()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(prefix, tree)),
        }
    }

    fn bind(&mut self, segments: &[String], name: String) {
        // `use child::Item` in a parent names the child without `self::`.
        let own = || Some([self.path.as_slice(), segments].concat());
        let resolved = self.resolve(segments).or_else(|| own().filter(|_| is_module_name(segments)));
        if let Some(full) = resolved {
            self.module.paths.insert(full.clone());
            self.module.imports.insert(name, full);
        }
    }
}

/// Returns `true` if a path without `crate`, `self` or `super` may begin with a child module. Only paths of several segments do;
/// those into other crates then lead to no module of the graph.
fn is_module_name(segments: &[String]) -> bool {
    segments.len() > 1
}

impl<'ast> Visit<'ast> for PathVisitor<'_> {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.import(&[], &item.tree);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        // Tests may use whatever they need.
        let is_test = item.attrs.iter().any(|attribute| {
            attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|argument| argument.is_ident("test"))
        });
        if !is_test {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_visibility(&mut self, _: &'ast Visibility) {
        // `pub(super)` names the parent without using it.
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let Some(full) = self.resolve(&segments) {
            self.module.paths.insert(full);
        }
        visit::visit_path(self, path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(files: &[(&str, &str)]) -> ModuleGraph {
        let mut graph = ModuleGraph::default();
        for (path, text) in files {
            let file = SourceFile { path: format!("a/src/{path}"), text: (*text).to_owned() };
            let path = module_path("a/src", &file.path);
            graph.modules.insert(path.clone(), Module::parse(&file, &path).unwrap());
        }
        graph
    }

    fn shown(cycles: &[Vec<ModulePath>]) -> Vec<Vec<String>> {
        cycles.iter().map(|cycle| cycle.iter().map(|module| module.join("::")).collect()).collect()
    }

    #[test]
    fn finds_two_modules_that_use_each_other() {
        let graph = graph(&[("a.rs", "use crate::b::B; struct A;"), ("b.rs", "fn b(_: crate::a::A) {} struct B;")]);
        assert_eq!(shown(&graph.cycles()), [["a", "b"]]);
    }

    #[test]
    fn follows_a_reexport_to_the_module_that_declares_the_name() {
        let files = [
            ("a.rs", "mod x; mod y; pub use x::X; use y::Y;"),
            ("a/x.rs", "pub struct X;"),
            ("a/y.rs", "use super::X; pub struct Y;"),
        ];
        assert_eq!(shown(&graph(&files).cycles()), Vec::<Vec<String>>::new());
    }

    #[test]
    fn ignores_visibilities() {
        let files = [("a.rs", "mod x; use x::X;"), ("a/x.rs", "pub(super) struct X;")];
        assert_eq!(shown(&graph(&files).cycles()), Vec::<Vec<String>>::new());
    }

    #[test]
    fn ignores_tests_and_other_crates() {
        let files =
            [("a.rs", "use std::fmt; #[cfg(test)] mod tests { use crate::b::B; }"), ("b.rs", "use crate::a::A;")];
        assert_eq!(shown(&graph(&files).cycles()), Vec::<Vec<String>>::new());
    }
}
