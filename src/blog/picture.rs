//! Where a picture of a post may lie: paths below the site's root, the likeliest first.
//!
//! It opens no file. Whatever an author writes, no path leaves the root, and a picture of another site has none.

use percent_encoding::percent_decode_str;

use super::post::Post;
use super::site::{Generator, Site, stem};
use super::url::{Refused, Url};

/// Where a generator looks for what a page calls `/img/x.png`, below its root.
const HUGO: &[&str] = &["static", "assets", "content"];
/// <https://www.getzola.org/documentation/getting-started/directory-structure/>
const ZOLA: &[&str] = &["static", "content"];
/// Hexo and Docusaurus, mkdocs and Jekyll, and folders that are a site as they are.
const OTHERS: &[&str] = &["", "source", "static", "public", "docs", "content", "assets"];

/// What the author wrote, after the last decoding.
enum Written {
    /// Counted from the top of the site.
    Rooted(String),
    /// Counted from the post.
    Beside(String),
}

/// The paths below the site's root at which a picture that `post` calls `href` may lie; `/` separated, without `..`.
pub fn candidates(site: &Site, post: &Post, href: &str) -> Vec<String> {
    let mut found = match written(site, href) {
        Some(Written::Rooted(path)) => rooted(site, &path),
        Some(Written::Beside(path)) => beside(site, post, &path),
        None => Vec::new(),
    };
    let mut seen = Vec::new();
    found.retain(|path| {
        !seen.contains(path) && {
            seen.push(path.clone());
            true
        }
    });
    found
}

/// Reads an address. None for another site's, for data in the address itself, and for what cannot be a file's name.
fn written(site: &Site, href: &str) -> Option<Written> {
    let href = without_variable(href.trim());
    let absolute = if href.starts_with("//") { site.base.as_ref()?.join(href) } else { Url::parse(href) };
    let (rooted, path) = match absolute {
        Ok(url) if site.base.as_ref().is_some_and(|base| url.same_site(base)) => {
            (true, site.unrooted(url.path()).to_owned())
        }
        Err(Refused::Malformed) => {
            let path = href.split(['?', '#']).next().unwrap_or_default();
            (path.starts_with('/'), site.unrooted(path).to_owned())
        }
        Ok(_) | Err(_) => return None,
    };
    let path = percent_decode_str(&path).decode_utf8().ok()?.into_owned();
    if path.contains(['\\', '\0']) || path.ends_with('/') || path.is_empty() {
        return None;
    }
    match path.strip_prefix("@site/") {
        Some(path) => Some(Written::Rooted(path.to_owned())),
        None if rooted => Some(Written::Rooted(path)),
        None => Some(Written::Beside(path)),
    }
}

/// What stands behind a variable of Jekyll's, such as `{{site.baseurl}}/img/x.png`.
fn without_variable(href: &str) -> &str {
    match href.strip_prefix("{{").and_then(|rest| rest.split_once("}}")) {
        Some((_, path)) if path.starts_with('/') => path,
        _ => href,
    }
}

fn rooted(site: &Site, path: &str) -> Vec<String> {
    let folders = match site.generator {
        Generator::Hugo => HUGO,
        Generator::Zola => ZOLA,
        _ => OTHERS,
    };
    let homes = site.homes();
    let homes = homes.iter().flatten().map(String::as_str);
    folders.iter().copied().chain(homes).filter_map(|folder| tidy(folder, path)).collect()
}

/// Beside the post, in the folder of the post's name (Hexo), and where a browser would look from the post's page.
fn beside(site: &Site, post: &Post, path: &str) -> Vec<String> {
    let own = format!("{}/{}", site.below, post.key.as_str());
    let (folder, file) = own.rsplit_once('/').unwrap_or(("", &own));
    let page = post.url.rsplit_once('/').map_or("", |(page, _)| page);
    let near = [tidy(folder, path), tidy(&format!("{folder}/{}", stem(file)), path)];
    near.into_iter().flatten().chain(tidy(page, path).iter().flat_map(|path| rooted(site, path))).collect()
}

