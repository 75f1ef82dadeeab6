using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A DSS connection to an ADLS gen2 account. After a change DSS itself tests it.</summary>
public sealed class AdlsConnection(Arm arm, Dss dss, Vault vault, Manifest manifest, AdlsSection account, AdlsConnectionSection connection)
    : MarkedObject(dss, manifest, AdlsNames.Connection(connection).Kind, connection.Name)
{
    private readonly ConnectionDefinition definition = new(manifest, account, connection);

    public override bool HoldsData => true;

    public override Comparison Comparison => base.Comparison with { Unordered = ["/allowedGroups", "/detailsReadability/allowedGroups"] };

    public override string? Interruption(IReadOnlyList<Difference> differences) =>
        differences.Any(difference => difference.Path.StartsWith("/params/storageAccount", StringComparison.Ordinal)) ? "Datasets on the connection are then looked for in the other account." : null;

    protected override string Path => PathOf(connection.Name);

    protected override JsonObject Wish => definition.Wish;

    protected override bool HasSecret => true;

    internal static string PathOf(string name) => Dss.Path("admin", "connections", name);

    private protected override DssSight See(JsonObject document) => Seen(document, definition.SecretParameter);

    /// <summary>A connection without what DSS shows of its secrets.</summary>
    internal static DssSight Seen(JsonObject document, string? parameter = null)
    {
        var parameters = document["params"] as JsonObject ?? [];
        var shown = parameter is null ? "" : parameters[parameter]?.ToString() ?? "";
        foreach (var secret in (string[])["accessKey", "appSecret", "password"]) parameters.Remove(secret);
        return new(document, shown);
    }

    protected override async Task<Secret?> RevealAsync(CancellationToken cancel) => definition.Application is { } application
        ? await new Revealing(vault).RevealAsync(application.ClientSecret, $"{(connection.ServicePrincipal is null ? "identity" : $"adls[{account.Account}].connections[{connection.Name}]")}.servicePrincipal.clientSecret", cancel)
        : await new AccountKey(arm, Manifest.Names.For(account).StorageAccount).ReadAsync(cancel);

    protected override Task CreateAsync(JsonObject wish, Secret? secret, CancellationToken cancel)
    {
        var whole = Unmarked(wish);
        Lay(whole, [], secret);
        return Dss.PostAsync("admin/connections/", ConnectionDefinition.Birth(connection.Name, whole), cancel);
    }

    // The plain secret goes along with every change: what DSS showed of it may be nothing, and would then take its place.
    protected override void Lay(JsonObject document, JsonObject wish, Secret? secret)
    {
        DssWish.Lay(document, Unmarked(wish));
        var parameters = (JsonObject)document["params"]!;
        // Of another way to sign in a live secret would stay, which nobody rotates any more.
        foreach (var other in ConnectionDefinition.SecretParameters) parameters.Remove(other);
        parameters[definition.SecretParameter] = secret!.Reveal();
    }

    protected override Task ProveAsync(CancellationToken cancel) => new ConnectionTest(Dss, connection.Name).PassAsync(cancel);

    protected override Task RemoveAsync(CancellationToken cancel) => Dss.DeleteAsync(Path, cancel);
}
