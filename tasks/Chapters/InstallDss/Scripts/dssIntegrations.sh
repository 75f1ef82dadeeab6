# shellcheck shell=bash disable=SC2154
# dssHadoop, dssSpark, dssR, dssGraphics: what dssadmin adds to an installation. The first two are unpacked into the kit, so each kit needs them anew.
# The file that says "done" is removed before and written last, so that a cut is noticed.

dss_has_hadoop() { [ -f "$data/bin/env-hadoop.sh" ] && dss_folder_has "$kit/hadoop-standalone-libs"; }

look_dssHadoop() {
    dss_values
    if ! dss_read || ! dss_has_hadoop; then absent; fi
    tell version "$version"
}

make_dssHadoop() {
    dss_values
    dss_rest
    dss_archive Hadoop
    as_dss rm -f -- "$data/bin/env-hadoop.sh"
    dss_admin install-hadoop-integration -standaloneArchive "${given[archive]}"
}

drop_dssHadoop() { :; }

dss_archive() {
    [ -f "${given[archive]}" ] || fail "The archive ${given[archive]} with $1 is not there. Run again: it is downloaded first."
}

dss_has_spark() {
    [ -f "$data/bin/env-spark.sh" ] || return 1
    local home
    home=$(<"$data/bin/env-spark.sh")
    [[ $home =~ DKU_SPARK_HOME=[\"\']?([^\"\'[:cntrl:]]+) ]] || return 1
    home=${BASH_REMATCH[1]}
    [[ $home == "$kit"/* ]] && dss_folder_has "$home"
}

look_dssSpark() {
    dss_values
    if ! dss_read || ! dss_has_spark; then absent; fi
    tell version "$version"
}

make_dssSpark() {
    dss_values
    dss_rest
    dss_archive Spark
    as_dss rm -f -- "$data/bin/env-spark.sh"
    dss_admin install-spark-integration -standaloneArchive "${given[archive]}" -forK8S
}

drop_dssSpark() { :; }

# The packages of R belong to the data directory; the kit they were made for is remembered in the kit.
dss_has_r() { [ -f "$kit/.dss-pipeline-r" ] && [ -d "$data/R.lib" ]; }

look_dssR() {
    dss_values
    if ! dss_read || ! dss_has_r; then absent; fi
    tell version "$version"
}

make_dssR() {
    dss_values
    dss_rest
    as_dss rm -f -- "$kit/.dss-pipeline-r"
    dss_admin install-R-integration
    as_dss touch -- "$kit/.dss-pipeline-r"
}

drop_dssR() { :; }

dss_has_graphics() { [ -f "$kit/.dss-pipeline-graphics" ] && dss_folder_has "$kit/resources/graphics-export/node_modules"; }

look_dssGraphics() {
    dss_values
    if ! dss_read || ! dss_has_graphics; then absent; fi
    tell version "$version"
}

make_dssGraphics() {
    dss_values
    dss_rest
    as_dss rm -f -- "$kit/.dss-pipeline-graphics"
    dss_admin install-graphics-export
    as_dss touch -- "$kit/.dss-pipeline-graphics"
}

drop_dssGraphics() { :; }

# dssConfig: what DSS generates from install.ini is not older than install.ini.

look_dssConfig() {
    dss_values
    dss_read || absent
    if dss_is_edited; then tell generated "before install.ini was written"; else tell generated "from install.ini"; fi
}

make_dssConfig() {
    dss_values
    dss_read || fail "There is no DSS in $data any more."
    dss_rest
    dss_admin regenerate-config
    # What is generated may come out the same and stay untouched.
    as_dss touch -- "$data/bin/env-default.sh"
}

drop_dssConfig() { :; }
