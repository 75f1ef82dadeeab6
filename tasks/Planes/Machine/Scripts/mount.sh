# shellcheck shell=bash disable=SC2154
# mount: path, lun. Mounted now and, by a line of /etc/fstab that carries the mark x-dss-pipeline, after each boot.
# A line that others wrote stays, byte for byte; one of theirs for this very path and another disk is refused.

mount_options=defaults,nofail,x-systemd.device-timeout=60s,x-dss-pipeline

# escaped path: the variable "word" holds it the way /etc/fstab spells it.
escaped() {
    word=${1//\\/\\134}
    word=${word// /\\040}
    word=${word//$'\t'/\\011}
    word=${word//$'\n'/\\012}
    word=${word//#/\\043}
}

# mounted_here path: the variable "there" holds the number of the block device on top there, nothing when nothing is mounted.
mounted_here() {
    local dev where
    there=''
    while read -r _ _ dev _ where _; do
        printf -v where '%b' "$where"
        [ "$where" != "$1" ] || there=$dev
    done </proc/self/mountinfo
}

# find_mount: what there is. Sets device, uuid, type (of the disk), wanted and there (block devices), line (of fstab) and spelled (ours, theirs).
find_mount() {
    local part spec where rest
    device='' uuid='' type='' wanted='' line='' spelled=''
    if find_disk; then
        read -r wanted <"/sys/class/block/${device##*/}/dev"
        while IFS='=' read -r part rest; do
            case $part in UUID) uuid=$rest ;; TYPE) type=$rest ;; esac
        done < <(blkid -p -o export -- "$device" 2>/dev/null || :)
    fi
    mounted_here "${given[path]}"
    [ -f /etc/fstab ] || return 0
    while IFS= read -r part || [ -n "$part" ]; do
        read -r spec where _ rest _ <<<"$part" || :
        case $spec in '' | '#'*) continue ;; esac
        printf -v where '%b' "$where"
        [ "${where%/}" = "${given[path]}" ] || continue
        line=$part spelled=theirs
        if [[ ,$rest, == *,x-dss-pipeline,* ]] || { [ -n "$uuid" ] && [ "$spec" = "UUID=$uuid" ]; }; then spelled=ours; fi
    done </etc/fstab
}

wished_line() {
    local word
    escaped "${given[path]}"
    wished="UUID=$uuid $word $type $mount_options 0 0"
}

# underneath: the variable "hidden" holds names of what a mount would hide.
underneath() {
    local names
    hidden=''
    [ -z "$there" ] && [ -d "${given[path]}" ] || return 0
    shopt -s nullglob dotglob
    names=("${given[path]}"/*)
    shopt -u nullglob dotglob
    [ ${#names[@]} = 0 ] || hidden="${#names[@]} things (such as ${names[0]##*/})"
}

look_mount() {
    local device uuid type wanted there line spelled wished hidden
    find_mount
    standing "${given[path]}"
    case $standing in nothing | folder) ;; file) tell inTheWay 'a file' ;; *) tell inTheWay "$standing" ;; esac
    underneath
    [ "$there$line$hidden$fact" != '' ] || absent
    [ -z "$hidden" ] || tell hides "$hidden"
    wished_line
    case $there in
        '') tell now 'not mounted' ;;
        "$wanted") tell now mounted ;;
        *) tell now "another disk ($there)" ;;
    esac
    case $spelled:$line in
        :) tell atBoot 'no line in /etc/fstab' ;;
        "ours:$wished") tell atBoot mounted ;;
        ours:*) tell atBoot "$line" ;;
        *) tell foreign "$line" ;;
    esac
}

make_mount() {
    local path=${given[path]} device uuid type wanted there line spelled wished hidden
    find_mount
    [ -n "$uuid" ] || fail "The disk at LUN ${given[lun]} has no file system yet, so it cannot be mounted at $path."
    [ "$spelled" != theirs ] || fail "/etc/fstab has a line for $path that this deployment did not write: $line. Remove it, or mount the data disk elsewhere."
    [ "$there" = '' ] || [ "$there" = "$wanted" ] || fail "At $path another disk is mounted (block device $there), not the one at LUN ${given[lun]}. Unmount it first."
    make_standing "$path" folder
    underneath
    [ -z "$hidden" ] || fail "$path holds $hidden, which would be hidden by the mount. Move that away first; once the disk is mounted it can be put back."
    wished_line
    [ "$line" = "$wished" ] || write_fstab
    [ -z "$there" ] || return 0
    if [ ! -d "$path" ]; then
        mkdir -p -- "${path%/*}/"
        # While the disk is away nobody but root writes here, and where the file system can forbid it, not even root.
        mkdir -m 0555 -- "$path"
        chattr +i -- "$path" 2>/dev/null || :
    fi
    mount -t "$type" -- "$device" "$path"
    # From now on it holds data: no note may say that it was only begun.
    rm -f -- "$(note_file)"
}

# Our line in the place of our old one, or at the end; every other line as it was.
write_fstab() {
    local part written=''
    [ -e /etc/fstab ] || : >/etc/fstab
    make_standing /etc/fstab file
    beside /etc/fstab
    while IFS= read -r part || [ -n "$part" ]; do
        if [ -n "$line" ] && [ "$part" = "$line" ]; then
            [ -z "$written" ] || continue
            part=$wished written=yes
        fi
        printf '%s\n' "$part"
    done </etc/fstab >&8
    [ -n "$written" ] || printf '%s\n' "$wished" >&8
    instead_alike /etc/fstab
    # systemd makes its mount units from this file.
    [ ! -d /run/systemd/system ] || systemctl daemon-reload
}

drop_mount() {
    local device uuid type wanted there line spelled wished=''
    find_mount
    if [ -n "$there" ] && [ "$there" = "$wanted" ]; then umount -- "${given[path]}"; fi
    [ "$spelled" = ours ] || return 0
    beside /etc/fstab
    grep -vxF -e "$line" /etc/fstab >&8 || :
    instead_alike /etc/fstab
}
