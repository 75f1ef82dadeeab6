# shellcheck shell=bash disable=SC2154
# file: path, content, owner, group, mode (octal), shows (content: the text is told; any other word: its sha256 is told by that name).

look_file() {
    local path=${given[path]} size sum text
    look_standing "$path" file || return 0
    tell_owner "$path"
    if [ "${given[shows]}" != content ]; then
        read -r sum _ < <(sha256sum <"$path")
        tell "${given[shows]}" "$sum"
        return
    fi

    size=$(stat -c %s -- "$path")
    # read succeeds when it meets a NUL, which no text holds.
    if [ "$size" -gt 16384 ] || IFS= read -r -d '' text <"$path"; then
        read -r sum _ < <(sha256sum <"$path")
        text="($size bytes, sha256 $sum)"
    fi
    tell content "$text"
}

make_file() {
    local path=${given[path]}
    make_standing "$path" file
    beside "$path"
    printf '%s' "${given[content]}" >&8
    instead "$path" "${given[owner]}" "${given[group]}" "${given[mode]}"
}

drop_file() { remove "${given[path]}"; }
