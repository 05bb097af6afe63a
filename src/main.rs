//! The program: arguments in, exit code out. Everything else is in the library.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Parser;
use reread::appearance::Appearance;
use reread::blog::query::Query;
use reread::cache;
use reread::cli::{self, Arguments, NotFound, Outcome, Surroundings};
use reread::config::{self, Config};
use reread::environment::Environment;
use reread::runtime::{self, Session};
use reread::source::{Source, Wanted};
use reread::state;
use reread::terminal;
use reread::text::Clean;
use reread::ui::theme::AUTO;

fn main() -> ExitCode {
    terminal::survive_limits();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(asked) => return answered(&asked),
    };
    match run(&arguments) {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        // Whoever closed the pipe has read enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let code = if error.is::<NotFound>() { 1 } else { 2 };
            // Where standard error is closed too, the exit code has to do.
            let _ = writeln!(io::stderr(), "reread: {}", Clean::prose(&format!("{error:#}")));
            ExitCode::from(code)
        }
    }
}

/// Prints help, the version, or what is wrong with the arguments.
fn answered(asked: &clap::Error) -> ExitCode {
    match asked.print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            // Where standard error is full too, the exit code has to do.
            let _ = writeln!(io::stderr(), "reread: standard output cannot be written to: {error}");
            ExitCode::from(2)
        }
        _ => ExitCode::from(u8::try_from(asked.exit_code()).unwrap_or(2)),
    }
}

fn run(arguments: &Arguments) -> Result<Outcome> {
    let environment = Environment::of_process();
    let (config, faults) = config::path().map(|path| config::load(&path)).unwrap_or_default();
    let appearance = appearance(arguments, &config, &environment)?;
    let blog = config.blog.as_ref().map(|blog| blog.as_os_str());
    let wanted = Wanted {
        generator: arguments.generator.or(config.generator),
        language: arguments.lang.clone().or_else(|| config.language.clone()),
    };
    if let Some(command) = &arguments.command {
        for fault in &faults {
            // A closed standard error is no reason to stop.
            let _ = writeln!(io::stderr(), "reread: {fault}");
        }
        let (appearance, searches) = (&appearance, &config.searches);
        let (environment, wanted, check) = (&environment, &wanted, &config.check);
        let surroundings = Surroundings { environment, blog, wanted, appearance, searches, check };
        return cli::run(command, &surroundings);
    }
    let source = Source::find(arguments.path.as_deref(), blog, &environment)?.wanted(&wanted);
    let query = Query::parse(arguments.query.as_deref().unwrap_or_default());
    let state = if arguments.private || config.private { None } else { state::folder() };
    runtime::run(Session { source, environment, config, appearance, query, faults, cache: cache::folder(), state })?;
    Ok(Outcome::Found)
}

fn appearance(arguments: &Arguments, config: &Config, environment: &Environment) -> Result<Appearance> {
    let themes = config.themes.clone();
    if let Some(name) = arguments.theme.as_deref().filter(|name| !themes.has(name)) {
        bail!("{name} is no theme; there are {AUTO}, {}", themes.names().join(", "));
    }
    let wanted = arguments.theme.as_deref().or(config.theme.as_deref());
    Ok(Appearance::new(themes, wanted, environment, arguments.color))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
