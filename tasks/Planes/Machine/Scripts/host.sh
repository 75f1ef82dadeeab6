# shellcheck shell=bash disable=SC2154
# host: the machine itself, as it says it is. It is made by Azure; here it is only looked at.

look_host() {
    local name value
    local -A release=()
    while IFS='=' read -r name value; do
        value=${value#\"}
        release[$name]=${value%\"}
    done </etc/os-release
    tell id "${release[ID]:-}"
    tell version "${release[VERSION_ID]:-}"
    tell like "${release[ID_LIKE]:-}"
    tell name "${release[PRETTY_NAME]:-}"
    tell architecture "$(uname -m)"
    tell hostname "$(</proc/sys/kernel/hostname)"
}

make_host() { :; }
