# shellcheck shell=bash disable=SC2154
# limits: account, openFiles, processes. Written down for pam_limits, and looked at as a session of the account really gets them.

limits_file=/etc/security/limits.d/90-dss.conf

look_limits() {
    local account=${given[account]} who kind item value list='' quoted
    getent passwd -- "$account" >/dev/null || absent
    if [ -f $limits_file ]; then
        while read -r who kind item value || [ -n "$who" ]; do
            [ "$who" = "$account" ] || continue
            json_text "$kind $item"
            list+="${list:+,}$quoted:"
            json_text "$value"
            list+=$quoted
        done <$limits_file
    fi
    tell_json file "{$list}"
    tell_session "$account"
}

# A session begins below the wish: what it has in the end, pam_limits gave it. Where root itself may not raise limits
# (in some containers), it begins as it is, and more than the machine has is not asked of it.
tell_session() {
    local files='' processes='' list='' quoted
    { read -r files && read -r processes; } < <(
        if may_raise n "${given[openFiles]}" && may_raise u "${given[processes]}"; then ulimit -n 1024 && ulimit -u 4096; fi
        runuser -u "$1" -- /bin/bash -c 'ulimit -Hn; ulimit -Hu' 2>/dev/null
    ) || :
    json_text "$(enough n "$files" "${given[openFiles]}")"
    list="\"nofile\":$quoted"
    json_text "$(enough u "$processes" "${given[processes]}")"
    tell_json session "{$list,\"nproc\":$quoted}"
}

may_raise() { (ulimit -H"$1" "$2") 2>/dev/null; }

# enough n|u seen wished: the words for what a session has.
enough() {
    if [ -z "$2" ]; then
        printf 'not known: no session of the account could be opened'
    elif [ "$2" = unlimited ] || [ "$2" -ge "$3" ]; then
        printf '%s or more' "$3"
    elif may_raise "$1" "$3"; then
        printf '%s' "$2"
    else
        printf '%s, more than this machine has' "$3"
    fi
}

make_limits() {
    local account=${given[account]} fact=''
    [[ $account =~ ^[a-z_][a-z0-9_-]*$ ]] || fail "The account name $account cannot stand in $limits_file. Choose one of small letters, digits, _ and -."
    make_standing $limits_file file
    beside $limits_file
    {
        printf '# Written by DssPipeline, and written again whenever it differs.\n'
        printf '%s %s nofile %s\n' "$account" soft "${given[openFiles]}" "$account" hard "${given[openFiles]}"
        printf '%s %s nproc %s\n' "$account" soft "${given[processes]}" "$account" hard "${given[processes]}"
    } >&8
    instead $limits_file root root 0644
    tell_session "$account"
    [[ $fact == *"\"nofile\":\"${given[openFiles]}"[\ ,]*"\"nproc\":\"${given[processes]}"[\ ,]* ]] ||
        fail "$limits_file is written, but a session of $account does not get these limits ($fact). Either pam_limits is missing in /etc/pam.d/runuser, or a later file of /etc/security/limits.d says otherwise."
}

drop_limits() { rm -f -- $limits_file; }
