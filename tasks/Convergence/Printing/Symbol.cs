namespace DssPipeline.Convergence;

/// <summary>The sign that stands before a change or its ending. It carries the meaning; colour only helps.</summary>
public static class Symbol
{
    public static string Of(Verb verb) => verb switch
    {
        Verb.Create => "+",
        Verb.Update => "~",
        Verb.Replace => "±",
        Verb.Delete => "-",
        Verb.Refuse => "!",
        _ => "=",
    };

    /// <summary>The sign of an ending that did not bring what its verb said.</summary>
    public static string Of(Ending ending) => ending switch
    {
        Ending.Failed => "×",
        Ending.Refused => "!",
        Ending.Skipped or Ending.Cancelled => "·",
        _ => "=",
    };
}
