"""Times `plenary check` of a whole file against polars and pandas reading it.

    python compare_with_data_frames.py PLENARY FILE.csv [ROUNDS]

Every round runs each of them once, one after another, so that all meet the same machine; the medians and
the ratios of the medians are printed. `plenary check` is timed as a whole process. Each library runs in a
new Python and is timed inside it, without its start and its import: nobody inherits memory of a run before.
"""

import statistics
import subprocess
import sys
import time


def polars_read(path):
    import polars

    return lambda: polars.read_csv(path)


def polars_read_text(path):
    import polars

    return lambda: polars.read_csv(path, infer_schema_length=0)


def polars_scan(path):
    import polars

    votes = polars.scan_csv(path, infer_schema_length=0)
    count = [(polars.col("ms_vote") == letter).sum().alias(letter) for letter in "YNAX"]
    totals = ["total_yes", "total_no", "total_abstentions", "total_non_voting"]
    first = [polars.col(total).first().cast(polars.Float64) for total in totals]
    tallies = votes.group_by("undl_id").agg(*count, *first)
    wrong = tallies.filter(polars.any_horizontal(polars.col(l) != polars.col(t) for l, t in zip("YNAX", totals)))
    return lambda: wrong.collect(engine="streaming")


def pandas_read(path):
    import pandas

    return lambda: pandas.read_csv(path, low_memory=False)


LIBRARIES = {
    "polars read_csv": polars_read,
    "polars read_csv, all text": polars_read_text,
    "polars scan + tally check": polars_scan,
    "pandas read_csv": pandas_read,
}


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def check(plenary, path):
    done = subprocess.run([plenary, "check", path, "--format", "json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert done.returncode in (0, 1), done.returncode


def in_new_python(name, path):
    done = subprocess.run([sys.executable, __file__, "--library", name, path], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main():
    if sys.argv[1] == "--library":
        name, path = sys.argv[2:]
        print(timed(LIBRARIES[name](path)))
        return
    plenary, path = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    times = {name: [] for name in ["plenary check", *LIBRARIES]}
    for _ in range(rounds):
        times["plenary check"].append(timed(lambda: check(plenary, path)))
        for name in LIBRARIES:
            times[name].append(in_new_python(name, path))
    ours = statistics.median(times["plenary check"])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:28} median {median:7.3f} s, least {min(taken):7.3f} s, plenary takes {ours / median:.3f} of it")
    import pandas
    import polars

    print(f"polars {polars.__version__}, pandas {pandas.__version__}")


if __name__ == "__main__":
    main()
