//! Picture bytes (PNG, JPEG, camera formats) to grey pixels. All of it is hostile input.

use crate::qr::luma::MAX_SIDE;
use crate::qr::{Luma, detect::guarded};
use std::io::Cursor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Most pixels of one picture; at four bytes each that is 128 MB while it is decoded.
const MAX_PIXELS: u64 = 32 << 20;

/// A PNG or JPEG file, told apart by its first bytes. The error is a reason in plain words.
pub fn from_file(bytes: &[u8]) -> Result<Luma, String> {
    let read = if bytes.starts_with(b"\x89PNG") {
        guarded(|| from_png(bytes))
    } else if bytes.starts_with(&JPEG_START) {
        guarded(|| from_jpeg(bytes))
    } else {
        return Err("it is neither PNG nor JPEG".into());
    };
    // The decoders are other people's and read hostile bytes: a panic there is a bad picture.
    read.unwrap_or_else(|| Err("it is damaged".into()))
}

fn within(width: u32, height: u32) -> Result<(), String> {
    let pixels = u64::from(width) * u64::from(height);
    if (1..=MAX_SIDE).contains(&width) && (1..=MAX_SIDE).contains(&height) && pixels <= MAX_PIXELS {
        Ok(())
    } else {
        Err("it has too many pixels".into())
    }
}

fn from_png(bytes: &[u8]) -> Result<Luma, String> {
    let damaged = |e| match e {
        png::DecodingError::LimitsExceeded => "it has too many pixels".into(),
        e => format!("it is damaged ({e})"),
    };
    let limits = png::Limits { bytes: 4 * MAX_PIXELS as usize };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(damaged)?;
    let (width, height) = (reader.info().width, reader.info().height);
    within(width, height)?;
    let size = reader.output_buffer_size().ok_or("it is too large")?;
    let mut pixels = vec![0; size];
    let info = reader.next_frame(&mut pixels).map_err(damaged)?;
    pixels.truncate(info.buffer_size());
    let grey = match info.color_type {
        png::ColorType::Grayscale => pixels,
        png::ColorType::GrayscaleAlpha => {
            pixels.as_chunks().0.iter().map(|&[grey, alpha]| on_white(grey, alpha)).collect()
        }
        png::ColorType::Rgb => {
            pixels.as_chunks().0.iter().map(|&[r, g, b]| luma(r, g, b)).collect()
        }
        png::ColorType::Rgba => pixels
            .as_chunks()
            .0
            .iter()
            .map(|&[r, g, b, alpha]| on_white(luma(r, g, b), alpha))
            .collect(),
        png::ColorType::Indexed => return Err("its colours cannot be read".into()),
    };
    Luma::new(width, height, grey).ok_or_else(|| "it is damaged".into())
}

/// ITU-R BT.601: the weights of red, green and blue in luma.
fn luma(r: u8, g: u8, b: u8) -> u8 {
    ((299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b) + 500) / 1000) as u8
}

fn on_white(grey: u8, alpha: u8) -> u8 {
    let (grey, alpha) = (u32::from(grey), u32::from(alpha));
    ((grey * alpha + 255 * (255 - alpha)) / 255) as u8
}

fn from_jpeg(bytes: &[u8]) -> Result<Luma, String> {
    let options = DecoderOptions::new_safe()
        .set_max_width(MAX_SIDE as usize)
        .set_max_height(MAX_SIDE as usize)
        .jpeg_set_max_scans(64)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let damaged = |e| format!("it is damaged ({e})");
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let info = decoder.info().ok_or("it is damaged")?;
    within(info.width.into(), info.height.into())?;
    let pixels = decoder.decode().map_err(damaged)?;
    Luma::new(info.width.into(), info.height.into(), pixels).ok_or_else(|| "it is damaged".into())
}

const JPEG_START: [u8; 3] = [0xff, 0xd8, 0xff];

