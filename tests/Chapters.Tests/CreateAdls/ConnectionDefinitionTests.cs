using System.Text.Json.Nodes;

namespace DssPipeline.Chapters.Tests;

/// <summary>What a connection is written as, before anybody is asked.</summary>
public sealed class ConnectionDefinitionTests
{
    [Fact]
    public void What_the_manifest_lays_over_the_parameters_wins_and_null_takes_one_out()
    {
        var parameters = Parameters("adls[stdemo].connections[adls-raw].settings={ useSSL: false, defaultManagedPath: null, namingRule: { pathDatasetNamePrefix: x }, sasToken: y }");

        Assert.Equal("false", parameters["useSSL"]!.ToJsonString());
        Assert.False(parameters.ContainsKey("defaultManagedPath"));
        Assert.Equal("""{"pathDatasetNamePrefix":"x"}""", parameters["namingRule"]!.ToJsonString());
        Assert.Equal("y", $"{parameters["sasToken"]}");
    }

    [Theory]
    [InlineData("container=null", "raw")]
    [InlineData("container=managed", "managed")]
    [InlineData("managedContainer=managed", "managed")]
    public void Managed_datasets_go_to_the_container_that_is_named_or_confined_to_or_first(string set, string expected)
    {
        Assert.Equal(expected, $"{Parameters($"adls[stdemo].connections[adls-raw].{set}")["defaultManagedContainer"]}");
    }

    [Fact]
    public void A_connection_may_sign_in_as_somebody_else()
    {
        var parameters = Parameters("adls[stdemo].connections[adls-raw].servicePrincipal={ clientId: 00000000-0000-0000-0000-00000000000a, objectId: 00000000-0000-0000-0000-00000000000b, clientSecret: \"${env:CLIENT_SECRET}\" }");

        Assert.Equal("OAUTH2_APP 00000000-0000-0000-0000-00000000000a", $"{parameters["authType"]} {parameters["appId"]}");
        Assert.False(parameters.ContainsKey("appSecret"));
    }

    [Theory]
    [InlineData("adls-raw", "details=null", "ALLOWED data-scientists")]
    [InlineData("adls-raw", "details=groups", "ALLOWED data-scientists")]
    [InlineData("adls-raw", "detailsGroups=[]", "ALL ")]
    [InlineData("adls-managed", "details=everybody", "ALLOWED data-scientists operators")]
    [InlineData("adls-managed", "details=nobody", "NONE ")]
    public void Details_are_for_whom_the_manifest_says(string connection, string set, string expected)
    {
        var manifest = Everything.Read($"adls[stdemo].connections[{connection}].{set}");
        var section = manifest.Adls[0].Connections.Single(one => one.Name == connection);

        var details = new ConnectionDefinition(manifest, manifest.Adls[0], section).Wish["detailsReadability"]!;

        Assert.Equal(expected, $"{details["readableBy"]} {string.Join(' ', details["allowedGroups"]!.AsArray())}");
    }

    [Fact]
    public void Six_fields_are_sent_when_it_is_made()
    {
        var manifest = Everything.Read();

        var birth = ConnectionDefinition.Birth("adls-raw", new ConnectionDefinition(manifest, manifest.Adls[0], manifest.Adls[0].Connections[0]).Wish);

        Assert.Equal("name description type params usableBy allowedGroups", string.Join(' ', birth.Select(field => field.Key)));
    }

    private static JsonObject Parameters(params string[] sets)
    {
        var manifest = Everything.Read(sets);
        return (JsonObject)new ConnectionDefinition(manifest, manifest.Adls[0], manifest.Adls[0].Connections[0]).Wish["params"]!;
    }
}
