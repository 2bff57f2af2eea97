#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Plays what the router and the device job promise through a real broker, sentence by sentence, and compares what comes
# out with tour.expected.txt beside this file. Starts a local run of its own in a temporary directory and stops it.
#
#   docs/examples/tour.sh           plays and compares: exit code 0 when equal, 1 with the difference when not
#   docs/examples/tour.sh --print   plays and prints
#
# Takes about a minute and a half after the build.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" > /dev/null && pwd)
home=$(cd -P "$here/../.." > /dev/null && pwd)
work=$(mktemp -d)
run_pid=

cleanup() {
  if [[ -n $run_pid ]] && kill -0 "$run_pid" 2> /dev/null; then
    kill -TERM "$run_pid"
    wait "$run_pid" || true
  fi
  rm -rf "$work"
}
trap cleanup EXIT

say() { printf '%s\n' "$*" >&2; }

start() {
  # Calm counts by 2 s here, so that a device can stop flapping before the reader has gone.
  "$home/deploy/local/run.sh" --no-simulator --jobs router,device --data "$work/data" --kafka-port 0 --flink-port 0 \
    --ready-file "$work/ready.json" --set "device.flapping.interval=2 s" --set "router.must-be-handled=factory.*" \
    > "$work/run.out" 2>&1 &
  run_pid=$!
  local waited=0
  until [[ -f $work/ready.json ]]; do
    if ! kill -0 "$run_pid" 2> /dev/null || ((waited++ > 240)); then
      cat "$work/run.out" >&2
      say 'the local run did not start'
      exit 1
    fi
    sleep 1
  done
  bootstrap=$(sed -n 's/.*"bootstrap":"\([^"]*\)".*/\1/p' "$work/ready.json")
}

twinlog() { "$home/deploy/bin/twinlog" --bootstrap "$bootstrap" "$@"; }

# event ID TYPE DEVICE TIME PAYLOAD [METADATA]: one line of ingress, written by the device's gateway.
event() {
  printf '{"id":"%s","event_type":"%s","source":{"service_id":"gw","component_id":"%s"},"timestamp":"2026-01-01T%sZ","data":{"payload":%s},"metadata":%s}\n' \
    "$1" "$2" "$3" "$4" "$5" "${6:-"{}"}"
}

# command ID NAME AGGREGATE DATA [MORE]: one line for `twinlog command --file`.
command_line() {
  printf '{"id":"%s","command":"%s","aggregate_id":"%s","data":%s%s}\n' "$1" "$2" "$3" "$4" "${5:-}"
}

# Waits until a topic holds so many records.
await() {
  local tries=0 records
  until records=$(twinlog tail "$1" --until-end | wc -l) && ((records >= $2)); do
    if ((tries++ > 60)); then
      say "$1 holds $records records and not $2"
      exit 1
    fi
  done
}

# What differs from run to run: log time and the clock.
steady() {
  sed -E -e 's/"2026-01-01T/"@/g' \
    -e 's/"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"/"<log time>"/g' \
    -e 's/"@/"2026-01-01T/g' \
    -e 's/"clock":[0-9]+/"clock":"<clock>"/g'
}

sentence() { printf '\n# %s\n' "$*"; }

# values TOPIC KEY: the values of a key, in order.
values() {
  grep -F "\"key\":\"$2\"" "$work/$1.jsonl" | sed -E 's/^.*"value":(.*)\}$/\1/' | steady
}

# log DEVICE: what happened to a device, a line an event.
log() {
  values device.log "$1" \
    | sed -E 's/.*"version":([0-9]+),"event":"([A-Za-z]+)".*"cause":"([a-z]+)".*"causation_id":("?[^,]*"?),"data":(.*)\}$/\1 \2 by \3 of \4 \5/'
}

# state DEVICE: its last projection.
state() { values device.state "$1" | tail -n 1; }

notices() {
  values device.status "$1" | sed -E 's/.*"from":"([A-Z]+)","to":"([A-Z]+)","cause":"([a-z]+)".*"flapping":([a-z]+),"held":([a-z]+).*/\1 -> \2, \3, flapping \4, held \5/'
}

