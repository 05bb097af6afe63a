//! What is remembered of a blog: printed, taken in, and where it is kept.

use std::io::{self, BufRead};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use super::{Outcome, Printed};
use crate::blog::library::Library;
use crate::clean;
use crate::source::Source;
use crate::state::{self, Log};
use crate::text::clip;

/// What to do with what is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deed {
    /// Print it: an event a line, as JSON.
    Export,
    /// Take in what `export` printed, from standard input; what is known and later stays.
    Import,
    /// Print the path of the file.
    Path,
}

/// Columns of a line that is told because it cannot be taken in.
const LONGEST: usize = 100;

/// Does it.
pub fn state(deed: Deed, source: &Source, library: &Library) -> Result<(Outcome, Printed)> {
    let folder = state::folder().context("no folder for what is remembered is known; set XDG_STATE_HOME")?;
    let Some(mut log) = Log::of(&folder, source, &library.site) else {
        bail!("nothing is remembered of one file or of the guide; name the folder of a blog");
    };
    let printed = match deed {
        Deed::Export => {
            let lines: Vec<String> = log.read()?.marks.events().iter().map(state::json).collect();
            Printed::json_lines(lines.iter().map(String::as_str))
        }
        Deed::Path => Printed::lines(&log.path().to_string_lossy()),
        Deed::Import => {
            let mut events = Vec::new();
            for (at, line) in io::stdin().lock().lines().enumerate() {
                let line = line?;
                let event = || {
                    clean!("line {}: {:?} is no event; nothing was taken in", at + 1, clip(&line, LONGEST)).to_string()
                };
                if !line.trim().is_empty() {
                    events.push(state::event(&line).with_context(event)?);
                }
            }
            let count = events.len();
            log.add(events)?;
            Printed::lines(&format!("{count} events are taken in"))
        }
    };
    Ok((Outcome::Found, printed))
}
