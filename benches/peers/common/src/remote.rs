//! A client in a process of its own, which takes turns with the clients of the measuring process.
//!
//! The measuring process writes a [`Task`] to the standard input of the other, as one line of JSON, and reads its result from the standard
//! output. The other process measures its own time, so that the exchange is not counted.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::ops::Range;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::client::Operation;
use crate::subject::Subject;

/// A task of the client.
#[derive(Serialize, Deserialize)]
enum Task {
    /// Executes an operation once for each number. The result is the CPU time in nanoseconds.
    Time(Operation, Range<usize>),
    /// Executes an operation once. The result is its answer.
    Answer(Operation, usize),
}

/// Carries out the tasks on standard input until it ends.
///
/// # Errors
///
/// Returns an error if a line is not a task, or if a result cannot be written.
pub fn serve(subject: &mut dyn Subject<Operation>) -> io::Result<()> {
    for line in io::stdin().lines() {
        let result = match serde_json::from_str(&line?)? {
            Task::Time(operation, numbers) => {
                let nanoseconds = subject.time(operation, numbers).as_nanos();
                Json::from(u64::try_from(nanoseconds).map_err(io::Error::other)?)
            }
            Task::Answer(operation, number) => subject.answer(operation, number),
        };
        println!("{result}");
    }
    Ok(())
}

/// A client in a process of its own, which ends with this value.
pub struct Remote {
    name: &'static str,
    operations: &'static [Operation],
    process: Child,
    tasks: Option<ChildStdin>,
    results: BufReader<ChildStdout>,
}

impl Remote {
    /// Starts the program of a client that has these operations. It calls [`serve`].
    ///
    /// # Errors
    ///
    /// Returns an error if the program cannot be started.
    pub fn start(name: &'static str, operations: &'static [Operation], command: &mut Command) -> io::Result<Self> {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let tasks = process.stdin.take();
        let results = process.stdout.take().ok_or_else(|| io::Error::other("the program has no standard output"))?;
        Ok(Self { name, operations, process, tasks, results: BufReader::new(results) })
    }

    fn result<T: DeserializeOwned>(&mut self, task: &Task) -> io::Result<T> {
        if let Some(tasks) = &mut self.tasks {
            writeln!(tasks, "{}", serde_json::to_string(task)?)?;
        }
        let mut line = String::new();
        self.results.read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }
}

impl Subject<Operation> for Remote {
    fn name(&self) -> &'static str {
        self.name
    }

    fn supports(&self, operation: Operation) -> bool {
        self.operations.contains(&operation)
    }

    fn time(&mut self, operation: Operation, numbers: Range<usize>) -> Duration {
        Duration::from_nanos(self.result(&Task::Time(operation, numbers)).expect("the program measures the operation"))
    }

    fn answer(&mut self, operation: Operation, number: usize) -> Json {
        self.result(&Task::Answer(operation, number)).expect("the program executes the operation")
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        // The program ends when its standard input does.
        drop(self.tasks.take());
        let _ = self.process.wait();
    }
}
