namespace DssPipeline.Sandbox;

/// <summary>How a body can offend its contract.</summary>
public enum ContractFault { UnknownMember, Missing, WrongType, NotAllowed, Pattern, Length, Range, ReadOnly }

/// <summary>One offence: where it is, of which kind, and in words.</summary>
public sealed record ContractProblem(string Path, ContractFault Fault, string Message);
