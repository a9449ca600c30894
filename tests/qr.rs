//! QR codes through the drawer and the reader.

use coldlight::qr::{Ecc, Luma, Modules, RenderError, detect, look, png, read};

/// splitmix64 (public domain, Vigna): a seeded generator for test pictures.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.next() as u8).collect()
    }
}

fn draw(content: &[u8]) -> Modules {
    Modules::draw(content).unwrap_or_else(|e| panic!("{} bytes: {e}", content.len()))
}

fn side_of_version(version: usize) -> usize {
    17 + 4 * version
}

#[test]
fn every_version_is_drawn_and_read_back() {
    let mut random = Random(1);
    const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut sides = std::collections::BTreeSet::new();
    for len in (1..4296).step_by(22).chain([4296]) {
        let text: Vec<u8> = (0..len).map(|_| ALPHABET[random.below(45)]).collect();
        let modules = draw(&text);
        sides.insert(modules.side());
        let symbols = read(&modules.picture(3, 4));
        assert_eq!(symbols.len(), 1);
        assert_eq!(symbols[0].bytes(), text);
    }
    let all: Vec<_> = (1..=40).map(side_of_version).collect();
    assert_eq!(sides.into_iter().collect::<Vec<_>>(), all);
}

#[test]
fn upper_case_is_drawn_denser_than_lower_case() {
    let upper = "UR:CRYPTO-PSBT/1-9/LPADASCFADAXCYWENBPLJKHDCAHKAD".repeat(4);
    let lower = upper.to_lowercase();
    assert!(draw(upper.as_bytes()).side() < draw(lower.as_bytes()).side());
    // ISO 18004, table 7: version 40-L holds 7,089 digits, 4,296 alphanumerics or 2,953 bytes.
    for (character, max) in [(b'7', 7089), (b'Q', 4296), (b'q', 2953)] {
        assert_eq!(draw(&vec![character; max]).side(), side_of_version(40));
        let longer = Modules::draw(&vec![character; max + 1]);
        assert_eq!(longer.err(), Some(RenderError::TooLong { len: max + 1, max }));
    }
}

#[test]
fn a_higher_correction_level_draws_a_larger_code_that_reads_the_same() {
    let text = "wsh(sortedmulti(2,[b7c9a6a1/48h/1h/0h/2h]tpub/<0;1>/*))".repeat(5);
    let mut side = 0;
    for ecc in [Ecc::Low, Ecc::Medium, Ecc::Quartile, Ecc::High] {
        let modules = Modules::draw_with(text.as_bytes(), ecc).unwrap();
        assert!(modules.side() > side, "{ecc:?}");
        side = modules.side();
        assert_eq!(read(&modules.picture(4, 4))[0].text(), Some(text.as_str()));
    }
}

#[test]
fn binary_content_survives_to_the_byte() {
    // CompactSeedQR is 16 or 32 raw bytes, most of them no valid UTF-8, some like Shift JIS.
    let mut random = Random(2);
    let mut seeds: Vec<Vec<u8>> = (0..300).map(|n| random.bytes(16 + 16 * (n % 2))).collect();
    seeds.push(vec![0x00; 16]);
    seeds.push(vec![0xff; 32]);
    seeds.push([0x88, 0x9f, 0x93, 0xfa].repeat(4));
    seeds.push([0xe2, 0x82, 0xac, 0xef, 0xbb, 0xbf, 0xc3, 0xa9].repeat(2));
    for seed in seeds {
        let symbols = read(&draw(&seed).picture(3, 4));
        assert_eq!(symbols.len(), 1);
        assert_eq!(symbols[0].bytes(), seed);
    }
}

#[test]
fn digits_of_a_seed_code_are_drawn_in_numeric_mode() {
    // A SeedQR of 12 words is 48 digits: version 2 in numeric mode.
    let digits = b"192402220235174306311124037817700641198012901210";
    assert_eq!(draw(digits).side(), side_of_version(2));
    assert_eq!(read(&draw(digits).picture(3, 4))[0].text(), std::str::from_utf8(digits).ok());
}

/// Puts pictures onto a white canvas at the given places.
fn collage(width: usize, height: usize, codes: &[(&Luma, usize, usize)]) -> Luma {
    let mut data = vec![255; width * height];
    for (code, left, top) in codes {
        let across = code.width() as usize;
        for (y, row) in code.data().chunks_exact(across).enumerate() {
            data[(top + y) * width + left..][..across].copy_from_slice(row);
        }
    }
    Luma::new(width as u32, height as u32, data).unwrap()
}

