namespace DssPipeline.Rehearsal.Tests;

/// <summary>The other examples deploy with the inside of their machine, and a second run finds nothing to do.</summary>
public sealed class MachineExamplesTests
{
    [Fact]
    public async Task The_private_machine_of_production_is_whole_behind_its_proxy_and_its_lock()
    {
        var (first, world) = await Production.DeployedAsync();
        using var done = world;

        var second = await world.RunAsync(Production.Wish);
        var seen = await world.LoginAsync("""
            systemctl is-active nginx dataiku docker
            sudo openssl x509 -noout -checkhost dss.example.com -in /etc/dataiku-tls/dss.pem
            sudo stat -c '%U:%G %a' /etc/dataiku-tls/dss.key
            grep proxy_pass /etc/nginx/conf.d/dataiku.conf
            sudo grep '[.]xmx' /data/dataiku/dss_data/install.ini
            sudo ls /data/dataiku/dss_data/bin/env-spark.sh
            """);

        first.Ends(0).Says("Looked again: nothing differs.").Says("+ azure/lock/lock-dss-prod  made in ");
        second.Ends(0).Says(" resources, ").Says(" kept, in ");
        Assert.DoesNotContain(" made", second.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(
            ["active", "active", "active", "Hostname dss.example.com does match certificate", "root:root 640", "proxy_pass http://127.0.0.1:11000/;", "backend.xmx = 16g", "jek.xmx = 4g", "/data/dataiku/dss_data/bin/env-spark.sh"],
            seen.Lines.Select(line => line.Trim()));
    }

    [Fact]
    public async Task The_smallest_one_is_whole()
    {
        using var world = MachineWorld.Empty();

        var first = await world.RunAsync("--manifest", "examples/minimal.yml");
        var second = await world.RunAsync("--manifest", "examples/minimal.yml", "--target", "Plan");

        first.Ends(0).Says("Looked again: nothing differs.");
        second.Ends(0).Says("Nothing to do");
    }
}
