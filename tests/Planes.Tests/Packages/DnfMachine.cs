using System.Text.Json.Nodes;
using DssPipeline.Tests;

namespace DssPipeline.Planes.Tests;

/// <summary>A scratch machine whose dnf is bare: no package, no repository, its own database of rpm.</summary>
internal sealed class DnfMachine : IAsyncDisposable, IProgress<string>, IProgress<Wait>
{
    private readonly ScratchMachine scratch = new();
    private readonly List<string> heard = [];

    private DnfMachine() => Inside = new(new() { Host = Probe.Host, Waiting = this }, scratch.Shell, TimeProvider.System);

    public Machine Inside { get; }

    /// <summary>Hears what a job is doing.</summary>
    public Action<string> Hearing { get; set; } = _ => { };

    public IReadOnlyList<string> Heard => heard;

    public static async Task<DnfMachine> StartAsync()
    {
        var machine = new DnfMachine();
        await machine.DoAsync(Bare);
        return machine;
    }

    /// <summary>Does as root of the machine what somebody else would do.</summary>
    public async Task<string> DoAsync(string script)
    {
        heard.Clear();
        Inside.LookAnew([]);
        var answer = await scratch.Shell.RunAsync($"set -Eeuo pipefail\n{script}\n", "", this, default);
        Assert.True(answer.ExitCode == 0, string.Join('\n', heard));
        return answer.Output.Trim();
    }

    public Probe Packages(JobValues values) => new(Inside, "packages", "test", values) { Turn = "dnf", TakesLong = true };

    public Probe Repository(JobValues values) => new(Inside, "repository", "tiny", values) { Turn = "dnf" };

    /// <summary>Trusts the repository's key and takes packages from it.</summary>
    public Task UseAsync(TinyRepository repository, string name) => Repository(Values(repository, name)).MakeAsync();

    public static JobValues Values(TinyRepository repository, string name) => new()
    {
        { "id", "tiny" },
        { "name", "Tiny" },
        { "baseurl", repository.Of(name) },
        { "key", repository.Key },
        { "fingerprint", repository.Fingerprint },
    };

    public static string? Version(JsonNode? seen, string package) => seen?["packages"]?[package]?.ToString();

    public async ValueTask DisposeAsync()
    {
        await Inside.DisposeAsync();
        scratch.Dispose();
    }

    void IProgress<string>.Report(string value) => heard.Add(value);

    void IProgress<Wait>.Report(Wait value) => Hearing(value.For);

    // Debian keeps rpm's database in root's home, and its dnf knows no release of its own.
    private const string Bare = """
        mkdir -p /etc/rpm /etc/yum.repos.d /etc/dnf/vars /etc/dnf/plugins
        printf '%%_dbpath /var/lib/rpm\n' >/etc/rpm/macros
        printf '[main]\ngpgcheck=1\nbest=True\nskip_if_unavailable=False\nmodule_platform_id=platform:el8\n' >/etc/dnf/dnf.conf
        printf '[main]\nenabled=0\n' >/etc/dnf/plugins/local.conf
        printf '8\n' >/etc/dnf/vars/releasever
        rm -rf /var/lib/rpm /var/cache/dnf /var/lib/dnf /etc/yum.repos.d/*
        mkdir -p /var/lib/rpm
        """;
}
