# shellcheck shell=bash disable=SC2016,SC2034,SC2154
# The repositories of /etc/yum.repos.d, as dnf sees them: which are enabled and what packages they hold.

repositories=()
declare -A repo=() offered=() homes=() locked=()
cache=/var/cache/dnf

# read_repositories: the map "repo" holds each setting as "<id>.<key>".
read_repositories() {
    local file line key text id=''
    for file in /etc/dnf/dnf.conf /etc/yum.repos.d/*.repo; do
        [ -f "$file" ] || continue
        id=''
        while IFS= read -r line || [ -n "$line" ]; do
            line=${line%$'\r'}
            case $line in
                '#'* | ';'* | '') ;;
                '['*']')
                    id=${line#[}
                    id=${id%]}
                    [ "$id" = main ] || repositories+=("$id")
                    repo[$id.file]=$file
                    ;;
                *=*)
                    trim "${line%%=*}"
                    key=$text
                    trim "${line#*=}"
                    text=${text//'$releasever'/8}
                    repo[$id.$key]=${text//'$basearch'/x86_64}
                    ;;
            esac
        done <"$file"
    done
    proxy=${repo[main.proxy]:-}
    # The cache of a repository is named after what its file says, whatever mirror is found.
    for id in "${repositories[@]}"; do repo[$id.base]=${repo[$id.baseurl]:-}; done
    choose "$@"
}

# trim words: they are in "text", without the blanks around them. A shell of its own for each line of each file would be hundreds for one dnf.
trim() {
    text=${1#"${1%%[![:space:]]*}"}
    text=${text%"${text##*[![:space:]]}"}
}

# choose: --enablerepo and --disablerepo, in the order they were given.
choose() {
    local wish id met
    for wish in "$@"; do
        met=0
        for id in "${repositories[@]}"; do
            # shellcheck disable=SC2053  # the wish is a pattern
            [[ $id == ${wish#*=} ]] || continue
            met=1
            repo[$id.enabled]=${wish%%=*}
        done
        [ "$met" = 1 ] || [ "${wish%%=*}" = 0 ] || { printf 'Error: Unknown repo: %s\n' "'${wish#*=}'" >&2; exit 1; }
    done
}

enabled() { [[ ${repo[$1.enabled]:-1} =~ ^(1|yes|true|True)$ ]]; }

# find_home id: the place of a repository in the cache is in "home".
find_home() {
    local sum
    home=${homes[$1]:-}
    [ -z "$home" ] || return 0
    sum=$(printf '%s' "${repo[$1.mirrorlist]:-}${repo[$1.base]:-}" | sha256sum)
    home=$cache/$1-${sum:0:16}
    homes[$1]=$home
}

# refresh id: brings the catalogue of a repository when there is none, or always with "anew".
refresh() {
    local id=$1 home base
    find_home "$id"
    if [ "${2:-}" != anew ] && [ -f "$home/catalogue.txt" ]; then
        [ ! -s "$home/mirror" ] || repo[$id.baseurl]=$(<"$home/mirror")
        return 0
    fi
    mkdir -p "$home/packages"
    if [ -n "${repo[$id.mirrorlist]:-}" ] && fetch "${repo[$id.mirrorlist]}" "$home/mirrors"; then
        grep -m 1 -v '^#' "$home/mirrors" >"$home/mirror"
        repo[$id.baseurl]=$(<"$home/mirror")
    fi
    base=${repo[$id.baseurl]:-}
    [ "$quiet" = 1 ] || printf '%s\n' "${repo[$id.name]:-$id}"
    if ! fetch "${base%/}/repodata/repomd.xml" "$home/repomd.xml" || ! fetch "${base%/}/repodata/catalogue.txt" "$home/catalogue.new"; then
        printf "Errors during downloading metadata for repository '%s':\n  - %s for %s\n" "$id" "$problem" "${base%/}/repodata/repomd.xml" >&2
        if [[ ${repo[$id.skip_if_unavailable]:-0} =~ ^(1|yes|[Tt]rue)$ ]]; then
            printf 'Ignoring repositories: %s\n' "$id" >&2
            repo[$id.enabled]=0
            return 0
        fi
        printf "Error: Failed to download metadata for repo '%s': Cannot download repomd.xml: Cannot download repodata/repomd.xml: All mirrors were tried\n" "$id" >&2
        exit 1
    fi
    mv -f "$home/catalogue.new" "$home/catalogue.txt"
}

# read_offers [anew]: the map "offered" holds all versions of a package by its name, a line each.
read_offers() {
    local id home name version release arch requires provides conflicts marks
    for id in "${repositories[@]}"; do
        enabled "$id" || continue
        refresh "$id" "${1:-}"
        enabled "$id" || continue
        find_home "$id"
        while IFS=$'\x1f' read -r name version release arch requires provides conflicts marks; do
            [ -n "$name" ] || continue
            offered[$name]+="$name"$'\t'"$version"$'\t'"$release"$'\t'"$arch"$'\t'"$requires"$'\t'"$provides"$'\t'"$conflicts"$'\t'"$id"$'\t0\t'"$marks"$'\n'
        done < <(tr '\t' '\037' <"$home/catalogue.txt")
    done
}

# best spec: the newest offered line for name, name-version, name-version-release or what provides it is in "chosen"; the lock is kept.
best() {
    local spec=${1%.x86_64} name='' line chosen_version='' held
    chosen=''
    spec=${spec%.noarch}
    if [ -n "${offered[$spec]:-}" ]; then
        name=$spec
    else
        for name in "${!offered[@]}"; do [[ $spec == "$name"-[0-9]* ]] && break; name=''; done
        [ -n "$name" ] || name=$(offering "$spec") || return 1
    fi
    read_locks
    held=${locked[$name]:-}
    while IFS= read -r line; do
        [ -n "$line" ] || continue
        fields "$line"
        # A pattern is matched against the whole of name, version and release, as dnf does.
        # shellcheck disable=SC2053
        if [[ $spec == *[*?[]* ]] && [[ $name-$p_version-$p_release != $spec ]]; then continue; fi
        case $spec in
            *[*?[]*) ;;
            "$name-$p_version" | "$name-$p_version-$p_release") ;;
            "$name"-[0-9]*) continue ;;
        esac
        [ -z "$held" ] || [ "$held" = "$p_version-$p_release" ] || continue
        [[ " $excluded " != *" $name "* ]] || continue
        if [ -z "$chosen" ] || newer "$p_version-$p_release" "$chosen_version"; then
            chosen=$line chosen_version=$p_version-$p_release
        fi
    done <<<"${offered[$name]}"
    [ -n "$chosen" ]
}

offering() {
    local name line
    for name in "${!offered[@]}"; do
        IFS= read -r line <<<"${offered[$name]}"
        fields "$line"
        [[ ",$p_provides," == *",$1,"* ]] && { printf '%s\n' "$name"; return 0; }
    done
    return 1
}

# read_locks: the map "locked" holds the version-release that a package is held at by its name, when the plugin is installed.
read_locks() {
    local line list=/etc/dnf/plugins/versionlock.list
    [ -z "${locks_read:-}" ] || return 0
    locks_read=1
    [ -n "${installed[python3-dnf-plugin-versionlock]:-}" ] && [ -r "$list" ] || return 0
    while IFS= read -r line || [ -n "$line" ]; do
        [[ ! $line =~ ^(.+)-([0-9]*:)?([0-9][^-]*-[^-]*)\.\*$ ]] || locked[${BASH_REMATCH[1]}]=${BASH_REMATCH[3]}
    done <"$list"
}
