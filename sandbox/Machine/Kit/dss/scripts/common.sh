# shellcheck shell=bash disable=SC2034
# What the scripts of the kit share. A stand-in for DSS: the same files, messages and refusals, and little behind them.

kit=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
faults=/run/dss-sandbox/faults

# value file key: a text of a flat JSON document.
value() { sed -n "s/.*\"$2\"[ ]*:[ ]*\"\([^\"]*\)\".*/\1/p" "$1" 2>/dev/null | head -n 1; }

kit_version() { value "$kit/dss-version.json" product_version; }

log_file=''
say() {
    printf '%s\n' "$*"
    [ -z "$log_file" ] || printf '%s\n' "$*" >>"$log_file"
}

refuse() {
    printf '*** Error: %s\n' "$*" >&2
    [ -z "$log_file" ] || printf '*** Error: %s\n' "$*" >>"$log_file"
    exit 1
}

# pause: how long a step takes, where a test wants to meet the kit in the middle of one.
pause() { [ ! -e "$faults/kit-slow" ] || sleep "$(grep -m 1 . "$faults/kit-slow" || echo 0.5)"; }

# ini file section key
ini() {
    awk -v section="[$2]" -v key="$3" '
        /^\[/ { inside = ($0 == section) }
        inside && match($0, "^[ ]*" key "[ ]*=") { print substr($0, RLENGTH + 1) }' "$1" 2>/dev/null | sed 's/^[ ]*//; s/[ ]*$//' | tail -n 1
}

running() { # data dir
    local pid
    { read -r pid <"$1/run/supervisord.pid"; } 2>/dev/null && [ -d "/proc/$pid" ] && grep -qsz supervisord "/proc/$pid/cmdline"
}

# javas: the versions this DSS accepts, the best one last.
javas() {
    case $(kit_version) in
        9.* | 10.* | 11.* | 12.*) echo 8 11 ;;
        13.*) echo 11 17 ;;
        *) echo 17 ;;
    esac
}

pythons() {
    case $(kit_version) in
        9.* | 10.* | 11.* | 12.[0-4].*) echo 2.7 3.6 3.7 3.9 ;;
        12.*) echo 2.7 3.6 3.7 3.9 3.10 ;;
        13.*) echo 3.6 3.7 3.9 3.10 ;;
        *) echo 3.9 3.10 3.11 ;;
    esac
}
