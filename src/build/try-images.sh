#!/usr/bin/env bash
# Tries what a release (make release) has for containers, with nothing but its files: docker compose as it is, and an image of the Containerfile. Each has
# to be ready, not to be root, and to exchange a token of the released simulator. Needs a Docker engine that has, or can pull, the images of
# Keycloak and PostgreSQL; ends with 3 where there is none.
#   RELEASE_DIR      where the artefacts are
#   KEYCLOAK_VERSION of the images, if it is not the one of docker-compose.yml
set -euo pipefail
release=$(realpath "${RELEASE_DIR:-target/release}")
docker info >/dev/null 2>&1 || { echo "no Docker engine" >&2; exit 3; }
compose=(docker compose)
"${compose[@]}" version >/dev/null 2>&1 || compose=(docker-compose)

work=$(mktemp -d)
project=social-exchange-try image=social-exchange-try:$$
tar -xzf "$release"/social-exchange-compose-*.tar.gz -C "$work" --strip-components=1
cd "$work"
cat >.env <<END
POSTGRES_PASSWORD=$RANDOM$RANDOM
KC_BOOTSTRAP_ADMIN_PASSWORD=$RANDOM$RANDOM
DEMO_BACKEND_SECRET=$RANDOM$RANDOM
DEMO_USER_PASSWORD=$RANDOM$RANDOM
KEYCLOAK_PORT=8280
KC_HOSTNAME=http://localhost:8280
SIMULATOR_URL=http://host.docker.internal:8899
${KEYCLOAK_VERSION:+KEYCLOAK_VERSION=$KEYCLOAK_VERSION}
END
run() { "${compose[@]}" -p $project "$@"; }
clean() {
  docker rm -f $project-image >/dev/null 2>&1 || true
  run down -v >/dev/null 2>&1 || true
  docker rmi "$image" >/dev/null 2>&1 || true
  kill "$simulator" 2>/dev/null || true
  rm -rf "$work"
}
java -jar "$release"/social-exchange-simulator-*.jar --port 8899 --bind 0.0.0.0 >simulator.log 2>&1 &
simulator=$!
trap clean EXIT

healthy() { # CONTAINER
  local try
  for try in $(seq 90); do
    docker exec "$1" bash -c 'exec 3<>/dev/tcp/127.0.0.1/9000 && printf "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" >&3 &&
      read -r _ status _ <&3 && [[ $status == 200 ]]' 2>/dev/null && return
    sleep 2
  done
  docker logs --tail 50 "$1" >&2
  return 1
}

serves() { # NAME CONTAINER PORT
  local token answer
  healthy "$2"
  [[ $(docker exec "$2" id -u) != 0 ]] || { echo "$1 runs as root" >&2; return 1; }
  token=$(curl -sf http://localhost:8899/_control/tokens -d '{"provider":"google","kind":"id_token"}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
  answer=$(curl -s "http://localhost:$3/realms/social/protocol/openid-connect/token" \
    -d grant_type=urn:ietf:params:oauth:grant-type:token-exchange -d client_id=demo-spa -d subject_issuer=google \
    -d subject_token_type=urn:ietf:params:oauth:token-type:id_token -d subject_token="$token")
  [[ $answer == *'"access_token"'*'"user_created"'* ]] || { echo "$1 answered: $answer" >&2; docker logs --tail 50 "$2" >&2; return 1; }
  echo "$1: ready, not root, and exchanges a token"
}

run up -d
serves 'docker compose, from the released files alone' "$(run ps -q keycloak)" 8280
password=$(sed -n 's/^POSTGRES_PASSWORD=//p' .env)
run stop keycloak

docker build -q -f Containerfile -t "$image" ${KEYCLOAK_VERSION:+--build-arg KEYCLOAK_VERSION="$KEYCLOAK_VERSION"} . >/dev/null
docker run -d --name $project-image --network ${project}_default --add-host host.docker.internal:host-gateway -p 127.0.0.1:8281:8080 \
  -e KC_DB_URL=jdbc:postgresql://postgres:5432/keycloak -e KC_DB_USERNAME=keycloak -e KC_DB_PASSWORD="$password" \
  -e KC_HOSTNAME=http://localhost:8281 -e KC_HTTP_ENABLED=true "$image" >/dev/null
serves 'the image of the Containerfile' $project-image 8281
