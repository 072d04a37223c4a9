//! Which part of a difference is chance? Percentiles, bootstrap intervals and the paired randomization test. All of it is
//! seeded: the same numbers and the same seed give the same answer on every machine.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Gamma};

/// How often `bootstrap_interval` draws anew.
pub const BOOTSTRAP_RESAMPLES: usize = 10_000;

/// How many assignments of signs `paired_randomization` draws where there are too many to go through.
pub const RANDOMIZATION_DRAWS: u32 = 100_000;

/// The most differences of which every assignment of signs is gone through: 2^16 of them.
const MOST_ENUMERATED: usize = 16;

/// The share of the resamples that lies below an interval, and above it.
const TAIL: f64 = 0.025;

/// A range from `low` to `high`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The mean; 0 of nothing.
pub fn mean(values: &[f64]) -> f64 {
    match values.len() {
        0 => 0.0,
        count => values.iter().sum::<f64>() / count as f64,
    }
}

/// The value below which a share (0 to 1) of the values lies, interpolated between the two nearest (definition 7 of
/// Hyndman and Fan 1996); `None` of nothing. The values stand in ascending order.
pub fn percentile(ascending: &[f64], share: f64) -> Option<f64> {
    let last = ascending.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    let (low, high) = (*ascending.get(below)?, *ascending.get(above)?);
    Some(low + (high - low) * (place - below as f64))
}

/// The median; `None` of nothing. The values are sorted in place.
pub fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    percentile(values, 0.5)
}

/// The 95 % percentile bootstrap interval (Efron and Tibshirani 1993, chapter 13) of a statistic of one or more samples,
/// of `BOOTSTRAP_RESAMPLES` draws; each sample is drawn from by itself. The statistic is handed the resamples, as many
/// values as the samples have, and may sort them. `None` where a sample is empty.
///
/// ```
/// use chancery::statistics::{bootstrap_interval, median};
///
/// let (old, new) = ([9.0, 10.0, 11.0, 10.0], [4.0, 5.0, 6.0, 5.0]);
/// let ratio = |[old, new]: &mut [Vec<f64>; 2]| median(new).unwrap_or(0.0) / median(old).unwrap_or(1.0);
/// let interval = bootstrap_interval([&old, &new], ratio, 1).expect("both samples have values");
/// assert!(interval.low < 0.5 && 0.5 < interval.high);
/// ```
pub fn bootstrap_interval<const COUNT: usize>(
    samples: [&[f64]; COUNT],
    statistic: impl Fn(&mut [Vec<f64>; COUNT]) -> f64,
    seed: u64,
) -> Option<Interval> {
    if samples.iter().any(|sample| sample.is_empty()) {
        return None;
    }
    let mut random = fastrand::Rng::with_seed(seed);
    let mut resamples = samples.map(<[f64]>::to_vec);
    let mut statistics = Vec::with_capacity(BOOTSTRAP_RESAMPLES);
    for _ in 0..BOOTSTRAP_RESAMPLES {
        for (sample, resample) in samples.iter().zip(&mut resamples) {
            resample
                .iter_mut()
                .for_each(|value| *value = sample[random.usize(..sample.len())]);
        }
        statistics.push(statistic(&mut resamples));
    }
    statistics.sort_unstable_by(f64::total_cmp);
    Some(Interval {
        low: percentile(&statistics, TAIL)?,
        high: percentile(&statistics, 1.0 - TAIL)?,
    })
}

/// The exact 95 % interval of the mean of a Poisson distribution of which a count was observed (Garwood 1936): half the
/// quantiles .025 and .975 of chi-squared with 2 `count` and 2 `count` + 2 degrees of freedom, which are those of gamma
/// distributions. The lower end for a count of 0 is 0.
pub fn poisson_interval(count: u64) -> Interval {
    let quantile = |shape: f64, share: f64| Gamma::new(shape, 1.0).map_or(shape, |gamma| gamma.inverse_cdf(share));
    Interval {
        low: match count {
            0 => 0.0,
            _ => quantile(count as f64, TAIL),
        },
        high: quantile(count as f64 + 1.0, 1.0 - TAIL),
    }
}

/// The quantile .975 of the standard normal distribution.
const NORMAL_QUANTILE: f64 = 1.959_963_984_540_054;

/// The 95 % score interval of a share of which `successes` of `trials` were observed (Wilson 1927); `None` without a trial.
pub fn wilson_interval(successes: u64, trials: u64) -> Option<Interval> {
    if trials == 0 {
        return None;
    }
    let (count, share) = (trials as f64, successes as f64 / trials as f64);
    let squared = NORMAL_QUANTILE * NORMAL_QUANTILE;
    let center = (share + squared / (2.0 * count)) / (1.0 + squared / count);
    let spread = NORMAL_QUANTILE / (1.0 + squared / count)
        * (share * (1.0 - share) / count + squared / (4.0 * count * count)).sqrt();
    Some(Interval {
        low: (center - spread).max(0.0),
        high: (center + spread).min(1.0),
    })
}

