using System.Net;

namespace DssPipeline.Sandbox.Tests.Registry;

public sealed class RegistrySignInTests
{
    private const string Hello = "repository:team/hello:pull,push";

    [Fact]
    public async Task The_first_answer_says_where_a_token_comes_from_and_for_what()
    {
        await using var world = await RegistryWorld.StartAsync();

        using var first = await world.SendAsync("GET", "/v2/", token: null);
        using var image = await world.SendAsync("HEAD", "/v2/team/hello/manifests/1", token: null);
        using var byPath = await world.SendAsync("GET", $"{world.Client.Endpoints.Registry}{RegistryWorld.Name}/v2/", token: null);

        Assert.Equal(HttpStatusCode.Unauthorized, first.StatusCode);
        Assert.Equal($"Bearer realm=\"https://{RegistryWorld.Host}/oauth2/token\",service=\"{RegistryWorld.Host}\"", first.Headers.WwwAuthenticate.ToString());
        Assert.Equal("UNAUTHORIZED", await RegistryWorld.CodeAsync(first));
        Assert.EndsWith(",scope=\"repository:team/hello:pull\"", image.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.StartsWith($"Bearer realm=\"{world.Client.Endpoints.Registry}{RegistryWorld.Name}/oauth2/token\"", byPath.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_Resource_Manager_does_not_have_is_nowhere()
    {
        await using var world = await RegistryWorld.StartAsync();

        using var other = await world.SendAsync("GET", "https://acrother.azurecr.io/v2/", token: null);
        await world.DeleteAsync();
        using var gone = await world.SendAsync("GET", "/v2/", token: null);

        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData(RegistryWorld.Push, HttpStatusCode.NotFound, HttpStatusCode.Created)]
    [InlineData(RegistryWorld.Pull, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized)]
    [InlineData("acdd72a7-3385-48ef-bd42-f606fba81ae7", HttpStatusCode.NotFound, HttpStatusCode.Unauthorized)]
    [InlineData("c2f4ef07-c644-48eb-af81-4b1b4947fb11", HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    [InlineData("b24988ac-6180-42a0-ab88-20f7382dd24c", HttpStatusCode.NotFound, HttpStatusCode.Created)]
    public async Task A_role_lets_an_identity_do_what_it_is_for(string role, HttpStatusCode read, HttpStatusCode written)
    {
        await using var world = await RegistryWorld.StartAsync();
        var entra = await world.EntraAsync(await world.IdentityAsync("id-one", role));

        var token = await world.SignInAsync(entra, Hello);
        using var pulled = await world.SendAsync("GET", "/v2/team/hello/manifests/1", token);
        using var pushed = await world.SendAsync("POST", $"/v2/team/hello/blobs/uploads/?digest={RegistryWorld.Digest([1])}", token, [1]);

        Assert.Equal(read, pulled.StatusCode);
        Assert.Equal(written, pushed.StatusCode);
        if (written == HttpStatusCode.Unauthorized) Assert.EndsWith(",scope=\"repository:team/hello:pull,push\",error=\"insufficient_scope\"", pushed.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_role_nobody_gets_in_and_a_role_opens_at_once()
    {
        await using var world = await RegistryWorld.StartAsync();
        var client = await world.IdentityAsync("id-one", role: "");

        using var refused = await world.ExchangeAsync(await world.EntraAsync(client));
        await world.IdentityAsync("id-one", RegistryWorld.Pull);
        using var welcome = await world.ExchangeAsync(await world.EntraAsync(client));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, welcome.StatusCode);
    }

    [Fact]
    public async Task A_token_is_good_for_what_was_asked_and_no_more()
    {
        await using var world = await RegistryWorld.StartAsync();

        var token = await world.SignInAsync(await world.Client.TokenAsync(SandboxClient.Arm), "repository:team/hello:pull");
        using var here = await world.SendAsync("GET", "/v2/team/hello/tags/list", token);
        using var there = await world.SendAsync("GET", "/v2/team/other/tags/list", token);
        using var all = await world.SendAsync("GET", "/v2/_catalog", token);

        Assert.Equal(HttpStatusCode.NotFound, here.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, there.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, all.StatusCode);
    }

    [Fact]
    public async Task The_admin_user_gets_in_while_he_is_enabled()
    {
        await using var world = await RegistryWorld.StartAsync("""{"adminUserEnabled":true}""");
        var (name, password) = await world.AdminAsync();
        const string Url = $"/oauth2/token?service={RegistryWorld.Host}&scope={Hello}";

        using var welcome = await world.BasicAsync(Url, name, password);
        using var wrong = await world.BasicAsync(Url, name, "wrong");
        using var atOnce = await world.BasicAsync("/v2/_catalog", name, password);
        await world.MakeAsync("""{"adminUserEnabled":false}""");
        using var closed = await world.BasicAsync(Url, name, password);

        Assert.Equal(HttpStatusCode.OK, welcome.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, atOnce.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
    }

    [Fact]
    public async Task A_service_principal_gets_in_with_its_secret_and_a_refresh_token_with_the_name_of_nobody()
    {
        await using var world = await RegistryWorld.StartAsync();
        var url = $"/oauth2/token?service={RegistryWorld.Host}&scope={Hello}&offline_token=true";
        using var exchanged = await world.ExchangeAsync(await world.Client.TokenAsync(SandboxClient.Arm));
        var refresh = (string)(await SandboxClient.JsonOf(exchanged))["refresh_token"]!;

        using var secret = await world.BasicAsync(url, world.Client.Endpoints.ClientId, world.Client.Endpoints.ClientSecret);
        using var nobody = await world.BasicAsync(url, "00000000-0000-0000-0000-000000000000", refresh);
        using var stranger = await world.BasicAsync(url, "00000000-0000-0000-0000-000000000000", "eyJ.no.token");

        Assert.Null((await SandboxClient.JsonOf(secret))["refresh_token"]);
        Assert.NotNull((await SandboxClient.JsonOf(nobody))["refresh_token"]);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Theory]
    [InlineData("its-secret", "its-secret", HttpStatusCode.OK)]
    [InlineData("its-secret", "another", HttpStatusCode.Unauthorized)]
    [InlineData(null, "whatever", HttpStatusCode.OK)]
    public async Task A_service_principal_of_the_directory_may_do_what_it_is_granted(string? kept, string handed, HttpStatusCode status)
    {
        var own = new ServicePrincipal("00000000-0000-0000-0000-000000000003", "00000000-0000-0000-0000-000000000004", kept);
        await using var world = await RegistryWorld.StartAsync(with: options => options with { ServicePrincipals = [own] });
        var url = $"/oauth2/token?service={RegistryWorld.Host}&scope={Hello}";

        using var early = await world.BasicAsync(url, own.ClientId, handed);
        await world.AssignAsync(own.ObjectId, RegistryWorld.Push);
        using var later = await world.BasicAsync(url, own.ClientId, handed);

        Assert.Equal(HttpStatusCode.Unauthorized, early.StatusCode);
        Assert.Equal(status, later.StatusCode);
        Assert.DoesNotContain("its-secret", own.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_for_registries_count_nothing_where_roles_are_for_repositories()
    {
        await using var world = await RegistryWorld.StartAsync("""{"roleAssignmentMode":"AbacRepositoryPermissions"}""");
        var old = await world.IdentityAsync("id-old", RegistryWorld.Push);
        var writer = await world.IdentityAsync("id-writer", "2a1e307c-b015-4ebd-883e-5b7698a07328");

        using var refused = await world.ExchangeAsync(await world.EntraAsync(old));
        var token = await world.SignInAsync(await world.EntraAsync(writer), Hello);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await world.PushAsync("team/hello", "1", token);
    }

    [Fact]
    public async Task Tokens_made_out_to_Resource_Manager_are_taken_unless_the_registry_forbids_it()
    {
        await using var world = await RegistryWorld.StartAsync("""{"policies":{"azureADAuthenticationAsArmPolicy":{"status":"disabled"}}}""");

        using var arm = await world.ExchangeAsync(await world.Client.TokenAsync(SandboxClient.Arm));
        using var own = await world.ExchangeAsync(await world.Client.TokenAsync("https://containerregistry.azure.net"));
        using var other = await world.ExchangeAsync(await world.Client.TokenAsync(SandboxClient.Vault));

        Assert.Equal(HttpStatusCode.Unauthorized, arm.StatusCode);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    [Fact]
    public async Task Anybody_pulls_where_that_is_allowed_and_nobody_pushes()
    {
        await using var world = await RegistryWorld.StartAsync("""{"anonymousPullEnabled":true}""");
        await world.PushAsync("team/hello", "1", await world.OwnerAsync("team/hello"));

        using var given = await world.SendAsync("GET", $"/oauth2/token?service={RegistryWorld.Host}&scope={Hello}", token: null);
        var token = (string)(await SandboxClient.JsonOf(given))["access_token"]!;
        using var pulled = await world.SendAsync("GET", "/v2/team/hello/tags/list", token);
        using var pushed = await world.SendAsync("POST", "/v2/team/hello/blobs/uploads/", token);

        Assert.Equal(HttpStatusCode.OK, pulled.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, pushed.StatusCode);
    }

    [Fact]
    public async Task A_registry_without_public_access_lets_nobody_in_from_outside()
    {
        await using var world = await RegistryWorld.StartAsync("""{"publicNetworkAccess":"Disabled"}""");

        using var answer = await world.SendAsync("GET", "/v2/", token: null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("is not allowed access", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Through_its_private_endpoint_it_is_reached()
    {
        await using var world = await RegistryWorld.StartAsync("""{"publicNetworkAccess":"Disabled"}""");
        await world.AddPrivateEndpointAsync();

        using var answer = await world.SendAsync("GET", "/v2/", token: null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Faults_meet_it_in_its_own_words()
    {
        await using var world = await RegistryWorld.StartAsync(with: options => options with { Faults = FaultScript.Parse("role-delay@* *exchange times=1; 503@GET * on=registry times=1 retry-after=2; 429@GET * on=registry times=1").OrThrow() });
        var entra = await world.Client.TokenAsync(SandboxClient.Arm);

        using var early = await world.ExchangeAsync(entra);
        using var later = await world.ExchangeAsync(entra);
        using var unwell = await world.SendAsync("GET", "/v2/", token: null);
        using var throttled = await world.SendAsync("GET", "/v2/", token: null);

        Assert.Equal(HttpStatusCode.Forbidden, early.StatusCode);
        Assert.Equal("DENIED", await RegistryWorld.CodeAsync(early));
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.StatusCode);
        Assert.Equal("TOOMANYREQUESTS", await RegistryWorld.CodeAsync(throttled));
        Assert.Equal(2, unwell.Headers.RetryAfter?.Delta?.TotalSeconds);
    }
}
