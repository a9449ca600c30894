//! Every threshold of the review, in one place.

/// Thresholds. Rates in sat/vB, shares in whole percent, weights in weight units.
#[derive(Debug, Clone)]
pub struct Policy {
    /// FEE_HIGH_RATE above this, sat/vB.
    pub fee_rate_max: u64,
    /// FEE_HIGH_SHARE above this, percent.
    pub fee_share_max: u64,
    /// CHANGE_HIGH_INDEX from this index.
    pub index_high: u32,
    /// No longer recognised as ours from this index.
    pub index_end: u32,
    /// Accounts looked at: below this.
    pub accounts: u32,
    /// LOCKTIME warns above this height, blocks.
    pub lock_height_max: u32,
    /// LOCKTIME warns further ahead of the clock than this, seconds.
    pub lock_ahead_max: u64,
    /// TX_TOO_LARGE above this, weight units.
    pub weight_max: u64,
    /// DUST_OUTPUT's rate, sat/vB.
    pub dust_rate: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            fee_rate_max: 500,
            fee_share_max: 10,
            index_high: 1_000,
            index_end: 20_000,
            accounts: 10,
            lock_height_max: 2_000_000,
            lock_ahead_max: 365 * 24 * 3600,
            weight_max: 400_000,
            dust_rate: 3,
        }
    }
}
