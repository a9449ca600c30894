//! A grey picture as a PNG file, for `show --frames`.

use super::Luma;

/// The picture as an 8-bit grey PNG file.
pub fn png(picture: &Luma) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(picture.data()))
        .expect("a Luma has as many bytes as pixels, and a Vec takes all that is written");
    file
}
