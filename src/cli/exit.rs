//! How a command ended → the process's exit code.

use std::process::ExitCode;

/// How a command ended. (A command that cannot run returns an error, which ends the program with code 2.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// Everything asked for was done: code 0.
    Done,
    /// It ran, and there is something to look at: a check found a fault, nothing matched, an input could not be read: code 1.
    Findings,
    /// It could not run at all: code 2.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::from(0),
            Exit::Findings => Self::from(1),
            Exit::Failed => Self::from(2),
        }
    }
}
