using System.Diagnostics;

namespace DssPipeline.Planes.Tests;

/// <summary>A connection held by a process of its own, which can be killed: this test program again, running <see cref="HoldTests"/> alone.</summary>
internal sealed class HeldConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly string folder;

    private HeldConnection(Process process, string folder) => (this.process, this.folder) = (process, folder);

    public static async Task<HeldConnection> StartAsync(SshServer server)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(HeldConnection).Assembly.Location, "-explicit", "only", "-class", typeof(HoldTests).FullName!]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["HELD_PORT"] = $"{server.Port}";
        start.Environment["HELD_HOST_KEY"] = server.HostKey;
        start.Environment["HELD_KEY_FILE"] = server.IdentityFile;
        start.Environment["TMPDIR"] = Directory.CreateTempSubdirectory("held-").FullName;
        var held = new HeldConnection(Process.Start(start)!, start.Environment["TMPDIR"]!);
        while (await held.process.StandardOutput.ReadLineAsync() is { } said)
        {
            if (said.Contains(HoldTests.Ready, StringComparison.Ordinal)) return held;
        }

        held.Dispose();
        throw new InvalidOperationException("The connection was not opened.");
    }

    /// <summary>The command lines of what runs for it: they name its folder.</summary>
    public IReadOnlyList<string> Helpers() =>
        [.. Directory.EnumerateDirectories("/proc").Where(entry => char.IsAsciiDigit(Path.GetFileName(entry)[0])).Select(Line).Where(line => line.Contains(folder, StringComparison.Ordinal))];

    /// <summary>Looks until they are gone, or until it is clear that they stay: an agent looks every ten seconds whether its run is there.</summary>
    public async Task<IReadOnlyList<string>> HelpersThatStayAsync()
    {
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var began = TimeProvider.System.GetTimestamp();
        while (Helpers().Count > 0 && TimeProvider.System.GetElapsedTime(began) < Patience) await often.WaitForNextTickAsync();
        return Helpers();
    }

    public void Kill() => process.Kill();

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        foreach (var gate in Directory.EnumerateFiles(folder, "*.open", SearchOption.AllDirectories)) Open(gate);
        Directory.Delete(folder, recursive: true);
    }

    // The job that was left to itself waits here; opened for both ways, a pipe waits for nobody.
    private static void Open(string gate)
    {
        using var pipe = new FileStream(gate, FileMode.Open, FileAccess.ReadWrite);
        pipe.Write("go\n"u8);
    }

    private static string Line(string entry)
    {
        try
        {
            return File.ReadAllText(Path.Combine(entry, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
