//! What a post says: Markdown to a [`Document`], a document to a [`Layout`]. Pure and total; knows no post, no colour.

mod build;
mod code;
mod dialect;
mod document;
mod emoji;
mod flow;
mod frame;
mod html;
mod inline;
mod layout;
mod math;
mod notes;
mod parse;
mod picture;
mod plain;
mod script;
mod set;
mod shortcode;
mod slug;
mod table;
mod url;
mod web;

pub use code::{Colours, colours};
pub use dialect::Dialect;
pub use document::*;
pub use layout::{
    Anchor, Area, Layout, LineNumbers, Marks, Measure, Pictures, Reach, Role, Row, Run, Setting, TableRows, Token,
    Wide, joined,
};
pub use parse::parse;
pub use shortcode::{Expanded, expand};
pub use slug::{ascii_slug, slug, slug_in};
pub use web::escaped;
