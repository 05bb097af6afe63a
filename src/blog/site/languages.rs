//! The languages of a site: which one a path is written in, and which one is shown.
//!
//! A site with several shows one of them, so that no post comes twice; it reads no post to find out.

use super::Generator;
use crate::blog::front::{Fields, Value};

/// Languages that folders are named after (ISO 639-1); a region may follow.
const CODES: &str = " af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it \
                     ja ka kk km kn ko ku ky la lb lt lv mk ml mn mr ms my nb ne nl nn no pa pl ps pt ro ru si sk sl so \
                     sq sr sv sw ta te th tl tr uk ur uz vi zh ";

/// Languages of one site at the most.
const MOST: usize = 100;

/// The languages of a site; nothing where it has one.
#[derive(Debug, Clone, Default)]
pub struct Languages {
    all: Vec<Language>,
    /// The one that the site's first page is in.
    default: String,
    /// The one that is shown.
    shown: String,
    /// Whether `name.fr.md` is French.
    in_names: bool,
    prefix: Prefix,
    /// Whether nobody says which there are, so that any code in a name may be one.
    is_guess: bool,
}

#[derive(Debug, Clone)]
struct Language {
    code: String,
    /// Where its posts are, below the site's root.
    folder: Option<String>,
}

/// Which addresses begin with their language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Prefix {
    /// None, or the language is a folder like any other.
    #[default]
    None,
    /// Those that are not in the site's own language.
    Others,
    /// All.
    All,
}

impl Languages {
    /// What a configuration says: Hugo (<https://gohugo.io/configuration/languages/>), Zola
    /// (<https://www.getzola.org/documentation/content/multilingual/>), Nikola (`DEFAULT_LANG`; whose `name.fr.md` says
    /// the rest, <https://getnikola.com/creating-a-multilingual-site.html>).
    pub fn of(generator: Generator, config: &Fields) -> Self {
        match generator {
            Generator::Hugo => Self::hugo(config),
            Generator::Zola => Self::zola(config),
            Generator::Nikola => Self::nikola(config),
            _ => Self::default(),
        }
    }

    fn hugo(config: &Fields) -> Self {
        let Some(Value::Map(entries)) = config.value("languages") else { return Self::default() };
        let mut weighed: Vec<(i64, Language)> =
            entries.iter().filter_map(|(code, about)| hugo_language(code, about)).collect();
        weighed.sort_by_key(|(weight, _)| *weight);
        let all: Vec<Language> = weighed.into_iter().map(|(_, language)| language).collect();
        let named = config.text(&["defaultContentLanguage"]).unwrap_or_else(|| "en".to_owned());
        let subfolder = config.flag(&["defaultContentLanguageInSubdir"]) == Some(true);
        let prefix = if subfolder { Prefix::All } else { Prefix::Others };
        Self::new(all, &named, true, prefix)
    }

    fn zola(config: &Fields) -> Self {
        let default = config.text(&["default_language"]).unwrap_or_else(|| "en".to_owned());
        let Some(Value::Map(entries)) = config.value("languages") else { return Self::default() };
        let others = entries.iter().map(|(code, _)| code).filter(|code| **code != default);
        let all = std::iter::once(&default).chain(others).map(|code| Language::named(code)).collect();
        Self::new(all, &default, true, Prefix::Others)
    }

    fn nikola(config: &Fields) -> Self {
        let default = config.text(&["DEFAULT_LANG"]).unwrap_or_else(|| "en".to_owned());
        // A line such as `"fr": "./fr",` of `TRANSLATIONS`.
        let is_said = |code: &str| config.entries().iter().any(|(key, _)| key == code);
        let said: Vec<&str> = CODES.split_whitespace().filter(|code| *code != default && is_said(code)).collect();
        let is_guess = said.is_empty();
        let others = CODES.split_whitespace().filter(|code| *code != default && (is_guess || said.contains(code)));
        let all = std::iter::once(default.as_str()).chain(others).map(Language::named).collect();
        Self { is_guess, ..Self::new(all, &default, true, Prefix::Others) }
    }

    /// Languages that have folders of their own, found on the disk.
    pub fn in_folders(folders: &[(String, String)], generator: Generator, config: &Fields) -> Self {
        let keys = ["defaultLocale", "default_lang", "defaultLanguage", "language", "lang", "locale"];
        let default = config.text(&keys).unwrap_or_default();
        let language =
            |(code, folder): &(String, String)| Language { code: code.clone(), folder: Some(folder.clone()) };
        let mut all: Vec<Language> = folders.iter().map(language).collect();
        if generator != Generator::Docusaurus {
            return Self::new(all, if default.is_empty() { "en" } else { &default }, false, Prefix::None);
        }
        // The translations lie apart from the posts that they translate (<https://docusaurus.io/docs/i18n/introduction>).
        let default = if default.is_empty() { "en".to_owned() } else { default };
        all.retain(|language| language.code != default);
        all.insert(0, Language { code: default.clone(), folder: Some("blog".to_owned()) });
        Self::new(all, &default, false, Prefix::Others)
    }

    fn new(mut all: Vec<Language>, default: &str, in_names: bool, prefix: Prefix) -> Self {
        all.truncate(MOST);
        if all.len() < 2 {
            return Self::default();
        }
        let is_default = |language: &&Language| is_same(&language.code, default);
        let shortened = |language: &&Language| is_same(base(&language.code), base(default));
        let first = all.iter().find(is_default).or_else(|| all.iter().find(shortened)).or(all.first());
        let default = first.map_or_else(String::new, |language| language.code.clone());
        Self { all, shown: default.clone(), default, in_names, prefix, is_guess: false }
    }

