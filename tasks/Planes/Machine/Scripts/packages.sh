# shellcheck shell=bash disable=SC2154,SC2030,SC2031
# packages: install (list: "name" or "name version"), unwanted (list of names), hold and release (lists of names),
# stream (list "module:stream"), with (list of repositories that are used for this set although they are disabled).
# (A pipe ends in this shell: lastpipe.) One dnf transaction puts in place what lacks; a version is met by every release of it: 1.33 by 1.33.4-150500.1.1.

hold_list=/etc/dnf/plugins/versionlock.list
hold_plugin=/etc/dnf/plugins/versionlock.conf
stream_folder=/etc/dnf/modules.d

# ask_rpm name...: the map "installed" holds epoch:version-release of what is there, and "broken" whether rpm can tell.
ask_rpm() {
    local mark name version line
    declare -gA installed=()
    broken=''
    while read -r mark name version line; do
        if [ "$mark" = error: ]; then
            broken=1
        elif [ "$mark" = = ] && [[ " and ${installed[$name]:-} and " != *" and $version and "* ]]; then
            # Two versions at once are what a transaction leaves behind that was cut in the middle.
            installed[$name]+="${installed[$name]:+ and }$version"
        fi
    done < <(rpm -q --qf '= %{NAME} %{EPOCHNUM}:%{VERSION}-%{RELEASE}\n' -- "$@" 2>&1)
}

# wished: the arrays "names" and "versions" hold what is to be there, "unwanted" what is not.
read_wishes() {
    local item
    names=() versions=() unwanted=()
    each install
    for item in "${items[@]}"; do
        names+=("${item%% *}")
        if [[ $item == *' '* ]]; then versions+=("${item#* }"); else versions+=(''); fi
    done
    each unwanted
    unwanted=("${items[@]}")
    for item in "${names[@]}" "${unwanted[@]}"; do
        [[ $item =~ ^[A-Za-z0-9][A-Za-z0-9._+-]*$ ]] || fail "\"$item\" is no name of a package. Names are made of letters, digits and . _ + -."
    done
    for item in "${versions[@]}"; do
        [[ $item =~ ^[A-Za-z0-9._+~^-]*$ ]] || fail "\"$item\" is no version of a package."
    done
}

# meets version wished: whether the installed version is the wished one or a release of it.
meets() {
    local version=${1#*:}
    [ -n "$1" ] && [[ $1 != *' and '* ]] || return 1
    [ -z "$2" ] || [ "$version" = "$2" ] || [[ $version == "$2".* || $version == "$2"-* ]]
}

is_held() {
    local line
    [ -f "$hold_plugin" ] && [ -f "$hold_list" ] && [ -n "${installed[$1]:-}" ] || return 1
    while IFS= read -r line; do
        [ "$line" = "$1-${installed[$1]}.*" ] && return 0
    done <"$hold_list"
    return 1
}

# stream_of module: the variable "stream" holds the enabled one, nothing when none is.
stream_of() {
    local line state=''
    stream=''
    [ -f "$stream_folder/$1.module" ] || return 0
    while IFS= read -r line; do
        case $line in
            stream=*) stream=${line#stream=} ;;
            state=*) state=${line#state=} ;;
        esac
    done <"$stream_folder/$1.module"
    [ "$state" = enabled ] || stream=''
}

look_packages() {
    local name list='' quoted item stream held=()
    read_wishes
    ask_rpm "${names[@]}" "${unwanted[@]}"
    for name in "${names[@]}" "${unwanted[@]}"; do
        item=${installed[$name]:-absent}
        [ -z "$broken" ] || item='unknown: the database of rpm is broken'
        json_text "$item"
        list+="${list:+,}\"$name\":$quoted"
        if is_held "$name"; then held+=("$name"); fi
    done
    tell_json packages "{$list}"
    tell_list held "${held[@]}"
    list=''
    each stream
    for item in "${items[@]}"; do
        stream_of "${item%%:*}"
        json_text "${stream:-absent}"
        list+="${list:+,}\"${item%%:*}\":$quoted"
    done
    tell_json streams "{$list}"
}

# run_dnf arguments...: its lines are progress; "complaint" holds what it complains about, or else its last lines.
run_dnf() {
    local line code=0 last=()
    complaint=''
    dnf -y "$@" 2>&1 3>&- 4>&- | while IFS= read -r line; do
        [[ $line == *[![:space:]]* ]] || continue
        say "dnf: $line"
        last=("${last[@]: -4}" "$line")
        if [ -n "$complaint" ] || [[ $line == Error* || $line == 'No match'* || $line == 'Failed '* || $line == *error:* ]]; then complaint+="${complaint:+$'\n'}$line"; fi
    done || code=$?
    [ -n "$complaint" ] || complaint=$(printf '%s\n' "${last[@]}")
    return "$code"
}

# Metadata that lies on the disk may be older than what is asked for; it is fetched anew when dnf did not find its way with it.
transact() {
    run_dnf "$@" && return 0
    case $complaint in
        *'No match'* | *'Unable to find a match'* | *'Status code: 404'* | *'annot download'* | *'Failed to download'* | *'Curl error (37)'*) ;;
        *) fail "dnf $1 failed. $complaint" ;;
    esac
    say "Asking the repositories for newer metadata"
    run_dnf --refresh "$@" || fail "dnf $1 failed, also with fresh metadata. $complaint
