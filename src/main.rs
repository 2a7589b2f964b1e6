//! Mounts the page. Everything it shows is in `app`, everything it touches in `browser`.

fn main() {
    subsidy_checker::app::start();
}
