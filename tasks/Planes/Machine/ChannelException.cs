namespace DssPipeline.Planes;

/// <summary>A channel through the machine did not come about, or broke.</summary>
internal sealed class ChannelException(string said) : IOException(said)
{
    /// <summary>The machine was reached, and nobody listens at the port there.</summary>
    public bool IsRefused => Message.Contains("refused", StringComparison.OrdinalIgnoreCase);
}
