namespace DssPipeline.Sandbox;

/// <summary>How a long operation ends badly.</summary>
public sealed record ArmFailure(string Code, string Message);
