//! The icons for home screens: files of `public/`, drawn from `public/icon.svg`.
//!
//! The drawing has round corners and a transparent background. Systems that cut icons to their own shape need an icon
//! that is filled to the edge, with its contents well inside; such an icon gets the drawing's background colour. A test
//! draws the icons again and compares them with the files, so that building the page needs no drawing library.

/// An icon's file, its side in pixels, and whether it is filled to the edge.
pub struct Icon {
    pub name: &'static str,
    pub side: u32,
    pub filled: bool,
}

/// The first is for Apple's phones, which round it themselves.
pub const ICONS: [Icon; 4] = [
    Icon { name: "icon-180.png", side: 180, filled: true },
    Icon { name: "icon-192.png", side: 192, filled: false },
    Icon { name: "icon-512.png", side: 512, filled: false },
    Icon { name: "icon-maskable.png", side: 512, filled: true },
];

/// Renders an SVG drawing as an icon.
#[cfg(test)]
pub fn draw(drawing: &str, icon: &Icon) -> resvg::tiny_skia::Pixmap {
    use resvg::tiny_skia::{Color, Pixmap, Transform};
    use resvg::usvg::{Options, Tree};
    let tree = Tree::from_str(drawing, &Options::default()).unwrap();
    let side = icon.side as f32;
    let to_size = Transform::from_scale(side / tree.size().width(), side / tree.size().height());
    let mut picture = Pixmap::new(icon.side, icon.side).unwrap();
    resvg::render(&tree, to_size, &mut picture.as_mut());
    if icon.filled {
        // The background reaches the edge in the middle of each side.
        let ground = picture.pixel(icon.side / 2, 1).unwrap().demultiply();
        picture.fill(Color::from_rgba8(ground.red(), ground.green(), ground.blue(), ground.alpha()));
        resvg::render(&tree, to_size, &mut picture.as_mut());
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::tiny_skia::Pixmap;

    fn drawing() -> String {
        std::fs::read_to_string(crate::root().join("public/icon.svg")).unwrap()
    }

    #[test]
    fn the_files_are_what_the_drawing_shows() {
        let drawn = crate::root().join("target/icons");
        let mut differing = Vec::new();
        for icon in &ICONS {
            let picture = draw(&drawing(), icon);
            let file = std::fs::read(crate::root().join("public").join(icon.name)).unwrap_or_default();
            if Pixmap::decode_png(&file).ok().is_none_or(|file| file.data() != picture.data()) {
                std::fs::create_dir_all(&drawn).unwrap();
                std::fs::write(drawn.join(icon.name), picture.encode_png().unwrap()).unwrap();
                differing.push(icon.name);
            }
        }
        assert!(
            differing.is_empty(),
            "public/icon.svg shows something else than {}. They are drawn anew in target/icons/: copy them to public/",
            differing.join(", ")
        );
    }

    #[test]
    fn only_a_filled_one_has_corners() {
        for icon in &ICONS {
            let picture = draw(&drawing(), icon);
            let corner = picture.pixel(0, 0).unwrap();
            let edge = picture.pixel(icon.side / 2, 1).unwrap();
            assert_eq!(corner == edge, icon.filled, "{}", icon.name);
            assert_eq!(edge.alpha(), 255);
            // The contents keep clear of the edge: a mask may cut off a tenth of the side.
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
