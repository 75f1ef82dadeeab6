using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>An account of the machine, signed in to a registry. What it had to sign in with before is put aside, and put back in its place.</summary>
internal sealed class RegistryLogin(Machine machine, ImageRegistry registry, string host, string account) : MachineResource(machine, "registryLogin", $"{account}/{host}")
{
    public override JsonNode Desired => Json.Of(new { signedIn = true });

    public override string MachineLock => "registry-login";

    protected override JobValues Asking => new() { { "host", host }, { "user", account } };

    public override async Task<JobValues> MakingAsync(Change change, CancellationToken cancel)
    {
        var values = Asking;
        if (change.Verb is Verb.Delete) return values;

        values.Add("as", ImageRegistry.Nobody);
        values.Add("token", await registry.SignInAsync(RegistryCopy.NameOf(host), cancel));
        return values;
    }
}
