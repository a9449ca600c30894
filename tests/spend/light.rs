//! The gap: a message goes across as pictures, drawn, spoiled a little and read by our own code.

use coldlight::qr::{self, Luma, Modules};
use coldlight::transport::{Collector, Dialect, Kind, Offered, Payload, Reel, ReelOptions};

/// Carries a PSBT over the gap. The first picture is lost and shown again in the next loop, so the
/// parts never come in order.
pub fn carry(psbt: &[u8], dialect: Dialect) -> Payload {
    let reel = Reel::new(psbt, Kind::Psbt, dialect, ReelOptions { fragment: None })
        .unwrap_or_else(|error| panic!("{dialect:?}: {error:?}"));
    let mut collector = Collector::default();
    for frame in 1..=reel.len() * 3 {
        let text = reel.frame(frame);
        let modules = Modules::draw(text.as_bytes()).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        for symbol in qr::read(&spoiled(&modules.picture(4, 4), frame)) {
            assert_eq!(symbol.text(), Some(text.as_str()), "what was shown is what is read");
            match collector.offer(symbol.bytes()) {
                Offered::Complete(payload) => return payload,
                Offered::New | Offered::Known => {}
                Offered::Foreign => panic!("our own part is foreign: {text}"),
                Offered::Refused(trouble) => panic!("our own part is refused: {trouble:?}"),
            }
        }
    }
    panic!("{dialect:?}: {:?} after three loops", collector.progress());
}

/// A camera's view: out of focus by a pixel, flat contrast, noise.
fn spoiled(picture: &Luma, seed: usize) -> Luma {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let at = |x: usize, y: usize| u32::from(picture.data()[y * width + x]);
    let mut noise = seed as u32;
    let mut data = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let (left, right) = (x.saturating_sub(1), (x + 1).min(width - 1));
            let (up, down) = (y.saturating_sub(1), (y + 1).min(height - 1));
            let blurred = (4 * at(x, y) + at(left, y) + at(right, y) + at(x, up) + at(x, down)) / 8;
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            data.push((40 + blurred * 2 / 3 + (noise >> 27)) as u8);
        }
    }
    Luma::new(picture.width(), picture.height(), data).expect("a picture of the same size")
}
