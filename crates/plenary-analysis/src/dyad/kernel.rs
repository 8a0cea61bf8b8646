//! Counting joint choices of pairs of states by population counts, compiled for the processor at hand.
//!
//! This is the only module of the dyads with `unsafe`: calling a function compiled for AVX-512 or AVX2 is sound once the
//! processor has been seen to have it, and that is all that happens here.
#![expect(
    unsafe_code,
    reason = "calls functions compiled for instructions that were detected; population counts are ten times as fast"
)]

use crate::matrix::{LANES, PLANES, VoteGroup};

/// Which instructions to use. Results are whole numbers and the same on every level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// The best that this processor has.
    pub(crate) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512vpopcntdq")
                && is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("popcnt")
            {
                return Self::Avx512;
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("popcnt") {
                return Self::Avx2;
            }
        }
        Self::Portable
    }

    /// Counts, for the state at `own` and every state from the block of `own + 1` on, how often it chose plane `a` and the
    /// other plane `b`: entry `a * K + b` of `rows`, one number a state (those before `own + 1` in its block included).
    pub(crate) fn joint<const K: usize, const KK: usize>(
        self,
        group: &VoteGroup,
        own: usize,
        rows: &mut [Vec<u32>; KK],
    ) {
        match self {
            Self::Portable => joint::<K, KK>(group, own, rows),
            // SAFETY: a level is only made by `detect`, which saw the instructions.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { joint_avx2::<K, KK>(group, own, rows) },
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { joint_avx512::<K, KK>(group, own, rows) },
        }
    }

    /// Agreement, kappa and pi (nominal) of a run of pairs, from the nine counts of each; not a number where one has no value.
    pub(crate) fn nominal(self, counts: [&[u32]; 9], out: [&mut [f64]; 3]) {
        match self {
            Self::Portable => nominal(counts, out),
            // SAFETY: as below.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { nominal_avx2(counts, out) },
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { nominal_avx512(counts, out) },
        }
    }

    /// Counts common votes, and equal choices plus common votes less opposite ones: twice the sum of Voeten's agreement.
    pub(crate) fn agreement(self, group: &VoteGroup, own: usize, rows: &mut [Vec<u32>; 2]) {
        match self {
            Self::Portable => agreement(group, own, rows),
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { agreement_avx2(group, own, rows) },
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { agreement_avx512(group, own, rows) },
        }
    }
}

/// The words of one block of states in one plane.
#[inline(always)]
fn block(plane: &[u64], at: usize) -> [u64; LANES] {
    let mut words = [0; LANES];
    words.copy_from_slice(&plane[at..at + LANES]);
    words
}

#[inline(always)]
fn joint<const K: usize, const KK: usize>(
    group: &VoteGroup,
    own: usize,
    rows: &mut [Vec<u32>; KK],
) {
    let stride = group.stride();
    let planes = group.planes();
    let words = planes.len() / (PLANES.len() * stride).max(1);
    for start in ((own + 1) / LANES * LANES..stride).step_by(LANES) {
        let mut counts = [[0u64; LANES]; KK];
        for word in 0..words {
            let base = word * PLANES.len() * stride;
            for a in 0..K {
                let mine = planes[base + a * stride + own];
                for b in 0..K {
                    let theirs = block(planes, base + b * stride + start);
                    for lane in 0..LANES {
                        counts[a * K + b][lane] += u64::from((mine & theirs[lane]).count_ones());
                    }
                }
            }
        }
        for (row, counts) in rows.iter_mut().zip(counts) {
            for (slot, count) in row[start..start + LANES].iter_mut().zip(counts) {
                *slot = count as u32;
            }
        }
    }
}

#[inline(always)]
fn agreement(group: &VoteGroup, own: usize, rows: &mut [Vec<u32>; 2]) {
    let stride = group.stride();
    let planes = group.planes();
    let words = planes.len() / (PLANES.len() * stride).max(1);
    for start in ((own + 1) / LANES * LANES..stride).step_by(LANES) {
        let mut common = [0u64; LANES];
        let mut twice = [0u64; LANES];
        for word in 0..words {
            let base = word * PLANES.len() * stride;
            let [y, a, n] = [0, 1, 2].map(|plane| planes[base + plane * stride + own]);
            let [ys, abs, ns] = [0, 1, 2].map(|plane| block(planes, base + plane * stride + start));
            for lane in 0..LANES {
                let both = (y | a | n) & (ys[lane] | abs[lane] | ns[lane]);
                let same = y & ys[lane] | a & abs[lane] | n & ns[lane];
                let opposite = y & ns[lane] | n & ys[lane];
                let both = u64::from(both.count_ones());
                common[lane] += both;
                twice[lane] +=
                    both + u64::from(same.count_ones()) - u64::from(opposite.count_ones());
            }
        }
        for (row, counts) in rows.iter_mut().zip([common, twice]) {
            for (slot, count) in row[start..start + LANES].iter_mut().zip(counts) {
                *slot = count as u32;
            }
        }
    }
}

