//! The programs that make web sites of posts, by name, and the folders in which each keeps its posts.
//!
//! It knows what their manuals say; what lies on the disk, others find out.

/// The program that would make a web site of the posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// <https://gohugo.io>
    Hugo,
    /// <https://jekyllrb.com>
    Jekyll,
    /// <https://www.getzola.org>
    Zola,
    /// <https://www.11ty.dev>
    Eleventy,
    /// <https://astro.build>
    Astro,
    /// <https://docusaurus.io>
    Docusaurus,
    /// <https://hexo.io>
    Hexo,
    /// <https://getpelican.com>
    Pelican,
    /// <https://getnikola.com>
    Nikola,
    /// <https://middlemanapp.com> with its blog extension.
    Middleman,
    /// <https://www.gatsbyjs.com>
    Gatsby,
    /// <https://rust-lang.github.io/mdBook/>
    MdBook,
    /// <https://obsidian.md>, which publishes nothing but has its own links.
    Obsidian,
    /// None that is known: a folder of Markdown.
    Plain,
}

impl Generator {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 14] = [
        Self::Hugo,
        Self::Jekyll,
        Self::Zola,
        Self::Eleventy,
        Self::Astro,
        Self::Docusaurus,
        Self::Hexo,
        Self::Pelican,
        Self::Nikola,
        Self::Middleman,
        Self::Gatsby,
        Self::MdBook,
        Self::Obsidian,
        Self::Plain,
    ];

    /// The name that a user and a script write; it never changes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hugo => "hugo",
            Self::Jekyll => "jekyll",
            Self::Zola => "zola",
            Self::Eleventy => "eleventy",
            Self::Astro => "astro",
            Self::Docusaurus => "docusaurus",
            Self::Hexo => "hexo",
            Self::Pelican => "pelican",
            Self::Nikola => "nikola",
            Self::Middleman => "middleman",
            Self::Gatsby => "gatsby",
            Self::MdBook => "mdbook",
            Self::Obsidian => "obsidian",
            Self::Plain => "plain",
        }
    }

    /// What a sentence calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Hugo => "Hugo",
            Self::Jekyll => "Jekyll",
            Self::Zola => "Zola",
            Self::Eleventy => "Eleventy",
            Self::Astro => "Astro",
            Self::Docusaurus => "Docusaurus",
            Self::Hexo => "Hexo",
            Self::Pelican => "Pelican",
            Self::Nikola => "Nikola",
            Self::Middleman => "Middleman",
            Self::Gatsby => "Gatsby",
            Self::MdBook => "mdBook",
            Self::Obsidian => "Obsidian",
            Self::Plain => "none that is known",
        }
    }

    /// The generator of that name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|generator| generator.name().eq_ignore_ascii_case(name))
    }

    /// Folders of a site in which its posts are, the likeliest first; where none is there, all of it is looked through.
    ///
    /// Eleventy, Astro and Gatsby leave the choice to the site; these are the folders of their own starters and guides
    /// (<https://github.com/11ty/eleventy-base-blog>, <https://docs.astro.build/en/guides/content-collections/>,
    /// <https://github.com/gatsbyjs/gatsby-starter-blog>).
    pub(super) const fn homes(self) -> &'static [&'static str] {
        match self {
            Self::Hugo | Self::Zola | Self::Pelican => &["content"],
            Self::Hexo => &["source"],
            Self::Docusaurus => &["blog"],
            Self::Eleventy => &[
                "content/blog",
                "content/posts",
                "src/content/blog",
                "src/content/posts",
                "src/posts",
                "src/blog",
                "posts",
                "blog",
                "content",
                "src",
            ],
            Self::Astro => &["src/content", "src/data/blog", "src/pages", "content"],
            Self::Gatsby => &["content/blog", "content/posts", "src/posts", "content", "blog", "posts", "src/pages"],
            Self::Nikola => &["posts"],
            Self::Middleman => &["source"],
            Self::MdBook => &["src"],
            Self::Jekyll | Self::Obsidian | Self::Plain => &[],
        }
    }

    /// Whether a path without an ending that a link has is one of files, not of addresses.
    pub(crate) const fn links_files(self) -> bool {
        matches!(self, Self::Obsidian | Self::Plain | Self::MdBook)
    }

    /// Whether a page of HTML may have front matter, which can give it another address.
    pub const fn reads_html(self) -> bool {
        matches!(self, Self::Hugo | Self::Jekyll | Self::Eleventy | Self::Hexo | Self::Middleman)
    }

    /// Whether it builds pages beside posts from the same folders, so that an undated section is no blog.
    pub(super) const fn has_pages(self) -> bool {
        matches!(self, Self::Hugo | Self::Zola | Self::Jekyll | Self::Astro | Self::Eleventy | Self::Gatsby)
    }
}
