# shellcheck shell=bash disable=SC2154
# service: unit, reads (list of files and folders; the service must have started after their newest change), state (active or
# inactive), enabled (true or false). What it is and since when comes from systemd in one question.

# ask_systemd: the map "shown" holds the properties.
ask_systemd() {
    local line
    declare -gA shown=()
    while IFS= read -r line; do shown[${line%%=*}]=${line#*=}; done < <(systemctl show \
        --property=LoadState,ActiveState,UnitFileState,NeedDaemonReload,ExecMainStartTimestampMonotonic,InactiveExitTimestampMonotonic -- "${given[unit]}" 2>/dev/null)
}

# is_current: whether the service started after the newest change of what it reads.
is_current() {
    local started=${shown[ExecMainStartTimestampMonotonic]:-0} now up newest='' moment
    [ "${shown[NeedDaemonReload]:-no}" = no ] || return 1
    each reads
    [ ${#items[@]} -gt 0 ] || return 0
    [ "${started:-0}" != 0 ] || started=${shown[InactiveExitTimestampMonotonic]:-0}
    [ "${started:-0}" != 0 ] || return 1
    while IFS= read -r moment; do
        if [[ -z $newest || ${moment/./} -gt $newest ]]; then newest=${moment/./}; fi
    done < <(stat -c '%.6Y' -- "${items[@]}" 2>/dev/null)
    [ -n "$newest" ] || return 0
    now=$(date +%s%6N)
    read -r up _ </proc/uptime
    # Hundredths of a second are as fine as the machine tells how long it is up.
    [ $((now - ${up/./}0000 + started + 20000)) -gt "$newest" ]
}

look_service() {
    local -A shown
    ask_systemd
    [ "${shown[LoadState]:-not-found}" != not-found ] || absent
    tell state "${shown[ActiveState]:-inactive}"
    case ${shown[UnitFileState]:-} in
        # There is nothing to enable in these.
        enabled* | static | indirect | alias | generated) tell_json enabled true ;;
        *) tell_json enabled false ;;
    esac
    tell_flag masked [ "${shown[LoadState]}" = masked ]
    if [ "${shown[ActiveState]}" = active ]; then tell_flag current is_current; fi
}

# What systemd and the service itself say about a failure.
last_words() { journalctl --unit="${given[unit]}" --lines=8 --no-pager --output=cat 2>/dev/null || true; }

order() {
    systemctl "$@" -- "${given[unit]}" || fail "systemctl $1 ${given[unit]} failed. Its last words:
$(last_words)"
}

make_service() {
    local -A shown
    ask_systemd
    if [ "${shown[LoadState]:-}" = masked ]; then
        order unmask
        ask_systemd
    fi
    if [ "${shown[LoadState]:-not-found}" = not-found ] || [ "${shown[NeedDaemonReload]:-no}" != no ]; then
        systemctl daemon-reload
        ask_systemd
    fi
    [ "${shown[LoadState]:-not-found}" != not-found ] || fail "There is no service ${given[unit]}. The package that brings it is missing or broken: systemctl status ${given[unit]}"
    if [ "${given[enabled]}" = true ]; then
        case ${shown[UnitFileState]:-} in enabled | static | indirect | alias | generated) ;; *) order enable ;; esac
    elif [[ ${shown[UnitFileState]:-} == enabled* ]]; then
        order disable
    fi
    if [ "${given[state]}" != active ]; then
        [ "${shown[ActiveState]:-}" = inactive ] || order stop
    elif [ "${shown[ActiveState]:-}" != active ]; then
        systemctl reset-failed -- "${given[unit]}" 2>/dev/null || true
        order start
    elif ! is_current; then
        say "restarting ${given[unit]}: it started before the newest change of what it reads"
        order restart
    fi
}

drop_service() {
    local -A shown
    ask_systemd
    [ "${shown[LoadState]:-not-found}" = not-found ] || { order disable; order stop; }
}
