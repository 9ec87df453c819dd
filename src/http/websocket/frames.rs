//! The client's bytes, looked at before anything is kept of them.
//!
//! actix-ws looks at the length of a frame when it has collected the whole of it. So the headers of frames are read here
//! first, and a client that announces too much is refused before its first byte of it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use actix_ws::ProtocolError;
use futures_util::Stream;

/// What is wrong with a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum FrameError {
    #[error("a message has more than {max} bytes")]
    TooLarge {
        /// Bytes of a message, all its frames together.
        max: usize,
    },
    #[error("{0}")]
    Malformed(&'static str),
}

/// `payload` unchanged, up to the first frame that is wrong: there it fails.
pub(super) fn checked(payload: Payload, message_max_bytes: usize) -> Payload {
    Payload::Stream { payload: Box::pin(Checked { payload, headers: Headers::new(message_max_bytes) }) }
}

/// What [`checked`] found wrong, in the error that came of it; `None` when it is another's.
pub(super) fn found(error: &ProtocolError) -> Option<FrameError> {
    let ProtocolError::Io(error) = error else {
        return None;
    };
    match error.get_ref()?.downcast_ref()? {
        PayloadError::Io(error) => error.get_ref()?.downcast_ref().copied(),
        _ => None,
    }
}

struct Checked {
    payload: Payload,
    headers: Headers,
}

impl Stream for Checked {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let piece = ready!(Pin::new(&mut this.payload).poll_next(cx));
        Poll::Ready(piece.map(|bytes| {
            let bytes = bytes?;
            this.headers.read(&bytes).map_err(|error| PayloadError::Io(io::Error::other(error)))?;
            Ok(bytes)
        }))
    }
}

/// Reads the headers of frames out of bytes that come in pieces. RFC 6455, section 5.2.
#[derive(Debug)]
struct Headers {
    message_max: usize,
    /// The header that is being read, and how much of it is there.
    header: [u8; HEADER_MAX_BYTES],
    n_header: usize,
    /// Bytes of the frame that are still to come after its header.
    to_come: u64,
    /// Bytes of the message's frames so far.
    message: u64,
    /// Whether the message goes on in another frame.
    continues: bool,
}

/// Two bytes, eight of the length, four of the mask.
const HEADER_MAX_BYTES: usize = 14;
const CONTROL_MAX_BYTES: u8 = 125;
const FINAL: u8 = 0x80;
const RESERVED: u8 = 0x70;
const OPCODE: u8 = 0x0f;
const MASKED: u8 = 0x80;

impl Headers {
    const fn new(message_max: usize) -> Self {
        Self { message_max, header: [0; HEADER_MAX_BYTES], n_header: 0, to_come: 0, message: 0, continues: false }
    }

    /// # Errors
    /// When a frame is malformed or makes its message too long; whatever follows then means nothing.
    fn read(&mut self, mut bytes: &[u8]) -> Result<(), FrameError> {
        while let Some((&first, rest)) = bytes.split_first() {
            if self.to_come > 0 {
                let n = usize::try_from(self.to_come).map_or(bytes.len(), |to_come| to_come.min(bytes.len()));
                self.to_come -= n as u64;
                bytes = &bytes[n..];
                continue;
            }
            self.header[self.n_header] = first;
            self.n_header += 1;
            bytes = rest;
            if self.header_ends()? {
                self.to_come = self.length();
                self.n_header = 0;
            }
        }
        Ok(())
    }

