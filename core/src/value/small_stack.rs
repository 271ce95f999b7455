//! Tests of operations that must not need a stack as deep as their data.

/// Runs a test on a thread whose stack has 256 KB, an eighth of what threads have by default.
pub(crate) fn on_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(256 * 1024).spawn(test).unwrap().join().unwrap();
}
