//! Pictures made from a picture: smaller, sharper.

use crate::qr::Luma;

/// Half as wide and high, each pixel the mean of four. None below two pixels.
pub fn halved(picture: &Luma) -> Option<Luma> {
    let width = picture.width() as usize;
    let (across, down) = (width / 2, picture.height() as usize / 2);
    let mut data = Vec::with_capacity(across * down);
    for pair in picture.data().chunks_exact(2 * width) {
        let (upper, lower) = pair.split_at(width);
        let twos = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
        data.extend(twos.map(|([a, b], [c, d])| {
            ((u16::from(*a) + u16::from(*b) + u16::from(*c) + u16::from(*d) + 2) / 4) as u8
        }));
    }
    Luma::new(across as u32, down as u32, data)
}

/// Each pixel pushed away from the mean of its four neighbours.
pub fn sharpened(picture: &Luma) -> Luma {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let data = picture.data();
    let mut sharp = data.to_vec();
    for y in 1..height.saturating_sub(1) {
        let row = |y: usize| &data[y * width..][..width];
        let (above, here, below) = (row(y - 1), row(y), row(y + 1));
        let out = &mut sharp[y * width..][..width];
        for x in 1..width.saturating_sub(1) {
            let near = [above[x], below[x], here[x - 1], here[x + 1]];
            let mean = near.iter().map(|&p| i16::from(p)).sum::<i16>() / 4;
            let own = i16::from(here[x]);
            out[x] = (own + 2 * (own - mean)).clamp(0, 255) as u8;
        }
    }
    Luma::new(picture.width(), picture.height(), sharp).expect("as many pixels as before")
}
