# shellcheck shell=bash disable=SC2154
# folder: path, owner, group, mode (octal), reach (top: the folder alone; everything: all below it is given to the owner, too).

look_folder() {
    look_standing "${given[path]}" folder || return 0
    tell_owner "${given[path]}"
}

make_folder() {
    local path=${given[path]} owner=${given[owner]}:${given[group]} writer
    make_standing "$path" folder
    writer_of "$path"
    if [ "$writer" != root ]; then make_folder_of "$writer"; return; fi
    mkdir -p -- "$path"
    # What is above is given last, so the top is only as wished when all below it is.
    if [ "${given[reach]}" = everything ]; then chown -hRP -- "$owner" "$path"; else chown -h -- "$owner" "$path"; fi
    chmod -- "${given[mode]}" "$path"
}

# Below a folder of somebody's own: made with his rights, and so his.
make_folder_of() {
    [ "$1" = "${given[owner]}" ] || fail "$path is to belong to ${given[owner]}, and it lies in a folder of $1, who could put another in its place. Give that folder to ${given[owner]} or to root."
    as_writer mkdir -p -- "$path"
    # What root or others left in it is given by root, who follows no link on the way down.
    if [ "${given[reach]}" = everything ] || [ "$(stat -c %U -- "$path")" != "$1" ]; then chown -hRP -- "$owner" "$path"; fi
    as_writer chgrp -h -- "${given[group]}" "$path"
    as_writer chmod -- "${given[mode]}" "$path"
}

drop_folder() {
    [ -d "${given[path]}" ] || return 0
    rmdir -- "${given[path]}" || fail "${given[path]} is not empty, and nothing in it is ours to remove. Empty it first."
}
