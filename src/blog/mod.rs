//! What a blog is: posts, their order, names, tags and links. Pure: bytes and addresses come in, values go out.

pub mod audit;
pub mod date;
pub mod doubt;
pub mod facts;
pub mod fault;
mod fence;
mod fields;
pub mod front;
mod keys;
pub mod library;
pub mod marks;
mod metadata;
pub mod page;
pub mod picture;
pub mod post;
pub mod query;
mod salvage;
pub mod search;
pub mod series;
pub mod site;
pub mod taxonomy;
mod title;
pub mod url;
pub mod web;
