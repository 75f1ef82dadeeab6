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

# writer_of path: the variable "writer" holds who has the say where it stands: root, or the first owner of a folder above it who
# is not root. He can turn his folders into links at any moment, so whatever root did by name below them could be led elsewhere.
writer_of() {
    local rest=${1#/} folder='' owner mode
    writer=root
    while [[ $rest == */* ]]; do
        folder+=/${rest%%/*} rest=${rest#*/}
        IFS=' ' read -r owner mode < <(stat -c '%U %a' -- "$folder" 2>/dev/null || :) || return 0
        [ "$owner" = root ] || { writer=$owner; return 0; }
        [ $((8#$mode & 8#1002)) != $((8#0002)) ] || fail "Everybody may write to $folder, so nothing below it is safe to change. Take that right away: chmod o-w $folder"
    done
}

# as_writer program argument...: with the rights of the one who has the say there, and nothing of ours but standard input.
as_writer() { runuser -u "$writer" -- env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$@" 3>&- 4>&- 7>&-; }

# beside path: opens a new file for writing at 8; until it takes its place only root can read it. It lies beside the path, or in
# memory when the folder is somebody else's.
beside() {
    local writer mask
    writer_of "$1"
    if [ "$writer" = root ]; then
        draft=${1%/*}/.dss-pipeline.${1##*/}
        mkdir -p -- "${1%/*}/"
        rm -f -- "$draft"
    else
        draft=$(mktemp -u "$agent_home/draft.XXXXXXXXXX")
    fi
    mask=$(umask)
    umask 077
    set -C
    exec 8>"$draft"
    set +C
    umask "$mask"
}

# instead path owner group mode: what was written takes the place of path.
instead() {
    local writer
    writer_of "$1"
    if [[ $draft != "$agent_home"/* ]]; then
        [ "$writer" = root ] || fail "The folder of $1 was given to $writer while it was written. Run again."
        chown -- "$2:$3" /proc/self/fd/8
        chmod -- "$4" /proc/self/fd/8
        sync -- "$draft"
        exec 8>&-
        mv -fT -- "$draft" "$1"
        return
    fi
    exec 8>&-
    [ "$writer" = "$(id -un -- "$2")" ] || { rm -f -- "$draft"; fail "$1 is to belong to $2, and its folder belongs to $writer, who could put another file in its place. Give the folder to $2 or to root."; }
    # shellcheck disable=SC2016  # the arguments of the inner shell
    as_writer /bin/bash -c 'set -eu; umask 077; mkdir -p -- "${1%/*}/"; new=${1%/*}/.dss-pipeline.${1##*/}; rm -f -- "$new"; set -C
        cat >"$new"; chgrp -- "$2" "$new"; chmod -- "$3" "$new"; sync -- "$new"; mv -fT -- "$new" "$1"' bash "$1" "$3" "$4" <"$draft" ||
        { rm -f -- "$draft"; fail "$1 could not be written as $writer, who owns its folder."; }
    rm -f -- "$draft"
}

# remove path: the file there, with the rights of the one who has the say.
remove() {
    local writer
    writer_of "$1"
    if [ "$writer" = root ]; then rm -f -- "$1"; else as_writer rm -f -- "$1"; fi
}

# instead_alike path: as instead, with the owner, group and mode of what was there. In somebody's own folder it is his in any case.
instead_alike() {
    local uid gid mode writer
    IFS=' ' read -r uid gid mode < <(stat -c '%u %g %a' -- "$1")
    writer_of "$1"
    if [ "$writer" != root ]; then
        uid=$writer
        [[ " $(id -G -- "$writer") " == *" $gid "* ]] || gid=$(id -g -- "$writer")
    fi
    instead "$1" "$uid" "$gid" "$mode"
}
