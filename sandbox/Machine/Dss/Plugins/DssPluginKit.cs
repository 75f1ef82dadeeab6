using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>A plugin as it is delivered: its id and version, its parameter sets, clusters and macros, and what its code environment accepts.</summary>
internal sealed record DssPluginKit(JsonObject Description)
{
    /// <summary>What the store offers, by id.</summary>
    public static DssPluginKit? InStore(string id) => id == "aks-clusters" ? new(JsonNode.Parse(MachineImage.Text("dss/plugins/aks-clusters.json"))!.AsObject()) : null;

    public string Id => (string)Description["id"]!;

    public string Version => (string)Description["version"]!;

    public IEnumerable<JsonObject> ParameterSets => Dotted.Items(Description, "parameterSets");

    public IEnumerable<JsonObject> Clusters => Dotted.Items(Description, "clusters");

    public IEnumerable<JsonObject> Runnables => Dotted.Items(Description, "runnables");

    public IReadOnlyList<string> Pythons => [.. (Dotted.Read(Description, "codeEnv.acceptedPythonInterpreters") as JsonArray ?? []).Select(name => (string)name!)];

    public bool HasCodeEnv => Description["codeEnv"] is not null;

    /// <summary>Whether a parameter of one of its sets is a password.</summary>
    public bool IsPassword(string parameter) => ParameterSets.SelectMany(set => Dotted.Items(set, "params")).Any(known => (string?)known["name"] == parameter && (string?)known["type"] == "PASSWORD");

    /// <summary>Reads a plugin out of a zip, where it may lie in a folder of its own.</summary>
    public static DssPluginKit OfZip(byte[] zip)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip));
            var plugin = archive.Entries.Where(entry => entry.Name == "plugin.json").MinBy(entry => entry.FullName.Length) ?? throw new DssTaskFailure("ERR_PLUGIN_INVALID_DEFINITION", "No plugin.json in the archive", DssFailureForm.Result);
            var root = plugin.FullName[..^"plugin.json".Length];
            var description = Read(plugin);
            description["parameterSets"] = Elements(archive, root, "parameter-sets", "parameter-set.json");
            description["clusters"] = Elements(archive, root, "python-clusters", "cluster.json");
            description["runnables"] = Elements(archive, root, "python-runnables", "runnable.json");
            if (archive.GetEntry($"{root}code-env/python/desc.json") is { } environment) description["codeEnv"] = Read(environment);
            if ((string?)description["id"] is not { Length: > 0 } || (string?)description["version"] is not { Length: > 0 }) throw new DssTaskFailure("ERR_PLUGIN_INVALID_DEFINITION", "plugin.json names no id or no version", DssFailureForm.Result);
            return new(description);
        }
        catch (Exception problem) when (problem is InvalidDataException or JsonException or InvalidOperationException)
        {
            throw new DssTaskFailure("ERR_PLUGIN_INVALID_ARCHIVE", $"The archive cannot be read: {problem.Message}", DssFailureForm.Result);
        }
    }

    private static JsonArray Elements(ZipArchive archive, string root, string folder, string file)
    {
        var found = new JsonArray();
        foreach (var entry in archive.Entries.Where(entry => entry.FullName.StartsWith($"{root}{folder}/", StringComparison.Ordinal) && entry.Name == file).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            var element = Read(entry);
            element["id"] = entry.FullName.Split('/')[^2];
            if (element["params"] is JsonArray parameters) element["params"] = new JsonArray([.. parameters.Where(parameter => (string?)parameter!["type"] != "SEPARATOR").Select(parameter => parameter!.DeepClone())]);
            found.Add((JsonNode)element);
        }

        return found;
    }

    private static JsonObject Read(ZipArchiveEntry entry)
    {
        using var text = entry.Open();
        return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();
    }
}
