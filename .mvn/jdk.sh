# Finds a JDK of at least version 25 and exports it as JAVA_HOME. Sourced by ./mvnw and ./refugium.
# Order: JAVA_HOME, the usual JVM directories (newest first), the java on PATH. Leaves JAVA_HOME alone and
# returns 1 when there is none.

REFUGIUM_MINIMUM_JAVA=25

# Sets jdk_feature to the feature version of the JDK at $1, or 0. Reads its `release` file by the shell's own means: starting
# a JVM, or any other program, would cost more.
jdk_version() {
  jdk_feature=0
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS='=' read -r jdk_name jdk_value; do
    [ "$jdk_name" = JAVA_VERSION ] || continue
    jdk_value=${jdk_value#\"}
    jdk_feature=${jdk_value%%[!0-9]*}
  done <"$1/release"
  jdk_feature=${jdk_feature:-0}
}

find_jdk() {
  if [ -n "${JAVA_HOME-}" ]; then
    jdk_version "$JAVA_HOME"
    [ "$jdk_feature" -lt "$REFUGIUM_MINIMUM_JAVA" ] || return 0
  fi
  best_home='' best_version=0
  case $- in *f*) jdk_noglob=1; set +f ;; *) jdk_noglob='' ;; esac
  for jdk_home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME-}"/.sdkman/candidates/java/* \
    "${HOME-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
    [ -d "$jdk_home" ] || continue
    jdk_version "$jdk_home"
    if [ "$jdk_feature" -ge "$REFUGIUM_MINIMUM_JAVA" ] && [ "$jdk_feature" -gt "$best_version" ]; then
      best_home=$jdk_home best_version=$jdk_feature
    fi
  done
  [ -z "$jdk_noglob" ] || set -f
  if [ -z "$best_home" ] && command -v javac >/dev/null 2>&1; then
    jdk_found=$(javac -version 2>/dev/null | sed 's/[^0-9]*\([0-9]*\).*/\1/')
    if [ "${jdk_found:-0}" -ge "$REFUGIUM_MINIMUM_JAVA" ]; then
      best_home=$(javac -J-XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    fi
  fi
  [ -n "$best_home" ] || return 1
  JAVA_HOME=$best_home
  export JAVA_HOME
}
