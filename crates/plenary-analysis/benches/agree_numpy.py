"""The best numpy form of yearly and overall agreement, as a baseline for `cargo bench --bench agree`.

With one-hot planes as float32 matrices, D = yes - no, P = present, A = abstaining, M = P - A:
n * agreement = (D D' + A A' + M M') / 2, and n = P P': four Gram matrices a year.

    python agree_numpy.py UNVOTES_FOLDER [year|nine]

UNVOTES_FOLDER holds unvotes.csv[.zst] and roll_calls.csv[.zst]. Prints the median of five runs.
"""

import os
import sys
import time

import numpy as np
import polars as pl


def table(folder, name):
    plain = os.path.join(folder, name)
    return pl.read_csv(plain if os.path.exists(plain) else plain + ".zst", infer_schema_length=10000)


def planes(folder):
    votes = table(folder, "unvotes.csv")
    calls = table(folder, "roll_calls.csv").select("rcid", pl.col("date").cast(pl.Utf8).str.slice(0, 4).alias("year"))
    votes = votes.join(calls, on="rcid").drop_nulls("year")
    states = votes["country"].unique().sort()
    votes = votes.join(pl.DataFrame({"country": states, "state": np.arange(len(states))}), on="country")
    groups = []
    for (year,), part in sorted(votes.group_by("year")):
        ids, column = np.unique(part["rcid"].to_numpy(), return_inverse=True)
        present = np.unique(part["state"].to_numpy(), return_inverse=True)
        row = present[1]
        choice = part["vote"].to_numpy()
        one = {}
        for word in ("yes", "abstain", "no"):
            plane = np.zeros((len(present[0]), len(ids)), np.float32)
            plane[row[choice == word], column[choice == word]] = 1
            one[word] = plane
        groups.append((present[0], one))
    return len(states), groups, len(votes)


def agreement(n_states, groups):
    total = np.zeros((n_states, n_states), np.float32)
    total_n = np.zeros((n_states, n_states), np.float32)
    years = []
    for states, one in groups:
        yes, abstain, no = one["yes"], one["abstain"], one["no"]
        d, p, a = yes - no, yes + no + abstain, abstain
        m = p - a
        n = p @ p.T
        score = (d @ d.T + a @ a.T + m @ m.T) / 2
        with np.errstate(invalid="ignore"):
            years.append((n, score / n))
        at = np.ix_(states, states)
        total[at] += score
        total_n[at] += n
    with np.errstate(invalid="ignore"):
        return years, total / total_n


def main():
    n_states, groups, ballots = planes(sys.argv[1])
    agreement(n_states, groups)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        agreement(n_states, groups)
        times.append(time.perf_counter() - start)
    print(f"numpy {np.__version__}: {ballots} ballots, {len(groups)} years, median {1e3 * sorted(times)[2]:.2f} ms")


if __name__ == "__main__":
    main()
