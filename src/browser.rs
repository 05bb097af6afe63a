//! Opens an address in the reader's browser, as a child that can neither block nor write on the screen.
//!
//! It runs no shell, passes the address as one argument or inside one, and passes nothing that could be taken for an
//! option. It never starts a browser that would need this terminal.

use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::command;
use crate::environment::Environment;

/// How long a browser is watched for an early failure; one that still runs then has taken the address.
const WATCHED: Duration = Duration::from_secs(1);
/// What a command has in place of the address.
const PLACEHOLDER: &str = "%s";
/// Browsers that would want the terminal that this program has.
const TEXT_BROWSERS: [&str; 6] = ["lynx", "w3m", "links", "links2", "elinks", "www-browser"];

/// Why an address was not opened. Its text names the command and gives the address, to be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Not an address that a browser is given, whatever the caller thought.
    Refused(String),
    /// None of the programs is installed.
    Missing {
        /// Their names.
        command: String,
        /// What was to be opened.
        address: String,
    },
    /// The program started and ended with an error, or did not start.
    Failed {
        /// Its name.
        command: String,
        /// What it said, as far as a status says anything.
        why: String,
        /// What was to be opened.
        address: String,
    },
    /// A browser that runs in a terminal, and this one is in use.
    NeedsTerminal {
        /// Its name.
        command: String,
        /// What was to be opened.
        address: String,
    },
    /// A session without a desktop, and no command configured.
    NoDesktop(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(address) => write!(formatter, "{address}: not a web address; copy it to use it elsewhere"),
            Self::Missing { command, address } => {
                write!(formatter, "{command}: no such program; install it or set another browser, or copy {address}")
            }
            Self::Failed { command, why, address } => {
                write!(formatter, "{command}: {why}; set another browser, or copy {address}")
            }
            Self::NeedsTerminal { command, address } => {
                write!(
                    formatter,
                    "{command}: needs a terminal of its own; set a command that opens one, or copy {address}"
                )
            }
            Self::NoDesktop(address) => {
                write!(formatter, "no desktop here to open a browser on; set $BROWSER, or copy {address}")
            }
        }
    }
}

impl std::error::Error for Trouble {}

/// Opens an address with the configured command, else one of `$BROWSER`, else what the desktop uses.
///
/// Takes up to a second, so it belongs on a worker thread. The address is one that was parsed and serialised again; a
/// command is split as a shell would, and `%s` in it stands for the address, which otherwise comes last.
pub fn open(address: &str, command: Option<&str>, environment: &Environment) -> Result<(), Trouble> {
    if !is_address(address) {
        return Err(Trouble::Refused(address.to_owned()));
    }
    let command = command.filter(|command| !command.trim().is_empty());
    let variable = environment.variable("BROWSER").and_then(OsStr::to_str);
    match (command, variable) {
        (Some(command), _) => open_with(std::iter::once(command), address),
        (None, Some(alternatives)) => open_with(alternatives.split(':'), address),
        (None, None) => open_on_desktop(address, environment),
    }
}

fn is_address(address: &str) -> bool {
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    known && address.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Tries one command after the other. The first that failed is reported in preference to those that are missing.
fn open_with<'text>(commands: impl Iterator<Item = &'text str>, address: &str) -> Result<(), Trouble> {
    let mut first = None;
    let mut missing = Vec::new();
    for command in commands {
        let opened = match command::words(command).as_deref() {
            Ok([]) => continue,
            Ok([program, arguments @ ..]) => run(program, prepared(program, arguments, address), address),
            Err(why) => Err(Trouble::Failed {
                command: command.to_owned(),
                why: (*why).to_owned(),
                address: address.to_owned(),
            }),
        };
        match opened {
            Ok(()) => return Ok(()),
            Err(Trouble::Missing { command, .. }) => missing.push(command),
            Err(trouble) => first = first.or(Some(trouble)),
        }
    }
    let command = if missing.is_empty() { "$BROWSER".to_owned() } else { missing.join(", ") };
    Err(first.unwrap_or_else(|| Trouble::Missing { command, address: address.to_owned() }))
}

/// The command with the address in its place.
fn prepared(program: &str, arguments: &[String], address: &str) -> Command {
    let mut command = Command::new(program);
    let mut placed = false;
    for part in arguments {
        placed |= part.contains(PLACEHOLDER);
        command.arg(part.replace(PLACEHOLDER, address));
    }
    if !placed {
        command.arg(address);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    apart(&mut command);
    command
}

/// Out of reach of the keys that signal this program's group.
#[cfg(unix)]
fn apart(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(windows)]
fn apart(command: &mut Command) {
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0200;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NEW_PROCESS_GROUP);
}

#[cfg(not(any(unix, windows)))]
fn apart(_command: &mut Command) {}

fn run(name: &str, mut command: Command, address: &str) -> Result<(), Trouble> {
    let (name, address) = (name.to_owned(), address.to_owned());
    let program = Path::new(&name).file_name().and_then(OsStr::to_str);
    if program.is_some_and(|program| TEXT_BROWSERS.contains(&program)) {
        return Err(Trouble::NeedsTerminal { command: name, address });
    }
    match command.spawn().and_then(watched) {
        Ok(None) => Ok(()),
        Ok(Some(status)) if status.success() => Ok(()),
        Ok(Some(status)) => Err(Trouble::Failed { command: name, why: command::said(status), address }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Trouble::Missing { command: name, address }),
        Err(error) => Err(Trouble::Failed { command: name, why: format!("did not start ({error})"), address }),
    }
}

/// How the child ended, if it did so early. A thread waits for it to the end either way, so that no zombie stays.
fn watched(mut child: Child) -> io::Result<Option<ExitStatus>> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new().name("browser".to_owned()).spawn(move || {
        if let Ok(status) = child.wait() {
            // Nobody listens after the first second.
            let _ = sender.send(status);
        }
    })?;
    Ok(receiver.recv_timeout(WATCHED).ok())
}

fn open_on_desktop(address: &str, environment: &Environment) -> Result<(), Trouble> {
    if !has_desktop(environment) {
        return Err(Trouble::NoDesktop(address.to_owned()));
    }
    open::that_detached_with_timeout(address, WATCHED).map_err(|error| {
        let address = address.to_owned();
        if error.kind() == io::ErrorKind::NotFound {
            return Trouble::Missing { command: "xdg-open".to_owned(), address };
        }
        Trouble::Failed { command: "the desktop".to_owned(), why: "has no program that opened it".to_owned(), address }
    })
}

/// Without one, `xdg-open` would start a text browser on our terminal. Windows inside Linux is reached without a display.
fn has_desktop(environment: &Environment) -> bool {
    let is_shown_by_server = cfg!(all(unix, not(any(target_os = "macos", target_os = "ios", target_os = "android"))));
    let marks = ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"];
    !is_shown_by_server || marks.iter().any(|mark| environment.variable(mark).is_some())
}

#[cfg(test)]
mod tests;
