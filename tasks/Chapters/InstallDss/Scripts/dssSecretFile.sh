# shellcheck shell=bash disable=SC2154
# dssSecretFile: path, content, owner, group, mode. A file whose content nobody knows before it is compared: a licence, a certificate, a key.

look_dssSecretFile() {
    dss_values
    dss_unread
    if [ ! -f "${given[path]}" ] || [ -L "${given[path]}" ]; then absent; fi
    local owner group mode
    IFS=' ' read -r owner group mode < <(stat -c '%U %G %a' -- "${given[path]}")
    tell owner "$owner"
    tell group "$group"
    tell mode "$(printf '%04o' "0$mode")"
    if [ "$(<"${given[path]}")" = "${given[content]%$'\n'}" ]; then tell content "as wished"; else tell content another; fi
}

make_dssSecretFile() {
    local path=${given[path]} draft folder
    folder=${path%/*}
    [ -d "$folder" ] || [ "${given[owner]}" != root ] || install -d -m 0755 -- "$folder"
    [ -d "$folder" ] || fail "$folder is not there, so $path cannot be written. Run again: DSS is installed first."
    dss_check_pem
    draft=$path.dss-pipeline
    if [ "${given[owner]}" = root ]; then
        rm -f -- "$draft"
        (umask 077; dss_content >"$draft")
        chown -- "root:${given[group]}" "$draft"
        chmod -- "${given[mode]}" "$draft"
        mv -fT -- "$draft" "$path"
    else
        # In a folder that another account owns only that account writes: it could have put a link there.
        # shellcheck disable=SC2016  # the arguments of the inner shell
        user=${given[owner]} from=<(dss_content) as_dss bash -c 'umask 077; cat >"$1" && chmod -- "$2" "$1" && mv -fT -- "$1" "$3"' bash "$draft" "${given[mode]}" "$path"
    fi
}

dss_content() { printf '%s\n' "${given[content]%$'\n'}"; }

# A certificate or key that cannot be read would only be noticed when DSS or nginx does not start.
dss_check_pem() {
    case ${given[check]:-} in
        certificate)
            openssl x509 -noout <<<"${given[content]}" 2>/dev/null || fail "${given[named]} is no certificate in PEM (-----BEGIN CERTIFICATE-----)."
            openssl x509 -noout -checkend 0 <<<"${given[content]}" >/dev/null || fail "The certificate in ${given[named]} has expired. Renew it, then run again."
            ;;
        key) openssl pkey -noout <<<"${given[content]}" 2>/dev/null || fail "${given[named]} is no private key in PEM without a passphrase." ;;
    esac
}

drop_dssSecretFile() { remove "${given[path]}"; }
