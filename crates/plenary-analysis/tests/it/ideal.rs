//! Ideal points: simulated histories, laws, and the published estimates where they are at hand.

use std::collections::HashMap;
use std::fs::File;

use plenary_analysis::ideal::{
    Abstentions, Anchor, Dynamics, Em, Estimates, IdealError, ItemRules, Model, Responses,
    ResponsesBuilder, read_links,
};
use plenary_types::Choice;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

/// A history with known positions.
struct Simulated {
    responses: Responses,
    /// By state, then session; mean 0 and variance 1 over all.
    truth: Vec<Vec<f64>>,
}

fn normal(rng: &mut ChaCha8Rng) -> f64 {
    StandardNormal.sample(rng)
}

fn simulated(
    states: usize,
    sessions: usize,
    votes: usize,
    rules: ItemRules,
    seed: u64,
) -> Simulated {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut truth: Vec<Vec<f64>> = (0..states)
        .map(|_| {
            let mut at = normal(&mut rng);
            (0..sessions)
                .map(|_| {
                    at += 0.1 * normal(&mut rng);
                    at
                })
                .collect()
        })
        .collect();
    let all: Vec<f64> = truth.iter().flatten().copied().collect();
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    let sd = (all.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / all.len() as f64).sqrt();
    truth
        .iter_mut()
        .flatten()
        .for_each(|x| *x = (*x - mean) / sd);
    let mut builder = ResponsesBuilder::default();
    for session in 0..sessions {
        for vote in 0..votes {
            let discrimination = 1.5 * normal(&mut rng);
            let first = normal(&mut rng);
            let second = first + 0.2 + rng.random::<f64>();
            for (state, positions) in truth.iter().enumerate() {
                if rng.random::<f64>() < 0.1 {
                    continue;
                }
                let latent = discrimination * positions[session] + normal(&mut rng);
                let choice = match latent {
                    z if z < first => Choice::Yes,
                    z if z < second => Choice::Abstain,
                    _ => Choice::No,
                };
                let id = format!("{session}-{vote}");
                builder
                    .add(&state.to_string(), session as i32 + 1, &id, choice, 0)
                    .unwrap();
            }
        }
    }
    Simulated {
        responses: builder.build(rules).unwrap(),
        truth,
    }
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (mx, my) = (
        pairs.iter().map(|p| p.0).sum::<f64>() / n,
        pairs.iter().map(|p| p.1).sum::<f64>() / n,
    );
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
        xy += (x - mx) * (y - my);
    }
    xy / (xx * yy).sqrt()
}

/// The anchor for a simulated history: its highest state.
fn top(simulated: &Simulated) -> Anchor {
    let mean = |positions: &Vec<f64>| positions.iter().sum::<f64>();
    let highest = (0..simulated.truth.len())
        .max_by(|&a, &b| mean(&simulated.truth[a]).total_cmp(&mean(&simulated.truth[b])))
        .unwrap();
    Anchor::positive(&highest.to_string())
}

/// Correlation with the truth, and the share of intervals that cover it.
fn recovery(simulated: &Simulated, estimates: &Estimates) -> (f64, f64) {
    let truth = |state: &str, session: i32| {
        simulated.truth[state.parse::<usize>().unwrap()][session as usize - 1]
    };
    let points = &estimates.points;
    let pairs: Vec<(f64, f64)> = points
        .iter()
        .map(|p| (p.ideal, truth(&p.state, p.session)))
        .collect();
    let covered = points
        .iter()
        .filter(|p| (p.lower..=p.upper).contains(&truth(&p.state, p.session)))
        .count();
    (correlation(&pairs), covered as f64 / points.len() as f64)
}

#[test]
fn em_recovers_known_positions_and_its_intervals_cover_them() {
    for dynamics in [Dynamics::PUBLISHED, Dynamics::RandomWalk { smoothing: 0.1 }] {
        let simulated = simulated(60, 5, 60, ItemRules::default(), 11);
        let model = Model::default()
            .with_dynamics(dynamics)
            .with_anchor(top(&simulated));
        let estimates = Em::new(model)
            .with_tolerance(1e-6)
            .fit(&simulated.responses)
            .unwrap();
        let (r, coverage) = recovery(&simulated, &estimates);
        println!(
            "{}: r {r:.4}, intervals of 95 % cover {:.1} %",
            dynamics.as_str(),
            100.0 * coverage
        );
        assert!(estimates.convergence.converged);
        assert!(r > 0.98, "{dynamics:?}: r {r}");
        assert!(
            (0.85..=0.995).contains(&coverage),
            "{dynamics:?}: coverage {coverage}"
        );
    }
}

