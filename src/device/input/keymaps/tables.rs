//! What each key gives, layout by layout: a string a row of keys, a character a key.
//!
//! The rows are those of a keyboard with 105 keys, as in [`ROWS`](super::ROWS): the digits from the
//! key left of `1`; the letters below; the next row with the key left of Enter (above it on a
//! keyboard of the United States); the last row with the key between Shift and `Z`. A space stands
//! for nothing. Dead keys stand as `ˋ ´ ˆ ˜ ¨ ˇ ¸ ˚ ˉ ˘ ˙ ˝ ˛`, other than `` ` ^ ~ `` themselves.
//!
//! Where Windows and X11 differ, X11's usual variant of the country holds, because it can be checked
//! against its published data; on the first two levels they differ only in the key left of the
//! French `1`, and the third is a superset but for a few (the French `~` and `` ` `` are dead there).
//! Accents for other alphabets (dead stroke, hook, horn, a dot below) are left out.

use super::Table;
use crate::app::Keymap;

/// What the keys give in that layout.
pub(super) fn table(keymap: Keymap) -> &'static Table {
    match keymap {
        Keymap::Us => &US,
        Keymap::Uk => &UK,
        Keymap::De => &DE,
        Keymap::Fr => &FR,
        Keymap::Es => &ES,
        Keymap::It => &IT,
        Keymap::Pt => &PT,
        Keymap::Cz => &CZ,
        Keymap::Se => &SE,
        Keymap::Ch => &CH,
    }
}

const US: Table = Table {
    plain: ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'\\", "<zxcvbnm,./"],
    shift: ["~!@#$%^&*()_+", "QWERTYUIOP{}", "ASDFGHJKL:\"|", ">ZXCVBNM<>?"],
    altgr: ["             ", "            ", "            ", "|          "],
    both: ["             ", "            ", "            ", "¦          "],
    decimal: '.',
};

const UK: Table = Table {
    plain: ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'#", "\\zxcvbnm,./"],
    shift: ["¬!\"£$%^&*()_+", "QWERTYUIOP{}", "ASDFGHJKL:@~", "|ZXCVBNM<>?"],
    altgr: ["|¹²³€½¾{[]}\\¸", "@ſe¶ŧ←↓→øþ¨˜", "æßðđŋħ ĸł´ˆˋ", "|«»¢„“”µ•· "],
    both: ["|¡⅛£¼⅜⅝⅞™±°¿˛", "Ω§E®Ŧ¥↑ıØÞ˚ˉ", "ÆẞÐªŊĦ &Ł˝ˇ˘", "¦<>©‚‘’º×÷˙"],
    decimal: '.',
};

const DE: Table = Table {
    plain: ["ˆ1234567890ß´", "qwertzuiopü+", "asdfghjklöä#", "<yxcvbnm,.-"],
    shift: ["°!\"§$%&/()=?ˋ", "QWERTZUIOPÜ*", "ASDFGHJKLÖÄ'", ">YXCVBNM;:_"],
    altgr: ["′¹²³¼½¬{[]}\\¸", "@ſ€¶ŧ←↓→øþ¨~", "æſðđŋħ ĸł˝ˆ’", "|»«¢„“”µ·…–"],
    both: ["″¡⅛£¤⅜⅝⅞™±°¿˛", "Ω§€®Ŧ¥↑ıØÞ˚¯", "ÆẞÐªŊĦ˙&Ł ˇ˘", " ›‹©‚‘’º×÷—"],
    decimal: ',',
};

const FR: Table = Table {
    plain: ["²&é\"'(-è_çà)=", "azertyuiopˆ$", "qsdfghjklmù*", "<wxcvbn,;:!"],
    shift: ["~1234567890°+", "AZERTYUIOP¨£", "QSDFGHJKLM%µ", ">WXCVBN?./§"],
    altgr: ["¬¹~#{[|`\\^@]}", "æ«€¶ŧ←↓→øþ¨¤", "@ßðđŋħ ĸłµˆˋ", "|ł»¢„“”´•· "],
    both: ["¬¡⅛£$⅜⅝⅞™±°¿˛", "Æ<¢®Ŧ¥↑ıØÞ˚ˉ", "ΩẞÐªŊĦ &Łºˇ˘", "¦Ł>©‚‘’˝×÷˙"],
    decimal: '.',
};