    /// Whether there is more than one.
    pub fn are_several(&self) -> bool {
        !self.all.is_empty()
    }

    /// What they are called.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|language| language.code.as_str())
    }

    /// The one that is shown; none where there is but one.
    pub fn shown(&self) -> Option<&str> {
        Some(self.shown.as_str()).filter(|_| self.are_several())
    }

    /// The one after the one that is shown, and after the last the first; none where nobody says which there are.
    pub fn next(&self) -> Option<&str> {
        let after = self.codes().skip_while(|code| *code != self.shown).nth(1);
        after.or_else(|| self.codes().next()).filter(|_| !self.is_guess)
    }

    /// Shows another; says whether there is that one.
    pub fn show(&mut self, wanted: &str) -> bool {
        let found = self.codes().find(|code| is_same(code, wanted)).map(str::to_owned);
        let found = found.or_else(|| self.codes().find(|code| is_same(base(code), wanted)).map(str::to_owned));
        found.map(|code| self.shown = code).is_some()
    }

    /// Shows the language whose folder the user named.
    pub fn show_folder(&mut self, below: &str) {
        if let Some(code) = self.of_folder(below).map(str::to_owned) {
            self.shown = code;
        }
    }

    /// Whether a post at this path, from the site's root, is in the language that is shown.
    pub fn show_path(&self, path: &str) -> bool {
        !self.are_several() || self.of_path(path).is_none_or(|code| code == self.shown)
    }

    fn of_path(&self, path: &str) -> Option<&str> {
        if let Some(code) = self.of_folder(path) {
            return Some(code);
        }
        let in_name = self.name_code(path);
        in_name.or_else(|| Some(self.default.as_str()).filter(|_| self.in_names))
    }

    fn of_folder(&self, path: &str) -> Option<&str> {
        self.around(path).map(|language| language.code.as_str())
    }

    /// The language in whose folder a path lies.
    fn around(&self, path: &str) -> Option<&Language> {
        let is_in = |language: &&Language| language.folder.as_deref().is_some_and(|folder| is_below(path, folder));
        self.all.iter().filter(is_in).max_by_key(|language| language.folder.as_ref().map(String::len))
    }

    /// The folder of a language in which a path lies.
    pub fn folder_of(&self, path: &str) -> Option<&str> {
        self.around(path)?.folder.as_deref()
    }

    fn name_code(&self, path: &str) -> Option<&str> {
        let (stem, _) = path.rsplit_once('.').filter(|_| self.in_names)?;
        let (_, code) = stem.rsplit('/').next()?.rsplit_once('.')?;
        self.codes().find(|known| is_same(known, code))
    }

    /// The path without the language in its file's name.
    pub fn unnamed(&self, path: &str) -> String {
        match self.name_code(path).and_then(|code| Some((code, path.rsplit_once('.')?))) {
            Some((code, (stem, extension))) => {
                format!("{}.{extension}", stem.get(..stem.len() - code.len() - 1).unwrap_or(stem))
            }
            None => path.to_owned(),
        }
    }

    /// What addresses in the language that is shown begin with: nothing, or such as `/fr`.
    pub fn prefix(&self) -> String {
        self.prefix_of(&self.shown)
    }

    /// What addresses in a language begin with that is not shown; none where there is no such language.
    pub fn other_prefix(&self, language: &str) -> Option<String> {
        let code = self.codes().find(|code| is_same(code, language) && *code != self.shown)?;
        Some(self.prefix_of(code))
    }

    fn prefix_of(&self, code: &str) -> String {
        match self.prefix {
            Prefix::All => format!("/{}", code.to_lowercase()),
            Prefix::Others if code != self.default => format!("/{}", code.to_lowercase()),
            Prefix::Others | Prefix::None => String::new(),
        }
    }

    /// The folder of the language that is shown, where that is no part of its addresses.
    pub fn folder(&self) -> Option<&str> {
        if self.prefix == Prefix::None {
            return None;
        }
        self.all.iter().find(|language| language.code == self.shown)?.folder.as_deref()
    }
}

impl Language {
    fn named(code: &str) -> Self {
        Self { code: code.to_owned(), folder: None }
    }
}

fn hugo_language(code: &str, about: &Value) -> Option<(i64, Language)> {
    let Value::Map(entries) = about else { return None };
    let fields = Fields::new(entries.clone());
    let weight = fields.text(&["weight"]).and_then(|weight| weight.parse().ok()).unwrap_or(i64::MAX);
    let folder = fields.text(&["contentDir"]).map(|folder| folder.trim_matches('/').to_owned());
    let is_on = fields.flag(&["disabled"]) != Some(true);
    is_on.then(|| (weight, Language { code: code.to_owned(), folder }))
}

/// Whether a folder's name is a language: `de`, `pt-BR`, `zh_TW`, `zh-hans`.
pub fn is_code(name: &str) -> bool {
    let region = name.get(2..).unwrap_or_default();
    let is_region = region.is_empty()
        || region.strip_prefix(['-', '_']).is_some_and(|region| {
            matches!(region.len(), 2 | 4) && region.chars().all(|letter| letter.is_ascii_alphabetic())
        });
    is_region && name.get(..2).is_some_and(|code| CODES.contains(&format!(" {} ", code.to_lowercase())))
}

/// Whether a path lies in a folder, or is it.
pub fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn base(code: &str) -> &str {
    code.split(['-', '_']).next().unwrap_or(code)
}

fn is_same(one: &str, two: &str) -> bool {
    one.replace('_', "-").eq_ignore_ascii_case(&two.replace('_', "-"))
}
