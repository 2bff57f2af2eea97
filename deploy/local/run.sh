#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs a broker and all jobs in one process: builds what is missing or older than its sources, then starts.
# Needs JDK 17 or newer; Maven only when there is something to build. run.sh --help lists the options.
set -euo pipefail

TWINLOG_HOME=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." > /dev/null && pwd)
export TWINLOG_HOME
# shellcheck source-path=SCRIPTDIR source=../bin/build.sh
source "$TWINLOG_HOME/deploy/bin/build.sh"

twinlog_require_java
twinlog_build local-runner

# This process becomes the JVM: its id names the copies of its jars, and tells when nobody uses them.
lib=$TWINLOG_HOME/deploy/local/.run/lib
for old in "$lib"/*; do
  if [[ -d $old ]] && ! kill -0 "${old##*/}" 2> /dev/null; then
    rm -rf "$old"
  fi
done
classpath=$(twinlog_staged_classpath local-runner "$lib/$$")
# Jars of a user's own, with extensions.
classpath+=${TWINLOG_JARS:+:$TWINLOG_JARS}

# A script that starts this in the background hands down an ignored Ctrl-C, and Java would keep to it.
launch=()
if env --default-signal=INT true 2> /dev/null; then
  launch=(env --default-signal=INT)
fi

exec ${launch[@]+"${launch[@]}"} "$TWINLOG_JAVA" -Xmx1536m -XX:+UseSerialGC \
  --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  -cp "$classpath" io.twinlog.local.LocalRun "$@"
