//! The info session: a script and a style sheet that only it loads.
//!
//! `session/` contains the script in three files by subject, which share one scope; the words, the number of people a
//! class needs (C3) and the tables' version are inserted.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};
use tables::{Course, Set};

use crate::template;

pub const SCRIPT: &str = "session.js";
pub const STYLE: &str = "session.css";
/// The prefix of the session's message keys.
const KEYS: &str = "session.";
/// The files of the script.
const PARTS: [&str; 3] = ["counts.js", "staff.js", SCRIPT];

/// Returns the script and the style sheet, by their names.
pub fn files(root: &Path, set: &Set) -> Result<[(String, Vec<u8>); 2]> {
    let read = |name: &str| {
        let file = root.join("session").join(name);
        std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    let parts = PARTS.iter().map(|name| read(name)).collect::<Result<Vec<_>>>()?.join("\n");
    let script = format!("(function () {{\n'use strict';\n{parts}}})();\n");
    let script = template::fill(&format!("session/{SCRIPT}"), &script, &[("session", told(set)?.to_string())])?;
    Ok([(SCRIPT.to_owned(), script.into_bytes()), (STYLE.to_owned(), read(STYLE)?.into_bytes())])
}

fn told(set: &Set) -> Result<Value> {
    // The last day on which each class may begin, and the number of people with which it opens.
    let class =
        |course: &Course| json!({ "until": course.starts.to.map(|day| day.to_string()), "least": course.least_people });
    let classes: Vec<Value> = set.tables.courses.iter().map(class).collect();
    let mut words = Map::new();
    for language in set.languages.ids() {
        let mut own = Map::new();
        for key in set.languages.keys() {
            let (Some(name), Some(message)) = (key.strip_prefix(KEYS), set.languages.message(key)) else { continue };
            // The placeholders of arguments stay, because the script fills them in.
            let said = set.languages.say(language, message, |argument| Some(format!("{{{argument}}}")));
            own.insert(name.to_owned(), said.into());
        }
        words.insert(language.to_owned(), own.into());
    }
    Ok(json!({ "words": words, "classes": classes, "version": set.tables.version }))
}
