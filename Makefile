# Every target is one command that can be typed without make.
MVN = mvn -B -ntp
KC =
KC_VERSIONS = 26.7.5 26.6.4

.DEFAULT_GOAL := help
.PHONY: help fmt kotlin swift importer django thousand js site test it matrix demo up bench import-speed overhead fuzz chaos soak flood mutants release twice images check

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

fmt: ## format the sources
	$(MVN) spotless:apply && $(MVN) -f clients/kotlin spotless:apply && $(MVN) -f importer spotless:apply

kotlin: ## the Kotlin client, which AndroidRecipeIT runs where it is built
	$(MVN) -f clients/kotlin package

swift: ## the Swift client and its tests, where there is a Swift
	@if command -v swift >/dev/null; then cd clients/swift && swift test; else echo 'no Swift: its client is not built'; fi

django: ## the tests of the resource server in Django, where there is one
	@if /usr/bin/python3 -c 'import cryptography, django, jwt, rest_framework' 2>/dev/null; then \
	  cd examples/resource-server-django && DATABASE=:memory: /usr/bin/python3 -B manage.py test; else echo 'no Django: nothing is tested'; fi

thousand: importer ## a thousand people of a Django project over six providers, brought and back by the old address
	$(MVN) verify -DskipUnitTests -Dit.processes=1 -Dit.test=DjangoImportIT -Ddjango.people=1000

js: ## the package for web pages, tested in Node and in Chromium
	cd clients/js && npm ci && npm test

importer: ## the program that translates other back ends' exports and brings them to a realm
	$(MVN) -f importer package

test: ## unit tests only, no server
	$(MVN) test

it: ## integration tests only, against one server (KC=26.6.4 chooses it)
	$(MVN) verify -DskipUnitTests $(if $(KC),-Dkeycloak.version=$(KC))

matrix: ## the same jar against every supported server, then the table of docs/compatibility.md
	@rm -rf target/compatibility; for v in $(KC_VERSIONS); do $(MVN) verify -DskipUnitTests -Dit.everything=true -Dkeycloak.version=$$v || exit 1; done; cat target/compatibility/*.md

demo: ## Keycloak, the provider simulators and a front-end page on this machine
	$(MVN) verify -Pdemo

up: ## the jar, then docker-compose.yml (copy .env.example to .env first)
	$(MVN) -q package -DskipTests && docker compose up -d

bench: ## throughput against Keycloak's own grants
	$(MVN) verify -Pbench

import-speed: importer ## 100,000 people of a generated Firebase export into a real Keycloak on PostgreSQL (PEOPLE= LEAST=); fails below 500 a second
	$(MVN) verify -Pbench -Dexec.mainClass=dev.socialexchange.keycloak.bench.ImportSpeed $(if $(PEOPLE),-Dimport.people=$(PEOPLE)) $(if $(LEAST),-Dimport.least=$(LEAST))

overhead: ## what metrics and throttling take of an exchange's processor time; fails above one percent
	$(MVN) verify -Pbench -Dexec.mainClass=dev.socialexchange.keycloak.bench.Overhead

fuzz: ## mutated requests against a real server (SEED= REQUESTS= choose them); fails on a finding
	$(MVN) verify -Pfuzz $(if $(SEED),-Dfuzz.seed=$(SEED)) $(if $(REQUESTS),-Dfuzz.requests=$(REQUESTS))

chaos: ## two nodes lose what they need, while people sign in (SEED= SECONDS= choose it); fails if a promise is broken
	$(MVN) verify -Pchaos $(if $(SEED),-Dchaos.seed=$(SEED)) $(if $(SECONDS),-Dchaos.seconds=$(SECONDS))

soak: ## ten minutes of exchanges on one node (SECONDS= chooses them); fails if something grows
	$(MVN) verify -Psoak $(if $(SECONDS),-Dsoak.seconds=$(SECONDS))

flood: ## 100,000 signals at one node (SIGNALS= chooses); fails if more is left of them than of those about its people
	$(MVN) verify -Psoak -Dexec.mainClass=dev.socialexchange.keycloak.soak.Flood $(if $(SIGNALS),-Dflood.signals=$(SIGNALS))

mutants: ## changes of proof and descriptor that no unit test notices (PIT); ends with the score
	$(MVN) test-compile pitest:mutationCoverage -Pmutants && awk -f src/build/mutants.awk target/pit-reports/mutations.xml

release: ## all that is released, in target/release, out of what git knows; runs no test
	MVN='$(MVN)' src/build/release.sh

twice: ## a release made twice, at different places; fails if a byte differs
	MVN='$(MVN)' src/build/release-twice.sh

images: ## docker compose and an image out of the files of a release alone (after make release; needs a Docker engine)
	src/build/try-images.sh

check: ## everything a pull request must pass on one server
	$(MVN) verify

site: ## the documentation as a site, in site/.vitepress/dist; fails on a link that leads nowhere
	cd site && npm ci --no-progress && npm test && npm run build
