//! The files by which a generator is known: its configuration, or a folder that only it has.
//!
//! It looks at names, and into a file only for one word where two generators name it alike.

use std::path::Path;

use super::folder::CONFIGURATION_LIMIT;
use super::read;
use crate::blog::site::Generator;

/// What the names of files say about a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) generator: Generator,
    /// The file or folder that says so.
    pub(super) file: &'static str,
    pub(super) configuration: Option<&'static str>,
}

/// Files of which one makes a folder the root of a site, if what stands beside them allows it.
struct Sign {
    generator: Generator,
    files: &'static [&'static str],
    /// Files or folders of which one must stand beside the file; none where its name is enough.
    beside: &'static [&'static str],
    /// Words of which one must begin a line of the file; none where its name is enough.
    words: &'static [&'static str],
}

/// The surest first.
const SIGNS: [Sign; 19] = [
    Sign {
        generator: Generator::Hugo,
        files: &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"],
        beside: &[],
        words: &[],
    },
    Sign { generator: Generator::Zola, files: &["zola.toml"], beside: &[], words: &[] },
    Sign { generator: Generator::Zola, files: &["config.toml"], beside: &["content"], words: &["base_url"] },
    Sign {
        generator: Generator::Hugo,
        files: &["config.toml", "config.yaml", "config.yml", "config.json"],
        beside: &["content"],
        words: &[],
    },
    Sign {
        generator: Generator::Hugo,
        files: &[
            "config/_default/hugo.toml",
            "config/_default/hugo.yaml",
            "config/_default/hugo.yml",
            "config/_default/hugo.json",
            "config/_default/config.toml",
            "config/_default/config.yaml",
            "config/_default/config.yml",
            "config/_default/config.json",
        ],
        beside: &[],
        words: &[],
    },
    Sign {
        generator: Generator::Docusaurus,
        files: &["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", "docusaurus.config.cjs"],
        beside: &[],
        words: &[],
    },
    Sign {
        generator: Generator::Astro,
        files: &["astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.mts", "astro.config.cjs"],
        beside: &[],
        words: &[],
    },
    Sign {
        generator: Generator::Gatsby,
        files: &["gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs"],
        beside: &[],
        words: &[],
    },
    Sign {
        generator: Generator::Eleventy,
        files: &[
            "eleventy.config.js",
            "eleventy.config.mjs",
            "eleventy.config.cjs",
            "eleventy.config.ts",
            ".eleventy.js",
        ],
        beside: &[],
        words: &[],
    },
    Sign { generator: Generator::Pelican, files: &["pelicanconf.py"], beside: &[], words: &[] },
    Sign {
        generator: Generator::Nikola,
        files: &["conf.py"],
        beside: &[],
        words: &["BLOG_TITLE", "NAVIGATION_LINKS", "import nikola"],
    },
    Sign { generator: Generator::Middleman, files: &["config.rb"], beside: &["source"], words: &[] },
    Sign { generator: Generator::MdBook, files: &["book.toml"], beside: &[], words: &[] },
    // Octopress keeps its posts where Hexo does.
    Sign {
        generator: Generator::Jekyll,
        files: &["_config.yml"],
        beside: &["Gemfile", "Rakefile"],
        words: &["source:"],
    },
    Sign {
        generator: Generator::Hexo,
        files: &["_config.yml", "_config.yaml", "_config.json"],
        beside: &["source/_posts", "scaffolds"],
        words: &[],
    },
    Sign {
        generator: Generator::Jekyll,
        files: &["_config.yml", "_config.yaml", "_config.toml"],
        beside: &[],
        words: &[],
    },
    Sign { generator: Generator::Eleventy, files: &["package.json"], beside: &[], words: &["\"@11ty/eleventy\""] },
    Sign { generator: Generator::Astro, files: &["package.json"], beside: &[], words: &["\"astro\""] },
    Sign { generator: Generator::Hexo, files: &["package.json"], beside: &[], words: &["\"hexo\""] },
];

/// Folders that say the same where no configuration does.
const FOLDERS: [(Generator, &str); 3] =
    [(Generator::Jekyll, "_posts"), (Generator::Hexo, "source/_posts"), (Generator::Obsidian, ".obsidian")];

/// Whether, and of which generator, a folder is a site's root.
pub(super) fn recognised(folder: &Path) -> Option<Mark> {
    let by_file = SIGNS.iter().find_map(|sign| {
        let file = sign.found(folder)?;
        Some(Mark { generator: sign.generator, file, configuration: configuration_named(file) })
    });
    by_file.or_else(|| {
        if folder.join("content").is_dir() && folder.join("archetypes").is_dir() {
            return Some(Mark { generator: Generator::Hugo, file: "archetypes", configuration: None });
        }
        let (generator, file) = *FOLDERS.iter().find(|(_, name)| folder.join(name).is_dir())?;
        Some(Mark { generator, file, configuration: None })
    })
}

/// The configuration of a site that is said to be of this generator, whatever else stands there.
pub(super) fn configuration(folder: &Path, generator: Generator) -> Option<&'static str> {
    let of = SIGNS.iter().filter(|sign| sign.generator == generator);
    let files = of.flat_map(|sign| sign.files.iter().copied());
    files.filter(|file| folder.join(file).is_file()).find_map(configuration_named)
}

/// A package's own description is no configuration.
fn configuration_named(file: &'static str) -> Option<&'static str> {
    Some(file).filter(|file| *file != "package.json")
}

impl Sign {
    fn found(&self, folder: &Path) -> Option<&'static str> {
        let has_beside = self.beside.is_empty() || self.beside.iter().any(|name| folder.join(name).exists());
        let says = |file: &&&'static str| self.words.is_empty() || has_word(folder, file, self.words);
        let mut there = self.files.iter().filter(|file| has_beside && folder.join(file).is_file());
        there.find(says).copied()
    }
}

/// Whether a line of a file begins with one of these words. Zola requires a line
/// `base_url = …`, which Hugo calls `baseURL`.
fn has_word(folder: &Path, file: &str, words: &[&str]) -> bool {
    let Ok(text) = read::read_below(folder, file, CONFIGURATION_LIMIT) else { return false };
    let text = String::from_utf8_lossy(&text);
    text.lines().map(str::trim_start).any(|line| words.iter().any(|word| line.starts_with(word)))
}
