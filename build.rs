//! Writes the names of emoji as one text, so that the program holds a file of them and no table: a table of addresses would
//! be put in order by the loader before every first frame.

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut lines: Vec<String> = emojis::iter()
        .flat_map(|emoji| emoji.shortcodes().map(move |name| format!("{name} {}\n", emoji.as_str())))
        .collect();
    lines.sort_unstable();
    let folder = env::var_os("OUT_DIR").map(PathBuf::from).ok_or(io::ErrorKind::NotFound)?;
    fs::write(folder.join("emoji.txt"), lines.concat())
}
