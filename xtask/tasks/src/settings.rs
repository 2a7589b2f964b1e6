//! The settings that tell where and by whom a build is published. The program works without any of them.

/// Settings of one build; docs/deploying.md says what comes of each.
#[derive(clap::Args, Clone, Default, Debug)]
pub struct Settings {
    /// Where the page will be found, such as https://example.org/checker/
    #[arg(long, value_parser = address)]
    pub address: Option<String>,
    /// Who publishes it, for the foot of the page
    #[arg(long)]
    pub operator: Option<String>,
    /// The publisher's ICP record, such as 粤ICP备12345678号-1, for the foot of the page
    #[arg(long, value_parser = icp)]
    pub icp: Option<String>,
}

/// Parses an address as a folder, so that anything after it names a page within.
fn address(given: &str) -> Result<String, String> {
    let plain = given.starts_with("https://") || given.starts_with("http://");
    if !plain || given.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '"' | '<')) {
        return Err("write it whole, as people open it, such as https://example.org/checker/".to_owned());
    }
    Ok(format!("{}/", given.trim_end_matches('/')))
}

fn icp(given: &str) -> Result<String, String> {
    if given.contains("ICP备") && given.contains('号') {
        Ok(given.to_owned())
    } else {
        Err("write it as it was granted, such as 粤ICP备12345678号-1".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_folder() {
        assert_eq!(address("https://example.org/checker").unwrap(), "https://example.org/checker/");
        assert_eq!(address("http://example.org/").unwrap(), "http://example.org/");
        for wrong in ["example.org", "", "https://example.org/?lang=en", "https://example.org/#q", "https://a b/"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_record_looks_like_one() {
        assert!(icp("粤ICP备12345678号").is_ok());
        assert!(icp("12345678").is_err());
    }
}