/// Both as one path; none where it would leave the root.
fn tidy(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::blog::front;

    fn site(generator: Generator, base: &str) -> Site {
        Site::new(generator, &front::parse_config("config.yaml", &format!("baseurl: {base}\n")).unwrap())
    }

    fn first(site: &Site, post: &str, href: &str, at_most: usize) -> String {
        let (post, _) = Post::read(post, b"Words.".to_vec(), site);
        candidates(site, &post, href).into_iter().take(at_most).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_generator_has_its_places() {
        let hugo = site(Generator::Hugo, "https://a.example/blog/");
        let zola = site(Generator::Zola, "https://a.example");
        let jekyll = site(Generator::Jekyll, "https://a.example");
        let below = Site::plain().named_below("source/_posts".to_owned());
        let plain = Site::plain();
        for (site, post, href, expected) in [
            (&hugo, "content/post/x.md", "/img/x.png", "static/img/x.png assets/img/x.png"),
            (&hugo, "content/post/x.md", "/blog/img/x.png?v=1#top", "static/img/x.png assets/img/x.png"),
            (&hugo, "content/post/x.md", "https://www.a.example/blog/x.png", "static/x.png assets/x.png"),
            (&hugo, "content/post/x.md", "//a.example/blog/x.png", "static/x.png assets/x.png"),
            (&hugo, "content/post/b/index.md", "a%20b.png", "content/post/b/a b.png content/post/b/index/a b.png"),
            (&zola, "content/b/index.md", "x.png", "content/b/x.png content/b/index/x.png"),
            (&zola, "content/b/index.md", "/x.png", "static/x.png content/x.png"),
            (&jekyll, "_posts/2007-09-02-x.md", "/assets/x.png", "assets/x.png source/assets/x.png"),
            (&jekyll, "_posts/2007-09-02-x.md", "{{site.baseurl}}/img/x.png", "img/x.png source/img/x.png"),
            (&below, "one.md", "x.png", "source/_posts/x.png source/_posts/one/x.png"),
            (&plain, "blog/one.md", "../img/x.png", "img/x.png blog/img/x.png"),
            (&plain, "blog/one.md", "@site/static/x.png", "static/x.png source/static/x.png"),
        ] {
            assert_eq!(first(site, post, href, 2), expected, "{href} in {post}");
        }
    }

    #[test]
    fn a_page_in_a_folder_of_its_own_counts_from_there() {
        let hugo = site(Generator::Hugo, "https://a.example");
        assert!(first(&hugo, "content/post/x.md", "../x.png", 9).contains("static/post/x.png"));
    }

    #[test]
    fn a_site_that_keeps_everything_below_a_folder_of_its_own_has_its_pictures_there() {
        let site = Site::new(Generator::Jekyll, &front::parse_config("config.yaml", "source: src\n").unwrap());
        assert!(first(&site, "src/_posts/2007-09-02-x.md", "/img/x.png", 9).ends_with(" src/img/x.png"));
    }

    #[test]
    fn nothing_leads_out_of_the_site() {
        let hugo = site(Generator::Hugo, "https://a.example");
        for href in [
            "../../../../../etc/passwd",
            "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
            "/../../etc/passwd",
            "https://b.example/x.png",
            "//b.example/x.png",
            "data:image/png;base64,AAAA",
            "file:///etc/passwd",
            "C:\\x.png",
            "..\\..\\x.png",
            "x%00.png",
            "x%ff.png",
            "relref:x.md",
            "/",
            "img/",
            "",
            "#x",
        ] {
            assert_eq!(first(&hugo, "content/post/x.md", href, 9), "", "{href}");
        }
        assert_eq!(first(&Site::plain(), "x.md", "https://a.example/x.png", 9), "");
    }
}
