namespace DssPipeline.Pipelines.Tests;

/// <summary>The task hands over what is needed to sign in with a service connection, and nothing that is a secret but the job's own token.</summary>
public sealed class TaskSignInTests : IDisposable
{
    private readonly Agent agent = new();

    // A host that only shows what it was given.
    public TaskSignInTests() => agent.Replace("dotnet", "#!/bin/sh\nenv | grep -E '^(AZURE|SYSTEM_|DSS_)' | sort\necho \"in $(pwd)\"\n");

    [Fact]
    public async Task A_federated_connection_becomes_ids_and_an_address()
    {
        agent.Connect();

        var run = await agent.RunAsync(("azureSubscription", Agent.Connection));

        run.Ends("Succeeded");
        Assert.Contains("AZURESUBSCRIPTION_CLIENT_ID=client-1", run.Log, StringComparison.Ordinal);
        Assert.Contains("AZURESUBSCRIPTION_TENANT_ID=tenant-1", run.Log, StringComparison.Ordinal);
        Assert.Contains($"AZURESUBSCRIPTION_SERVICE_CONNECTION_ID={Agent.Connection}", run.Log, StringComparison.Ordinal);
        Assert.Contains("SYSTEM_OIDCREQUESTURI=https://devops.example.com/contoso/oidctoken", run.Log, StringComparison.Ordinal);
        Assert.Contains("SYSTEM_ACCESSTOKEN=job-token", run.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ServicePrincipal")]
    [InlineData("ManagedServiceIdentity")]
    public async Task A_connection_that_keeps_a_secret_is_refused_with_the_remedy(string scheme)
    {
        agent.Connect(scheme);

        var run = await agent.RunAsync(("azureSubscription", Agent.Connection));

        run.Ends("Failed");
        Assert.Contains(scheme, run.Message, StringComparison.Ordinal);
        Assert.Contains("Convert it to workload identity federation", run.Message, StringComparison.Ordinal);
        Assert.Equal("usage", run.Outputs["failureReason"]);
    }

    [Fact]
    public async Task Without_a_connection_only_the_token_of_the_job_is_handed_over()
    {
        var run = await agent.RunAsync();

        run.Ends("Succeeded");
        Assert.Contains("SYSTEM_ACCESSTOKEN=job-token", run.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("AZURESUBSCRIPTION_", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_that_the_pipeline_does_not_have_is_no_value()
    {
        agent.Variables["DSS_LICENSE"] = "$(DSS_LICENSE)";
        agent.Variables["DSS_CLIENT_SECRET"] = "known";

        var run = await agent.RunAsync();

        Assert.Contains("DSS_CLIENT_SECRET=known", run.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("DSS_LICENSE=", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_works_in_the_working_directory()
    {
        Directory.CreateDirectory(Path.Combine(agent.Sources, "dss"));

        var run = await agent.RunAsync(("workingDirectory", "dss"));

        Assert.Contains($"in {Path.Combine(agent.Sources, "dss")}", run.Log, StringComparison.Ordinal);
    }

    public void Dispose() => agent.Dispose();
}
