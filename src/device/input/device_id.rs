//! Which device it is, for as long as it is plugged in.

/// The place of an input device in the kernel's tree, as `/devices/.../input/input7`. The kernel
/// gives each number once between two starts of the machine: what is plugged in again is another
/// device, and no device can claim to be one that was there before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeviceId(String);

impl DeviceId {
    /// Longest text of a place, bytes: a device behind several hubs needs some 200.
    pub const LONGEST: usize = 512;

    /// Reads the text form; None for anything else. Only printable ASCII without spaces.
    pub fn parse(text: &str) -> Option<Self> {
        let steps = text.strip_prefix('/')?;
        let last = steps.rsplit('/').next()?.strip_prefix("input")?;
        let number =
            (1..=10).contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_digit());
        let printable = text.bytes().all(|byte| byte.is_ascii_graphic());
        let plain = steps.split('/').all(|step| !matches!(step, "" | "." | ".."));
        let whole = text.len() <= Self::LONGEST && steps.starts_with("devices/");
        (number && printable && plain && whole).then(|| Self(text.to_owned()))
    }

    /// The text form: one line, without its end.
    pub fn to_line(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_kernels_tree_is_read_and_written() {
        let text =
            "/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/0003:046D:C31C.0001/input/input7";
        assert_eq!(DeviceId::parse(text).unwrap().to_line(), text);
        assert!(DeviceId::parse("/devices/platform/i8042/serio0/input/input0").is_some());
    }

    #[test]
    fn anything_else_is_no_device() {
        let long = format!("/devices/{}/input7", "a".repeat(DeviceId::LONGEST));
        for text in [
            "",
            "/",
            "input7",
            "devices/input7",
            "/devices/input",
            "/devices/inputx",
            "/devices/input7 ",
            "/devices/input7\n",
            "/devices/a b/input7",
            "/devices/../input7",
            "/devices/./input7",
            "/devices//input7",
            "/device/input7",
            "/devices/input12345678901",
            "/devices/é/input7",
            long.as_str(),
        ] {
            assert!(DeviceId::parse(text).is_none(), "{text:?}");
        }
    }
}
