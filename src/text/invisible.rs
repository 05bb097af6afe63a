//! Characters that show nothing: which of them go, and which stay because a script or an emoji is not the same without them.
//!
//! It knows characters and what stands before them; what becomes of a text is the cleaner's to say.

/// Whether a character turns the direction of the text around it.
pub(super) const fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is one of two that ask letters to join, or not to.
pub(super) const fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// Whether a character chooses among the forms of the one before it.
pub(super) const fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}')
}

/// Characters that show nothing and of which no text here needs any: they only hide what it says.
///
/// They are those with the property `Default_Ignorable_Code_Point` of Unicode 17 (`DerivedCoreProperties.txt`), which a
/// program may show as nothing, without the three kinds above, which stay where they are needed. To them come the anchors of
/// interlinear annotations (U+FFF9 to U+FFFB) and U+10EEEE, which stands for somebody's image in some terminals. The blank
/// pattern of Braille (U+2800) is none of them: it takes a column, as a space does, and pictures made of Braille need it.
pub(super) const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
            | '\u{10eeee}'
    )
}

/// Whether a joiner means something behind `last`: a letter or mark of a script that joins its letters, from Hebrew to
/// Mongolian and their later blocks, or an emoji.
pub(super) const fn may_be_joined(last: char) -> bool {
    matches!(last,
        '\u{590}'..='\u{10ff}' | '\u{1200}'..='\u{1cff}' | '\u{a800}'..='\u{a95f}' | '\u{a980}'..='\u{abff}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10a00}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}'
        | '\u{fe0f}')
        || is_sign(last)
}

/// Whether a selector means something behind `last`: an emoji, a sign, a digit that becomes a key, or an ideograph.
pub(super) const fn may_be_selected(last: char) -> bool {
    matches!(last,
        '0'..='9' | '#' | '*' | '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '〰' | '〽' | '㊗' | '㊙'
        | '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
        || is_sign(last)
}

/// Arrows, operators, technical signs, pictographs: blocks in which most emoji stand and no letters.
const fn is_sign(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{23ff}' | '\u{2460}'..='\u{27ff}' | '\u{2900}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}
