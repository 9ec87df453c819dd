//! See `grounds::fuzzing::id`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| grounds::fuzzing::id(bytes));