#[cfg(feature = "gibbs")]
#[test]
fn the_sampler_recovers_known_positions_and_its_intervals_cover_them() {
    let simulated = simulated(40, 2, 80, ItemRules::default(), 12);
    let walk = Dynamics::RandomWalk { smoothing: 0.02 };
    let model = Model::default()
        .with_dynamics(walk)
        .with_anchor(top(&simulated));
    let sampler = plenary_analysis::ideal::Gibbs::new(model)
        .with_burn_in(150)
        .with_draws(250)
        .with_thinning(1)
        .with_seed(5);
    let estimates = sampler.fit(&simulated.responses).unwrap();
    let (r, coverage) = recovery(&simulated, &estimates);
    println!(
        "sampler: r {r:.4}, intervals of 95 % cover {:.1} %",
        100.0 * coverage
    );
    assert!(r > 0.98, "r {r}");
    assert!((0.85..=1.0).contains(&coverage), "coverage {coverage}");
    let sampling = estimates.convergence.sampling.unwrap();
    assert!(
        sampling.r_hat[1] < 1.1 && sampling.effective_draws[1] > 25.0,
        "{sampling:?}"
    );
}

#[test]
fn the_static_and_the_binary_model_recover_one_session() {
    for abstentions in [Abstentions::Between, Abstentions::Absent, Abstentions::AsNo] {
        let rules = ItemRules::default().with_abstentions(abstentions);
        let simulated = simulated(60, 1, 200, rules, 13);
        let model = Model::default()
            .with_dynamics(Dynamics::Static)
            .with_anchor(top(&simulated));
        let estimates = Em::new(model).fit(&simulated.responses).unwrap();
        let (r, _) = recovery(&simulated, &estimates);
        assert!(r > 0.98, "{abstentions:?}: r {r}");
    }
}

#[test]
fn acceleration_changes_the_way_and_not_the_place() {
    let simulated = simulated(25, 3, 30, ItemRules::default(), 14);
    let em = Em::new(Model::default().with_anchor(top(&simulated))).with_tolerance(1e-9);
    let fast = em.fit(&simulated.responses).unwrap();
    let plain = em
        .with_acceleration(false)
        .fit(&simulated.responses)
        .unwrap();
    assert!(fast.convergence.iterations < plain.convergence.iterations);
    for (a, b) in fast.points.iter().zip(&plain.points) {
        assert!((a.ideal - b.ideal).abs() < 1e-6, "{a:?} {b:?}");
    }
}

#[test]
fn positions_have_mean_zero_and_variance_one_and_the_anchor_is_up() {
    let simulated = simulated(20, 3, 30, ItemRules::default(), 15);
    for state in ["3", "7"] {
        let model = Model::default().with_anchor(Anchor::positive(state));
        let estimates = Em::new(model).fit(&simulated.responses).unwrap();
        let positions: Vec<f64> = estimates.points.iter().map(|p| p.ideal).collect();
        let n = positions.len() as f64;
        assert!((positions.iter().sum::<f64>() / n).abs() < 1e-9);
        assert!((positions.iter().map(|x| x * x).sum::<f64>() / n - 1.0).abs() < 1e-9);
        assert!(estimates.history(state).map(|p| p.ideal).sum::<f64>() >= 0.0);
    }
}

#[test]
fn an_anchor_that_did_not_vote_is_an_error() {
    let simulated = simulated(5, 1, 10, ItemRules::default(), 16);
    let model = Model::default().with_anchor(Anchor::positive("USA"));
    let error = Em::new(model).fit(&simulated.responses).unwrap_err();
    assert_eq!(
        error,
        IdealError::Anchor {
            anchor: "USA".into()
        }
    );
    assert_eq!(
        error.to_string(),
        "the anchor `USA` has no usable ballot; name a voter with one"
    );
}

