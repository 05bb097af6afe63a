//! What the terminal says of itself: one question at the start, and its answers as [`Findings`].
//!
//! Reading is pure and takes any bytes: those that are no part of an answer are given back, so that no key is lost. Nothing
//! here waits; how long an answer is waited for is `system`'s to say.

use crate::environment::Environment;

/// What a terminal answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Findings {
    /// Its background: red, green and blue.
    pub background: Option<(u8, u8, u8)>,
    /// Whether it shows pictures by kitty's protocol.
    pub kitty: Support,
    /// Whether it shows pictures as sixels.
    pub sixel: Support,
    /// Pixels of a cell: across, and down.
    pub cell: Option<(u16, u16)>,
    /// Whether it answered to the end.
    pub answered: Answered,
}

/// Whether a terminal can do something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Support {
    /// It was not asked, or did not answer.
    #[default]
    Unknown,
    /// It answered, and this was not in the answer.
    No,
    /// It says so.
    Yes,
}

/// How far a terminal answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Answered {
    /// Not, or not to the end in time.
    #[default]
    No,
    /// To the end.
    Yes,
}

/// What may be asked of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Everything.
    Whole,
    /// The background only: a multiplexer answers the rest for itself and not for the terminal around it, and a terminal
    /// that does not know kitty's question shows it as text.
    Background,
}

/// Background, in the words of xterm.
const BACKGROUND: &str = "\x1b]11;?\x1b\\";
/// May a picture of one pixel be shown? It is not shown.
const KITTY: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\";
/// Pixels of a cell.
const CELL: &str = "\x1b[16t";
/// Who are you? Every terminal answers that, and answers come in order: the end mark.
const END: &str = "\x1b[c";

/// Bytes of the longest answer; what is longer is none.
const LONGEST: usize = 256;

impl Question {
    /// The question that fits an environment; none where asking would show as text or is answered by nobody.
    pub fn fitting(environment: &Environment) -> Option<Self> {
        let of = |name: &str| environment.variable(name).map(|value| value.to_string_lossy().into_owned());
        let term = of("TERM")?;
        let mute = ["dumb", "linux", "cons25", "vt52", "eterm", "emacs", "sun"];
        if mute.iter().any(|name| term.starts_with(name)) {
            return None;
        }
        let inside = of("TMUX").or(of("STY")).or(of("ZELLIJ")).is_some();
        let multiplexed = inside || term.starts_with("screen") || term.starts_with("tmux");
        let shows_it = of("TERM_PROGRAM").is_some_and(|program| program == "Apple_Terminal");
        Some(if multiplexed || shows_it { Self::Background } else { Self::Whole })
    }

    /// The question as it is sent.
    pub fn text(self) -> String {
        match self {
            Self::Whole => [BACKGROUND, KITTY, CELL, END].concat(),
            Self::Background => [BACKGROUND, END].concat(),
        }
    }
}

/// What came from the terminal beside answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rest {
    /// What was typed.
    pub typed: Vec<u8>,
    /// An answer that has begun and is not at its end.
    pub begun: Vec<u8>,
}

/// One step through what came.
enum Piece {
    /// So many bytes are an answer, which says this.
    Answer(usize, Said),
    /// The rest is the beginning of an answer.
    Begun,
    /// No answer begins here.
    Other,
}

/// What one answer says.
#[derive(Clone, Copy)]
enum Said {
    Background((u8, u8, u8)),
    Kitty(Support),
    Cell((u16, u16)),
    /// The end mark.
    End(Support),
    /// Nothing that can be used.
    Noise,
}

impl Findings {
    /// Reads what came from the terminal since the question, in whatever pieces it came.
    pub fn read(bytes: &[u8]) -> (Self, Rest) {
        let mut findings = Self::default();
        let mut rest = Rest::default();
        let mut ahead = bytes;
        while let Some((first, after)) = ahead.split_first() {
            match piece(ahead) {
                Piece::Answer(length, said) => {
                    findings.learn(said);
                    ahead = ahead.get(length..).unwrap_or_default();
                }
                Piece::Begun => {
                    rest.begun = ahead.to_vec();
                    break;
                }
                Piece::Other => {
                    rest.typed.push(*first);
                    ahead = after;
                }
            }
        }
        (findings, rest)
    }

    /// The same, for a question that did not ask everything.
    pub(super) fn to(question: Question, bytes: &[u8]) -> (Self, Rest) {
        let (mut findings, rest) = Self::read(bytes);
        if question == Question::Background {
            (findings.kitty, findings.sixel) = (Support::Unknown, Support::Unknown);
        }
        (findings, rest)
    }

    /// Whether text on the terminal's background should be dark.
    pub fn is_light(&self) -> Option<bool> {
        let (red, green, blue) = self.background?;
        // Weights of Rec. 601: what is light to the eye.
        Some(u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114 > 127_500)
    }

