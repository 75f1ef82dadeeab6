# shellcheck shell=bash
# What the stand-in of az does. Who signed in is kept in its folder as az keeps it, readable by its owner alone.

settings=${AZURE_CONFIG_DIR:-${HOME:-$(getent passwd "$(id -u)" | cut -d : -f 6)}/.azure}
nobody=00000000-0000-0000-0000-000000000000
metadata=http://169.254.169.254/metadata
declare -A options=()

fail() { printf 'ERROR: %s\n' "$1" >&2; exit "${2:-1}"; }

# read_options words…: by their long names; one without a value is "yes".
read_options() {
    local name
    while [ $# -gt 0 ]; do
        case $1 in
            -n) name=name ;;
            -i) name=identity ;;
            -u) name=username ;;
            -p) name=password ;;
            -o) name=output ;;
            -t) name=tenant ;;
            --*) name=${1#--} ;;
            *) fail "unrecognized arguments: $1" 2 ;;
        esac
        case $name in
            *=*) options[${name%%=*}]=${name#*=} ;;
            *) if [ $# -gt 1 ] && [[ $2 != -* ]]; then options[$name]=$2; shift; else options[$name]=yes; fi ;;
        esac
        shift
    done
}

# answer json: all of it, or the one leaf that --query names.
answer() {
    local leaf=${options[query]:-}
    [ "${options[output]:-}" != none ] || return 0
    if [ -z "$leaf" ]; then printf '%s\n' "$1"; return; fi
    leaf=$(sed -n "s/.*\"${leaf##*.}\": *\"\([^\"]*\)\".*/\1/p" <<<"$(tr -d '\n' <<<"$1")")
    if [ "${options[output]:-}" = tsv ]; then printf '%s\n' "$leaf"; else printf '"%s"\n' "$leaf"; fi
}

field() { tr -d '\n' | sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p"; } # name

# keep name value: a file of its own, because a value may hold anything.
keep() { ( umask 077; mkdir -p "$settings/stand-in"; printf '%s' "$2" >"$settings/stand-in/$1" ); }

kept() { cat "$settings/stand-in/$1" 2>/dev/null; }

signed_in() { [ -f "$settings/stand-in/kind" ] || fail "Please run 'az login' to setup account."; }

# token resource: of whoever signed in.
token() {
    local said
    signed_in
    case $(kept kind) in
        identity)
            said=$(curl -sS --noproxy '*' -H Metadata:true --get "$metadata/identity/oauth2/token" --data-urlencode api-version=2018-02-01 --data-urlencode "resource=$1" --data-urlencode "$(kept selector)" 2>&1)
            [[ $said == *'"access_token"'* ]] || fail "Failed to connect to MSI. Please make sure MSI is configured correctly. Get Token request returned: $(field error_description <<<"$said")"
            ;;
        *)
            said=$(curl -sS "https://login.microsoftonline.com/$(kept tenant)/oauth2/v2.0/token" --data-urlencode grant_type=client_credentials --data-urlencode "scope=$1/.default" --data-urlencode "client_id@$settings/stand-in/client" --data-urlencode "client_secret@$settings/stand-in/secret" 2>&1)
            [[ $said == *'"access_token"'* ]] || fail "$(field error_description <<<"$said")"
            ;;
    esac
    field access_token <<<"$said"
}

account() {
    printf '{\n  "environmentName": "AzureCloud",\n  "id": "%s",\n  "isDefault": true,\n  "state": "Enabled",\n  "tenantId": "%s",\n  "user": {\n    "name": "%s",\n    "type": "servicePrincipal"\n  }\n}' \
        "$(curl -s --noproxy '*' -H Metadata:true "$metadata/instance/compute/subscriptionId?api-version=2019-04-30&format=text")" "$(kept tenant)" "$(kept name)"
}

az_login() {
    local selector=api-version=2018-02-01 given
    rm -rf "$settings/stand-in"
    if [ -n "${options[identity]:-}" ]; then
        given=${options[client-id]:-${options[username]:-}}
        [ -z "$given" ] || selector=client_id=$given
        [ -z "${options[object-id]:-}" ] || selector=object_id=${options[object-id]}
        [ -z "${options[resource-id]:-}" ] || selector=msi_res_id=${options[resource-id]}
        keep selector "$selector"
        keep name "${given:-systemAssignedIdentity}"
        keep kind identity
    elif [ -n "${options[service-principal]:-}" ]; then
        [[ -n ${options[username]:-} && -n ${options[password]:-} && -n ${options[tenant]:-} ]] || fail 'usage error: --service-principal --username ID --password SECRET --tenant TENANT' 2
        keep client "${options[username]}"
        keep secret "${options[password]}"
        keep tenant "${options[tenant]}"
        keep name "${options[username]}"
        keep kind application
    else
        fail 'this stand-in signs in with --identity or --service-principal.' 2
    fi
    ( token https://management.azure.com ) >/dev/null || { rm -rf "$settings/stand-in"; exit 1; }
    answer "[$(account)]"
}

az_token() {
    local got
    got=$(token "${options[resource]:-https://management.azure.com}") || exit 1
    answer "{
  \"accessToken\": \"$got\",
  \"tenant\": \"$(kept tenant)\",
  \"tokenType\": \"Bearer\"
}"
}

az_acr_login() {
    local name=${options[name]:-} host entra said refresh folder
    [ -n "$name" ] || fail 'the following arguments are required: --name/-n' 2
    name=${name%.azurecr.io}
    host=${name,,}.azurecr.io
    entra=$(token https://containerregistry.azure.net) || exit 1
    curl -sS -o /dev/null "https://$host/v2/" 2>/dev/null ||
        fail "Could not connect to the registry login server '$host'. Please verify that the registry exists and the URL 'https://$host/v2/' is reachable from your environment."
    folder=$(mktemp -d)
    printf '%s' "$entra" >"$folder/token"
    said=$(curl -sS "https://$host/oauth2/exchange" --data-urlencode grant_type=access_token --data-urlencode "service=$host" --data-urlencode "access_token@$folder/token" 2>&1)
    rm -rf "$folder"
    refresh=$(field refresh_token <<<"$said")
    [ -n "$refresh" ] || fail "Unable to get AAD authorization tokens with message: $(field message <<<"$said")"
    if [ -n "${options[expose-token]:-}" ]; then
        answer "{
  \"accessToken\": \"$refresh\",
  \"loginServer\": \"$host\",
  \"username\": \"$nobody\"
}"
        return
    fi
    docker login -u "$nobody" --password-stdin "$host" <<<"$refresh"
}
