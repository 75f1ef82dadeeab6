# shellcheck shell=bash disable=SC2154
# registryLogin: the settings of docker of an account let it into a registry, until it is dropped; then they are as they were.
#   host, user, as (for whom), token
# All is read and written as the account itself: a link that it laid leads nobody further than its own rights.

registryLogin_as() {
    local home
    home=$(getent passwd -- "${given[user]}" | cut -d: -f6)
    [ -n "$home" ] || fail "There is no account ${given[user]} that could sign in to ${given[host]}."
    (cd / && exec runuser -u "${given[user]}" -- env -i HOME="$home" USER="${given[user]}" LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/usr/local/sbin:/usr/sbin "$@" 3>&- 4>&-)
}

# In memory, and root's alone.
registryLogin_aside() { printf '%s/docker-of-%s' "$agent_home" "${given[user]}"; }

look_registryLogin() {
    registryLogin_as grep -qsF -- "\"${given[host]}\"" "$(getent passwd -- "${given[user]}" | cut -d: -f6)/.docker/config.json" || absent
    tell_json signedIn true
}

make_registryLogin() {
    local aside said
    aside=$(registryLogin_aside)
    # What a dead run put aside is what was there before it.
    if [ ! -e "$aside" ]; then
        # shellcheck disable=SC2016  # the account's own home
        (umask 077 && registryLogin_as bash -c '[ ! -f ~/.docker/config.json ] || cat ~/.docker/config.json' >"$aside.new")
        mv -f -- "$aside.new" "$aside"
    fi
    said=$(printf '%s\n' "${given[token]}" | registryLogin_as docker login --username "${given[as]}" --password-stdin "${given[host]}" 2>&1) ||
        fail "The engine of the machine could not sign in to ${given[host]}: ${said: -500}"
}

drop_registryLogin() {
    local aside
    aside=$(registryLogin_aside)
    [ -e "$aside" ] || return 0
    if [ -s "$aside" ]; then
        # shellcheck disable=SC2016
        registryLogin_as bash -c 'umask 077 && cat >~/.docker/config.json.old && mv -f ~/.docker/config.json.old ~/.docker/config.json' <"$aside"
    else
        # shellcheck disable=SC2016
        registryLogin_as bash -c 'rm -f ~/.docker/config.json && { rmdir ~/.docker 2>/dev/null || :; }'
    fi
    rm -f -- "$aside"
}
