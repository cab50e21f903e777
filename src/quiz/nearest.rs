//! "Did you mean": the nearest of what would have been right.

#[cfg(test)]
mod tests;

/// The candidate nearest to `word`, if any is near enough to have been meant (a third of its letters wrong at most, at
/// least one).
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    candidates
        .into_iter()
        .map(|candidate| (candidate, candidate.chars().count()))
        .filter(|(_, length)| letters.abs_diff(*length) <= allowed(*length))
        .map(|(candidate, length)| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate, length))
        .filter(|(distance, _, length)| *distance <= allowed(*length))
        .min_by_key(|(distance, ..)| *distance)
        .map(|(_, candidate, _)| candidate)
}

fn allowed(letters: usize) -> usize {
    (letters / 3).max(1)
}
