# shellcheck shell=bash disable=SC2154
# What the stand-in of dockerd is asked to do, one function a command.

known_images='almalinux:8 almalinux:9 alpine:latest busybox:latest hello-world:latest'

docker_version() { # form version
    case $1 in
        '') printf 'Client: Docker Engine - Community\n Version:           %s\n\nServer: Docker Engine - Community\n Engine:\n  Version:          @VERSION@\n' "$2" ;;
        *) local text=${1//'{{.Server.Version}}'/@VERSION@}; printf '%s\n' "${text//'{{.Client.Version}}'/$2}" ;;
    esac
}

docker_info() {
    local form=''
    case ${1:-} in --format | -f) form=$2 ;; --format=* | -f=*) form=${1#*=} ;; esac
    if [ -z "$form" ]; then
        printf 'Server:\n Images: %s\n Server Version: @VERSION@\n Docker Root Dir: %s\n' "$(find "$store/images" -mindepth 1 -maxdepth 1 -type d | wc -l)" "$store"
        return
    fi
    form=${form//'{{.ServerVersion}}'/@VERSION@}
    form=${form//'{{.DockerRootDir}}'/$store}
    form=${form//'{{.Driver}}'/overlay2}
    form=${form//'{{json .DockerRootDir}}'/\"$store\"}
    [[ $form != *'{{'* ]] || { printf 'template parsing error: %s\n' "$form" >&2; return 64; }
    printf '%b\n' "$form"
}

docker_inspect() {
    local form='' names=() id code=0 list=''
    while [ $# -gt 0 ]; do
        case $1 in
            --format | -f) form=$2; shift ;;
            --format=* | -f=*) form=${1#*=} ;;
            --type) shift ;;
            --type=*) ;;
            *) names+=("$1") ;;
        esac
        shift
    done
    for name in "${names[@]}"; do
        if ! id=$(image_of "$name"); then
            printf 'Error response from daemon: No such image: %s\n' "$(with_tag "$name")" >&2
            code=1
        elif [ -n "$form" ]; then
            formatted "$id" "$form" || code=$?
        else
            list+="${list:+,}$(describe "$id")"
        fi
    done
    [ -n "$form" ] || printf '[%s]\n' "$list"
    return "$code"
}

docker_images() {
    local form='' quiet=0 wanted='' name id created size
    while [ $# -gt 0 ]; do
        case $1 in
            --format) form=$2; shift ;;
            --format=*) form=${1#*=} ;;
            -q | --quiet) quiet=1 ;;
            --no-trunc | -a | --all) ;;
            --filter | -f) shift ;;
            -*) ;;
            *) wanted=$1 ;;
        esac
        shift
    done
    [ -n "$form" ] || [ "$quiet" = 1 ] || printf 'REPOSITORY TAG IMAGE_ID CREATED SIZE\n'
    [ -f "$store/names" ] || return 0
    while read -r name id; do
        [ -z "$wanted" ] || [ "${name%:*}" = "$wanted" ] || [ "$name" = "$wanted" ] || continue
        read -r created size <"$store/images/$id/about"
        if [ "$quiet" = 1 ]; then printf '%s\n' "${id:0:12}"; continue; fi
        set -- "$form"
        [ -n "$form" ] || set -- '{{.Repository}} {{.Tag}} {{.ID}} {{.CreatedAt}} {{.Size}}'
        set -- "${1//'{{.Repository}}'/${name%:*}}"
        set -- "${1//'{{.Tag}}'/${name##*:}}"
        set -- "${1//'{{.ID}}'/${id:0:12}}"
        set -- "${1//'{{.CreatedAt}}'/$created}"
        printf '%b\n' "${1//'{{.Size}}'/${size}B}"
    done <"$store/names"
}

docker_ls() { docker_images "$@"; }

docker_tag() {
    local id
    id=$(image_of "$1") || { printf 'Error response from daemon: No such image: %s\n' "$(with_tag "$1")" >&2; return 1; }
    name_image "$2" "$id"
}

docker_rmi() {
    local name id code=0
    for name in "$@"; do
        [[ $name != -* ]] || continue
        id=$(image_of "$name") || { printf 'Error response from daemon: No such image: %s\n' "$(with_tag "$name")" >&2; code=1; continue; }
        if [[ $(with_tag "$name") == sha256:* ]] || [[ $name == "${id:0:12}" ]]; then
            awk -v id="$id" '$2 != id' "$store/names" >"$store/names.new"
        else
            awk -v name="$(with_tag "$name")" '$1 != name' "$store/names" >"$store/names.new"
        fi
        mv -f "$store/names.new" "$store/names"
        printf 'Untagged: %s\n' "$(with_tag "$name")"
        [ -n "$(names_of "$id")" ] || { rm -rf "$store/images/$id"; printf 'Deleted: sha256:%s\n' "$id"; }
    done
    return "$code"
}

docker_rm() { docker_rmi "$@"; }
docker_prune() { printf 'Total reclaimed space: 0B\n'; }

docker_pull() {
    local name id
    name=$(with_tag "$1")
    ! image_host "$name" >/dev/null || { pull_image "$name" "$2"; return; }
    if [[ " $known_images " != *" $name "* ]]; then
        printf 'Error response from daemon: pull access denied for %s, repository does not exist or may require docker login\n' "${name%:*}" >&2
        return 1
    fi
    id=$(keep_image "$name" 4096 </dev/null)
    name_image "$name" "$id"
    printf 'Status: Downloaded newer image for %s\n' "$name"
}

docker_load() {
    local names name id
    names=$(tar -xOf archive manifest.json 2>/dev/null) || { printf 'Error: unrecognized image format\n' >&2; return 1; }
    id=$(sha256sum <archive)
    id=$(keep_image "${id%% *}" "$(stat -c %s archive)" </dev/null)
    while IFS= read -r name; do
        name_image "$name" "$id"
        printf 'Loaded image: %s\n' "$name"
    done < <(sed -n 's/.*"RepoTags":\[\([^]]*\)\].*/\1/p' <<<"$names" | tr -d '"' | tr ',' '\n')
}

# keep_image from size: says the id of the image that was made from that. Its labels, as "key<tab>value" lines, are on standard input.
# What a build or a pull has learnt of it lies here: layers.txt, config.json, context.tar.
keep_image() {
    local id draft=$store/images/.$BASHPID.$RANDOM
    mkdir -p "$draft"
    cat >"$draft/labels"
    [ -f layers.txt ] || make_layer "$1" >layers.txt
    cp layers.txt "$draft/layers"
    if [ -f config.json ]; then cp config.json "$draft/config"; else image_config "$draft" "$1" >"$draft/config"; fi
    printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%S.%NZ)" "$2" >"$draft/about"
    [ ! -f context.tar ] || cp context.tar Dockerfile "$draft/"
    id=$(sha256sum <"$draft/config")
    id=${id%% *}
    mv -T "$draft" "$store/images/$id" 2>/dev/null || rm -rf "$draft"
    printf '%s' "$id"
}

# shellcheck source=/dev/null
source /usr/lib/dss-sandbox/docker-push.sh
# shellcheck source=/dev/null
source /usr/lib/dss-sandbox/docker-build-steps.sh
