#!/usr/bin/env bash
# Puts the built program where other people and programs find it.
#
#   tools/package.sh install PREFIX [DESTDIR]   the program, its theme, man pages and completions below PREFIX
#   tools/package.sh uninstall PREFIX           takes them away again
#   tools/package.sh deb FOLDER                 the same as a Debian package in FOLDER
#   tools/package.sh container FOLDER [BASE]    the package of FOLDER in a container, upon the image BASE
#
# What is installed runs without a Swift toolchain: the libraries of Swift lie beside the program. It finds its theme
# and the layout engine in the folder that it lies in.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${SIGNPOST:-.build/release/signpost}

# The libraries that the program was linked with and that are part of Swift.
swift_libraries() {
  [ "$(uname -s)" = Linux ] || return 0
  ldd "$program" | awk '$3 ~ /\/swift\/linux\// { print $3 }'
}

stage() {
  local prefix=$1 root=${2:-}
  local home=$root$prefix/lib/signpost share=$root$prefix/share
  rm -rf "$home"
  mkdir -p "$home/.signpost" "$root$prefix/bin" "$share/man/man1" "$share/doc/signpost" \
    "$share/bash-completion/completions" "$share/zsh/site-functions" "$share/fish/vendor_completions.d"
  install -m 755 "$program" "$home/signpost"
  local library
  for library in $(swift_libraries); do install -m 644 "$library" "$home/"; done
  cp -R themes "$home/themes"
  # The guidance that `signpost new portal` starts from.
  cp -R content "$home/content"
  # The layout engine and what reads tables, with all they need.
  cp -R .signpost/venv "$home/.signpost/venv"
  find "$home" -name __pycache__ -prune -exec rm -rf {} +
  ln -sf ../lib/signpost/signpost "$root$prefix/bin/signpost"
  cp LICENSE README.md "$share/doc/signpost/"
  "$program" --generate-completion-script bash >"$share/bash-completion/completions/signpost"
  "$program" --generate-completion-script zsh >"$share/zsh/site-functions/_signpost"
  "$program" --generate-completion-script fish >"$share/fish/vendor_completions.d/signpost.fish"
  manual "$share/man/man1"
}

# A page for the program and one for each command, from what they say of themselves.
manual() {
  local folder=$1 version commands command said
  version=$("$program" --version)
  commands=$("$program" --help | awk '/^SUBCOMMANDS:/ { found = 1; next } found && /^  [a-z]/ { print $1 }')
  said=$(mktemp)
  # In lines as long as they are, so that the page's own are even.
  cat >"$said" <<SAID
#!/bin/sh
COLUMNS=400 "$(realpath "$program")" "\$@" | sed 's/^OVERVIEW: //; s/^USAGE: /Usage: /; s/^ARGUMENTS:/Arguments:/; s/^OPTIONS:/Options:/; s/^SUBCOMMANDS:/Commands:/; /^  See .signpost help/d'
SAID
  chmod +x "$said"
  page() { # its name, what it is, what follows the program's name
    help2man --no-info --section 1 --manual Signpost --source "Signpost $version" --version-string "$version" \
      --name "$2" "$said $3" | sed "s|$said|signpost|g; s|$(basename "$said" | tr a-z A-Z)|SIGNPOST|g; s|$(basename "$said")|signpost|g" \
      >"$folder/$1.1"
  }
  page signpost "publish guidance for families" ""
  for command in $commands; do
    page "signpost-$command" \
      "$("$program" help "$command" | sed -n 's/^OVERVIEW: //p' | head -n 1 | sed 's/\.$//')" "$command"
  done
  rm -f "$said"
}

uninstall() {
  local prefix=$1
  rm -rf "$prefix/lib/signpost" "$prefix/share/doc/signpost"
  rm -f "$prefix/bin/signpost" "$prefix/share/man/man1/signpost.1" "$prefix"/share/man/man1/signpost-*.1 \
    "$prefix/share/bash-completion/completions/signpost" "$prefix/share/zsh/site-functions/_signpost" \
    "$prefix/share/fish/vendor_completions.d/signpost.fish"
}

