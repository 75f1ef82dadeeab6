# shellcheck shell=bash disable=SC2034,SC2154
# How the stand-in speaks to a registry: the names of images, sign-in as the registry asks for it, single requests.
# What is sent and what is answered lies in the folder $registry, so that no secret is ever an argument of a program.

manifest_types='application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json'

# image_host name: the registry that a name begins with; nothing where it means the one of docker.io.
image_host() {
    local first=${1%%/*}
    [[ $1 == */* ]] && [[ $first == *.* || $first == *:* || $first == localhost ]] || return 1
    printf '%s' "$first"
}

image_path() { local rest=${1#*/}; printf '%s' "${rest%:*}"; } # name with its tag

# A registry of the machine itself may do without TLS, as for docker.
registry_base() { case $1 in localhost | localhost:* | 127.*) printf 'http://%s' "$1" ;; *) printf 'https://%s' "$1" ;; esac; }

# registry_ask method address [options of curl]: says the status; the rest is in the folder.
registry_ask() {
    local method=$1 address=$2
    shift 2
    [ "$method" != HEAD ] || set -- --head "$@"
    curl -sS --retry 3 --request "$method" --header "@$registry/header" --dump-header "$registry/headers" --output "$registry/body" --write-out '%{http_code}' "$@" "$address" 2>"$registry/problem"
}

registry_header() { tr -d '\r' <"$registry/headers" | sed -n "s/^$1: *//Ip" | tail -n 1; } # name

json_field() { tr -d '\n\t' <"$registry/body" | sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p"; } # name

# registry_unreached host code: nobody answered; curl ended with that code.
registry_unreached() {
    local why
    why=$(sed 's/^curl: ([0-9]*) //' "$registry/problem")
    [ "$2" != 6 ] || why="dial tcp: lookup $1: no such host"
    printf 'Error response from daemon: Get "%s/v2/": %s\n' "$(registry_base "$1")" "$why" >&2
    return 1
}

# registry_refused what: the registry's own words.
registry_refused() {
    local code message
    code=$(json_field code)
    message=$(json_field message)
    code=${code//_/ }
    printf '%s%s: %s\n' "$1" "${code,,}" "${message:-the registry answered without a reason}" >&2
    return 1
}

# registry_sign_in host scope [offline]: with the files "user" or "identity" of the folder, where there are any.
registry_sign_in() {
    local host=$1 scope=$2 code challenge realm form=() before
    before="Error response from daemon: Get \"$(registry_base "$host")/v2/\": "
    : >"$registry/header"
    code=$(registry_ask GET "$(registry_base "$host")/v2/") || { registry_unreached "$host" $?; return 1; }
    [ "$code" != 200 ] || return 0
    challenge=$(registry_header WWW-Authenticate)
    [[ $code == 401 && $challenge == Bearer* ]] || { registry_refused "$before"; return 1; }
    realm=$(sed -n 's/.*realm="\([^"]*\)".*/\1/p' <<<"$challenge")
    form=(--data-urlencode "service=$(sed -n 's/.*service="\([^"]*\)".*/\1/p' <<<"$challenge")" --data-urlencode client_id=docker)
    [ -z "$scope" ] || form+=(--data-urlencode "scope=$scope")
    if [ -s "$registry/identity" ]; then
        code=$(registry_ask POST "$realm" "${form[@]}" --data-urlencode grant_type=refresh_token --data-urlencode "refresh_token@$registry/identity")
    else
        [ -z "${3:-}" ] || form+=(--data-urlencode offline_token=true)
        [ ! -s "$registry/user" ] || form+=(--config "$registry/user")
        code=$(registry_ask GET "$realm" --get "${form[@]}")
    fi
    [ "$code" = 200 ] || { registry_refused "$before"; return 1; }
    printf 'Authorization: Bearer %s\n' "$(json_field access_token)" >"$registry/header"
}

# Credentials -----------------------------------------------------------------------------------------------------------

# A service may have no HOME; its user has one all the same.
docker_settings() { printf '%s/config.json' "${DOCKER_CONFIG:-${HOME:-$(getent passwd "$(id -u)" | cut -d : -f 6)}/.docker}"; }

# keep_user name password: as curl reads it from a file.
keep_user() {
    local both=$1:$2
    both=${both//\\/\\\\}
    printf 'user = "%s"\n' "${both//\"/\\\"}" >"$registry/user"
}

kept_credentials() { tr -d '\n\t' 2>/dev/null <"$(docker_settings)"; }

# registry_credentials host: what was kept for it at the last login.
registry_credentials() {
    local entry auth
    entry=$(kept_credentials | sed -n "s/.*\"${1//./\\.}\": *{\([^}]*\)}.*/\1/p")
    [ -n "$entry" ] || return 0
    printf '%s' "$(sed -n 's/.*"identitytoken": *"\([^"]*\)".*/\1/p' <<<"$entry")" >"$registry/identity"
    auth=$(sed -n 's/.*"auth": *"\([^"]*\)".*/\1/p' <<<"$entry" | base64 -d)
    keep_user "${auth%%:*}" "${auth#*:}"
}

# change_credentials host entry: replaces what is kept for it, by nothing where the entry is empty; all else in the file stays.
change_credentials() {
    local file text rest
    file=$(docker_settings)
    [ -d "${file%/*}" ] || ( umask 077; mkdir -p "${file%/*}" ) || return 1
    text=$(kept_credentials | sed -E "s/\"auths\": *\{ */\"auths\": {/; s/\"${1//./\\.}\": *\{[^}]*\},? *//")
    rest=${text#*\{}
    [[ $text == *'"auths": {'* ]] || text="{\"auths\": {}, ${rest:-\}}"
    [ -z "$2" ] || text=${text/'"auths": {'/"\"auths\": {\"$1\": $2, "}
    ( umask 077; sed -E 's/, *\}/}/g' <<<"$text" >"$file.new" ) && mv -f "$file.new" "$file"
}
