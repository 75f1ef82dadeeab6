# shellcheck shell=bash disable=SC2154
# repository: id, and the lines of its file: name, baseurl or metalink, key (address of its key), priority, module_hotfixes.
# fingerprint (list): the key must be one of these; then it is fetched, checked, kept on the machine and given to rpm.
# proxy: what the key is fetched through.

repository_folder=/etc/yum.repos.d
key_folder=/etc/pki/rpm-gpg

# key_of fingerprint: the name under which rpm keeps the key.
key_of() {
    local short=${1: -8}
    printf -v "$2" 'gpg-pubkey-%s' "${short,,}"
}

look_repository() {
    local line section='' path="$repository_folder/${given[id]}.repo" key missing='' fingerprint
    [ -f "$path" ] || absent
    while IFS= read -r line; do
        case $line in
            "[${given[id]}]") section=1 ;;
            '['*) section='' ;;
            [a-z]*=*) [ -z "$section" ] || tell "${line%%=*}" "${line#*=}" ;;
        esac
    done <"$path"
    has fingerprint || return 0
    each fingerprint
    for fingerprint in "${items[@]}"; do
        key_of "$fingerprint" key
        rpm -q -- "$key" >/dev/null 2>&1 || missing=1
    done
    [ -f "$key_folder/RPM-GPG-KEY-${given[id]}" ] || missing=1
    if [ -z "$missing" ]; then tell key trusted; else tell key absent; fi
}

fetch_key() {
    local draft=$1 options=()
    has proxy && options+=(--proxy "${given[proxy]}")
    curl -q --globoff --fail --silent --show-error --location --retry 3 --max-time 120 --output "$draft" "${options[@]}" --url "${given[key]}" \
        || fail "The key of the repository ${given[id]} cannot be fetched from ${given[key]}. Check that the machine reaches that address (vm.mirrors, vm.proxy)."
}

# Every primary key of the file must be one that is known; a file with a further key would let its owner sign packages as well.
check_key() {
    local draft=$1 kind fingerprint next='' found=0 home=$2
    while IFS=: read -r kind _ _ _ _ _ _ _ _ fingerprint _; do
        [ "$kind" = pub ] && next=1
        [ "$kind" = sub ] && next=''
        if [ "$kind" != fpr ] || [ -z "$next" ]; then continue; fi
        next='' found=1
        [[ " ${items[*]^^} " == *" ${fingerprint^^} "* ]] \
            || fail "The key at ${given[key]} has the fingerprint $fingerprint, but the repository ${given[id]} is known to sign with ${items[*]}. Nothing of it is installed. Find out who answered in its place."
    done < <(gpg --homedir "$home" --batch --show-keys --with-colons "$draft" 2>/dev/null)
    [ "$found" = 1 ] || fail "What ${given[key]} answered is no key. Check what stands between the machine and that address."
}

trust_key() {
    local folder draft
    folder=$(mktemp -d)
    # shellcheck disable=SC2064  # the folder of now
    trap "rm -rf -- '$folder'" EXIT
    fetch_key "$folder/key"
    each fingerprint
    check_key "$folder/key" "$folder"
    mkdir -p -- "$key_folder"
    draft=$(mktemp -- "$key_folder/.dss-pipeline.XXXXXXXX")
    cat -- "$folder/key" >"$draft"
    chmod 0644 -- "$draft"
    mv -fT -- "$draft" "$key_folder/RPM-GPG-KEY-${given[id]}"
    rpm --import "$key_folder/RPM-GPG-KEY-${given[id]}" || fail "rpm does not take the key of the repository ${given[id]}."
}

make_repository() {
    local draft name gpgkey=${given[key]}
    for name in "${!given[@]}"; do
        [[ ${given[$name]} != *[[:cntrl:]]* ]] || fail "The value $name of the repository ${given[id]} has more than one line."
    done
    [[ ${given[id]} =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]] || fail "\"${given[id]}\" is no id of a repository."
    if has fingerprint; then
        trust_key
        gpgkey="file://$key_folder/RPM-GPG-KEY-${given[id]}"
    fi
    mkdir -p -- "$repository_folder"
    draft=$(mktemp -- "$repository_folder/.dss-pipeline.XXXXXXXX")
    {
        printf '[%s]\nname=%s\n' "${given[id]}" "${given[name]}"
        for name in baseurl metalink priority module_hotfixes; do
            if has "$name"; then printf '%s=%s\n' "$name" "${given[$name]}"; fi
        done
        printf 'enabled=1\ngpgcheck=1\ngpgkey=%s\n' "$gpgkey"
    } >"$draft"
    chmod 0644 -- "$draft"
    mv -fT -- "$draft" "$repository_folder/${given[id]}.repo"
}

drop_repository() { rm -f -- "$repository_folder/${given[id]}.repo"; }