# letter KEY: reason and errors of the dead letters of a key.
letter() {
  grep -F "\"key\":\"$1\"" "$work/dead-letters.jsonl" \
    | sed -E 's/.*"dlq\.reason":"([a-z_]+)".*/\1/'
  grep -F "\"key\":\"$1\"" "$work/dead-letters.jsonl" \
    | grep -oE '"dlq\.errors":"(\\.|[^"\\])*"' | sed -e 's/^"dlq.errors":"/  /' -e 's/"$//' -e 's/\\"/"/g' || true
}

# headers TOPIC KEY NAME: one header of each record of a key; nothing where it has none.
header() {
  grep -F "\"key\":\"$2\"" "$work/$1.jsonl" | grep -oE "\"$3\":\"[^\"]*\"" || echo "no $3"
}

# result ID: what was answered to a command.
result() { values command.results "$1"; }

play() {
  say 'commands: registration, and each refusal'
  {
    command_line c-1 RegisterDevice lamp '{"model":"L1","attributes":{"site":"north"}}'
    command_line c-2 RegisterDevice lamp '{"model":"L1"}'
    command_line c-3 SetAttributes lamp '{"attributes":{"floor":3}}' ',"expected_version":7'
    command_line c-4 SetAttributes nobody '{"attributes":{"floor":3}}'
    command_line c-5 SetAttributes lamp '{"attributes":{"deep":{"er":1},"list":[1]}}'
    command_line c-6 SetAttributes lamp '{"attributes":{"floor":3}}' ',"ttl":1000,"timestamp":"2026-01-01T00:00:00Z"'
    command_line c-7 SetAttributes lamp '{"attributes":{"floor":3,"site":null}}' ',"expected_version":1'
    command_line c-7 SetAttributes lamp '{"attributes":{"floor":4}}'
    local device
    for device in flap will stale twice gap fault config batch gone again skew; do
      command_line "r-$device" RegisterDevice "$device" '{"model":"M"}'
    done
  } > "$work/commands-1.jsonl"
  twinlog command --file "$work/commands-1.jsonl" > "$work/answers-1.jsonl" || (($? == 3))

  say 'events: good ones, doubled ones, late ones, bad ones'
  {
    local i
    for i in 01 02 03 04 05 06; do
      event "on-$i" device.online flap "00:$i:00.000" '{}'
      event "off-$i" device.offline flap "00:$i:30.000" '{"reason":"unplugged"}'
    done
    event on-07 device.online flap 00:07:00.000 '{}'
    event w-1 device.online will 00:00:01.000 '{}' '{"session_id":"first"}'
    event w-2 device.online will 00:00:09.000 '{}' '{"session_id":"second"}'
    event w-3 device.offline will 00:00:09.500 '{"reason":"last will"}' '{"session_id":"first"}'
    event s-1 device.online stale 00:00:20.000 '{}'
    event s-2 device.offline stale 00:00:10.000 '{}'
    event t-1 device.online twice 00:00:01.000 '{}'
    event t-2 device.error twice 00:00:02.000 '{"error":{"code":"E7","severity":"low","message":"once"}}'
    event t-2 device.error twice 00:00:02.000 '{"error":{"code":"E7","severity":"high","message":"the same id again"}}'
    event g-1 device.online gap 00:00:01.000 '{}' '{"session_id":"g","sequence":1}'
    event g-2 device.heartbeat gap 00:00:02.000 '{}' '{"session_id":"g","sequence":2}'
    event g-5 device.heartbeat gap 00:00:05.000 '{}' '{"session_id":"g","sequence":5}'
    event f-1 device.online fault 00:00:01.000 '{}'
    event f-2 device.error fault 00:00:02.000 '{"error":{"message":"no code, no severity"}}' '{"priority":"CRITICAL"}'
    event f-3 device.error fault 00:00:03.000 '{"error":{"code":"E2","severity":"low","message":"small"}}'
    event f-4 device.recovered fault 00:00:04.000 '{}'
    event f-5 device.offline fault 00:00:05.000 '{}'
    event f-6 data.collected fault 00:00:06.000 '{"data":{"temperature":21.5}}'
    event b-0 device.online batch 00:00:00.000 '{}'
    for i in {1..64}; do
      event "b-$i" device.error batch 00:01:00.000 "{\"error\":{\"code\":\"E$i\",\"severity\":\"low\",\"message\":\"\"}}"
    done
    for i in {1..30}; do
      event "bb-$i" device.error batch 00:02:00.000 "{\"error\":{\"code\":\"E$i\",\"severity\":\"high\",\"message\":\"worse\"}}"
    done
    event b-all device.recovered batch 00:03:00.000 '{}'
    event a-1 device.registered again 00:00:01.000 '{"model":"M"}'
    event a-2 device.registered again 00:00:02.000 '{"model":"M2","firmware":"2.0"}'
    printf '{"id":"k-1","event_type":"device.online","source":{"service_id":"gw","component_id":"skew"},"timestamp":"2036-01-01T00:00:00Z","data":{"payload":{}}}\n'
    event u-1 user.login portal 00:00:00.000 '{"user":"somebody"}' '{"user_id":"u-7"}'
    event y-1 service.started billing 00:00:00.000 '{"service_id":"billing-1","service_info":{"name":"billing","endpoint":"10.0.0.1:80"}}'
    event e-1 system.error billing 00:00:00.000 '{"error":{"severity":"high","message":"disk full"}}'
    event i-1 weather.forecast station 00:00:00.000 '{"rain":true}'
    # Bad ones. The key of each letter is the device, as far as it can be read.
    printf '{"id":"x-1","source":{"service_id":"gw","component_id":"malformed"},\n'
    event x-2 device.online invalid_envelope 25:00:00.000 '{}' '{"priority":"URGENT","ttl":-1}'
    event x-3 device.exploded unknown_event_type 00:00:00.000 '{}'
    printf '{"id":"x-4","event_type":"device.online","source":{"service_id":"gw","component_id":"unsupported"},"timestamp":"2026-01-01T00:00:00Z","data":{"payload":{},"schema_version":"9"}}\n'
    event x-5 data.collected invalid_payload 00:00:00.000 '{"data":{"temperature":[1]}}'
    event x-6 data.collected too_large 00:00:00.000 "{\"data\":{\"note\":\"$(printf '%070000d' 0)\"}}"
    event x-7 device.online expired 00:00:00.000 '{}' '{"ttl":60000}'
    event x-8 factory.shift no_handler 00:00:00.000 '{}'
    event x-9 device.heartbeat unknown_device 00:00:00.000 '{}'
  } > "$work/events-1.jsonl"
  twinlog send "$work/events-1.jsonl"
  await dead-letters 9
  await device.log 204

  say 'commands: the rest of the six'
  {
    command_line d-1 ConfigureDevice config '{"configuration":{"interval":30,"mode":"eco"}}'
    command_line d-2 ConfigureDevice config '{"configuration":{"mode":null,"led":true}}'
    command_line d-3 ReportFault fault '{"code":"E9","severity":"medium","message":"seen by a person"}'
    command_line d-4 ClearFault fault '{"code":"E9"}'
    command_line d-5 ClearFault fault '{"code":"E9"}'
    command_line d-6 DecommissionDevice gone '{"reason":"scrapped"}'
    command_line d-7 DecommissionDevice gone '{}'
  } > "$work/commands-2.jsonl"
  twinlog command --file "$work/commands-2.jsonl" > "$work/answers-2.jsonl" || (($? == 3))

  say 'events: a reconnect, a report, an event of a decommissioned device'
  {
    event h-1 device.online config 01:00:00.000 '{}' '{"session_id":"c1"}'
    event h-2 device.configuration_reported config 01:00:01.000 '{"configuration":{"interval":30,"led":false}}'
    event h-3 device.online config 01:00:02.000 '{}' '{"session_id":"c2"}'
    event h-4 device.configuration_reported config 01:00:03.000 '{"configuration":{"interval":30,"led":true}}'
    event h-5 device.online config 01:00:04.000 '{}' '{"session_id":"c3"}'
    event h-6 device.heartbeat gone 01:00:00.000 '{}'
  } > "$work/events-2.jsonl"
  twinlog send "$work/events-2.jsonl"
  await dead-letters 10
  say 'waiting until the flapping device has been calm for half a minute'
  await device.log 215

  local topic
  for topic in device.log device.state device.status device.downlink device.snapshots command.results dead-letters \
    events.domain events.user events.system events.error events.integration; do
    twinlog tail "$topic" --until-end > "$work/$topic.jsonl"
  done
}

