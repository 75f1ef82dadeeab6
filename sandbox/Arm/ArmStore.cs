namespace DssPipeline.Sandbox;

/// <summary>Everything that exists in the sandbox's Azure, kept in a folder.</summary>
public sealed class ArmStore(string folder) : IDisposable
{
    public string Folder { get; } = folder;

    public void Dispose()
    {
    }
}
