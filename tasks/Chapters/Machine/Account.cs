using System.Globalization;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>An account of the machine that nobody can sign in to with a password. Groups that others gave it stay.</summary>
public sealed class Account(Machine machine, string name) : MachineResource(machine, "account", name)
{
    /// <summary>Its number; null for the next free one.</summary>
    public int? Uid { get; init; }

    public string Home { get; init; } = $"/home/{name}";

    public string Shell { get; init; } = "/bin/bash";

    /// <summary>Further groups it must be in; they must be there.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    // useradd and usermod do not wait for each other; they fail.
    public override string Lane => "machine/accounts";

    public override string MachineLock => "accounts";

    public override JsonNode Desired => Json.Of(new
    {
        uid = Uid,
        ownGroup = "there",
        home = Home,
        shell = Shell,
        groups = Groups.ToDictionary(group => group, _ => "member", StringComparer.Ordinal),
        password = "locked",
    });

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        Uid is { } wished && Pointer.At(observed, "/uid") is { } uid && uid.ToString() != wished.ToString(CultureInfo.InvariantCulture)
            ? new Problem(
                "Account has another number",
                $"{Id} is there with the uid {uid}, and the manifest asks for {wished}. Its files belong to the number, so a change would take them from it. "
                + $"Put vm.dssUser.uid to {uid}, leave it out, or choose another name for the account.")
            : null;

    public override string? Interruption(IReadOnlyList<Difference> differences) => differences.Any(difference => difference.Path.StartsWith("/groups/", StringComparison.Ordinal)) ? Notice : null;

    protected override JobValues Asking => new()
    {
        { "name", Id.Name },
        { "uid", Uid?.ToString(CultureInfo.InvariantCulture) },
        { "home", Home },
        { "shell", Shell },
        { "group", Groups },
    };
}
