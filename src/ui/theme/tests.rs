//! Every theme built in can be read on every ground, in every number of colours; themes of users say all their faults.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use ratatui::style::{Color, Modifier};

use super::depth::{READABLE, contrast};
use super::*;
use crate::text::Clean;

/// Themes that say their colours in numbers.
const COLOURED: [&str; 11] = [
    "dark",
    "light",
    "gruvbox",
    "gruvbox-light",
    "nord",
    "solarized-dark",
    "solarized-light",
    "dracula",
    "paper",
    "contrast-dark",
    "contrast-light",
];
/// What is no text: lines, and pieces of them. WCAG asks 3 to 1.
const LINES: [&str; 5] = ["quote-bar", "rule", "frame", "scroll-thumb", "cursor"];

const PARTS: [Part; 19] = [
    Part::Ground,
    Part::Bar,
    Part::BarStrong,
    Part::Faint,
    Part::Year,
    Part::Selected,
    Part::Cursor,
    Part::Title,
    Part::Draft,
    Part::Tag,
    Part::Fault,
    Part::Hint,
    Part::Hit,
    Part::CurrentHit,
    Part::Focus,
    Part::Broken,
    Part::Frame,
    Part::Visited,
    Part::ScrollThumb,
];

fn written(name: &str, text: &str) -> Written {
    Written { name: name.to_owned(), path: Clean::exact(&format!("{name}.toml")), text: text.to_owned() }
}

fn faults(themes: &Themes, name: &str) -> Vec<String> {
    themes.whole(name).1.iter().map(ToString::to_string).collect()
}

/// Every ink on every ground that it may stand on.
fn pairs(theme: &Theme) -> Vec<(&str, Color, Color)> {
    let grounds = theme.grounds();
    let each = |(name, style): (&String, &Style)| {
        let on = style.bg.map_or_else(|| grounds.clone(), |ground| vec![ground]);
        let name = theme.styles.get_key_value(name).map_or("", |(name, _)| name.as_str());
        style
            .fg
            .into_iter()
            .flat_map(move |ink| on.clone().into_iter().map(move |ground| (name, ink, ground)))
            .collect::<Vec<_>>()
    };
    theme.styles.iter().flat_map(each).collect()
}

