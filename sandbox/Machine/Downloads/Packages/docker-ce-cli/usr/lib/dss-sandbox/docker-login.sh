# shellcheck shell=bash disable=SC2154
# docker login, logout and manifest, on the side of the one who asks.

docker_login() {
    local user='' password='' host='' entry
    while [ $# -gt 0 ]; do
        case $1 in
            -u | --username) user=$2; shift ;;
            --username=* | -u=*) user=${1#*=} ;;
            -p | --password) password=$2; shift; printf 'WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n' >&2 ;;
            --password=* | -p=*) password=${1#*=}; printf 'WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n' >&2 ;;
            --password-stdin) IFS= read -r password ;;
            -*) refuse "unknown flag: $1" 125 ;;
            *) host=${1#https://} ;;
        esac
        shift
    done
    host=${host%%/*}
    [ -n "$host" ] || refuse 'Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host'
    [[ -n $user && -n $password ]] || refuse 'Error: Cannot perform an interactive login from a non TTY device'
    reach
    keep_user "$user" "$password"
    registry_sign_in "$host" '' offline || exit 1
    entry="{\"auth\": \"$(printf '%s:%s' "$user" "$password" | base64 -w 0)\"}"
    if grep -q '"refresh_token"' "$registry/body" 2>/dev/null; then
        entry="{\"auth\": \"$(printf '%s:' "$user" | base64 -w 0)\", \"identitytoken\": \"$(json_field refresh_token)\"}"
    fi
    change_credentials "$host" "$entry" || refuse "Error saving credentials: open $(docker_settings): permission denied"
    printf 'WARNING! Your password will be stored unencrypted in %s.\nConfigure a credential helper to remove this warning.\n' "$(docker_settings)" >&2
    printf 'Login Succeeded\n'
}

docker_logout() {
    local host=${1:-https://index.docker.io/v1/}
    host=${host#https://}
    [ ! -f "$(docker_settings)" ] || change_credentials "${host%%/*}" ''
    printf 'Removing login credentials for %s\n' "${host%%/*}"
}

docker_manifest() {
    local name host code
    [ "${1:-}" = inspect ] || refuse "docker manifest: '${1:-}' is not known to this stand-in"
    shift
    while [[ ${1:-} == -* ]]; do shift; done
    name=${1:-}
    [[ ${name##*/} == *:* ]] || name+=:latest
    host=$(image_host "$name") || refuse "no such manifest: docker.io/library/$name"
    registry_credentials "$host"
    registry_sign_in "$host" "repository:$(image_path "$name"):pull" || exit 1
    code=$(registry_ask GET "$(registry_base "$host")/v2/$(image_path "$name")/manifests/${name##*:}" --header "Accept: $manifest_types, application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json")
    case $code in
        200) cat "$registry/body"; printf '\n' ;;
        404) refuse "no such manifest: $name" ;;
        *) registry_refused ''; exit 1 ;;
    esac
}
