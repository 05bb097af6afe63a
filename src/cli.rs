//! The command line: the library as text and as JSON, for people and for scripts. Opens no screen and no browser.

mod check;
mod graph;
mod links;
mod posts;
mod printed;
mod state;
mod template;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand, ValueEnum};
use serde::Serialize;

use self::graph::Notation;
use self::posts::Shape;
use self::printed::Printed;
use self::template::Template;
use crate::appearance::Appearance;
use crate::blog::fault::{Filter, Rule};
use crate::blog::library::{Library, Target};
use crate::blog::page;
use crate::blog::post::Post;
use crate::blog::query::{Query, Searches};
use crate::blog::site::Generator;
use crate::blog::taxonomy::Taxonomy;
use crate::blog::url::Url;
use crate::clean;
use crate::collection;
use crate::config::nearest;
use crate::doctor;
use crate::environment::Environment;
use crate::markdown::{self, Measure};
use crate::source::{Source, Wanted};
use crate::state::Log;
use crate::terminal::colours;
use crate::terminal::hyperlinks::{self, Hyperlinks};
use crate::text::Clean;
use crate::ui::ansi;
use crate::ui::theme::{Depth, Theme};

/// Read a blog kept as a folder of Markdown posts.
///
/// PATH is a site's root, a folder of posts, one file, or - for standard input. Without it: $`REREAD_BLOG`, else the
/// configured blog, else the current folder if it is a site's root, else a built-in guide to this program.
#[derive(Debug, Parser)]
#[command(name = "reread", version, args_conflicts_with_subcommands = true, max_term_width = 100)]
pub struct Arguments {
    /// What to do instead of opening the reader.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The blog to read.
    pub path: Option<OsString>,
    /// Begin with the posts of a query, such as tag:VMworld2007.
    #[arg(short, long, allow_hyphen_values = true)]
    pub query: Option<String>,
    /// A theme: auto, terminal, dark, light, nord and others, or one of your own.
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Whether to show colours.
    #[arg(long, value_enum, default_value_t = Colours::Auto)]
    pub color: Colours,
    /// What builds the blog, where its files do not say so: hugo, jekyll, zola and others.
    #[arg(long, value_name = "NAME", global = true, value_parser = generator)]
    pub generator: Option<Generator>,
    /// The language to show of a blog in several, such as fr.
    #[arg(long, value_name = "CODE", global = true)]
    pub lang: Option<String>,
    /// Remember nothing of this session: no marks, no places, no searches.
    #[arg(long)]
    pub private: bool,
}

/// The generator of that name, or what is wrong with it.
fn generator(name: &str) -> std::result::Result<Generator, String> {
    let names = Generator::ALL.map(Generator::name);
    Generator::named(name).ok_or_else(|| format!("{name} is no generator; {}", nearest(name, &names)))
}

