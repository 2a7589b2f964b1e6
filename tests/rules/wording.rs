//! The languages, as wording: what no reader of keys can see.

use std::{collections::BTreeSet, path::Path};

use ferrous_opencc::{OpenCC, config::BuiltinConfig};

/// All that a language says, names of the tables included.
fn words(language: &str) -> String {
    let set = tables::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap_or_else(|errors| panic!("{errors}"));
    let (_, file) = set.languages.files().into_iter().find(|(id, _)| *id == language).unwrap();
    String::from_utf8_lossy(&file).into_owned()
}

/// Characters that both ways of writing have, though one of them may write another for it.
const BOTH: &str = "准台";

#[test]
fn the_traditional_has_no_simplified_character() {
    let to_traditional = OpenCC::from_config(BuiltinConfig::S2t).unwrap();
    let to_simplified = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
    let is_simplified = |c: &char| {
        let alone = c.to_string();
        to_traditional.convert(&alone) != alone && to_simplified.convert(&alone) == alone && !BOTH.contains(*c)
    };
    let simplified = |text: &str| text.chars().filter(is_simplified).collect::<BTreeSet<_>>();
    assert_eq!(simplified(&words("zh-Hant")), BTreeSet::new());
    // It does find them.
    assert!(simplified("人工智能训练师").contains(&'训'));
    assert!(100 < simplified(&words("zh-Hans")).len());
}