    fn learn(&mut self, said: Said) {
        match said {
            Said::Background(colour) => self.background = Some(colour),
            Said::Kitty(support) => self.kitty = support,
            Said::Cell(size) => self.cell = Some(size),
            Said::End(sixel) => {
                self.sixel = sixel;
                self.answered = Answered::Yes;
                if self.kitty == Support::Unknown {
                    self.kitty = Support::No;
                }
            }
            Said::Noise => {}
        }
    }
}

/// The answer that `bytes` begin with.
fn piece(bytes: &[u8]) -> Piece {
    match bytes {
        // Alone it is the Escape key; an answer of which only this came is not worth keeping the key back.
        [0x1b, b']', ..] => string(bytes, b"\x1b]11;", background),
        [0x1b, b'_', ..] => string(bytes, b"\x1b_G", kitty),
        [0x1b, b'[', inner @ ..] => sequence(inner),
        _ => Piece::Other,
    }
}

/// An answer that begins with `opening` and goes on to BEL or ST.
fn string(bytes: &[u8], opening: &[u8], say: fn(&str) -> Said) -> Piece {
    let Some(inner) = bytes.strip_prefix(opening) else {
        return if opening.starts_with(bytes) { Piece::Begun } else { Piece::Other };
    };
    let Some(end) = inner.iter().position(u8::is_ascii_control) else {
        return if inner.len() < LONGEST { Piece::Begun } else { Piece::Answer(bytes.len(), Said::Noise) };
    };
    let (text, end_mark) = inner.split_at(end);
    let mark = match end_mark {
        [0x07, ..] => 1,
        [0x1b, b'\\', ..] => 2,
        [0x1b] => return Piece::Begun,
        // It was broken off; what broke it off is looked at by itself.
        _ => 0,
    };
    let said = std::str::from_utf8(text).ok().filter(|_| mark > 0 && end < LONGEST).map_or(Said::Noise, say);
    Piece::Answer(opening.len() + end + mark, said)
}

/// `CSI 6 ; down ; across t` or `CSI ? … c`; other sequences are keys.
fn sequence(inner: &[u8]) -> Piece {
    let is_parameter = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b';' | b'?');
    let end = inner.iter().position(|byte| !is_parameter(byte));
    let Some(end) = end.filter(|end| *end <= LONGEST) else {
        let begins = inner.len() <= LONGEST && matches!(inner, [b'?' | b'6', ..]);
        return if begins { Piece::Begun } else { Piece::Other };
    };
    let (parameters, last) = inner.split_at(end);
    let parameters = std::str::from_utf8(parameters).unwrap_or_default();
    let said = match (parameters.strip_prefix('?'), last.first()) {
        (Some(attributes), Some(b'c')) => {
            // The first names a kind of terminal, not an ability.
            let sixel = attributes.split(';').skip(1).any(|attribute| attribute == "4");
            Said::End(if sixel { Support::Yes } else { Support::No })
        }
        (None, Some(b't')) if parameters.starts_with("6;") => cell(parameters).map_or(Said::Noise, Said::Cell),
        _ => return Piece::Other,
    };
    Piece::Answer(2 + end + 1, said)
}

fn cell(parameters: &str) -> Option<(u16, u16)> {
    let mut numbers = parameters.split(';').skip(1).map(str::parse);
    let (down, across) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    (across > 0 && down > 0).then_some((across, down))
}

fn kitty(text: &str) -> Said {
    let Some((about, verdict)) = text.split_once(';') else { return Said::Noise };
    let is_ours = about.split(',').any(|part| part == "i=31");
    let support = if verdict == "OK" { Support::Yes } else { Support::No };
    if is_ours { Said::Kitty(support) } else { Said::Noise }
}

fn background(text: &str) -> Said {
    colour(text).map_or(Said::Noise, Said::Background)
}

/// A colour as X11 writes it: `rgb:ffff/ff/f`, `rgba:…`, `#fff`, `#ffffff`, `#ffffffffffff`.
fn colour(text: &str) -> Option<(u8, u8, u8)> {
    let parts: Vec<&str> = if let Some(digits) = text.strip_prefix('#') {
        let each = (digits.is_ascii() && digits.len().is_multiple_of(3)).then_some(digits.len() / 3)?;
        [0, 1, 2].into_iter().filter_map(|nth| digits.get(nth * each..(nth + 1) * each)).collect()
    } else {
        let (kind, parts) = text.split_once(':')?;
        let count = match kind {
            "rgb" => 3,
            "rgba" => 4,
            _ => return None,
        };
        Some(parts.split('/').collect::<Vec<_>>()).filter(|parts| parts.len() == count)?
    };
    let mut parts = parts.into_iter().map(channel);
    Some((parts.next()??, parts.next()??, parts.next()??))
}

/// One to four hexadecimal digits, of which all `f` is all there is.
fn channel(digits: &str) -> Option<u8> {
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let most = (1_u32 << (4 * digits.len())) - 1;
    u8::try_from((value * 255 + most / 2) / most).ok()
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;
