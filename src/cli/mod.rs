//! The command line: `args` for clap, one file a command.
