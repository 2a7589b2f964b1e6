//! The tables of the tests: a copy of `rules/` and of the wording of its rows, kept in `tests/tables/`.
//!
//! What the program itself says isn't kept there: its messages are functions, and a copy could lack some.

use std::{fs, io, path::Path};

use crate::locale::sections;

/// The folder of the copy, below the root of the project.
const FOLDER: &str = "tests/tables";

/// Writes the copied tables into a folder, as `rules/` and `locales/`, with the messages that the program has today.
pub fn copy(root: &Path, to: &Path) -> io::Result<()> {
    for part in ["rules", "rules/cases", "locales"] {
        fs::create_dir_all(to.join(part))?;
        for entry in root.join(FOLDER).join(part).read_dir()? {
            let path = entry?.path();
            let Some(name) = path.file_name().filter(|_| path.extension().is_some_and(|ending| ending == "toml"))
            else {
                continue;
            };
            let mut text = fs::read_to_string(&path)?;
            if part == "locales" {
                text = with_rows(fs::read_to_string(root.join(part).join(name))?, &text);
            }
            fs::write(to.join(part).join(name), text)?;
        }
    }
    Ok(())
}

/// Replaces the wording of the rows in a language file. If it is the same, the file stays as it is, so that tables that
/// are the same have the same version.
fn with_rows(file: String, rows: &str) -> String {
    if sections(&file, true) == rows { file } else { sections(&file, false) + rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_wording_of_rows_is_replaced() {
        let c = |file: &str, rows: &str, expected: &str| assert_eq!(with_rows(file.to_owned(), rows), expected);
        let own = "# Words.\n[site]\na = 1\n\n[paper]\nb = 2\n[start]\nc = 3\n";
        c(own, "[paper]\nb = 2\n", own);
        c(own, "[paper]\nb = 4\n", "# Words.\n[site]\na = 1\n\n[start]\nc = 3\n[paper]\nb = 4\n");
    }
}
