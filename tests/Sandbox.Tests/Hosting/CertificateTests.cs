using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DssPipeline.Sandbox.Tests;

public sealed class CertificateTests
{
    [Fact]
    public async Task The_authority_is_kept_and_its_key_is_private()
    {
        using var folder = new TemporaryFolder();
        string first;
        await using (var before = await SandboxClient.StartInAsync(folder.Path)) first = await File.ReadAllTextAsync(before.Endpoints.CaFile);

        await using var after = await SandboxClient.StartInAsync(folder.Path);

        Assert.Equal(first, await File.ReadAllTextAsync(after.Endpoints.CaFile));
        Assert.DoesNotContain("PRIVATE", first, StringComparison.Ordinal);
        Assert.All(["ca.key.pem", "tokens.key.pem"], file => PrivateFile.AssertPrivate(Path.Combine(folder.Path, file)));
    }

    [Fact]
    public async Task A_client_that_was_not_told_does_not_trust_it()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var http = new HttpClient();

        var problem = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(sandbox.Endpoints.Arm));

        Assert.IsType<AuthenticationException>(problem.InnerException);
    }

    [Fact]
    public async Task The_authority_of_one_sandbox_is_nothing_to_another()
    {
        await using var one = await SandboxClient.StartAsync();
        await using var other = await SandboxClient.StartAsync();
        using var http = new HttpClient(SandboxTransport.Handler(one.Endpoints));

        var problem = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(other.Endpoints.Arm));

        Assert.IsType<AuthenticationException>(problem.InnerException);
    }

    [Fact]
    public async Task The_authority_may_sign_and_nothing_else()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(sandbox.Endpoints.CaFile);

        var basic = Assert.Single(certificate.Extensions.OfType<X509BasicConstraintsExtension>());
        Assert.True(basic is { CertificateAuthority: true, Critical: true, PathLengthConstraint: 0 });
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, Assert.Single(certificate.Extensions.OfType<X509KeyUsageExtension>()).KeyUsages);
    }

    [Fact]
    public async Task No_connection_leaves_the_sandbox()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var http = new HttpClient(SandboxTransport.Handler(sandbox.Endpoints));

        var problem = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("https://graph.microsoft.com/v1.0/me"));

        Assert.Contains("The sandbox has no graph.microsoft.com", problem.Message, StringComparison.Ordinal);
    }
}
