//! What the batteries hold.

use crate::app::{Event, News};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::Duration;

/// Between two looks at the batteries.
const LOOK: Duration = Duration::from_secs(30);
/// Entries that are looked at, at most.
const MOST: usize = 64;

/// Tells what the batteries hold, at once and whenever it changed, in a thread of its own.
pub fn watch(events: SyncSender<Event>) -> io::Result<()> {
    let work = move || {
        let mut said = None;
        loop {
            let now = battery(Path::new("/sys/class/power_supply"));
            if said != Some(now) && events.send(Event::Machine(News::Battery(now))).is_err() {
                return;
            }
            said = Some(now);
            thread::sleep(LOOK);
        }
    };
    thread::Builder::new().name("battery".into()).spawn(work).map(drop)
}

/// What the batteries in a folder like `/sys/class/power_supply` hold together, percent: by energy
/// or charge where all of them say it, else the mean of what each says. None without one.
pub fn battery(class: &Path) -> Option<u8> {
    let supplies = fs::read_dir(class).ok()?.flatten().take(MOST);
    let batteries: Vec<Battery> =
        supplies.filter_map(|supply| Battery::read(&supply.path())).collect();
    let held = |held: fn(&Battery) -> Option<(u64, u64)>| {
        let all: Option<Vec<_>> = batteries.iter().map(held).collect();
        let (now, full) = all?.iter().try_fold((0_u64, 0_u64), |(now, full), one| {
            Some((now.checked_add(one.0)?, full.checked_add(one.1)?))
        })?;
        u128::from(now).checked_mul(100)?.checked_div(full.into())
    };
    let percent = held(|battery| battery.energy)
        .or_else(|| held(|battery| battery.charge))
        .or_else(|| held(|battery| Some((battery.capacity?, 100))))?;
    Some(u8::try_from(percent.min(100)).unwrap_or(100))
}

/// Each as it is and when full, in units of the kernel's.
struct Battery {
    energy: Option<(u64, u64)>,
    charge: Option<(u64, u64)>,
    /// Percent.
    capacity: Option<u64>,
}

impl Battery {
    /// None for a charger, an empty bay, and the battery of a mouse.
    fn read(supply: &Path) -> Option<Self> {
        let line = |file: &str| fs::read_to_string(supply.join(file)).ok();
        let says = |file, word| line(file).is_some_and(|text| text.trim() == word);
        if !says("type", "Battery") || says("scope", "Device") || says("present", "0") {
            return None;
        }
        let number = |file: &str| line(file)?.trim().parse().ok();
        Some(Self {
            energy: number("energy_now").zip(number("energy_full")),
            charge: number("charge_now").zip(number("charge_full")),
            capacity: number("capacity"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What these supplies, each a list of files, hold together.
    fn held(name: &str, supplies: &[&[(&str, &str)]]) -> Option<u8> {
        let folder = format!("coldlight-power-{}-{name}", std::process::id());
        let class = std::env::temp_dir().join(folder);
        for (number, files) in supplies.iter().enumerate() {
            let supply = class.join(format!("BAT{number}"));
            fs::create_dir_all(&supply).expect("can be made");
            for (file, content) in *files {
                fs::write(supply.join(file), format!("{content}\n")).expect("can be written");
            }
        }
        let percent = battery(&class);
        let _ = fs::remove_dir_all(&class);
        percent
    }

    const BATTERY: (&str, &str) = ("type", "Battery");

    #[test]
    fn batteries_count_by_what_they_hold() {
        let large = [BATTERY, ("energy_now", "30"), ("energy_full", "90"), ("capacity", "33")];
        let small = [BATTERY, ("energy_now", "10"), ("energy_full", "10"), ("capacity", "100")];
        assert_eq!(held("energy", &[&large, &small]), Some(40));
        assert_eq!(
            held("charge", &[&[BATTERY, ("charge_now", "3"), ("charge_full", "4")]]),
            Some(75)
        );
        assert_eq!(
            held("capacity", &[&[BATTERY, ("capacity", "40")], &[BATTERY, ("capacity", "60")]]),
            Some(50)
        );
    }

    #[test]
    fn what_is_no_battery_of_this_machine_does_not_count() {
        assert_eq!(held("none", &[]), None);
        assert_eq!(held("mains", &[&[("type", "Mains"), ("capacity", "9")]]), None);
        let mouse = [BATTERY, ("scope", "Device"), ("capacity", "9")];
        let empty = [BATTERY, ("present", "0"), ("capacity", "0")];
        assert_eq!(held("mouse", &[&mouse, &empty]), None);
        assert_eq!(held("both", &[&mouse, &[BATTERY, ("capacity", "70")]]), Some(70));
    }

    #[test]
    fn numbers_that_make_no_sense_are_no_more_than_full() {
        let worn = [BATTERY, ("energy_now", "120"), ("energy_full", "100")];
        assert_eq!(held("worn", &[&worn]), Some(100));
        let broken = [BATTERY, ("energy_now", "5"), ("energy_full", "0")];
        assert_eq!(held("broken", &[&broken]), None);
        assert_eq!(held("silent", &[&[BATTERY]]), None);
    }
}
