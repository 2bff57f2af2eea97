# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Functions for the scripts of deploy/, to be sourced. They check what a build and a run need, build a module of
# jobs/ when it is missing or older than its sources, and print its class path. They start nothing.
# Needs bash; TWINLOG_HOME is the root of the repository. All they have to say goes to standard error.

twinlog_say() {
  printf '%s\n' "$*" >&2
}

twinlog_die() {
  twinlog_say "$@"
  exit 1
}

# Sets TWINLOG_JAVA to a Java of version 17 or newer: that of JAVA_HOME, else that of PATH.
twinlog_require_java() {
  local version
  TWINLOG_JAVA=${JAVA_HOME:+$JAVA_HOME/bin/java}
  TWINLOG_JAVA=${TWINLOG_JAVA:-$(command -v java || true)}
  [[ -n $TWINLOG_JAVA && -x $TWINLOG_JAVA ]] \
    || twinlog_die "no Java at ${TWINLOG_JAVA:-PATH}: install JDK 17 or newer, or set JAVA_HOME"
  version=$("$TWINLOG_JAVA" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  [[ -n $version ]] || twinlog_die "the version of $TWINLOG_JAVA cannot be told"
  ((version >= 17)) \
    || twinlog_die "$TWINLOG_JAVA is Java $version: install JDK 17 or newer, or set JAVA_HOME"
}

twinlog_require_maven() {
  command -v mvn > /dev/null || twinlog_die 'no Maven: install Maven 3.8 or newer; it builds what is missing'
  command -v "${JAVA_HOME:+$JAVA_HOME/bin/}javac" > /dev/null \
    || twinlog_die 'no compiler: install a JDK, not a JRE, or set JAVA_HOME'
}

# Modules of this project on the class path of a module, itself included, one directory a line.
twinlog_modules_of() {
  local name
  tr ':' '\n' < "$TWINLOG_HOME/jobs/$1/target/runtime-classpath.txt" \
    | sed -n 's|.*/twinlog-\([a-z-]*\)-[0-9][^/]*\.jar$|\1|p' \
    | while read -r name; do
      [[ $name == schemas ]] && echo "$TWINLOG_HOME/schemas" || echo "$TWINLOG_HOME/jobs/$name"
    done
  echo "$TWINLOG_HOME/jobs/$1"
}

# Why a module has to be built; nothing when it need not.
twinlog_stale() {
  local target=$TWINLOG_HOME/jobs/$1/target entry module newer
  local classpath=$target/runtime-classpath.txt
  if [[ ! -f $classpath ]] || ! compgen -G "$target/twinlog-$1-*.jar" > /dev/null; then
    echo 'it was not built yet'
    return
  fi
  while read -r entry; do
    if [[ ! -e $entry ]]; then
      echo "$entry is missing"
      return
    fi
    # A build of one module alone names the others as they were when they were installed.
    if [[ $entry == */twinlog-*.jar && $entry != "$TWINLOG_HOME"/* ]]; then
      echo 'its class path names modules from outside of this directory'
      return
    fi
  done < <(tr ':' '\n' < "$classpath"; echo)
  while read -r module; do
    # Directories too: theirs is the time at which a file in them was deleted.
    newer=$(find "$TWINLOG_HOME/pom.xml" "$module/pom.xml" "$module/src/main" \
      -newer "$classpath" -print -quit)
    if [[ -n $newer ]]; then
      echo "${newer#"$TWINLOG_HOME"/} was changed"
      return
    fi
  done < <(twinlog_modules_of "$1")
}

# Builds a module of jobs/ and what it needs, if need be. Two that start at once build once.
twinlog_build() {
  local module=$1 reason log run=$TWINLOG_HOME/deploy/local/.run started=$SECONDS
  reason=$(twinlog_stale "$module")
  [[ -z $reason ]] && return
  twinlog_require_maven
  mkdir -p "$run"
  log=$run/build-$module.log
  if command -v flock > /dev/null; then
    exec 9> "$run/build.lock"
    flock 9
    reason=$(twinlog_stale "$module")
  fi
  if [[ -n $reason ]]; then
    twinlog_say "building $module, since $reason; this takes a minute or two (log: $log) ..."
    touch "$run/build-$module.begun"
    twinlog_maven "$module" "$log" 9>&- || twinlog_build_failed "$module" "$log"
    # As old as the start of the build: what was edited meanwhile is newer.
    touch -r "$run/build-$module.begun" "$TWINLOG_HOME/jobs/$module/target/runtime-classpath.txt"
    twinlog_say "built in $((SECONDS - started)) s"
  fi
  exec 9>&-
}

# Offline first: nothing that was built once needs the network.
twinlog_maven() {
  local module=$1 log=$2
  local goal=(-q -B -pl "jobs/$module" -am package -Dmaven.test.skip=true -Dspotless.check.skip=true)
  (cd "$TWINLOG_HOME" && mvn -o "${goal[@]}" > "$log" 2>&1 < /dev/null) && return
  grep -q -i -e 'offline mode' -e 'has not been downloaded' "$log" || return 1
  (cd "$TWINLOG_HOME" && mvn "${goal[@]}" > "$log" 2>&1 < /dev/null)
}

twinlog_build_failed() {
  grep -m 5 '^\[ERROR\]' "$2" >&2 || true
  twinlog_die "the build of $1 failed: $2"
}

# Class path of a built module, its own jar first: the newest, as that of an earlier version may lie beside it.
twinlog_classpath() {
  local jar newest=''
  for jar in "$TWINLOG_HOME/jobs/$1/target/twinlog-$1"-*.jar; do
    [[ -z $newest || $jar -nt $newest ]] && newest=$jar
  done
  printf '%s:' "$newest"
  cat "$TWINLOG_HOME/jobs/$1/target/runtime-classpath.txt"
}

# The same, with the project's own jars copied to a directory: a build that happens meanwhile replaces the originals,
# and a JVM that still loads classes from them breaks.
twinlog_staged_classpath() {
  local module=$1 directory=$2 entry separator=''
  mkdir -p "$directory"
  while read -r entry; do
    if [[ $entry == "$TWINLOG_HOME"/* ]]; then
      cp "$entry" "$directory/"
      entry=$directory/${entry##*/}
    fi
    printf '%s%s' "$separator" "$entry"
    separator=:
  done < <(twinlog_classpath "$module" | tr ':' '\n'; echo)
}
