using System.Diagnostics;
using DssPipeline.Chapters;
using DssPipeline.Sandbox;

namespace DssPipeline.Pipelines.Tests;

/// <summary>Somebody who changes the world of a pipeline while its plan waits for approval: another SKU for the registry.</summary>
/// <param name="world">Folder of the sandbox.</param>
internal sealed class Colleague(string world, string manifest)
{
    /// <summary>The one resource that is touched.</summary>
    public static string Touches(string deployment) => $"azure/registry/cr{deployment}";

    /// <summary>The change as a command, which also keeps what was asked of the world up to then.</summary>
    public IReadOnlyList<string> Command => ["bash", "-euc", """dotnet exec "$1" --sandbox "$2" --machine none --manifest "$3" --target CreateRegistry --set registry.sku=Premium >"$2.log" 2>&1; cp -- "$2"/requests.jsonl "$2.before" """, "colleague", Path.Combine(AppContext.BaseDirectory, "DssPipeline.Build.dll"), world, manifest];

    public void Work()
    {
        using var process = Process.Start(Command[0], Command.Skip(1));
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, File.ReadAllText($"{world}.log"));
    }

    /// <summary>What was changed in the world after this; the vault of a rehearsal, which no other run has, aside.</summary>
    public IReadOnlyList<string> Later() =>
    [
        .. RequestLog.Writes(RequestLog.Read(world).Skip(File.ReadLines($"{world}.before").Count()))
            .Where(request => !request.Path.StartsWith($"/{StandIns.VaultName}/", StringComparison.Ordinal))
            .Select(request => $"{request.Method} {request.Path}"),
    ];
}
