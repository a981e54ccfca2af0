#!/bin/bash
# A variable that has the name of a setting is one, as in the official image (discovery.type=single-node).
set -euo pipefail
settings=(network.host=0.0.0.0 path.data=/usr/share/elasticsearch/data)
while IFS='=' read -r name value; do
  case $name in
    xpack.*) ;;
    *.*) settings+=("$name=$value") ;;
  esac
done < <(env)
export ES_OPTS="$ES_OPTS ${ES_JAVA_OPTS:-}"
exec /usr/share/elasticsearch/bin/es-run "${settings[@]}"