# The Debian packages of the other libraries that the program and the libraries of Swift ask for themselves.
library_packages() {
  local wanted
  wanted=" $(readelf -d "$program" $(swift_libraries) | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u | tr '\n' ' ')"
  ldd "$program" | awk '$3 ~ /^\// && $3 !~ /\/swift\/linux\// { print $1, $3 }' | while read -r name library; do
    case "$wanted" in *" $name "*) ;; *) continue ;; esac
    # Debian knows a library by its place before the folders were merged, or after.
    for path in "$library" "/usr$library" "$(readlink -f "$library")"; do
      if found=$(dpkg-query -S "$path" 2>/dev/null); then echo "${found%%:*}"; break; fi
    done
  done | sort -u
}

deb() {
  local folder=$1 version architecture root python
  version=$("$program" --version)
  architecture=$(dpkg --print-architecture)
  root=$(mktemp -d)
  trap 'rm -rf "$root"' RETURN
  stage /usr "$root"
  # What is in the private environment was made for one Python, here maybe for another one than the package will have.
  local environment=$root/usr/lib/signpost/.signpost/venv
  python=$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  [ -d "$environment/lib/python$python" ] || {
    echo "The packages in .signpost/venv are not for Debian's Python $python: remove .signpost/venv, and put /usr/bin first in PATH." >&2
    exit 1
  }
  ln -sf /usr/bin/python3 "$environment/bin/python3"
  sed -i 's|^home = .*|home = /usr/bin|; /^executable/d; /^command/d' "$environment/pyvenv.cfg"
  local next="${python%.*}.$((${python#*.} + 1))"
  mkdir "$root/DEBIAN"
  cat >"$root/DEBIAN/control" <<CONTROL
Package: signpost
Version: $version
Architecture: $architecture
Maintainer: Signpost
Section: web
Priority: optional
Installed-Size: $(du -ks "$root" | cut -f1)
Depends: $(library_packages | paste -sd, | sed 's/,/, /g'), python3 (>= $python), python3 (<< $next)
Recommends: fonts-noto-core, fonts-noto-cjk, fonts-noto-extra
Suggests: gettext
Description: static site generator for family information portals
 Signpost publishes guidance written in Markdown as an accessible,
 translated website with a searchable FAQ, and as leaflets to print.
CONTROL
  chmod 755 "$root"
  mkdir -p "$folder"
  dpkg-deb --root-owner-group -Zgzip --build "$root" "$folder/signpost_${version}_$architecture.deb"
}

container() {
  local folder=$1 base=${2:-} engine= context
  for engine in podman buildah docker ''; do command -v "${engine:-true}" >/dev/null && break; done
  [ -n "$engine" ] || {
    echo "Nothing here makes containers: install podman, buildah or docker." >&2
    exit 1
  }
  # The image of the release that the package was made on.
  [ -n "$base" ] || base=$(. /etc/os-release && case $ID in debian) echo "debian:$VERSION_CODENAME-slim" ;; *) echo "$ID:$VERSION_CODENAME" ;; esac)
  context=$(mktemp -d)
  trap 'rm -rf "$context"' RETURN
  cp "$folder/signpost_$("$program" --version)_$(dpkg --print-architecture).deb" "$context/"
  "$engine" build --file tools/Containerfile --build-arg "BASE=$base" --tag "signpost:$("$program" --version)" "$context"
}

if [ "${1:-}" != uninstall ] && [ ! -x "$program" ]; then
  echo "There is no $program: run 'make build' first." >&2
  exit 1
fi
case "${1:-}" in
  install) stage "${2:?a prefix, such as /usr/local}" "${3:-}" ;;
  uninstall) uninstall "${2:?a prefix, such as /usr/local}" ;;
  deb) deb "${2:?a folder for the package}" ;;
  container) container "${2:?the folder of the package}" "${3:-}" ;;
  *) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 64 ;;
esac
