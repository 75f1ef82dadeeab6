using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The user admin: its password, and its profile where the manifest names one. A fresh DSS lets everybody in as admin with the password admin.</summary>
public sealed class DssAdmin(Machine machine, DssHome home, Manifest manifest, DssSecrets secrets, AdminKey key) : DssResource(machine, home, "dssAdmin", "admin")
{
    /// <summary>Where a password is kept that nobody stated.</summary>
    public const string PasswordName = "dss-admin-password";

    private const string AsKept = "as kept";

    private Secret? password;

    public override bool IsLong => false;

    public override JsonNode Desired => Json.Of(new { password = AsKept, profile = manifest.Dss.AdminProfile });

    public override async Task<JobValues> AskingAsync(CancellationToken cancel)
    {
        var offered = manifest.Dss.AdminPassword is { } stated
            ? await secrets.OfferAsync(stated, "dss.adminPassword", cancel)
            : await secrets.OfferAsync(PasswordName, cancel);
        password = offered.Value;
        return await key.AddToAsync(Asking, cancel);
    }

    public override async Task<JobValues> MakingAsync(Change change, CancellationToken cancel)
    {
        password = await NeededAsync(cancel);
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var values = Asking;
        values.Add("key", await key.ReadAsync(cancel));
        values.Add("password", password);
        values.Add("salt", salt);
        values.Add("fingerprint", password.Fingerprint(salt));
        return values;
    }

    protected override JobValues Asking
    {
        get
        {
            var values = base.Asking;
            values.Add("mark", $"{DssHome.Marks}/dss-admin");
            values.Add("profile", manifest.Dss.AdminProfile);
            return values;
        }
    }

    protected override JsonNode Seen(JsonObject fact) => Json.Of(new
    {
        password = password is not null && password.Fingerprint($"{fact["salt"]}") == $"{fact["fingerprint"]}" ? AsKept : "another",
        profile = fact["profile"]?.ToString(),
    });

    /// <summary>A random password is kept before it is set: a run that dies in between loses nothing.</summary>
    private async Task<Secret> NeededAsync(CancellationToken cancel)
    {
        if (manifest.Dss.AdminPassword is { } stated) return await secrets.RevealAsync(stated, "dss.adminPassword", cancel);
        if (await secrets.ReadAsync(PasswordName, cancel) is { } kept) return kept;

        var made = new Secret(RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", 32));
        await secrets.KeepAsync(PasswordName, made, cancel);
        return made;
    }
}
