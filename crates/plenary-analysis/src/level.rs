//! Loops compiled for the processor at hand.
//!
//! This is the only module of the workspace with `unsafe`: calling a function compiled for AVX-512 or AVX2 is sound once the
//! processor has been seen to have it, and that is all that happens here.
#![expect(
    unsafe_code,
    reason = "calls functions compiled for instructions that were detected; population counts are ten times as fast, loops over numbers four times"
)]

/// Work to be compiled as a whole for each level of instructions: `run` and what it calls is to be `#[inline(always)]`. The loops are
/// plain Rust; compilers vectorise them.
pub(crate) trait Kernel {
    type Output;

    /// Does the work; `FUSED` says whether multiplication and addition are one instruction, as without it they are a slow call.
    fn run<const FUSED: bool>(self) -> Self::Output;
}

/// Which instructions to use. Whole numbers are the same on every level, fractions but for rounding.
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
        if is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("fma")
            && is_x86_feature_detected!("popcnt")
        {
            let wide = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vpopcntdq");
            return if wide { Self::Avx512 } else { Self::Avx2 };
        }
        Self::Portable
    }

    /// Runs a kernel with these instructions.
    pub(crate) fn run<K: Kernel>(self, kernel: K) -> K::Output {
        match self {
            Self::Portable => kernel.run::<false>(),
            // SAFETY: a level is only made by `detect`, which saw the instructions.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { run_avx2(kernel) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { run_avx512(kernel) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,popcnt")]
fn run_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<true>()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vpopcntdq")]
fn run_avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<true>()
}
