# shellcheck shell=bash disable=SC2034,SC2154,SC2004,SC2015
# The commands of dnf that bring and remove packages, one function each.


dnf_install() {
    local spec line unknown=0 have
    alone
    read_database
    prepare_offers "$@"
    for spec in "$@"; do
        case $spec in
            http://* | https://* | /*.rpm | ./*.rpm) bring_file "$spec"; continue ;;
        esac
        have=$(newest_here "$spec")
        if ! best "$spec"; then
            # shellcheck disable=SC2053  # a version may be a pattern
            if [ -n "$have" ] && { [[ $spec != "${have%-*-*}"-[0-9]* ]] || [[ $have == $spec* ]]; }; then
                printf 'Package %s is already installed.\n' "$have"
            else
                printf 'No match for argument: %s\n' "$spec" >&2
                unknown=1
                unmatched+=" $spec"
            fi
            continue
        fi
        line=$chosen
        fields "$line"
        # Asked for by its version, an older one takes the place of a newer one.
        if [ "$have" = "$(nevra)" ] || { [[ $spec != "$p_name"-[0-9]* ]] && [ -n "$have" ] && ! newer "$p_version-$p_release" "$(version_of "$p_name")"; }; then
            printf 'Package %s is already installed.\n' "$have"
        else
            bring "$line"
        fi
    done
    [ "$unknown" = 0 ] || { printf 'Error: Unable to find a match:%s\n' "$unmatched" >&2; exit 1; }
    carry_out
}

# All that is asked for is here and nobody asked for newer metadata: then no repository is needed.
prepare_offers() {
    unmatched=''
    read_offers "$anew"
}

# newest_here spec: the full name of the installed package a spec means.
newest_here() {
    local name=${1%.x86_64}
    if [ -z "${installed[$name]:-}" ]; then
        for name in "${!installed[@]}"; do [[ $1 == "$name"-[0-9]* ]] && break; name=''; done
    fi
    [ -n "$name" ] || name=$(provider "$1" | head -n 1)
    [ -n "$name" ] || return 0
    fields "${installed[$name]}"
    case $1 in
        "$name"-[0-9]*) [[ "$name-$p_version-$p_release.$p_arch" == "$1"* ]] || { nevra; return 0; } ;;
    esac
    nevra
}

version_of() {
    fields "${installed[$1]:-}"
    printf '%s-%s' "$p_version" "$p_release"
}

bring_file() {
    local file=$1 line
    if [[ $1 == http* ]]; then
        mkdir -p /var/cache/dnf/commandline
        file=/var/cache/dnf/commandline/${1##*/}
        fetch "$1" "$file" || { printf "[FAILED] %s: %s\nError: Error downloading packages: Cannot download %s\n" "${1##*/}" "$problem" "$1" >&2; exit 1; }
    fi
    line=$(tar -xzOf "$file" .scripts/package 2>/dev/null) || { printf 'Error: Can not load RPM file: %s\n' "$file" >&2; exit 1; }
    line=${line/@commandline/@commandline:$file}
    fields "$line"
    if [ -n "${installed[$p_name]:-}" ] && [ "$(version_of "$p_name")" = "$(fields "$line"; printf '%s-%s' "$p_version" "$p_release")" ]; then
        printf 'Package %s is already installed.\n' "$p_name"
    else
        bring "$line"
    fi
}

dnf_reinstall() {
    local spec line
    alone
    read_offers "$anew"
    for spec in "$@"; do
        [ -n "${installed[$spec]:-}" ] || { printf 'Package %s available, but not installed.\nError: No packages marked for reinstall.\n' "$spec" >&2; exit 1; }
        best "$spec-$(version_of "$spec")" || { printf 'Installed package %s not available.\nError: No packages marked for reinstall.\n' "$spec" >&2; exit 1; }
        fields "$chosen"
        bringing[$p_name]=$chosen
    done
    carry_out
}

dnf_downgrade() {
    local spec line
    alone
    read_offers "$anew"
    for spec in "$@"; do
        best "$spec" || { printf 'No match for argument: %s\nError: No packages marked for downgrade.\n' "$spec" >&2; exit 1; }
        line=$chosen
        fields "$line"
        if [ -z "${installed[$p_name]:-}" ]; then
            printf 'Packages for argument %s available, but not installed.\nError: No packages marked for downgrade.\n' "$spec" >&2
            exit 1
        fi
        newer "$(version_of "$p_name")" "$(fields "$line"; printf '%s-%s' "$p_version" "$p_release")" && bring "$line"
    done
    carry_out
}

dnf_upgrade() {
    local name line
    alone
    read_offers "$anew"
    for name in $(plain_names "$@"); do
        if [ -z "${installed[$name]:-}" ]; then
            printf 'Package %s not installed, cannot update it.\nNo match for argument: %s\nError: No packages marked for upgrade.\n' "$name" "$name" >&2
            exit 1
        fi
        upgradable "$name" && bring "$line"
    done
    carry_out
}

dnf_update() { dnf_upgrade "$@"; }
dnf_upgrade_minimal() { dnf_upgrade "$@"; }
dnf_autoremove() { carry_out; }
dnf_group() { printf 'Error: Nothing to do.\n' >&2; exit 1; }

# plain_names specs: the packages meant; all that are installed when none is named.
plain_names() {
    local spec name
    [ $# -gt 0 ] || { printf '%s\n' "${!installed[@]}" | sort; return; }
    for spec in "$@"; do
        name=$spec
        [ -n "${installed[$spec]:-}" ] || for name in "${!installed[@]}"; do [[ $spec == "$name"-[0-9]* ]] && break; name=$spec; done
        printf '%s\n' "$name"
    done
}

# upgradable name: whether something newer is offered; it is in "line".
upgradable() {
    local have
    fields "${installed[$1]:-}"
    have=$p_version-$p_release
    best "$1" || return 1
    line=$chosen
    fields "$line"
    [ "$p_name" = "$1" ] && newer "$p_version-$p_release" "$have" || return 1
    [ "$security" = 0 ] || [[ $p_marks == *security* ]]
}

dnf_check_update() {
    local name line found=0
    read_offers "$anew"
    for name in $(plain_names "$@"); do
        [ -n "${installed[$name]:-}" ] && upgradable "$name" || continue
        printf '%-40s %-30s %s\n' "$p_name.$p_arch" "$p_version-$p_release" "$p_repo"
        found=100
    done
    exit "$found"
}

dnf_remove() {
    local spec name
    alone
    read_database
    for spec in "$@"; do
        name=$spec
        [ -n "${installed[$spec]:-}" ] || { printf 'No match for argument: %s\n' "$spec" >&2; continue; }
        depart "$name"
    done
    [ ${#leaving[@]} -gt 0 ] || printf 'No packages marked for removal.\n'
    carry_out
}

dnf_erase() { dnf_remove "$@"; }
