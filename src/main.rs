//! Mounts the page. What it shows is in `app`, and the access to the browser is in `browser`.

fn main() {
    subsidy_checker::app::start();
}
