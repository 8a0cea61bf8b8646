//! That the members of the United Nations and of the Council are the same here and in `plenary-states`, which has tables of its own
//! for those who need no rules.

use plenary_bodies::Reference;
use plenary_states::Membership;
use plenary_types::Participant;

#[test]
fn the_members_of_the_assembly_and_of_the_council_are_those_of_the_table_of_states() {
    for (membership, body, from) in [
        (Membership::UNGA, "unga", "1945-10-24"),
        (Membership::UNSC, "unsc", "1946-01-17"),
    ] {
        let body = Reference::embedded().body(body).unwrap();
        let from = from.parse().unwrap();
        let roster = body.roster().unwrap();
        let mut days: Vec<_> = membership.days_of_change().collect();
        days.extend(roster.days_of_change());
        days.retain(|day| *day >= from && membership.horizon().is_none_or(|end| *day < end));
        days.sort_unstable();
        days.dedup();
        assert!(days.len() > 30, "{}", days.len());
        for day in days {
            let members = membership.members_on(day).iter();
            let members: Vec<_> = members.copied().map(Participant::from).collect();
            assert_eq!(
                body.members_on(day),
                Some(&*members),
                "{} on {day}",
                body.id()
            );
        }
    }
}
