//! The program: arguments in, exit code out. Everything else is in the library.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use reread::blog::query::Query;
use reread::cli::{self, Arguments, NotFound, Outcome, Surroundings};
use reread::config::{self, Config};
use reread::environment::Environment;
use reread::runtime::{self, Session};
use reread::source::Source;
use reread::text::Clean;
use reread::ui::theme::{THEMES, Theme};

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
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

fn run(arguments: &Arguments) -> Result<Outcome> {
    let environment = Environment::of_process();
    let (config, faults) = config::path().map(|path| config::load(&path)).unwrap_or_default();
    let theme = theme(arguments.theme.as_deref(), &config)?;
    let blog = config.blog.as_ref().map(|blog| blog.as_os_str());
    if let Some(command) = &arguments.command {
        for fault in &faults {
            // A closed standard error is no reason to stop.
            let _ = writeln!(io::stderr(), "reread: {fault}");
        }
        return cli::run(command, &Surroundings { environment: &environment, blog, theme: &theme });
    }
    let source = Source::find(arguments.path.as_deref(), blog, &environment)?;
    let query = Query::parse(arguments.query.as_deref().unwrap_or_default());
    runtime::run(Session { source, environment, config, look: theme.into(), query, faults })?;
    Ok(Outcome::Found)
}

fn theme(argument: Option<&str>, config: &Config) -> Result<Theme> {
    let Some(name) = argument.or(config.theme.as_deref()) else {
        let [theme, ..] = THEMES;
        return Ok(theme);
    };
    let names = THEMES.map(|theme| theme.name).join(", ");
    Theme::named(name).with_context(|| format!("{name} is no theme; there are {names}"))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
