using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>An archive of a plugin, fetched by the run for as long as it is needed: DSS may be without a way out.</summary>
internal sealed class PluginArchive : IDisposable
{
    private PluginArchive(string file) => File = file;

    public string File { get; }

    /// <exception cref="ProblemException">It cannot be had.</exception>
    public static async Task<PluginArchive> FetchAsync(Uri address, CancellationToken cancel)
    {
        var archive = new PluginArchive(Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.zip"));
        try
        {
            using var client = new HttpClient();
            await using var content = await client.GetStreamAsync(address, cancel);
            await using var file = System.IO.File.Create(archive.File);
            await content.CopyToAsync(file, cancel);
            return archive;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            archive.Dispose();
            throw new ProblemException(new Problem("Archive of the plugin cannot be fetched", $"aks.plugin.url is {address.GetLeftPart(UriPartial.Path)}, and it could not be fetched by the run: {failure.Message} Check the address from where the run is."), failure);
        }
    }

    public void Dispose() => System.IO.File.Delete(File);
}
