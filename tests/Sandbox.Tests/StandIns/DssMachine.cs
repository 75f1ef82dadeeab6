namespace DssPipeline.Sandbox.Tests.StandIns;

/// <summary>What a machine needs before DSS can be installed on it.</summary>
internal static class DssMachine
{
    public static string AsUser(string command) => $"setpriv --reuid=dssuser --regid=dssuser --init-groups -- env HOME=/home/dssuser USER=dssuser port=$port bash -c {Quoted(command)}\n";

    public static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The packages, folders and archives for a DSS of a version.</summary>
    public static async Task PrepareAsync(StandInMachine machine, string version = "13.5.5")
    {
        await machine.MustAsync($"""
            install -d -o dssuser -g dssuser /opt/dss /data
            printf '%s' '{"{"}"content":{"{"}"expiresOn":"20991231"{"}"}{"}"}' >/data/license.json
            chmod 0644 /data/license.json
            """);
        await KitAsync(machine, version);
        await machine.MustAsync($"/opt/dss/dataiku-dss-{version}/scripts/install/install-deps.sh -yes");
    }

    public static Task<string> KitAsync(StandInMachine machine, string version) => machine.MustAsync(AsUser($"""
        set -e
        cd /opt/dss
        curl -sSfO https://cdn.downloads.dataiku.com/public/dss/{version}/dataiku-dss-{version}.tar.gz
        tar -xzf dataiku-dss-{version}.tar.gz
        curl -sSfO https://cdn.downloads.dataiku.com/public/dss/{version}/dataiku-dss-hadoop-standalone-libs-generic-hadoop3-{version}.tar.gz
        curl -sSfO https://cdn.downloads.dataiku.com/public/dss/{version}/dataiku-dss-spark-standalone-{version}-3.5.3-generic-hadoop3.tar.gz
        """));
}
