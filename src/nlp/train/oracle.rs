//! The dynamic oracle of arc-hybrid parsing (Goldberg and Nivre, 2013): what each action costs in gold arcs.

use super::super::transition::{Action, ROOT, State};

/// Number of gold arcs that each action puts out of reach; `None` where it cannot be taken.
pub(crate) fn costs(state: &State, gold: &[u32]) -> [Option<u32>; 3] {
    Action::ALL.map(|action| state.allows(action).then(|| cost(state, gold, action)))
}

fn cost(state: &State, gold: &[u32], action: Action) -> u32 {
    let ahead = |w: u32| w < ROOT && w >= state.next;
    let waiting = |head: u32| gold[state.next as usize..].iter().filter(|h| **h == head).count() as u32;
    let stack = &state.stack;
    let top = stack.last().copied();
    match (action, top) {
        (Action::Left, Some(s0)) => {
            let head = gold[s0 as usize];
            let lost = match head {
                ROOT => stack.len() == 1,
                head => (ahead(head) && head != state.next) || stack.len() >= 2 && stack[stack.len() - 2] == head,
            };
            u32::from(lost) + waiting(s0)
        }
        (Action::Right, Some(s0)) => u32::from(ahead(gold[s0 as usize])) + waiting(s0),
        (Action::Shift, _) => {
            let head = gold[state.next as usize];
            let lost = match head {
                ROOT => !stack.is_empty(),
                head => stack.split_last().is_some_and(|(_, deeper)| deeper.contains(&head)),
            };
            u32::from(lost) + stack.iter().filter(|d| gold[**d as usize] == state.next).count() as u32
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn following_the_cheapest_action_rebuilds_a_projective_tree() {
        for gold in
            [vec![1, ROOT, 1], vec![2, 0, ROOT, 5, 5, 2, 2], vec![ROOT], vec![ROOT, 0, 1, 2], vec![1, 2, 3, ROOT]]
        {
            let mut state = State::default();
            state.reset(gold.len());
            while !state.is_final() {
                let (k, cost) = costs(&state, &gold)
                    .into_iter()
                    .enumerate()
                    .filter_map(|(k, c)| c.map(|c| (k, c)))
                    .min_by_key(|(_, c)| *c)
                    .unwrap();
                assert_eq!(cost, 0, "{gold:?}");
                state.apply(Action::ALL[k], 0);
            }
            for (head, gold) in state.heads.iter().zip(&gold) {
                assert!(head == gold || *gold == ROOT);
            }
        }
    }
}
