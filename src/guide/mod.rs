//! The built-in collection: a small blog about this program, for whoever starts it without one of their own.

/// The site's configuration, in the words of Hugo.
pub const CONFIG: &str = "title: 'reread: a guide'\npermalinks: {'': '/:year/:month/:day/:slugorfilename/'}\n\
                          frontmatter: {date: [':filename', ':default']}\n";

/// Its posts: file name and text.
pub const POSTS: [(&str, &str); 10] = [
    ("2016-01-18-every-kind-of-markdown.md", include_str!("2016-01-18-every-kind-of-markdown.md")),
    ("2017-09-12-your-own-blog.md", include_str!("2017-09-12-your-own-blog.md")),
    ("2019-03-04-without-the-screen.md", include_str!("2019-03-04-without-the-screen.md")),
    ("2020-05-11-the-web-as-it-was.md", include_str!("2020-05-11-the-web-as-it-was.md")),
    ("2022-02-14-back-means-back.md", include_str!("2022-02-14-back-means-back.md")),
    ("2022-08-30-eighteen-posts.md", include_str!("2022-08-30-eighteen-posts.md")),
    ("2024-09-23-finding-a-post.md", include_str!("2024-09-23-finding-a-post.md")),
    ("2025-10-06-links.md", include_str!("2025-10-06-links.md")),
    ("2026-03-16-reading-a-post.md", include_str!("2026-03-16-reading-a-post.md")),
    ("2026-11-20-welcome.md", include_str!("2026-11-20-welcome.md")),
];
