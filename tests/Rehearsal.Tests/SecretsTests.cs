namespace DssPipeline.Rehearsal.Tests;

/// <summary>What is secret in a manifest appears nowhere: not on the screen, not in a file, not in a log.</summary>
public sealed class SecretsTests
{
    // Long and odd enough to be found wherever it might appear, whole, in base64 or escaped.
    private const string Password = "correct-horse/battery+staple=\"47\"";
    private const string Licence = "LICENCE-0f6c2b1e-91d4";

    [Fact]
    public async Task Secrets_stay_unseen()
    {
        using var stage = new Stage();
        var manifest = stage.Write("deployment.yml", Manifest());
        stage.Write("client-secret.txt", Password);
        stage.Write("licence.json", Licence);

        var plan = await stage.RunAsync("--manifest", manifest, "--target", "Plan", "--output", "json", "--plan-file", stage.PathOf("plan.json"), "--verbosity", "diagnostic");
        var deploy = await stage.RunAsync("--manifest", manifest, "--report", stage.PathOf("report"), "--verbosity", "diagnostic");
        var markdown = await stage.RunAsync("--manifest", manifest, "--set", "registry.sku=Basic", "--target", "Plan", "--output", "markdown");

        plan.Ends(2);
        deploy.Ends(0);
        markdown.Ends(2);
        var told = new[] { plan.Said, deploy.Said, markdown.Said }.Concat(Written(stage)).ToList();
        Assert.All(told, text => Assert.DoesNotContain(Forms(Password).Concat(Forms(Licence)), secret => text.Contains(secret, StringComparison.Ordinal)));
    }

    // A cluster that Azure manages, so that the secret of the service principal is sent there.
    private static string Manifest() => File.ReadAllText(Path.Combine(Host.Home, "examples", "reference.yml"))
        .Replace("${env:DSS_CLIENT_SECRET}", "${file:client-secret.txt}", StringComparison.Ordinal)
        .Replace("managedBy: dss", "managedBy: azure", StringComparison.Ordinal)
        .Replace("${env:DSS_LICENSE}", "${file:licence.json}", StringComparison.Ordinal);

    private static IEnumerable<string> Forms(string secret) =>
        [secret, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)), Uri.EscapeDataString(secret), System.Text.Json.JsonEncodedText.Encode(secret).ToString()];

    // The state of the sandbox is Azure's own memory, and of it only the log is for people.
    private static IEnumerable<string> Written(Stage stage) =>
        Directory.GetFiles(stage.PathOf("report")).Append(stage.PathOf("plan.json")).Append(Path.Combine(stage.World, Sandbox.RequestLog.FileName)).Select(File.ReadAllText);
}
