//! Names of lines at the right of a chart, pushed apart where they would overlap.

/// A name that wants a place: the height of its middle, and how high it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub(super) middle: f64,
    pub(super) height: f64,
}

/// The middles of names, as near to their wishes as can be without overlap and within a range; nothing where there is no room. Names that meet
/// form a block, which stands where the sum of squares of what they are moved by is least.
pub(super) fn spread(wishes: &[Wish], (top, bottom): (f64, f64)) -> Option<Vec<f64>> {
    let total: f64 = wishes.iter().map(|wish| wish.height).sum();
    if total > bottom - top {
        return None;
    }
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    let middle = |at: &usize| wishes.get(*at).map_or(0.0, |wish| wish.middle);
    order.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut blocks: Vec<Block> = Vec::new();
    for at in &order {
        let Some(wish) = wishes.get(*at) else {
            continue;
        };
        let mut block = Block {
            names: 1,
            height: wish.height,
            sum: wish.middle - wish.height / 2.0,
        };
        while let Some(above) = blocks.pop() {
            if above.start(top, bottom) + above.height <= block.start(top, bottom) {
                blocks.push(above);
                break;
            }
            block = above.with(block);
        }
        blocks.push(block);
    }
    let mut middles = vec![0.0; wishes.len()];
    let mut order = order.into_iter();
    for block in blocks {
        let mut start = block.start(top, bottom);
        for at in order.by_ref().take(block.names) {
            if let (Some(middle), Some(wish)) = (middles.get_mut(at), wishes.get(at)) {
                *middle = start + wish.height / 2.0;
                start += wish.height;
            }
        }
    }
    Some(middles)
}

/// Names that stand one below the other.
#[derive(Clone, Copy)]
struct Block {
    names: usize,
    height: f64,
    /// The sum of where the block would start by the wish of each name.
    sum: f64,
}

impl Block {
    fn start(&self, top: f64, bottom: f64) -> f64 {
        let wanted = self.sum / self.names as f64;
        wanted.min(bottom - self.height).max(top)
    }

    fn with(self, below: Self) -> Self {
        Self {
            names: self.names + below.names,
            height: self.height + below.height,
            sum: self.sum + below.sum - below.names as f64 * self.height,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(middles: &[f64], range: (f64, f64)) -> Option<Vec<f64>> {
        let wish = |&middle: &f64| Wish {
            middle,
            height: 10.0,
        };
        spread(&middles.iter().map(wish).collect::<Vec<_>>(), range)
    }

    #[test]
    fn names_stay_where_they_are_unless_they_meet() {
        assert_eq!(names(&[80.0, 20.0], (0.0, 100.0)).unwrap(), [80.0, 20.0]);
        assert_eq!(names(&[50.0, 50.0], (0.0, 100.0)).unwrap(), [45.0, 55.0]);
        assert_eq!(names(&[99.0, 99.0], (0.0, 100.0)).unwrap(), [85.0, 95.0]);
        assert_eq!(names(&[1.0, 2.0, 3.0], (0.0, 20.0)), None);
    }

    proptest! {
        #[test]
        fn names_never_overlap(
            wishes in proptest::collection::vec((-50.0..150.0f64, 1.0..14.0f64), 0..14)
        ) {
            let wishes: Vec<Wish> =
                wishes.into_iter().map(|(middle, height)| Wish { middle, height }).collect();
            let total: f64 = wishes.iter().map(|wish| wish.height).sum();
            let Some(middles) = spread(&wishes, (0.0, 100.0)) else {
                prop_assert!(total > 100.0);
                return Ok(());
            };
            let mut boxes: Vec<_> = middles
                .iter()
                .zip(&wishes)
                .map(|(middle, wish)| (middle - wish.height / 2.0, middle + wish.height / 2.0))
                .collect();
            boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
            prop_assert!(boxes.iter().all(|(top, bottom)| *top > -1e-9 && *bottom < 100.0 + 1e-9));
            prop_assert!(boxes.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1e-9));
        }
    }
}
