using System.Security.Cryptography;

namespace DssPipeline.Sandbox;

/// <summary>The running DSS of the machine, as a program: <c>dss-backend --data DIR</c>.</summary>
internal static class DssBackendProgram
{
    public const string Name = "dss-backend";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter errors, CancellationToken stop)
    {
        if (arguments is not [Name, "--data", var folder] || !Directory.Exists(folder))
        {
            await errors.WriteLineAsync($"Usage: {Name} --data DATA_DIR");
            return 3;
        }

        try
        {
            await using var server = await DssServer.StartAsync(new DssDataDirectory(folder), new DssOutside { Watch = new DssFarWatch() }, stop);
            await errors.WriteLineAsync($"[backend] DSS {server.Data.Version} is up on port {server.Data.Port}");
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException or CryptographicException)
        {
            await errors.WriteLineAsync($"[backend] {problem.Message}");
            return 1;
        }

        return 0;
    }
}
