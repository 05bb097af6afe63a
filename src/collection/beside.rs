//! Files beside posts that say something of them, read as data when the site is made.
//!
//! What counts of them the site decides. A file that cannot be read as data is a fault, and the posts are as they would be
//! without it.

use super::read_settings;
use crate::blog::fault::Fault;
use crate::blog::front::{self, Fields};
use crate::blog::site::Site;
use crate::source::{Folder, Unread};
use crate::text::Clean;

/// The same site with what files beside its posts say.
pub(super) fn completed(folder: &Folder, site: Site, faults: &mut Vec<Fault>) -> Site {
    let authors =
        site.authors_files().into_iter().find_map(|path| folder.site_file(&path).map(|bytes| (path, Ok(bytes))));
    let mut said: Vec<(String, Fields)> = Vec::new();
    for (path, bytes) in authors.into_iter().chain(folder.beside(&site)) {
        match read(&path, bytes) {
            Ok(fields) => said.push((path, fields)),
            Err(fault) => faults.push(fault),
        }
    }
    if said.is_empty() { site } else { site.with_beside(&said) }
}

fn read(path: &str, bytes: Result<Vec<u8>, Unread>) -> Result<Fields, Fault> {
    if path.rsplit('.').next() != Some("meta") {
        return read_settings(path, bytes);
    }
    let named = Clean::exact(path);
    let bytes = bytes.map_err(|unread| super::unreadable(&named, &unread))?;
    let text = String::from_utf8_lossy(&bytes);
    let split = front::split(&text);
    let (fields, mut complaints) = front::read(&text, &split);
    match complaints.pop() {
        Some(complaint) if fields.entries().is_empty() => Err(complaint.about(&named)),
        _ => Ok(fields),
    }
}