const ES: Table = Table {
    plain: ["º1234567890'¡", "qwertyuiopˋ+", "asdfghjklñ´ç", "<zxcvbnm,.-"],
    shift: ["ª!\"·$%&/()=?¿", "QWERTYUIOPˆ*", "ASDFGHJKLÑ¨Ç", ">ZXCVBNM;:_"],
    altgr: ["\\|@#~½¬{[]}\\¸", "@ſ€¶ŧ←↓→øþ[]", "æßðđŋħ ĸł˜{}", "|«»¢„“”µ•· "],
    both: ["\\¡⅛£$⅜⅝⅞™±°¿˛", "Ω§¢®Ŧ¥↑ıØÞ˚ˉ", "ÆẞÐªŊĦ &Ł˝ˇ˘", "¦<>©‚‘’º×÷˙"],
    decimal: '.',
};

const IT: Table = Table {
    plain: ["\\1234567890'ì", "qwertyuiopè+", "asdfghjklòàù", "<zxcvbnm,.-"],
    shift: ["|!\"£$%&/()=?^", "QWERTYUIOPé*", "ASDFGHJKLç°§", ">ZXCVBNM;:_"],
    altgr: ["¬¹²³¼½¬{[]}`~", "@ſ€¶ŧ←↓→øþ[]", "æßðđŋħ ĸł@#ˋ", "««»¢“”ñµ´·ˉ"],
    both: ["¦¡˝˜⅛⅜⅝⅞™±˛¿ˆ", "Ω§¢®Ŧ¥↑ıØÞ{}", "ÆẞÐªŊĦ &Ł¸˚˘", "»<>©‘’Ñº×¨÷"],
    decimal: '.',
};

const PT: Table = Table {
    plain: ["\\1234567890'«", "qwertyuiop+´", "asdfghjklçº˜", "<zxcvbnm,.-"],
    shift: ["|!\"#$%&/()=?»", "QWERTYUIOP*ˋ", "ASDFGHJKLÇªˆ", ">ZXCVBNM;:_"],
    altgr: ["¬¹@£§½¬{[]}\\¸", "@ſ€¶ŧ←↓→øþ¨˜", "æßðđŋħ ĸł´ˆˋ", "\\«»¢„“”µ•· "],
    both: ["¬¡⅛£$⅜⅝⅞™±°¿˛", "Ω§¢®Ŧ¥↑ıØÞ˚ˉ", "ÆẞÐªŊĦ &Ł˝ˇ˘", "\\<>©‚‘’º×÷˙"],
    decimal: '.',
};

const CZ: Table = Table {
    plain: [";+ěščřžýáíé=´", "qwertzuiopú)", "asdfghjklů§¨", "\\yxcvbnm,.-"],
    shift: ["˚1234567890%ˇ", "QWERTZUIOP/(", "ASDFGHJKL\"!'", "|YXCVBNM?:_"],
    altgr: ["`!@#$%^&*{}\\ˉ", "\\|€¶ŧ←↓→øþ[]", "~đĐ[]`'łŁ$'\\", "/°#&@{}^<>*"],
    both: ["~˜ˇˆ˘˚˛ˋ˙´˝¨¸", "Ω§E®Ŧ¥↑ıØÞ÷×", "ÆẞÐªŊĦ &Ł˝ß|", "¦<>©‚‘’º×÷˙"],
    decimal: '.',
};

const SE: Table = Table {
    plain: ["§1234567890+´", "qwertyuiopå¨", "asdfghjklöä'", "<zxcvbnm,.-"],
    shift: ["½!\"#¤%&/()=?ˋ", "QWERTYUIOPÅˆ", "ASDFGHJKLÖÄ*", ">ZXCVBNM;:_"],
    altgr: ["¶¡@£$€¥{[]}\\±", "@ſ€®þ←↓→œþ¨˜", "ªßðđŋħ ĸłøæˊ", "|«»©„“”µ¸· "],
    both: ["¾¹²³¼¢⅝÷«»°¿¬", "Ω§¢®Þ¥↑ıŒÞ˚ˇ", "ºẞÐªŊĦ &ŁØÆ×", "¦<>©‚‘’º˛˙˙"],
    decimal: ',',
};

const CH: Table = Table {
    plain: ["§1234567890'ˆ", "qwertzuiopü¨", "asdfghjklöä$", "<yxcvbnm,.-"],
    shift: ["°+\"*ç%&/()=?ˋ", "QWERTZUIOPè!", "ASDFGHJKLéà£", ">YXCVBNM;:_"],
    altgr: ["¬|@#¼½¬|¢]}´˜", "@ſ€¶ŧ←↓→œþ[]", "æßðđŋħ ĸł´{}", "\\«»¢„“”µ•· "],
    both: ["¬¡⅛£$⅜⅝⅞™±°¿˛", "Ω§E®Ŧ¥↑ıŒÞ˚ˉ", "ÆẞÐªŊĦ &Ł˝ˇ˘", "¦<>©‚‘’º×÷˙"],
    decimal: '.',
};
