# shellcheck shell=bash disable=SC2034,SC2154,SC2004,SC2015
# The commands of dnf that ask and configure, one function each.

dnf_makecache() {
    alone
    read_offers anew
    printf 'Metadata cache created.\n'
}

dnf_clean() {
    alone
    rm -rf -- "${cache:?}"/*
    printf '0 files removed\n'
}

dnf_repolist() {
    local id which=${1:---enabled}
    printf '%-40s %s\n' 'repo id' 'repo name'
    for id in "${repositories[@]}"; do
        case $which in
            --all | all) ;;
            --disabled | disabled) ! enabled "$id" || continue ;;
            *) enabled "$id" || continue ;;
        esac
        printf '%-40s %s\n' "$id" "${repo[$id.name]:-$id}"
    done
}

dnf_list() {
    local which=available name line
    case ${1:-} in
        installed | --installed) which=installed; shift ;;
        available | --available | --showduplicates) shift ;;
    esac
    if [ "$which" = installed ]; then
        [ $# -gt 0 ] || set -- "${!installed[@]}"
        printf 'Installed Packages\n'
        for name in "$@"; do
            [ -n "${installed[$name]:-}" ] || { printf 'Error: No matching Packages to list\n' >&2; exit 1; }
            fields "${installed[$name]}"
            printf '%-40s %-30s @%s\n' "$p_name.$p_arch" "$p_version-$p_release" "$p_repo"
        done
        return
    fi
    read_offers "$anew"
    printf 'Available Packages\n'
    for name in "$@"; do
        [ -n "${offered[$name]:-}" ] || { printf 'Error: No matching Packages to list\n' >&2; exit 1; }
        while IFS= read -r line; do
            [ -n "$line" ] || continue
            fields "$line"
            printf '%-40s %-30s %s\n' "$p_name.$p_arch" "$p_version-$p_release" "$p_repo"
        done <<<"${offered[$name]}"
    done
}

dnf_info() { dnf_list "$@"; }

dnf_repoquery() {
    local form='%{name}-%{version}-%{release}.%{arch}' names=() here=0 latest=0 name line text
    while [ $# -gt 0 ]; do
        case $1 in
            --qf | --queryformat) form=$2; shift ;;
            --installed) here=1 ;;
            --latest-limit) latest=1; shift ;;
            --*) ;;
            *) names+=("$1") ;;
        esac
        shift
    done
    [ "$here" = 1 ] || read_offers "$anew"
    for name in "${names[@]}"; do
        if [ "$here" = 1 ]; then
            text=${installed[$name]:-}
        elif [ "$latest" = 0 ] && [ -n "${offered[$name]:-}" ]; then
            text=${offered[$name]}
        else
            text=''
            ! best "$name" || text=$chosen
        fi
        while IFS= read -r line; do
            [ -n "$line" ] || continue
            fields "$line"
            line=${form//'%{name}'/$p_name}
            line=${line//'%{version}'/$p_version}
            line=${line//'%{release}'/$p_release}
            line=${line//'%{arch}'/$p_arch}
            line=${line//'%{evr}'/$p_version-$p_release}
            printf '%b\n' "${line//'%{epoch}'/0}"
        done <<<"$text"
    done
}

dnf_module() {
    as_root
    local verb=$1
    shift
    mkdir -p /etc/dnf/modules.d
    case $verb in
        enable | switch-to | install)
            for name in "$@"; do
                printf '[%s]\nname=%s\nstream=%s\nstate=enabled\n' "${name%%:*}" "${name%%:*}" "${name#*:}" >"/etc/dnf/modules.d/${name%%:*}.module"
            done
            ;;
        reset | disable) for name in "$@"; do rm -f "/etc/dnf/modules.d/${name%%:*}.module"; done ;;
        list) grep -h -E '^(name|stream)=' /etc/dnf/modules.d/*.module 2>/dev/null; return 0 ;;
    esac
    printf 'Complete!\n'
}

dnf_config_manager() {
    [ -n "${installed[dnf-plugins-core]:-}" ] || { printf 'No such command: config-manager. Please use /usr/bin/dnf --help\n' >&2; exit 1; }
    as_root
    local verb=$1 id file
    shift
    case $verb in
        --add-repo)
            file=/etc/yum.repos.d/${1##*/}
            [[ $file == *.repo ]] || { printf '[%s]\nname=created by dnf config-manager from %s\nbaseurl=%s\nenabled=1\n' "${1##*/}" "$1" "$1" >"$file.repo"; return; }
            printf 'Adding repo from: %s\n' "$1"
            fetch "$1" "$file.new" || { rm -f "$file.new"; printf 'Error: Configuration of repo failed: %s\n' "$problem" >&2; exit 1; }
            chmod 0644 "$file.new"
            mv -f "$file.new" "$file"
            ;;
        --set-enabled | --enable | --set-disabled | --disable)
            for id in "$@"; do
                file=${repo[$id.file]:-}
                [ -n "$file" ] || { printf 'Error: No matching repo to modify: %s.\n' "$id" >&2; exit 1; }
                set_repo "$file" "$id" "$([[ $verb == *enable* ]] && echo 1 || echo 0)"
            done
            ;;
    esac
}

set_repo() { # file id value
    awk -v id="[$2]" -v value="$3" '
        function close_section() { if (inside && !told) print "enabled=" value; told = 0 }
        /^\[/ { close_section(); inside = ($0 == id) }
        inside && /^enabled[ ]*=/ { print "enabled=" value; told = 1; next }
        { print }
        END { close_section() }' "$1" >"$1.new"
    mv -f "$1.new" "$1"
}

dnf_versionlock() {
    [ -n "${installed[python3-dnf-plugin-versionlock]:-}" ] || { printf 'No such command: versionlock. Please use /usr/bin/dnf --help\n' >&2; exit 1; }
    local verb=${1:-list} list=/etc/dnf/plugins/versionlock.list name
    [ $# -eq 0 ] || shift
    case $verb in
        list) [ ! -f "$list" ] || grep -v -e '^#' -e '^$' "$list"; return 0 ;;
        clear) as_root; : >"$list"; return ;;
    esac
    as_root
    touch "$list"
    for name in "$@"; do
        name=$(plain_names "$name")
        case $verb in
            add)
                [ -n "${installed[$name]:-}" ] || { printf 'Error: No package found for: %s\n' "$name" >&2; exit 1; }
                grep -q "^$name-[0-9]*:" "$list" && continue
                printf '%s-0:%s.*\n' "$name" "$(version_of "$name")" >>"$list"
                printf 'Adding versionlock on: %s-0:%s.*\n' "$name" "$(version_of "$name")"
                ;;
            delete)
                grep -v "^$name-[0-9]*:" "$list" >"$list.new"
                mv -f "$list.new" "$list"
                ;;
        esac
    done
}

# A restart is due when a package of the core came after the boot.
dnf_needs_restarting() {
    local name up began
    read -r up _ </proc/uptime
    printf -v began '%(%s)T'
    began=$((began - ${up%.*}))
    [ ! -f /run/dss-sandbox/booted ] || began=$(stat -c %Y /run/dss-sandbox/booted)
    for name in kernel glibc systemd linux-firmware; do
        [ -n "${installed[$name]:-}" ] || continue
        fields "${installed[$name]}"
        [ "${p_time:-0}" -gt "$began" ] || continue
        printf 'Core libraries or services have been updated since boot-up:\n  * %s\n\nReboot is required to fully utilize these updates.\n' "$name"
        exit 1
    done
    printf 'No core libraries or services have been updated since boot-up.\nReboot should not be necessary.\n'
}
