# shellcheck shell=bash disable=SC2154
# dssService: file (list) that DSS reads when it starts. It is enabled, active, started after the newest of them, and it answers.

look_dssService() {
    dss_values
    if ! dss_read || [ ! -f "/etc/systemd/system/$unit.service" ]; then absent; fi
    local enabled active
    enabled=$(systemctl is-enabled "$unit" 2>/dev/null) || enabled=${enabled:-disabled}
    active=$(systemctl is-active "$unit" 2>/dev/null) || active=${active:-inactive}
    tell enabled "$enabled"
    if [ "$active" = active ] && ! dss_pid; then active="active, but DSS does not run"; fi
    tell active "$active"
    dss_old_because
    tell runs "${old:-what is on disk}"
    if [ "$active" = active ]; then dss_answers; else answers=no; fi
    tell answers "$answers"
    dss_last_words
    tell lastWords "$words"
}

# dss_old_because: the variable "old" says what is newer than the start of DSS; empty when nothing is.
dss_old_because() {
    local file
    old=''
    dss_work
    if [ ${#work[@]} -gt 0 ]; then old="not yet ${work[0]}"; return; fi
    dss_pid || return 0
    each file
    for file in "${items[@]}" "$data/bin/env-default.sh"; do
        [ ! "$file" -nt "$data/run/supervisord.pid" ] || old="what was there before $file was written"
    done
    [ -n "$old" ] || ! dss_lacks_docker || old="without the group docker"
}

# Groups of a process are those its account had when it started.
dss_lacks_docker() {
    local word number members
    IFS=: read -r _ _ number members < <(getent group docker) || return 1
    [[ ",$members," == *",$user,"* ]] || return 1
    while read -r word members; do
        [ "$word" = Groups: ] || continue
        [[ " $members " != *" $number "* ]]
        return
    done <"/proc/$pid/status"
    return 1
}

# nginx answers long before the backend does; without a key the backend's answer is 401.
dss_answers() {
    local code path=/public/api/admin/licensing/status
    [ "${given[nodeType]}" != api ] || path=/isAlive/
    code=$(curl --silent --insecure --noproxy '*' --max-time 3 --output /dev/null --write-out '%{http_code}' "$base$path") || code=000
    case $code in
        200 | 401 | 403) answers=yes ;;
        404) if [ "${given[nodeType]}" = api ] || [ "${given[nodeType]}" = govern ]; then answers=yes; else answers=no; fi ;;
        *) answers=no ;;
    esac
}

# Read with the rights of DSS: what it calls its log could lead to what only root reads.
dss_last_words() {
    words=''
    [ "$answers" = no ] && [ -f "$data/run/backend.log" ] || return 0
    words=$(as_dss tail -c 2000 -- "$data/run/backend.log" | grep -v '^[[:space:]]*$' | tail -n 3) || words=''
}

make_dssService() {
    dss_values
    dss_work
    [ ${#work[@]} -eq 0 ] || fail "DSS in $data is not started: ${work[0]} is to be done before."
    systemctl daemon-reload
    systemctl enable "$unit"
    dss_old_because
    if [ -n "$old" ] || [ "$(systemctl is-active "$unit" 2>/dev/null)" != active ] || ! dss_pid; then
        dss_rest
        say "starting DSS"
        # On a slow machine the start gives up after two minutes, and DSS comes up all the same: the look decides.
        systemctl start "$unit" || say "systemctl start $unit ended early"
    fi
}

drop_dssService() { :; }
