# shellcheck shell=bash disable=SC2154
# disk: lun. Told when the machine has found it; making it is waiting, which the run does by looking.
# fileSystem: lun, type (xfs, ext4), label. Made on a disk that holds nothing at all; anything else on it is told and left alone.
#
# What a mkfs that was cut leaves behind is known without doubt:
# - before it a note says which disk was found blank, so bytes without a file system on that very disk are ours;
# - xfs clears its "in progress" byte last, so while that is set nothing was ever stored there, and the label is ours alone;
# - ext4 writes its first superblock last, so while it is cut there is no file system, only what the note answers for.

# find_disk: the variable "device" holds its path, such as /dev/sdc; fails while it is not there.
find_disk() {
    local link
    for link in "/dev/disk/azure/scsi1/lun${given[lun]}" "/dev/disk/azure/data/by-lun/${given[lun]}"; do
        [ -b "$link" ] || continue
        device=$(readlink -f -- "$link")
        return 0
    done
    return 1
}

look_disk() {
    local device
    find_disk || absent
    tell_json attached true
}

make_disk() { find_disk || say "The disk at LUN ${given[lun]} is not seen yet."; }

# hex skip count: the variable "bytes" holds that many bytes of the device, big end first.
hex() { bytes=$(dd if="$device" iflag=skip_bytes,count_bytes skip="$1" count="$2" status=none | od -An -v -tx1 | tr -d ' \n'); }

# little: turns "bytes" round.
little() {
    local turned=''
    while [ -n "$bytes" ]; do turned=${bytes:0:2}$turned bytes=${bytes:2}; done
    bytes=$turned
}

# mounted_at number: the variable "target" holds where the block device of that number is mounted, nothing when it is not.
mounted_at() {
    local where root dev
    target=''
    while read -r _ _ dev root where _; do
        if [ "$dev $root" = "$1 /" ]; then printf -v target '%b' "$where"; fi
    done </proc/self/mountinfo
}

# examine: what is on the device. Sets state (blank, begun, whole, cut, foreign), type, label, uuid, holds, target, and size and taken in bytes.
examine() {
    local name=${device##*/} part line number
    state='' type='' label='' uuid='' holds='' taken=0
    # The kernel learns of a grown disk when it is asked to look.
    { echo 1 >"/sys/class/block/$name/device/rescan"; } 2>/dev/null || :
    read -r size <"/sys/class/block/$name/size"
    size=$((size * 512))
    read -r number <"/sys/class/block/$name/dev"
    mounted_at "$number"
    for part in "/sys/class/block/$name/$name"*/partition "/sys/class/block/$name/holders/"*; do
        [ -e "$part" ] || continue
        case $part in */partition) holds=partitions ;; *) holds="a part of ${part##*/}" ;; esac
        state=foreign
        return 0
    done
    while IFS='=' read -r line part; do
        printf -v part '%b' "${part//\\ / }"
        case $line in TYPE) type=$part ;; LABEL) label=$part ;; UUID) uuid=$part ;; PTTYPE) holds="a partition table ($part)" ;; esac
    done < <(blkid -p -o export -- "$device" 2>&1 || [ $? = 2 ] || echo 'PTTYPE=several signatures that contradict each other')
    if [ -n "$type" ]; then examine_file_system; else examine_rest; fi
}

examine_rest() {
    local first last
    state=foreign
    [ -z "$holds" ] || return 0
    read_note
    if [ "$note" = "$(identity)" ]; then
        state=begun
        return 0
    fi
    first=$(dd if="$device" bs=1M count=1 status=none | tr -d '\0' | wc -c)
    last=$(dd if="$device" bs=1M iflag=skip_bytes skip=$((size > 1048576 ? size - 1048576 : 0)) count=1 status=none | tr -d '\0' | wc -c)
    if [ "$first$last" = 00 ]; then state=blank; else holds='data that is no file system known here'; fi
}

