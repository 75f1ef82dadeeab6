namespace DssPipeline.Planes.Tests;

/// <summary>Runs only where <see cref="HeldConnection"/> starts it: opens a connection, begins something long over it, says so, and stays until it is killed.</summary>
public sealed class HoldTests
{
    public const string Ready = "the connection is open";

    [Fact(Explicit = true)]
    public async Task A_connection_is_held_until_somebody_kills_it()
    {
        static string Given(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not given.");

        var address = new SshAddress("vm-test", "127.0.0.1", int.Parse(Given("HELD_PORT")), Given("HELD_HOST_KEY"));
        var key = new DssPipeline.Convergence.Secret(await File.ReadAllTextAsync(Given("HELD_KEY_FILE"), TestContext.Current.CancellationToken));
        await using var bench = new Bench(new SshShell(new() { User = "root", Address = _ => Task.FromResult<SshAddress?>(address), PrivateKey = _ => Task.FromResult(key) }));
        var making = bench.Gate("one").MakeAsync();
        await bench.BegunAsync("one");

        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{Ready}\n"), TestContext.Current.CancellationToken);
        await making;
    }
}
