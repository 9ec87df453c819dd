//! See `grounds::fuzzing::cursor`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| grounds::fuzzing::cursor(bytes));
