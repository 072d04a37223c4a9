# What the gate and the nightly run share: steps with their seconds, what a machine lacks, the commands of the README.
# shellcheck shell=bash
# Sourced from the root of the repository, under `set -euo pipefail`.

# Begins a step. At the end, also where one fails, a table says how many seconds each took.
steps=() seconds=()
current='' began=$SECONDS
finish_step() {
    [ -z "$current" ] || { steps+=("$current") seconds+=("$((SECONDS - began))"); }
    current='' began=$SECONDS
}
step() {
    finish_step
    current=$1
    printf '\n== %s (after %d s)\n' "$1" "$SECONDS"
}
table() {
    finish_step
    printf '\nseconds  step\n'
    local place
    for place in "${!steps[@]}"; do
        printf '%7d  %s\n' "${seconds[place]}" "${steps[place]}"
    done
    printf '%7d  all\n' "$SECONDS"
}
trap table EXIT

fail() {
    printf '%s: %s\n' "$0" "$1" >&2
    exit 1
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# Whether there is a font for Han characters, without which screenshots show boxes.
has_han_font() {
    has fc-list && [ -n "$(fc-list :lang=zh family)" ]
}

# Installs Debian packages, where the machine allows it.
install_packages() {
    local packages="$*" as=()
    has apt-get || fail "these are missing, and there is no apt-get to install them: $packages"
    if [ "$(id -u)" -ne 0 ]; then
        has sudo && sudo -n true 2>/dev/null || fail "these are missing, and only root can install them: apt-get install $packages"
        as=(sudo -n)
    fi
    "${as[@]}" apt-get update -q
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# The command of the README that begins so, from the one line of its own.
readme_command() {
    local line
    line=$(grep -E "^$1( |\$)" README.md | head -n 1) || fail "the README gives no line that begins with \`$1\`"
    printf '%s\n' "$line"
}