examine_file_system() {
    local bytes block count
    state=whole
    case $type in
        xfs)
            hex 126 1
            if [ "$bytes" != 00 ]; then
                state='cut'
                return
            fi
            xfs_size
            ;;
        ext4)
            hex 1048 4 && little && block=$((1024 << 16#$bytes))
            hex 1028 4 && little && count=$((16#$bytes))
            hex 1360 4 && little && taken=$(((count + (16#$bytes << 32)) * block))
            ;;
    esac
}

# The kernel keeps the newest size to itself while it is mounted.
xfs_size() {
    local bytes block line
    if [ -n "$target" ]; then
        while read -r line; do
            if [[ $line =~ ^data.*bsize=([0-9]+)\ +blocks=([0-9]+) ]]; then taken=$((BASH_REMATCH[1] * BASH_REMATCH[2])); fi
        done < <(xfs_growfs -n -- "$target" 2>/dev/null)
    else
        hex 4 4 && block=$((16#$bytes))
        hex 8 8 && taken=$((block * 16#$bytes))
    fi
}

# A few blocks at the end may be too small for the file system; disks grow by GB.
fills_disk() { [ $((size - taken)) -lt 16777216 ]; }

note_file() { printf '/var/lib/dss-pipeline/formatting-lun%s' "${given[lun]}"; }

# identity: what tells this disk from another one at the same number.
identity() { printf '%s %s' "$size" "$(lsblk -ndo WWN,SERIAL -- "$device" 2>/dev/null | tr -s ' ' || :)"; }

read_note() { note=$(cat -- "$(note_file)" 2>/dev/null || :); }

look_fileSystem() {
    local device state type label uuid holds target size taken note
    find_disk || absent
    examine
    case $state in
        blank | begun) absent ;;
        foreign)
            tell holds "$holds"
            return
            ;;
        cut) tell_json complete false ;;
        whole) tell_json complete true ;;
    esac
    tell type "$type"
    tell label "$label"
    tell uuid "$uuid"
    if [ "$state" = cut ] || fills_disk; then tell_json fillsDisk true; else tell_json fillsDisk false; fi
}

make_fileSystem() {
    local device state type label uuid holds target size taken note
    # A mkfs that a killed run left behind goes on by itself, and holds this lock.
    exec 7>"$agent_home/format-lun${given[lun]}.lock"
    flock 7
    find_disk || fail "No disk is seen at LUN ${given[lun]}. It takes a while after it was attached: run again."
    examine
    case $state in
        blank | begun) format_disk ;;
        foreign) fail "The disk at LUN ${given[lun]} ($device) holds $holds. A disk is only formatted when nothing at all is on it. Attach another one, or empty this one yourself (wipefs --all $device), which loses what is on it." ;;
        *)
            [ "$type:$label" = "${given[type]}:${given[label]}" ] ||
                fail "The disk at LUN ${given[lun]} ($device) holds a file system that is not ours: $type, label ${label:-none}, UUID $uuid. It is left alone."
            if [ "$state" = cut ]; then format_disk -f; else grow_file_system; fi
            ;;
    esac
    rm -f -- "$(note_file)"
}

# format_disk [-f]: -f only over what was begun here and cut.
format_disk() {
    local force=${1:-}
    [ -z "$target" ] || fail "The disk at LUN ${given[lun]} ($device) is mounted at $target; it is not formatted."
    [ "$state" != begun ] || force=-f
    mkdir -p /var/lib/dss-pipeline
    identity >"$(note_file)"
    sync -- "$(note_file)"
    say "making ${given[type]} on $device"
    case ${given[type]} in
        xfs) mkfs.xfs -q ${force:+-f} -L "${given[label]}" -- "$device" ;;
        ext4) mkfs.ext4 -q ${force:+-F} -m 1 -L "${given[label]}" -- "$device" ;;
        *) fail "A data disk is formatted as xfs or ext4, not as ${given[type]}." ;;
    esac
    sync -- "$device"
}

grow_file_system() {
    local at=$target
    if fills_disk; then return; fi
    say "growing ${given[type]} on $device"
    if [ "${given[type]}:$at" = ext4: ]; then
        # 1 says that small things were put in order.
        e2fsck -f -p -- "$device" || [ $? = 1 ]
    elif [ -z "$at" ]; then
        at=$(mktemp -d "$agent_home/grow.XXXXXX")
        # shellcheck disable=SC2064  # the path of now is meant
        trap "umount -- '$at' || :; rmdir -- '$at'" EXIT
        mount -- "$device" "$at"
    fi
    case ${given[type]} in
        xfs) xfs_growfs -- "$at" >/dev/null ;;
        ext4) resize2fs "$device" ;;
    esac
}
