#!/usr/bin/env bash
# Puts the program under load from outside, with wrk (Debian: apt install wrk): 64 connections ask queries drawn from the index, and the memory
# of the server is looked at meanwhile.
#
#   benches/serving/load.sh INDEX [SECONDS] [CONNECTIONS]
#
# Uses target/release/chancery, or the program that CHANCERY names. It fails where an answer is no 200, or where the server holds
# more than a tenth more memory at the end than after the first fifth of the time.
set -euo pipefail

index=${1:?the folder of an index}
seconds=${2:-60}
connections=${3:-64}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=${CHANCERY:-$here/../../target/release/chancery}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

# Queries from the text of the index, as addresses.
"$program" bench --index "$index" --count 40 --repeat 1 --searches warm --threads 1 --save "$work/drawn.json" --quiet >/dev/null
python3 - "$work/drawn.json" >"$work/addresses" <<'PYTHON'
import json, sys, urllib.parse

def queries(value):
    """Every query that the kept measurement holds, at whatever depth."""
    if isinstance(value, dict):
        if isinstance(value.get("query"), str):
            yield value["query"]
        value = value.values()
    elif not isinstance(value, list):
        return
    for part in value:
        yield from queries(part)

with open(sys.argv[1]) as file:
    found = sorted(set(queries(json.load(file))))
for query in found:
    print("/api/v1/search?" + urllib.parse.urlencode({"q": query, "facet": "speaker,year"}))
    print("/?" + urllib.parse.urlencode({"q": query, "ui": "en"}))
PYTHON

"$program" serve --index "$index" --listen 127.0.0.1:0 2>"$work/log" &
server=$!
until root=$(grep -ao 'http://[0-9.:]*' "$work/log" | head -n 1) && [ -n "$root" ]; do
    kill -0 "$server" || { cat "$work/log"; exit 1; }
    sleep 0.1
done

resident() {
    awk '/^VmRSS/ {print $2}' "/proc/$server/status"
}

cat >"$work/ask.lua" <<LUA
local addresses = {}
for line in io.lines("$work/addresses") do addresses[#addresses + 1] = line end
local number = math.random(#addresses)
function request()
    number = number % #addresses + 1
    return wrk.format("GET", addresses[number])
end
function done(summary, latency)
    local errors = summary.errors
    local bad = errors.status + errors.connect + errors.read + errors.write + errors.timeout
    io.write(string.format("answers %d, errors %d, p50 %.2f ms, p99 %.2f ms\n", summary.requests, bad,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000))
    if bad > 0 then io.write("FAILED: answers that are no 200\n") end
end
LUA

printf '%s addresses, %s connections, %s seconds\n' "$(wc -l <"$work/addresses")" "$connections" "$seconds"
wrk --threads 2 --connections "$connections" --duration "${seconds}s" --timeout 20s --script "$work/ask.lua" "$root" >"$work/wrk" &
load=$!
sleep "$((seconds / 5))"
early=$(resident)
most=$early
while kill -0 "$load" 2>/dev/null; do
    sleep 1
    now=$(resident)
    [ "$now" -le "$most" ] || most=$now
done
wait "$load"
late=$(resident)
cat "$work/wrk"
printf 'memory after a fifth of the time %d KB, at the end %d KB, at most %d KB\n' "$early" "$late" "$most"
kill -TERM "$server"
wait "$server" || { echo 'FAILED: the server did not end well'; exit 1; }
server=
if grep -q FAILED "$work/wrk"; then
    exit 1
fi
[ "$late" -le "$((early + early / 10))" ] || { echo 'FAILED: the memory has grown'; exit 1; }
