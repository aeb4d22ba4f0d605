#!/usr/bin/env bash
# Makes everything that a release consists of, in target/release, and runs no test. Nothing but the files that git knows goes into it, and neither
# the hour nor the place: the same files give the same bytes with the same JDK. Needs git, a JDK, Maven and GNU tar, and Node 20 for the package
# for web pages, which is left out without it.
#   RELEASE_DIR   where the artefacts go instead
#   PROJECT_HOME  https address of the repository, for the poms; without it they have none
#   MVN           how Maven is called; not offline (-o), where it makes no bill of materials
set -euo pipefail
cd "$(dirname "$0")/../.."
export LC_ALL=C TZ=UTC
# Compilers that run once have no time to become fast: without the second compiler of the JVM this takes three fifths of its time.
export MAVEN_OPTS=${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}
umask 022

name=social-exchange
MVN=${MVN:-mvn -B -ntp}
release=$(realpath -m "${RELEASE_DIR:-target/release}")
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

of_pom() { sed -nE "s:^ *<$1>([^<]*)</$1>.*:\1:p" pom.xml | head -1; }

# The files that git knows, as they are now: what else lies about in this folder must not come along.
clean_copy() { git -c safe.directory="$PWD" ls-files -z | tar --null -cT - | tar -xC "$1"; }

package() { # MVN-ARGUMENTS…
  (cd "$build/tree" && $MVN -q package -Dspotless.check.skip "$@")
}

# The part of the changelog about this version; before it is released, what has not been.
notes() {
  local heading=$version
  [[ $version == *-SNAPSHOT ]] && heading=Unreleased
  awk -v heading="## [$heading]" 'index($0, "## [") == 1 { ours = index($0, heading) == 1; next } ours' CHANGELOG.md |
    sed -e '1{/^$/d}' >"$release/RELEASE-NOTES.md"
  grep -q '^- ' "$release/RELEASE-NOTES.md" || { echo "CHANGELOG.md has nothing under [$heading]" >&2; return 1; }
}

packed() { # ARCHIVE FOLDER FILE…: the files as they are in the current folder, in one of this name
  local archive=$1 folder=$build/bundle/$1/$2
  mkdir -p "$folder"
  cp -r --parents "${@:3}" "$folder"
  tar -C "$build/bundle/$archive" --sort=name --mtime="$timestamp" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -c "$2" |
    gzip -9n >"$release/$archive"
}

# What docker compose and an image need: nothing in it has to be built.
compose() {
  (cd "$build/tree" && packed "$name-compose-$version.tar.gz" "$name-$version" docker-compose.yml .env.example realm-export.json \
    Containerfile .dockerignore themes LICENSE providers/$name-keycloak.jar)
}

# The package for web pages as npm installs it. Its scripts are in the repository, its types are not.
js_package() {
  if ! command -v npm >/dev/null || ! [[ $(node --version) =~ ^v([0-9]+) ]] || ((BASH_REMATCH[1] < 20)); then
    echo 'no Node 20: the package for web pages is left out' >&2
    return
  fi
  (cd "$build/tree/clients/js" && npm ci --silent --no-progress --ignore-scripts &&
    npx --no-install tsc --project tsconfig.types.json &&
    packed "$name-js-$version.tgz" package package.json README.md LICENSE dist)
}

swift_package() {
  (cd "$build/tree/clients/swift" && packed "$name-swift-$version.tar.gz" "$name-swift-$version" Package.swift README.md LICENSE Sources Tests)
}

# The pom of the current folder, as a repository of packages has it.
published_pom() { # NAME PROPERTY-OF-THE-ADDRESS
  sed "s#\(<$2>\)[^<]*#\1${PROJECT_HOME:-https://social-exchange.invalid}#" pom.xml >"$release/$1-$version.pom"
}

version=$(of_pom version)
timestamp=$(of_pom project.build.outputTimestamp)
mkdir "$build/tree"
clean_copy "$build/tree"
package -DskipTests -Drelease ${PROJECT_HOME:+-Dproject.home="$PROJECT_HOME"}
package -f importer -Dmaven.test.skip
package -f clients/kotlin -Dmaven.test.skip ${PROJECT_HOME:+-Dproject.address="$PROJECT_HOME"}

rm -rf "$release"
mkdir -p "$release"
built=$build/tree/target
for kind in .jar -sources.jar -javadoc.jar; do
  cp "$built/$name-keycloak$kind" "$release/$name-keycloak-$version$kind"
  cp "$build/tree/clients/kotlin/target/$name-kotlin$kind" "$release/$name-kotlin-$version$kind"
done
cp "$built/$name-simulator.jar" "$release/$name-simulator-$version.jar"
cp "$built/$name-doctor.jar" "$release/$name-doctor-$version.jar"
cp "$built/$name-streams.jar" "$release/$name-streams-$version.jar"
cp "$build/tree/importer/target/$name-import.jar" "$release/$name-import-$version.jar"
cp "$built/$name-keycloak-sbom.json" "$release/$name-keycloak-$version-sbom.json"
published_pom "$name-keycloak" project.home
(cd clients/kotlin && published_pom "$name-kotlin" project.address)
js_package
swift_package
compose
notes
(cd "$release" && sha256sum -- * >"$build/SHA256SUMS" && mv "$build/SHA256SUMS" . && cat SHA256SUMS)
