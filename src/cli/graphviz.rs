//! Running Graphviz, where it is installed.

use crate::view::Network;
use crate::view::picture::{Positions, layout_request, read_layout};
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

/// More nodes than these are laid out by `sfdp`, which is made for them.
const MANY: usize = 250;

/// Where Graphviz would put the nodes; `None` where it is not installed or does not answer.
pub(super) fn positions(network: &Network) -> Option<Positions> {
    if network.graph.node_count() < 3 {
        return None;
    }
    let program = if network.graph.node_count() > MANY { "sfdp" } else { "neato" };
    let answer = run(program, &layout_request(network)).ok()?;
    read_layout(&answer, network)
}

fn run(program: &str, request: &str) -> io::Result<String> {
    let mut child = Command::new(program)
        .arg("-Tplain")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    // Dropped at the end of the statement, which ends the input. Graphviz reads all of it before it answers.
    let sent = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(request.as_bytes()));
    let output = child.wait_with_output()?;
    sent?;
    let text = String::from_utf8(output.stdout).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))?;
    if output.status.success() { Ok(text) } else { Err(io::Error::other(program.to_owned())) }
}
