namespace DssPipeline.Sandbox.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task All_wrong_options_are_told_at_once()
    {
        var (code, _, errors) = await RunAsync("--stat", "x", "--latency", "fast", "--faults", "oops; 429@PURGE *", "--ports", "arm=99999,mars=1", "--seed", "x", "--engine", "podman", "--state");

        Assert.Equal(3, code);
        Assert.Equal(
            """
            Error: '--stat' is no option; the options are --state, --latency, --faults, --ports, --seed, --engine, --dss-habits, --help.
            Error: 'x' is no option; the options are --state, --latency, --faults, --ports, --seed, --engine, --dss-habits, --help.
            Error: --latency: 'fast' is no latency. Write none, a time per request such as 100ms or 2s, real, or real/60.
            Error: Fault 'oops': 'oops' is no kind of fault; write a status from 400 to 599, or one of drop-before, drop-after, slow, stale, fail-operation, short-token, role-delay, cut, reboot, disk-full, disk-free, dead-ssh, cut-ssh, kill-dnf, dnf-locked, slow-dnf, dss-never-up, crash.
            Error: Fault '429@PURGE *': 'PURGE' is no method; write GET, HEAD, PUT, POST, PATCH, DELETE or * after the @.
            Error: --ports: 'arm=99999' is no port; write for example arm=8443,entra=8444. The endpoints are arm, entra, imds, oidc, keyvault, blob, kubernetes, registry, downloads.
            Error: --ports: 'mars=1' is no port; write for example arm=8443,entra=8444. The endpoints are arm, entra, imds, oidc, keyvault, blob, kubernetes, registry, downloads.
            Error: --seed wants a whole number, not 'x'.
            Error: --engine takes stand-in or real, not 'podman'.
            Error: --state wants a value.
            Try --help.

            """,
            errors,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Help_teaches_every_option_and_every_fault()
    {
        var (code, output, _) = await RunAsync("--help");

        Assert.Equal(0, code);
        Assert.All(["--state", "--latency", "--faults", "--ports", "--seed", "--engine", .. FaultScript.Kinds.Keys], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_in_use_is_told_and_fails()
    {
        using var folder = new TemporaryFolder();
        await using var first = await SandboxClient.StartInAsync(folder.Path);

        var (code, _, errors) = await RunAsync("--state", folder.Path);

        Assert.Equal(1, code);
        Assert.StartsWith("Error: The state folder ", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await SandboxProgram.RunAsync(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
