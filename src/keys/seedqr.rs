//! SeedQR and CompactSeedQR.
