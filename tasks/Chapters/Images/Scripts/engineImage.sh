# shellcheck shell=bash disable=SC2034,SC2154
# engineImage: a base image as the engine has it, by the name that baseImage gives it. It is only looked at.
#   type, tag (optional), version, dataDirectory

look_engineImage() {
    local tag id layers inputs said list=()
    { baseImage_tag && baseImage_seen "$tag"; } || absent
    tell image "$tag"
    tell id "$id"
    # Under which digests registries took it, as far as this engine knows.
    said=$(docker image inspect --format '{{json .RepoDigests}}' "$tag" 2>/dev/null) || absent
    while [[ $said =~ \"([^\"]+@sha256:[0-9a-f]+)\"(.*) ]]; do
        list+=("${BASH_REMATCH[1]}")
        said=${BASH_REMATCH[2]}
    done
    tell_list pushed ${list[@]+"${list[@]}"}
}
