namespace DssPipeline.Planes;

/// <summary>The way to the machine failed, on its way to whoever decides between waiting and telling.</summary>
/// <param name="output">What the machine had answered by then.</param>
public sealed class ShellException(RemoteError error, string output = "", Exception? cause = null) : Exception(error.Code, cause)
{
    /// <summary>The connection did not come about, or was refused; nothing was done.</summary>
    public const string Unreachable = "MachineUnreachable";

    /// <summary>The connection broke while something was being done, which may go on by itself.</summary>
    public const string Broken = "ConnectionBroken";

    public RemoteError Error { get; } = error;

    public string Output { get; } = output;
}
