//! `cargo xtask picture`: takes a picture of the built page as a phone shows it.

use std::path::PathBuf;

use clap::Parser;
use e2e::Visit;

/// Its options are explained by `cargo xtask picture --help`.
#[derive(Parser)]
struct Picture {
    out: PathBuf,
    #[arg(long, default_value = "")]
    at: String,
    #[arg(long)]
    answers: Option<String>,
    #[arg(long, default_value_t = 390)]
    width: u32,
    #[arg(long, default_value_t = 844)]
    height: u32,
    #[arg(long)]
    dark: bool,
    #[arg(long)]
    whole: bool,
}

fn main() {
    let picture = Picture::parse();
    let mut visit = Visit::default().with_screen(picture.width, picture.height);
    if picture.dark {
        visit = visit.in_the_dark();
    }
    visit.journey("picture", |page| {
        let (query, fragment) = picture.at.split_at(picture.at.find('#').unwrap_or(picture.at.len()));
        let record = picture.answers.as_ref().map(|answers| format!("1;{answers}"));
        page.open_with(query, fragment, &record.unwrap_or_default());
        // Result and rules come with the later part of the program.
        page.wait_until("return !!document.querySelector('main h1');");
        if picture.whole {
            page.whole_screenshot(&picture.out);
        } else {
            page.screenshot(&picture.out);
        }
    });
}
