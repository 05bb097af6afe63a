//! Links by which a generator calls a post or a page other than by its address.
//!
//! What stands before the name says how it is meant; the parser has written `relref:` for Hugo's `ref` and `relref`, Jekyll's
//! `post_url` and `link` and Hexo's `post_link` and `post_path`, `langref:` and a language where they name one, and `wiki:` for `[[name]]`.

use super::resolve::{broken, decoded, split_fragment};
use super::{Resolver, Target};
use crate::blog::post::{Key, Post};
use crate::blog::site::{self, Generator};
use crate::blog::taxonomy::Taxonomy;
use crate::clean;
use crate::markdown;

impl Resolver {
    /// What a link means that has one of the signs by which a generator knows it.
    pub(super) fn special(&self, from: &Post, href: &str) -> Option<Target> {
        if let Some(name) = href.strip_prefix("relref:") {
            return Some(self.cross_link(from, &decoded(name)));
        }
        if let Some((language, name)) = href.strip_prefix("langref:").and_then(|rest| rest.split_once(':')) {
            return Some(self.translation(from, language, &decoded(name)));
        }
        if let Some(name) = href.strip_prefix("wiki:") {
            return Some(self.wiki_link(from, name));
        }
        // https://www.getzola.org/documentation/content/linking/
        if let Some(path) = href.strip_prefix("@/") {
            return Some(self.cross_link(from, &format!("/{}", decoded(path))));
        }
        match self.site.generator {
            Generator::Pelican => self.pelican_link(from, &decoded(href)),
            Generator::Nikola => Some(self.nikola_link(from, &decoded(href.strip_prefix("link://")?))),
            // https://docusaurus.io/docs/advanced/routing#escaping-from-spa-redirects
            Generator::Docusaurus => match href.strip_prefix("pathname://") {
                Some(path) => Some(self.on_web(path, None)),
                // https://docusaurus.io/docs/markdown-features/links
                None => Some(self.cross_link(from, &format!("/{}", decoded(href.strip_prefix("@site/")?)))),
            },
            _ => None,
        }
    }

    /// What Hugo's `relref` (<https://gohugo.io/shortcodes/relref/>), Jekyll's `link` and `post_url`
    /// (<https://jekyllrb.com/docs/liquid/tags/#links>), Hexo's `post_link`
    /// (<https://hexo.io/docs/tag-plugins#Include-Posts>) and Zola's `@/` name: a file by its path or its name, or a post by
    /// its slug.
    fn cross_link(&self, from: &Post, name: &str) -> Target {
        let (path, fragment) = split_fragment(name);
        let path = path.trim();
        if path.is_empty() {
            return match fragment {
                Some(fragment) => Target::Heading(fragment),
                None => broken("the cross-link names no post"),
            };
        }
        if let Some(target) = self.file(from, path, fragment.as_deref()) {
            return target;
        }
        if let Some(post) = self.name(path) {
            return Target::Post(post.clone(), fragment);
        }
        let page = self.names.page(site::stem(path.rsplit('/').next().unwrap_or(path)));
        if let Some(page) = page.and_then(|key| self.pages.get(key)) {
            return self.on_web(&page.url, fragment.as_deref());
        }
        // Jekyll links files of every kind, and Hugo sections.
        if is_other_file(path) {
            return self.on_web(&format!("/{}", path.trim_start_matches('/')), fragment.as_deref());
        }
        let at_address = self.at_address(&format!("/{}", path.trim_start_matches('/')), fragment.as_deref());
        at_address.unwrap_or_else(|| self.nobody(path))
    }

    /// What Hugo's `relref` names with `lang`: its page on the web where that language is not shown. A translation with a
    /// slug of its own is called as its original, because nobody has read it.
    fn translation(&self, from: &Post, language: &str, name: &str) -> Target {
        let there = |address: &str| self.site.translated_address(address, language);
        match self.cross_link(from, name) {
            Target::Post(key, fragment) => {
                let post = self.place(&key).and_then(|place| self.posts.get(place));
                match post.and_then(|post| there(&post.url)) {
                    Some(address) => self.on_web(&address, fragment.as_deref()),
                    None => Target::Post(key, fragment),
                }
            }
            Target::Broken(..) if there("/").is_some() => {
                Target::Unknown(clean!("{name} is in {language}, which is not shown"))
            }
            target => target,
        }
    }

