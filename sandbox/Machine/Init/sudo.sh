#!/usr/bin/env bash
# Runs a command as root, or as another user, for the members of wheel: what a machine needs of sudo where the host has none.
set -euo pipefail

user=root
login=''
shell=''
keep=''
while [ $# -gt 0 ]; do
    case $1 in
        -u | --user) user=$2; shift 2 ;;
        --user=*) user=${1#*=}; shift ;;
        -u*) user=${1#-u}; shift ;;
        -i | --login) login=yes; shift ;;
        -s | --shell) shell=yes; shift ;;
        -E | --preserve-env) keep=yes; shift ;;
        -n | -H | -S | -k | --non-interactive | --set-home | --stdin) shift ;;
        -nH | -Hn | -nS | -Sn) shift ;;
        -ni | -in) login=yes; shift ;;
        -nE | -En) keep=yes; shift ;;
        -nu) user=$2; shift 2 ;;
        -l | -v | --list | --validate) exit 0 ;;
        --) shift; break ;;
        -*) printf 'sudo: the option %s is not known here\n' "$1" >&2; exit 1 ;;
        *) break ;;
    esac
done
set_variables=()
while [[ ${1:-} == [A-Za-z_]*=* ]]; do set_variables+=("$1"); shift; done

IFS=: read -r name _ number group _ home its_shell < <(getent passwd -- "$user") || { printf 'sudo: unknown user: %s\n' "$user" >&2; exit 1; }
if [ -n "$login$shell" ]; then
    first=("$its_shell" ${login:+-l})
    [ $# -eq 0 ] || first+=(-c "$(printf '%q ' "$@")")
    set -- "${first[@]}"
fi
[ $# -gt 0 ] || { printf 'usage: sudo [-n] [-i] [-E] [-u user] command\n' >&2; exit 1; }

[ -z "$login" ] || cd -- "$home"
if [ -n "$keep" ]; then
    environment=(PATH=/sbin:/bin:/usr/sbin:/usr/bin "HOME=$home" "${set_variables[@]}")
else
    environment=(-i PATH=/sbin:/bin:/usr/sbin:/usr/bin "HOME=$home" "USER=$name" "LOGNAME=$name" "SHELL=$its_shell" "TERM=${TERM:-dumb}" ${LANG:+"LANG=$LANG"} "SUDO_USER=${USER:-root}" "SUDO_UID=$UID" "${set_variables[@]}")
fi
exec /usr/libexec/dss-sandbox/become --reuid="$number" --regid="$group" --init-groups -- /usr/bin/env "${environment[@]}" "$@"
