namespace DssPipeline.Convergence;

/// <summary>The sign that stands before a change. It carries the meaning; colour only helps.</summary>
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
}
