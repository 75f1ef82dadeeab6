namespace DssPipeline.Sandbox;

/// <summary>One registry of Resource Manager, as its data plane must know it.</summary>
internal sealed record RegistryAccount
{
    public required ArmId Id { get; init; }

    /// <summary>In small letters, as it stands in its address.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made: another registry of the same name has other images.</summary>
    public required string Born { get; init; }

    /// <summary>Passwords of the admin user; none where it is off.</summary>
    public IReadOnlyList<string> Passwords { get; init; } = [];

    public bool AnonymousPull { get; init; }

    /// <summary>Roles are given for repositories; those for whole registries are not honoured.</summary>
    public bool ByRepository { get; init; }

    /// <summary>Tokens made out to Resource Manager are taken as well as those made out to registries.</summary>
    public bool TakesArmTokens { get; init; }

    /// <summary>It has neither a public address nor a private endpoint: only from within the network of its machines is it reached.</summary>
    public bool IsClosed { get; init; }

    public string Host => $"{Name}{Registries.Suffix}";
}
