//! Times in words: seconds since 1970, durations, locks that time opens.

use crate::wallet::Lock;

/// `2026-11-22 12:04`, UTC, proleptic Gregorian.
pub fn utc(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let mut days = days;
    let mut year = 1970;
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if days < length {
            break;
        }
        days -= length;
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02} {:02}:{:02}", days + 1, rest / 3600, rest % 3600 / 60)
}

fn is_leap(year: u64) -> bool {
    (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400)
}

/// A lock as the condition of a way to spend: `once a coin has rested for ...`, `from ... on`.
pub fn lock_words(lock: Lock) -> String {
    match lock {
        Lock::BlocksAfter(blocks) => format!(
            "once a coin has rested for {} blocks ({})",
            grouped(u64::from(blocks)),
            duration(lock.seconds().unwrap_or_default())
        ),
        Lock::UnitsAfter(_) => {
            format!("once a coin has rested for {}", duration(lock.seconds().unwrap_or_default()))
        }
        Lock::FromHeight(height) => format!("from block {} on", grouped(u64::from(height))),
        Lock::FromTime(time) => format!("from {} on", utc(u64::from(time))),
    }
}

/// A time in the unit that one would say it in.
pub fn duration(seconds: u64) -> String {
    const HOUR: u64 = 3_600;
    const DAY: u64 = 24 * HOUR;
    let (count, unit) = match seconds {
        0..=7_199 => (seconds.div_ceil(60), "minutes"),
        7_200..=172_799 => (seconds / HOUR, "hours"),
        _ if seconds / DAY < 90 => (seconds / DAY, "days"),
        _ if (360..=370).contains(&(seconds / DAY)) => return "about a year".into(),
        _ => ((seconds * 12 + 365 * DAY / 2) / (365 * DAY), "months"),
    };
    format!("about {count} {unit}")
}

/// A number in groups of three digits.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_over_leap_years() {
        assert_eq!(utc(0), "1970-01-01 00:00");
        assert_eq!(utc(951_782_400), "2000-02-29 00:00");
        assert_eq!(utc(1_763_813_040), "2025-11-22 12:04");
        assert_eq!(utc(u64::from(u32::MAX)), "2106-02-07 06:28");
    }

    #[test]
    fn times_are_told_in_the_unit_one_would_use() {
        let told = [600, 9_000, 86_400, 30 * 86_400, 52_560 * 600, 65_535 * 600];
        let told = told.map(duration);
        let said = [
            "about 10 minutes",
            "about 2 hours",
            "about 24 hours",
            "about 30 days",
            "about a year",
            "about 15 months",
        ];
        assert_eq!(told, said);
        assert_eq!([7, 52_560, 1_000_000].map(grouped), ["7", "52,560", "1,000,000"]);
    }
}
