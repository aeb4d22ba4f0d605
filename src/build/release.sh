#!/usr/bin/env bash
# Makes everything that a release consists of, in target/release, and runs no test. Nothing but the files that git knows goes into it, and neither
# the hour nor the place: the same files give the same bytes with the same JDK. Needs git, a JDK, Maven and GNU tar.
#   RELEASE_DIR   where the artefacts go instead
#   PROJECT_HOME  https address of the repository, for the pom; without it the pom has none
#   MVN           how Maven is called; not offline (-o), where it makes no bill of materials
set -euo pipefail
cd "$(dirname "$0")/../.."
export LC_ALL=C TZ=UTC
umask 022

name=social-exchange
MVN=${MVN:-mvn -B -ntp}
release=$(realpath -m "${RELEASE_DIR:-target/release}")
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

of_pom() { sed -nE "s:^ *<$1>([^<]*)</$1>.*:\1:p" pom.xml | head -1; }

# The files that git knows, as they are now: what else lies about in this folder must not come along.
clean_copy() { git -c safe.directory="$PWD" ls-files -z | tar --null -cT - | tar -xC "$1"; }

# The part of the changelog about this version; before it is released, what has not been.
notes() {
  local heading=$version
  [[ $version == *-SNAPSHOT ]] && heading=Unreleased
  awk -v heading="## [$heading]" 'index($0, "## [") == 1 { ours = index($0, heading) == 1; next } ours' CHANGELOG.md |
    sed -e '1{/^$/d}' >"$release/RELEASE-NOTES.md"
  grep -q '^- ' "$release/RELEASE-NOTES.md" || { echo "CHANGELOG.md has nothing under [$heading]" >&2; return 1; }
}

# What docker compose and an image need: nothing in it has to be built.
compose() {
  local folder=$name-$version
  mkdir -p "$build/bundle/$folder"
  (cd "$build/tree" &&
    cp -r --parents docker-compose.yml .env.example realm-export.json Containerfile .dockerignore themes LICENSE \
      providers/$name-keycloak.jar "$build/bundle/$folder")
  tar -C "$build/bundle" --sort=name --mtime="$timestamp" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -c "$folder" |
    gzip -9n >"$release/$name-compose-$version.tar.gz"
}

version=$(of_pom version)
timestamp=$(of_pom project.build.outputTimestamp)
mkdir "$build/tree"
clean_copy "$build/tree"
(cd "$build/tree" && $MVN -q package -DskipTests -Dspotless.check.skip -Drelease ${PROJECT_HOME:+-Dproject.home="$PROJECT_HOME"})

rm -rf "$release"
mkdir -p "$release"
built=$build/tree/target
for kind in .jar -sources.jar -javadoc.jar; do
  cp "$built/$name-keycloak$kind" "$release/$name-keycloak-$version$kind"
done
cp "$built/$name-simulator.jar" "$release/$name-simulator-$version.jar"
cp "$built/$name-doctor.jar" "$release/$name-doctor-$version.jar"
cp "$built/$name-streams.jar" "$release/$name-streams-$version.jar"
cp "$built/$name-keycloak-sbom.json" "$release/$name-keycloak-$version-sbom.json"
sed "s#\(<project.home>\)[^<]*#\1${PROJECT_HOME:-https://social-exchange.invalid}#" pom.xml >"$release/$name-keycloak-$version.pom"
compose
notes
(cd "$release" && sha256sum -- * >"$build/SHA256SUMS" && mv "$build/SHA256SUMS" . && cat SHA256SUMS)
