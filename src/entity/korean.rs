//! Korean names: particles are written onto them.

/// With which byte the first Korean syllable begins; few other letters begin so late.
pub(super) const FIRST_BYTE: u8 = 0xea;

/// Particles that Korean writes onto a name, longest first.
const PARTICLES: &[&str] = &[
    "에게서",
    "으로부터",
    "이라고",
    "에서는",
    "에서도",
    "께서는",
    "에서",
    "에게",
    "께서",
    "부터",
    "까지",
    "처럼",
    "보다",
    "으로",
    "라고",
    "이나",
    "하고",
    "에는",
    "에도",
    "과의",
    "와의",
    "의",
    "을",
    "를",
    "이",
    "가",
    "은",
    "는",
    "에",
    "와",
    "과",
    "도",
    "로",
    "만",
    "나",
    "씨",
];

/// Whether a word is Korean, whose particles are written onto names.
pub(super) fn is_korean(word: &str) -> bool {
    word.starts_with(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c))
}

/// What a word may be without a particle, without the longest first.
pub(super) fn without_particle(word: &str) -> impl Iterator<Item = &str> {
    PARTICLES.iter().filter_map(|particle| word.strip_suffix(particle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_come_off() {
        assert!(is_korean("서울의") && !is_korean("東京"));
        assert_eq!(without_particle("서울에서").collect::<Vec<_>>(), ["서울"]);
        assert_eq!(without_particle("서울에서는").collect::<Vec<_>>(), ["서울", "서울에서"]);
        assert!("가".as_bytes()[0] == FIRST_BYTE);
    }
}
