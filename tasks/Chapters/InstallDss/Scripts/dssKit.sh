# shellcheck shell=bash disable=SC2154
# dssKit: archive, the kit of one version, unpacked beside its place and renamed to it. Kits of other versions stay.

look_dssKit() {
    dss_values
    [ -f "$kit/dss-version.json" ] || absent
    local owner
    owner=$(stat -c %U -- "$kit")
    if [[ $(<"$kit/dss-version.json") =~ \"product_version\"[[:space:]]*:[[:space:]]*\"([^\"]*)\" ]]; then tell version "${BASH_REMATCH[1]}"; else tell version none; fi
    tell owner "$owner"
}

make_dssKit() {
    local draft
    dss_values
    draft="$kits/.unpacking-$version"
    if [ -f "$kit/dss-version.json" ] && [[ $(<"$kit/dss-version.json") == *"\"$version\""* ]]; then
        chown -R --no-dereference -- "$user:" "$kit"
        return
    fi
    [ -f "${given[archive]}" ] || fail "The kit's archive ${given[archive]} is not there, so $kit cannot be unpacked. Run again: it is downloaded first."
    [ ! -e "$kit" ] || fail "$kit is there, but it is no kit of DSS $version. Move it away, then run again."
    as_dss rm -rf -- "$draft"
    as_dss mkdir -- "$draft"
    say "unpacking DSS $version"
    dss_unpack "$draft" || fail "The archive ${given[archive]} of DSS $version cannot be unpacked: it is damaged, or the disk below $kits is full. When it is damaged, remove it and run again; state its checksum in dss.archives.kit.sha256 so that this is noticed at once."
    [ -f "$draft/${kit##*/}/dss-version.json" ] || fail "The archive ${given[archive]} holds no ${kit##*/}/dss-version.json: it is not the kit of DSS $version. Look at dss.archives.kit.url."
    as_dss mv -T -- "$draft/${kit##*/}" "$kit"
    as_dss rm -rf -- "$draft"
    rm -f -- "${given[archive]}"
}

# The archive is root's, the files are of the account of DSS.
dss_unpack() {
    from=${given[archive]} as_dss tar --extract --gzip --directory "$1" --no-same-owner --no-same-permissions --file -
}

drop_dssKit() { :; }

# dssDeps: option (list), what the kit asks of the system, by its own script. Root runs it only to install, as Dataiku asks for;
# whether anything lacks the account of DSS can see, and the kit is its own.

look_dssDeps() {
    dss_values
    [ -f "$kit/scripts/install/install-deps.sh" ] || absent
    each option
    tell_flag installed as_dss bash "$kit/scripts/install/install-deps.sh" -check "${items[@]}"
}

make_dssDeps() {
    dss_values
    [ -f "$kit/scripts/install/install-deps.sh" ] || fail "$kit holds no scripts/install/install-deps.sh. Remove that folder, then run again: the kit is unpacked anew."
    each option
    bash "$kit/scripts/install/install-deps.sh" -yes "${items[@]}"
}

drop_dssDeps() { :; }
