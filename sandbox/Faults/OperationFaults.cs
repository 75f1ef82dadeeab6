namespace DssPipeline.Sandbox;

/// <summary>Tells Resource Manager which of its long-running operations are to fail.</summary>
internal sealed class OperationFaults(Faults faults)
{
    /// <summary>How the operation that begins (put, delete or the name of an action, on an id) will fail, if it will.</summary>
    public ArmFailure? Next(string verb, string id)
    {
        var (method, path) = verb switch
        {
            "put" => ("PUT", id),
            "delete" => ("DELETE", id),
            _ => ("POST", $"{id}/{verb}"),
        };
        return faults.MeetOperation(method, path) is { } rule
            ? new ArmFailure(rule.Code ?? "InternalExecutionError", "An internal execution error occurred. Please retry later.")
            : null;
    }
}
