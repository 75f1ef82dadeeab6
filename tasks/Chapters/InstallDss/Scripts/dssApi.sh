# shellcheck shell=bash disable=SC2154
# What DSS is asked on the loopback of the machine. Keys and passwords go to curl by files that only exist as pipes.

# dss_ask method path [body]: the variables "code" and "body".
dss_ask() {
    local answer
    answer=$(printf '%s' "${3:-}" | curl --silent --insecure --noproxy '*' --max-time "${patience:-5}" --request "$1" --config <(dss_login) \
        --header 'Content-Type: application/json' --data-binary @- --write-out '\n%{http_code}' "$base$2") || answer=$'\n000'
    code=${answer##*$'\n'} body=${answer%$'\n'*}
}

# Only DSS itself is shown the key: when it does not run, anybody may listen on its port.
dss_login() {
    local key=${given[key]}
    key=${key//\\/\\\\}
    printf 'user = "%s:"\n' "${key//\"/\\\"}"
}

# dss_can_ask: whether there is a key, and a DSS that answers.
dss_can_ask() { has key && dss_read && dss_pid; }

# dssApiKey: key (when one is kept), label. The key of this deployment, with which DSS lets it in as administrator.

look_dssApiKey() {
    dss_values
    dss_unread
    has key || absent
    # What cannot be tried is taken for good: once DSS was started, it is tried.
    local works=yes
    if [ "${given[nodeType]}" != api ] && dss_can_ask; then
        dss_ask GET /public/api/auth/info
        if [ "$code" = 401 ] || { [ "$code" = 403 ] && [[ $body != *Edition* ]]; }; then works=no; fi
    fi
    tell works "$works"
}

make_dssApiKey() {
    local made fact='' id
    dss_values
    dss_read || fail "There is no DSS in $data, so no key can be made."
    if [ "${given[nodeType]}" = api ]; then
        made=$(as_dss "$data/bin/apinode-admin" admin-key-create --output json)
    else
        # Keys of a run that died before it could keep them: nobody has them.
        made=$(as_dss "$data/bin/dsscli" api-keys-list --output json)
        for id in $(dss_keys_of "$made" "${given[label]}"); do
            as_dss "$data/bin/dsscli" api-key-delete "$id" >/dev/null
        done
        made=$(as_dss "$data/bin/dsscli" api-key-create --label "${given[label]}" --description "made by DssPipeline, kept in its vault" --admin true --output json)
    fi
    [[ $made =~ \"key\"[[:space:]]*:[[:space:]]*\"([^\"]+)\" ]] || fail "DSS made a key, but its answer holds none. Look at $data/run/backend.log."
    given[key]=${BASH_REMATCH[1]}
    tell_secret key < <(printf '%s' "${given[key]}")
    answer=$fact
}

# dss_keys_of list label: the ids of the keys with this label, from a list of flat objects.
dss_keys_of() {
    local one
    while IFS= read -r -d '}' one; do
        if [[ ! $one =~ \"label\"[[:space:]]*:[[:space:]]*\"([^\"]*)\" ]] || [ "${BASH_REMATCH[1]}" != "$2" ]; then continue; fi
        if [[ $one =~ \"id\"[[:space:]]*:[[:space:]]*\"([A-Za-z0-9_-]+)\" ]]; then printf '%s\n' "${BASH_REMATCH[1]}"; fi
    done <<<"$1"
}

drop_dssApiKey() { :; }

# dssLicenseStatus: key. What DSS itself thinks of its licence: a command that installs one succeeds with a licence it cannot read.

look_dssLicenseStatus() {
    dss_values
    dss_unread
    has key || absent
    local valid=yes expired=no
    if dss_can_ask; then
        dss_ask GET /public/api/admin/licensing/status
        if [ "$code" = 200 ]; then
            [[ $body =~ \"hasLicense\"[[:space:]]*:[[:space:]]*false || $body =~ \"valid\"[[:space:]]*:[[:space:]]*false ]] && valid=no
            [[ $body =~ \"expired\"[[:space:]]*:[[:space:]]*true ]] && expired=yes
        fi
    fi
    tell valid "$valid"
    tell expired "$expired"
}

make_dssLicenseStatus() {
    dss_values
    dss_can_ask || fail "DSS in $data cannot be asked for its licence: it does not run, or there is no key for it."
    dss_ask GET /public/api/admin/licensing/status
    if [[ $body =~ \"expired\"[[:space:]]*:[[:space:]]*true ]]; then fail "The licence of DSS has expired. Put a current one into dss.license, then run again."; fi
    if [[ $body =~ \"(hasLicense|valid)\"[[:space:]]*:[[:space:]]*false ]]; then fail "DSS does not accept its licence: it is not the file that Dataiku sent, or not one for this version or machine. Put the right one into dss.license, then run again."; fi
}

drop_dssLicenseStatus() { :; }
