#!/usr/bin/env bash
# The benchmark's comparison on a tiny region: every plan in its table has passed `prisme check`.
. "$(dirname "$0")/lib.sh"
export PRISME=$prisme GENERATE=${BUILD:-build}/tests/bench/generate RIVAL=${BUILD:-build}/tests/bench/rival TMPDIR=$work

expect 0 "compare plans a tiny region" \
    python3 tests/bench/compare.py --size tiny --seeds 12 --seconds 5 --solvers first,greedy,prisme
for plan in "first come" greedy '\*\*prisme\*\*'; do
    says "the table has a line of $plan" out "^\| 12, $plan \| [0-9]+ \|"
done
says "ratios follow" out '^seed 12: prisme / best other \(greedy\): points [0-9.]+'
expect 0 "compare takes a region some of whose besoins prisme rejects" \
    python3 tests/bench/compare.py --size small --seeds 9 --solvers first,greedy
for plan in "first come" greedy; do
    says "the plan of what is left passes the check: $plan" out "^\| 9, $plan \| [0-9]+ \|"
done
[ -z "$(find "$work" -name postmaster.pid)" ]
ok "no server is left"
solution=$work/solution
"$GENERATE" 12 tiny "$work/in"
printf 'n0_20270101_1_1_0_0 1\n' >"$solution"
expect 1 "a solution that is none of the model's is refused" "$RIVAL" solver "$work/in" "$work/plan" "$solution" points 1
says "it is named" err "'n0_20270101_1_1_0_0 1' is no column of the model"
finish
