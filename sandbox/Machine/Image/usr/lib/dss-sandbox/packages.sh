# shellcheck shell=bash disable=SC2034
# The package database of the machine, for rpm and dnf. One line a package, parted by tabs:
# name, version, release, architecture, requires, provides, conflicts, repository, time of installation, marks

rpm_home=${DSS_SANDBOX_RPM:-/var/lib/dss-sandbox/rpm}
preinstalled=/usr/share/dss-sandbox/preinstalled
faults=/run/dss-sandbox/faults
declare -A installed=()

# read_database: the map "installed" holds each package's line by its name.
read_database() {
    local name rest source=$rpm_home/packages
    installed=()
    [ -r "$source" ] || source=$preinstalled
    while IFS=$'\t' read -r name rest; do
        [ -z "$name" ] || installed[$name]=$name$'\t'$rest
    done <"$source"
}

# write_database: whole or not at all.
write_database() {
    local name
    mkdir -p "$rpm_home/files"
    for name in "${!installed[@]}"; do printf '%s\n' "${installed[$name]}"; done >"$rpm_home/packages.new"
    mv -f "$rpm_home/packages.new" "$rpm_home/packages"
}

# fields line: the variables p_name … p_marks hold what the line says.
fields() {
    local line=${1//$'\t'/$'\x1f'}
    IFS=$'\x1f' read -r p_name p_version p_release p_arch p_requires p_provides p_conflicts p_repo p_time p_marks <<<"$line"
}

# provider word: prints the names of the installed packages that are, provide or own it.
provider() {
    local name line found=1
    for name in "${!installed[@]}"; do
        fields "${installed[$name]}"
        if [ "$name" = "$1" ] || [[ ",$p_provides," == *",$1,"* ]]; then
            printf '%s\n' "$name"
            found=0
        fi
    done
    [ "$found" = 0 ] || [ "${1#/}" = "$1" ] || { owner "$1" && found=0; }
    return "$found"
}

owner() {
    local file found=1
    for file in "$rpm_home"/files/*; do
        if [ -f "$file" ] && [[ $file != *.sums ]] && grep -qxF -e "${1#/}" "$file"; then
            printf '%s\n' "${file##*/}"
            found=0
        fi
    done
    return "$found"
}

# newer one two: whether version-release one is newer than two.
newer() {
    [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | tail -n 1)" = "$1" ]
}

# key_id file: the eight digits by which rpm calls a key, the last ones of its fingerprint.
key_id() {
    local print
    print=$(sed -n 's/^Fingerprint: *//p' "$1" | tr -d ' ' | tr '[:upper:]' '[:lower:]')
    [ -n "$print" ] || print=$(sha256sum <"$1" | cut -c 1-40)
    printf '%s' "${print: -8}"
}

# fetch address file: by curl, or from the disk; the last line of what went wrong is in "problem".
fetch() {
    case $1 in
        http://* | https://*) problem=$(curl -fsSL --retry 0 --connect-timeout 10 ${proxy:+--proxy "$proxy"} -o "$2" -- "$1" 2>&1) ;;
        *) problem=$(cp -- "${1#file://}" "$2" 2>&1) ;;
    esac || { problem=${problem##*$'\n'}; return 1; }
}

# import_key address
import_key() {
    local draft id
    mkdir -p "$rpm_home/keys"
    draft=$(mktemp "$rpm_home/keys/.new.XXXXXX")
    fetch "$1" "$draft" || { rm -f "$draft"; return 1; }
    grep -q 'BEGIN PGP PUBLIC KEY' "$draft" || { rm -f "$draft"; problem="$1: not an armored public key"; return 1; }
    id=$(key_id "$draft")
    chmod 0644 "$draft"
    mv -f "$draft" "$rpm_home/keys/$id"
}
