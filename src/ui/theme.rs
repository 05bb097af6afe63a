//! What things look like: every role and every part of the screen to a style. Themes are data; nothing else names a colour.

use ratatui::style::{Color, Modifier, Style};

use crate::markdown::{Marks, Role, Run};

/// A way to look.
#[derive(Debug, Clone)]
pub struct Theme {
    /// What the configuration calls it.
    pub name: &'static str,
    palette: Palette,
}

/// Parts of the screen that are no text of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The screen behind everything.
    Ground,
    /// The line at the top and the one at the bottom.
    Bar,
    /// What stands out in them.
    BarStrong,
    /// What matters less.
    Faint,
    /// The heading of a year.
    Year,
    /// The row under the cursor.
    Selected,
    /// The mark left of it.
    Cursor,
    /// A title in a list.
    Title,
    /// The word `draft`.
    Draft,
    /// A tag in a list.
    Tag,
    /// Something wrong.
    Fault,
    /// A link's number laid over it.
    Hint,
    /// A word that was looked for.
    Hit,
    /// The one that the reader is at.
    CurrentHit,
    /// The focused link.
    Focus,
    /// A link that leads nowhere.
    Broken,
    /// A link that was followed.
    Visited,
    /// A frame around a panel.
    Frame,
}

/// The colours of a theme by what they are for.
#[derive(Debug, Clone, Copy)]
struct Palette {
    ground: Color,
    raised: Color,
    text: Color,
    faint: Color,
    line: Color,
    heading: Color,
    link: Color,
    code: Color,
    code_ground: Color,
    tag: Color,
    warm: Color,
    hit: Color,
    current: Color,
    on_hit: Color,
}

const fn rgb(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::Rgb(red, green, blue)
}

/// The sixteen colours that the reader's own terminal has, on its own ground: right on dark and on light.
const TERMINAL: Palette = Palette {
    ground: Color::Reset,
    raised: Color::Reset,
    text: Color::Reset,
    faint: Color::DarkGray,
    line: Color::DarkGray,
    heading: Color::Magenta,
    link: Color::Blue,
    code: Color::Green,
    code_ground: Color::Reset,
    tag: Color::Cyan,
    warm: Color::Red,
    hit: Color::Yellow,
    current: Color::Magenta,
    on_hit: Color::Black,
};

const DARK: Palette = Palette {
    ground: rgb(0x0017_191d),
    raised: rgb(0x0023_262c),
    text: rgb(0x00d6_d3cb),
    faint: rgb(0x0093_9189),
    line: rgb(0x004a_4c50),
    heading: rgb(0x00f0_c987),
    link: rgb(0x0082_b4e6),
    code: rgb(0x00a9_cf97),
    code_ground: rgb(0x001f_2227),
    tag: rgb(0x0080_c4b7),
    warm: rgb(0x00ea_8f7c),
    hit: rgb(0x00e3_c65b),
    current: rgb(0x00f2_9b54),
    on_hit: rgb(0x0017_191d),
};

const LIGHT: Palette = Palette {
    ground: rgb(0x00fb_f9f4),
    raised: rgb(0x00ee_ebe2),
    text: rgb(0x0026_2a30),
    faint: rgb(0x0066_6860),
    line: rgb(0x00bd_b9ad),
    heading: rgb(0x008a_4b0f),
    link: rgb(0x001b_5da8),
    code: rgb(0x003b_6a24),
    code_ground: rgb(0x00f2_efe6),
    tag: rgb(0x0012_6b60),
    warm: rgb(0x00b0_301c),
    hit: rgb(0x00f3_d664),
    current: rgb(0x00f0_9a4a),
    on_hit: rgb(0x0026_2a30),
};

/// Every theme, the default first.
pub const THEMES: [Theme; 3] = [
    Theme { name: "terminal", palette: TERMINAL },
    Theme { name: "dark", palette: DARK },
    Theme { name: "light", palette: LIGHT },
];

impl Theme {
    /// The theme of a name.
    pub fn named(name: &str) -> Option<Self> {
        THEMES.into_iter().find(|theme| theme.name == name)
    }

