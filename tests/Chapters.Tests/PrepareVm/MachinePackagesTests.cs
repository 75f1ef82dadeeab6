using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>What the machine tells, in the words of the wish.</summary>
public sealed class MachinePackagesTests
{
    private static readonly Package[] Wished = [new("git"), new("docker-ce", "27.3.1", true), new("kubectl", "1.33", false)];

    [Theory]
    [InlineData("27.3.1", "3:27.3.1-1.el8", true)]
    [InlineData("27.3.1", "3:27.3.10-1.el8", false)]
    [InlineData("27.3", "3:27.3.1-1.el8", true)]
    [InlineData("1.33", "0:1.33.4-150500.1.1", true)]
    [InlineData("1.3", "0:1.33.4-150500.1.1", false)]
    [InlineData("3", "3:27.3.1-1.el8", false)]
    [InlineData(null, "0:1.0-1", true)]
    [InlineData(null, "0:1.0-1 and 0:2.0-1", false)]
    [InlineData(null, "absent", false)]
    [InlineData(null, "unknown: the database of rpm is broken", false)]
    public void A_version_is_met_up_to_a_dot_or_a_dash(string? wished, string installed, bool isMet)
    {
        Assert.Equal(isMet, new Package("any", wished).IsMetBy(installed));
    }

    [Theory]
    [InlineData("""{"packages":{"git":"0:2.43.5-2.el8","docker-ce":"3:27.3.1-1.el8","kubectl":"0:1.33.4-1","podman":"absent"},"held":["docker-ce"],"streams":{"nodejs":"20"}}""", "")]
    [InlineData("""{"packages":{"git":"absent","docker-ce":"3:27.4.0-1.el8","kubectl":"0:1.32.9-1","podman":"4:4.9.4-1.el8"},"held":["kubectl"],"streams":{"nodejs":"absent"}}""", "/git: absent → installed, /docker-ce: 27.4.0-1.el8 → 27.3.1, /kubectl: 1.32.9-1 → 1.33, /podman: 4.9.4-1.el8 → absent, /held/docker-ce: false → true, /held/kubectl: true → false, /streams/nodejs: absent → 20")]
    [InlineData("""{"packages":{"git":"0:2.1-1 and 0:2.2-1","docker-ce":"3:27.3.1-1.el8","kubectl":"0:1.33.4-1","podman":"absent"},"held":["docker-ce"],"streams":{"nodejs":"20"}}""", "/git: 2.1-1 and 2.2-1 → installed")]
    public async Task Every_package_that_is_not_as_wished_is_named(string fact, string expected)
    {
        await using var machine = MachineThatTells(fact);
        var packages = new Packages(machine, "test", Wished) { Unwanted = ["podman"], Streams = ["nodejs:20"] };

        var differences = packages.Comparison.Differences(packages.Desired, (await packages.ObserveAsync(default))!);

        Assert.Equal(expected, string.Join(", ", differences.Select(difference => $"{difference.Path}: {difference.Before} → {difference.After}")));
    }

    [Theory]
    [InlineData("/docker-ce", "27.3.0-1.el8", "Docker starts again.")]
    [InlineData("/docker-ce", "absent", null)]
    [InlineData("/held/docker-ce", "false", null)]
    public async Task Only_another_version_of_what_is_there_is_noticed(string path, string before, string? expected)
    {
        await using var machine = MachineThatTells("{}");
        var packages = new Packages(machine, "test", Wished) { Notice = "Docker starts again." };

        Assert.Equal(expected, packages.Interruption([new(path, before, "27.3.1")]));
    }

    [Theory]
    [InlineData("almalinux", "8.10", "x86_64", null)]
    [InlineData("rocky", "8.9", "x86_64", null)]
    [InlineData("rhel", "8.10", "x86_64", null)]
    [InlineData("almalinux", "9.4", "x86_64", "Machine of another kind")]
    [InlineData("debian", "12", "x86_64", "Machine of another kind")]
    [InlineData("almalinux", "8.10", "aarch64", "Machine of another kind")]
    public async Task A_machine_of_another_kind_is_refused(string id, string version, string architecture, string? expected)
    {
        var manifest = Examples.Read("minimal");
        await using var machine = MachineThatTells($$"""{"id":"{{id}}","version":"{{version}}","like":"","name":"{{id}} {{version}}","architecture":"{{architecture}}","hostname":"vm"}""");
        var host = new MachineHost(machine, manifest);

        var change = Change.Between(host, host.Desired, await host.ObserveAsync(default), new(new HashSet<ResourceId>(), new HashSet<ResourceId>()));

        Assert.Equal(expected, change.Problem?.Summary);
        Assert.Equal(expected is null ? Verb.Keep : Verb.Refuse, change.Verb);
    }

    private static Machine MachineThatTells(string fact) => new(new() { Host = new("machine", "host", "vm-demo") }, new TellingShell(fact), TimeProvider.System);

    private sealed class TellingShell(string fact) : Shell
    {
        public override Task<ShellAnswer> RunAsync(string script, string letter, IProgress<string> heard, CancellationToken cancel) => Task.FromResult(new ShellAnswer(0, $"fact 1 {fact}\ndone\n"));
    }
}
