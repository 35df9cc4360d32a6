//! Where something holds.

use std::ops::Range;

/// The numbers of those that are true, of so many at the most, in order. No branch asks which these are: where nobody can foresee
/// it, a branch costs more than all the rest.
pub fn places(are: impl Iterator<Item = bool>, most: usize) -> Vec<u32> {
    let mut places = vec![0; most];
    let mut count = 0;
    for ((number, is), _) in (0..).zip(are).zip(0..most) {
        places[count] = number;
        count += usize::from(is);
    }
    places.truncate(count);
    places
}

/// Adds those of some numbers of which something holds, in order; no branch asks which.
#[inline]
pub fn add_places(to: &mut Vec<usize>, among: Range<usize>, holds: impl Fn(usize) -> bool) {
    let mut count = to.len();
    to.resize(count + among.len(), 0);
    for number in among {
        to[count] = number;
        count += usize::from(holds(number));
    }
    to.truncate(count);
}

/// For each number up to `last`, how many of some others are smaller.
pub fn counts_before(numbers: impl Iterator<Item = usize>, last: usize) -> Vec<u32> {
    let mut counts = vec![0; last + 1];
    for number in numbers.filter(|&number| number < last) {
        counts[number + 1] += 1;
    }
    let mut before = 0;
    for count in &mut counts {
        before += *count;
        *count = before;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_hold_are_counted_off() {
        assert_eq!(places([true, false, true, true].into_iter(), 4), [0, 2, 3]);
        assert!(places([false; 3].into_iter(), 3).is_empty());
        assert_eq!(places([true; 3].into_iter(), 2), [0, 1]);
        let mut odd = vec![7];
        add_places(&mut odd, 2..6, |number| number % 2 == 1);
        assert_eq!(odd, [7, 3, 5]);
        assert_eq!(counts_before([1, 1, 3, 9].into_iter(), 4), [0, 0, 2, 2, 3]);
    }
}