#[test]
fn exchanged_ballots_show_as_two_jumps_that_name_each_other() {
    let whole = simulated(40, 3, 1, ItemRules::default(), 17);
    // Exchange the two ends of the scale in session 2.
    let mut order: Vec<usize> = (0..40).collect();
    order.sort_by(|&a, &b| whole.truth[a][1].total_cmp(&whole.truth[b][1]));
    let (low, high) = (order[1].to_string(), order[38].to_string());
    let swapped = {
        let mut rng = ChaCha8Rng::seed_from_u64(18);
        let mut builder = ResponsesBuilder::default();
        for session in 0..3usize {
            for vote in 0..150 {
                let (discrimination, first) = (1.5 * normal(&mut rng), normal(&mut rng));
                for (state, positions) in whole.truth.iter().enumerate() {
                    let latent = discrimination * positions[session] + normal(&mut rng);
                    let choice = match latent {
                        z if z < first => Choice::Yes,
                        z if z < first + 0.5 => Choice::Abstain,
                        _ => Choice::No,
                    };
                    let name = match state.to_string() {
                        name if session == 1 && name == low => high.clone(),
                        name if session == 1 && name == high => low.clone(),
                        name => name,
                    };
                    builder
                        .add(
                            &name,
                            session as i32 + 1,
                            &format!("{session}-{vote}"),
                            choice,
                            0,
                        )
                        .unwrap();
                }
            }
        }
        builder.build(ItemRules::default()).unwrap()
    };
    let model = Model::default().with_anchor(Anchor::between(&high, &low));
    let estimates = Em::new(model).with_tolerance(1e-6).fit(&swapped).unwrap();
    let history = |state| {
        estimates
            .history(state)
            .map(|p| (p.ideal, p.sd))
            .collect::<Vec<_>>()
    };
    let jump = estimates.jumps.iter().find(|jump| jump.state == low);
    let jump = jump.unwrap_or_else(|| panic!("no jump: {:?} {:?}", history(&low), history(&high)));
    assert_eq!(jump.session, 2);
    assert_eq!(jump.exchanged_with.as_ref().unwrap().state, high);
    assert!(
        jump.to_string().contains("log units likelier exchanged"),
        "{jump}"
    );
}

/// Correlation with the published estimates: pooled, median over sessions, least of a session.
fn published_agreement(estimates: &Estimates, published: &HashMap<(String, i32), f64>) -> [f64; 3] {
    let mut all = Vec::new();
    let mut by_session: HashMap<i32, Vec<(f64, f64)>> = HashMap::new();
    for p in &estimates.points {
        let pair = (p.ideal, published[&(p.state.clone(), p.session)]);
        all.push(pair);
        by_session.entry(p.session).or_default().push(pair);
    }
    let mut each: Vec<f64> = by_session
        .values()
        .map(|pairs| correlation(pairs))
        .collect();
    each.sort_by(f64::total_cmp);
    [correlation(&all), each[each.len() / 2], each[0]]
}

#[test]
fn the_estimates_agree_with_the_published_ones() {
    let Some(folder) = plenary_testing::shared("ideal_points") else {
        return;
    };
    let votes = File::open(folder.join("votes_1946_2019.csv.zst")).unwrap();
    if cfg!(debug_assertions) {
        println!("compared in release builds only: unoptimised it takes minutes");
        return;
    }
    let mut builder = ResponsesBuilder::default();
    // Every ballot of the table was cast.
    let mut table = csv::Reader::from_reader(zstd::Decoder::new(votes).unwrap());
    for (line, row) in (2..).zip(table.records()) {
        let row = row.unwrap();
        let choice = match &row[3] {
            "1" => Choice::Yes,
            "2" => Choice::Abstain,
            _ => Choice::No,
        };
        let session = row[1].parse().unwrap();
        builder
            .add(&row[0], session, &row[2], choice, line)
            .unwrap();
    }
    let linked = std::fs::read_to_string(folder.join("linked_votes.csv")).unwrap();
    read_links(&linked, &mut builder).unwrap();
    let responses = builder.build(ItemRules::default()).unwrap();
    assert_eq!(responses.state_sessions(), 10_469);
    let table =
        zstd::Decoder::new(File::open(folder.join("published_2020.csv.zst")).unwrap()).unwrap();
    let mut published = HashMap::new();
    let mut ballots = HashMap::new();
    for record in csv::Reader::from_reader(table).records() {
        let record = record.unwrap();
        let key = (record[0].to_owned(), record[3].parse::<i32>().unwrap());
        published.insert(key.clone(), record[5].parse::<f64>().unwrap());
        ballots.insert(key, record[4].parse::<u32>().unwrap());
    }
    let estimates = Em::default().fit(&responses).unwrap();
    assert!(estimates.convergence.converged);
    for point in &estimates.points {
        assert_eq!(point.n, ballots[&(point.state.clone(), point.session)]);
    }
    let [pooled, median, least] = published_agreement(&estimates, &published);
    println!("pooled {pooled:.5}, median of sessions {median:.5}, least {least:.5}");
    assert!(pooled >= 0.989 && median >= 0.997 && least >= 0.985);
    // Grenada and Greece stand next to each other in lists: their ballots of session 65 are exchanged.
    let exchanged = estimates
        .jumps
        .iter()
        .find(|jump| jump.state == "55" && jump.session == 65)
        .unwrap();
    assert_eq!(exchanged.exchanged_with.as_ref().unwrap().state, "350");
}
