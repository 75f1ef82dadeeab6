#!/usr/bin/env bash
# Process 1 of the sandbox's machine. It is started in fresh namespaces with the machine's folder and what the folder cannot know,
# builds the root, goes into it, starts what is enabled, and stays until its standard input ends: that is when the sandbox does.
#
#   init.sh <folder> <host name> <private address> <program> <runtime>
#
# It says on standard output which process it is ("pid <number>", as the sandbox counts), when the machine is up ("up"), and when the
# services that the sandbox then orders ("start") have been started ("booted"); all else goes to the console.
# A TERM signal is a reboot: the end with code 3, after which the sandbox starts it again.
set -uo pipefail
umask 022
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root
unset BASH_ENV ENV CDPATH

folder=$1 host_name=$2 address=$3 program=$4 runtime=$5
root=$folder/system
exec 3>&1 >>"$folder/console.log" 2>&1

# The process table is still that of the host, so this is how the host counts this process.
read -r own _ </proc/self/stat
printf 'pid %s\n' "$own" >&3

stop() {
    printf 'init: %s\n' "$1" >&2
    exit 1
}

# The root --------------------------------------------------------------------------------------------------------------

mount_root() {
    mount --bind "$root" "$root" || stop "$root cannot be mounted"
    mount -t overlay overlay -o "lowerdir=$folder/image/usr:/usr,upperdir=$folder/usr.upper,workdir=$folder/usr.work" "$root/usr" || stop "/usr cannot be laid over the host's"
    mount --bind "$folder/usr.local" "$root/usr/local"
    mount -t proc -o nosuid,nodev,noexec proc "$root/proc" || stop "/proc cannot be mounted"
    mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys" || true
    mount -t tmpfs -o mode=0755,nosuid tmpfs "$root/dev"
    mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs "$root/run"
    mkdir -p "$root/run/dss-sandbox/"{dotnet,host-usr,faults} "$root/opt/dss-sandbox"
    show "$program" "$root/opt/dss-sandbox"
    show "$runtime" "$root/run/dss-sandbox/dotnet"
    show /usr "$root/run/dss-sandbox/host-usr"
    choose_engine
}

# The host's engine of Docker runs in here where the sandbox was told so. It wants to see control groups; those of the host, to be read only,
# so that none of them can stay behind.
choose_engine() {
    local where
    [ "$(cat "$folder/engine" 2>/dev/null)" = real ] || return 0
    : >"$root/run/dss-sandbox/engine"
    mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup" || return 0
    while read -r _ _ _ _ where _; do
        [[ $where != "$root/sys/fs/cgroup"* ]] || mount -o remount,bind,ro "$where"
    done </proc/self/mountinfo
}

# show source target: the source, to be read only.
show() {
    [ -d "$1" ] || return 0
    mount --bind "$1" "$2" && mount -o remount,bind,ro "$2"
}

make_devices() {
    local dev=$root/dev name number
    while read -r name number; do
        mknod -m 0666 "$dev/$name" c 1 "$number"
    done <<<$'null 3\nzero 5\nfull 7\nrandom 8\nurandom 9'
    mknod -m 0666 "$dev/tty" c 5 0
    mkdir -p "$dev/pts" "$dev/shm" "$dev/mqueue" "$dev/disk/azure/scsi1" "$dev/disk/by-uuid"
    mount -t devpts -o newinstance,gid=5,mode=620,ptmxmode=666,nosuid,noexec devpts "$dev/pts"
    mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$dev/shm"
    ln -s pts/ptmx "$dev/ptmx"
    ln -s /proc/self/fd "$dev/fd"
    ln -s fd/0 "$dev/stdin"
    ln -s fd/1 "$dev/stdout"
    ln -s fd/2 "$dev/stderr"
    mknod -m 0660 "$dev/loop-control" c 10 237
}

# Disks: one line each, "<lun> <number of the loop device>".
make_disks() {
    local lun number
    [ -f "$folder/disks" ] || return 0
    while read -r lun number; do
        mknod -m 0660 "$root/dev/loop$number" b 7 "$number"
        ln -s "../../../loop$number" "$root/dev/disk/azure/scsi1/lun$lun"
    done <"$folder/disks"
}

enter_root() {
    find "$root/tmp" -xdev -mindepth 1 -delete
    mkdir -p "$root/run/host"
    if ! { cd "$root" && pivot_root . run/host && umount -l /run/host; }; then stop "the root cannot be entered"; fi
    rmdir /run/host
    cd /
}

# The system ------------------------------------------------------------------------------------------------------------

set_up_network() {
    ip link set lo up
    [ -z "$address" ] || ip address add "$address/32" dev lo
    # Where Azure tells a machine about itself, and about names.
    ip address add 169.254.169.254/32 dev lo
    ip address add 168.63.129.16/32 dev lo
}

mount_disks() {
    mount -a || printf 'init: not everything in /etc/fstab could be mounted\n' >&2
}

start_ssh() {
    install -d -m 0755 /run/sshd
    /usr/sbin/sshd -D -e </dev/null 3>&- &
    local ssh=$!
    # Port 22 in state "listening".
    until [[ $(</proc/net/tcp) == *:0016\ 00000000:0000\ 0A* ]]; do
        kill -0 "$ssh" 2>/dev/null || stop "sshd has ended: see above"
    done
}

# In a session of its own, so that a machine that goes down again need not wait for it.
start_services() {
    setsid bash -c '[ ! -x /usr/bin/systemctl ] || /usr/bin/systemctl standin-boot 3>&-; printf "booted\n" >&3' </dev/null &
    booting=$!
}

# shut_down code: everything ends with this process; before that, services may finish what they do and disks are written out.
shut_down() {
    trap '' TERM
    [ -z "$booting" ] || kill -KILL -- "-$booting" 2>/dev/null
    [ -x /usr/bin/systemctl ] && timeout 5 /usr/bin/systemctl standin-shutdown </dev/null 3>&-
    kill -KILL -1 2>/dev/null
    umount -a -t xfs,ext4
    exit "$1"
}

booting=''
ulimit -n 262144 2>/dev/null
hostname "$host_name"
mount_root
make_devices
make_disks
enter_root
set_up_network
mount_disks
start_ssh
printf 'up\n' >&3
trap 'shut_down 3' TERM

while read -r word; do
    case $word in
        start)
            start_services
            exec 3>&-
            ;;
        shutdown) shut_down 0 ;;
        *) printf 'init: "%s" is no order\n' "$word" >&2 ;;
    esac
done
