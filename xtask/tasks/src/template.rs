//! Files that are filled in when the page is built, by the template library: `index.html` and the scripts that hold a list, a
//! version or words.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, syntax::SyntaxConfig};

/// A library's environment for a file: nothing that is missing passes, and HTML is escaped.
pub fn environment() -> Result<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(
        |name| {
            if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
        },
    );
    // A line with nothing but a tag leaves no line.
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    Ok(environment)
}

/// Fills a script or another small file. Each value has to be asked for in it, and nothing else may be.
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
