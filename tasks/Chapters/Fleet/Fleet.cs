namespace DssPipeline.Chapters;

/// <summary>Many deployments of one repository, in the order in which a change reaches them.</summary>
public sealed record Fleet(IReadOnlyList<Ring> Rings)
{
    public IEnumerable<Member> Members => Rings.SelectMany(ring => ring.Members);
}

/// <summary>Deployments that a change reaches at the same time; named after the folder that their manifests lie in.</summary>
public sealed record Ring(string Name, IReadOnlyList<Member> Members);

/// <summary>One deployment of a fleet.</summary>
/// <param name="Name">Its file's name without the ending.</param>
/// <param name="Manifest">Its file, from the working directory.</param>
public sealed record Member(string Name, string Manifest);
