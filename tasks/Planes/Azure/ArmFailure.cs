namespace DssPipeline.Planes;

/// <summary>An answer that says no, on its way to whoever decides between waiting and telling.</summary>
internal sealed class ArmFailure(RemoteError error, Exception? cause = null) : Exception(error.Code, cause)
{
    public RemoteError Error { get; } = error;
}
