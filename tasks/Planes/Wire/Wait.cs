namespace DssPipeline.Planes;

/// <summary>A remote is being waited for: told so that a long wait says for what and since when.</summary>
/// <param name="Subject">What the caller asked about, for Azure the resource's id.</param>
/// <param name="For">What is waited for, in words.</param>
public sealed record Wait(string Subject, string For, DateTimeOffset Since);
