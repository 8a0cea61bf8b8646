//! How files are compressed, and how they are unpacked.

use std::io::{self, Read};

use crate::error::ImportError;

/// Blocks of memory, packed; a build that cannot compress keeps them as they are.
#[cfg(feature = "compression")]
pub(crate) use zstd::bulk;

#[cfg(not(feature = "compression"))]
pub(crate) mod bulk {
    use std::io::{ErrorKind, Result};

    pub(crate) fn compress(_: &[u8], _: i32) -> Result<Vec<u8>> {
        Err(ErrorKind::Unsupported.into())
    }

    pub(crate) fn decompress(_: &[u8], _: usize) -> Result<Vec<u8>> {
        Err(ErrorKind::Unsupported.into())
    }
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Bzip2,
    Gzip,
    Xz,
    Zstd,
}

impl Packing {
    /// How a file is compressed that begins so.
    ///
    /// # Errors
    ///
    /// [`ImportError::MissingFeature`] where it is, and this build cannot unpack.
    pub(crate) fn of(start: &[u8], path: &str) -> Result<Option<Self>, ImportError> {
        let packing = if start.starts_with(&[0x1f, 0x8b]) {
            Self::Gzip
        } else if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            Self::Zstd
        } else if matches!(start, [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', ..]) {
            Self::Bzip2
        } else if start.starts_with(&[0xfd, b'7', b'z', b'X', b'Z', 0]) {
            Self::Xz
        } else {
            return Ok(None);
        };
        match cfg!(feature = "compression") {
            true => Ok(Some(packing)),
            false => Err(ImportError::missing_feature(
                path,
                "a compressed file",
                "compression",
            )),
        }
    }

    #[cfg(feature = "compression")]
    pub(crate) fn unpack<'a>(
        self,
        file: impl Read + Send + 'a,
    ) -> io::Result<Box<dyn Read + Send + 'a>> {
        /// Larger windows than this are refused: they would let a small file ask for a great deal of memory.
        const ZSTD_WINDOW_LOG: u32 = 27;
        const XZ_KIBIBYTES: u32 = 1 << 18;
        Ok(match self {
            Self::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(file)),
            Self::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(
                file,
                true,
                XZ_KIBIBYTES,
            )),
            Self::Gzip => Box::new(flate2::read::MultiGzDecoder::new(file)),
            Self::Zstd => {
                let mut decoder = zstd::stream::read::Decoder::new(file)?;
                decoder.window_log_max(ZSTD_WINDOW_LOG)?;
                Box::new(decoder)
            }
        })
    }

    #[cfg(not(feature = "compression"))]
    pub(crate) fn unpack<'a>(
        self,
        _: impl Read + Send + 'a,
    ) -> io::Result<Box<dyn Read + Send + 'a>> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
