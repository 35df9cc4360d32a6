//! Where something holds.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_hold_are_counted_off() {
        assert_eq!(places([true, false, true, true].into_iter(), 4), [0, 2, 3]);
        assert_eq!(places([false; 3].into_iter(), 3), []);
        assert_eq!(places([true; 3].into_iter(), 2), [0, 1]);
    }
}