Check the names and versions in the manifest, and that the machine reaches the repositories (vm.mirrors, vm.proxy)."
}

mend_database() {
    [ -n "$broken" ] || return 0
    say "The database of rpm is broken, as a transaction that was cut leaves it; it is rebuilt"
    rm -f -- /var/lib/rpm/__db.*
    rpm --rebuilddb || fail "The database of rpm is broken and cannot be rebuilt: rpm --rebuilddb tells why. Restore /var/lib/rpm, or make the machine anew."
    ask_rpm "${names[@]}" "${unwanted[@]}"
}

switch_streams() {
    local item stream
    each stream
    for item in "${items[@]}"; do
        [[ $item =~ ^[A-Za-z0-9][A-Za-z0-9._+-]*:[A-Za-z0-9][A-Za-z0-9._+-]*$ ]] || fail "\"$item\" is no stream of a module."
        stream_of "${item%%:*}"
        [ "$stream" != "${item#*:}" ] || continue
        transact module reset "${item%%:*}"
        transact module enable "$item"
    done
}

# write_holds: locks what is to be held at the version that is there; the names in "loose" are locked no longer.
write_holds() {
    local line name draft kept=()
    if [ -f "$hold_list" ]; then
        while IFS= read -r line; do
            name=${line#!}
            name=${name%-*-*}
            [[ -n "$line" && " ${loose[*]} " == *" $name "* ]] || kept+=("$line")
        done <"$hold_list"
    fi
    for name in "$@"; do
        [ -n "${installed[$name]:-}" ] && kept+=("$name-${installed[$name]}.*")
    done
    [ -f "$hold_list" ] || [ ${#kept[@]} -gt 0 ] || return 0
    mkdir -p -- "${hold_list%/*}"
    draft=$(mktemp -- "$hold_list.XXXXXXXX")
    [ ${#kept[@]} = 0 ] || printf '%s\n' "${kept[@]}" >"$draft"
    chmod 0644 -- "$draft"
    mv -fT -- "$draft" "$hold_list"
}

make_packages() {
    local name index options=() lacking=() surplus=() doubled='' held=() loose=() names versions unwanted broken complaint stream
    read_wishes
    ask_rpm "${names[@]}" "${unwanted[@]}"
    mend_database
    each hold
    held=("${items[@]}")
    each release
    loose=("${items[@]}" "${held[@]}")
    [ ${#held[@]} = 0 ] || [ -f "$hold_plugin" ] || fail "Versions are to be held, but dnf's plugin versionlock is not installed. Install python3-dnf-plugin-versionlock."
    each with
    for name in "${items[@]}"; do options+=("--enablerepo=$name"); done

    for name in "${unwanted[@]}"; do [ -z "${installed[$name]:-}" ] || surplus+=("$name"); done
    for index in "${!names[@]}"; do
        name=${names[index]}
        [[ ${installed[$name]:-} != *' and '* ]] || doubled=1
        meets "${installed[$name]:-}" "${versions[index]}" && continue
        # A hold of an older wish would hide the version that is wished now.
        loose+=("$name")
        lacking+=("$name${versions[index]:+-${versions[index]}[.-]*}")
    done
    [ ${#loose[@]} = 0 ] || write_holds
    switch_streams
    if [ ${#surplus[@]} -gt 0 ]; then transact remove -- "${surplus[@]}"; fi
    if [ -n "$doubled" ]; then transact remove --duplicates; fi
    if [ ${#lacking[@]} -gt 0 ]; then transact install "${options[@]}" -- "${lacking[@]}"; fi
    if [ ${#held[@]} -gt 0 ]; then
        ask_rpm "${names[@]}"
        write_holds "${held[@]}"
    fi
}
