using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Chapters.Tests;

/// <summary>Hands out the AKS plugin as an archive: of a version, and without parameters that it does not have yet.</summary>
internal sealed class PluginServer : IDisposable
{
    private readonly HttpListener listener = new();

    public string Address { get; private init; } = "";

    public static PluginServer Of(string version, params IReadOnlyList<string> lacking)
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var server = new PluginServer { Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/plugin.zip" };
        probe.Stop();
        server.listener.Prefixes.Add(server.Address.Replace("plugin.zip", "", StringComparison.Ordinal));
        server.listener.Start();
        _ = server.ServeAsync(Archive(version, lacking));
        return server;
    }

    public void Dispose() => listener.Close();

    private async Task ServeAsync(byte[] content)
    {
        while (listener.IsListening)
        {
            var context = await listener.GetContextAsync();
            await context.Response.OutputStream.WriteAsync(content);
            context.Response.Close();
        }
    }

    private static byte[] Archive(string version, IReadOnlyList<string> lacking)
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "plugin.json", ParameterSet.Text("plugin").Replace("3.1.0", version, StringComparison.Ordinal));
            Write(zip, "code-env/python/desc.json", """{"acceptedPythonInterpreters":["PYTHON39"]}""");
            foreach (var set in (string[])["cluster-identity", "connection-info", "connection-info-v2", "node-pool-request"]) Write(zip, $"parameter-sets/{set}/parameter-set.json", Without(ParameterSet.Text(set), lacking));
            foreach (var cluster in (string[])["create-aks-cluster", "attach-aks-cluster"]) Write(zip, $"python-clusters/{cluster}/cluster.json", Without(ParameterSet.Text(cluster), lacking));
        }

        return content.ToArray();
    }

    private static string Without(string set, IReadOnlyList<string> parameters)
    {
        var description = JsonNode.Parse(set, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        foreach (var gone in description["params"]!.AsArray().Where(parameter => parameters.Contains($"{parameter!["name"]}")).ToList()) description["params"]!.AsArray().Remove(gone);
        return description.ToJsonString();
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var entry = new StreamWriter(zip.CreateEntry(name).Open());
        entry.Write(text);
    }
}
