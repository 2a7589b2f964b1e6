//! The icons that home screens show, made from the one drawing `public/icon.svg`.
//!
//! The drawing has round corners and nothing behind them. Systems that cut icons into a shape of their own want it filled
//! to the edge, with what matters well within; so that one stands on its own ground.

use anyhow::{Context as _, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// An icon's file, its side in pixels, and whether it is filled to the edge.
pub struct Icon {
    pub name: &'static str,
    pub side: u32,
    pub filled: bool,
}

/// The first is what phones of Apple ask for; they round it themselves.
pub const ICONS: [Icon; 4] = [
    Icon { name: "icon-180.png", side: 180, filled: true },
    Icon { name: "icon-192.png", side: 192, filled: false },
    Icon { name: "icon-512.png", side: 512, filled: false },
    Icon { name: "icon-maskable.png", side: 512, filled: true },
];

/// As PNG.
pub fn png(drawing: &str, icon: &Icon) -> Result<Vec<u8>> {
    let tree = Tree::from_str(drawing, &Options::default()).context("public/icon.svg can't be drawn")?;
    let side = icon.side as f32;
    let to_size = Transform::from_scale(side / tree.size().width(), side / tree.size().height());
    let mut picture = Pixmap::new(icon.side, icon.side).context("an icon has no size")?;
    resvg::render(&tree, to_size, &mut picture.as_mut());
    if icon.filled {
        // The ground reaches the edge in the middle of each side.
        let ground = picture.pixel(icon.side / 2, 1).context("an icon has no ground")?.demultiply();
        picture.fill(resvg::tiny_skia::Color::from_rgba8(ground.red(), ground.green(), ground.blue(), ground.alpha()));
        resvg::render(&tree, to_size, &mut picture.as_mut());
    }
    picture.encode_png().context("an icon can't be written")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_filled_one_has_corners() {
        let drawing = std::fs::read_to_string(crate::root().join("public/icon.svg")).unwrap();
        for icon in &ICONS {
            let picture = Pixmap::decode_png(&png(&drawing, icon).unwrap()).unwrap();
            assert_eq!((picture.width(), picture.height()), (icon.side, icon.side));
            let corner = picture.pixel(0, 0).unwrap();
            let edge = picture.pixel(icon.side / 2, 1).unwrap();
            assert_eq!(corner == edge, icon.filled, "{}", icon.name);
            assert_eq!(edge.alpha(), 255);
            // What is drawn keeps clear of the edge: a mask may take a fifth of each side's half.
            let margin = icon.side / 10;
            for at in 0..icon.side {
                let on = |x, y| {
                    let pixel = picture.pixel(x, y).unwrap();
                    pixel == edge || pixel.alpha() < 255
                };
                assert!(on(at, margin) && on(margin, at), "{} at {at}", icon.name);
            }
        }
    }
}
