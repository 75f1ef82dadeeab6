# shellcheck shell=bash disable=SC2154
# selinuxBoolean: name. A switch of the policy; on where SELinux is not there at all, because nobody asks for it then.

look_selinuxBoolean() {
    local now later file="/sys/fs/selinux/booleans/${given[name]}"
    if [ ! -e /sys/fs/selinux/enforce ]; then
        tell state on
        return
    fi
    [ -r "$file" ] || absent
    # What it is now, and what waits to be taken over.
    IFS=' ' read -r now later <"$file" || true
    if [ "$now$later" = 11 ]; then tell state on; else tell state off; fi
}

make_selinuxBoolean() { setsebool -P "${given[name]}" on; }

drop_selinuxBoolean() { setsebool -P "${given[name]}" off; }
