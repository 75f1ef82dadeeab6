# shellcheck shell=bash disable=SC2154
# What dssadmin joins to DSS. Both Hadoop and Spark are unpacked into the installation, replaced each time.

stopped() { ! running "$data" || refuse "DSS is running: stop it first"; }

# unpack archive folder: beside, then in its place.
unpack() {
    [ -r "$1" ] || refuse "archive not found: $1"
    [ -w "$kit" ] || refuse "the installation directory $kit is not writable"
    rm -rf "${kit:?}/$2.new" "${kit:?}/$2"
    mkdir -p "$kit/$2.new"
    pause
    tar -xzf "$1" -C "$kit/$2.new" --strip-components 1 || refuse "cannot unpack $1"
    mv "$kit/$2.new" "$kit/$2"
    pause
}

install_hadoop() {
    local archive=''
    while [ $# -gt 0 ]; do
        case $1 in
            -standaloneArchive | -standalone | -keytab | -principal)
                [ $# -ge 2 ] || refuse "$1 wants a value"
                [ "$1" != -standaloneArchive ] || archive=$2
                shift
                ;;
            -y | -f) ;;
            *) refuse "unknown option: $1" ;;
        esac
        shift
    done
    [ -n "$archive" ] || refuse "no Hadoop found on this machine; give -standaloneArchive"
    unpack "$archive" hadoop-standalone-libs
    [ -f "$kit/hadoop-standalone-libs/hadoop.version" ] || refuse "$archive holds no Hadoop libraries"
    cat >"$data/bin/env-hadoop.sh.new" <<EOT
export DKU_HADOOP_ENABLED=true
export DKU_HADOOP_HOME="$kit/hadoop-standalone-libs"
export DKU_HADOOP_FLAVOR=generic-hadoop3
EOT
    mv -f "$data/bin/env-hadoop.sh.new" "$data/bin/env-hadoop.sh"
    say "[+] Hadoop integration installed"
}

install_spark() {
    local archive='' version
    while [ $# -gt 0 ]; do
        case $1 in
            -standaloneArchive | -sparkHome | -pysparkPython)
                [ $# -ge 2 ] || refuse "$1 wants a value"
                [ "$1" != -standaloneArchive ] || archive=$2
                shift
                ;;
            -forK8S | -y | -f) ;;
            *) refuse "unknown option: $1" ;;
        esac
        shift
    done
    [ -e "$data/bin/env-hadoop.sh" ] || refuse "Hadoop integration is not set up: run install-hadoop-integration first"
    [ -n "$archive" ] || refuse "no Spark found on this machine; give -standaloneArchive"
    unpack "$archive" spark-standalone-home
    version=$(cat "$kit/spark-standalone-home/RELEASE" 2>/dev/null) || refuse "$archive holds no Spark"
    cat >"$data/bin/env-spark.sh.new" <<EOT
export DKU_SPARK_ENABLED=true
export DKU_SPARK_HOME="$kit/spark-standalone-home"
export DKU_SPARK_VERSION="$version"
EOT
    mv -f "$data/bin/env-spark.sh.new" "$data/bin/env-spark.sh"
    say "[+] Spark integration installed (Spark $version)"
}

install_r() {
    while [ $# -gt 0 ]; do
        case $1 in
            -noDeps) ;;
            -repo | -pkgDir) shift ;;
            *) refuse "unknown option: $1" ;;
        esac
        shift
    done
    command -v R >/dev/null || refuse "R not found: install it with install-deps.sh -with-r"
    mkdir -p "$data/R.lib"
    printf 'export DKURBIN="%s"\n' "$(command -v R)" >"$data/bin/env-R.sh.new"
    mv -f "$data/bin/env-R.sh.new" "$data/bin/env-R.sh"
    say "[+] R integration installed"
}

install_graphics() {
    [ $# = 0 ] || [ "$1" = -noDeps ] || refuse "unknown option: $1"
    command -v npm >/dev/null || refuse "npm not found: install it with install-deps.sh -with-chrome"
    mkdir -p "$kit/resources/graphics-export/node_modules/puppeteer"
    printf 'export DKU_GRAPHICS_EXPORT_ENABLED=true\n' >"$data/bin/env-graphics.sh"
    say "[+] Graphics export installed"
}
