//! Keys and commands: one table says every command's name, keys, views and help; everything else reads it.

use std::fmt;

/// One key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With what held down.
    pub held: Held,
}

/// A key of the keyboard. A capital letter is its own key, so Shift is never said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character.
    Char(char),
    /// Enter.
    Enter,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Escape.
    Escape,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
}

/// What is held down beside Shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Held {
    /// Nothing.
    Nothing,
    /// Control.
    Control,
    /// Alt.
    Alt,
}

/// Keys that have names, as they are written in `<…>`.
const NAMES: [(&str, Code); 16] = [
    ("enter", Code::Enter),
    ("tab", Code::Tab),
    ("s-tab", Code::BackTab),
    ("esc", Code::Escape),
    ("bs", Code::Backspace),
    ("del", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("home", Code::Home),
    ("end", Code::End),
    ("space", Code::Char(' ')),
    ("lt", Code::Char('<')),
];

impl Key {
    /// A key with nothing held down.
    pub const fn plain(code: Code) -> Self {
        Self { code, held: Held::Nothing }
    }

    /// Reads keys as they are written in the table, in tests and in the papers: `gg`, `<enter>`, `<c-d>`.
    ///
    /// What stands in angle brackets and names no key is read as the characters that it is.
    pub fn sequence(text: &str) -> Vec<Self> {
        let mut keys = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|inner| inner.split_once('>'));
            let key = named.and_then(|(name, after)| Some((Self::named(name)?, after)));
            let (key, after) = key
                .unwrap_or_else(|| (Self::plain(Code::Char(first)), rest.get(first.len_utf8()..).unwrap_or_default()));
            keys.push(key);
            rest = after;
        }
        keys
    }

    fn named(name: &str) -> Option<Self> {
        let code = |name: &str| {
            let named = NAMES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code);
            let mut letters = name.chars();
            named.or_else(|| letters.next().filter(|_| letters.next().is_none()).map(Code::Char))
        };
        if let Some(code) = NAMES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code) {
            return Some(Self::plain(code));
        }
        let (held, rest) = name.split_once('-')?;
        let held = match held {
            "c" => Held::Control,
            "a" => Held::Alt,
            _ => return None,
        };
        Some(Self { code: code(rest)?, held })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = match self.held {
            Held::Nothing => "",
            Held::Control => "^",
            Held::Alt => "M-",
        };
        let name = match self.code {
            Code::Char(' ') => "Space".to_owned(),
            Code::Char(letter) if self.held == Held::Control => letter.to_uppercase().to_string(),
            Code::Char(letter) => letter.to_string(),
            Code::Enter => "Enter".to_owned(),
            Code::Tab => "Tab".to_owned(),
            Code::BackTab => "S-Tab".to_owned(),
            Code::Escape => "Esc".to_owned(),
            Code::Backspace => "Backspace".to_owned(),
            Code::Delete => "Del".to_owned(),
            Code::Up => "↑".to_owned(),
            Code::Down => "↓".to_owned(),
            Code::Left => "←".to_owned(),
            Code::Right => "→".to_owned(),
            Code::PageUp => "PgUp".to_owned(),
            Code::PageDown => "PgDn".to_owned(),
            Code::Home => "Home".to_owned(),
            Code::End => "End".to_owned(),
        };
        write!(formatter, "{held}{name}")
    }
}

/// What the reader can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table below says what each does, to users too")]
pub enum Command {
    Down,
    Up,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    First,
    Last,
    NextSection,
    PreviousSection,
    Open,
    Out,
    Back,
    Forward,
    NextPost,
    PreviousPost,
    Onward,
    NextPart,
    PreviousPart,
    NextLink,
    PreviousLink,
    Star,
    ToggleRead,
    UndoMark,
    NextUnread,
    PreviousUnread,
    Hints,
    LinkPanel,
    Browse,
    Archive,
    Copy,
    Edit,
    Find,
    NextHit,
    PreviousHit,
    Tags,
    Timeline,
    Random,
    ThisDay,
    NameSearch,
    Searches,
    GoOnReading,
    Opened,
    Sort,
    NextTab,
    PreviousTab,
    NextFacet,
    PreviousFacet,
    Require,
    Forbid,
    Free,
    Wider,
    Narrower,
    DefaultWidth,
    ShiftRight,
    ShiftLeft,
    CopyCode,
    Contents,
    ContentsBeside,
    Zen,
    Preview,
    Faults,
    Language,
    Reload,
    Redraw,
    Theme,
    Suspend,
    Help,
    Close,
    Quit,
}

