//! Integers of a fixed number of bits, read in place from a byte slice.
//!
//! These stand apart because every large table of the file is one; what writes them is the file writer.

/// The zero bytes after the last integer, so that each can be read with one load of eight bytes.
pub(super) const PADDING_BYTES: usize = 8;

/// The number of bits that hold every value up to `maximum`; at least one.
pub(super) fn bits_for(maximum: u32) -> u32 {
    (u32::BITS - maximum.leading_zeros()).max(1)
}

/// The number of bytes that `count` integers of `width` bits take, padding included.
pub(super) fn packed_bytes(count: u32, width: u32) -> u64 {
    (u64::from(count) * u64::from(width)).div_ceil(8) + PADDING_BYTES as u64
}

/// A list of integers of `width` bits each, the first in the lowest bits of the first byte.
#[derive(Clone, Copy)]
pub(super) struct PackedIntegers<'a> {
    bytes: &'a [u8],
    width: u32,
    mask: u64,
}

impl<'a> PackedIntegers<'a> {
    /// The integers in `bytes`; the width is between 1 and 32.
    pub(super) fn new(bytes: &'a [u8], width: u32) -> Self {
        debug_assert!((1..=32).contains(&width), "integers of {width} bits");
        Self {
            bytes,
            width,
            mask: (1 << width) - 1,
        }
    }

    /// The integer at `index`; behind the last one everything reads as 0.
    #[inline]
    pub(super) fn at(&self, index: usize) -> u32 {
        let bit = index * self.width as usize;
        let window = self.bytes.get(bit / 8..).and_then(|rest| rest.first_chunk::<8>());
        window.map_or(0, |window| {
            (u64::from_le_bytes(*window) >> (bit % 8) & self.mask) as u32
        })
    }

    /// The first index of `low..high` whose integer is not below `bound`; the integers there ascend.
    pub(super) fn lower_bound(&self, mut low: usize, mut high: usize, bound: u32) -> usize {
        while low < high {
            let middle = low + (high - low) / 2;
            if self.at(middle) < bound {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_holds_the_greatest_value_and_no_more() {
        let widths = [0, 1, 2, 3, 4, 255, 256, u32::MAX].map(bits_for);
        assert_eq!(widths, [1, 1, 2, 2, 3, 8, 9, 32]);
    }

    #[test]
    fn an_integer_behind_the_last_reads_as_zero() {
        let mut bytes = vec![0b1010_0111];
        bytes.extend([0; PADDING_BYTES]);
        let packed = PackedIntegers::new(&bytes, 3);
        assert_eq!(
            [0, 1, 2, 3, 500, usize::MAX / 64].map(|index| packed.at(index)),
            [7, 4, 2, 0, 0, 0]
        );
        assert_eq!(PackedIntegers::new(&[], 32).at(0), 0);
    }
}
