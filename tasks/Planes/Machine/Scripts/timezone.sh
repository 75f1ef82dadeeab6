# shellcheck shell=bash disable=SC2154
# timeZone: zone, a name of the tz database.

look_timeZone() {
    local link
    if link=$(readlink -- /etc/localtime) && [[ $link == *zoneinfo/* ]]; then
        tell zone "${link#*zoneinfo/}"
    elif [ -e /etc/localtime ]; then
        tell zone 'unknown: /etc/localtime does not say which'
    else
        absent
    fi
}

make_timeZone() {
    local zone=${given[zone]} draft=/etc/.dss-pipeline.localtime
    case /$zone/ in */../* | *//*) fail "The time zone $zone is not a name of the tz database." ;; esac
    [ -f "/usr/share/zoneinfo/$zone" ] || fail "The machine knows no time zone $zone (/usr/share/zoneinfo has no such file). Write it as in Europe/Paris, or install tzdata."
    rm -f -- $draft
    ln -s -- "../usr/share/zoneinfo/$zone" $draft
    mv -fT -- $draft /etc/localtime
    # Who asked for the time before is told only this way.
    if [ -d /run/systemd/system ] && command -v timedatectl >/dev/null; then timedatectl set-timezone -- "$zone"; fi
}

drop_timeZone() { rm -f -- /etc/localtime; }
