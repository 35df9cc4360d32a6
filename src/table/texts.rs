//! A column of texts as callers have it, read in place.

use std::borrow::Cow;

use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray, cast::AsArray, downcast_run_array,
};
use arrow_schema::DataType;

/// An Arrow array of texts.
///
/// Arrow says that strings are UTF-8, and nobody checks it on the way here. So they are taken as bytes, and what is
/// not UTF-8 is read as U+FFFD.
#[derive(Debug)]
pub enum Texts {
    /// `string`
    Small(BinaryArray),
    /// `large_string`
    Large(LargeBinaryArray),
    /// `string_view`
    View(BinaryViewArray),
    /// A dictionary or runs of any of these: for each row, where its value is.
    Indexed(Vec<Option<usize>>, Box<Texts>),
    /// An array of nothing but nulls, of this length.
    Null(usize),
}

impl Texts {
    /// Takes an Arrow array; no text is copied. Gives it back where its type is no type of texts.
    ///
    /// # Errors
    /// The array has no texts.
    pub fn new(array: ArrayRef) -> Result<Self, ArrayRef> {
        match array.data_type() {
            DataType::Utf8 => Ok(Self::Small(array.as_string::<i32>().clone().into())),
            DataType::LargeUtf8 => Ok(Self::Large(array.as_string::<i64>().clone().into())),
            DataType::Utf8View => Ok(Self::View(array.as_string_view().clone().to_binary_view())),
            DataType::Null => Ok(Self::Null(array.len())),
            DataType::Dictionary(..) => Self::dictionary(array),
            DataType::RunEndEncoded(..) => Self::runs(array),
            _ => Err(array),
        }
    }

    fn dictionary(array: ArrayRef) -> Result<Self, ArrayRef> {
        let dictionary = array.as_any_dictionary();
        let Ok(values) = Self::new(dictionary.values().clone()) else { return Err(array) };
        if values.is_empty() {
            return Ok(Self::Null(array.len()));
        }
        let keys = dictionary.normalized_keys().into_iter().enumerate();
        let keys = keys.map(|(row, key)| dictionary.keys().is_valid(row).then_some(key)).collect();
        Ok(Self::Indexed(keys, Box::new(values)))
    }

    fn runs(array: ArrayRef) -> Result<Self, ArrayRef> {
        let runs = array.as_ref();
        let (values, places) = downcast_run_array!(
            runs => {
                let places = (0..runs.len()).map(|row| Some(runs.get_physical_index(row)));
                (runs.values().clone(), places.collect())
            },
            _ => return Err(array),
        );
        Self::new(values).map(|values| Self::Indexed(places, Box::new(values))).map_err(|_| array)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Small(array) => array.len(),
            Self::Large(array) => array.len(),
            Self::View(array) => array.len(),
            Self::Indexed(places, _) => places.len(),
            Self::Null(len) => *len,
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of the text at a row, if there is one.
    pub fn bytes(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Self::View(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Indexed(places, values) => places[row].and_then(|place| values.bytes(place)),
            Self::Null(_) => None,
        }
    }

    /// The text at a row, if there is one.
    pub fn get(&self, row: usize) -> Option<Cow<'_, str>> {
        self.bytes(row).map(String::from_utf8_lossy)
    }
}
