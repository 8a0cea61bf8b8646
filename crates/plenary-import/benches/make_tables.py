"""Writes made-up tables of 60 MB in the layouts of several formats, to compare readers of large files.

    python make_tables.py FOLDER

Then: python compare_with_data_frames.py PLENARY FOLDER/voteview-votes.csv
"""

import csv
import sys
from pathlib import Path

SIZE = 60_000_000
DATA = Path(__file__).resolve().parents[2] / "plenary-states" / "data"


def names():
    with open(DATA / "names.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    short = [row["name"] for row in rows if row["kind"] == "short" and not row["from"] and not row["to"]]
    return [name for name in short if "," not in name][:190]


def write(path, header, rows):
    """Blocks of rows, one for each vote or treaty, until the file is large enough."""
    size, block = 0, 0
    with open(path, "w", encoding="utf-8") as file:
        file.write(header + "\n")
        while size < SIZE:
            text = "".join(row + "\n" for row in rows(block))
            file.write(text)
            size += len(text)
            block += 1


def main():
    folder, states = Path(sys.argv[1]), names()
    folder.mkdir(parents=True, exist_ok=True)
    write(
        folder / "voteview-votes.csv",
        "congress,chamber,rollnumber,icpsr,cast_code,prob",
        lambda vote: (f"113,House,{vote},{10000 + at},{(1, 1, 6, 9)[(vote + at) % 4]},{at % 100}.5" for at in range(435)),
    )
    write(
        folder / "howtheyvote.csv",
        "vote_id,member_id,position,country_code,group_code",
        lambda vote: (
            f"{vote},{at},{('FOR', 'FOR', 'AGAINST', 'ABSTENTION')[(vote + at) % 4]},FRA,{('EPP', 'SD')[at % 2]}"
            for at in range(700)
        ),
    )
    write(
        folder / "abgeordnetenwatch.csv",
        "mandate_id,mandate,poll_id,vote,reason_no_show,reason_no_show_other,politician name",
        lambda vote: (
            f"{at},Person {at} (Bundestag 2017 - 2021),{vote},{('yes', 'yes', 'no', 'no_show')[(vote + at) % 4]},,,Person {at}"
            for at in range(709)
        ),
    )
    write(
        folder / "untc-long.csv",
        "Chapter,Country,Ratification,Treaty,Signature",
        lambda treaty: (
            f'Rivers,{name},24 Sep 1965,"Convention {treaty} on Wells. Vienna, 18 April 1955",18 Apr 1956' for name in states
        ),
    )
    write(
        folder / "hrc-texts.csv",
        "record_id,symbol,title,statement,date,year,body,collection,vote_type,meeting,meeting_type,agenda_item_no,agenda_item_title,"
        "agenda_symbol,agenda_subject,main_sponsors,draft,yes,no,abstain,nonvoting,total,n_rollcall,url_resolution,url_draft,record_url",
        lambda text: [
            f"{text},A/HRC/RES/{1 + text % 50}/{text},A text,adopted,2012-07-07,2012,Human Rights Council,Voting Collection,RECORDED"
            f",,,,,,,,,30,10,7,0,47,47,,,https://example.org/{text}"
        ],
    )


if __name__ == "__main__":
    main()
