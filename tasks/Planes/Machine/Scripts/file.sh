# shellcheck shell=bash disable=SC2154
# file: path, content, owner, group, mode (octal). Written beside the old one and renamed over it, so that nobody reads half of it.

look_file() {
    if [ ! -f "${given[path]}" ] || [ -L "${given[path]}" ]; then absent; fi
    local owner group mode sum
    IFS=' ' read -r owner group mode < <(stat -c '%U %G %a' -- "${given[path]}")
    read -r sum _ < <(sha256sum <"${given[path]}")
    tell owner "$owner"
    tell group "$group"
    tell mode "$(printf '%04o' "0$mode")"
    tell sha256 "$sum"
}

make_file() {
    local path=${given[path]} draft
    [ ! -d "$path" ] || fail "$path is a directory, and a file is to stand there. Move the directory away."
    mkdir -p -- "${path%/*}"
    draft=$(mktemp -- "${path%/*}/.dss-pipeline.XXXXXXXX")
    printf '%s' "${given[content]}" >"$draft"
    chown -- "${given[owner]}:${given[group]}" "$draft"
    chmod -- "${given[mode]}" "$draft"
    sync -- "$draft"
    mv -fT -- "$draft" "$path"
}

drop_file() { rm -f -- "${given[path]}"; }
