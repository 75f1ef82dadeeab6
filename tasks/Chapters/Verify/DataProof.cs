using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>That DSS writes through a connection and reads the same again: a file of a managed folder, which goes afterwards.</summary>
internal sealed class DataProof(Dss dss, ProofProject project, AdlsSection account, AdlsConnectionSection connection) : Proof($"data is written and read through the DSS connection {connection.Name}")
{
    private const string File = "proof.txt";

    protected override async Task<ProofResult> ProveAsync(CancellationToken cancel)
    {
        if (dss.Missing is { } missing) return NotProven(missing);
        if (!connection.AllowWrite) return NotProven("the manifest lets nobody write through it (allowWrite)");
        if (!connection.AllowManagedFolders) return NotProven("a managed folder is needed for it, and the manifest allows none there (allowManagedFolders)");

        var folders = $"projects/{Dss.Path(await project.KeyAsync(cancel))}/managedfolders";
        var made = await dss.PostAsync(folders, Wish, cancel);
        var folder = $"{folders}/{Dss.Path($"{made?["id"]}")}";
        try
        {
            return await RoundAsync($"{folder}/contents/{File}", cancel);
        }
        finally
        {
            await project.RemoveAsync(folder);
        }
    }

    private string Container => connection.ManagedContainer ?? connection.Container ?? account.Containers[0];

    private JsonObject Wish => (JsonObject)Json.Of(new
    {
        name = "proof",
        type = "Azure",
        @params = new { connection = connection.Name, container = Container, path = "/${projectKey}/${odbId}" },
    });

    private async Task<ProofResult> RoundAsync(string path, CancellationToken cancel)
    {
        var sent = $"proof {Guid.NewGuid():N}";
        await WriteAsync(path, sent, cancel);
        try
        {
            var read = await dss.TextAsync(path, cancel);
            return read == sent
                ? Proven($"{sent.Length} bytes written to {account.Account}/{Container} and read again, the same")
                : Failed($"What was written through the DSS connection {connection.Name} to {account.Account}/{Container} did not come back the same: {(read is null ? "nothing is there" : $"{read.Length} bytes instead of {sent.Length}")}. Look at what else writes there or takes away: rules of the lifecycle, replication, policies.");
        }
        finally
        {
            await project.RemoveAsync(path);
        }
    }

    private async Task WriteAsync(string path, string text, CancellationToken cancel)
    {
        var scratch = Directory.CreateTempSubdirectory("proof-");
        try
        {
            var file = Path.Combine(scratch.FullName, File);
            await System.IO.File.WriteAllTextAsync(file, text, cancel);
            await dss.UploadAsync(path, file, cancel);
        }
        catch (Exception lost) when (lost is not ProblemException { InnerException: null })
        {
            // What DSS refuses is not there, and could not be removed by the same way; without an answer it may be.
            await project.RemoveAsync(path);
            throw;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
