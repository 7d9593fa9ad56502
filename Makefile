# The commands of the README. Each installs what is missing first.

SIGNPOST = .build/release/signpost
PYTEST = .signpost/test-venv/bin/python -m pytest -q -p no:cacheprovider

# One file of tests more than there are cores: a test waits for its browser, and the browser for its test. Tests/conftest.py
# says which file comes first.
PARALLEL = -n $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: site test test-full test-sanitized bench fuzz audit sbom build install uninstall deb container lint clean

site: build
	$(SIGNPOST) build --content content --output site
	@echo "The site is in site/: open site/index.html"

build:
	@tools/install.sh site
	swift build -c release --product signpost

# What `make build` or `make site` has built, for every user of this machine, or as a Debian package for another one.
PREFIX = /usr/local
install:
	@tools/install.sh package
	tools/package.sh install $(PREFIX) $(DESTDIR)

uninstall:
	tools/package.sh uninstall $(PREFIX)

deb: build
	@tools/install.sh package
	tools/package.sh deb .build

# The package in a container; `make container BASE=registry.example.org/debian:bookworm` takes another image below it.
container: deb
	tools/package.sh container .build $(BASE)

test: lint site
	@tools/install.sh test
	swift build --build-tests
	swift test --skip-build
	$(PYTEST) $(PARALLEL) Tests/EndToEnd Tests/Leaflets Tests/Browser

# Every page instead of a sample.
test-full: lint site
	@tools/install.sh test
	swift test
	SIGNPOST_TEST_FULL=1 $(PYTEST) $(PARALLEL) Tests

lint:
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

bench: build
	@tools/install.sh test
	.signpost/test-venv/bin/python Tests/Benchmarks/bench.py

# Inputs of every harness; `make fuzz RUNS=1000000` for a night.
RUNS = 20000
fuzz: build
	SIGNPOST_FUZZ=1 swift build -c release --product fuzz --scratch-path .build/fuzz -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld
	python3 Tests/Fuzz/run.py --runs $(RUNS)

# The Swift tests under the sanitizers of addresses and of threads.
test-sanitized: build
	swift test --sanitize address --scratch-path .build/address
	swift test --sanitize thread --scratch-path .build/thread

# What the program is made of, with licences and what is known to be wrong; `sbom` writes it as CycloneDX.
audit: build
	@tools/install.sh test
	.signpost/test-venv/bin/python tools/audit.py

sbom: build
	@tools/install.sh test
	.signpost/test-venv/bin/python tools/audit.py --sbom .build/signpost.cdx.json

clean:
	swift package clean
	rm -rf .signpost
