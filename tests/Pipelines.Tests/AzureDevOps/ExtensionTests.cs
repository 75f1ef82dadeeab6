using System.Diagnostics;
using System.IO.Compression;

namespace DssPipeline.Pipelines.Tests;

/// <summary>tfx packs the extension, and it holds all that an agent needs: the task, its library, the host.</summary>
public sealed class ExtensionTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("extension-");

    [Fact]
    public async Task The_extension_is_packed_with_task_library_and_host()
    {
        var file = Path.Combine(folder.FullName, "dss-pipeline.vsix");

        var (code, said) = await PackAsync(file, publisher: "acme");

        Assert.True(code == 0, said);
        await using var archive = await ZipFile.OpenReadAsync(file, TestContext.Current.CancellationToken);
        var names = archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
        string[] needed =
        [
            "extension.vsixmanifest", "extension.vsomanifest", "overview.md", "icon.png", "task/task.json", "task/icon.png", "task/host/DssPipeline.Build.dll", "task/host/DssPipeline.Build.runtimeconfig.json",
            "task/host/DssPipeline.Sandbox.dll", "task/host/examples/reference.yml", "task/node_modules/azure-pipelines-task-lib/task.js", "task/node_modules/azure-pipelines-task-lib/lib.json",
            .. Directory.GetFiles(TaskFiles.Task, "*.js").Select(script => $"task/{Path.GetFileName(script)}"),
        ];
        Assert.Contains("Publisher=\"acme\"", await TextAsync(archive, "extension.vsixmanifest"), StringComparison.Ordinal);
        Assert.Empty(needed.Except(names, StringComparer.Ordinal));
        Assert.DoesNotContain(names, name => name.EndsWith(".pdb", StringComparison.Ordinal) || name.StartsWith("task/host/xunit", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<string> TextAsync(ZipArchive archive, string name)
    {
        await using var stream = await archive.GetEntry(name)!.OpenAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private async Task<(int Code, string Said)> PackAsync(string file, string publisher)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(TaskFiles.Extension, "pack.sh"), file, HostFolder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PUBLISHER"] = publisher, ["PATH"] = $"{Path.Combine(TaskFiles.Tests, "node_modules", ".bin")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, $"{output}\n{await errors}");
    }

    // The host as it was built for these tests, without the tests themselves.
    private static string HostFolder => Path.Combine(Repository.Root, "build", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");
}