/// The formulas of `Joint`, side by side for many pairs: a division by zero is not a number, as it should be.
#[inline(always)]
fn nominal(counts: [&[u32]; 9], [agreement, kappa, pi]: [&mut [f64]; 3]) {
    let outputs = agreement
        .chunks_mut(LANES)
        .zip(kappa.chunks_mut(LANES))
        .zip(pi.chunks_mut(LANES));
    for (chunk, ((agreement, kappa), pi)) in outputs.enumerate() {
        let start = chunk * LANES;
        let mut block = [[0u32; LANES]; 9];
        if agreement.len() == LANES {
            for (block, row) in block.iter_mut().zip(counts) {
                block.copy_from_slice(&row[start..start + LANES]);
            }
        } else {
            for (block, row) in block.iter_mut().zip(counts) {
                let rest = &row[start..];
                block[..rest.len()].copy_from_slice(rest);
            }
        }
        let [a, k, p] = nominal_block(&block);
        if agreement.len() == LANES {
            agreement.copy_from_slice(&a);
            kappa.copy_from_slice(&k);
            pi.copy_from_slice(&p);
        } else {
            agreement.copy_from_slice(&a[..agreement.len()]);
            kappa.copy_from_slice(&k[..kappa.len()]);
            pi.copy_from_slice(&p[..pi.len()]);
        }
    }
}

#[inline(always)]
fn nominal_block(counts: &[[u32; LANES]; 9]) -> [[f64; LANES]; 3] {
    let mut out = [[0.0; LANES]; 3];
    for lane in 0..LANES {
        let c = |at: usize| f64::from(counts[at][lane] as i32);
        let rows = [c(0) + c(1) + c(2), c(3) + c(4) + c(5), c(6) + c(7) + c(8)];
        let columns = [c(0) + c(3) + c(6), c(1) + c(4) + c(7), c(2) + c(5) + c(8)];
        let common = rows[0] + rows[1] + rows[2];
        let equal = c(0) + c(4) + c(8);
        let opposite = c(2) + c(6);
        let own = rows[0] * columns[0] + rows[1] * columns[1] + rows[2] * columns[2];
        let pooled = [
            rows[0] + columns[0],
            rows[1] + columns[1],
            rows[2] + columns[2],
        ];
        let both = 0.25 * (pooled[0] * pooled[0] + pooled[1] * pooled[1] + pooled[2] * pooled[2]);
        let observed = (common - equal) * common;
        out[0][lane] = 0.5 * (common + equal - opposite) / common;
        out[1][lane] = 1.0 - observed / (common * common - own);
        out[2][lane] = 1.0 - observed / (common * common - both);
    }
    out
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,popcnt")]
fn nominal_avx2(counts: [&[u32]; 9], out: [&mut [f64]; 3]) {
    nominal(counts, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "popcnt,avx2,avx512f,avx512vpopcntdq")]
fn nominal_avx512(counts: [&[u32]; 9], out: [&mut [f64]; 3]) {
    nominal(counts, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,popcnt")]
fn joint_avx2<const K: usize, const KK: usize>(
    g: &VoteGroup,
    own: usize,
    rows: &mut [Vec<u32>; KK],
) {
    joint::<K, KK>(g, own, rows);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "popcnt,avx2,avx512f,avx512vpopcntdq")]
fn joint_avx512<const K: usize, const KK: usize>(
    g: &VoteGroup,
    own: usize,
    rows: &mut [Vec<u32>; KK],
) {
    joint::<K, KK>(g, own, rows);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,popcnt")]
fn agreement_avx2(group: &VoteGroup, own: usize, rows: &mut [Vec<u32>; 2]) {
    agreement(group, own, rows);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "popcnt,avx2,avx512f,avx512vpopcntdq")]
fn agreement_avx512(group: &VoteGroup, own: usize, rows: &mut [Vec<u32>; 2]) {
    agreement(group, own, rows);
}
