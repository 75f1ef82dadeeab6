# shellcheck shell=bash disable=SC2154
# dssInstance: license (only for a first installation). The data directory, installed or upgraded by the kit's installer.

look_dssInstance() {
    dss_values
    dss_read || absent
    tell version "$dss_version"
    tell kit "$dss_kit"
    tell nodeType "${dss_node:-design}"
    if dss_java_is; then tell java "${given[java]}"; else tell java "${dss_java:-none}"; fi
    dss_python
    tell python "${builtin_python:-none}"
    if [ -e "$data/.dss-pipeline-upgrade" ]; then tell upgrade "cut in the middle"; else tell upgrade none; fi
}

make_dssInstance() {
    dss_values
    [ -x "$kit/installer.sh" ] || fail "There is no kit in $kit. Run again: it is downloaded and unpacked first."
    dss_java_home || fail "Java ${given[java]} is not on the machine: there is no bin/java below /usr/lib/jvm/java-${given[java]}-openjdk or jre-${given[java]}-openjdk. Install java-${given[java]}-openjdk-headless, or choose another dss.java."
    ! has python || command -v -- "${given[python]}" >/dev/null || fail "${given[python]} is not on the machine. Install it, or choose another dss.python."
    dss_rest
    if dss_read; then dss_upgrade; else dss_install; fi
}

dss_install() {
    local options=(-t "${given[nodeType]}" -d "$data" -p "${given[port]}" -y)
    ! has python || options+=(-P "${given[python]}")
    dss_clear_cut
    if dss_folder_has "$data"; then
        fail "$data is not empty, and there is no DSS in it. DSS is only installed into an empty directory: move away what is there, or choose another dss.dataDirectory."
    fi
    ! has license || dss_hand_license
    say "installing DSS $version into $data"
    as_dss "$kit/installer.sh" "${options[@]}"
}

# A first installation that was cut has left its mark, and nobody ever used what it wrote. The installer would put all of it aside for good.
# The mark goes last, so that this may be cut too.
dss_clear_cut() {
    local mark=DSS-INITIAL-INSTALL-IN-PROGRESS.txt
    [ -e "$data/$mark" ] || return 0
    say "taking away what an installation that was cut left in $data"
    as_dss find "$data" -mindepth 1 -maxdepth 1 ! -name "$mark" -exec rm -rf -- {} +
    as_dss rm -f -- "$data/$mark"
}

# The installer reads the licence as the account of DSS. The file is gone before this job ends; /run does not outlive a boot.
dss_hand_license() {
    license_folder=$(mktemp -d /run/dss-license.XXXXXXXX)
    # shellcheck disable=SC2064  # the folder of now
    trap "rm -rf -- '$license_folder'" EXIT
    (umask 077; printf '%s' "${given[license]}" >"$license_folder/license.json")
    chown -R -- "$user:" "$license_folder"
    options+=(-l "$license_folder/license.json")
}

# A builtin environment of another Python stands in the way of the wished one; it is made anew, without what people put into it.
dss_upgrade() {
    local options=(-d "$data" -u -y)
    dss_python
    as_dss touch -- "$data/.dss-pipeline-upgrade"
    if has python && [ "$builtin_python" != "${given[python]}" ]; then
        [ -z "$builtin_python" ] || as_dss mv -T -- "$data/pyenv" "$data/pyenv.$builtin_python.$(date +%Y%m%d%H%M%S)"
        as_dss rm -rf -- "$data/pyenv"
        options+=(-P "${given[python]}")
    fi
    say "upgrading DSS $dss_version to $version"
    as_dss "$kit/installer.sh" "${options[@]}"
    as_dss rm -f -- "$data/.dss-pipeline-upgrade"
}

drop_dssInstance() { :; }
