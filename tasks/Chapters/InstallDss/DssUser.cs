using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A user of DSS: its groups, its profile, and its password where the manifest names one.</summary>
public sealed class DssUser(Dss dss, Vault vault, Manifest manifest, DssUserAccountSection user) : MarkedObject(dss, manifest, Kind, user.Login)
{
    private const string Kind = "user";

    /// <summary>Signs in at DSS itself, with a password.</summary>
    private const string Local = "LOCAL";

    /// <summary>Signs in elsewhere, and is known here.</summary>
    private const string Elsewhere = "LOCAL_NO_AUTH";

    /// <summary>The user, when the manifest makes it.</summary>
    public static IReadOnlyList<ResourceId> Of(Manifest manifest, string login) => manifest.Dss.Users.Any(user => user.Login == login) ? [new("dss", Kind, login)] : [];

    public override Comparison Comparison => base.Comparison with { Unordered = ["/groups"] };

    protected override string Path => Dss.Path("admin", "users", user.Login);

    // A directory may keep the user meanwhile; where the password comes from is then its business.
    protected override JsonObject Wish => (JsonObject)Json.Of(new
    {
        displayName = user.DisplayName ?? user.Login,
        email = user.Email,
        groups = user.Groups,
        userProfile = user.Profile,
        sourceType = HasSecret ? Local : null,
    });

    protected override bool HasSecret => user.Password is not null;

    protected override async Task<Secret?> RevealAsync(CancellationToken cancel) =>
        await new Revealing(vault).RevealAsync(user.Password!, $"dss.users[{user.Login}].password", cancel);

    private protected override DssSight See(JsonObject document)
    {
        document.Remove("password");
        return new(document);
    }

    protected override Task CreateAsync(JsonObject wish, Secret? secret, CancellationToken cancel)
    {
        var whole = Unmarked(wish);
        Lay(whole, [], secret);
        whole["login"] = user.Login;
        whole["sourceType"] = HasSecret ? Local : Elsewhere;
        return Dss.PostAsync("admin/users/", whole, cancel);
    }

    protected override void Lay(JsonObject document, JsonObject wish, Secret? secret)
    {
        DssWish.Lay(document, Unmarked(wish));
        if (secret is not null) document["password"] = secret.Reveal();
    }

    protected override Task RemoveAsync(CancellationToken cancel) => Dss.DeleteAsync(Path, cancel);
}
