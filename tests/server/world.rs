//! Stores and servers for the tests.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::LazyLock;
use tempfile::TempDir;

/// What writers show.
pub(crate) const TOKEN: &str = "a-token-for-tests";

const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");

/// A server that runs; it ends with the test.
pub(crate) struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub(crate) address: String,
}

impl Server {
    /// Starts a server of a store.
    pub(crate) fn start(store: &Path, args: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(["serve", "--port", "0", "--store"]).arg(store).args(args);
        let (child, address) = spawn(command.stdin(Stdio::null()));
        Self { child, address }
    }

    /// Asks it to stop as Ctrl-C does.
    pub(crate) fn interrupt(&self) {
        let status = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    /// Waits for its end; gives its exit code.
    pub(crate) fn wait(mut self) -> Option<i32> {
        let status = self.child.wait().unwrap();
        status.code()
    }

    /// Resident memory in bytes.
    pub(crate) fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Seed articles, by the beginning of their names.
pub(crate) fn seeds(beginning: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(beginning))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

/// Builds a store of articles in a folder.
pub(crate) fn build(store: &Path, articles: &[PathBuf]) {
    let done = Command::new(PROGRAM).args(["build", "--quiet", "--store"]).arg(store).args(articles).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// A store of its own for a test that writes.
pub(crate) fn own_store() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("own.store");
    let status = Command::new("cp").arg("-r").arg(&SHARED.store).arg(&store).status().unwrap();
    assert!(status.success());
    (folder, store)
}

struct Shared {
    store: PathBuf,
    address: String,
    /// Open as long as the tests run.
    _alive: ChildStdin,
}

/// Ends the server when its standard input does, and takes its store away: nothing that is static is dropped.
const KEEPER: &str =
    "store=$1; shift; \"$@\" & server=$!; cat > /dev/null; kill $server; wait $server; rm -rf \"$store\"";

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    // Some runners give each test a process of its own.
    let store = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("server-seeds-{}.store", std::process::id()));
    let _ = std::fs::remove_dir_all(&store);
    build(&store, &seeds("202"));
    let mut keeper = Command::new("sh");
    keeper.args(["-c", KEEPER, "sh"]).arg(&store).args([PROGRAM, "serve", "--port", "0", "--store"]).arg(&store);
    let (mut child, address) = spawn(keeper.stdin(Stdio::piped()));
    Shared { store, address, _alive: child.stdin.take().unwrap() }
});

/// The address of a server that only reads, shared by all tests.
pub(crate) fn reader() -> &'static str {
    &SHARED.address
}

/// Starts a server; gives it and its `127.0.0.1:PORT`.
fn spawn(command: &mut Command) -> (Child, String) {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let address = line.split_once("http://").unwrap_or_else(|| panic!("{line}")).1;
    let address = address.split_once('/').unwrap().0.to_owned();
    // Nobody else reads what it says.
    std::thread::spawn(move || lines.for_each(drop));
    (child, address)
}
