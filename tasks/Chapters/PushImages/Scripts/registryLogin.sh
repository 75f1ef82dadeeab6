# shellcheck shell=bash disable=SC2154
# registryLogin: an account is signed in to a registry by a run, until it is dropped; then its settings of docker are as they were.
#   user; to sign in also host, as (for whom), token
# What the account had before lies aside until then, on the disk and root's alone. It is the only sign of a sign-in of ours, so a run
# or a machine that was killed leaves it for the next run, and what people signed in to themselves is never looked at.
# The account's files are read and written as the account itself: a link that it laid leads nobody further than its own rights.

registryLogin_as() { (cd / && exec runuser -u "${given[user]}" -- env -i HOME="$home" USER="${given[user]}" LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/usr/local/sbin:/usr/sbin "$@" 3>&- 4>&-); }

registryLogin_values() {
    home=$({ getent passwd -- "${given[user]}" || :; } | cut -d: -f6)
    asides=/var/lib/dss-pipeline/registry-login
    aside=$asides/${given[user]}
}

# registryLogin_settings: what docker of the account has to sign in with; nothing where it has no such file.
# shellcheck disable=SC2016  # the account's own home
registryLogin_settings() { registryLogin_as bash -c '[ ! -f ~/.docker/config.json ] || cat ~/.docker/config.json'; }

# shellcheck disable=SC2016
registryLogin_write() { registryLogin_as bash -c 'umask 077 && cat >~/.docker/config.json.dss-pipeline && mv -f ~/.docker/config.json.dss-pipeline ~/.docker/config.json'; }

registryLogin_sum() { sha256sum | cut -d' ' -f1; }

# registryLogin_entry settings host: the variable "entry" holds what they sign in to that host with.
registryLogin_entry() {
    local form="\"${2//./\\.}\"[[:space:]]*:[[:space:]]*\\{[^}]*\\}"
    entry=''
    if [[ $1 =~ $form ]]; then entry=${BASH_REMATCH[0]}; fi
}

look_registryLogin() {
    local home asides aside
    registryLogin_values
    [ -d "$aside" ] || absent
    tell host "$(<"$aside/host")"
    tell since "$(date -u -r "$aside/host" +%Y-%m-%dT%H:%M:%SZ)"
}

make_registryLogin() {
    local home asides aside said
    registryLogin_values
    [ -n "$home" ] || fail "There is no account ${given[user]} that could sign in to ${given[host]}."
    # What a dead run left goes first.
    registryLogin_restore
    registryLogin_put_aside
    said=$(printf '%s\n' "${given[token]}" | registryLogin_as docker login --username "${given[as]}" --password-stdin "${given[host]}" 2>&1) || {
        [ ${#said} -le 500 ] || said=${said: -500}
        fail "The engine of the machine could not sign in to ${given[host]}: $said"
    }
    registryLogin_mark
}

# All of it or nothing, before the sign-in.
registryLogin_put_aside() {
    local draft=$asides/.dss-pipeline.${given[user]}
    install -d -m 0700 -- "${asides%/*}" "$asides"
    rm -rf -- "$draft"
    mkdir -m 0700 -- "$draft"
    printf '%s' "${given[host]}" >"$draft/host"
    (umask 077 && registryLogin_settings >"$draft/settings")
    sync -- "$draft/host" "$draft/settings"
    mv -T -- "$draft" "$aside"
    sync -- "$asides"
}

# What the sign-in made of the settings, by which a later change of somebody else is told from it.
registryLogin_mark() {
    local entry settings
    settings=$(registryLogin_settings)
    registryLogin_entry "$settings" "${given[host]}"
    printf '%s %s\n' "$(registryLogin_settings | registryLogin_sum)" "$(printf '%s' "$entry" | registryLogin_sum)" >"$aside/mark.new"
    mv -f -- "$aside/mark.new" "$aside/mark"
}

drop_registryLogin() {
    local home asides aside
    registryLogin_values
    registryLogin_restore
}

registryLogin_restore() {
    local host now before ours old entry rest
    [ -d "$aside" ] || return 0
    if [ -n "$home" ]; then
        host=$(<"$aside/host")
        now=$(registryLogin_settings)
        before=$(<"$aside/settings")
        registryLogin_entry "$now" "$host"
        ours=$entry
        registryLogin_entry "$before" "$host"
        old=$entry
        if registryLogin_untouched; then registryLogin_put_back; elif registryLogin_is_ours; then registryLogin_take_out; fi
        # shellcheck disable=SC2016
        registryLogin_as bash -c 'rm -f ~/.docker/config.json.dss-pipeline'
    fi
    rm -rf -- "$aside"
}

# registryLogin_untouched: nobody else changed the settings since. A run that was cut while it signed in, or out again, left no mark:
# then they may differ from those of before by what they sign in to that host with alone.
registryLogin_untouched() {
    local whole was
    if [ -f "$aside/mark" ]; then
        read -r whole _ <"$aside/mark"
        [ "$whole" = "$(registryLogin_settings | registryLogin_sum)" ]
    else
        registryLogin_rest "$before" "$old"
        was=$rest
        registryLogin_rest "$now" "$ours"
        [ "$was" = "$rest" ]
    fi
}

# registryLogin_rest settings entry: the variable "rest" holds the settings without that entry, and without what only gives them their form.
registryLogin_rest() {
    rest=$1
    [ -z "$2" ] || rest=${1%%"$2"*}${1#*"$2"}
    rest=${rest//[[:space:],]/}
    rest=${rest/'"auths":{}'/}
    [ "$rest" != '{}' ] || rest=''
}

# registryLogin_is_ours: others changed the settings, and our sign-in is still among them. Who signed in there meanwhile did so himself,
# as far as a mark can tell.
registryLogin_is_ours() {
    local part
    if [ ! -f "$aside/mark" ]; then
        [ -n "$ours" ] && [ "$ours" != "$old" ]
    else
        read -r _ part <"$aside/mark"
        [ -n "$ours" ] && [ "$part" = "$(printf '%s' "$ours" | registryLogin_sum)" ]
    fi
}

# Where a helper of docker keeps the secrets, docker itself takes it from there; what it kept for that host before, it keeps no more.
registryLogin_put_back() {
    # From here on, what is there is half ours whoever looks at it.
    rm -f -- "$aside/mark"
    registryLogin_as docker logout "$host" >/dev/null 2>&1 || :
    if [ -s "$aside/settings" ]; then
        registryLogin_write <"$aside/settings"
    else
        # shellcheck disable=SC2016
        registryLogin_as bash -c 'rm -f ~/.docker/config.json && { rmdir ~/.docker 2>/dev/null || :; }'
    fi
}

# What others changed since stays: only our sign-in goes, and the one that it took the place of comes back.
registryLogin_take_out() {
    local said
    if [ -n "$old" ]; then
        printf '%s\n' "${now%%"$ours"*}$old${now#*"$ours"}" | registryLogin_write
    else
        said=$(registryLogin_as docker logout "$host" 2>&1) || {
            [ ${#said} -le 500 ] || said=${said: -500}
            fail "The account ${given[user]} could not be signed out of $host: $said"
        }
    fi
}
