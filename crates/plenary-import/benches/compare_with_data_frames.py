"""Times `plenary check` of a whole file against polars and pandas reading it.

    python compare_with_data_frames.py PLENARY FILE.csv [ROUNDS]

Every round runs each of them once, one after another, so that all meet the same machine; the medians and
the ratios of the medians are printed. `plenary check` is timed as a whole process, the libraries
inside Python without their start.
"""

import statistics
import subprocess
import sys
import time


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    plenary, path = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    import pandas
    import polars

    def check():
        done = subprocess.run([plenary, "check", path, "--format", "json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert done.returncode in (0, 1), done.returncode

    def polars_read():
        polars.read_csv(path, infer_schema_length=0)

    def polars_read_inferring():
        polars.read_csv(path)

    def polars_scan():
        votes = polars.scan_csv(path, infer_schema_length=0)
        count = [(polars.col("ms_vote") == letter).sum().alias(letter) for letter in "YNAX"]
        totals = ["total_yes", "total_no", "total_abstentions", "total_non_voting"]
        first = [polars.col(total).first().cast(polars.Float64) for total in totals]
        tallies = votes.group_by("undl_id").agg(*count, *first)
        wrong = tallies.filter(polars.any_horizontal(polars.col(l) != polars.col(t) for l, t in zip("YNAX", totals)))
        wrong.collect(engine="streaming")

    def pandas_read():
        pandas.read_csv(path, low_memory=False)

    contenders = {
        "plenary check": check,
        "polars read_csv": polars_read_inferring,
        "polars read_csv, all text": polars_read,
        "polars scan + tally check": polars_scan,
        "pandas read_csv": pandas_read,
    }
    times = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, work in contenders.items():
            times[name].append(timed(work))
    ours = statistics.median(times["plenary check"])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:28} median {median:7.3f} s, least {min(taken):7.3f} s, plenary takes {ours / median:.3f} of it")
    print(f"polars {polars.__version__}, pandas {pandas.__version__}")


if __name__ == "__main__":
    main()
