#!/usr/bin/env bash
# Makes a release twice, in different folders, with files of different age, another time zone and another umask, and fails if a byte differs.
#   release-twice.sh [JAR]   fails as well if the released jar is not this one, which has been tested
set -euo pipefail
cd "$(dirname "$0")/../.."
tested=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

once() { # FOLDER TAR-OPTIONS…
  local folder=$work/$1
  shift
  mkdir -p "$folder"
  git -c safe.directory="$PWD" ls-files -z | tar --null -cT - | tar -xC "$folder" "$@"
  git -C "$folder" init -q
  git -C "$folder" add -A
  RELEASE_DIR=$folder/released "$folder/src/build/release.sh" >"$folder.log" 2>&1 || { cat "$folder.log" >&2; return 1; }
}

once first &
first=$!
(export TZ=Pacific/Auckland && umask 077 && once another/folder --touch)
wait $first
diff -r "$work/first/released" "$work/another/folder/released"
(cd "$work/first/released" && sha256sum --check --quiet SHA256SUMS && ls -l --time-style=+ | awk 'NR > 1 { print "    " $6, $5 }')
[[ -z $tested ]] || cmp "$tested" "$work"/first/released/social-exchange-keycloak-*[0-9T].jar
echo "released twice, byte for byte the same"
