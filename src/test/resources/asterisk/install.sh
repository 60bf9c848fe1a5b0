#!/usr/bin/env bash
# Unpacks Asterisk of a Debian suite into a directory: nothing is installed on this machine. The suites are tried in turn.
#   install.sh DIRECTORY SUITE...
set -euo pipefail

directory=$1
shift

mirror=$(sed -n 's/^URIs:[[:space:]]*\([^[:space:]]*\).*/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -1)
[[ -n $mirror ]] || mirror=$(awk '/^deb /{ for (i = 2; i <= NF; i++) if ($i ~ /^https?:/) { print $i; exit } }' \
    /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null)
[[ -n $mirror ]] || { echo "apt has no sources from which Asterisk could come" >&2; exit 1; }

state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT

unpack() { # suite
    rm -rf "$state"/* "$directory.part"
    mkdir -p "$state"/etc/{apt.conf.d,preferences.d} "$state/lists/partial" "$state/cache/archives/partial" "$directory.part"
    : >"$state/status"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $1 main" >"$state/etc/sources.list"
    # An expired list is better than none: it is signed all the same.
    cat >"$state/apt.conf" <<END
Dir::Etc "$state/etc";
Dir::Etc::sourcelist "$state/etc/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::parts "$state/etc/apt.conf.d";
Dir::Etc::preferencesparts "$state/etc/preferences.d";
Dir::State "$state";
Dir::State::status "$state/status";
Dir::Cache "$state/cache";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
END
    APT_CONFIG=$state/apt.conf apt-get -qq update &&
        APT_CONFIG=$state/apt.conf apt-get -qq -y --download-only install asterisk || return 1
    for package in "$state"/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$directory.part"
    done
    rm -rf "$directory"
    mv "$directory.part" "$directory"
}

for suite; do
    unpack "$suite" && exit
done
echo "none of the suites $* has an Asterisk that can be unpacked" >&2
exit 1
