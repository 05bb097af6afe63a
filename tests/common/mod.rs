//! What the tests of the real binary share: folders of posts, and hostile text to put into them.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text.as_bytes());
    }
    folder
}

/// Writes a file and the folders that lead to it.
pub fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A post that tries everything, in its front matter, its words and the addresses of its links.
pub const HOSTILE: &str = concat!(
    "---\n",
    "title: \"Title \\e]52;c;aGk=\\a \\x9b31m \\u202Egnp.exe\"\n",
    "date: 2020-01-01\n",
    "tags: [\"ta\\e[2Jg\", \"b\\u009bidi\\u202E\"]\n",
    "categories: [\"cat\\e[31megory\"]\n",
    "author: \"Auth\\e]0;owned\\aor\"\n",
    "slug: \"sl\\e[5mug\"\n",
    "url: \"/u\\e[31m/rl/\"\n",
    "---\n",
    "Raw \u{1b}[2J and \u{1b}]52;c;aGk=\u{7} and \u{9b}31m and \u{90}q\u{9c} and \u{202e}turned\u{2066}.\n\n",
    "Decoded &#27;[2J and &#x1b;]0;x&#7; and &#x9b;31m and &#x90;q and &#8238; and &#13;over.\n\n",
    "`code \u{1b}[31m \u{9b}` and <b>html &#27;[7m</b> <img alt=\"a&#27;[2Jb\" src=\"x&#27;y.png\">\n\n",
    "[link\u{1b}[2J](https://example.org/\u{1b}]52;c;aGk=\u{7}) [two](https://example.org/&#27;[2J&#x9b;) ",
    "[three](<no\u{1b}[2Jwhere.md>) [four](#he\u{1b}ad) [five](java&#27;script:alert) [six](/tags/ta&#27;g/)\n\n",
    "# Head\u{1b}[31ming &#27;[0m\n\n",
    "    indented \u{1b}[2J\n\n",
    "```l\u{1b}ang\nfenced \u{1b}[2J\u{8}\u{8}\u{7f}\n```\n\n",
    "| a\u{1b}[2J | b |\n|---|---|\n| &#27;c | \u{9b}d |\n\n",
    "Note.[^\u{1b}n]\n\n[^\u{1b}n]: foot &#27;[2J\n",
);

/// A name of a file that tries everything that a name may.
#[cfg(unix)]
pub const HOSTILE_NAME: &str = "na\u{1b}]52;c;aGk=\u{7}me\n\u{9b}2J\u{202e}.md";
