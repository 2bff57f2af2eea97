#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Keeps an upstream of nginx as service.endpoints has it: writes it whenever the list changes, and reloads nginx.
# Runs until it is stopped. Needs jq, nginx, and what twinlog needs. How to use it: README.md beside it.
#
# usage: follow-endpoints.sh SERVICE UPSTREAM_FILE [option of `twinlog tail` ...]
# NGINX_CONF   configuration of the nginx that is reloaded; default: nginx's own
set -euo pipefail

(($# >= 2)) || {
  echo 'usage: follow-endpoints.sh SERVICE UPSTREAM_FILE [option of twinlog tail ...]' >&2
  exit 2
}
service=$1
upstream=$2
shift 2
twinlog=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../bin" > /dev/null && pwd)/twinlog
nginx=(nginx)
[[ -n ${NGINX_CONF-} ]] && nginx+=(-c "$NGINX_CONF")

say() {
  printf '%s follow-endpoints: %s\n' "$(date -u +%FT%TZ)" "$*" >&2
}

for program in jq nginx getent; do
  command -v "$program" > /dev/null || {
    say "install $program"
    exit 1
  }
done
[[ $service =~ ^[A-Za-z0-9._-]+$ ]] || {
  say "$service cannot be the name of an upstream: letters, digits, dot, dash and underscore alone"
  exit 2
}

# What nginx may take for a server: a host or an address, and a port; over plain HTTP, as nginx.conf passes it on. An endpoint is
# what a service said of itself; whatever else stands in it must not get into a configuration.
server='^(http://)?(?<server>(([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+|\[[0-9A-Fa-f:.]+\]):[1-9][0-9]{0,4})/?$'

# Without a server nginx refuses the whole file; with one that is down it answers 502. One host that it cannot resolve, and it refuses
# all others, too: that is left out. If there is none that resolves, it is the resolver that is dead: all are written, and nginx refuses.
render() {
  local list address id all=() servers=()
  list=$(jq -r --arg server "$server" '
    (.value.instances // [])[] | select(.endpoint | test($server))
    | "\(.endpoint | capture($server).server)\t\(.service_id | @json)"' <<< "$1")
  while IFS=$'\t' read -r address id; do
    [[ -n $address ]] || continue
    all+=("  server $address;  # $id")
    if is_known "$address"; then
      servers+=("  server $address;  # $id")
    else
      say "$id: $address is no address that resolves, and is left out"
    fi
  done <<< "$list"
  ((${#all[@]})) || servers=('  server 127.0.0.1:1 down;')
  ((${#servers[@]})) || servers=("${all[@]}")
  printf 'upstream %s {\n' "$service"
  printf '%s\n' "${servers[@]}" '}'
}

is_known() {
  local host=${1%:*} port=${1##*:}
  host=${host#[}
  ((port <= 65535)) && getent ahosts "${host%]}" > /dev/null
}

refused() {
  jq -r --arg server "$server" '
    (.value.instances // [])[] | select(.endpoint | test($server) | not)
    | "\(.service_id): \(.endpoint) is no http://HOST:PORT, and is left out"' <<< "$1"
}

# A line that is older than what was seen is a repeat after a crash.
newest=0
follow() {
  local line
  while read -r line; do
    take "$line"
  done
}

take() {
  local line=$1 version
  version=$(jq -r '.headers["tl-version"] // "0"' <<< "$line")
  # Bash would work out whatever else stands there.
  [[ $version =~ ^[1-9][0-9]{0,17}$ ]] || return 0
  ((version > newest)) || return 0
  newest=$version
  if ! jq -e '.value == null or (.value.instances | type == "array")' <<< "$line" > /dev/null; then
    say "version $version cannot be read: it is of a newer release"
    return 0
  fi
  refused "$line" | while read -r why; do say "$why"; done
  cp "$upstream" "$upstream.old"
  render "$line" > "$upstream.new"
  mv "$upstream.new" "$upstream"
  if ! "${nginx[@]}" -t -q; then
    mv "$upstream.old" "$upstream"
    say "nginx does not take version $version, and goes on as it is"
  elif "${nginx[@]}" -s reload; then
    say "version $version: $(grep -c ';  # ' "$upstream") servers"
  else
    say "version $version is written, and no nginx runs to take it"
  fi
}

[[ -e $upstream ]] || render '{}' > "$upstream"
# A broker that is away ends tail; nginx goes on with what it has, and it is begun again.
while true; do
  # First the newest list that there is, at once; then whatever comes, and not again what has been.
  latest=$("$twinlog" tail service.endpoints --key "$service" --until-end "$@" | tail -n 1) ||
    say 'the newest list cannot be read yet; what comes is taken as it comes'
  [[ -z $latest ]] || take "$latest"
  follow < <("$twinlog" tail service.endpoints --key "$service" "$@")
  wait "$!" && code=0 || code=$?
  ((code != 2)) || exit 2
  say "twinlog tail has ended with $code; it is begun again"
  sleep 2
done
