#!/usr/bin/env bash
# Lets a verifier written by others judge the public log of a running
# demonstration: Go's signed notes and transparency log (golang.org/x/mod).
#
# Needs golang-go and golang-golang-x-mod-dev (Debian), curl and python3.
set -euo pipefail
cd "$(dirname "$0")/../.."
for tool in go curl python3; do
  command -v "$tool" >/dev/null || { echo "log check: $tool is missing; see scripts/prerequisites" >&2; exit 2; }
done
[ -d /usr/share/gocode/src/golang.org/x/mod ] ||
  { echo "log check: golang-golang-x-mod-dev is missing; see scripts/prerequisites" >&2; exit 2; }
[ -x target/release/diwan ] || cargo build --release --workspace --quiet

data=$(mktemp -d)
GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$data/go" go build -o "$data/verify" scripts/log/verify.go
target/release/diwan demo --data "$data/demo" --listen 127.0.0.1:0 --people 200 >"$data/log" 2>&1 &
demo=$!
trap 'kill $demo 2>/dev/null || true; wait $demo 2>/dev/null || true; rm -rf "$data"' EXIT
for _ in $(seq 240); do
  grep -q 'Diwan is running' "$data/log" && break
  kill -0 $demo 2>/dev/null || { cat "$data/log" >&2; exit 1; }
  sleep 0.5
done
card() { python3 -c 'import json, sys; card = json.load(open(sys.argv[1])); print(eval(sys.argv[2], {"card": card}))' "$data/demo/demo.json" "$1"; }
base=$(card 'card["base_url"]')
code=$(card 'card["issued"]["check_code"]')
token=$(card 'card["api_tokens"]["citizen"]')
key=$(sed -n 2p "$data/demo/keys/log.key")

curl -sSf "$base/log/checkpoint" >"$data/before"
# Something happens, and is sealed a moment later.
for n in 1 2 3; do
  curl -sSf -o /dev/null -H "Authorization: Bearer $token" -H "Idempotency-Key: log-check-$n" \
    -H 'Content-Type: application/json' -d '{"service": "birth-certificate", "language": "ckb"}' "$base/api/v1/cases"
done
for _ in $(seq 50); do
  curl -sSf "$base/log/checkpoint" >"$data/after"
  cmp -s "$data/before" "$data/after" || break
  sleep 0.2
done
curl -sSf "$base/v/$code/proof" >"$data/proof"

"$data/verify" -log "$base/log" -key "$key" -proof "$data/proof" -old "$data/before"

# What was meddled with is refused: a proof with one bit changed, and a log under another key.
python3 - "$data/proof" "$data/bad" <<'EOF'
import json, sys
proof = json.load(open(sys.argv[1]))
step = proof["inclusion"][0]
proof["inclusion"][0] = ("0" if step[0] != "0" else "1") + step[1:]
json.dump(proof, open(sys.argv[2], "w"))
EOF
if "$data/verify" -log "$base/log" -key "$key" -proof "$data/bad" -old "$data/before" >"$data/said" 2>&1; then
  echo "log check: a corrupted proof was believed" >&2
  exit 1
fi
grep -q 'the entry is not in the log' "$data/said" || { cat "$data/said" >&2; exit 1; }
other="${key%?}$([ "${key: -1}" = A ] && echo B || echo A)"
if "$data/verify" -log "$base/log" -key "$other" -proof "$data/proof" -old "$data/before" >/dev/null 2>&1; then
  echo "log check: another key was believed" >&2
  exit 1
fi
echo "the public log stands before Go's verifier; a corrupted proof and another key do not"