#[test]
fn all_codes_of_a_picture_are_read_each_once() {
    let (one, two) = (draw(b"ONE").picture(5, 4), draw(&[0xfe; 16]).picture(5, 4));
    let picture = collage(640, 480, &[(&one, 20, 20), (&two, 300, 30), (&one, 100, 240)]);
    let mut contents: Vec<_> = read(&picture).iter().map(|s| s.bytes().to_vec()).collect();
    contents.sort();
    assert_eq!(contents, [b"ONE".to_vec(), vec![0xfe; 16]]);
}

#[test]
fn a_code_in_light_on_dark_is_read() {
    let code = draw(b"INVERTED").picture(5, 4);
    let data = code.data().iter().map(|p| 255 - p).collect();
    let inverted = Luma::new(code.width(), code.height(), data).unwrap();
    assert_eq!(read(&inverted)[0].bytes(), b"INVERTED");
}

#[test]
fn a_mirrored_code_is_read() {
    let code = draw(b"MIRRORED").picture(5, 4);
    let rows = code.data().chunks_exact(code.width() as usize);
    let data = rows.flat_map(|row| row.iter().rev().copied()).collect();
    let mirrored = Luma::new(code.width(), code.height(), data).unwrap();
    assert_eq!(read(&mirrored)[0].bytes(), b"MIRRORED");
}

#[test]
fn hostile_pictures_are_only_unread() {
    // Forged corner marks at random places and sizes, noise, slivers.
    let mut random = Random(3);
    for round in 0..60 {
        let (width, height) = (1 + random.below(300), 1 + random.below(300));
        let mut data = vec![255u8; width * height];
        for _ in 0..random.below(40) {
            let module = 1 + random.below(6);
            let (left, top) = (random.below(width), random.below(height));
            for (y, x) in (0..7 * module).flat_map(|y| (0..7 * module).map(move |x| (y, x))) {
                let ring = (x / module).min(6 - x / module).min(y / module).min(6 - y / module);
                if top + y < height && left + x < width {
                    data[(top + y) * width + left + x] = if ring == 1 { 255 } else { 0 };
                }
            }
        }
        if round % 3 == 0 {
            for _ in 0..width * height / 10 {
                let at = random.below(data.len());
                data[at] = random.next() as u8;
            }
        }
        let picture = Luma::new(width as u32, height as u32, data).unwrap();
        assert!(read(&picture).is_empty());
        assert!(!detect::is_guarded());
    }
    for (width, height) in [(1, 1), (1, 500), (500, 1), (2, 3), (7, 8), (8192, 2), (39, 41)] {
        for pixel in [0, 1, 127, 255] {
            let data = vec![pixel; (width * height) as usize];
            assert!(read(&Luma::new(width, height, data).unwrap()).is_empty());
        }
        let noise = random.bytes((width * height) as usize);
        assert!(read(&Luma::new(width, height, noise).unwrap()).is_empty());
    }
}

#[test]
fn a_look_tells_how_large_the_modules_are() {
    let seen = look(&draw(b"LOOK").picture(6, 4));
    assert_eq!(seen.symbols.len(), 1);
    assert_eq!(seen.marks, 3);
    assert!((5.0..7.0).contains(&seen.module.unwrap()), "{:?}", seen.module);
}

#[test]
fn the_quiet_zone_and_the_scale_are_as_asked() {
    let modules = draw(b"A");
    let picture = modules.picture(10, 4);
    assert_eq!((picture.width(), picture.height()), (290, 290));
    let at = |x: usize, y: usize| picture.data()[y * 290 + x];
    assert_eq!((at(39, 39), at(40, 40), at(109, 40), at(110, 40)), (255, 0, 0, 255));
    // What would be larger than a picture may be is made as large as fits.
    assert!(modules.picture(usize::MAX, usize::MAX).width() <= 8192);
}

#[test]
fn a_picture_survives_its_png() {
    let picture = draw(b"PNG").picture(2, 4);
    let file = png(&picture);
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    assert_eq!((info.width, info.height), (picture.width(), picture.height()));
    assert_eq!(info.color_type, ::png::ColorType::Grayscale);
    assert_eq!(data, picture.data());
}

#[test]
fn every_render_error_says_what_to_do() {
    for error in [RenderError::TooLong { len: 8000, max: 2953 }, RenderError::NotReadBack] {
        let text = error.to_string();
        assert!(text.contains("Choose") && text.ends_with('.'), "{text}");
    }
}
