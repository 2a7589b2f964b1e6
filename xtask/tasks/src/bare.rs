//! The published form of scripts and style sheets: without comment lines and indentation.
//!
//! Works line by line only: a library that knows the languages would save another hundred bytes of 150,000 at first
//! load. Names stay, so that an error on a person's phone can be found in the source. During development the files stay
//! unchanged.

use anyhow::{Result, bail};

/// Returns the published form of a file; its name determines the kind.
pub fn of(name: &str, content: Vec<u8>) -> Result<Vec<u8>> {
    let text = |content| String::from_utf8(content);
    Ok(match name.rsplit_once('.') {
        Some((_, "js")) => script(name, &text(content)?)?.into_bytes(),
        Some((_, "css")) => style(&text(content)?).into_bytes(),
        _ => content,
    })
}

/// Removes comment lines, empty lines and indentation from a script.
fn script(name: &str, text: &str) -> Result<String> {
    let mut bare = String::new();
    for line in lines(text).filter(|line| !line.starts_with("//")) {
        if line.matches('`').count() % 2 == 1 {
            bail!("{name} has a text of several lines, which would lose its blanks. Join its lines with `+`: {line}");
        }
        bare = bare + line + "\n";
    }
    Ok(bare)
}

fn style(text: &str) -> String {
    let mut pieces = text.split("/*");
    let mut bare = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        bare += piece.split_once("*/").map_or("", |(_, rest)| rest);
    }
    lines(&bare).map(|line| line.to_owned() + "\n").collect()
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, text: &str, expected: &str) {
        assert_eq!(String::from_utf8(of(name, text.into()).unwrap()).unwrap(), expected);
    }

    #[test]
    fn only_people_read_what_goes() {
        check(
            "a.js",
            "// Why.\nf(function () {\n  return 'http://a'; // b\n\n});\n",
            "f(function () {\nreturn 'http://a'; // b\n});\n",
        );
        check("a.css", "/* Why:\n   so. */\na {\n  top: 0; /* b */\n}\n", "a {\ntop: 0;\n}\n");
        check("a.svg", "  /* a */\n", "  /* a */\n");
        let refused = of("a.js", b"var a = `b\n  c`;".to_vec()).unwrap_err().to_string();
        assert!(refused.starts_with("a.js has a text of several lines"), "{refused}");
    }
}