/// A frame of an MJPEG stream. Cameras leave out the Huffman tables of ITU T.81 annex K, which the
/// decoder fills in where a segment says that the frame is of such a stream; so that segment goes
/// in front. What lies behind the end marker is an older frame's and is not read.
pub fn from_mjpeg(frame: &[u8], width: u32, height: u32) -> Option<Luma> {
    const OF_A_STREAM: [u8; 18] =
        [0xff, 0xe0, 0, 16, b'A', b'V', b'I', b'1', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    // A compressed frame is smaller than an uncompressed one; a longer one is not looked at.
    let longest = 4 * u64::from(width) * u64::from(height) + 65_536;
    if !frame.starts_with(&JPEG_START) || frame.len() as u64 > longest {
        return None;
    }
    let (start, rest) = frame.split_at(2);
    let bytes = zeroize::Zeroizing::new([start, &OF_A_STREAM, rest].concat());
    let picture = guarded(|| from_jpeg(&bytes).ok())??;
    (picture.width() == width && picture.height() == height).then_some(picture)
}

/// A YUYV frame: every second byte is luma.
pub fn from_yuyv(frame: &[u8], width: u32, height: u32) -> Option<Luma> {
    let size = width as usize * height as usize;
    let pairs = frame.as_chunks::<2>().0.get(..size)?;
    Luma::new(width, height, pairs.iter().map(|&[luma, _]| luma).collect())
}

/// A frame of one byte a pixel.
pub fn from_gray(frame: &[u8], width: u32, height: u32) -> Option<Luma> {
    let size = width as usize * height as usize;
    Luma::new(width, height, frame.get(..size)?.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;

    /// 32 x 16 pixels, squares of 8 pixels, light (230) and dark (20) in turn, light at the left of
    /// the second row of squares; JPEG with the tables of annex K.
    const CHECKS: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikx\
MC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09P\
T09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAQACADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQF\
BgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJico\
KSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5\
usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QA\
tREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5\
OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbH\
yMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDz2voGivn6gAr6Bor5+oA//9k=";

    fn checks() -> Vec<u8> {
        base64::engine::general_purpose::STANDARD.decode(CHECKS).unwrap()
    }

    fn is_checks(picture: &Luma) -> bool {
        assert_eq!((picture.width(), picture.height()), (32, 16));
        picture.data().iter().enumerate().all(|(i, &pixel)| {
            let light = (i % 32 / 8 + i / 32 / 8) % 2 == 1;
            pixel.abs_diff(if light { 230 } else { 20 }) < 10
        })
    }

    /// Leaves out each segment of the given marker, as cameras do with the Huffman tables.
    fn without(marker: u8, jpeg: &[u8]) -> Vec<u8> {
        let mut out = jpeg[..2].to_vec();
        let mut at = 2;
        while jpeg[at + 1] != 0xda {
            let len = 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
            if jpeg[at + 1] != marker {
                out.extend(&jpeg[at..at + len]);
            }
            at += len;
        }
        out.extend(&jpeg[at..]);
        out
    }

    #[test]
    fn a_jpeg_file_is_read_as_luma() {
        assert!(is_checks(&from_file(&checks()).unwrap()));
    }

    #[test]
    fn an_mjpeg_frame_needs_no_huffman_tables_of_its_own() {
        const DHT: u8 = 0xc4;
        let bare = without(DHT, &checks());
        assert!(bare.len() < 300 && checks().len() > 600);
        assert!(is_checks(&from_mjpeg(&bare, 32, 16).unwrap()));
        assert!(is_checks(&from_mjpeg(&checks(), 32, 16).unwrap()));
    }

    #[test]
    fn stale_bytes_behind_an_mjpeg_frame_are_not_read() {
        let mut buffer = checks();
        buffer.extend(checks().iter().rev().cycle().take(10_000));
        assert!(is_checks(&from_mjpeg(&buffer, 32, 16).unwrap()));
    }

    #[test]
    fn an_mjpeg_frame_of_another_size_than_agreed_is_dropped() {
        assert!(from_mjpeg(&checks(), 16, 32).is_none());
        assert!(from_mjpeg(&checks(), 64, 64).is_none());
    }

    #[test]
    fn damaged_pictures_have_a_reason_and_no_panic() {
        let jpeg = checks();
        let png = crate::qr::png(&Luma::new(9, 9, vec![7; 81]).unwrap());
        assert!(from_file(&png).is_ok());
        for good in [&jpeg, &png] {
            for end in 0..good.len() {
                // A cut picture may still be shown in part; it must only not end the program.
                let _ = from_file(&good[..end]);
                let _ = from_mjpeg(&good[..end], 32, 16);
            }
            for at in 0..good.len() {
                let mut bad = good.to_vec();
                bad[at] ^= 0x55;
                let _ = from_file(&bad);
                let _ = from_mjpeg(&bad, 32, 16);
            }
        }
        assert_eq!(from_file(b"GIF89a").err().unwrap(), "it is neither PNG nor JPEG");
        assert!(from_file(&png[..40]).err().unwrap().contains("damaged"));
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_refused_before_memory_is_taken() {
        let mut huge = Vec::new();
        let mut encoder = png::Encoder::new(&mut huge, 60_000, 60_000);
        encoder.set_color(png::ColorType::Rgba);
        let mut writer = encoder.write_header().unwrap();
        writer.write_chunk(png::chunk::IDAT, &[0x78, 0x9c, 0x01, 0x00]).unwrap();
        drop(writer);
        assert_eq!(from_file(&huge).err().unwrap(), "it has too many pixels");
        let mut jpeg = checks();
        let frame = jpeg.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
        jpeg[frame + 5..frame + 9].fill(0xff);
        assert!(from_file(&jpeg).is_err());
    }

    #[test]
    fn colours_and_transparency_become_grey() {
        let cases: [(png::ColorType, &[u8], [u8; 2]); 3] = [
            (png::ColorType::Rgb, &[255, 0, 0, 0, 255, 0], [76, 150]),
            (png::ColorType::Rgba, &[0, 0, 0, 255, 0, 0, 0, 0], [0, 255]),
            (png::ColorType::GrayscaleAlpha, &[9, 255, 9, 0], [9, 255]),
        ];
        for (color, pixels, grey) in cases {
            let mut file = Vec::new();
            let mut encoder = png::Encoder::new(&mut file, 2, 1);
            encoder.set_color(color);
            encoder.write_header().unwrap().write_image_data(pixels).unwrap();
            assert_eq!(from_file(&file).unwrap().data(), grey, "{color:?}");
        }
    }

    #[test]
    fn every_second_byte_of_yuyv_is_luma() {
        let frame = [10, 128, 20, 128, 30, 128, 40, 128, 99, 99];
        assert_eq!(from_yuyv(&frame, 2, 2).unwrap().data(), [10, 20, 30, 40]);
        assert!(from_yuyv(&frame[..7], 2, 2).is_none());
        assert_eq!(from_gray(&frame, 5, 1).unwrap().data(), &frame[..5]);
        assert!(from_gray(&frame, 6, 2).is_none());
    }
}
