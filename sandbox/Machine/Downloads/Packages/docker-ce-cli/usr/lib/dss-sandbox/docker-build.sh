# shellcheck shell=bash disable=SC2034
# docker build, on the side of the one who asks: the options, the Dockerfile and the context go to the daemon.

# pack_build options directory: all of it is put into the folder that is handed over.
pack_build() {
    local file='' context='' tags=() labels=() arguments=()
    while [ $# -gt 0 ]; do
        case $1 in
            -t | --tag) tags+=("$2"); shift ;;
            --tag=*) tags+=("${1#*=}") ;;
            -f | --file) file=$2; shift ;;
            --file=*) file=${1#*=} ;;
            --label) labels+=("$2"); shift ;;
            --label=*) labels+=("${1#*=}") ;;
            --build-arg) arguments+=("$2"); shift ;;
            --build-arg=*) arguments+=("${1#*=}") ;;
            --progress | --network | --platform | --target | --cache-from | --add-host) shift ;;
            --progress=* | --network=* | --platform=* | --target=* | --pull | --no-cache | -q | --quiet | --rm | --force-rm | --load | --cache-from=* | --add-host=*) ;;
            -*) refuse "unknown flag: $1" 125 ;;
            *) context=$1 ;;
        esac
        shift
    done
    [ -n "$context" ] || refuse '"docker build" requires exactly 1 argument.'
    [ -d "$context" ] || refuse "unable to prepare context: path \"$context\" not found"
    file=${file:-$context/Dockerfile}
    [ -r "$file" ] || refuse "unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat $file: no such file or directory"
    reach
    folder=$(mktemp -d /tmp/.docker.XXXXXX)
    cp -- "$file" "$folder/Dockerfile"
    tar -C "$context" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$folder/context.tar" .
    printf '%s\0' "${tags[@]}" >"$folder/tags"
    printf '%s\0' "${labels[@]}" >"$folder/labels"
    printf '%s\0' "${arguments[@]}" >"$folder/arguments"
}