tell() {
  echo '# A tour of Twinlog: what it promises, and what came out. Made by tour.sh.'
  sentence 'A device is registered by a command; a repeat of the command returns the first result.'
  result c-1
  log lamp
  state lamp
  sentence 'A second registration by command is refused: already_registered.'
  result c-2
  sentence 'An expected version that is not the actual one: conflict, with the actual one.'
  result c-3
  sentence 'A command to a device that nobody registered: unknown_device.'
  result c-4
  sentence 'A command that breaks its schema: invalid_command, with all reasons.'
  result c-5
  sentence 'A command that comes after its ttl: expired.'
  result c-6
  sentence 'A merge patch; null removes. The same id again is not carried out again.'
  result c-7
  sentence 'Thirteen transitions at once: the device flaps, its notices are held; calm ends it, and what is owed is told.'
  log flap
  notices flap
  sentence 'The last will of an old session that arrives after the reconnect is ignored.'
  log will
  sentence 'A status event older than the one that set the status is logged as stale and changes nothing.'
  log stale
  state stale
  sentence 'A doubled id is dropped.'
  log twice
  sentence 'A gap in the sequence is an event.'
  log gap
  sentence 'Faults open and clear; severity comes from the priority where none is said; data brings an OFFLINE device back.'
  log fault
  notices fault
  sentence 'ReportFault, ClearFault, and a fault that is not open: fault_not_open.'
  result d-3
  result d-4
  result d-5
  sentence 'Desired, reported, delta; the downlink carries each change, and again at each reconnect until it is reported.'
  result d-1
  result d-2
  log config
  values device.downlink config
  state config
  sentence 'A snapshot when 100 versions have passed, also when a batch jumps over the mark.'
  values device.snapshots batch
  values device.log batch | tail -n 1
  sentence 'The same registration again changes nothing; another one is one DeviceUpdated.'
  log again
  sentence 'A timestamp ahead of log time is accepted, clamped and flagged.'
  header events.domain skew tl-flags
  values device.log skew | tail -n 1
  sentence 'DecommissionDevice; then its commands are refused and its events are dead letters.'
  result d-6
  result d-7
  state gone
  letter gone
  sentence 'Categories: user, system, error and integration events have topics of their own.'
  header events.user u-7 tl-type
  header events.system billing-1 tl-type
  grep -oE '"tl-type":"system.error"' "$work/events.error.jsonl"
  header events.integration i-1 tl-type
  local reason
  for reason in malformed invalid_envelope unknown_event_type unsupported invalid_payload too_large expired no_handler \
    unknown_device; do
    sentence "A dead letter: $reason."
    if [[ $reason == malformed ]]; then
      grep -F '"dlq.reason":"malformed"' "$work/dead-letters.jsonl" | sed -E 's/.*"dlq\.reason":"([a-z_]+)".*"value":(.*)\}$/\1 \2/'
    else
      letter "$reason"
    fi
  done
}

start
play
tell > "$work/tour.txt"
if [[ ${1:-} == --print ]]; then
  cat "$work/tour.txt"
elif diff -u "$here/tour.expected.txt" "$work/tour.txt"; then
  say 'all as expected'
else
  say 'not as expected: lines with - were expected, lines with + came out'
  exit 1
fi
