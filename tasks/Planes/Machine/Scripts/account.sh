# shellcheck shell=bash disable=SC2154
# account: name, uid (optional), home, shell, group (a list: groups it must be in; those that others gave it stay).

look_account() {
    local name=${given[name]} found uid own home shell secret=''
    IFS=: read -r found _ uid own _ home shell < <(getent passwd -- "$name" || :) || :
    # getent takes a number for a uid.
    [ "$found" = "$name" ] || absent
    tell_number uid "$uid"
    if getent group -- "$own" >/dev/null; then tell ownGroup there; else tell ownGroup missing; fi
    if [ -d "$home" ]; then tell home "$home"; else tell home "$home (missing)"; fi
    tell shell "$shell"
    IFS=: read -r _ secret _ < <(getent shadow -- "$name" || :) || :
    case $secret in
        '!'* | '*'*) tell password locked ;;
        *) tell password usable ;;
    esac
    tell_memberships "$name"
}

tell_memberships() {
    local group quoted all list=''
    each group
    [ ${#items[@]} != 0 ] || return 0
    # A group without a name is told by its number, and that is no reason to know nothing.
    all=" $(id -Gn -- "$1" 2>/dev/null || :) "
    for group in "${items[@]}"; do
        json_text "$group"
        if [[ $all == *" $group "* ]]; then list+="${list:+,}$quoted:\"member\""; else list+="${list:+,}$quoted:\"not a member\""; fi
    done
    tell_json groups "{$list}"
}

make_account() {
    local name=${given[name]} found='' uid='' group IFS=$' \t\n'
    [[ $name =~ ^[a-z_][a-z0-9_-]*$ ]] || fail "$name is no name of an account. It takes small letters, digits, _ and -, and begins with a letter or _."
    [ -x "${given[shell]}" ] || fail "The account $name is to have the shell ${given[shell]}, and no such program is there. Install it or name another shell."
    each group
    for group in ${items[@]+"${items[@]}"}; do
        getent group -- "$group" >/dev/null || fail "The account $name is to be in the group $group, and there is no such group. It comes with its package (docker with docker-ce): see why that was not installed."
    done
    IFS=: read -r found _ uid _ < <(getent passwd -- "$name" || :) || :
    if [ "$found" != "$name" ]; then
        add_account "$name"
    else
        ! has uid || [ "$uid" = "${given[uid]}" ] || fail "The account $name has the uid $uid, and ${given[uid]} is wished for. Its files belong to the number: it is left alone."
        change_account "$name"
    fi
    make_home "$name"
    if [ ${#items[@]} != 0 ]; then
        IFS=,
        usermod -aG "${items[*]}" -- "$name"
    fi
}

add_account() {
    local options=(-M -d "${given[home]}" -s "${given[shell]}")
    ! has uid || options+=(-u "${given[uid]}")
    # Its own group may have been left by a run that was cut.
    if getent group -- "$1" >/dev/null; then options+=(-g "$1"); else options+=(-U); fi
    useradd "${options[@]}" -- "$1"
}

change_account() {
    local own home shell secret=''
    # A machine that lost its power within useradd knows an account whose group or shadow was not written any more.
    IFS=: read -r _ _ _ own _ home shell < <(getent passwd -- "$1")
    if ! getent group -- "$own" >/dev/null; then
        if getent group -- "$1" >/dev/null; then usermod -g "$1" -- "$1"; else groupadd -g "$own" -- "$1"; fi
    fi
    getent shadow -- "$1" >/dev/null || pwconv
    [ "$shell" = "${given[shell]}" ] || usermod -s "${given[shell]}" -- "$1"
    [ "$home" = "${given[home]}" ] || usermod -d "${given[home]}" -- "$1"
    IFS=: read -r _ secret _ < <(getent shadow -- "$1" || :) || :
    case $secret in '!'* | '*'*) ;; *) usermod -L -- "$1" ;; esac
}

# Made beside and renamed, so that a home is never half filled.
make_home() {
    local home=${given[home]} draft
    make_standing "$home" folder
    [ ! -d "$home" ] || return 0
    draft=${home%/*}/.dss-pipeline.${home##*/}
    rm -rf -- "$draft"
    mkdir -p -- "${home%/*}/"
    mkdir -m 0700 -- "$draft"
    [ ! -d /etc/skel ] || cp -r /etc/skel/. "$draft/"
    chown -hR -- "$1:" "$draft"
    mv -T -- "$draft" "$home"
    ! command -v restorecon >/dev/null || restorecon -R -- "$home" || :
}

drop_account() {
    getent passwd -- "${given[name]}" >/dev/null || return 0
    userdel -- "${given[name]}"
}