    /// What `[[name]]` names: a file by its path or name, else a post by its title or an alias, whatever their case
    /// (<https://help.obsidian.md/links>).
    fn wiki_link(&self, from: &Post, name: &str) -> Target {
        let (path, fragment) = name.split_once('#').map_or((name, None), |(path, fragment)| (path, Some(fragment)));
        // The innermost of the headings that it names; `^` marks a block, which has no name that anybody sees.
        let heading = fragment.and_then(|headings| headings.rsplit('#').next()).filter(|name| !name.starts_with('^'));
        let (path, heading) = (path.trim(), heading.map(|heading| markdown::slug_in(heading, self.site.dialect)));
        if path.is_empty() {
            return heading.map_or_else(|| broken("the link names no post"), Target::Heading);
        }
        if let Some(target) = self.file(from, path, heading.as_deref()) {
            return target;
        }
        match self.name(path).or_else(|| self.names.titled(path)) {
            Some(post) => Target::Post(post.clone(), heading),
            None if is_other_file(path) => self.on_web(&format!("/{path}"), None),
            None => self.nobody(path),
        }
    }

    /// `{filename}x.md` and its like (<https://docs.getpelican.com/en/latest/content.html#linking-to-internal-content>).
    fn pelican_link(&self, from: &Post, href: &str) -> Option<Target> {
        let (kind, name) = match href.strip_prefix('{') {
            Some(rest) => rest.split_once('}')?,
            None => href.strip_prefix('|')?.split_once('|')?,
        };
        let taxonomy = match kind {
            "filename" => return Some(self.cross_link(from, name)),
            "static" | "attach" => return Some(self.on_web(&self.below_folder_of(from, name), None)),
            "tag" => Taxonomy::Tag,
            "category" => Taxonomy::Category,
            "author" => Taxonomy::Author,
            "index" => return Some(self.on_web("/", None)),
            "archives" | "categories" | "tags" | "authors" => return Some(self.on_web(&format!("/{kind}.html"), None)),
            _ => return None,
        };
        Some(self.term_or_nothing(taxonomy, name))
    }

    /// `link://kind/name` (<https://getnikola.com/path_handlers.html>).
    fn nikola_link(&self, from: &Post, link: &str) -> Target {
        let (kind, name) = link.split_once('/').unwrap_or((link, ""));
        match kind {
            "slug" | "filename" => self.cross_link(from, name),
            "tag" => self.term_or_nothing(Taxonomy::Tag, name),
            "category" => self.term_or_nothing(Taxonomy::Category, name),
            "author" => self.term_or_nothing(Taxonomy::Author, name),
            "archive" if !name.is_empty() => {
                let at = self.at_address(&format!("/{name}/"), None);
                at.unwrap_or_else(|| Target::Broken(clean!("no post has the date {name}"), None))
            }
            "index" | "root" => self.on_web("/", None),
            "archive" => self.on_web("/archive/", None),
            _ => Target::Unknown(clean!("only the generator knows what {kind} is")),
        }
    }

    fn term_or_nothing(&self, taxonomy: Taxonomy, name: &str) -> Target {
        let term = self.term_called(taxonomy, name);
        term.unwrap_or_else(|| Target::Broken(clean!("no post has the {} {name:?}", taxonomy.field()), None))
    }

    /// A path seen from the folder of a post's file, or from the root of the content.
    fn below_folder_of(&self, from: &Post, path: &str) -> String {
        let below = self.site.below_content(from.key.as_str());
        super::resolve::joined(&format!("/{below}"), path)
    }

    fn nobody(&self, path: &str) -> Target {
        Target::Broken(clean!("no post is called {path:?}{}", self.near_to(path)), None)
    }

    /// A post by the name of its file, with or without its folders, extension and date, or by its slug.
    fn name(&self, path: &str) -> Option<&Key> {
        let path = path.trim_matches('/');
        self.names.file(path).or_else(|| self.names.file(site::stem(path.rsplit('/').next().unwrap_or(path))))
    }
}

/// Whether a name ends as those of pictures, papers and films do.
fn is_other_file(path: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "pdf", "zip", "gz", "mp3", "mp4", "webm", "mov", "wav",
        "ogg", "css", "js", "xml", "txt", "csv", "json",
    ];
    path.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
