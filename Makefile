# The commands of the README. Each installs what is missing first.

SIGNPOST = .build/release/signpost
PYTEST = .signpost/test-venv/bin/python -m pytest -q -p no:cacheprovider

# Two files of tests at a time: a test waits for its browser, and the browser for its test.
PARALLEL = -n auto --maxprocesses 4 --dist loadfile

.PHONY: site test test-full bench build lint clean

site: build
	$(SIGNPOST) build --content content --output site
	@echo "The site is in site/: open site/index.html"

build:
	@tools/install.sh site
	swift build -c release --product signpost

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

clean:
	swift package clean
	rm -rf .signpost