/// What can be had without a screen.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List posts, newest first.
    List {
        /// The blog.
        path: Option<OsString>,
        /// Only the posts of a query; `reread search --help` tells the language.
        #[arg(short, long, default_value = "", allow_hyphen_values = true)]
        query: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Print a line per post: {path} {slug} {title} {date} {year} {tags} {categories} {authors} {url} {words}, \t, \n.
        #[arg(long, value_name = "TEMPLATE", conflicts_with = "json")]
        format: Option<Template>,
    },
    /// Print posts that have words, the best first, with the passage by which they were found.
    #[command(after_help = LANGUAGE)]
    Search {
        /// What to look for.
        #[arg(allow_hyphen_values = true)]
        query: String,
        /// The blog.
        path: Option<OsString>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Print a line per post, as in `list`, and {score} {line} {passage}.
        #[arg(long, value_name = "TEMPLATE", conflicts_with = "json")]
        format: Option<Template>,
    },
    /// List tags with the number of their posts.
    Tags {
        /// The blog.
        path: Option<OsString>,
        /// Only of the posts of a query.
        #[arg(short, long, default_value = "", allow_hyphen_values = true)]
        query: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print a post as it would be shown.
    Show {
        /// A post: its slug, path, or part of its title.
        post: OsString,
        /// The blog.
        path: Option<OsString>,
        /// Columns of the text.
        #[arg(long, default_value_t = 72, value_parser = clap::value_parser!(u16).range(1..))]
        width: u16,
        /// Whether to print colours.
        #[arg(long, value_enum, default_value_t = Colours::Auto)]
        color: Colours,
        /// Print the post's Markdown as it was written, without its front matter.
        #[arg(long)]
        raw: bool,
        /// Print the post as a clean HTML page, without the scripts and styles of its author.
        #[arg(long, conflicts_with = "raw")]
        html: bool,
    },
    /// List the links of a post, and where they lead.
    Links {
        /// A post: its slug, path, or part of its title.
        #[arg(required_unless_present = "all")]
        post: Option<OsString>,
        /// List the links of all posts, each with its file and line; the only path is then the blog's.
        #[arg(long)]
        all: bool,
        /// The blog.
        path: Option<OsString>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print which posts link to which: a line per link, with a tab between the two.
    Graph {
        /// The blog.
        path: Option<OsString>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Print the language of Graphviz.
        #[arg(long, conflicts_with = "json")]
        dot: bool,
    },
    /// Tell what was found of the terminal, the configuration and the blog.
    Doctor {
        /// The blog.
        path: Option<OsString>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print what is remembered of a blog's posts, take it in from elsewhere, or tell where it is kept.
    State {
        /// What to do.
        #[arg(value_enum)]
        what: state::Deed,
        /// The blog.
        path: Option<OsString>,
    },
    /// List what is wrong in the files, each fault with its path, line, rule and remedy.
    #[command(after_help = check::rules())]
    Check {
        /// The blog.
        path: Option<OsString>,
        /// Only faults of these rules.
        #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = check::rule)]
        only: Vec<Rule>,
        /// No faults of these rules.
        #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = check::rule)]
        ignore: Vec<Rule>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// The search language, for `--help`.
const LANGUAGE: &str = "\
The language of QUERY, of -q and of the / box:
  one two            both words, in any case, with or without accents
  \"one two\"          these words in this order
  -word              not this
  one OR two         one of them; AND is what stands between others
  (one OR two) three parentheses group
  title:word  tag:X  category:X  author:X  series:X  lang:de
                     * in a name stands for any letters, tag:=X is exactly this case
  year:2007  date:2007-09  date:09-12  after:2007-09-12  before:2008
  link:example.org   links to this host, or to one below it
  is:draft  is:undated  is:broken  is:read  is:unread  is:starred  is:started  is:opened
  has:code  has:image  has:table  has:link  has:footnote
  search:NAME        what the search of that name in config.toml finds
  sort:date  sort:title  sort:relevance  sort:length  sort:opened  sort:random";

/// When to print colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colours {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Whether something was found; a script sees it as exit code 0 or 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something; for `check`, nothing wrong.
    Found,
    /// Nothing; for `check`, faults.
    Nothing,
}

/// Where the command line gets its posts, how it looks, and where it prints.
pub struct Surroundings<'a> {
    /// The environment.
    pub environment: &'a Environment,
    /// The blog where none is named.
    pub blog: Option<&'a OsStr>,
    /// How the user wants it read.
    pub wanted: &'a Wanted,
    /// How coloured output looks.
    pub appearance: &'a Appearance,
    /// Searches that have a name.
    pub searches: &'a Searches,
    /// Which faults `check` tells.
    pub check: &'a Filter,
}

/// A tag in the JSON of `tags`.
#[derive(Debug, Serialize)]
struct ListedTag {
    tag: Clean,
    posts: usize,
}

impl Serialize for Clean {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Does what a command asks for.
pub fn run(command: &Command, surroundings: &Surroundings<'_>) -> Result<Outcome> {
    let (outcome, printed) = match command {
        Command::List { path, query, json, format } => {
            posts::list(&surroundings.asked(path.as_deref(), query)?, query, shape(*json, format.as_ref()))?
        }
        Command::Search { query, path, json, format } => {
            posts::search(&surroundings.asked(path.as_deref(), query)?, query, shape(*json, format.as_ref()))?
        }
        Command::Tags { path, query, json } => tags(&surroundings.asked(path.as_deref(), query)?, query, *json)?,
        Command::Show { post, path, raw: true, .. } => {
            let (_, post) = surroundings.post(post, path.as_deref())?;
            (Outcome::Found, Printed::lines(post.body()))
        }
        Command::Show { post, path, html: true, .. } => {
            let (library, post) = surroundings.post(post, path.as_deref())?;
            (Outcome::Found, Printed::lines(&html(&library, &post)))
        }
        Command::Show { post, path, width, color, .. } => {
            let (library, post) = surroundings.post(post, path.as_deref())?;
            let addresses = if surroundings.makes_links() { addresses(&library, &post) } else { Vec::new() };
            show(&library, &post, *width, color.theme(surroundings).as_ref(), &addresses)
        }
        Command::Links { post: Some(post), path, json, all: false } => {
            let (library, post) = surroundings.post(post, path.as_deref())?;
            links::of_post(&library, &post, *json)?
        }
        Command::Links { post: Some(_), path: Some(_), .. } => bail!("--all lists every post; name the blog only"),
        Command::Links { post: path, json, .. } => links::of_all(&surroundings.library(path.as_deref())?, *json)?,
        Command::Graph { path, json, dot } => {
            let notation = match (json, dot) {
                (true, _) => Notation::Json,
                (false, true) => Notation::Dot,
                (false, false) => Notation::Lines,
            };
            graph::graph(&surroundings.library(path.as_deref())?, notation)?
        }
        Command::Doctor { path, json } => {
            let report = doctor::examine(path.as_deref(), surroundings);
            let printed = if *json { Printed::json(&report.json())? } else { Printed::lines(&report.text()) };
            (Outcome::Found, printed)
        }
        Command::State { what, path } => {
            let (source, library) = surroundings.blog(path.as_deref())?;
            state::state(*what, &source, &library)?
        }
        Command::Check { path, only, ignore, json } => {
            let (source, library) = surroundings.blog(path.as_deref())?;
            let asked = Filter { only: only.clone(), ignored: ignore.clone() };
            check::check(&source, &library, &surroundings.check.overruled(&asked), *json)?
        }
    };
    let mut output = io::stdout().lock();
    output.write_all(printed.bytes()).and_then(|()| output.flush()).context("standard output cannot be written to")?;
    Ok(outcome)
}

impl Surroundings<'_> {
    /// Whether what is printed goes to a terminal that makes links of what it is told.
    fn makes_links(&self) -> bool {
        io::stdout().is_terminal() && matches!(hyperlinks::of(self.environment), Hyperlinks::Yes(_))
    }

    fn library(&self, path: Option<&OsStr>) -> Result<Library> {
        self.blog(path).map(|(_, library)| library)
    }

    /// The blog, with what the reader has marked where a query asks for that.
    fn asked(&self, path: Option<&OsStr>, query: &str) -> Result<Library> {
        let (source, mut library) = self.blog(path)?;
        let folder =
            Some(Query::parse(query)).filter(|query| library.asks_for_marks(query)).and(crate::state::folder());
        if let Some(log) = folder.and_then(|folder| Log::of(&folder, &source, &library.site)) {
            library.set_marks(log.read()?.marks);
        }
        Ok(library)
    }

    /// The blog's files, and what they say.
    fn blog(&self, path: Option<&OsStr>) -> Result<(Source, Library)> {
        let source = Source::find(path, self.blog, self.environment)?.wanted(self.wanted);
        let mut library = collection::library(&source);
        library.set_searches(self.searches.clone());
        warn(&library);
        Ok((source, library))
    }

    /// The blog and the one post that is meant; a file that exists is its own blog.
    fn post(&self, name: &OsStr, path: Option<&OsStr>) -> Result<(Library, Arc<Post>)> {
        if path.is_none() && self.environment.current_folder.join(name).is_file() || name == "-" {
            let library = self.library(Some(name))?;
            let only = library.posts().first().cloned();
            let unread = || format!("{}: is no post that can be read", Clean::exact(&name.to_string_lossy()));
            return Ok((library, only.with_context(unread)?));
        }
        let library = self.library(path)?;
        let post = meant(&library, &name.to_string_lossy())?;
        Ok((library, post))
    }
}

/// The one post that a name means.
fn meant(library: &Library, name: &str) -> Result<Arc<Post>> {
    let found = library.named(name);
    let name = Clean::exact(name);
    match found.as_slice() {
        [post] => Ok(Arc::clone(post)),
        [] => {
            Err(NotFound(clean!("no post has the slug, path or title {name:?}; `reread list` shows them all")).into())
        }
        several => {
            let some: Vec<Clean> = several.iter().take(5).map(|post| post.key.shown()).collect();
            let more = if several.len() > some.len() { ", …" } else { "" };
            let named = clean!("{name:?}: {}{more}", some.iter().map(Clean::as_str).collect::<Vec<_>>().join(", "));
            bail!("{} posts may be meant by {named}; give one of these paths", several.len())
        }
    }
}

/// What was asked for is not there: exit code 1, where wrong use is 2.
#[derive(Debug)]
pub struct NotFound(Clean);

impl fmt::Display for NotFound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl std::error::Error for NotFound {}

/// Says once on standard error that something is wrong; `check` says what.
fn warn(library: &Library) {
    let faults = library.faults().len();
    if faults > 0 && library.posts().is_empty() {
        for fault in library.faults().iter().take(3) {
            // A closed standard error is no reason to stop.
            let _ = writeln!(io::stderr(), "reread: {fault}");
        }
    }
}

impl Colours {
    /// The theme of what is printed; none where that has no colours.
    fn theme(self, surroundings: &Surroundings<'_>) -> Option<Theme> {
        let (depth, _) = colours::depth(surroundings.environment, self);
        if depth == Depth::None || self == Self::Auto && !io::stdout().is_terminal() {
            return None;
        }
        // It was decided here; the library that writes them would look at NO_COLOR once more.
        crossterm::style::force_color_output(true);
        Some(Appearance { depth: (depth, ""), ..surroundings.appearance.clone() }.theme())
    }
}

const fn shape(as_json: bool, template: Option<&Template>) -> Shape<'_> {
    match template {
        Some(template) => Shape::Template(template),
        None if as_json => Shape::Json,
        None => Shape::Lines,
    }
}

fn outcome(found: bool) -> Outcome {
    if found { Outcome::Found } else { Outcome::Nothing }
}

fn tags(library: &Library, query: &str, as_json: bool) -> Result<(Outcome, Printed)> {
    let mut terms = library.terms_of(&library.select(&Query::parse(query)).posts, Taxonomy::Tag);
    terms.sort_by(|one, two| two.1.cmp(&one.1).then_with(|| one.0.cmp(&two.0)));
    let found = outcome(!terms.is_empty());
    if as_json {
        let listed: Vec<ListedTag> = terms.into_iter().map(|(tag, posts)| ListedTag { tag, posts }).collect();
        return Ok((found, Printed::json(&listed)?));
    }
    let line = |(tag, posts): &(Clean, usize)| format!("{posts:>6}  {tag}\n");
    Ok((found, terms.iter().map(line).collect()))
}

/// A post as a page that a browser shows.
fn html(library: &Library, post: &Post) -> String {
    let document = post.document();
    let address = |link: usize| {
        let target = library.resolve(post, &document.links.get(link)?.href);
        match &target {
            Target::Heading(id) => Some(format!("#{id}")),
            target => library.address_of(target).map(|url| url.as_str().to_owned()),
        }
    };
    let title = markdown::escaped(post.title.as_str());
    let byline = markdown::escaped(page::byline(post, document.words()).as_str());
    let body = document.html(&address);
    format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<article>\n<h1>{title}</h1>\n<p>{byline}</p>\n\
         {body}</article>\n"
    )
}

/// Where the links of a post lead on the web.
fn addresses(library: &Library, post: &Post) -> Vec<Option<Url>> {
    let address = |link: &markdown::Link| library.address_of(&library.resolve(post, &link.href));
    post.document().links.iter().map(address).collect()
}

fn show(
    library: &Library,
    post: &Post,
    width: u16,
    theme: Option<&Theme>,
    addresses: &[Option<Url>],
) -> (Outcome, Printed) {
    let document = post.document();
    let page = page::set(post, &document, Measure(usize::from(width)));
    let page = match theme {
        Some(theme) => Printed::page(&page, theme, addresses),
        None => Printed::lines(&ansi::plain(&page)),
    };
    let path = post.key.shown();
    let faults = library.faults().iter().filter(|fault| fault.path == path).map(|fault| format!("\n! {fault}\n"));
    (Outcome::Found, page.and(&faults.collect()))
}
