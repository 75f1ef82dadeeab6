namespace DssPipeline.Sandbox;

/// <summary>A call that DSS refuses, with the status and the Java class it tells.</summary>
internal sealed class DssRefusal(int status, string type, string message) : Exception(message)
{
    public int Status => status;

    public DssAnswer Answer => new(status, DssAnswer.Problem(type, Message));

    /// <summary>What the real one says of users, groups, projects: an honest 404, unless its habits say otherwise.</summary>
    public static DssRefusal NotFound(DssHabits habits, string message) => new(habits.MissingStatus ?? 404, "com.dataiku.dip.server.controllers.NotFoundException", message);

    /// <summary>What the real one says of connections, clusters, code environments: a 500 of a Java exception, unless its habits say otherwise.</summary>
    public static DssRefusal Missing(DssHabits habits, string message) => new(habits.MissingStatus ?? 500, "java.lang.IllegalArgumentException", message);

    public static DssRefusal Invalid(string message) => new(400, "DSSIllegalArgumentException", message);

    /// <summary>Something went wrong in DSS itself, or in what it called.</summary>
    public static DssRefusal Broken(string type, string message) => new(500, type, message);
}