    /// Whether the header is complete. What it says is checked as soon as it is there.
    fn header_ends(&mut self) -> Result<bool, FrameError> {
        if self.n_header == 2 {
            self.check_kind()?;
        }
        let length_ends = 2 + match self.header[1] & !MASKED {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        if self.n_header == length_ends {
            self.count()?;
        }
        Ok(self.n_header == length_ends + 4)
    }

    const fn check_kind(&self) -> Result<(), FrameError> {
        let [first, second, ..] = self.header;
        if first & RESERVED != 0 {
            return Err(FrameError::Malformed("a reserved bit is set"));
        }
        if second & MASKED == 0 {
            return Err(FrameError::Malformed("a frame is not masked"));
        }
        match first & OPCODE {
            0 if self.continues => Ok(()),
            0 => Err(FrameError::Malformed("a frame continues no message")),
            1 | 2 if self.continues => Err(FrameError::Malformed("a message begins within another")),
            8..=10 if first & FINAL == 0 => Err(FrameError::Malformed("a control frame is cut up")),
            8..=10 if second & !MASKED > CONTROL_MAX_BYTES => Err(FrameError::Malformed("a control frame is too long")),
            1 | 2 | 8..=10 => Ok(()),
            _ => Err(FrameError::Malformed("the kind of a frame is unknown")),
        }
    }

    /// Counts the frame to its message.
    fn count(&mut self) -> Result<(), FrameError> {
        let first = self.header[0];
        if first & OPCODE >= 8 {
            return Ok(());
        }
        if !self.continues {
            self.message = 0;
        }
        self.continues = first & FINAL == 0;
        self.message = self.message.saturating_add(self.length());
        if self.message > self.message_max as u64 {
            Err(FrameError::TooLarge { max: self.message_max })
        } else {
            Ok(())
        }
    }

    /// Bytes of the frame after its header.
    fn length(&self) -> u64 {
        let [_, second, length @ ..] = self.header;
        match second & !MASKED {
            126 => u64::from(u16::from_be_bytes([length[0], length[1]])),
            127 => length[..8].iter().fold(0, |length, &byte| length << 8 | u64::from(byte)),
            short => u64::from(short),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A frame with a mask of zeroes, which leaves its content as it is.
    fn frame(first: u8, content: &[u8]) -> Vec<u8> {
        let mut frame = header(first, content.len() as u64);
        frame.extend_from_slice(content);
        frame
    }

    fn header(first: u8, length: u64) -> Vec<u8> {
        let mut header = vec![first];
        match length {
            0..126 => header.push(MASKED | u8::try_from(length).expect("it is small")),
            126..0x1_0000 => {
                header.push(MASKED | 0x7e);
                header.extend_from_slice(&u16::try_from(length).expect("it is small").to_be_bytes());
            }
            _ => {
                header.push(MASKED | 0x7f);
                header.extend_from_slice(&length.to_be_bytes());
            }
        }
        header.extend_from_slice(&[0; 4]);
        header
    }

    const TEXT: u8 = FINAL | 1;
    const FIRST: u8 = 1;
    const MORE: u8 = 0;
    const LAST: u8 = FINAL;
    const PING: u8 = FINAL | 9;

    /// At most 1,000 bytes a message.
    fn read(bytes: &[u8]) -> Result<(), FrameError> {
        Headers::new(1_000).read(bytes)
    }

    #[test]
    fn messages_up_to_the_limit_pass_in_one_frame_or_several() {
        let several =
            [frame(FIRST, &[7; 400]), frame(PING, &[7; 125]), frame(MORE, &[]), frame(LAST, &[7; 600])].concat();
        assert_eq!(read(&[frame(TEXT, &[7; 1_000]), several.clone(), several, frame(TEXT, b"")].concat()), Ok(()));
    }

    #[test]
    fn a_frame_is_refused_by_its_header() {
        let too_large = Err(FrameError::TooLarge { max: 1_000 });
        for length in [1_001, 0x1_0000, 1 << 40, u64::MAX] {
            let header = header(TEXT, length);
            // Without the mask, let alone the content.
            assert_eq!(read(&header[..header.len() - 4]), too_large, "{length}");
        }
        let together = [frame(FIRST, &[7; 400]), frame(MORE, &[7; 600]), header(MORE, 1)].concat();
        assert_eq!(read(&together), too_large);
        assert_eq!(read(&[frame(FIRST, &[7; 400]), header(LAST, u64::MAX)].concat()), too_large);
    }

    #[test]
    fn malformed_frames_are_refused() {
        let unmasked = [TEXT, 1];
        let cases = [
            (unmasked.to_vec(), "a frame is not masked"),
            (header(TEXT | 0x40, 1), "a reserved bit is set"),
            (header(FINAL | 3, 1), "the kind of a frame is unknown"),
            (header(FINAL | 0xb, 1), "the kind of a frame is unknown"),
            (header(9, 1), "a control frame is cut up"),
            (header(PING, 126), "a control frame is too long"),
            (header(FINAL | 8, 1 << 40), "a control frame is too long"),
            (header(LAST, 1), "a frame continues no message"),
            ([frame(FIRST, b"a"), frame(LAST, b"b"), header(MORE, 1)].concat(), "a frame continues no message"),
            ([frame(FIRST, b"a"), header(TEXT, 1)].concat(), "a message begins within another"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(read(&bytes), Err(FrameError::Malformed(expected)), "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn how_the_bytes_are_cut_up_makes_no_difference(
            frames in prop::collection::vec((any::<u8>(), 0_usize..700), 0..8),
            good in any::<bool>(),
            piece in 1_usize..20,
        ) {
            let kinds = [TEXT, FIRST, MORE, LAST, PING];
            let first = |chance: u8| if good { kinds[usize::from(chance) % kinds.len()] } else { chance };
            let bytes: Vec<u8> = frames.iter().flat_map(|&(chance, length)| frame(first(chance), &vec![7; length])).collect();
            let mut in_pieces = Headers::new(1_000);
            let read_in_pieces = bytes.chunks(piece).try_for_each(|piece| in_pieces.read(piece));
            prop_assert_eq!(read_in_pieces, read(&bytes));
        }
    }
}
