using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The users of an instance, in config/users.json; a fresh one has admin with the password admin.</summary>
internal sealed class DssUsers(DssDataDirectory data)
{
    private const string File = "config/users.json";
    private const int Rounds = 1000;

    private readonly Lock _changing = new();

    public JsonArray All
    {
        get
        {
            lock (_changing) return data.Read(File)?["users"] as JsonArray ?? [First()];
        }
    }

    public JsonObject? Find(string login) => All.FirstOrDefault(user => (string?)user!["login"] == login) as JsonObject;

    public bool Check(string login, string password) =>
        Find(login) is { } user && (string?)user["password"] is { } kept && kept == Hash(password, kept.Split(':')[0]);

    /// <summary>Replaces the user of the same login, or adds one; a password that is given is kept as its hash.</summary>
    public void Put(JsonObject user, string? password)
    {
        lock (_changing)
        {
            var login = (string)user["login"]!;
            var fresh = (JsonObject)user.DeepClone();
            fresh["password"] = password is null ? (string?)Find(login)?["password"] : Hash(password, Salt());
            Keep(All.Where(other => (string?)other!["login"] != login).Append(fresh));
        }
    }

    public void Delete(string login)
    {
        lock (_changing) Keep(All.Where(user => (string?)user!["login"] != login));
    }

    private void Keep(IEnumerable<JsonNode?> users) =>
        data.Write(File, new JsonObject { ["users"] = new JsonArray([.. users.Select(user => user!.DeepClone())]) });

    private static JsonObject First() => new()
    {
        ["login"] = "admin",
        ["sourceType"] = "LOCAL",
        ["displayName"] = "Administrator",
        ["groups"] = new JsonArray("administrators"),
        ["userProfile"] = "DATA_SCIENTIST",
        ["enabled"] = true,
        ["password"] = Hash("admin", "first"),
    };

    private static string Salt() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private static string Hash(string password, string salt) =>
        $"{salt}:{Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(password, Encoding.UTF8.GetBytes(salt), Rounds, HashAlgorithmName.SHA256, 32))}";
}
