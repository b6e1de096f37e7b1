#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Lets Spin try every order of events in the rows of credential-guard, breadth first for the shortest violation and depth first for all
# states, and prints a line a row. Needs spin and gcc.
#
#   check.sh [-k CAUSES] [-d DEVICES] [-v VCPUS] [-t DESTINATION] [-l LIMIT] [-s] [ROW...]
#
# -s: nothing happens after a violation. README.md says what the columns mean.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
model=$here/credential-guard.pml

declare -A ingredients=(
    [1]="-DSPLIT=0"
    [2]="-DSPLIT=0 -DRESUMED=1"
    [3a]="-DSPLIT=0 -DMODE=DISABLED"
    [3b]="-DSPLIT=0 -DMODE=DISABLED -DRESUMED=1"
    [5]="-DTRIES_BIT=0"
    [6]=""
    [7]="-DEOI_REGISTER_PRESENT=0"
    [8]="-DMODE=ENABLED -DTRIES_BIT=0"
    [9]="-DMODE=ENABLED"
    [10]="-DMODE=ENABLED -DEOI_REGISTER_PRESENT=0"
    [11]="-DMODE=DISABLED"
    [12]="-DMODE=DISABLED -DRESUMED=1"
)

usage() {
    sed -n '3,8s/^# \{0,1\}//p' "$here/check.sh" >&2
    exit 2
}

macros=()
while getopts k:d:v:t:l:s option; do
    case $option in
        k) macros+=("-DK=$OPTARG") ;;
        d) macros+=("-DDEVICES=$OPTARG") ;;
        v) macros+=("-DVCPUS=$OPTARG") ;;
        t) macros+=("-DDESTINATION=$OPTARG") ;;
        l) macros+=("-DLIMIT=$OPTARG") ;;
        s) macros+=("-DSTOP=1") ;;
        *) usage ;;
    esac
done
shift $((OPTIND - 1))
rows=("$@")
((${#rows[@]} > 0)) || rows=(1 2 3a 3b 5 6 7 8 9 10 11 12)
for row in "${rows[@]}"; do
    [[ -v "ingredients[$row]" ]] || usage
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# What the assertion that Spin found violated is about.
verdict_of() {
    case $(grep -m1 'assertion violated' "$1") in
        '') echo OK ;;
        *redundant==3*) echo STORM ;;
        *levelWaits*) echo LOST ;;
        *) echo STUCK ;;
    esac
}

states_of() {
    sed -n 's/^ *\([0-9]*\) states, stored.*/\1/p' "$1"
}

printf '%-4s %-7s %9s %10s %12s %10s %8s\n' row verdict shortest states transitions states/s MB
for row in "${rows[@]}"; do
    read -r -a row_macros <<<"${ingredients[$row]}"
    spin -a "${row_macros[@]}" "${macros[@]}" "$model" >spin.log
    gcc -O2 -w -DSAFETY -DNOREDUCE -DBFS -o breadth pan.c
    gcc -O2 -w -DSAFETY -DNOREDUCE -o depth pan.c

    rm -f ./*.trail
    ./breadth >breadth.log
    verdict=$(verdict_of breadth.log)
    shortest=-
    if [[ $verdict == OK ]]; then
        complete=$(states_of breadth.log)
    else
        shortest=$(tail -n 1 ./*.trail | cut -d: -f1)
        complete=
    fi

    ./depth -c0 -m10000000 >depth.log
    states=$(states_of depth.log)
    if grep -q 'max search depth too small' depth.log || [[ -n $complete && $complete != "$states" ]]; then
        echo "row $row: the depth-first search is incomplete: $states states, breadth first ${complete:-unknown}" >&2
        exit 1
    fi
    transitions=$(sed -n 's/^ *\([0-9]*\) transitions .*/\1/p' depth.log)
    rate=$(sed -n 's/^pan: rate *\([0-9]*\).*/\1/p' depth.log)
    memory=$(sed -n 's/^ *\([0-9.]*\)[[:space:]]*actual memory usage for states.*/\1/p' depth.log)
    printf '%-4s %-7s %9s %10s %12s %10s %8s\n' \
        "$row" "$verdict" "$shortest" "$states" "$transitions" "${rate:--}" "$memory"
done
