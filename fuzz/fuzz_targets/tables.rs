//! Any bytes below the header of each kind of table.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::obeys_the_laws;

const HEADERS: [&str; 23] = [
    "",
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title,total_yes\n",
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,subjects,vote_note,total_no,total_ms\n",
    "ms_votes;resolutions;ms_names;date;yes;subjects\n",
    "undl_id,date,resolution,BENIN,CZECHIA,PERU\n",
    "date\tresolution\tCONGO\tPER\tCHN\ttotal_yes\n",
    "ms_vote,date,permanent_member,resolution,ms_name,undl_id,modality\n",
    "title: A test\nstate,vote\n",
    "symbol: A/RES/73/195\ndate: 2018-12-19\nsource: x\n",
    "ccode\trcid\tvote\tsession\n",
    "rcid,ccode,vote,date,unres,yes,me,Countryname\n",
    "rcid,country,country_code,vote\n",
    "rcid,session,importantvote,date,unres,amend,para,short,descr\n",
    "rcid,short_name,issue\n",
    "agreement,participant,act,date,effective,on_behalf_of,towards,source,note\n",
    "participant;action;date;treaty\n",
    "Participant,Signature,\"Ratification, Acceptance(A), Accession(a), Succession(d)\"\n",
    "country_org,start_year,end_year,seat,note\n",
    "Code,Name,Accession\n",
    "Chad\nPeru\nFrance\nMali\n",
    "congress,chamber,icpsr,bioname,party_code\n",
    "Wahlperiode,Sitzungnr,Abstimmnr,ja,nein,Enthaltung,nichtabgegeben,Bezeichnung\n",
    "Participant;\"Definitive signature(s), Provisional application by virtue of x, y (n)\"\n",
];

fuzz_target!(|input: (u8, &[u8])| obeys_the_laws(&HEADERS, input));
