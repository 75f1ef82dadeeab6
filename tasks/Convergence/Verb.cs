namespace DssPipeline.Convergence;

/// <summary>What is to be done with a resource.</summary>
public enum Verb
{
    /// <summary>It is as wished.</summary>
    Keep,

    /// <summary>It is absent and will be made.</summary>
    Create,

    /// <summary>It differs in what can change in place.</summary>
    Update,

    /// <summary>It differs in what is fixed at birth, and the manifest allows by name that it is made anew.</summary>
    Replace,

    /// <summary>It is there and must not be.</summary>
    Delete,

    /// <summary>It differs, and the difference must not or cannot be made; the change says why.</summary>
    Refuse,
}
