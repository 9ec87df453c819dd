//! Builds the `GraphiQL` page out of `web/`, so that the binary carries it (`src/http/graphiql.rs` embeds the result).
//!
//! Nothing is written outside `$OUT_DIR`, where this lays out:
//!
//! - `grounds/`: copies of `web/` and of what the page is made of beside it, the schema and the questions, as far apart
//!   as they are in the repository, because the page reads them by those paths. npm works in `grounds/web/`.
//! - `graphiql/`: the finished bundle; empty when the page is left out.
//!
//! The crate sees what came of it in `GROUNDS_GRAPHIQL` (`bundled` or `absent`), and where npm worked in
//! `GROUNDS_WEB_BUILD`, so that a test can use the browser driver installed there.
//!
//! A machine without npm builds a server without the page, and a warning says so. With npm at hand a page that cannot
//! be built is an error, unless `GROUNDS_BUILD_GRAPHIQL=0` asks for a server without it.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};

const SWITCH: &str = "GROUNDS_BUILD_GRAPHIQL";
/// What the page reads of the repository beside `web/`: its operations are held against the schema, and the questions
/// that the tests ask are those that it offers.
const READ_BY_THE_PAGE: [&str; 3] =
    ["schema/graphql/schema.graphql", "tests/queries/questions", "tests/queries/worked"];
/// What building and testing leave inside `web/`: neither a source nor a reason to build again.
const NOT_SOURCES: [&str; 3] = ["node_modules", "dist", "test-results"];
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
/// How much of npm's output a failure repeats: enough for what was wrong to show above npm's own lines of advice.
const OUTPUT_LINES_SHOWN: usize = 100;

fn main() -> ExitCode {
    match build_page() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn build_page() -> Result<(), String> {
    let repository = PathBuf::from(cargo_env("CARGO_MANIFEST_DIR"));
    let page = Page::new(&PathBuf::from(cargo_env("OUT_DIR")));

    println!("cargo:rerun-if-changed=build.rs");
    for path in READ_BY_THE_PAGE {
        println!("cargo:rerun-if-changed={path}");
    }
    println!("cargo:rerun-if-env-changed={SWITCH}");
    for name in web_sources(&repository)? {
        println!("cargo:rerun-if-changed=web/{name}");
    }
    println!("cargo:rustc-env=GROUNDS_WEB_BUILD={}", page.web.display());

    if env::var(SWITCH).is_ok_and(|value| value == "0") {
        println!("cargo:warning={SWITCH}=0: the GraphiQL page is left out");
        return page.leave_out();
    }
    if !npm_is_installed()? {
        println!(
            "cargo:warning=npm was not found: the GraphiQL page is left out; install Node.js and build again \
             (`cargo clean -p grounds` first)"
        );
        return page.leave_out();
    }

    page.copy_sources(&repository)?;
    page.install_packages()?;
    page.build()
}

/// The places under `$OUT_DIR` that the page is built in.
struct Page {
    /// Stands for the repository.
    root: PathBuf,
    /// npm's working directory.
    web: PathBuf,
    /// What was asked of npm when it last installed packages; missing while it installs.
    installed: PathBuf,
    /// What `src/http/graphiql.rs` embeds.
    bundle: PathBuf,
}

impl Page {
    fn new(out_dir: &Path) -> Self {
        let root = out_dir.join("grounds");
        Self {
            web: root.join("web"),
            installed: root.join("installed-packages.txt"),
            bundle: out_dir.join("graphiql"),
            root,
        }
    }

    /// An empty folder, since embedding a missing one does not compile.
    fn leave_out(&self) -> Result<(), String> {
        remove(&self.bundle)?;
        create_folder(&self.bundle)?;
        println!("cargo:rustc-env=GROUNDS_GRAPHIQL=absent");
        Ok(())
    }

    /// Copies afresh, so that a file deleted from the repository is gone here too. Installed packages stay.
    fn copy_sources(&self, repository: &Path) -> Result<(), String> {
        create_folder(&self.web)?;
        for name in names_in(&self.web)? {
            if name != "node_modules" {
                remove(&self.web.join(name))?;
            }
        }
        let web = repository.join("web");
        for name in web_sources(repository)? {
            copy(&web.join(&name), &self.web.join(&name))?;
        }

        for path in READ_BY_THE_PAGE {
            let copied = self.root.join(path);
            remove(&copied)?;
            create_folder(copied.parent().expect("it lies below the root"))?;
            copy(&repository.join(path), &copied)?;
        }
        Ok(())
    }

    /// Runs `npm ci`, unless the very same packages are installed already.
    fn install_packages(&self) -> Result<(), String> {
        let mut wanted = String::new();
        for name in ["package.json", "package-lock.json"] {
            let path = self.web.join(name);
            wanted += &fs::read_to_string(&path).map_err(problem("read", &path))?;
        }
        if fs::read_to_string(&self.installed).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }

        remove(&self.installed)?;
        // The build tools count as development packages, which an environment set up for production would leave out.
        // No package needs its install script, so none gets to run one on this machine.
        self.npm(&["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"])?;
        fs::write(&self.installed, wanted).map_err(problem("write", &self.installed))
    }

    /// Puts the bundle in place only when all of it is there.
    fn build(&self) -> Result<(), String> {
        self.npm(&["run", "build"])?;
        let built = self.web.join("dist");
        if !built.join("index.html").is_file() {
            return Err(format!("`npm run build` succeeded without writing {}", built.join("index.html").display()));
        }
        remove(&self.bundle)?;
        fs::rename(&built, &self.bundle).map_err(problem("move the bundle to", &self.bundle))?;
        println!("cargo:rustc-env=GROUNDS_GRAPHIQL=bundled");
        Ok(())
    }

    fn npm(&self, arguments: &[&str]) -> Result<(), String> {
        let command = format!("npm {}", arguments.join(" "));
        let output = Command::new(NPM)
            .args(arguments)
            .current_dir(&self.web)
            // React would otherwise be bundled in its slow development form where the environment says so.
            .env("NODE_ENV", "production")
            // Colour codes would stand as text in cargo's report.
            .env("NO_COLOR", "1")
            .output()
            .map_err(|error| format!("cannot run `{command}`: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!(
            "The GraphiQL page could not be built: `{command}` failed ({status}). Its last lines:\n\n{lines}\n\n\
             What to do: see that Node.js is one of the versions under \"engines\" in web/package.json and that npm \
             reaches its registry, or run `npm ci && npm run build` in web/ to look closer. To build the server \
             without the page, set {SWITCH}=0.",
            status = output.status,
            lines = last_lines(&output),
        ))
    }
}

