namespace DssPipeline.Sandbox;

/// <summary>The sandbox cannot start as asked; the message says why and what to do.</summary>
public sealed class SandboxException(string message) : Exception(message);
