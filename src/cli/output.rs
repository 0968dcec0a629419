//! Where a command writes data: standard output, or a file that appears only when it is whole.

use anyhow::Context as _;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

const BUFFER: usize = 1 << 16;

/// An open output; what is not [finished](Self::finish) leaves an older file as it is.
pub(super) struct Output(Place);

enum Place {
    Stdout(BufWriter<Stdout>),
    /// A pipe or device, which cannot be put in place of another.
    Device(BufWriter<File>),
    /// A file beside the one that it will replace.
    New {
        file: BufWriter<NamedTempFile>,
        path: PathBuf,
    },
}

impl Output {
    /// Opens the file, or standard output for none and for `-`.
    pub(super) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let place = match path {
            None => Place::Stdout(BufWriter::with_capacity(BUFFER, io::stdout())),
            Some(path) if path == Path::new("-") => Place::Stdout(BufWriter::with_capacity(BUFFER, io::stdout())),
            Some(path) => beside(path).with_context(|| format!("cannot write {}", path.display()))?,
        };
        Ok(Self(place))
    }

    /// Writes what is left, and puts a new file in its place.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        match self.0 {
            Place::Stdout(mut out) => Ok(out.flush()?),
            Place::Device(mut out) => Ok(out.flush()?),
            Place::New { file, path } => {
                let put = |file: NamedTempFile| file.persist(&path).map_err(|e| e.error);
                let done = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(put);
                done.map(|_| ()).with_context(|| format!("cannot write {}", path.display()))
            }
        }
    }
}

fn beside(path: &Path) -> io::Result<Place> {
    // A link stays one; what it leads to is replaced.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if path.exists() && !path.is_file() {
        let file = OpenOptions::new().write(true).open(&path)?;
        return Ok(Place::Device(BufWriter::with_capacity(BUFFER, file)));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".entente-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = path.metadata().map_or(0o666, |old| old.permissions().mode() & 0o777);
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    let file = BufWriter::with_capacity(BUFFER, builder.tempfile_in(folder)?);
    Ok(Place::New { file, path })
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Place::Stdout(out) => out.write(bytes),
            Place::Device(out) => out.write(bytes),
            Place::New { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Place::Stdout(out) => out.flush(),
            Place::Device(out) => out.flush(),
            Place::New { file, .. } => file.flush(),
        }
    }
}
