# shellcheck shell=bash disable=SC2154,SC2030,SC2031
# updates: kind (security or all). How many are pending is told by the metadata that lies on the disk; nobody is asked.
# Counting takes dnf a second, so the number is kept until packages, repositories or metadata have changed.

# updates_stand: what the number stands on, newest change of each.
updates_stand() {
    { stat -c '%n %Y %Z' -- /var/lib/rpm /etc/yum.repos.d /etc/dnf /etc/dnf/plugins/versionlock.list /var/cache/dnf /var/cache/dnf/*.solv /var/cache/dnf/*/repodata/repomd.xml 2>/dev/null || true; } | cksum
}

count_updates() {
    local line code=0 options=(-q -C --setopt=exit_on_lock=True check-update)
    [ "${given[kind]}" = all ] || options+=(--security)
    pending=0
    dnf "${options[@]}" 2>/dev/null 3>&- 4>&- | while IFS= read -r line; do
        [[ $line != Obsoleting* ]] || break
        if [[ $line =~ ^[^[:space:]]+\.[^[:space:]]+[[:space:]]+[^[:space:]]+[[:space:]]+[^[:space:]]+ ]]; then pending=$((pending + 1)); fi
    done || code=$?
    # 100 says that there are some, 0 that there are none; everything else that dnf could not tell.
    [ "$code" = 0 ] || [ "$code" = 100 ] || pending=-1
}

look_updates() {
    local kept="$agent_home/updates-${given[kind]}" stand was='' pending=''
    stand=$(updates_stand)
    if [ -f "$kept" ]; then IFS='|' read -r was pending <"$kept" || true; fi
    if [ "$was" != "$stand" ]; then
        count_updates
        stand=$(updates_stand)
        [ "$pending" = -1 ] || printf '%s|%s\n' "$stand" "$pending" >"$kept"
    fi
    if [ "$pending" = -1 ]; then tell pending unknown; else tell_number pending "$pending"; fi
}

make_updates() {
    local options=(upgrade) complaint
    [ "${given[kind]}" = all ] || options+=(--security)
    run_dnf --refresh "${options[@]}" || fail "dnf upgrade failed. $complaint"
}
