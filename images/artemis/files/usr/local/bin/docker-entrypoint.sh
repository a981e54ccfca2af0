#!/bin/bash
# Makes the instance at the first start, lays etc-override over its etc, and starts the broker: `run` as in the official image; another
# first word is a command of Artemis's own tool.
set -euo pipefail

home=${ARTEMIS_HOME:-/opt/activemq-artemis}
instance=/var/lib/artemis-instance
etc=$instance/etc

if [ ! -f "$etc/broker.xml" ]; then
  mkdir -p "$etc" "$instance/data" "$instance/tmp" "$instance/lock"
  cp "$home"/etc-template/* "$etc/"
  if [ "${ANONYMOUS_LOGIN:-false}" = true ]; then mv "$etc/login-anonymous.config" "$etc/login.config"; else rm "$etc/login-anonymous.config"; fi
  (umask 077 && printf '%s = %s\n' "$ARTEMIS_USER" "$ARTEMIS_PASSWORD" >"$etc/artemis-users.properties")
  printf 'amq = %s\n' "$ARTEMIS_USER" >"$etc/artemis-roles.properties"
  if [ -d "$instance/etc-override" ]; then cp "$instance"/etc-override/* "$etc/"; fi
fi

jars=$(printf '%s:' "$home"/lib/*.jar)
classes=${ARTEMIS_CLASSES:--XX:SharedArchiveFile=$home/classes.jsa -Xshare:auto}

# shellcheck disable=SC2086 # The options are words.
exec java $classes -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${JAVA_ARGS-} ${JAVA_ARGS_APPEND-} \
  -Djava.awt.headless=true -Djava.io.tmpdir="$instance/tmp" -Djava.library.path="$home/bin/lib/linux-x86_64" \
  -Dartemis.home="$home" -Dartemis.instance="$instance" -Dartemis.instance.etc="$etc" \
  -Dartemis.instance.uri="file:$instance/" -Dartemis.instance.etc.uri="file:$etc/" \
  -Dlog4j2.configurationFile="file:$etc/log4j2.properties" -Dlog4j2.disableJmx=true -Djava.security.auth.login.config="$etc/login.config" \
  -cp "${jars%:}" org.apache.activemq.artemis.cli.Artemis "$@"