/// Where keys are pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The list of posts.
    List,
    /// The tags.
    Tags,
    /// An article.
    Article,
    /// A panel above one of them.
    Panel,
}

/// What the table says of a command.
#[derive(Debug)]
pub struct Entry {
    /// Which.
    pub command: Command,
    /// Its name in papers and configuration.
    pub name: &'static str,
    /// Where it makes sense.
    pub scopes: &'static [Scope],
    /// Its default keys.
    pub keys: &'static [&'static str],
    /// What it does.
    pub help: &'static str,
}

const EVERYWHERE: &[Scope] = &[Scope::List, Scope::Tags, Scope::Article, Scope::Panel];
const VIEWS: &[Scope] = &[Scope::List, Scope::Tags, Scope::Article];
const LISTS: &[Scope] = &[Scope::List, Scope::Tags, Scope::Panel];
const POSTS: &[Scope] = &[Scope::List, Scope::Article];
const ADDRESSES: &[Scope] = &[Scope::List, Scope::Article, Scope::Panel];
const LISTED: &[Scope] = &[Scope::List, Scope::Tags];
const LIST: &[Scope] = &[Scope::List];
const TAGS: &[Scope] = &[Scope::Tags];
const ARTICLE: &[Scope] = &[Scope::Article];

const fn entry(
    command: Command,
    name: &'static str,
    scopes: &'static [Scope],
    keys: &'static [&'static str],
    help: &'static str,
) -> Entry {
    Entry { command, name, scopes, keys, help }
}

