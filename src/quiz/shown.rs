//! What somebody typed, as it stands between the backticks of an error's text.

/// At most `most` characters of it, on one line, and with no backtick that would end the quotation.
pub fn shown(text: &str, most: usize) -> String {
    let plain = |c: char| {
        if c == '`' {
            '\''
        } else if c.is_control() {
            ' '
        } else {
            c
        }
    };
    text.chars().take(most).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn nothing_ends_the_quotation() {
        assert_eq!(shown("a`[b](c)\n`d", 9), "a'[b](c) ");
    }
}