    /// The style of a part of the screen.
    pub fn part(&self, part: Part) -> Style {
        let Palette { ground, raised, text, faint, line, heading, tag, warm, hit, current, on_hit, .. } = self.palette;
        let on_bar = Style::new().bg(raised);
        match part {
            Part::Ground => Style::new().fg(text).bg(ground),
            Part::Bar => on_bar.fg(faint),
            Part::BarStrong => on_bar.fg(text).add_modifier(Modifier::BOLD),
            Part::Faint => Style::new().fg(faint),
            Part::Year => Style::new().fg(heading).add_modifier(Modifier::BOLD),
            Part::Selected => on_bar.add_modifier(Modifier::BOLD),
            Part::Cursor => on_bar.fg(heading).add_modifier(Modifier::BOLD),
            Part::Title => Style::new().fg(text),
            Part::Draft | Part::Fault => Style::new().fg(warm),
            Part::Tag => Style::new().fg(tag),
            Part::Hint => Style::new().fg(on_hit).bg(hit).add_modifier(Modifier::BOLD),
            Part::Hit => Style::new().fg(on_hit).bg(hit),
            Part::CurrentHit => Style::new().fg(on_hit).bg(current).add_modifier(Modifier::BOLD),
            Part::Focus => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
            Part::Broken => Style::new().fg(warm).add_modifier(Modifier::CROSSED_OUT),
            Part::Visited => Style::new().fg(tag).add_modifier(Modifier::UNDERLINED | Modifier::ITALIC),
            Part::Frame => Style::new().fg(line),
        }
    }

    /// The style of a run of a post.
    pub fn run(&self, run: &Run) -> Style {
        let mut style = self.role(run.role);
        for (mark, modifier) in [
            (Marks::STRONG, Modifier::BOLD),
            (Marks::EMPHASIS, Modifier::ITALIC),
            (Marks::STRIKE, Modifier::CROSSED_OUT),
            (Marks::UNDERLINE, Modifier::UNDERLINED),
        ] {
            if run.marks.has(mark) {
                style = style.add_modifier(modifier);
            }
        }
        if run.link.is_some() && run.role != Role::Image {
            style = style.fg(self.palette.link).add_modifier(Modifier::UNDERLINED);
        }
        style
    }

    fn role(&self, role: Role) -> Style {
        let Palette { text, faint, line, heading, link, code, code_ground, tag, warm, .. } = self.palette;
        let strong = Style::new().add_modifier(Modifier::BOLD);
        match role {
            Role::Body => Style::new().fg(text),
            Role::Title => strong.fg(heading),
            Role::Heading(1 | 2) => strong.fg(heading),
            Role::Heading(_) => strong.fg(text),
            Role::Link => Style::new().fg(link).add_modifier(Modifier::UNDERLINED),
            Role::Image => Style::new().fg(tag),
            Role::Code => Style::new().fg(code).bg(code_ground),
            Role::CodeBlock => Style::new().fg(code),
            Role::Math => Style::new().fg(code),
            Role::Caption => Style::new().fg(faint).add_modifier(Modifier::ITALIC),
            Role::Highlight => strong.fg(warm),
            Role::Small | Role::Unknown => Style::new().fg(faint),
            Role::Quote => Style::new().fg(text).add_modifier(Modifier::ITALIC),
            Role::Alert => strong.fg(warm),
            Role::Tag => Style::new().fg(tag),
            Role::TableHead | Role::Key => strong.fg(text),
            Role::QuoteBar | Role::Rule => Style::new().fg(line),
            Role::Meta | Role::CodeLabel | Role::Note | Role::Added => Style::new().fg(faint),
            Role::Marker => Style::new().fg(faint),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]
mod tests {
    use super::*;

    fn luminance(color: Color) -> f64 {
        let Color::Rgb(red, green, blue) = color else { panic!("{color:?} is no RGB") };
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    }

    fn contrast(one: Color, two: Color) -> f64 {
        let (one, two) = (luminance(one), luminance(two));
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    #[test]
    fn text_is_readable_on_its_ground_by_wcag_aa() {
        for name in ["dark", "light"] {
            let palette = Theme::named(name).unwrap().palette;
            let inks =
                [palette.text, palette.faint, palette.heading, palette.link, palette.code, palette.tag, palette.warm];
            for ink in inks {
                for ground in [palette.ground, palette.raised, palette.code_ground] {
                    assert!(contrast(ink, ground) >= 4.5, "{name}: {ink:?} on {ground:?}: {}", contrast(ink, ground));
                }
            }
            for ground in [palette.hit, palette.current] {
                assert!(contrast(palette.on_hit, ground) >= 4.5, "{name}: on {ground:?}");
            }
        }
    }
}
