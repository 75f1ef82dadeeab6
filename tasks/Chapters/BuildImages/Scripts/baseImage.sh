# shellcheck shell=bash disable=SC2154
# baseImage: an image that DSS runs code in, built by the kit's own dssadmin as the user of DSS.
#   type (container-exec, spark, cde), tag (optional), version, dataDirectory, user, inputs (one word), argument*, needs* (option, blank, manifest key), prepend, append
# What it was built from stands in the label dss-pipeline.inputs of the image itself, so an image from elsewhere is told from ours.
# An image that somebody made from ours has inherited that label. So dss-pipeline.layers says which files it was written on: how many layers, and the last.

# The name DSS looks for unless it is told another one: with the install id and the version, in lower case, as names of images are.
baseImage_tag() {
    tag=${given[tag]:-}
    [ -z "$tag" ] || return 0
    local line id='' file=${given[dataDirectory]}/install.ini
    [ -r "$file" ] || return 1
    while IFS= read -r line; do
        [[ $line =~ ^[[:space:]]*installid[[:space:]]*=[[:space:]]*([^[:space:]]+) ]] || continue
        id=${BASH_REMATCH[1]}
        break
    done <"$file"
    [ -n "$id" ] || return 1
    id=${id,,} version=${given[version],,}
    case ${given[type]} in
        container-exec) tag=dku-exec-base ;;
        *) tag=dku-${given[type]}-base ;;
    esac
    tag=$tag-${id//\//_}:dss-${version//\//_}
}

# The variables "id", "layers" and "inputs" hold what the engine says about an image; it fails when there is none, or no engine.
baseImage_seen() {
    local said labels commas
    said=$(docker image inspect --format '{{.Id}} {{json .RootFS}} {{json .Config.Labels}}' "$1" 2>/dev/null) || return 1
    read -r id layers labels <<<"$said"
    # An image that is nothing but labels has no list of layers at all.
    [[ $layers == *'['* ]] || layers='[none'
    commas=${layers//[!,]/} inputs=''
    layers=${layers##*[,[]}
    layers=${#commas}-${layers//[!a-z0-9:]/}
    [[ $labels == *"\"dss-pipeline.layers\":\"$layers\""* ]] || return 0
    [[ $labels =~ \"dss-pipeline\.inputs\":\"([A-Za-z0-9_-]*)\" ]] && inputs=${BASH_REMATCH[1]}
    return 0
}

look_baseImage() {
    local tag id layers inputs
    { baseImage_tag && baseImage_seen "$tag"; } || absent
    tell image "$tag"
    tell id "$id"
    tell inputs "$inputs"
}

# As the user of DSS, in the data directory, with nothing in the environment but what a login would bring.
baseImage_asUser() {
    local user=${given[user]} home
    home=$(getent passwd "$user" | cut -d: -f6)
    (
        cd -- "${given[dataDirectory]}" || exit
        exec runuser -u "$user" -- env -i HOME="$home" USER="$user" LOGNAME="$user" SHELL=/bin/bash LANG=en_US.UTF-8 PATH=/usr/local/bin:/usr/bin:/usr/local/sbin:/usr/sbin "$@" 3>&- 4>&-
    )
}

baseImage_ready() {
    local data=${given[dataDirectory]} installed=''
    [ -x "$data/bin/dssadmin" ] || fail "There is no $data/bin/dssadmin, so DSS is not installed there. Install it first, by the task InstallDss."
    [[ $(<"$data/dss-version.json") =~ \"product_version\"[[:space:]]*:[[:space:]]*\"([^\"]+)\" ]] && installed=${BASH_REMATCH[1]}
    [ "$installed" = "${given[version]}" ] || fail "DSS in $data is ${installed:-of an unknown version}, and images for ${given[version]} are wished. Bring DSS to that version first, by the task InstallDss."
    [ "${given[type]}" != spark ] || [ -e "$data/bin/env-spark.sh" ] || fail "The Spark image is built from the Spark of DSS, and $data/bin/env-spark.sh does not exist. Set up the Spark integration first, by the task InstallDss."
    docker version >/dev/null 2>&1 || fail "The engine of Docker does not answer, so no image can be built. Look at: systemctl status docker"
}

# The variable "known" holds the options of this kit, between blanks.
baseImage_options() {
    local help
    help=$(baseImage_asUser ./bin/dssadmin build-base-image --help 2>&1) || {
        [ ${#help} -le 500 ] || help=${help: -500}
        fail "dssadmin of DSS ${given[version]} does not tell its options: $help"
    }
    known=" $(grep -oE -- '--[a-z0-9][a-z0-9-]*' <<<"$help" | sort -u | tr '\n' ' ')"
    local option key
    each needs
    for line in "${items[@]}"; do
        IFS=' ' read -r option key <<<"$line"
        [[ $known == *" $option "* ]] || fail "$key asks for the option $option of dssadmin build-base-image, which DSS ${given[version]} does not have. Change $key; this DSS knows:$known"
    done
}

make_baseImage() {
    local tag id layers inputs known old='' work
    local -a arguments
    baseImage_ready
    baseImage_tag || fail "${given[dataDirectory]}/install.ini names no install id, which the name of the image is made of. Repair that file from a backup, or state images.*.tag."
    if baseImage_seen "$tag"; then
        [ "$inputs" != "${given[inputs]}" ] || return 0
        old=$id
    fi
    baseImage_options

    each argument
    arguments=("${items[@]}")
    has tag && arguments+=("--tag=$tag")
    work=$(mktemp -d /run/dss-image.XXXXXXXX)
    # shellcheck disable=SC2064  # the directory of now
    trap "rm -rf -- '$work'" EXIT
    for part in prepend append; do
        has "$part" || continue
        printf '%s\n' "${given[$part]}" >"$work/$part"
        arguments+=("--dockerfile-$part=$work/$part")
    done
    chmod -R a+rX -- "$work"

    baseImage_asUser ./bin/dssadmin build-base-image "${arguments[@]}"
    baseImage_seen "$tag" || fail "dssadmin said that it was done, and the engine has no image $tag. Look at ${given[dataDirectory]}/run/install.log."
    baseImage_sign
    baseImage_tidy "$old"
}

# The labels come last, because only then it is known what they are written on. They add no files.
baseImage_sign() {
    mkdir -- "$work/labels"
    printf 'FROM %s\n' "$tag" >"$work/labels/Dockerfile"
    docker build --quiet --tag "$tag" --label "dss-pipeline.inputs=${given[inputs]}" --label "dss-pipeline.layers=$layers" "$work/labels"
    # An engine that does not keep the image without labels as the parent would show it as one without a name.
    docker image rm "$id" >/dev/null 2>&1 || true
}

# The image that was replaced, unless it still has a name or others stand on it.
baseImage_tidy() {
    [ -n "$1" ] && [[ $(docker image inspect --format '{{json .RepoTags}}' "$1" 2>/dev/null) =~ ^(\[\]|null)$ ]] || return 0
    docker image rm "$1" >/dev/null 2>&1 || say "the replaced image $1 stays, because something uses it"
}

drop_baseImage() {
    local tag
    if baseImage_tag && docker image inspect "$tag" >/dev/null 2>&1; then docker image rm "$tag"; fi
}
