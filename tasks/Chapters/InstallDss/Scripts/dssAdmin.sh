# shellcheck shell=bash disable=SC2154,SC2034
# dssAdmin: key, and for a change password, salt, fingerprint, profile. DSS gives no password back, so a mark that only root reads
# tells which one was set last, and for which installation.

look_dssAdmin() {
    dss_values
    dss_unread
    dss_read || absent
    local id='' salt='' fingerprint=''
    [ ! -f "${given[mark]}" ] || read -r id salt fingerprint <"${given[mark]}" || true
    [ "$id" = "$dss_id" ] || absent
    tell salt "$salt"
    tell fingerprint "$fingerprint"
    if has profile; then tell profile "$(dss_profile)"; fi
}

# What cannot be asked is taken for right: once DSS was started, it is asked.
dss_profile() {
    dss_can_ask || { printf '%s' "${given[profile]}"; return; }
    dss_ask GET /public/api/admin/users/admin
    if [ "$code" = 200 ] && [[ $body =~ \"userProfile\"[[:space:]]*:[[:space:]]*\"([^\"]*)\" ]]; then printf '%s' "${BASH_REMATCH[1]}"; else printf '%s' "${given[profile]}"; fi
}

make_dssAdmin() {
    local quoted text draft found patience=20
    dss_values
    dss_can_ask || fail "DSS in $data cannot be asked to change its user admin: it does not run, or there is no key for it."
    dss_ask GET /public/api/admin/users/admin
    [ "$code" = 200 ] || fail "DSS does not tell its user admin (HTTP $code): ${body:0:500} If somebody removed that user, make it again; if its licence keeps the API closed, put one with API access into dss.license."
    text=$body
    if has profile; then
        [[ $text =~ \"userProfile\"[[:space:]]*:[[:space:]]*\"[^\"]*\" ]] || fail "The user admin of DSS has no profile that could be changed. Remove dss.adminProfile."
        found=${BASH_REMATCH[0]}
        json_text "${given[profile]}"
        text="${text%%"$found"*}\"userProfile\":$quoted${text#*"$found"}"
    fi
    json_text "${given[password]}"
    dss_ask PUT /public/api/admin/users/admin "{\"password\":$quoted,${text#*\{}"
    [[ $code == 2?? ]] || fail "DSS does not take the password or the profile of its user admin (HTTP $code): ${body:0:500}"
    install -d -m 0700 -- "${given[mark]%/*}"
    draft=$(mktemp -- "${given[mark]%/*}/.dss-pipeline.XXXXXXXX")
    printf '%s %s %s\n' "$dss_id" "${given[salt]}" "${given[fingerprint]}" >"$draft"
    mv -fT -- "$draft" "${given[mark]}"
}

drop_dssAdmin() { :; }
