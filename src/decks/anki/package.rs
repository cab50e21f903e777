//! The zip: which of its entries is the collection, and its bytes, never more than they may be. Names in it are only compared, so
//! none leads anywhere.

use std::io::Read;

use flate2::bufread::DeflateDecoder;
use prost::Message;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveWriter, ZipSliceArchive};

use super::broken;
use crate::decks::import::Refused;

/// The largest collection, in bytes, unpacked. Texts of 50,000 cards fit in it.
pub(super) const MAX_COLLECTION: usize = 64_000_000;
/// The largest description of a package, in bytes; Anki's have two.
const MAX_META: usize = 1_000;
/// The most entries of a package. All but a few are media.
const MAX_ENTRIES: usize = 200_000;
/// The largest part of a compressed file that its decoder keeps, as a power of two: 32 MiB. Anki's need a quarter of it.
const MAX_WINDOW: u32 = 25;
/// What collections are called, by the version that the description names.
const COLLECTIONS: [&str; 3] = ["collection.anki2", "collection.anki21", "collection.anki21b"];
const META: &str = "meta";

/// What a package says of itself.
#[derive(Clone, PartialEq, Message)]
struct Meta {
    /// From 1; see [`COLLECTIONS`].
    #[prost(int32, tag = "1")]
    version: i32,
}

/// The SQLite file in a package.
pub(super) fn collection(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let archive = ZipArchive::from_slice(bytes).map_err(broken)?;
    let mut found = [const { None }; COLLECTIONS.len()];
    let mut meta = None;
    let mut entries = archive.entries();
    let mut count = 0;
    while let Some(entry) = entries.next_entry().map_err(broken)? {
        count += 1;
        if count > MAX_ENTRIES {
            return Err(Refused::new(format!("it has more than {MAX_ENTRIES} entries"), "export it without media"));
        }
        let path = entry.file_path();
        let name = path.as_ref();
        let place = match COLLECTIONS.iter().position(|known| known.as_bytes() == name) {
            Some(version) => &mut found[version],
            None if name == META.as_bytes() => &mut meta,
            None => continue,
        };
        let before = place.replace((entry.wayfinder(), entry.compression_method()));
        if before.is_some() {
            return Err(broken("an entry comes twice"));
        }
    }
    let version = match meta {
        Some((place, method)) => version(&unpack(&archive, place, method, MAX_META)?)?,
        None => usize::from(found[1].is_some()),
    };
    let (place, method) =
        found[version].take().ok_or_else(|| broken(format!("{} is missing", COLLECTIONS[version])))?;
    let packed = unpack(&archive, place, method, MAX_COLLECTION)?;
    if version == 2 { decompress(&packed) } else { Ok(packed) }
}

fn version(meta: &[u8]) -> Result<usize, Refused> {
    let Meta { version } = Meta::decode(meta).map_err(broken)?;
    let known = usize::try_from(version).ok().and_then(|version| version.checked_sub(1));
    known.filter(|known| *known < COLLECTIONS.len()).ok_or_else(|| {
        let right = "export it with \"Support older Anki versions\"";
        Refused::new(format!("this package is of a form that kcard does not know ({version})"), right)
    })
}

/// An entry's bytes, at most so many.
fn unpack(
    archive: &ZipSliceArchive<&[u8]>,
    place: rawzip::ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    most: usize,
) -> Result<Vec<u8>, Refused> {
    if place.uncompressed_size_hint() > most as u64 {
        return Err(too_large(most));
    }
    let entry = archive.get_entry(place).map_err(broken)?;
    let data = entry.data();
    match method {
        CompressionMethod::STORE => bounded(entry.verifying_reader(data), most),
        CompressionMethod::DEFLATE => bounded(entry.verifying_reader(DeflateDecoder::new(data)), most),
        _ => Err(broken("it is compressed in a way that Anki does not use")),
    }
}

fn decompress(packed: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut decoder = zstd::Decoder::with_buffer(packed).map_err(broken)?;
    decoder.window_log_max(MAX_WINDOW).map_err(broken)?;
    bounded(decoder, MAX_COLLECTION)
}

/// What a reader gives, if it is not more than that: what it says of its size does not count.
fn bounded(reader: impl Read, most: usize) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    reader.take(most as u64 + 1).read_to_end(&mut bytes).map_err(broken)?;
    if bytes.len() > most { Err(too_large(most)) } else { Ok(bytes) }
}

fn too_large(most: usize) -> Refused {
    Refused::new(
        format!("what is packed in it has more than {most} bytes"),
        "export its decks one by one, without media",
    )
}

/// A package with this collection of the old form, which every Anki reads.
pub(super) fn pack(collection: &[u8]) -> Result<Vec<u8>, rawzip::Error> {
    let mut zip = ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in [(COLLECTIONS[0], collection), ("media", b"{}".as_slice())] {
        let (mut entry, config) = zip.new_file(name).compression_method(CompressionMethod::DEFLATE).start()?;
        let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default()));
        std::io::Write::write_all(&mut writer, bytes)?;
        let (encoder, descriptor) = writer.finish()?;
        encoder.finish()?;
        entry.finish(descriptor)?;
    }
    zip.finish()
}
