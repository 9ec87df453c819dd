//! See `grounds::fuzzing::date`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| grounds::fuzzing::date(bytes));
