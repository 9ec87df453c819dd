//! See `grounds::fuzzing::corpus`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| grounds::fuzzing::corpus(bytes));
