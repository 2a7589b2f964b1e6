//! Writes tables and wording as Rust source and language files, for a build script.
//!
//! The page contains no parser: what is read here becomes constants there. Only the typed functions of the messages
//! are written as text by this module; the derive of databake writes the tables.

use std::fmt::Write as _;

use databake::{Bake, BakeSize, CrateEnv, TokenStream, quote};

use crate::{
    Date, Languages, Set, Share, ValueSet, Yuan,
    locale::{of_command_line, of_program},
};

/// The source files that a build script writes to its output folder.
pub struct Baked {
    /// The source of `static TABLES`, for `include!`.
    pub tables: String,
    /// The source of the languages and of the functions of `FirstText` and `Text`, for `include!`.
    pub messages: String,
}

/// Writes checked tables as Rust source.
pub fn bake(set: &Set) -> Baked {
    let env = CrateEnv::default();
    let tables = set.tables.bake(&env);
    Baked {
        tables: format!(
            "/// The tables of `rules/`, read and checked when this was built.\npub static TABLES: tables::Tables = {tables};\n"
        ),
        messages: messages(set),
    }
}

/// Writes the constants and functions of the messages.
fn messages(set: &Set) -> String {
    let languages = &set.languages;
    let mut out = String::new();
    let _ = writeln!(out, "/// Language files fit this program if they carry this number.");
    let _ = writeln!(out, "const BUILD_ID: u64 = {};", languages.build_id());
    let _ = writeln!(out, "const MESSAGES: usize = {};", languages.count());
    list(&mut out, languages);
    functions(&mut out, languages, "FirstText", "FirstMsg", true);
    functions(&mut out, languages, "Text", "Msg", false);
    out
}

/// Writes the languages, and their files for programs that have no page.
fn list(out: &mut String, languages: &Languages) {
    let (mut constants, mut all, mut files) = (String::new(), Vec::new(), String::new());
    let mut of_command_line = String::new();
    for id in languages.ids() {
        let name = id.to_uppercase().replace('-', "_");
        let _ = writeln!(constants, "    /// `locales/{id}.toml`");
        let _ = writeln!(constants, "    pub const {name}: Language = Language(\"{id}\");");
        let file = |ending: &str| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{id}{ending}\"))");
        let _ = writeln!(files, "    (Language::{name}, {}, {}),", file(".text"), file(".later.text"));
        let _ = writeln!(of_command_line, "    (Language::{name}, {}),", file(".commands.text"));
        all.push(format!("Language::{name}"));
    }
    let first = all.first().map_or("", String::as_str);
    let _ = writeln!(out, "impl Language {{\n{constants}");
    let _ = writeln!(out, "    /// All languages, in the order in which people choose from them.");
    let _ = writeln!(out, "    pub const ALL: &[Language] = &[{}];", all.join(", "));
    let _ = writeln!(out, "    /// The language that the others are compared with.");
    let _ = writeln!(out, "    pub const FIRST: Language = {first};\n}}");
    let _ = writeln!(out, "#[cfg(any(not(target_arch = \"wasm32\"), feature = \"engine\"))]");
    let _ = writeln!(out, "const FILES: [(Language, &[u8], &[u8]); {}] = [\n{files}];", all.len());
    let _ = writeln!(out, "#[cfg(feature = \"cli\")]");
    let _ = writeln!(out, "const COMMAND_FILES: [(Language, &[u8]); {}] = [\n{of_command_line}];", all.len());
}

/// Writes the functions of the messages of one of the page's two parts.
fn functions(out: &mut String, languages: &Languages, of: &str, message: &str, first_part: bool) {
    let _ = writeln!(out, "impl {of} {{");
    for (index, (key, names)) in languages.messages.iter().enumerate() {
        if !of_program(key) || languages.is_first_part(index) != first_part {
            continue;
        }
        let get = format!("self.get({message}({index}))");
        let function = key.replace(['.', '-'], "_");
        let _ = writeln!(out, "    /// `{key}`");
        if of_command_line(key) {
            let _ = writeln!(out, "    #[cfg(feature = \"cli\")]");
        }
        if names.is_empty() {
            let _ = writeln!(out, "    pub(crate) fn {function}(self) -> &'static str {{ {get} }}");
        } else {
            let parameters: String = names.iter().map(|name| format!(", {name}: &str")).collect();
            let _ = writeln!(
                out,
                "    pub(crate) fn {function}(self{parameters}) -> String {{ fill({get}, &[{}]) }}",
                names.join(", ")
            );
        }
    }
    let _ = writeln!(out, "}}");
}

impl Bake for Date {
    fn bake(&self, _: &CrateEnv) -> TokenStream {
        let (year, month, day) = (self.year(), self.month(), self.day());
        quote! { tables::Date::new(#year, #month, #day).unwrap() }
    }
}

impl Bake for Yuan {
    fn bake(&self, _: &CrateEnv) -> TokenStream {
        let parts = self.0.unpack();
        let (lo, mid, hi, scale) = (parts.lo, parts.mid, parts.hi, parts.scale);
        quote! { tables::Yuan::from_parts(#lo, #mid, #hi, #scale) }
    }
}

impl Bake for Share {
    fn bake(&self, env: &CrateEnv) -> TokenStream {
        let amount = Yuan(self.0).bake(env);
        quote! { tables::Share(#amount.0) }
    }
}

impl BakeSize for Share {
    fn borrows_size(&self) -> usize {
        0
    }
}

impl Bake for ValueSet {
    fn bake(&self, _: &CrateEnv) -> TokenStream {
        let words = self.words();
        quote! { tables::ValueSet::from_words(&[#(#words),*]) }
    }
}

// Dates and amounts borrow nothing.
impl BakeSize for Date {
    fn borrows_size(&self) -> usize {
        0
    }
}

impl BakeSize for Yuan {
    fn borrows_size(&self) -> usize {
        0
    }
}

impl BakeSize for ValueSet {
    fn borrows_size(&self) -> usize {
        size_of_val(self.words())
    }
}
