//! The control sequences that this program sends for itself, other than those that draw.
//!
//! Constants only; nothing here writes.

/// Begins a synchronised update.
pub(super) const FRAME: &[u8] = b"\x1b[?2026h";
/// Ends one, whereupon the terminal shows it.
pub(super) const FRAME_END: &[u8] = b"\x1b[?2026l";

/// Alternate screen, hidden cursor, and pasted text marked as such, so that none of it is a command. The wheel sends arrow keys there in most terminals of their own accord; switching
/// that on would mean switching it off at the end, which would take it from `less`.
pub(super) const ENTER: &str = "\x1b[?1049h\x1b[?25l\x1b[?2004h";

macro_rules! calm {
    () => {
        "\x18\x1b[?2026l\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[0m"
    };
}

/// Undoes what another hand may have switched on: the mouse, pasting in brackets, colours. CAN first: it ends a sequence
/// that was cut short.
pub(super) const CALM: &str = calm!();

/// Undoes that and [`ENTER`].
pub(super) const LEAVE: &str = concat!(calm!(), "\x1b[?1049l\x1b[?25h");
