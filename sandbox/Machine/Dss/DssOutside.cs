namespace DssPipeline.Sandbox;

/// <summary>What a DSS reaches outside of itself: Azure and the internet by HTTP, and the programs of its machine.</summary>
internal sealed record DssOutside
{
    /// <summary>The connections that it makes; by default those of the machine it runs on.</summary>
    public Func<HttpMessageHandler> Connections { get; init; } = DssOutward.Handler;

    public DssWatch Watch { get; init; } = new();

    /// <summary>Whether an interpreter such as PYTHON311 can be run; by default whether its program is on the path.</summary>
    public Func<string, bool> HasPython { get; init; } = name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, $"python3.{name["PYTHON3".Length..]}")));

    public string Kubectl { get; init; } = "kubectl";

    public string Docker { get; init; } = "docker";
}
