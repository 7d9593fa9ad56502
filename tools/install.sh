#!/usr/bin/env bash
# Installs what is missing for a goal: site (build and publish), package (site, and what puts the program in place) or test
# (everything).
# On Debian and Ubuntu with apt, on macOS with Homebrew. Does nothing where all is there.
set -euo pipefail
cd "$(dirname "$0")/.."
goal=${1:-site}

site_debian="pkg-config libcmark-gfm-dev libcmark-gfm-extensions-dev libxxhash-dev libqrencode-dev libstemmer-dev libjemalloc-dev
  python3 python3-venv fonts-noto-core fonts-noto-cjk fonts-noto-extra liblouis-bin"
package_debian="help2man"
test_debian="gettext qpdf poppler-utils epubcheck strace"
site_brew="pkg-config cmark-gfm xxhash qrencode snowball python@3.12 font-noto-sans liblouis"
package_brew="help2man"
test_brew="chromium gettext qpdf poppler epubcheck"

missing=()
case "$(uname -s)" in
  Linux)
    command -v apt-get >/dev/null || { echo "This needs Debian or Ubuntu (apt-get). Elsewhere, install: $site_debian"; exit 1; }
    packages=$site_debian
    [ "$goal" != site ] && packages="$packages $package_debian"
    [ "$goal" = test ] && packages="$packages $test_debian"
    for package in $packages; do
      dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    # The HTML checker is a Java program; any Java will do.
    if [ "$goal" = test ] && ! command -v java >/dev/null; then missing+=(default-jre-headless); fi
    # Chromium without windows starts several times as fast; not every release has it as a package.
    browser=""
    if [ "$goal" = test ] && ! command -v chromium-headless-shell >/dev/null && ! command -v chromium >/dev/null; then
      browser=chromium
    fi
    if [ ${#missing[@]} -gt 0 ] || [ -n "$browser" ]; then
      as_root=""
      [ "$(id -u)" -eq 0 ] || as_root=sudo
      $as_root apt-get update -qq
      if [ -n "$browser" ]; then
        if apt-cache show chromium-headless-shell >/dev/null 2>&1; then browser=chromium-headless-shell; fi
        missing+=("$browser")
      fi
      echo "Installing ${missing[*]}"
      DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    fi
    ;;
  Darwin)
    command -v brew >/dev/null || { echo "This needs Homebrew: https://brew.sh"; exit 1; }
    packages=$site_brew
    [ "$goal" != site ] && packages="$packages $package_brew"
    [ "$goal" = test ] && packages="$packages $test_brew"
    for package in $packages; do brew list "$package" >/dev/null 2>&1 || brew install "$package"; done
    ;;
esac

command -v swift >/dev/null || { echo "This needs a Swift 6 toolchain: https://www.swift.org/install"; exit 1; }

# Python packages live in private environments below .signpost/, made anew when their list changes.
environment() {
  local folder=$1 list=$2
  if [ -f "$folder/installed.txt" ] && cmp -s "$list" "$folder/installed.txt"; then return; fi
  echo "Preparing $folder"
  rm -rf "$folder"
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$list"
  cp "$list" "$folder/installed.txt"
}
environment .signpost/venv tools/requirements.txt
if [ "$goal" = test ]; then environment .signpost/test-venv Tests/requirements.txt; fi
