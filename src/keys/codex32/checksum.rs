//! The two BCH codes of codex32: 13 letters behind up to 80 others, 15 behind more (BIP93).

use super::field::Wide;

/// One of the two codes.
pub(super) struct Code {
    /// Letters of the checksum.
    pub(super) length: usize,
    /// The element whose powers are roots of the generating polynomial.
    pub(super) root: Wide,
    /// The first of eight consecutive powers of it that are roots.
    pub(super) first: u32,
    generator: [u128; 5],
    target: u128,
}

/// BIP93, Checksum.
static SHORT: Code = Code {
    length: 13,
    root: Wide(0, 8),
    first: 77,
    generator: [
        0x1_9dc5_00ce_73fd_e210,
        0x1_bfae_00de_f77f_e529,
        0x1_fbd9_20ff_fe7b_ee52,
        0x1_7396_40bd_eee3_fdad,
        0x0_7729_a039_cfc7_5f5a,
    ],
    target: 0x1_0ce0_795c_2fd1_e62a,
};

/// BIP93, Long codex32.
static LONG: Code = Code {
    length: 15,
    root: Wide(25, 6),
    first: 1019,
    generator: [
        0x3d5_9d27_3535_ea62_d897,
        0x7a9_becb_6361_c6c5_1507,
        0x543_f9b7_e6c3_8d8a_2a0e,
        0x0c5_77ea_eccf_1990_d13c,
        0x188_7f74_f8dc_71b1_0651,
    ],
    target: 0x433_81e5_70bf_4798_ab26,
};

/// The code of a data part of so many letters, the checksum among them; None for a number that
/// neither has.
pub(super) fn of_whole(length: usize) -> Option<&'static Code> {
    match length {
        14..=93 => Some(&SHORT),
        96..=124 => Some(&LONG),
        _ => None,
    }
}

/// The code for so many letters before the checksum.
pub(super) fn of_data(length: usize) -> &'static Code {
    if length > 80 { &LONG } else { &SHORT }
}

impl Code {
    /// The letters of the checksum behind `data`, the first one first.
    pub(super) fn create(&self, data: &[u8]) -> impl Iterator<Item = u8> + use<> {
        let zeros = std::iter::repeat_n(&0, self.length);
        let rest = self.remainder(data.iter().chain(zeros)) ^ self.target;
        (0..self.length).rev().map(move |place| (rest >> (5 * place) & 0x1f) as u8)
    }

    /// What a whole data part lacks: its errors' remainder, lowest coefficient first; all zero where
    /// the checksum fits.
    pub(super) fn residue(&self, whole: &[u8]) -> impl Iterator<Item = u8> + use<> {
        let rest = self.remainder(whole.iter()) ^ self.target;
        (0..self.length).map(move |place| (rest >> (5 * place) & 0x1f) as u8)
    }

    /// Does the checksum at the end of a whole data part fit?
    pub(super) fn holds(&self, whole: &[u8]) -> bool {
        self.residue(whole).all(|coefficient| coefficient == 0)
    }

    fn remainder<'a>(&self, letters: impl Iterator<Item = &'a u8>) -> u128 {
        let top = 5 * (self.length - 1);
        letters.fold(0x23181b3, |rest, letter| {
            let lead = rest >> top;
            let shifted = (rest & ((1 << top) - 1)) << 5 ^ u128::from(*letter);
            self.generator
                .iter()
                .enumerate()
                .filter(|(bit, _)| lead >> bit & 1 == 1)
                .fold(shifted, |rest, (_, value)| rest ^ value)
        })
    }
}
