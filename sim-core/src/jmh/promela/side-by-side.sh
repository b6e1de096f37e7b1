#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Explores the same machine with irqstorm and with Spin, row 9 of credential-guard with some causes of two devices, and prints how many
# states each of them finds and how fast. Needs spin, gcc and sim-core/target/benchmarks.jar (mvn -Pbench package).
#
#   side-by-side.sh [CAUSES]        16 if nothing is said
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
causes=${1:-16}
jar=$here/../../../target/benchmarks.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

java -jar "$jar" ExplorerBenchmark -p "size=2x$causes" -f 3 -rf csv -rff "$work/jmh.csv" >"$work/jmh.log"
"$here/check.sh" -k "$causes" -d 2 9 >"$work/spin.txt"

printf '%-28s %10s %12s %14s\n' 'row 9, two devices' states states/s transitions/s
# Three lines a benchmark: milliseconds of an exploration, and states reached and found, summed over all explorations.
awk -F, '
    { gsub(/"/, "") }
    $1 ~ /explore$/ { millis[$8] = $5 }
    $1 ~ /:reached$/ { reached[$8] = $5 / $4 }
    $1 ~ /:states$/ { states[$8] = $5 / $4 }
    END {
        for (search in millis) {
            printf "%-28s %10d %12d %14d\n", "irqstorm " tolower(search), states[search], \
                1000 * states[search] / millis[search], 1000 * reached[search] / millis[search]
        }
    }' "$work/jmh.csv" | sort
awk 'NR == 2 { printf "%-28s %10d %12d %14d\n", "spin depth first", $4, $6, $6 * $5 / $4 }' "$work/spin.txt"
