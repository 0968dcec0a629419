//! Cases → tests, one each, and a table of how many hold by group.

use super::gaps::{self, Gaps};
use super::render;
use entente::evaluate::notation::{Fault, broken};
use entente::facts::{Extractor, Facts};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{LazyLock, Mutex};

static ENGINE: LazyLock<Extractor> = LazyLock::new(|| Extractor::builtin().unwrap());

/// The cases that hold, of those that have run: group → (held, run).
static TALLY: Mutex<BTreeMap<String, (usize, usize)>> = Mutex::new(BTreeMap::new());

/// A case and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// The row of the table that it counts in.
    pub(crate) group: String,
    /// `file:line`, for failures.
    pub(crate) place: String,
    /// The case.
    pub(crate) told: entente::evaluate::cases::Case,
}

/// Cases, and what is wrong with the files that they come from.
#[derive(Debug, Default)]
pub(crate) struct Suite {
    /// Name of the test target.
    pub(crate) test: &'static str,
    /// The list of known gaps, from the root of the package.
    pub(crate) gaps: &'static str,
    /// The cases, in order.
    pub(crate) cases: Vec<Case>,
    /// `file:line: what is wrong`.
    pub(crate) faults: Vec<Fault>,
}

impl Case {
    /// The lines that do not hold, and the facts found.
    fn broken(&self) -> (Vec<String>, Facts) {
        let facts = ENGINE.facts(&self.told.article());
        let broken = broken(&self.told.expected, &facts).into_iter().map(|e| e.text.clone()).collect();
        (broken, facts)
    }

    /// Runs the case against the list of gaps.
    fn check(&self, listed: Option<&Vec<String>>, suite: (&str, &str)) -> Result<(), Failed> {
        let (broken, facts) = self.broken();
        self.count(broken.is_empty());
        gaps::verdict(listed, &broken, suite.1, suite.0).map_err(|verdict| {
            let list = |lines: &[String]| lines.iter().map(|l| format!("\n    {l}")).collect::<String>();
            let (text, found) = (self.told.article().text, render::lines(&facts));
            Failed::from(format!(
                "{}: {}\n  {verdict}\n  text:\n    {}\n  does not hold:{}\n  found:{}",
                self.place,
                self.told.id,
                text.replace('\n', "\n    "),
                list(&broken),
                list(&found),
            ))
        })
    }

    fn count(&self, held: bool) {
        let mut tally = TALLY.lock().unwrap();
        let row = tally.entry(self.group.clone()).or_default();
        row.0 += usize::from(held);
        row.1 += 1;
    }
}

impl Suite {
    fn gaps_file(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(self.gaps)
    }

    /// Runs everything as tests, or rewrites the list of known gaps where that is asked for.
    pub(crate) fn run(self) -> ExitCode {
        if std::env::var_os(gaps::UPDATE).is_some_and(|v| !v.is_empty() && v != "0") && self.faults.is_empty() {
            return self.update();
        }
        let arguments = Arguments::from_args();
        let conclusion = libtest_mimic::run(&arguments, self.trials());
        print_tally();
        conclusion.exit_code()
    }

    fn trials(mut self) -> Vec<Trial> {
        let listed = gaps::read(&self.gaps_file()).unwrap_or_else(|fault| {
            self.faults.push(fault);
            Gaps::new()
        });
        let strays = listed.keys().filter(|id| !self.cases.iter().any(|c| c.told.id == **id));
        self.faults.extend(strays.map(|id| format!("{}: there is no case `{id}`", self.gaps)));
        let (suite, codes) = ((self.test, self.gaps), self.cases.clone());
        let form = Trial::test("the files are well formed", move || well_formed(self.faults, &codes));
        let cases = self.cases.into_iter().map(|case| {
            let listed = listed.get(&case.told.id).cloned();
            Trial::test(case.told.id.clone(), move || case.check(listed.as_ref(), suite))
        });
        std::iter::once(form).chain(cases).collect()
    }

    #[expect(clippy::print_stdout, reason = "the person who asked for it is told")]
    fn update(&self) -> ExitCode {
        let mut broken = Vec::new();
        for case in &self.cases {
            let (lines, _) = case.broken();
            case.count(lines.is_empty());
            broken.push((case.told.id.as_str(), lines));
        }
        let failing = broken.iter().filter(|(_, lines)| !lines.is_empty()).map(|(id, lines)| (*id, lines.as_slice()));
        gaps::write(&self.gaps_file(), self.test, failing).unwrap();
        println!("{} rewritten", self.gaps);
        print_tally();
        ExitCode::SUCCESS
    }
}

/// No line is refused, and every code is that of a known state or organization.
fn well_formed(mut faults: Vec<Fault>, cases: &[Case]) -> Result<(), Failed> {
    let gazetteer = &ENGINE.knowledge().gazetteer;
    for case in cases {
        for expectation in &case.told.expected {
            for code in expectation.codes() {
                if gazetteer.country(code).is_none() && gazetteer.organization(code).is_none() {
                    faults.push(format!("{}: `{code}` is no known state or organization", case.place));
                }
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Failed::from(faults.join("\n"))) }
}

/// How many cases hold by group, where more than one has run.
#[expect(clippy::print_stdout, reason = "the table is for the person who runs the test")]
fn print_tally() {
    let tally = TALLY.lock().unwrap();
    let sum = |part: fn(&(usize, usize)) -> usize| tally.values().map(part).sum::<usize>();
    let (held, run) = (sum(|t| t.0), sum(|t| t.1));
    if run < 2 {
        return;
    }
    for (group, (held, run)) in tally.iter() {
        println!("{held:5} of {run:3} hold  {group}");
    }
    println!("{held:5} of {run:3} hold  in all\n");
}
