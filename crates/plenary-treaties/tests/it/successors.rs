//! Which predecessors and successors were parties on the last day of each year from 1985 to 2000, against lists worked out
//! from the acts in the depositary's tables without the code under test.
//!
//! How the days were found:
//!
//! * Czech Republic, Slovakia, Bosnia and Herzegovina, Croatia, Slovenia, the former Yugoslav Republic of Macedonia and the
//!   Federal Republic of Yugoslavia (the row of Serbia) are parties from the date of succession that the depositary uses,
//!   where they notified succession, although the notification came later. Where they acceded, as the Federal Republic of
//!   Yugoslavia did to the Genocide Convention, the accession counts. All of these treaties were in force by then.
//! * An instrument binds its state after the delay of the treaty, not before the entry into force of the treaty.
//! * Czechoslovakia ends on 1 January 1993 and the German Democratic Republic on 3 October 1990. Yugoslavia ends on 27 April
//!   1992, the date of the last succession to it, so that it and the Federal Republic are never parties side by side.
//! * Both Yemens stand in the row of Yemen, with the earlier act; by its letter of 19 May 1990 it is a party from the day on
//!   which one of them first was. The Soviet Union stands in the row of the Russian Federation.
//! * A state without an act is not a party. Montenegro's succession is of 2006.

use chrono::NaiveDate;
use plenary_treaties::{Collection, Timeline};

use crate::acts_of;

