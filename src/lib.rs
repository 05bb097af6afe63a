//! `reread` reads a blog kept as a folder of Markdown posts, in the terminal.

pub mod text;
pub mod markdown;
pub mod blog;
pub mod app;
pub mod ui;
