//! Decisiveness by going through all coalitions.

use rayon::prelude::*;

use super::game::Game;

/// Most members for whom all coalitions are gone through: 2^27 of them.
pub(super) const MOST: usize = 27;

/// Coalitions whose members are bits share a word for the first six members.
const IN_WORD: usize = 6;

/// The masks of the coalitions in a word that hold a member, by member.
const HOLDING: [u64; IN_WORD] = [
    0xAAAA_AAAA_AAAA_AAAA,
    0xCCCC_CCCC_CCCC_CCCC,
    0xF0F0_F0F0_F0F0_F0F0,
    0xFF00_FF00_FF00_FF00,
    0xFFFF_0000_FFFF_0000,
    0xFFFF_FFFF_0000_0000,
];

/// The winning coalitions of a game, one bit each.
pub(super) struct Coalitions {
    winning: Vec<u64>,
    players: usize,
    /// For each class one of its members, as a bit.
    representatives: Vec<usize>,
}

impl Coalitions {
    /// Nothing when there are too many.
    pub(super) fn new(game: &Game) -> Option<Self> {
        let players = game.active();
        if players > MOST {
            return None;
        }
        let mut weights: Vec<Vec<u128>> = Vec::with_capacity(players);
        let mut representatives = Vec::new();
        for class in game.active_classes() {
            representatives.push(weights.len());
            weights.extend(class.members.iter().map(|_| class.weights.clone()));
        }
        let words = 1usize << players.saturating_sub(IN_WORD);
        let winning = (0..words)
            .into_par_iter()
            .with_min_len(64)
            .map(|word| winning_in(word, &weights, game))
            .collect();
        Some(Self {
            winning,
            players,
            representatives,
        })
    }

    /// How many coalitions win.
    pub(super) fn count(&self) -> u64 {
        self.winning
            .iter()
            .map(|word| u64::from(word.count_ones()))
            .sum()
    }

    /// For every class and every size of the coalition of others, how many coalitions lose without
    /// one of its members and win with it.
    pub(super) fn swings(&self) -> Vec<Vec<u64>> {
        let sizes = self.sizes();
        self.representatives
            .par_iter()
            .map(|member| self.swings_of(*member, &sizes))
            .collect()
    }

    /// For every size, the mask of the coalitions of that size among the members in a word.
    fn sizes(&self) -> [u64; IN_WORD + 1] {
        let mut masks = [0u64; IN_WORD + 1];
        for coalition in 0..64u32 {
            masks[coalition.count_ones() as usize] |= 1 << coalition;
        }
        masks
    }

    fn swings_of(&self, member: usize, sizes: &[u64; IN_WORD + 1]) -> Vec<u64> {
        let mut swings = vec![0u64; self.players];
        for word in 0..self.winning.len() {
            let decisive = self.decisive_in(word, member);
            if decisive == 0 {
                continue;
            }
            for (inside, mask) in sizes.iter().enumerate() {
                let found = u64::from((decisive & mask).count_ones());
                let size = word.count_ones() as usize + inside;
                if let Some(slot) = swings.get_mut(size) {
                    *slot += found;
                }
            }
        }
        swings
    }

    /// The coalitions of a word that do not hold the member, lose, and win with it.
    fn decisive_in(&self, word: usize, member: usize) -> u64 {
        let without = self.winning[word];
        match HOLDING.get(member) {
            Some(holding) => ((without & holding) >> (1 << member)) & !without & !holding,
            None => {
                let bit = 1usize << (member - IN_WORD);
                if word & bit == 0 {
                    self.winning[word | bit] & !without
                } else {
                    0
                }
            }
        }
    }
}

fn winning_in(word: usize, weights: &[Vec<u128>], game: &Game) -> u64 {
    let (first, rest) = weights.split_at(weights.len().min(IN_WORD));
    let mut base = vec![0u128; game.measures.len()];
    for (member, weights) in rest.iter().enumerate() {
        if word >> member & 1 == 1 {
            add(&mut base, weights);
        }
    }
    let mut found = 0;
    let mut sums = base.clone();
    for coalition in 0..1u64 << first.len() {
        sums.copy_from_slice(&base);
        for (member, weights) in first.iter().enumerate() {
            if coalition >> member & 1 == 1 {
                add(&mut sums, weights);
            }
        }
        found |= u64::from(game.formula.holds(&sums)) << coalition;
    }
    found
}

fn add(sums: &mut [u128], weights: &[u128]) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += weight;
    }
}
