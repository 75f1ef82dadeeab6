namespace DssPipeline.Chapters;

/// <summary>A user of DSS.</summary>
public sealed record DssUserAccountSection
{
    [Key("Login.", Effect.NewName, Form = Form.DssName, Identifies = true)]
    public required string Login { get; init; }

    [Key("Name shown.", Default = "the login")]
    public string? DisplayName { get; init; }

    [Key("Mail address.")]
    public string? Email { get; init; }

    [Key("Groups of the user: those of dss.groups, or built-in ones such as administrators.")]
    public IReadOnlyList<string> Groups { get; init; } = [];

    [Key("User profile, one that the licence offers.", Default = "chosen by DSS")]
    public string? Profile { get; init; }

    [Key("Password of a local user; without it the user signs in elsewhere.")]
    public SecretValue? Password { get; init; }
}
