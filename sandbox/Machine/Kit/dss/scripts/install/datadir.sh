# shellcheck shell=bash disable=SC2034,SC2154
# What the installer does to the data directory.

find_java() {
    local number home
    java=''
    if [ -n "${JAVA_HOME:-}" ]; then
        [ -x "$JAVA_HOME/bin/java" ] || refuse "JAVA_HOME ($JAVA_HOME) holds no bin/java"
        java=$JAVA_HOME/bin/java
    else
        for number in $(javas); do
            for home in "/usr/lib/jvm/java-$number-openjdk" "/usr/lib/jvm/jre-$number-openjdk"; do [ ! -x "$home/bin/java" ] || java=$home/bin/java; done
        done
        [ -n "$java" ] || refuse "no suitable Java found; DSS $(kit_version) needs one of: $(javas)"
    fi
    number=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
    [[ " $(javas) " == *" ${number:-none} "* ]] || refuse "unsupported Java version ${number:-none} ($java); DSS $(kit_version) needs one of: $(javas)"
}

find_python() {
    local number
    if [ -z "$python" ]; then
        for number in $(pythons); do command -v "python$number" >/dev/null && python=python$number && break; done
        [ -n "$python" ] || refuse "no suitable Python found; DSS $(kit_version) needs one of: $(pythons)"
    fi
    command -v "$python" >/dev/null || refuse "Python not found: $python"
    number=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])  # version_info' 2>/dev/null)
    [[ " $(pythons) " == *" ${number:-none} "* ]] || refuse "unsupported Python version ${number:-none} ($python); DSS $(kit_version) needs one of: $(pythons)"
}

# confirm question: Enter goes on, the end of the input does not; -y answers by itself.
confirm() {
    printf '%s\n' "$1"
    [ "$yes" = 0 ] || return 0
    printf 'Press Enter to continue, Ctrl+C to abort\n'
    read -r _ || refuse "aborted"
}

ask_selinux() {
    [ "$(getenforce 2>/dev/null)" != Enforcing ] ||
        confirm "*** Warning: SELinux is enforcing. DSS cannot run unless its policy lets nginx serve the files of DSS."
}

write_environment() {
    local base=$1
    mkdir -p "$data/bin"
    cat >"$data/bin/env-default.sh.new" <<EOT
# This file is generated: do not edit. Use env-site.sh.
export DKUINSTALLDIR="$kit"
export DKU_BASE_PORT="$base"
export DKU_NGINX_PORT="$base"
export DKU_BACKEND_PORT="$((base + 1))"
export DKU_IPYTHON_PORT="$((base + 2))"
export DKU_HPROXY_PORT="$((base + 3))"
export DKU_EVENTSERVER_PORT="$((base + 4))"
export DKUJAVABIN="$java"
export DKUPYTHONBIN="\$DIP_HOME/bin/python"
EOT
    mv -f "$data/bin/env-default.sh.new" "$data/bin/env-default.sh"
    [ -e "$data/bin/env-site.sh" ] || printf '# Environment of this instance. This file is kept by upgrades.\n' >"$data/bin/env-site.sh"
    local tool
    for tool in dss dssadmin dsscli dku $([ "$node" != api ] || echo apinode-admin); do
        cat >"$data/bin/$tool.new" <<EOT
#!/bin/bash -e
# This file is generated.
DIP_HOME=\$(cd "\$(dirname "\$0")/.." && pwd -P)
export DIP_HOME
. "\$DIP_HOME/bin/env-default.sh"
. "\$DIP_HOME/bin/env-site.sh"
exec "\$DKUINSTALLDIR/scripts/linked/$tool" "\$@"
EOT
        chmod 0755 "$data/bin/$tool.new"
        mv -f "$data/bin/$tool.new" "$data/bin/$tool"
    done
}

write_version() {
    local version
    version=$(kit_version)
    printf '{"conf_version":"%s00","product_version":"%s","product_commitid":"stand-in"}\n' "${version//./}" "$version" >"$data/dss-version.json.new"
    mv -f "$data/dss-version.json.new" "$data/dss-version.json"
}

make_python() {
    mkdir -p "$data/pyenv/bin"
    printf '#!/bin/bash\nexec %s "$@"\n' "$(command -v "$python")" >"$data/pyenv/bin/python"
    chmod 0755 "$data/pyenv/bin/python"
    ln -sfn ../pyenv/bin/python "$data/bin/python"
}

