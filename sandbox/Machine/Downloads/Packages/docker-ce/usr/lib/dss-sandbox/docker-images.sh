# shellcheck shell=bash disable=SC2016,SC2154
# The images of the stand-in of dockerd: a folder each below its data-root, and the names that lead to them.

# valid_json: whether standard input is an object whose brackets, texts and commas are in order. Enough for daemon.json.
valid_json() {
    local text
    text=$(tr '\n\t' '  ')
    text=$(sed -E 's/"([^"\\]|\\.)*"/s/g; s/-?[0-9]+(\.[0-9]+)?|true|false|null/s/g; s/ //g' <<<"$text")
    local before=''
    while [ "$text" != "$before" ]; do
        before=$text
        text=$(sed -E 's/\{\}|\[\]|\[s(,s)*\]/s/g; s/\{s:s(,s:s)*\}/s/g' <<<"$text")
    done
    [ "$text" = s ]
}

# json_text text: it is in "quoted", as JSON writes it.
json_text() {
    quoted=${1//\\/\\\\}
    quoted=${quoted//\"/\\\"}
    quoted=\"${quoted//$'\n'/\\n}\"
}

with_tag() {
    local last=${1##*/}
    if [[ $1 == sha256:* ]] || [[ $last == *:* ]]; then printf '%s' "$1"; else printf '%s:latest' "$1"; fi
}

# image_of name: the id of the image that a name or an id means.
image_of() {
    local name folder
    name=$(with_tag "$1")
    folder=$store/images/${name#sha256:}
    [ ! -d "$folder" ] || { printf '%s' "${folder##*/}"; return 0; }
    awk -v name="$name" '$1 == name { id = $2 } END { if (id == "") exit 1; printf "%s", id }' "$store/names" 2>/dev/null && return 0
    name=${1#sha256:}
    [[ $name =~ ^[0-9a-f]{12,63}$ ]] || return 1
    for folder in "$store/images/$name"*/; do
        [ ! -d "$folder" ] || { folder=${folder%/}; printf '%s' "${folder##*/}"; return 0; }
    done
    return 1
}

name_image() { # name id
    local name
    name=$(with_tag "$1")
    (
        flock 8
        { grep -v -F -e "$name " "$store/names" 2>/dev/null; printf '%s %s\n' "$name" "$2"; } >"$store/names.new"
        mv -f "$store/names.new" "$store/names"
    ) 8>"$store/names.lock"
}

names_of() { awk -v id="$1" '$2 == id { print $1 }' "$store/names" 2>/dev/null; }

json_list() {
    local item quoted list=''
    while IFS= read -r item; do
        [ -n "$item" ] || continue
        json_text "$item"
        list+=${list:+,}$quoted
    done
    printf '[%s]' "$list"
}

json_labels() { # id
    labels_as_json "$store/images/$1/labels"
}

labels_as_json() { # file
    local key value quoted list=''
    while IFS=$'\t' read -r key value; do
        json_text "$key"
        list+=${list:+,}$quoted
        printf -v value '%b.' "$value"
        # As where a command's output is taken: line ends at its end do not count.
        value=${value%.}
        json_text "${value%"${value##*[!$'\n']}"}"
        list+=:$quoted
    done <"$1"
    printf '{%s}' "$list"
}

# image_config folder from: what an image says of itself, the same for equal builds; its digest is the id of the image.
image_config() {
    printf '{"architecture":"amd64","os":"linux","created":"1970-01-01T00:00:00Z","config":{"Labels":%s},"rootfs":{"type":"layers","diff_ids":%s},"history":[{"created":"1970-01-01T00:00:00Z","created_by":"stand-in %s"}]}' \
        "$(labels_as_json "$1/labels")" "$(json_list <"$1/layers")" "$2"
}

# make_layer text: says the name of a layer that holds it, an archive as any other layer.
make_layer() {
    local draft=$store/layers/.$BASHPID.$RANDOM name
    mkdir -p "$draft/.stand-in"
    printf '%s\n' "$1" >"$draft/.stand-in/step"
    tar -C "$draft" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -cf "$draft.tar" .stand-in
    name=$(sha256sum <"$draft.tar")
    mv -f "$draft.tar" "$store/layers/${name%% *}"
    rm -rf "$draft"
    printf 'sha256:%s\n' "${name%% *}"
}

json_digests() { json_list < <(cat "$store/images/$1/digests" 2>/dev/null); } # id

json_root() { printf '{"Type":"layers","Layers":%s}' "$(json_list <"$store/images/$1/layers")"; } # id

describe() { # id
    local size created
    read -r created size <"$store/images/$1/about"
    printf '{"Id":"sha256:%s","RepoTags":%s,"RepoDigests":%s,"Created":"%s","Size":%s,"Architecture":"amd64","Os":"linux","Config":{"Labels":%s},"RootFS":%s}' \
        "$1" "$(names_of "$1" | json_list)" "$(json_digests "$1")" "$created" "$size" "$(json_labels "$1")" "$(json_root "$1")"
}

# formatted id form: the fields that people ask for; any other is an error, as in a template that names no field.
formatted() {
    local text=$2 created size key
    read -r created size <"$store/images/$1/about"
    text=${text//'{{.Id}}'/sha256:$1}
    text=${text//'{{.ID}}'/sha256:$1}
    text=${text//'{{.Created}}'/$created}
    text=${text//'{{.Size}}'/$size}
    # What nobody asked for is not looked for.
    [[ $text != *'{{json .Config.Labels}}'* ]] || text=${text//'{{json .Config.Labels}}'/$(json_labels "$1")}
    [[ $text != *'{{json .RepoTags}}'* ]] || text=${text//'{{json .RepoTags}}'/$(names_of "$1" | json_list)}
    [[ $text != *'{{json .RepoDigests}}'* ]] || text=${text//'{{json .RepoDigests}}'/$(json_digests "$1")}
    [[ $text != *'{{index .RepoDigests 0}}'* ]] || text=${text//'{{index .RepoDigests 0}}'/$(head -n 1 "$store/images/$1/digests" 2>/dev/null)}
    [[ $text != *'{{json .RootFS}}'* ]] || text=${text//'{{json .RootFS}}'/$(json_root "$1")}
    text=${text//'{{json .Id}}'/\"sha256:$1\"}
    [[ $text != *'{{json .}}'* ]] || text=${text//'{{json .}}'/$(describe "$1")}
    while [[ $text =~ \{\{index\ \.Config\.Labels\ \"([^\"]*)\"\}\} ]]; do
        key=${BASH_REMATCH[1]}
        text=${text//"${BASH_REMATCH[0]}"/$(printf '%b' "$(awk -F '\t' -v key="$key" '$1 == key { print $2 }' "$store/images/$1/labels")")}
    done
    if [[ $text == *'{{'* ]]; then
        printf 'template parsing error: template: :1: function or field not defined in %s\n' "$text" >&2
        return 64
    fi
    printf '%b\n' "$text"
}

# serve folder: one request. What is printed goes back to the one who asked, as does the code of the end.
serve() {
    local folder=$1 words code
    mapfile -d '' -t words <"$folder/words"
    set -- "${words[@]}"
    (
        set -uo pipefail
        cd "$folder" || exit 1
        # shellcheck source=/dev/null
        source /usr/lib/dss-sandbox/docker-commands.sh
        command=$1
        shift
        "docker_$command" "$@"
    ) >"$folder/output" 2>"$folder/errors"
    code=$?
    chmod 0644 "$folder/output" "$folder/errors"
    # One who has gone does not keep the daemon waiting.
    timeout 5 bash -c 'printf "%s\n" "$1" >"$2"' answer "$code" "$folder/done"
}
