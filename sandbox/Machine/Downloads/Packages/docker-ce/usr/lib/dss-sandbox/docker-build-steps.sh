# shellcheck shell=bash disable=SC2154
# docker build, on the side of the daemon: the instructions are checked, labels and copies are kept, RUN is only written down.

declare -A labels=()
layers=()

docker_build() {
    local line whole='' number=0 parent='' parent_id='' context tags given id label
    context=$(mktemp -d "$folder/context.XXXXXX")
    tar -xf context.tar -C "$context"
    while IFS= read -r line || [ -n "$line" ]; do
        number=$((number + 1))
        whole+=$line
        [[ $whole != *\\ ]] || { whole=${whole%\\}; continue; }
        [[ $whole =~ ^[[:space:]]*(#.*)?$ ]] || step "$whole" || return 1
        whole=''
    done <Dockerfile
    [ -n "$parent" ] || { printf 'ERROR: failed to solve: dockerfile parse error: no build stage in current context\n' >&2; return 1; }
    mapfile -d '' -t given <labels
    for label in "${given[@]}"; do [ -z "$label" ] || labels[${label%%=*}]=${label#*=}; done
    for label in "${!labels[@]}"; do printf '%s\t%s\n' "$label" "$(escaped "${labels[$label]}")"; done | sort >labels.txt
    id=$(cat Dockerfile context.tar labels.txt arguments <(printf '%s' "${parent_id:-$parent}") | sha256sum)
    printf '%s\n' "${layers[@]}" >layers.txt
    id=$(keep_image "${id%% *}" "$(stat -c %s context.tar)" <labels.txt)
    mapfile -d '' -t tags <tags
    for label in "${tags[@]}"; do
        [ -z "$label" ] || { name_image "$label" "$id"; printf 'Successfully tagged %s\n' "$(with_tag "$label")"; }
    done
    printf 'Successfully built %s\n' "${id:0:12}"
}

# inherit: what the parent says of itself is said of the child, until it says otherwise.
inherit() {
    local label text
    parent_id=$(image_of "$parent") || { parent_id=''; return 0; }
    mapfile -t layers < <(grep . "$store/images/$parent_id/layers" 2>/dev/null)
    while IFS=$'\t' read -r label text; do labels[$label]=$(printf '%b' "$text"); done <"$store/images/$parent_id/labels"
}

# add_layer what: named by all that went into it.
add_layer() {
    layers+=("$(make_layer "$(printf '%s\n' "${layers[@]}" "$rest" "$1")")")
}

escaped() {
    local text=${1//\\/\\\\}
    text=${text//$'\t'/\\t}
    printf '%s' "${text//$'\n'/\\n}"
}

step() { # instruction
    local word=${1%%[[:space:]]*} rest=${1#*[[:space:]]} parts part
    printf 'Step : %s\n' "$1"
    if [ -z "$parent" ] && [[ ${word^^} != FROM ]] && [[ ${word^^} != ARG ]]; then
        printf 'ERROR: failed to solve: dockerfile parse error on line %s: no build stage in current context\n' "$number" >&2
        return 1
    fi
    case ${word^^} in
        FROM)
            parent=${rest%% *}
            if [ "$parent" != scratch ] && ! image_of "$parent" >/dev/null && [[ " $known_images " != *" $(with_tag "$parent") "* ]]; then
                printf 'ERROR: failed to solve: %s: pull access denied, repository does not exist or may require authorization\n' "$parent" >&2
                return 1
            fi
            inherit
            ;;
        COPY | ADD)
            read -ra parts <<<"$rest"
            [ ${#parts[@]} -ge 2 ] || { printf 'ERROR: dockerfile parse error on line %s: %s requires at least two arguments\n' "$number" "${word^^}" >&2; return 1; }
            for part in "${parts[@]:0:${#parts[@]}-1}"; do
                [[ $part != --* ]] || continue
                compgen -G "$context/$part" >/dev/null ||
                    { printf 'ERROR: failed to solve: failed to compute cache key: "/%s": not found\n' "$part" >&2; return 1; }
            done
            add_layer "$(sha256sum <context.tar)"
            ;;
        RUN) add_layer '' ;;
        LABEL)
            while IFS= read -r part; do [[ $part != *=* ]] || labels[${part%%=*}]=${part#*=}; done < <(xargs printf '%s\n' <<<"$rest")
            ;;
        ENV | ARG | WORKDIR | USER | CMD | ENTRYPOINT | EXPOSE | VOLUME | SHELL | STOPSIGNAL | HEALTHCHECK | ONBUILD | MAINTAINER) ;;
        *) printf 'ERROR: failed to solve: dockerfile parse error on line %s: unknown instruction: %s\n' "$number" "$word" >&2; return 1 ;;
    esac
}
