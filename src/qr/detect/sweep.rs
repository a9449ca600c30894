//! One sweep of a reader over one black-and-white picture.

use super::Look;
use crate::qr::Luma;
use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::{decoder::Decode, detector};
use zeroize::Zeroizing;

/// Sets of three corner marks that one sweep tries at most. A picture full of forged marks would
/// otherwise keep the reader busy for minutes.
const MAX_SETS: usize = 256;

/// Longest content that a code can hold, in bytes (version 40, level L, numeric).
const MAX_CONTENT: usize = 7089;

/// All codes that rxing reads. Its steps are called one by one instead of through `QrReader`, to
/// keep the bytes without a guess at their encoding and to learn what was seen when nothing is read.
/// `reduction`: how many times smaller this picture is than the one looked at.
pub fn rxing(bits: &BitMatrix, reduction: f32, look: &mut Look) {
    let mut marks = detector::FindFinderPatterns(bits, false, 0);
    // Sorts the marks too: the largest comes first.
    let sets = detector::GenerateFinderPatternSets(&mut marks);
    if marks.len() > look.marks {
        look.marks = marks.len();
        // A corner mark is seven modules wide. The most likely three say it best; without three
        // that go together the middle one, for false marks are mostly very large or very small.
        let size = match sets.first() {
            Some(set) => (set.bl.size + set.tl.size + set.tr.size) as f32 / 3.0,
            None => marks[marks.len() / 2].size as f32,
        };
        look.module = Some(size / 7.0 * reduction);
    }
    let mut used: Vec<ConcentricPattern> = Vec::new();
    for set in sets.into_iter().take(MAX_SETS) {
        let corners = [set.bl, set.tl, set.tr];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        let Ok(sampled) = detector::SampleQR(bits, &set) else { continue };
        let Ok(decoded) = Decode(sampled.getBits()) else { continue };
        if decoded.isValid() && !decoded.content().bytes().is_empty() {
            used.extend(corners);
            look.add(Zeroizing::new(decoded.content().bytes().to_vec()));
        }
    }
}

/// All codes that rqrr reads.
pub fn rqrr(picture: &Luma, look: &mut Look) {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let data = picture.data();
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| data[y * width + x]);
    for grid in prepared.detect_grids() {
        // Reserved once, so that no half of a seed is left behind by a reallocation.
        let mut content = Zeroizing::new(Vec::with_capacity(MAX_CONTENT));
        if grid.decode_to(&mut *content).is_ok() && !content.is_empty() {
            look.add(content);
        }
    }
}
