using System.Security.Cryptography;

namespace DssPipeline.Sandbox.Tests.StandIns;

public sealed class DownloadsTests
{
    [Theory]
    [InlineData("/public/dss/14.2.0/dataiku-dss-14.2.0.tar.gz", true)]
    [InlineData("/public/studio/13.5.5/dataiku-dss-13.5.5.tar.gz", true)]
    [InlineData("/mirror/14.2.0/dataiku-dss-spark-standalone-14.2.0-3.5.3-generic-hadoop3.tar.gz", true)]
    [InlineData("/public/dss/13.0.3/dataiku-dss-spark-standalone-13.0.3-3.4.1-generic-hadoop3.tar.gz", true)]
    [InlineData("/public/dss/14.2.0/dataiku-dss-spark-standalone-14.2.0-3.4.1-generic-hadoop3.tar.gz", false)]
    [InlineData("/public/dss/14.2.0/dataiku-dss-14.2.1.tar.gz", false)]
    [InlineData("/public/dss/new/dataiku-dss-new.tar.gz", false)]
    public void An_archive_is_there_under_its_real_name_and_no_other(string path, bool there) =>
        Assert.Equal(there, new Downloads().Find("downloads.dataiku.com", path) is not null);

    [Fact]
    public void An_archive_is_the_same_to_the_byte_each_time()
    {
        const string Path = "/public/dss/14.2.0/dataiku-dss-14.2.0.tar.gz";

        var sums = Enumerable.Range(0, 2).Select(_ => Convert.ToHexString(SHA256.HashData(new Downloads().Find("any", Path)!)));

        Assert.Single(sums.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cut_download_goes_on_where_it_ended()
    {
        await using var machine = await StandInMachine.StartAsync();

        var sums = await machine.MustAsync("""
            cd /tmp
            url=https://cdn.downloads.dataiku.com/public/dss/14.2.0/dataiku-dss-14.2.0.tar.gz
            curl -sSf -o whole "$url"
            head -c 100000 whole >part
            curl -sSf -C - -D head -o part "$url"
            cmp whole part
            grep -E -i '^(HTTP|content-range|etag|content-length)' head
            """);
        var beyond = await machine.RunAsync("curl -s -o /dev/null -w '%{http_code}' -r 99999999- https://cdn.downloads.dataiku.com/public/dss/14.2.0/dataiku-dss-14.2.0.tar.gz");

        Assert.Matches("HTTP/[0-9.]+ 206", sums);
        Assert.Contains("Content-Range: bytes 100000-", sums, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("ETag: \"", sums, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("416", beyond.Output);
    }
}
