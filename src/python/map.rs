//! Saved objects, mapped: processes that load one file share one copy of it.
//!
//! One of the two files that may be unsafe: a mapped file is bytes that another program could change. `save` never
//! changes a file in place, the checksum is compared on loading, and whatever reads the bytes later bears wrong ones.
#![allow(unsafe_code)]

use std::{fs::File, io, path::Path, sync::Arc};

use memmap2::Mmap;

use crate::sections::Shared;

/// The bytes of a file.
pub(super) fn file(path: &Path) -> io::Result<Shared> {
    let file = File::open(path)?;
    let kind = file.metadata()?;
    if !kind.is_file() || kind.len() == 0 {
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut &file, &mut bytes)?;
        return Ok(Arc::new(bytes));
    }
    // SAFETY: the map is read only; see above for who might change the file.
    Ok(Arc::new(unsafe { Mmap::map(&file) }?))
}
