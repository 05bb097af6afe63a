//! The real binary without a screen: what it prints, what it says is wrong, and how it ends.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

#[path = "../common/mod.rs"]
mod common;
mod faults;
mod hostile;
mod own;
mod printed;
#[path = "../common/program.rs"]
mod program;
mod sources;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use common::{HOSTILE, HOSTILE_NAME, folder, write};
use program::{Ran, finish, program, reread};

impl Ran {
    /// The one sentence of an error: nothing on standard output, code 2.
    fn refusal(&self) -> &str {
        self.sentence(2)
    }

    fn sentence(&self, code: i32) -> &str {
        assert_eq!((self.code, self.out.as_str()), (Some(code), ""), "{self:?}");
        self.err.strip_prefix("reread: ").unwrap().strip_suffix('\n').unwrap()
    }
}

/// In an empty folder, so that the blog is the built-in guide.
fn guide(arguments: &[&str]) -> Ran {
    reread(TempDir::new().unwrap().path(), arguments)
}

fn with_input(arguments: &[&str], input: &str) -> Ran {
    let here = TempDir::new().unwrap();
    let mut command = program(here.path());
    let mut child =
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A value of a field from every object of an array.
fn each<'a>(objects: &'a Value, field: &str) -> Vec<&'a str> {
    objects.as_array().unwrap().iter().map(|object| object[field].as_str().unwrap()).collect()
}

fn only_title(ran: &Ran) -> String {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let json = ran.json();
    assert_eq!(json.as_array().unwrap().len(), 1, "{json}");
    json[0]["title"].as_str().unwrap().to_owned()
}

/// The objects of an array with these fields only.
fn only(objects: &Value, fields: &[&str]) -> Value {
    let pick = |object: &Value| fields.iter().map(|field| ((*field).to_owned(), object[*field].clone())).collect();
    objects.as_array().unwrap().iter().map(|object| Value::Object(pick(object))).collect()
}

const LISTED: [&str; 11] =
    ["path", "slug", "title", "date", "updated", "draft", "tags", "categories", "authors", "url", "words"];
const LINKED: [&str; 7] = ["from", "line", "text", "target", "kind", "post", "archived"];
const FAULTY: [&str; 5] = ["path", "line", "rule", "fault", "remedy"];

const HUGO: &[(&str, &str)] = &[
    (
        "hugo.toml",
        "baseURL = \"https://blog.example.org/sub/\"\ntitle = \"A Blog\"\n[permalinks]\npost = \"/:year/:month/:day/:slug/\"\n",
    ),
    (
        "content/post/2007-09-12-first.md",
        "---\ntitle: First\ndate: 2007-09-12T09:29:59Z\nlastmod: 2008-01-02\ntags: [VMworld2007, iOS]\ncategories: News\n\
         author: Ann\n---\nOne two three.\n\n[post]({{< relref \"second.md\" >}}) [older](/old/) \
         [own](https://blog.example.org/sub/2007/09/13/zweite/#part) [heading](#later) [tag](/tags/ios/) \
         [web](https://example.org/a?b=c) [mail](mailto:a@b.example)\n[gone](gone.md) [js](javascript:alert(1)) \
         [file](file:///etc/passwd)\n\n## Later\n",
    ),
    (
        "content/post/second.md",
        "+++\ntitle = \"The Second\"\ndate = 2007-09-13T10:00:00+02:00\ntags = \"VMworld2007\"\ndraft = true\nslug = \"zweite\"\n\
         aliases = [\"/old/\"]\n+++\nText of it.\n\n## Part\n",
    ),
    ("content/post/undated.md", "# A heading\n\nOne two.\n"),
    ("content/about.md", "---\ntitle: About\n---\nA page.\n"),
    ("content/post/_index.md", "---\ntitle: No post\n---\n"),
    ("README.md", "# The repository\n"),
    ("archetypes/default.md", "---\ntitle: x\ndate: 2020-01-01\n---\n"),
    ("themes/t/content/post/x.md", "---\ntitle: x\ndate: 2020-01-01\n---\n"),
    ("public/x.md", "x"),
    ("node_modules/p/x.md", "x"),
];
