//! Built-in cameras that are no webcams: a bare sensor on a MIPI CSI-2 line behind an image
//! processor of the chipset. They need drivers and firmware for each model, which the image does not
//! have; what can be done is to say so.

use std::fs;
use std::path::Path;

/// Intel's vendor number on PCI.
const INTEL: u16 = 0x8086;

/// Image processors for MIPI cameras: device number, what to call it. The numbers are those of the
/// drivers in Linux (`ipu3-cio2`, `staging/ipu3`, `ipu6-pci-table.h`, `staging/ipu7`,
/// `staging/atomisp`); those of IPU4 are from Intel's driver outside Linux. AMD's (ISP4) has no PCI
/// device of its own and is not recognised.
const PROCESSORS: &[(u16, &str)] = &[
    (0x0f38, "Intel Atom ISP"),
    (0x22b8, "Intel Atom ISP"),
    (0x9d32, "Intel IPU3"),
    (0x1919, "Intel IPU3"),
    (0x5a88, "Intel IPU4"),
    (0x8a19, "Intel IPU4"),
    (0x9a19, "Intel IPU6"),
    (0x4e19, "Intel IPU6"),
    (0x465d, "Intel IPU6"),
    (0x462e, "Intel IPU6"),
    (0xa75d, "Intel IPU6"),
    (0x7d19, "Intel IPU6"),
    (0x645d, "Intel IPU7"),
    (0xb05d, "Intel IPU7"),
];

/// Devices looked at, at most.
const MOST_DEVICES: usize = 1024;

/// What to call the image processor for MIPI cameras in a folder like `/sys/bus/pci/devices`. None
/// without one.
pub(super) fn image_processor(devices: &Path) -> Option<&'static str> {
    fs::read_dir(devices).ok()?.flatten().take(MOST_DEVICES).find_map(|device| {
        let number = |file| {
            let text = fs::read_to_string(device.path().join(file)).ok()?;
            u16::from_str_radix(text.trim().strip_prefix("0x")?, 16).ok()
        };
        let device = (number("vendor")? == INTEL).then(|| number("device"))??;
        PROCESSORS.iter().find(|(known, _)| *known == device).map(|(_, name)| *name)
    })
}
