# shellcheck shell=bash disable=SC2154
# folder: path, owner, group, mode (octal), reach (top: the folder alone; everything: all below it is given to the owner, too).

look_folder() {
    look_standing "${given[path]}" folder || return 0
    tell_owner "${given[path]}"
}

make_folder() {
    local path=${given[path]} owner=${given[owner]}:${given[group]}
    make_standing "$path" folder
    mkdir -p -- "$path"
    # What is above is given last, so the top is only as wished when all below it is.
    if [ "${given[reach]}" = everything ]; then chown -hRP -- "$owner" "$path"; else chown -h -- "$owner" "$path"; fi
    chmod -- "${given[mode]}" "$path"
}

drop_folder() {
    [ -d "${given[path]}" ] || return 0
    rmdir -- "${given[path]}" || fail "${given[path]} is not empty, and nothing in it is ours to remove. Empty it first."
}