/// Every command, in the order of the help.
#[rustfmt::skip]
pub const COMMANDS: &[Entry] = &[
    entry(Command::Down, "down", EVERYWHERE, &["j", "<down>"], "down a line"),
    entry(Command::Up, "up", EVERYWHERE, &["k", "<up>"], "up a line"),
    entry(Command::HalfDown, "half-down", EVERYWHERE, &["d", "<c-d>"], "down half a screen"),
    entry(Command::HalfUp, "half-up", EVERYWHERE, &["u", "<c-u>"], "up half a screen"),
    entry(Command::PageDown, "page-down", LISTS, &["<space>", "<pgdn>", "<c-f>"], "down a screen"),
    entry(Command::PageDown, "page-down", ARTICLE, &["<pgdn>", "<c-f>"], "down a screen"),
    entry(Command::Onward, "onward", ARTICLE, &["<space>"], "down a screen, at the end to the next post"),
    entry(Command::PageUp, "page-up", EVERYWHERE, &["b", "<pgup>", "<c-b>"], "up a screen"),
    entry(Command::First, "first", EVERYWHERE, &["gg", "<home>"], "to the top"),
    entry(Command::Last, "last", EVERYWHERE, &["G", "<end>"], "to the end"),
    entry(Command::NextSection, "next-section", LIST, &["}"], "to the next year"),
    entry(Command::PreviousSection, "previous-section", LIST, &["{"], "to the previous year"),
    entry(Command::NextSection, "next-section", ARTICLE, &["}"], "to the next heading"),
    entry(Command::PreviousSection, "previous-section", ARTICLE, &["{"], "to the previous heading"),
    entry(Command::Open, "open", LIST, &["<enter>", "l", "<right>"], "open the post; after a number, go to that post"),
    entry(Command::Open, "open", TAGS, &["<enter>", "l", "<right>"], "show the posts of the tag"),
    entry(Command::Open, "open", ARTICLE, &["<enter>"], "follow the link: posts here, the web in the browser"),
    entry(Command::Open, "open", &[Scope::Panel], &["<enter>", "l", "<right>"], "follow the link"),
    entry(Command::Out, "out", LIST, &["h", "<left>", "<esc>"], "lift the filter, then to the tags"),
    entry(Command::Out, "out", TAGS, &["h", "<left>", "<esc>"], "lift the filter, then to the list"),
    entry(Command::Out, "out", ARTICLE, &["h", "<left>", "<esc>"], "back to the list"),
    entry(Command::Out, "out", &[Scope::Panel], &["h", "<left>", "<esc>"], "close the panel"),
    entry(Command::Back, "back", VIEWS, &["H", "<bs>"], "back to where you were"),
    entry(Command::Forward, "forward", VIEWS, &["L"], "forward again"),
    entry(Command::NextPost, "next-post", ARTICLE, &["J"], "next post of this list"),
    entry(Command::PreviousPost, "previous-post", ARTICLE, &["K"], "previous post of this list"),
    entry(Command::NextPart, "next-part", ARTICLE, &["]"], "next part of the series"),
    entry(Command::PreviousPart, "previous-part", ARTICLE, &["["], "previous part of the series"),
    entry(Command::NextLink, "next-link", ARTICLE, &["<tab>"], "to the next link"),
    entry(Command::PreviousLink, "previous-link", ARTICLE, &["<s-tab>"], "to the previous link"),
    entry(Command::Hints, "hints", ARTICLE, &["f"], "letters on the links; type one to follow it"),
    entry(Command::LinkPanel, "link-panel", ARTICLE, &["l", "<right>"], "list the links, backlinks, related posts, series"),
    entry(Command::NextTab, "next-tab", &[Scope::Panel], &["<tab>"], "of the links: backlinks, related posts, series"),
    entry(Command::PreviousTab, "previous-tab", &[Scope::Panel], &["<s-tab>"], "the same backwards"),
    entry(Command::Browse, "browse", ADDRESSES, &["o"], "open the link, else the post's page, in the browser"),
    entry(Command::Archive, "archive", ADDRESSES, &["w"], "the same as the Internet Archive kept it on the post's date"),
    entry(Command::Copy, "copy", ADDRESSES, &["y"], "copy the address of the link, else of the post"),
    entry(Command::Edit, "edit", POSTS, &["e"], "open the post's file in your editor, at this line"),
    entry(Command::Find, "find", LIST, &["/"], "find posts by words, tag:X, year:2007 and more; Tab completes, ↑ recalls"),
    entry(Command::Find, "find", TAGS, &["/"], "find tags"),
    entry(Command::Find, "find", ARTICLE, &["/"], "find in this post; ↑ recalls what you looked for"),
    entry(Command::NextHit, "next-hit", ARTICLE, &["n"], "to the next hit; without a search to the next unread post"),
    entry(Command::PreviousHit, "previous-hit", ARTICLE, &["N"], "to the previous hit, or the previous unread post"),
    entry(Command::NextUnread, "next-unread", LIST, &["n"], "to the next unread post"),
    entry(Command::PreviousUnread, "previous-unread", LIST, &["N"], "to the previous unread post"),
    entry(Command::Star, "star", POSTS, &["s"], "give the post a star, or take it away"),
    entry(Command::ToggleRead, "toggle-read", POSTS, &["r"], "mark the post as read, or as unread"),
    entry(Command::UndoMark, "undo-mark", POSTS, &["U"], "undo the last star or mark, and those before"),
    entry(Command::Tags, "tags", POSTS, &["t"], "the tags of these posts; from a post, its first tag"),
    entry(Command::Timeline, "timeline", LISTED, &["T"], "the months of these posts, each with a bar"),
    entry(Command::Random, "random", LIST, &["gr"], "open one of these posts by chance"),
    entry(Command::ThisDay, "this-day", LIST, &["gd"], "the posts of this day of the year, whichever the year"),
    entry(Command::NameSearch, "name-search", LIST, &["m"], "give this search a name"),
    entry(Command::Searches, "searches", LISTED, &["'"], "the searches that have a name, with their posts counted"),
    entry(Command::GoOnReading, "go-on-reading", VIEWS, &["gc"], "the posts that you began and left, the last one first"),
    entry(Command::Opened, "opened", VIEWS, &["gh"], "the posts that you opened, the last one first"),
    entry(Command::Sort, "sort", LIST, &["S"], "by date, title, relevance, length, last opened or by chance"),
    entry(Command::Sort, "sort", TAGS, &["S"], "by count, by name, or the last used first"),
    entry(Command::NextFacet, "next-facet", TAGS, &["<tab>"], "categories, authors, series, years, months"),
    entry(Command::PreviousFacet, "previous-facet", TAGS, &["<s-tab>"], "the same backwards"),
    entry(Command::Require, "require", TAGS, &["+"], "count only posts that have it"),
    entry(Command::Forbid, "forbid", TAGS, &["-"], "count only posts that do not have it"),
    entry(Command::Free, "free", TAGS, &["="], "count posts whether they have it or not"),
    entry(Command::Wider, "wider", ARTICLE, &["+"], "a wider column"),
    entry(Command::Narrower, "narrower", ARTICLE, &["-"], "a narrower column"),
    entry(Command::DefaultWidth, "default-width", ARTICLE, &["="], "the default column"),
    entry(Command::ShiftRight, "shift-right", ARTICLE, &[">"], "shift wide code and tables to the left, to see their right"),
    entry(Command::ShiftLeft, "shift-left", ARTICLE, &["<lt>"], "shift them back; at the beginning, fold them again"),
    entry(Command::CopyCode, "copy-code", ARTICLE, &["Y"], "copy the first code on screen, whole"),
    entry(Command::Contents, "contents", ARTICLE, &["c"], "the headings of the post; the post follows"),
    entry(Command::ContentsBeside, "contents-beside", ARTICLE, &["C"], "keep the headings beside the post"),
    entry(Command::Zen, "zen", VIEWS, &["z"], "show or hide all but the text"),
    entry(Command::Preview, "preview", LIST, &["p"], "show or hide the preview"),
    entry(Command::Faults, "faults", VIEWS, &["!"], "what is wrong in the files"),
    entry(Command::Language, "language", VIEWS, &["gl"], "the next language of the blog"),
    entry(Command::Reload, "reload", VIEWS, &["R"], "look for changed posts"),
    entry(Command::Redraw, "redraw", EVERYWHERE, &["<c-l>"], "draw the screen again"),
    entry(Command::Theme, "theme", EVERYWHERE, &["<c-t>"], "the next theme"),
    entry(Command::Suspend, "suspend", EVERYWHERE, &["<c-z>"], "back to the shell; `fg` returns"),
    entry(Command::Help, "help", VIEWS, &["?"], "these keys"),
    entry(Command::Close, "close", EVERYWHERE, &["q"], "close this; from the whole list, quit"),
    entry(Command::Quit, "quit", EVERYWHERE, &["Q", "<c-c>"], "quit at once"),
];