fn npm_is_installed() -> Result<bool, String> {
    match Command::new(NPM).arg("--version").output() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => {
            Err(format!("cannot run npm: {error}. To build the server without the GraphiQL page, set {SWITCH}=0."))
        }
    }
}

/// The last lines of what a command wrote to either stream, indented.
fn last_lines(output: &Output) -> String {
    let written = [&output.stdout, &output.stderr].map(|stream| String::from_utf8_lossy(stream));
    let lines: Vec<&str> =
        written.iter().flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty()).collect();
    let shown = &lines[lines.len().saturating_sub(OUTPUT_LINES_SHOWN)..];
    shown.iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// What `web/` holds in the repository, but for what building by hand leaves there.
fn web_sources(repository: &Path) -> Result<Vec<String>, String> {
    let mut names = names_in(&repository.join("web"))?;
    names.retain(|name| !NOT_SOURCES.contains(&name.as_str()));
    Ok(names)
}

fn cargo_env(name: &str) -> String {
    env::var(name).unwrap_or_else(|error| panic!("cargo sets {name} for build scripts: {error}"))
}

fn names_in(folder: &Path) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(problem("list", folder))? {
        let name = entry.map_err(problem("list", folder))?.file_name();
        names.push(name.into_string().map_err(|name| format!("{} is not a UTF-8 name", name.display()))?);
    }
    names.sort();
    Ok(names)
}

/// Copies a file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop).map_err(problem("copy", from));
    }
    create_folder(to)?;
    for name in names_in(from)? {
        copy(&from.join(&name), &to.join(&name))?;
    }
    Ok(())
}

fn create_folder(path: &Path) -> Result<(), String> {
    fs::create_dir_all(path).map_err(problem("create", path))
}

/// Removes a file, or a folder with all that is in it; nothing there is fine.
fn remove(path: &Path) -> Result<(), String> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(problem("remove", path)(error)),
        _ => Ok(()),
    }
}

fn problem<'a>(verb: &'a str, path: &'a Path) -> impl Fn(io::Error) -> String + 'a {
    move |error| format!("cannot {verb} {}: {error}", path.display())
}
