using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The data directory of a DSS: all that it knows is in its files.</summary>
internal sealed class DssDataDirectory(string root)
{
    /// <summary>The habits of this instance, over those that its machine was given.</summary>
    public const string HabitsFile = "config/sandbox-habits";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Lock _writing = new();

    public string Root { get; } = Path.GetFullPath(root);

    public string Version => (string?)Read("dss-version.json")?["product_version"] ?? throw new InvalidDataException($"{Root} holds no DSS.");

    public string NodeType => Ini("general", "nodetype") ?? "design";

    public string InstallId => Ini("general", "installid") ?? "";

    public int Port => int.Parse(Server("port") ?? throw new InvalidDataException("install-support/server.conf names no port."));

    /// <summary>The certificate and the key to serve with; null for plain HTTP.</summary>
    public (string Certificate, string Key)? Tls =>
        Server("ssl") == "true" ? (Server("ssl_certificate") ?? "", Server("ssl_certificate_key") ?? "") : null;

    public string Secret => File.ReadAllText(PathOf("run/shared-secret.txt")).Trim();

    public string PathOf(string file) => Path.Combine(Root, file);

    public JsonNode? Read(string file) => File.Exists(PathOf(file)) ? JsonNode.Parse(File.ReadAllText(PathOf(file))) : null;

    public void Write(string file, JsonNode content) => WriteText(file, content.ToJsonString(Indented) + "\n");

    /// <summary>Writes a file that only the DSS user reads, whole or not at all.</summary>
    public void WriteText(string file, string text)
    {
        lock (_writing) StateFolder.WritePrivate(PathOf(file), text);
    }

    // What regenerate-config made of install.ini; an edit of install.ini does nothing before that.
    private string? Server(string key) => Value(File.ReadLines(PathOf("install-support/server.conf")), key);

    private string? Ini(string section, string key) =>
        Value(File.ReadLines(PathOf("install.ini")).SkipWhile(line => line.Trim() != $"[{section}]").Skip(1).TakeWhile(line => !line.StartsWith('[')), key);

    private static string? Value(IEnumerable<string> lines, string key) => lines
        .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
        .Where(pair => pair.Length == 2 && pair[0] == key && pair[1].Length > 0)
        .Select(pair => pair[1])
        .LastOrDefault();
}
