//! How posts are sorted into groups by the names that their front matter gives them. Which posts a name has, the library counts.

use super::post::Post;
use crate::text::Clean;

/// A way of sorting posts by names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Taxonomy {
    /// By tag.
    #[default]
    Tag,
    /// By category.
    Category,
    /// By author.
    Author,
    /// By series.
    Series,
}

impl Taxonomy {
    /// The field of the search language.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Category => "category",
            Self::Author => "author",
            Self::Series => "series",
        }
    }

    /// The folder of its pages on the site, as Hugo, Zola and most themes of Jekyll name it.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Tag => "tags",
            Self::Category => "categories",
            Self::Author => "authors",
            Self::Series => "series",
        }
    }

    /// The names that a post has.
    pub fn names(self, post: &Post) -> &[Clean] {
        match self {
            Self::Tag => &post.tags,
            Self::Category => &post.categories,
            Self::Author => &post.authors,
            Self::Series => &post.series,
        }
    }
}
