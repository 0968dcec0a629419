//! `entente completions`: the script, on stdout, by which a shell asks the program itself what may follow.

use super::args::CompletionsArgs;
use super::complete::VARIABLE;
use super::context::Context;
use super::exit::Exit;
use clap::Command;
use clap_complete::env::{self, EnvCompleter};
use std::ffi::OsString;
use std::io;
use std::path::Path;

/// The shells that can ask.
pub(super) const SHELLS: &[&dyn EnvCompleter] = &[&Bash, &env::Elvish, &env::Fish, &env::Powershell, &env::Zsh];

/// Runs the command.
pub(super) fn run(args: &CompletionsArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    if let Some(shell) = env::Shells(SHELLS).completer(&args.shell.to_string()) {
        shell.write_registration(VARIABLE, "entente", "entente", "entente", &mut script)?;
    }
    let mut out = ctx.data();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Done)
}

/// Bash, which ends a word at `=` where it completes: `--set country=S` comes in pieces that are put together again, and of an
/// answer only what follows the last `=` goes back.
#[derive(Debug, Clone, Copy)]
struct Bash;

const BASH: &str = r#"_entente() {
    local words=() word typed prefix="" i last=-1
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((last > 0)) && [[ $word == "=" || ${words[last]} == *= ]]; then
            words[last]+=$word
        else
            words[++last]=$word
        fi
    done
    typed=${words[last]}
    if [[ $typed == *=* && $COMP_WORDBREAKS == *=* ]]; then
        prefix=${typed%"${typed##*=}"}
    fi
    local IFS=$'\n'
    COMPREPLY=($(_CLAP_IFS=$'\n' _CLAP_COMPLETE_INDEX=$last VARIABLE=bash COMPLETER -- "${words[@]}" 2>/dev/null))
    COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
    if [[ ${COMPREPLY-} == *[=/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o bashdefault -F _entente BIN
"#;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        env::Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        env::Bash.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        _: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn io::Write,
    ) -> io::Result<()> {
        let script = BASH.replace("VARIABLE", var).replace("COMPLETER", completer).replace("BIN", bin);
        buf.write_all(script.as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut Command,
        words: Vec<OsString>,
        here: Option<&Path>,
        buf: &mut dyn io::Write,
    ) -> io::Result<()> {
        env::Bash.write_complete(command, words, here, buf)
    }
}
