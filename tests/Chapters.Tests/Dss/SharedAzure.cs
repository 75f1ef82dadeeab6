namespace DssPipeline.Chapters.Tests;

/// <summary>An Azure with the storage account of <see cref="Everything"/>, made once for all tests of a class.</summary>
public sealed class SharedAzure : IAsyncLifetime
{
    internal AzureStage Stage { get; private set; } = null!;

    /// <summary>The key of the account.</summary>
    internal string Key { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var manifest = Everything.Read();
        Stage = await AzureStage.StartAsync(manifest);
        Key = await Stage.KeyAsync(manifest);
    }

    public ValueTask DisposeAsync() => Stage.DisposeAsync();
}
