# The commands of the README. Each installs what is missing first.

SIGNPOST = .build/release/signpost
PYTEST = .signpost/test-venv/bin/python -m pytest -q -p no:cacheprovider

# What of the browser suite runs at every landing: axe on every kind of page, the built files, the search.
BROWSER = Tests/Browser/test_axe.py Tests/Browser/test_files.py Tests/Browser/search_test.py

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
	$(PYTEST) Tests/EndToEnd Tests/Leaflets $(BROWSER)

# Every page instead of a sample, and the whole browser suite: keyboard, leaving, reflow, the accessibility tree.
test-full: lint site
	@tools/install.sh test
	swift test
	SIGNPOST_TEST_FULL=1 $(PYTEST) Tests

lint:
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

bench: build
	@tools/install.sh test
	.signpost/test-venv/bin/python Tests/Benchmarks/bench.py

clean:
	swift package clean
	rm -rf .signpost
