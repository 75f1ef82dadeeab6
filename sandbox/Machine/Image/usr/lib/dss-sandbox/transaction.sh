# shellcheck shell=bash disable=SC2004,SC2034,SC2154
# What dnf does to the machine: the packages to bring and to remove, one after another. A package is written down in the
# database when all its files are there, so a killed transaction leaves files of a package that is not installed.

declare -A bringing=()
leaving=() queue=()

nevra() { printf '%s-%s-%s.%s' "$p_name" "$p_version" "$p_release" "$p_arch"; }

# bring line: plans a package; what it needs is found when all that was asked for is known.
bring() {
    fields "$1"
    [ -z "${bringing[$p_name]:-}" ] || return 0
    bringing[$p_name]=$1
    queue+=("$p_name")
}

complete() {
    local at name need line needs
    for ((at = 0; at < ${#queue[@]}; at++)); do
        name=${queue[at]}
        fields "${bringing[$name]}"
        needs=${p_requires//,/ }
        for need in $needs; do
            if [ -n "${bringing[$need]:-}" ] || [ -n "${installed[$need]:-}" ] || provider "$need" >/dev/null; then continue; fi
            best "$need" || {
                printf 'Error: \n Problem: conflicting requests\n  - nothing provides %s needed by %s\n' "$need" "$name" >&2
                printf "(try to add '--skip-broken' to skip uninstallable packages)\n" >&2
                exit 1
            }
            bring "$chosen"
        done
    done
}

# clashes: packages that cannot stand beside those that come.
clashes() {
    local name other rival
    for name in "${!bringing[@]}"; do
        fields "${bringing[$name]}"
        other=$(nevra)
        for rival in ${p_conflicts//,/ }; do
            [ -n "${installed[$rival]:-}" ] || continue
            if [ "$erasing" = 1 ]; then
                depart "$rival"
            else
                fields "${installed[$rival]}"
                printf 'Error: \n Problem: problem with installed package %s\n' "$(nevra)" >&2
                printf '  - package %s conflicts with %s provided by %s\n' "$other" "$rival" "$(nevra)" >&2
                printf "(try to add '--allowerasing' to command line to replace conflicting packages or '--skip-broken' to skip uninstallable packages)\n" >&2
                exit 1
            fi
        done
    done
}

# depart name: plans a removal, and that of what needs the package.
depart() {
    local name
    [[ " ${leaving[*]} " != *" $1 "* ]] || return 0
    leaving+=("$1")
    for name in "${!installed[@]}"; do
        fields "${installed[$name]}"
        [[ ",$p_requires," == *",$1,"* ]] && depart "$name"
    done
    return 0
}

obtain() { # line: the archive of a package, checked; its path is in "archive"
    local home base
    fields "$1"
    if [[ $p_repo == @commandline:* ]]; then
        archive=${p_repo#@commandline:}
        return
    fi
    find_home "$p_repo"
    home+=/packages
    base=${repo[$p_repo.baseurl]}
    archive=$home/$(nevra).rpm
    [ -s "$archive" ] && return
    mkdir -p "$home"
    fetch "${base%/}/Packages/$(nevra).rpm" "$archive.part" || {
        printf 'Error downloading packages:\n  %s: Cannot download Packages/%s.rpm: %s\n' "$(nevra)" "$(nevra)" "$problem" >&2
        exit 1
    }
    mv -f "$archive.part" "$archive"
}

# trust id: the keys of a repository that checks signatures are imported, as -y allows.
trust() {
    local id=$1 key
    [[ ${repo[$id.gpgcheck]:-${repo[main.gpgcheck]:-1}} =~ ^(1|yes|[Tt]rue)$ ]] || return 0
    [ -n "${repo[$id.gpgkey]:-}" ] || {
        printf 'Error: GPG check FAILED: no key for repository %s\n' "$id" >&2
        exit 1
    }
    for key in ${repo[$id.gpgkey]//,/ }; do
        [ ! -e "$rpm_home/keys-of/$(printf '%s' "$key" | sha256sum | cut -c 1-16)" ] || continue
        import_key "$key" || { printf 'Error: GPG check FAILED: %s\n' "$problem" >&2; exit 1; }
        printf 'Importing GPG key from %s\nKey imported successfully\n' "$key"
        mkdir -p "$rpm_home/keys-of"
        : >"$rpm_home/keys-of/$(printf '%s' "$key" | sha256sum | cut -c 1-16)"
    done
}

# place name archive: the files of a package, each written beside and renamed; the name beside is always the same, so what a killed transaction left is taken over by the next. A package that says so leaves what was there before.
place() {
    local name=$1 draft file list sum summed=()
    draft=$(mktemp -d "/var/cache/dnf/.$name.XXXXXX")
    tar -xzf "$2" -C "$draft" || { rm -rf "$draft"; printf 'Error: Transaction failed: %s cannot be unpacked\n' "$name" >&2; exit 1; }
    list=$(cat "$rpm_home/files/$name" 2>/dev/null)
    : >"$rpm_home/files/.$name"
    : >"$rpm_home/files/.$name.sums"
    while IFS= read -r file; do
        if [ -e "$draft/.scripts/keep" ] && [ -e "/$file" ] && ! grep -qxF -e "$file" <<<"$list" && ! grep -qs 'stand-in' "/$file"; then continue; fi
        [ -d "/${file%/*}" ] || mkdir -p -- "/${file%/*}"
        if [[ $file != etc/* ]] || [ ! -e "/$file" ]; then
            cp -p -- "$draft/$file" "/$file.rpmtmp" && mv -f -- "/$file.rpmtmp" "/$file"
        else
            rm -f -- "/$file.rpmtmp"
        fi
        printf '%s\n' "$file" >>"$rpm_home/files/.$name"
        [[ $file == etc/* ]] || summed+=("/$file")
    done < <(cd "$draft" && find . -type f -not -path './.scripts/*' -printf '%P\n' | sort)
    [ ${#summed[@]} = 0 ] || while read -r sum file; do printf '%s %s\n' "$sum" "${file#/}"; done < <(sha256sum -- "${summed[@]}") >"$rpm_home/files/.$name.sums"
    mv -f "$rpm_home/files/.$name" "$rpm_home/files/$name"
    mv -f "$rpm_home/files/.$name.sums" "$rpm_home/files/$name.sums"
    # The old version's files that the new one has no more.
    while IFS= read -r file; do
        [ -z "$file" ] || grep -qxF -e "$file" "$rpm_home/files/$name" || rm -f -- "/$file"
    done <<<"$list"
    [ ! -f "$draft/.scripts/post" ] || bash "$draft/.scripts/post" </dev/null
    rm -rf "$draft"
}

# slow: the fault says how many seconds a package takes.
slow() { [ ! -e "$faults/dnf-slow" ] || sleep "$(grep -m 1 . "$faults/dnf-slow" || echo 0.5)" 9>&-; }

# carry_out: downloads first, then removals, then arrivals.
carry_out() {
    local name line file archive at
    mkdir -p "$rpm_home/files" "$rpm_home/keys" /var/cache/dnf
    complete
    clashes
    if [ "${#bringing[@]}" = 0 ] && [ "${#leaving[@]}" = 0 ]; then
        printf 'Dependencies resolved.\nNothing to do.\nComplete!\n'
        return 0
    fi
    printf 'Dependencies resolved.\n'
    for name in $(printf '%s\n' "${!bringing[@]}" | sort); do fields "${bringing[$name]}"; printf '  Installing : %s\n' "$(nevra)"; done
    for name in "${leaving[@]}"; do printf '  Removing   : %s\n' "$name"; done
    [ "$yes" = 1 ] || { printf 'Is this ok [y/N]: \nOperation aborted.\n' >&2; exit 1; }
    for name in "${!bringing[@]}"; do
        fields "${bringing[$name]}"
        [[ $p_repo == @* ]] || trust "$p_repo"
        obtain "${bringing[$name]}"
    done
    for name in "${leaving[@]}"; do
        slow
        withdraw "$name"
    done
    # As rpm does, what others need comes first: a transaction that is killed leaves no package without what it needs.
    for ((at = ${#queue[@]} - 1; at >= 0; at--)); do
        name=${queue[at]}
        slow
        obtain "${bringing[$name]}"
        place "$name" "$archive"
        printf -v now '%(%s)T'
        fields "${bringing[$name]}"
        installed[$name]=$p_name$'\t'$p_version$'\t'$p_release$'\t'$p_arch$'\t'$p_requires$'\t'$p_provides$'\t'$p_conflicts$'\t'${p_repo%%:*}$'\t'$now$'\t'$p_marks
        write_database
        printf 'Installed: %s\n' "$(nevra)"
    done
    [ ! -d /run/dss-sandbox/units ] || systemctl daemon-reload
    printf 'Complete!\n'
}

withdraw() {
    local name=$1 file
    while IFS= read -r file; do
        case $file in
            *.service) systemctl disable --now "${file##*/}" >/dev/null 2>&1 ;;
        esac
    done < <(cat "$rpm_home/files/$name" 2>/dev/null)
    while IFS= read -r file; do
        [ -z "$file" ] || rm -f -- "/$file"
    done < <(cat "$rpm_home/files/$name" 2>/dev/null)
    rm -f -- "$rpm_home/files/$name" "$rpm_home/files/$name.sums"
    unset "installed[$name]"
    write_database
    printf 'Removed: %s\n' "$name"
}
