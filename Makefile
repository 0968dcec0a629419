# Two commands are enough: `make demo` builds a graph from the seed articles and asks it something, `make test` runs every
# test. `make` alone lists the others.

# Outside the working tree, so that a fresh clone finds what an earlier one has compiled (RocksDB takes minutes).
export CARGO_TARGET_DIR ?= $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/entente-target
export PATH := $(HOME)/.cargo/bin:$(PATH)

# `make demo FEATURES=--no-default-features` needs neither libclang nor a C++ compiler: no RocksDB, the graph in memory.
FEATURES ?=
CARGO_FLAGS := --release --locked $(FEATURES)
SETUP := .ci/setup $(if $(findstring no-default-features,$(FEATURES)),--memory)

ENTENTE := $(CARGO_TARGET_DIR)/release/entente
STORE := demo/entente.store
QUERY := agreements-of-country --set country=SGP
GOLD ?= ../shared/gold/dev
SPACY ?= python3
BENCH ?=
KILLS ?= 200
SECONDS_EACH ?= 1800

.DEFAULT_GOAL := help
.PHONY: help setup build demo test python spark bench gaps score sbom faults fuzz static reproducible explorer lint lint-format lint-clippy lint-docs lint-dependencies lint-explorer clean-demo

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name what; do \
		printf '  make %-18s %s\n' "$$name" "$$what"; done

setup: ## look for what the build needs, install it where that is possible
	@$(SETUP)

build: setup ## build the program
	cargo build $(CARGO_FLAGS)

demo: build clean-demo ## graph of seeds/articles, an answer in SPARQL, a picture
	@mkdir -p demo
	$(ENTENTE) build seeds/articles --store $(STORE)
	@printf '\nWhich countries signed what with Singapore, in which sector, and which sentence says so?\n'
	$(ENTENTE) query $(QUERY) --store $(STORE)
	$(ENTENTE) export --view ties --format svg --store $(STORE) --output demo/ties.svg
	@printf '\nThe graph is in %s, the picture of the ties in %s.\n' "$(STORE)" "demo/ties.svg"
	@printf 'Go on with:  %s dyad KOR SGP --store %s\n' "$(ENTENTE)" "$(STORE)"
	@printf '             %s queries --store %s\n' "$(ENTENTE)" "$(STORE)"

clean-demo:
	@rm -rf $(STORE) demo/ties.svg

# Doctests first: the runner's summary is to come last.
test: setup ## run every test
	cargo test $(CARGO_FLAGS) --doc --quiet
	@if cargo nextest --version >/dev/null 2>&1; then \
		set -x; cargo nextest run $(CARGO_FLAGS) --no-fail-fast --status-level fail --final-status-level fail; \
	else \
		set -x; cargo test $(CARGO_FLAGS) --no-fail-fast --lib --bins --tests; \
	fi

python: ## build the Python binding as a wheel, install it beside what is built, and test it
	@$(SETUP) --python
	python/test.sh $(FEATURES)

spark: ## the same, and test the Apache Spark job (needs Java; installs PySpark)
	@$(SETUP) --python
	SPARK=1 python/test.sh $(FEATURES)

bench: setup ## measure speed and memory, and write docs/benchmarks.md (BENCH=options, SPACY=python with spaCy)
	cargo bench --locked $(FEATURES) --bench throughput -- --spacy $(SPACY) --write $(BENCH)

gaps: ## rewrite the lists of cases known to fail
	UPDATE_KNOWN_GAPS=1 cargo test $(CARGO_FLAGS) --test spec --test lexicon

score: build ## score the facts extracted from gold articles (GOLD=folder)
	$(ENTENTE) evaluate $(GOLD)

sbom: ## write what the program is made of to sbom.cdx.json (CycloneDX)
	@cargo cyclonedx --version >/dev/null 2>&1 || env -u CARGO_TARGET_DIR cargo install --quiet --locked cargo-cyclonedx
	cargo cyclonedx --format json --spec-version 1.5 --no-build-deps --override-filename sbom.cdx
	@rm -f python/sbom.cdx.json
	@printf 'The bill of materials is in sbom.cdx.json.\n'

faults: setup ## kill builds 200 times (KILLS=number), fill disks, damage files; the store must come out whole
	ENTENTE_KILLS=$(KILLS) cargo test $(CARGO_FLAGS) --test kill --test faults --test backup -- --nocapture

fuzz: ## fuzz every way in for half an hour each (SECONDS_EACH=number; needs nightly Rust)
	fuzz/run $(SECONDS_EACH)

static: ## build a program for Linux that needs nothing of the machine (musl, the graph in one file)
	@.ci/static

reproducible: ## build that program twice, in different folders, and compare the bytes
	.ci/reproducible

explorer: ## bundle the explorer anew (needs Node; web/dist is committed)
	cd web && npm ci --ignore-scripts --no-audit --no-fund && npm run --silent build

lint: lint-format lint-dependencies lint-clippy lint-docs lint-explorer ## everything that the gate checks besides the tests

lint-format:
	cargo fmt --all --check

lint-clippy: setup
	cargo clippy --release --locked --workspace --all-targets -- -D warnings
	cargo clippy --release --locked --workspace --all-targets --no-default-features -- -D warnings

lint-docs: setup
	RUSTDOCFLAGS="-D warnings" cargo doc --release --locked --no-deps --document-private-items

# In a browser, against the program itself; passes with a word where Node or Chromium is missing.
lint-explorer: build
	ENTENTE=$(abspath $(ENTENTE)) web/test.sh

# The list of advisories comes over the network; where it cannot be had, the rest is checked all the same.
lint-dependencies:
	cargo machete
	cargo deny --log-level warn check bans licenses sources
	@if timeout 60 cargo deny --log-level off fetch db >/dev/null 2>&1; then \
		cargo deny --log-level warn check advisories; \
	else \
		echo "advisories: not checked, the list could not be fetched"; \
	fi