/// The two-sided p of the paired randomization test (Smucker, Allan and Carterette 2007): the share of the assignments of
/// signs to the differences whose sum lies at least as far from zero as the one observed.
///
/// Up to 16 differences that are not zero, every assignment is gone through and p is exact; beyond, `RANDOMIZATION_DRAWS`
/// are drawn and p is (as far + 1) / (drawn + 1), which is never zero (Phipson and Smyth 2010). Without a difference p is 1.
pub fn paired_randomization(differences: &[f64], seed: u64) -> f64 {
    let differing: Vec<f64> = differences.iter().copied().filter(|value| *value != 0.0).collect();
    let observed = differing.iter().sum::<f64>().abs();
    // Sums of the same numbers in another order may differ in their last bits.
    let least = observed - 1e-9 * differing.iter().map(|value| value.abs()).sum::<f64>();
    let is_as_far = |sum: f64| sum.abs() >= least;
    if differing.len() <= MOST_ENUMERATED {
        let assignments = 1_u64 << differing.len();
        let as_far = (0..assignments).filter(|signs| is_as_far(signed_sum(&differing, || *signs)));
        return as_far.count() as f64 / assignments as f64;
    }
    let mut random = fastrand::Rng::with_seed(seed);
    let draws = (0..RANDOMIZATION_DRAWS).map(|_| signed_sum(&differing, || random.u64(..)));
    let as_far = draws.filter(|sum| is_as_far(*sum)).count();
    (as_far as f64 + 1.0) / (f64::from(RANDOMIZATION_DRAWS) + 1.0)
}

/// The sum of values of which those are negated whose bit is set; a word of bits is asked for at every 64th value.
fn signed_sum(values: &[f64], mut signs: impl FnMut() -> u64) -> f64 {
    let mut sum = 0.0;
    for chunk in values.chunks(64) {
        let mut bits = signs();
        for value in chunk {
            sum += if bits & 1 == 1 { -value } else { *value };
            bits >>= 1;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_interpolated() {
        let values = [1.0, 2.0, 3.0, 4.0];
        let found = [0.0, 0.5, 0.9, 1.0, 7.0].map(|share| percentile(&values, share));
        assert_eq!(found, [Some(1.0), Some(2.5), Some(3.7), Some(4.0), Some(4.0)]);
        assert_eq!(percentile(&[], 0.5), None);
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), Some(2.0));
    }

    #[test]
    fn poisson_intervals_are_those_of_the_tables() {
        // Garwood 1936, as tabled by Ulm (1990) to two or three decimals.
        for (count, low, high) in [
            (0, 0.0, 3.689),
            (1, 0.025, 5.572),
            (5, 1.624, 11.668),
            (10, 4.795, 18.390),
            (100, 81.364, 121.627),
        ] {
            let interval = poisson_interval(count);
            assert!((interval.low - low).abs() < 0.002, "{count}: {interval:?}");
            assert!((interval.high - high).abs() < 0.002, "{count}: {interval:?}");
        }
        let many = poisson_interval(1_000_000);
        assert!(
            (many.low - 998_041.0).abs() < 3.0 && (many.high - 1_001_962.0).abs() < 3.0,
            "{many:?}"
        );
    }

    #[test]
    fn shares_have_score_intervals() {
        // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        for (successes, trials, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let interval = wilson_interval(successes, trials).unwrap();
            assert!((interval.low - low).abs() < 6e-5, "{successes}/{trials}: {interval:?}");
            assert!(
                (interval.high - high).abs() < 6e-5,
                "{successes}/{trials}: {interval:?}"
            );
        }
        assert_eq!(wilson_interval(0, 0), None);
    }

    #[test]
    fn few_differences_are_gone_through_one_by_one() {
        // Only the signs observed and their opposites reach the sum: 2 of 2^n assignments.
        assert_eq!(paired_randomization(&[1.0; 5], 0), 2.0 / 32.0);
        assert_eq!(paired_randomization(&[0.1, 0.0, 0.2, 0.3, 0.0], 0), 2.0 / 8.0);
        assert_eq!(paired_randomization(&[0.1, -0.1], 0), 1.0);
        assert_eq!(paired_randomization(&[0.0, 0.0], 0), 1.0);
        assert_eq!(paired_randomization(&[], 0), 1.0);
    }

    #[test]
    fn sampled_and_exact_tests_agree() {
        let exact: Vec<f64> = (0..16).map(|place| f64::from(place) - 5.0).collect();
        // A difference too small to matter takes the same test over the bound of enumeration.
        let sampled: Vec<f64> = exact.iter().copied().chain([1e-13, 1e-13]).collect();
        let (exact, sampled) = (paired_randomization(&exact, 1), paired_randomization(&sampled, 1));
        assert!((exact - sampled).abs() < 0.005, "{exact} and {sampled}");
    }

    #[test]
    fn a_p_of_many_differences_is_small_but_never_zero() {
        let least = 1.0 / (f64::from(RANDOMIZATION_DRAWS) + 1.0);
        assert_eq!(paired_randomization(&[0.5; 200], 3), least);
    }

    #[test]
    fn the_same_seed_gives_the_same_answer() {
        let values: Vec<f64> = (0..40).map(|place| f64::from((place * 7) % 11) - 4.0).collect();
        let interval = |seed| bootstrap_interval([&values], |[resample]| mean(resample), seed);
        assert_eq!(interval(5), interval(5));
        assert_ne!(interval(5), interval(6));
        assert_eq!(paired_randomization(&values, 5), paired_randomization(&values, 5));
    }

    #[test]
    fn the_interval_of_a_mean_is_as_wide_as_theory_has_it() {
        let values: Vec<f64> = (0..400).map(|place| f64::from(place % 2)).collect();
        let interval = bootstrap_interval([&values], |[resample]| mean(resample), 1).expect("there are values");
        // The standard error of a share of one half among 400 is 0.025.
        assert!((interval.low - (0.5 - 1.96 * 0.025)).abs() < 0.006, "{interval:?}");
        assert!((interval.high - (0.5 + 1.96 * 0.025)).abs() < 0.006, "{interval:?}");
        assert_eq!(bootstrap_interval([&[]], |[resample]| mean(resample), 1), None);
    }
}
