//! From one language of a site to the next: which that is, and what a post and its translation have in common.
//!
//! It compares paths and addresses only; a key of the front matter that ties translations together is not looked at.

use super::Site;

impl Site {
    /// The language to show after the one that is shown; none where there is one, where nobody says which others there are,
    /// or where the user named the folder of a language and so nothing else can be read.
    pub fn next_language(&self) -> Option<&str> {
        if self.languages.folder_of(&self.below).is_some_and(|folder| !folder.is_empty()) {
            return None;
        }
        if self.languages.are_several() {
            return self.languages.next();
        }
        let shown = self.post_language.as_deref();
        let after = self.post_languages.iter().skip_while(|code| Some(code.as_str()) != shown).nth(1);
        after.or_else(|| self.post_languages.first()).map(String::as_str)
    }

    /// The path of a post without its language: a post and its translation have it in common.
    pub fn untranslated(&self, path: &str) -> String {
        let whole = self.whole(path);
        let in_folder = self.languages.folder_of(&whole).and_then(|folder| whole.strip_prefix(folder));
        let below = in_folder.map_or_else(|| self.below_home(&whole), |rest| rest.trim_start_matches('/').to_owned());
        self.languages.unnamed(&below)
    }

    /// What an address of this site is in a language that is not shown; none where there is no such language.
    pub fn translated_address(&self, address: &str, language: &str) -> Option<String> {
        Some(format!("{}{}", self.languages.other_prefix(language)?, self.unprefixed(address)))
    }

    /// An address without its language.
    pub fn unprefixed<'a>(&self, address: &'a str) -> &'a str {
        let rest = address.strip_prefix(self.languages.prefix().as_str());
        rest.filter(|rest| rest.starts_with('/')).unwrap_or(address)
    }
}
