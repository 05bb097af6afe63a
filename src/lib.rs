//! `reread` reads a blog kept as a folder of Markdown posts, in the terminal.
//!
//! What you see, and where it is written:
//!
//! ```text
//! ┌ ui::status ─ Scott's Weblog › tag:VMworld2007 ──────────────── 18 of 2,155 posts ┐
//! │ ui::list · app::list              │ ui::list: the preview                       │
//! │   2007  18 posts                  │ markdown::parse → markdown::layout          │
//! │ ▌ Sep 12  Other VMworld News …    │ blog::page (title, date, tags above a body) │
//! │   Sep 11  …     blog::post        │ ui::pen puts clean text into cells          │
//! │                                   │                                             │
//! │ ui::tags · app::tags              │ ui::article · app::article · app::find      │
//! │ ui::overlay · app::overlay        │ ui::theme says how every role looks         │
//! ├──────────────────────────────────────────────────────────────────────────────────┤
//! └ ui::status, app::prompt ─ 1/18  content/post/2007-09-12-….md ──── app::keys ─────┘
//! ```
//!
//! In reading order: a [`text`] is cleaned and measured; [`markdown`] makes a document of it and a layout of that; a
//! [`blog`] is posts, their names and links; [`app`] is what the reader does with it; [`ui`] paints it. Those are pure.
//! At the edge, [`source`] yields bytes, [`collection`] makes a library of them, which [`cache`] keeps a list of, [`state`] keeps what a reader marks,
//! [`gallery`] paints their pictures,
//! [`terminal`], [`browser`], [`editor`] and [`config`] touch the world, [`appearance`] chooses the theme, [`runtime`] runs the
//! loop, [`cli`] and [`doctor`] print.
//!
//! What `tests/layers.rs` checks:
//!
//! 1. `text`, `markdown`, `blog` and `app` name no file, clock, environment, thread, terminal, ratatui or crossterm.
//!    (`rayon` may spread a pure function over the cores.)
//! 2. Imports run one way: `text` ← `markdown` ← `blog` ← `app` ← `ui` ← the edge.
//! 3. `ui` changes nothing: it gets `&App`.
//! 4. Only `blog::front` names `serde_yaml`; only `markdown::code` names `syntect`; only `runtime` names crossterm's
//!    events; only `browser` names `open`; only `cli`, `cache` and `state`
//!    derive `Serialize`.
//! 5. `u16` appears only where cells are painted or the terminal is asked.
//!
//! And what no test can: content never fails. A post, a document, a layout there always is, with faults beside it.

pub mod text;

pub mod markdown;

pub mod blog;

pub mod app;

pub mod ui;

pub mod appearance;
pub mod browser;
pub mod cache;
pub mod cli;
pub mod collection;
pub mod command;
pub mod config;
pub mod doctor;
pub mod editor;
pub mod environment;
pub mod gallery;
pub mod guide;
pub mod runtime;
pub mod source;
pub mod state;
pub mod terminal;
