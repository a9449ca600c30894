//! Amounts in writing, with digits grouped so that they can be compared by eye.

use bitcoin::Amount;

/// BTC with eight places, the whole part and the places grouped by three: `0.015 000 00`.
pub fn btc(amount: Amount) -> String {
    let sat = amount.to_sat();
    let places = format!("{:08}", sat % 100_000_000);
    let whole = grouped(sat / 100_000_000);
    format!("{whole}.{} {} {}", &places[..3], &places[3..6], &places[6..])
}

/// Satoshi, grouped by three: `1 500 000`.
pub fn sat(amount: Amount) -> String {
    grouped(amount.to_sat())
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_by_three() {
        let cases = [
            (0, "0.000 000 00", "0"),
            (1, "0.000 000 01", "1"),
            (1_410, "0.000 014 10", "1 410"),
            (1_500_000, "0.015 000 00", "1 500 000"),
            (2_100_000_000_000_000, "21 000 000.000 000 00", "2 100 000 000 000 000"),
            (u64::MAX, "184 467 440 737.095 516 15", "18 446 744 073 709 551 615"),
        ];
        for (number, in_btc, in_sat) in cases {
            assert_eq!(btc(Amount::from_sat(number)), in_btc);
            assert_eq!(sat(Amount::from_sat(number)), in_sat);
        }
    }
}
