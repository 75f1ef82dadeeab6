# shellcheck shell=bash disable=SC2034,SC2154
# docker push and docker pull, on the side of the daemon: the images of the stand-in go to a real registry and come from there.

# shellcheck source=/dev/null
source /usr/lib/dss-sandbox/docker-registry.sh
config_type=application/vnd.docker.container.image.v1+json
layer_type=application/vnd.docker.image.rootfs.diff.tar.gzip

digest_of() { local sum; sum=$(sha256sum <"$1"); printf 'sha256:%s' "${sum%% *}"; } # file

part() { printf '{"mediaType":"%s","size":%s,"digest":"%s"}' "$1" "$(stat -c %s "$2")" "$(digest_of "$2")"; } # type file

# push_blob base file: unless the registry has it.
push_blob() {
    local digest place
    digest=$(digest_of "$2")
    [ "$(registry_ask HEAD "$1/blobs/$digest")" != 200 ] || { said='Layer already exists'; return 0; }
    said=Pushed
    [ "$(registry_ask POST "$1/blobs/uploads/" --data '')" = 202 ] || { registry_refused ''; return 1; }
    place=$(registry_header Location)
    [[ $place == http* ]] || place=${1%%/v2/*}$place
    if [[ $place == *\?* ]]; then place+="&digest=$digest"; else place+="?digest=$digest"; fi
    [ "$(registry_ask PUT "$place" --header 'Content-Type: application/octet-stream' --data-binary "@$2")" = 201 ] || { registry_refused ''; return 1; }
}

docker_push() { # name quiet
    local name id host base layer layers='' said digest
    name=$(with_tag "$1")
    [ "$2" = 1 ] || printf 'The push refers to repository [%s]\n' "${name%:*}"
    id=$(image_of "$name") || { printf 'An image does not exist locally with the tag: %s\n' "${name%:*}" >&2; return 1; }
    host=$(image_host "$name") || { printf 'denied: requested access to the resource is denied\n' >&2; return 1; }
    registry=$PWD
    registry_sign_in "$host" "repository:$(image_path "$name"):pull,push" || return 1
    base=$(registry_base "$host")/v2/$(image_path "$name")
    while read -r layer; do
        [ -n "$layer" ] || continue
        gzip -n -c "$store/layers/${layer#sha256:}" >layer.gz || return 1
        push_blob "$base" layer.gz || return 1
        [ "$2" = 1 ] || printf '%s: %s\n' "${layer:7:12}" "$said"
        layers+="${layers:+,}$(part "$layer_type" layer.gz)"
    done <"$store/images/$id/layers"
    push_blob "$base" "$store/images/$id/config" || return 1
    printf '{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":%s,"layers":[%s]}' "$(part "$config_type" "$store/images/$id/config")" "$layers" >manifest
    [ "$(registry_ask PUT "$base/manifests/${name##*:}" --header 'Content-Type: application/vnd.docker.distribution.manifest.v2+json' --data-binary @manifest)" = 201 ] || { registry_refused ''; return 1; }
    digest=$(digest_of manifest)
    keep_digest "$id" "${name%:*}@$digest"
    if [ "$2" = 1 ]; then printf '%s\n' "$name"; else printf '%s: digest: %s size: %s\n' "${name##*:}" "$digest" "$(stat -c %s manifest)"; fi
}

keep_digest() { # id name@digest
    local file=$store/images/$1/digests
    { grep -v -F -e "${2%@*}@" "$file" 2>/dev/null; printf '%s\n' "$2"; } >"$file.new"
    mv -f "$file.new" "$file"
}

# pull_image name quiet: from the registry that the name begins with.
pull_image() {
    local name=$1 host base digest config state='Image is up to date for' number=0 layer diff
    host=$(image_host "$name")
    registry=$PWD
    registry_sign_in "$host" "repository:$(image_path "$name"):pull" || return 1
    base=$(registry_base "$host")/v2/$(image_path "$name")
    [ "$(registry_ask GET "$base/manifests/${name##*:}" --header "Accept: $manifest_types")" = 200 ] || { registry_refused 'Error response from daemon: '; return 1; }
    tr -d '\n\t ' <body >manifest
    digest=$(digest_of body)
    config=$(sed -n 's/.*"config":{\([^}]*\)}.*/\1/p' manifest | grep -o 'sha256:[0-9a-f]*')
    if [ ! -d "$store/images/${config#sha256:}" ]; then
        state='Downloaded newer image for'
        [ "$(registry_ask GET "$base/blobs/$config")" = 200 ] || { registry_refused 'Error response from daemon: '; return 1; }
        cp body config.json
        grep -o '"diff_ids": *\[[^]]*\]' config.json | grep -o 'sha256:[0-9a-f]*' >layers.txt
        mapfile -t diff <layers.txt
        mkdir -p "$store/layers"
        while read -r layer; do
            [ "$(registry_ask GET "$base/blobs/$layer")" = 200 ] || { registry_refused 'Error response from daemon: '; return 1; }
            gzip -d -c <body >layer.tar 2>/dev/null || cp body layer.tar
            mv -f layer.tar "$store/layers/${diff[number]#sha256:}"
            number=$((number + 1))
        done < <(sed -n 's/.*"layers":\[\(.*\)\].*/\1/p' manifest | grep -o 'sha256:[0-9a-f]*')
        labels_in config.json | keep_image '' "$(stat -c %s config.json)" >/dev/null
    fi
    name_image "$name" "${config#sha256:}"
    keep_digest "${config#sha256:}" "${name%:*}@$digest"
    [ "$2" = 1 ] || printf '%s: Pulling from %s\nDigest: %s\nStatus: %s %s\n' "${name##*:}" "$(image_path "$name")" "$digest" "$state" "$name"
    printf '%s\n' "$name"
}

# labels_in file: as "key<tab>value" lines.
labels_in() {
    local text
    text=$(tr -d '\n\t' <"$1")
    [[ $text == *'"Labels":'* ]] || return 0
    text=${text#*'"Labels":'}
    text=${text#"${text%%[! ]*}"}
    text=${text#\{}
    while [[ $text =~ ^[\ ,]*\"(([^\"\\]|\\.)*)\":\ *\"(([^\"\\]|\\.)*)\" ]]; do
        printf '%s\t%s\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[3]//\\\"/\"}"
        text=${text:${#BASH_REMATCH[0]}}
    done
}
