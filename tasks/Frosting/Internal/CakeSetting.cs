namespace Cake.Frosting.Internal;

/// <summary>A setting of Cake itself, given by the host.</summary>
internal sealed record CakeSetting(string Key, string Value);