#[test]
fn every_theme_built_in_is_without_fault() {
    let themes = Themes::default();
    assert_eq!(themes.names().len(), COLOURED.len() + 2);
    for name in themes.names() {
        assert_eq!(faults(&themes, name), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_role_and_every_part_has_a_style_in_every_theme() {
    let tokens = [
        Token::Keyword,
        Token::Type,
        Token::Function,
        Token::Variable,
        Token::Constant,
        Token::String,
        Token::Number,
        Token::Comment,
        Token::Operator,
        Token::Punctuation,
        Token::Attribute,
        Token::Tag,
        Token::Inserted,
        Token::Deleted,
        Token::Heading,
    ];
    let roles = [
        Role::Title,
        Role::Meta,
        Role::Tag,
        Role::Body,
        Role::Link,
        Role::Image,
        Role::Code,
        Role::CodeBlock,
        Role::CodeLabel,
        Role::Quote,
        Role::QuoteBar,
        Role::Notice,
        Role::Alert,
        Role::Marker,
        Role::Rule,
        Role::TableHead,
        Role::Note,
        Role::Key,
        Role::Added,
        Role::Math,
        Role::Caption,
        Role::Highlight,
        Role::Small,
        Role::Unknown,
    ];
    let names: Vec<&str> = roles
        .into_iter()
        .chain((0..=7).map(Role::Heading))
        .chain(tokens.map(Role::Token))
        .map(name)
        .chain(PARTS.map(Part::name))
        .chain(["strong", "emphasis", "strike", "underline"])
        .collect();
    let themes = Themes::default();
    for theme in themes.names() {
        let (theme, _) = themes.whole(theme);
        for name in &names {
            assert!(theme.styles.get(*name).is_some_and(|style| *style != Style::new()), "{}: {name}", theme.name);
        }
        let unused = theme.styles.keys().find(|name| !names.contains(&name.as_str()));
        assert_eq!(unused, None, "{}", theme.name);
    }
}

#[track_caller]
fn is_readable(theme: &Theme) {
    for (name, ink, ground) in pairs(theme) {
        let need = if LINES.contains(&name) { 3.0 } else { READABLE };
        let contrast = contrast(ink, ground).unwrap();
        assert!(contrast >= need, "{}: {name}: {ink:?} on {ground:?}: {contrast:.2}", theme.name);
    }
}

#[test]
fn everything_is_readable_on_every_ground_by_wcag_aa() {
    for name in COLOURED {
        let theme = Theme::named(name).unwrap();
        is_readable(&theme);
        let (hit, current) = (theme.part(Part::Hit).bg, theme.part(Part::CurrentHit).bg);
        assert_ne!(hit, current, "{name}");
        assert_ne!(theme.part(Part::Selected).bg, theme.part(Part::Ground).bg, "{name}: the cursor's row");
    }
}

#[test]
fn everything_is_readable_in_256_colours_too() {
    for name in COLOURED {
        let theme = Themes::default().shown(name, Depth::Indexed);
        for (name, style) in &theme.styles {
            for colour in [style.fg, style.bg].into_iter().flatten() {
                assert!(matches!(colour, Color::Indexed(16..)), "{}: {name}: {colour:?}", theme.name);
            }
        }
        is_readable(&theme);
        assert_ne!(theme.part(Part::Selected).bg, theme.part(Part::Ground).bg, "{name}: the cursor's row");
    }
}

/// Nobody knows how sixteen colours look; what is said here holds for all.
#[test]
fn sixteen_colours_are_used_as_far_as_they_can_be_trusted() {
    let terminal = Theme::named("terminal").unwrap();
    for (name, style) in &terminal.styles {
        let ink = style.fg.unwrap_or(Color::Reset);
        match style.bg.unwrap_or(Color::Reset) {
            // Black and white are somebody's background, and so is bright black.
            Color::Reset => {
                let risky = [Color::Black, Color::Gray, Color::White, Color::DarkGray, Color::Yellow];
                assert!(!risky.contains(&ink), "{name}: {ink:?} on the terminal's own ground");
            }
            ground => {
                assert_eq!(ink, Color::Black, "{name}");
                assert!([Color::Yellow, Color::Cyan].contains(&ground), "{name}: black on {ground:?}");
            }
        }
        for colour in [style.fg, style.bg].into_iter().flatten() {
            assert!(!matches!(colour, Color::Rgb(..) | Color::Indexed(_)), "{name}: {colour:?}");
        }
    }
    for name in COLOURED {
        let shown = Themes::default().shown(name, Depth::Sixteen);
        assert_eq!((shown.name.as_str(), &shown.styles), (name, &terminal.styles));
    }
    let own = Themes::with(vec![written("own", "[styles]\nbody = { fg = \"bright-blue\" }\n")]);
    assert_eq!(own.shown("own", Depth::Sixteen).style("body").fg, Some(Color::LightBlue));
}

#[test]
fn without_colours_everything_is_told_apart_by_other_means() {
    for name in Themes::default().names() {
        let theme = Themes::default().shown(name, Depth::None);
        for (name, style) in &theme.styles {
            for colour in [style.fg, style.bg].into_iter().flatten() {
                assert_eq!(colour, Color::Reset, "{name}");
            }
        }
        let parts = [Part::Selected, Part::Hit, Part::CurrentHit, Part::Focus, Part::Fault, Part::Broken, Part::Hint];
        for part in parts {
            assert_ne!(theme.part(part).add_modifier, Modifier::empty(), "{part:?}");
        }
        assert_ne!(theme.part(Part::Hit), theme.part(Part::CurrentHit));
    }
}

#[test]
fn a_theme_changes_what_it_says_and_inherits_the_rest() {
    let text = "inherits = \"nord\"\n[palette]\nlink = \"#f00\"\nmine = 208\n[styles]\ntitle = { fg = \"mine\", italic = true }\n";
    let themes = Themes::with(vec![written("own", text)]);
    assert_eq!(faults(&themes, "own"), Vec::<String>::new());
    let (own, nord) = (themes.whole("own").0, themes.whole("nord").0);
    assert_eq!(own.style("link").fg, Some(Color::Rgb(255, 0, 0)));
    assert_eq!(own.style("title"), Style::new().fg(Color::Indexed(208)).add_modifier(Modifier::ITALIC));
    assert_eq!(own.style("body"), nord.style("body"));
    assert_eq!(themes.names().last(), Some(&"own"));
    assert!(themes.has("own") && themes.has("auto") && !themes.has("other"));
    let dark = Themes::with(vec![written("dark", "inherits = \"dark\"\n[palette]\ntext = \"#ffffff\"\n")]);
    assert_eq!(faults(&dark, "dark"), Vec::<String>::new(), "one's own dark lies upon the one built in");
    assert_eq!(dark.whole("dark").0.style("ground").bg, Theme::named("dark").unwrap().style("ground").bg);
    assert_eq!(dark.names(), Themes::default().names());
}

#[test]
fn all_faults_of_a_theme_are_told_at_once_and_the_rest_is_kept() {
    let text = "inherits = \"drak\"\ncolours = 1\n[palete]\n[palette]\ntext = \"#12\"\nlink = \"bleu\"\nwarm = true\ngood = \"#00ff00\"\n\
                [styles]\nboby = { fg = \"text\" }\nlink = { fg = \"goood\", bodl = true }\ncode = { bold = 1, bg = [] }\n\
                tag = 7\nkey = { fg = \"good\" }\n";
    let themes = Themes::with(vec![written("own", text)]);
    let mut told = faults(&themes, "own");
    told.sort_by_key(|fault| fault.split(':').nth(1).and_then(|line| line.parse::<usize>().ok()));
    let expected = [
        "own.toml:1: drak is no theme; did you mean dark?",
        "own.toml:2: colours is no part of a theme; there are inherits, palette, styles",
        "own.toml:3: palete is no part of a theme; did you mean palette?",
        "own.toml:5: text: #12 is no colour; write \"#rrggbb\", a name such as \"red\", or 0 to 255",
        "own.toml:6: link: bleu is no colour; did you mean blue?",
        "own.toml:7: warm: the value is no colour; write \"#rrggbb\", a name such as \"red\", or 0 to 255",
        "own.toml:10: boby is no style; did you mean body?",
        "own.toml:11: bodl is no property of a style; did you mean bold?",
        "own.toml:11: goood is no colour; did you mean good?",
        "own.toml:12: bg is no colour; write a colour or its name",
        "own.toml:12: bold is neither true nor false; write true or false",
        "own.toml:13: tag is no style; write { fg = \"text\", bold = true }",
    ];
    assert_eq!(told, expected);
    assert_eq!(themes.whole("own").0.style("key").fg, Some(Color::Rgb(0, 255, 0)));
    let broken = Themes::with(vec![written("own", "[styles\nbody = {{\n= 3\n")]);
    assert!(faults(&broken, "own").len() > 1, "every mistake of writing is told");
    assert_eq!(broken.whole("own").0.styles, Theme::named("terminal").unwrap().styles);
}

#[test]
fn themes_that_inherit_one_another_come_to_an_end() {
    let ring = Themes::with(vec![
        written("a", "inherits = \"b\"\n[palette]\ntext = \"#ffffff\"\n"),
        written("b", "inherits = \"c\"\n"),
        written("c", "inherits = \"a\"\n"),
    ]);
    assert_eq!(faults(&ring, "a"), ["c.toml:1: a inherits itself in the end; did you mean b?"]);
    assert_eq!(ring.whole("a").0.style("ground").fg, Some(Color::Rgb(255, 255, 255)));
    let own = Themes::with(vec![written("own", "inherits = \"own\"\n")]);
    assert_eq!(faults(&own, "own").len(), 1);
}

#[test]
fn no_text_is_too_strange_for_a_theme() {
    for text in [
        "",
        "\u{0}",
        "[",
        "inherits = \"own\"",
        "[styles]\n\"\u{1b}[2J\" = { fg = \"\u{1b}\" }",
        "styles = 1",
        "palette = []",
    ] {
        let themes = Themes::with(vec![written("own", text)]);
        let (theme, faults) = themes.whole("own");
        assert_eq!(theme.name, "own");
        assert!(faults.iter().all(|fault| !fault.to_string().contains('\u{1b}')));
    }
    for (written, expected) in [
        ("#fff", Some(Color::Rgb(255, 255, 255))),
        ("#123456", Some(Color::Rgb(0x12, 0x34, 0x56))),
        ("#12345", None),
        ("#+12", None),
        ("#é12", None),
        ("bright-black", Some(Color::DarkGray)),
        ("255", Some(Color::Indexed(255))),
        ("256", None),
        ("-1", None),
        ("", None),
    ] {
        assert_eq!(read::colour(written), expected, "{written:?}");
    }
}
