namespace DssPipeline.Sandbox;

/// <summary>How each provider says that a body offends its contract: the first offence in the message, all of them as details.</summary>
internal static class BodyErrors
{
    public static ArmError Of(ArmContract contract, IReadOnlyList<ContractProblem> problems)
    {
        var first = problems[0];
        if (first is { Path: "location", Fault: ContractFault.Missing }) return new(400, "LocationRequired", "The location property is required for this definition.") { FromGateway = true, Target = "location" };
        if (first.Fault is ContractFault.UnknownMember or ContractFault.WrongType && !first.Path.Contains('.', StringComparison.Ordinal)) return NotDeserialized(first, problems);

        return contract.Namespace switch
        {
            "Microsoft.Network" => Error(first.Fault is ContractFault.UnknownMember or ContractFault.WrongType ? "InvalidRequestFormat" : "InvalidParameter", "Cannot parse the request. " + first.Message, first, problems),
            "Microsoft.Compute" => Error(first.Fault == ContractFault.UnknownMember ? "BadRequest" : "InvalidParameter", first.Message, first, problems),
            "Microsoft.ContainerService" => Error(first.Fault == ContractFault.UnknownMember ? "UnmarshalError" : "InvalidParameter", Quote(first), first, problems),
            "Microsoft.Storage" when first.Fault == ContractFault.Missing => Error("InvalidValuesForRequestParameters", $"Values for request parameters are invalid: {first.Path}.", first, problems),
            "Microsoft.KeyVault" => Error("BadRequest", first.Message, first, problems),
            _ => NotDeserialized(first, problems),
        };
    }

    public static ArmError NotJson(string why) => new(400, "InvalidRequestContent", $"The request content was invalid and could not be deserialized: '{why}'.") { FromGateway = true };

    private static ArmError NotDeserialized(ContractProblem first, IReadOnlyList<ContractProblem> problems) =>
        new(400, "InvalidRequestContent", $"The request content was invalid and could not be deserialized: '{first.Message} Path '{first.Path}'.'.") { Target = first.Path, Details = Details(problems), FromGateway = true };

    private static ArmError Error(string code, string message, ContractProblem first, IReadOnlyList<ContractProblem> problems) =>
        new(400, code, message) { Target = first.Path, Details = Details(problems) };

    private static string Quote(ContractProblem problem) => problem.Fault == ContractFault.UnknownMember
        ? $"UnmarshalEntity encountered error: json: unknown field \"{problem.Path.Split('.')[^1]}\" at '{problem.Path}'."
        : $"The value of parameter {problem.Path} is invalid. Error details: {problem.Message}";

    private static List<(string Code, string Target, string Message)> Details(IReadOnlyList<ContractProblem> problems) =>
        [.. problems.Select(problem => (problem.Fault switch
        {
            ContractFault.UnknownMember => "PropertyNotFound",
            ContractFault.Missing => "MissingProperty",
            ContractFault.WrongType => "InvalidPropertyType",
            _ => "InvalidPropertyValue",
        }, problem.Path, problem.Message))];
}