prepare_folder() {
    if [ -e "$data/DSS-INITIAL-INSTALL-IN-PROGRESS.txt" ]; then
        local away
        away=$data.dss_failed_install.$(date +%Y%m%d-%H%M%S)
        say "[!] Found a failed installation: renaming $data to $away"
        mv -- "$data" "$away" || refuse "cannot rename $data"
    fi
    if [ -e "$data" ]; then
        [ -d "$data" ] || refuse "$data is not a directory"
        [ ! -e "$data/bin/env-default.sh" ] || refuse "$data already holds a DSS installation. Use -u to upgrade it."
        [ -z "$(ls -A "$data")" ] || refuse "$data is not empty. Aborting."
        [ -w "$data" ] || refuse "$data is not writable"
    else
        mkdir -p -- "$data" || refuse "cannot create $data"
    fi
}

install_data() {
    find_python
    ask_selinux
    prepare_folder
    [[ $kit/ != "$data"/* ]] || refuse "the data directory must not contain the installation directory"
    printf 'DSS is being installed here. If this file stays, the installation failed.\n' >"$data/DSS-INITIAL-INSTALL-IN-PROGRESS.txt"
    pause
    mkdir -p "$data"/{bin,config,run,tmp,install-support,lib,managed_datasets,jupyter-run}
    log_file=$data/run/install.log
    say "[+] Creating data directory: $data"
    local id
    id=$(head -c 4096 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | head -c 24)
    printf '[general]\nnodetype = %s\ninstallid = %s\n\n[server]\nport = %s\n\n[javaopts]\nbackend.xmx = %s\n\n[git]\nmode = project\n' "$node" "$id" "$port" "$(memory)" >"$data/install.ini"
    pause
    say "[+] Using Python $python and Java $java"
    make_python
    pause
    write_environment "$port"
    pause
    [ -z "$license" ] || install -m 0600 "$license" "$data/config/license.json"
    printf '# Settings of DSS\ndku.datadir=%s\n' "$data" >"$data/config/dip.properties"
    "$kit/scripts/linked/generate-config" "$data"
    head -c 512 /dev/urandom | sha256sum | cut -c 1-64 >"$data/run/shared-secret.txt"
    chmod 0600 "$data/run/shared-secret.txt"
    pause
    write_version
    rm -f "$data/DSS-INITIAL-INSTALL-IN-PROGRESS.txt"
    say "***************************************************************"
    say "* Installation complete (DSS node type: $node)"
    say "***************************************************************"
    say "Next, start DSS using:   '$data/bin/dss start'"
    say "Dataiku DSS will be accessible on http://$(hostname):$port"
    say "You can configure Dataiku DSS to start automatically on server boot with:"
    say "   sudo -i \"$kit/scripts/install/install-boot.sh\" \"$data\" $(id -un)"
}

memory() {
    case $size in
        big) echo 8g ;;
        medium) echo 4g ;;
        *) echo 2g ;;
    esac
}

upgrade_data() {
    [ -e "$data/bin/env-default.sh" ] || refuse "$data holds no DSS installation"
    local from port_now
    from=$(value "$data/dss-version.json" product_version)
    [ -z "$python" ] || [ ! -d "$data/pyenv" ] || refuse "-P may not be given when $data/pyenv exists"
    ! running "$data" || refuse "DSS is running in $data: stop it before you upgrade"
    log_file=$data/run/install.log
    if [ "$from" != "$(kit_version)" ] && [ "$(printf '%s\n%s\n' "$from" "$(kit_version)" | sort -V | tail -n 1)" = "$from" ]; then
        refuse "downgrade from DSS $from to $(kit_version) is not supported"
    fi
    ask_selinux
    confirm "[+] DSS $from in $data will be upgraded to $(kit_version). There is no way back but a backup."
    node=$(ini "$data/install.ini" general nodetype)
    port_now=$(ini "$data/install.ini" server port)
    pause
    if [ ! -d "$data/pyenv" ]; then
        find_python
        make_python
    fi
    write_environment "$port_now"
    pause
    "$kit/scripts/linked/generate-config" "$data"
    say "[+] Migrating the configuration from $from to $(kit_version)"
    printf '%s %s\n' "$from" "$(kit_version)" >>"$data/config/migrations.log"
    pause
    write_version
    say "***************************************************************"
    say "* Installation complete (DSS node type: $node)"
    say "***************************************************************"
    say "Next, start DSS using:   '$data/bin/dss start'"
}
