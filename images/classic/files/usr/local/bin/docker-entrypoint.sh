#!/bin/bash
# Starts the broker with conf/activemq.xml: `activemq console` as in the official image; another first word is run as it is.
set -euo pipefail

if [ "${1-}" != activemq ]; then exec "$@"; fi

home=${ACTIVEMQ_HOME:-/opt/apache-activemq}
conf=${ACTIVEMQ_CONF:-$home/conf}
data=${ACTIVEMQ_DATA:-$home/data}
jars=$(printf '%s:' "$home"/lib/*.jar)
classes=${ACTIVEMQ_CLASSES:--XX:SharedArchiveFile=$home/classes.jsa -Xshare:auto}

run=()
if [ "$(id -u)" = 0 ]; then
  if [ "$(stat -c %u "$data")" != "$(id -u activemq)" ]; then chown -R activemq:activemq "$data"; fi
  run=(setpriv --reuid=activemq --regid=activemq --init-groups --)
fi

# shellcheck disable=SC2086 # The options are words.
exec "${run[@]}" java $classes -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${ACTIVEMQ_OPTS_MEMORY--Xms32m -Xmx96m} ${ACTIVEMQ_OPTS-} \
  -Djava.awt.headless=true -Djava.io.tmpdir="$home/tmp" -Dlog4j.configuration=file:"$home/conf/log4j.properties" \
  -Dactivemq.home="$home" -Dactivemq.base="$home" -Dactivemq.conf="$conf" -Dactivemq.data="$data" \
  -cp "${jars%:}" org.apache.activemq.console.Main start "xbean:file:$conf/activemq.xml"
