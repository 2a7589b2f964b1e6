//! Fills files with the template library when the page is built: `index.html` and the scripts that contain a list, a
//! version or words.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, syntax::SyntaxConfig};

/// Returns the library's environment: missing values are errors, and HTML is escaped.
pub fn environment() -> Result<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(
        |name| {
            if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
        },
    );
    // A line with only a tag leaves no empty line.
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    Ok(environment)
}

/// Fills a script or another small file. The file must use each value, and no other.
pub fn fill(file: &str, text: &str, values: &[(&str, String)]) -> Result<String> {
    for (name, _) in values {
        if !text.contains(&format!("{{{{ {name} }}}}")) {
            bail!("{file} has no `{{{{ {name} }}}}`. Write it where it is to be filled in");
        }
    }
    let values: BTreeMap<String, String> =
        values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let known = || format!("{file} can't be filled");
    environment()?.render_named_str(file, text, Value::from(values)).with_context(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_its_place_and_each_place_its_value() {
        let c = |text: &str| fill("a.js", text, &[("list", "[\"a/b\"]".to_owned())]);
        assert_eq!(c("var a = {{ list }};\n").unwrap(), "var a = [\"a/b\"];");
        assert!(c("var a;").unwrap_err().to_string().contains("a.js has no `{{ list }}`"));
        assert!(format!("{:#}", c("{{ list }}\n{{ other }}").unwrap_err()).contains("a.js:2"));
    }
}