/// The live table of keys.
#[derive(Debug)]
pub struct Keymap {
    bindings: Vec<(Scope, Vec<Key>, Command)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let each = |entry: &'static Entry| {
            let keys = move |scope: &'static Scope| {
                entry.keys.iter().map(move |keys| (*scope, Key::sequence(keys), entry.command))
            };
            entry.scopes.iter().flat_map(keys)
        };
        Self { bindings: COMMANDS.iter().flat_map(each).collect() }
    }
}

/// What keys mean so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A command.
    Full(Command),
    /// The beginning of one.
    Partial,
    /// Nothing.
    None,
}

impl Keymap {
    /// What `keys` mean in `scope`.
    pub fn meaning(&self, scope: Scope, keys: &[Key]) -> Meaning {
        let here = || self.bindings.iter().filter(|(bound, ..)| *bound == scope);
        if let Some((.., command)) = here().find(|(_, bound, _)| bound == keys) {
            return Meaning::Full(*command);
        }
        if here().any(|(_, bound, _)| bound.starts_with(keys)) { Meaning::Partial } else { Meaning::None }
    }

    /// The lines of the help of `scope`: keys, and what they do.
    pub fn help(&self, scope: Scope) -> Vec<(String, &'static str)> {
        let line = |entry: &Entry| {
            let bound = self.bindings.iter().filter(|(bound, _, command)| *bound == scope && *command == entry.command);
            let keys: Vec<String> = bound.map(|(_, keys, _)| keys.iter().map(Key::to_string).collect()).collect();
            (keys.join(" "), entry.help)
        };
        COMMANDS.iter().filter(|entry| entry.scopes.contains(&scope)).map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_view_and_none_hides_another() {
        let map = Keymap::default();
        for (at, (scope, keys, command)) in map.bindings.iter().enumerate() {
            for (other_scope, other, second) in map.bindings.iter().skip(at + 1) {
                let clash = scope == other_scope && (keys.starts_with(other) || other.starts_with(keys));
                assert!(!clash, "{keys:?}: {command:?} and {second:?} in {scope:?}");
            }
        }
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        let control = Key { code: Code::Char('d'), held: Held::Control };
        let enter = Key::plain(Code::Enter);
        assert_eq!(Key::sequence("j<enter><c-d>"), [Key::plain(Code::Char('j')), enter, control]);
        assert_eq!(Key::sequence("<x>").len(), 3);
    }

    #[test]
    fn a_sequence_is_partial_until_it_is_whole() {
        let map = Keymap::default();
        assert_eq!(map.meaning(Scope::List, &Key::sequence("g")), Meaning::Partial);
        assert_eq!(map.meaning(Scope::List, &Key::sequence("gg")), Meaning::Full(Command::First));
        assert_eq!(map.meaning(Scope::List, &Key::sequence("gx")), Meaning::None);
    }
}
