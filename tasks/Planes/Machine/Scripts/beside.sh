# shellcheck shell=bash disable=SC2154
# What the kinds that write files share: look what stands at a path, and write a file beside the old one and rename it over it,
# so that nobody ever reads half of it. The folder may belong to somebody who is not root: nothing is written through a link.

# standing path: the variable "standing" holds nothing, file, folder, or words for anything else.
standing() {
    if [ -L "$1" ]; then
        standing="a symbolic link to $(readlink -- "$1" || :)"
    elif [ -d "$1" ]; then
        standing=folder
    elif [ -f "$1" ]; then
        standing='file'
    elif [ -e "$1" ]; then
        standing='a device, pipe or socket'
    else
        standing=nothing
    fi
}

# look_standing path kind: ends the look with "absent" when nothing is there; says what is in the way when it is of another kind.
look_standing() {
    standing "$1"
    [ "$standing" != nothing ] || absent
    [ "$standing" != "$2" ] || return 0
    case $standing in
        file | folder) tell inTheWay "a $standing" ;;
        *) tell inTheWay "$standing" ;;
    esac
    return 1
}

# make_standing path kind: the words for a thing of another kind, before anything is written.
make_standing() {
    standing "$1"
    case $standing in
        nothing | "$2") ;;
        file | folder) fail "A $standing stands at $1, and a $2 is to be there. Move it away." ;;
        *) fail "At $1 stands $standing, and a $2 is to be there. Move it away." ;;
    esac
}

# tell_owner path: owner, group and mode.
tell_owner() {
    local owner group mode
    IFS=' ' read -r owner group mode < <(stat -c '%U %G %a' -- "$1")
    tell owner "$owner"
    tell group "$group"
    printf -v mode '%04o' "0$mode"
    tell mode "$mode"
}

# beside path: opens a new file beside it for writing at 8; until it takes its place only root can read it.
beside() {
    draft=${1%/*}/.dss-pipeline.${1##*/}
    mkdir -p -- "${1%/*}/"
    rm -f -- "$draft"
    local mask
    mask=$(umask)
    umask 077
    set -C
    exec 8>"$draft"
    set +C
    umask "$mask"
}

# instead path owner group mode: what was written takes the place of path.
instead() {
    chown -- "$2:$3" /proc/self/fd/8
    chmod -- "$4" /proc/self/fd/8
    sync -- "$draft"
    exec 8>&-
    mv -fT -- "$draft" "$1"
}

# instead_alike path: as instead, with the owner, group and mode of what was there.
instead_alike() {
    local uid gid mode
    IFS=' ' read -r uid gid mode < <(stat -c '%u %g %a' -- "$1")
    instead "$1" "$uid" "$gid" "$mode"
}