/// A code, the first day as a party, and the first day after it; no such day where the state is still a party in 2000.
type Spell = (&'static str, &'static str, &'static str);

/// Every code that can appear: those without a spell under a treaty are expected in none of its years.
const WATCHED: [&str; 31] = [
    "CSK", "CZE", "SVK", // Czechoslovakia
    "YUG", "SCG", "SRB", "MNE", "BIH", "HRV", "MKD", "SVN", // Yugoslavia
    "DEU", "DDR", // the Germanies
    "YEM", "YMD", // the Yemens
    "SUN", "RUS", "UKR", "BLR", "ARM", "AZE", "EST", "GEO", "KAZ", "KGZ", "LVA", "LTU", "MDA",
    "TJK", "TKM", "UZB", // the Soviet Union
];

#[rustfmt::skip]
const PARTIES: [(&str, &[Spell]); 10] = [
    // Genocide Convention; Art. XIII: the ninetieth day after the deposit.
    (
        "4-1",
        &[
            ("CSK", "1951-03-21", "1993-01-01"), // ratification of 21 December 1950
            ("CZE", "1993-01-01", ""), // succession of 22 February 1993
            ("SVK", "1993-01-01", ""), // succession of 28 May 1993
            ("YUG", "1951-01-12", "1992-04-27"), // ratification of 29 August 1950
            ("BIH", "1992-03-06", ""), // succession of 29 December 1992
            ("HRV", "1991-10-08", ""), // succession of 12 October 1992
            ("MKD", "1991-11-17", ""), // succession of 18 January 1994
            ("SVN", "1991-06-25", ""), // succession of 6 July 1992
            ("DEU", "1955-02-22", ""), // accession of 24 November 1954
            ("DDR", "1973-06-25", "1990-10-03"), // accession of 27 March 1973
            ("YEM", "1987-05-10", ""), // accession of 9 February 1987
            ("RUS", "1954-08-01", ""), // ratification of 3 May 1954
            ("BLR", "1954-11-09", ""), // ratification of 11 August 1954
            ("UKR", "1955-02-13", ""), // ratification of 15 November 1954
            ("ARM", "1993-09-21", ""), // accession of 23 June 1993
            ("AZE", "1996-11-14", ""), // accession of 16 August 1996
            ("EST", "1992-01-19", ""), // accession of 21 October 1991
            ("GEO", "1994-01-09", ""), // accession of 11 October 1993
            ("KAZ", "1998-11-24", ""), // accession of 26 August 1998
            ("KGZ", "1997-12-04", ""), // accession of 5 September 1997
            ("LTU", "1996-05-01", ""), // accession of 1 February 1996
            ("LVA", "1992-07-13", ""), // accession of 14 April 1992
            ("MDA", "1993-04-26", ""), // accession of 26 January 1993
            ("UZB", "1999-12-08", ""), // accession of 9 September 1999
            // never SRB: accession of 12 March 2001, from 10 June 2001
        ],
    ),
    // Racial discrimination; Art. 19: the thirtieth day after the deposit.
    (
        "4-2",
        &[
            ("CSK", "1969-01-04", "1993-01-01"), // ratification of 29 December 1966
            ("CZE", "1993-01-01", ""), // succession of 22 February 1993
            ("SVK", "1993-01-01", ""), // succession of 28 May 1993
            ("YUG", "1969-01-04", "1992-04-27"), // ratification of 2 October 1967
            ("BIH", "1992-03-06", ""), // succession of 16 July 1993
            ("HRV", "1991-10-08", ""), // succession of 12 October 1992
            ("MKD", "1991-11-17", ""), // succession of 18 January 1994
            ("SRB", "1992-04-27", ""), // succession of 12 March 2001
            ("SVN", "1991-06-25", ""), // succession of 6 July 1992
            ("DEU", "1969-06-15", ""), // ratification of 16 May 1969
            ("DDR", "1973-04-26", "1990-10-03"), // accession of 27 March 1973
            ("YEM", "1972-11-17", ""), // accession of 18 October 1972
            ("RUS", "1969-03-06", ""), // ratification of 4 February 1969
            ("BLR", "1969-05-08", ""), // ratification of 8 April 1969
            ("UKR", "1969-04-06", ""), // ratification of 7 March 1969
            ("ARM", "1993-07-23", ""), // accession of 23 June 1993
            ("AZE", "1996-09-15", ""), // accession of 16 August 1996
            ("EST", "1991-11-20", ""), // accession of 21 October 1991
            ("GEO", "1999-07-02", ""), // accession of 2 June 1999
            ("KAZ", "1998-09-25", ""), // accession of 26 August 1998
            ("KGZ", "1997-10-05", ""), // accession of 5 September 1997
            ("LTU", "1999-01-09", ""), // ratification of 10 December 1998
            ("LVA", "1992-05-14", ""), // accession of 14 April 1992
            ("MDA", "1993-02-25", ""), // accession of 26 January 1993
            ("TJK", "1995-02-10", ""), // accession of 11 January 1995
            ("TKM", "1994-10-29", ""), // accession of 29 September 1994
            ("UZB", "1995-10-28", ""), // accession of 28 September 1995
        ],
    ),
    // Civil and political rights; Art. 49: three months after the deposit; in force from 23 March 1976.
    (
        "4-4",
        &[
            ("CSK", "1976-03-23", "1993-01-01"), // ratification of 23 December 1975
            ("CZE", "1993-01-01", ""), // succession of 22 February 1993
            ("SVK", "1993-01-01", ""), // succession of 28 May 1993
            ("YUG", "1976-03-23", "1992-04-27"), // ratification of 2 June 1971
            ("BIH", "1992-03-06", ""), // succession of 1 September 1993
            ("HRV", "1991-10-08", ""), // succession of 12 October 1992
            ("MKD", "1991-11-17", ""), // succession of 18 January 1994
            ("SRB", "1992-04-27", ""), // succession of 12 March 2001
            ("SVN", "1991-06-25", ""), // succession of 6 July 1992
            ("DEU", "1976-03-23", ""), // ratification of 17 December 1973
            ("DDR", "1976-03-23", "1990-10-03"), // ratification of 8 November 1973
            ("YEM", "1987-05-09", ""), // accession of 9 February 1987
            ("RUS", "1976-03-23", ""), // ratification of 16 October 1973
            ("BLR", "1976-03-23", ""), // ratification of 12 November 1973
            ("UKR", "1976-03-23", ""), // ratification of 12 November 1973
            ("ARM", "1993-09-23", ""), // accession of 23 June 1993
            ("AZE", "1992-11-13", ""), // accession of 13 August 1992
            ("EST", "1992-01-21", ""), // accession of 21 October 1991
            ("GEO", "1994-08-03", ""), // accession of 3 May 1994
            ("KGZ", "1995-01-07", ""), // accession of 7 October 1994
            ("LTU", "1992-02-20", ""), // accession of 20 November 1991
            ("LVA", "1992-07-14", ""), // accession of 14 April 1992
            ("MDA", "1993-04-26", ""), // accession of 26 January 1993
            ("TJK", "1999-04-04", ""), // accession of 4 January 1999
            ("TKM", "1997-08-01", ""), // accession of 1 May 1997
            ("UZB", "1995-12-28", ""), // accession of 28 September 1995
            // never KAZ: ratification of 24 January 2006, from 24 April 2006
        ],
    ),
    // Optional Protocol to it; Art. 9: three months after the deposit.
    (
        "4-5",
        &[
            ("CSK", "1991-06-12", "1993-01-01"), // accession of 12 March 1991
            ("CZE", "1993-01-01", ""), // succession of 22 February 1993
            ("SVK", "1993-01-01", ""), // succession of 28 May 1993
            ("BIH", "1995-06-01", ""), // ratification of 1 March 1995
            ("HRV", "1996-01-12", ""), // accession of 12 October 1995
            ("MKD", "1995-03-12", ""), // ratification of 12 December 1994
            ("SVN", "1993-10-16", ""), // accession of 16 July 1993
            ("DEU", "1993-11-25", ""), // accession of 25 August 1993
            ("RUS", "1992-01-01", ""), // accession of 1 October 1991
            ("BLR", "1992-12-30", ""), // accession of 30 September 1992
            ("UKR", "1991-10-25", ""), // accession of 25 July 1991
            ("ARM", "1993-09-23", ""), // accession of 23 June 1993
            ("EST", "1992-01-21", ""), // accession of 21 October 1991
            ("GEO", "1994-08-03", ""), // accession of 3 May 1994
            ("KGZ", "1995-01-07", ""), // accession of 7 October 1994
            ("LTU", "1992-02-20", ""), // accession of 20 November 1991
            ("LVA", "1994-09-22", ""), // accession of 22 June 1994
            ("TJK", "1999-04-04", ""), // accession of 4 January 1999
            ("TKM", "1997-08-01", ""), // accession of 1 May 1997
            ("UZB", "1995-12-28", ""), // accession of 28 September 1995
            // never SRB: ratification of 6 September 2001, from 6 December 2001
            // never AZE: accession of 27 November 2001, from 27 February 2002
            // never KAZ: ratification of 30 June 2009, from 30 September 2009
            // never MDA: ratification of 23 January 2008, from 23 April 2008
        ],
    ),
    // Discrimination against women; Art. 27: the thirtieth day after the deposit; in force from 3 September 1981.
    (
        "4-8",
        &[
            ("CSK", "1982-03-18", "1993-01-01"), // ratification of 16 February 1982
            ("CZE", "1993-01-01", ""), // succession of 22 February 1993
            ("SVK", "1993-01-01", ""), // succession of 28 May 1993
            ("YUG", "1982-03-28", "1992-04-27"), // ratification of 26 February 1982
            ("BIH", "1992-03-06", ""), // succession of 1 September 1993
            ("HRV", "1991-10-08", ""), // succession of 9 September 1992
            ("MKD", "1991-11-17", ""), // succession of 18 January 1994
            ("SRB", "1992-04-27", ""), // succession of 12 March 2001
            ("SVN", "1991-06-25", ""), // succession of 6 July 1992
            ("DEU", "1985-08-09", ""), // ratification of 10 July 1985
            ("DDR", "1981-09-03", "1990-10-03"), // ratification of 9 July 1980
            ("YEM", "1984-06-29", ""), // accession of 30 May 1984
            ("RUS", "1981-09-03", ""), // ratification of 23 January 1981
            ("BLR", "1981-09-03", ""), // ratification of 4 February 1981
            ("UKR", "1981-09-03", ""), // ratification of 12 March 1981
            ("ARM", "1993-10-13", ""), // accession of 13 September 1993
            ("AZE", "1995-08-09", ""), // accession of 10 July 1995
            ("EST", "1991-11-20", ""), // accession of 21 October 1991
            ("GEO", "1994-11-25", ""), // accession of 26 October 1994
            ("KAZ", "1998-09-25", ""), // accession of 26 August 1998
            ("KGZ", "1997-03-12", ""), // accession of 10 February 1997
            ("LTU", "1994-02-17", ""), // accession of 18 January 1994
            ("LVA", "1992-05-14", ""), // accession of 14 April 1992
            ("MDA", "1994-07-31", ""), // accession of 1 July 1994
            ("TJK", "1993-11-25", ""), // accession of 26 October 1993
            ("TKM", "1997-05-31", ""), // accession of 1 May 1997
            ("UZB", "1995-08-18", ""), // accession of 19 July 1995
        ],
    ),
    // Rights of the child; Art. 49: the thirtieth day after the deposit; in force from 2 September 1990.
    (
        "4-11",
        &[
            ("CSK", "1991-02-06", "1993-01-01"), // ratification of 7 January 1991
            ("CZE", "1993-01-01", ""), // succession of 22 February 1993
            ("SVK", "1993-01-01", ""), // succession of 28 May 1993
            ("YUG", "1991-02-02", "1992-04-27"), // ratification of 3 January 1991
            ("BIH", "1992-03-06", ""), // succession of 1 September 1993
            ("HRV", "1991-10-08", ""), // succession of 12 October 1992
            ("MKD", "1991-11-17", ""), // succession of 2 December 1993
            ("SRB", "1992-04-27", ""), // succession of 12 March 2001
            ("SVN", "1991-06-25", ""), // succession of 6 July 1992
            ("DEU", "1992-04-05", ""), // ratification of 6 March 1992
            ("YEM", "1991-05-31", ""), // ratification of 1 May 1991
            ("RUS", "1990-09-15", ""), // ratification of 16 August 1990
            ("BLR", "1990-10-31", ""), // ratification of 1 October 1990
            ("UKR", "1991-09-27", ""), // ratification of 28 August 1991
            ("ARM", "1993-07-23", ""), // accession of 23 June 1993
            ("AZE", "1992-09-12", ""), // accession of 13 August 1992
            ("EST", "1991-11-20", ""), // accession of 21 October 1991
            ("GEO", "1994-07-02", ""), // accession of 2 June 1994
            ("KAZ", "1994-09-11", ""), // ratification of 12 August 1994
            ("KGZ", "1994-11-06", ""), // accession of 7 October 1994
            ("LTU", "1992-03-01", ""), // accession of 31 January 1992
            ("LVA", "1992-05-14", ""), // accession of 14 April 1992
            ("MDA", "1993-02-25", ""), // accession of 26 January 1993
            ("TJK", "1993-11-25", ""), // accession of 26 October 1993
            ("TKM", "1993-10-20", ""), // accession of 20 September 1993
            ("UZB", "1994-07-29", ""), // accession of 29 June 1994
            // never DDR: ratification of 2 October 1990, in force after its end
        ],
    ),
    // Refugee Convention; Art. 43: the ninetieth day after the deposit; in force from 22 April 1954.
    (
        "5-2",
        &[
            ("CSK", "1992-02-24", "1993-01-01"), // accession of 26 November 1991
            ("CZE", "1993-01-01", ""), // succession of 11 May 1993
            ("SVK", "1993-01-01", ""), // succession of 4 February 1993
            ("YUG", "1960-03-14", "1992-04-27"), // ratification of 15 December 1959
            ("BIH", "1992-03-06", ""), // succession of 1 September 1993
            ("HRV", "1991-10-08", ""), // succession of 12 October 1992
            ("MKD", "1991-11-17", ""), // succession of 18 January 1994
            ("SRB", "1992-04-27", ""), // succession of 12 March 2001
            ("SVN", "1991-06-25", ""), // succession of 6 July 1992
            ("DEU", "1954-04-22", ""), // ratification of 1 December 1953
            ("YEM", "1980-04-17", ""), // accession of 18 January 1980
            ("RUS", "1993-05-03", ""), // accession of 2 February 1993
            ("ARM", "1993-10-04", ""), // accession of 6 July 1993
            ("AZE", "1993-05-13", ""), // accession of 12 February 1993
            ("EST", "1997-07-09", ""), // accession of 10 April 1997
            ("GEO", "1999-11-07", ""), // accession of 9 August 1999
            ("KAZ", "1999-04-15", ""), // accession of 15 January 1999
            ("KGZ", "1997-01-06", ""), // accession of 8 October 1996
            ("LTU", "1997-07-27", ""), // accession of 28 April 1997
            ("LVA", "1997-10-29", ""), // accession of 31 July 1997
            ("TJK", "1994-03-07", ""), // accession of 7 December 1993
            ("TKM", "1998-05-31", ""), // accession of 2 March 1998
            // never DDR: accession of 4 September 1990, in force after its end
            // never BLR: accession of 23 August 2001, from 21 November 2001
            // never UKR: accession of 10 June 2002, from 8 September 2002
            // never MDA: accession of 31 January 2002, from 1 May 2002
        ],
    ),
    // Diplomatic relations; Art. 51: the thirtieth day after the deposit; in force from 24 April 1964.
    (
        "3-3",
        &[
            ("CSK", "1964-04-24", "1993-01-01"), // ratification of 24 May 1963
            ("CZE", "1993-01-01", ""), // succession of 22 February 1993
            ("SVK", "1993-01-01", ""), // succession of 28 May 1993
            ("YUG", "1964-04-24", "1992-04-27"), // ratification of 1 April 1963
            ("BIH", "1992-03-06", ""), // succession of 1 September 1993
            ("HRV", "1991-10-08", ""), // succession of 12 October 1992
            ("MKD", "1991-11-17", ""), // succession of 18 August 1993
            ("SRB", "1992-04-27", ""), // succession of 12 March 2001
            ("SVN", "1991-06-25", ""), // succession of 6 July 1992
            ("DEU", "1964-12-11", ""), // ratification of 11 November 1964
            ("DDR", "1973-03-04", "1990-10-03"), // accession of 2 February 1973
            ("YEM", "1976-12-24", ""), // accession of 24 November 1976
            ("RUS", "1964-04-24", ""), // ratification of 25 March 1964
            ("BLR", "1964-06-13", ""), // ratification of 14 May 1964
            ("UKR", "1964-07-12", ""), // ratification of 12 June 1964
            ("ARM", "1993-07-23", ""), // accession of 23 June 1993
            ("AZE", "1992-09-12", ""), // accession of 13 August 1992
            ("EST", "1991-11-20", ""), // accession of 21 October 1991
            ("GEO", "1993-08-11", ""), // accession of 12 July 1993
            ("KAZ", "1994-02-04", ""), // accession of 5 January 1994
            ("KGZ", "1994-11-06", ""), // accession of 7 October 1994
            ("LTU", "1992-02-14", ""), // accession of 15 January 1992
            ("LVA", "1992-03-14", ""), // accession of 13 February 1992
            ("MDA", "1993-02-25", ""), // accession of 26 January 1993
            ("TJK", "1996-06-05", ""), // accession of 6 May 1996
            ("TKM", "1996-10-25", ""), // accession of 25 September 1996
            ("UZB", "1992-04-01", ""), // accession of 2 March 1992
        ],
    ),
    // Protected persons; Art. 17: the thirtieth day after the deposit; in force from 20 February 1977.
    (
        "18-7",
        &[
            ("CSK", "1977-02-20", "1993-01-01"), // ratification of 30 June 1975
            ("CZE", "1993-01-01", ""), // succession of 22 February 1993
            ("SVK", "1993-01-01", ""), // succession of 28 May 1993
            ("YUG", "1977-02-20", "1992-04-27"), // ratification of 29 December 1976
            ("BIH", "1992-03-06", ""), // succession of 1 September 1993
            ("HRV", "1991-10-08", ""), // succession of 12 October 1992
            ("MKD", "1991-11-17", ""), // succession of 12 March 1998
            ("SRB", "1992-04-27", ""), // succession of 12 March 2001
            ("SVN", "1991-06-25", ""), // succession of 6 July 1992
            ("DEU", "1977-02-24", ""), // ratification of 25 January 1977
            ("DDR", "1977-02-20", "1990-10-03"), // ratification of 30 November 1976
            ("YEM", "1987-03-11", ""), // accession of 9 February 1987
            ("RUS", "1977-02-20", ""), // ratification of 15 January 1976
            ("BLR", "1977-02-20", ""), // ratification of 5 February 1976
            ("UKR", "1977-02-20", ""), // ratification of 20 January 1976
            ("ARM", "1994-06-17", ""), // accession of 18 May 1994
            ("EST", "1991-11-20", ""), // accession of 21 October 1991
            ("KAZ", "1996-03-22", ""), // accession of 21 February 1996
            ("LVA", "1992-05-14", ""), // accession of 14 April 1992
            ("MDA", "1997-10-08", ""), // accession of 8 September 1997
            ("TKM", "1999-07-25", ""), // accession of 25 June 1999
            ("UZB", "1998-02-18", ""), // accession of 19 January 1998
            // never AZE: accession of 2 April 2001, from 2 May 2001
            // never GEO: accession of 18 February 2004, from 19 March 2004
            // never KGZ: accession of 2 October 2003, from 1 November 2003
            // never LTU: accession of 23 October 2002, from 22 November 2002
            // never TJK: accession of 19 October 2001, from 18 November 2001
        ],
    ),
    // Arbitral awards; Art. XII: the ninetieth day after the deposit.
    (
        "22-1",
        &[
            ("CSK", "1959-10-08", "1993-01-01"), // ratification of 10 July 1959
            ("CZE", "1993-01-01", ""), // succession of 30 September 1993
            ("SVK", "1993-01-01", ""), // succession of 28 May 1993
            ("YUG", "1982-05-27", "1992-04-27"), // accession of 26 February 1982
            ("BIH", "1992-03-06", ""), // succession of 1 September 1993
            ("HRV", "1991-10-08", ""), // succession of 26 July 1993
            ("MKD", "1991-11-17", ""), // succession of 10 March 1994
            ("SRB", "1992-04-27", ""), // succession of 12 March 2001
            ("SVN", "1991-06-25", ""), // succession of 6 July 1992
            ("DEU", "1961-09-28", ""), // ratification of 30 June 1961
            ("DDR", "1975-05-21", "1990-10-03"), // accession of 20 February 1975
            ("RUS", "1960-11-22", ""), // ratification of 24 August 1960
            ("BLR", "1961-02-13", ""), // ratification of 15 November 1960
            ("UKR", "1961-01-08", ""), // ratification of 10 October 1960
            ("ARM", "1998-03-29", ""), // accession of 29 December 1997
            ("AZE", "2000-05-29", ""), // accession of 29 February 2000
            ("EST", "1993-11-28", ""), // accession of 30 August 1993
            ("GEO", "1994-08-31", ""), // accession of 2 June 1994
            ("KAZ", "1996-02-18", ""), // accession of 20 November 1995
            ("KGZ", "1997-03-18", ""), // accession of 18 December 1996
            ("LTU", "1995-06-12", ""), // accession of 14 March 1995
            ("LVA", "1992-07-13", ""), // accession of 14 April 1992
            ("MDA", "1998-12-17", ""), // accession of 18 September 1998
            ("UZB", "1996-05-07", ""), // accession of 7 February 1996
            // never TJK: accession of 14 August 2012, from 12 November 2012
        ],
    ),
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The typed list of a day.
fn expected(spells: &[Spell], on: NaiveDate) -> Vec<&'static str> {
    let holds =
        |&&(_, from, until): &&Spell| day(from) <= on && (until.is_empty() || on < day(until));
    let mut codes: Vec<_> = spells.iter().filter(holds).map(|spell| spell.0).collect();
    codes.sort_unstable();
    codes
}

#[test]
fn the_typed_lists_name_watched_states_once_and_in_spells_that_begin_before_they_end() {
    for (id, spells) in PARTIES {
        let mut codes: Vec<_> = spells.iter().map(|spell| spell.0).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), spells.len(), "{id}");
        for (code, from, until) in spells {
            assert!(WATCHED.contains(code), "{id} {code}");
            assert!(until.is_empty() || day(from) < day(until), "{id} {code}");
        }
    }
}

#[test]
fn predecessors_and_successors_are_parties_in_the_years_that_follow_from_the_depositarys_acts() {
    let Some(folder) = plenary_testing::shared("untc/treaties") else {
        return;
    };
    let mut wrong = Vec::new();
    for (id, spells) in PARTIES {
        let treaty = Collection::embedded()
            .get(id)
            .unwrap()
            .with_acts(acts_of(&folder.join(format!("{id}.csv"))));
        let timeline = Timeline::new(&treaty);
        for year in 1985..=2000 {
            let on = NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
            let parties = timeline.parties_on(on);
            let mut found: Vec<_> = WATCHED
                .into_iter()
                .filter(|code| parties.iter().any(|party| party.to_string() == *code))
                .collect();
            found.sort_unstable();
            let typed = expected(spells, on);
            let missing: Vec<_> = typed.iter().filter(|code| !found.contains(code)).collect();
            let extra: Vec<_> = found.iter().filter(|code| !typed.contains(code)).collect();
            if found != typed {
                wrong.push(format!(
                    "{id} {year}: missing {missing:?}, too many {extra:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
