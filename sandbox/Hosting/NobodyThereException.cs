namespace DssPipeline.Sandbox;

/// <summary>Nobody listens under the name that was asked for: the connection closes without an answer.</summary>
internal sealed class NobodyThereException(string name) : Exception($"Nobody listens at {name}.");
