using System.Net;
using System.Text;

namespace DssPipeline.Sandbox.Tests.Registry;

public sealed class RegistryContentTests
{
    private const string Repository = "team/hello";

    [Fact]
    public async Task An_image_is_found_by_tag_and_by_digest()
    {
        await using var world = await RegistryWorld.StartAsync();
        var token = await world.OwnerAsync(Repository);

        var digest = await world.PushAsync(Repository, "1", token);
        using var head = await world.SendAsync("HEAD", $"/v2/{Repository}/manifests/1", token);
        using var byDigest = await world.SendAsync("GET", $"/v2/{Repository}/manifests/{digest}", token);
        using var unknown = await world.SendAsync("GET", $"/v2/{Repository}/manifests/2", token);

        Assert.Equal(digest, head.Headers.GetValues("Docker-Content-Digest").Single());
        Assert.Equal(RegistryWorld.Manifest, head.Content.Headers.ContentType!.MediaType);
        Assert.Equal((await byDigest.Content.ReadAsByteArrayAsync()).Length, head.Content.Headers.ContentLength);
        Assert.Equal(digest, RegistryWorld.Digest(await byDigest.Content.ReadAsByteArrayAsync()));
        Assert.Equal("MANIFEST_UNKNOWN", await RegistryWorld.CodeAsync(unknown));
    }

    [Fact]
    public async Task A_blob_arrives_in_pieces_and_is_kept_only_if_its_digest_is_right()
    {
        await using var world = await RegistryWorld.StartAsync();
        var token = await world.OwnerAsync(Repository);
        var content = Encoding.UTF8.GetBytes("one two");

        var place = await BeginAsync(world, token);
        using var first = await world.SendAsync("PATCH", place, token, content[..4]);
        using var wrongPlace = await world.SendAsync("PATCH", place, token, content[4..], ("Content-Range", "9-12"));
        using var asked = await world.SendAsync("GET", place, token);
        using var put = await world.SendAsync("PUT", $"{place}?digest={RegistryWorld.Digest(content)}", token, content[4..]);
        using var bad = await world.SendAsync("PUT", $"{await BeginAsync(world, token)}?digest={RegistryWorld.Digest(content)}", token, [1]);
        using var part = await world.SendAsync("GET", $"/v2/{Repository}/blobs/{RegistryWorld.Digest(content)}", token, body: null, ("Range", "bytes=4-"));

        Assert.Equal("0-3", first.Headers.GetValues("Range").Single());
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, wrongPlace.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal("DIGEST_INVALID", await RegistryWorld.CodeAsync(bad));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("two", await part.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_layer_larger_than_a_web_server_takes_unasked_is_taken()
    {
        await using var world = await RegistryWorld.StartAsync();
        var token = await world.OwnerAsync(Repository);
        var content = new byte[40 * 1024 * 1024];

        var digest = await world.PushBlobAsync(Repository, content, token);
        using var head = await world.SendAsync("HEAD", $"/v2/{Repository}/blobs/{digest}", token);

        Assert.Equal(content.Length, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_blob_is_taken_over_from_a_repository_that_the_caller_may_read()
    {
        await using var world = await RegistryWorld.StartAsync();
        var digest = await world.PushBlobAsync(Repository, [1, 2], await world.OwnerAsync(Repository));

        using var refused = await world.SendAsync("POST", $"/v2/other/hello/blobs/uploads/?mount={digest}&from={Repository}", await world.OwnerAsync("other/hello"));
        using var mounted = await world.SendAsync("POST", $"/v2/other/hello/blobs/uploads/?mount={digest}&from={Repository}", await world.OwnerAsync("other/hello", Repository));
        using var there = await world.SendAsync("HEAD", $"/v2/other/hello/blobs/{digest}", await world.OwnerAsync("other/hello"));

        Assert.Equal(HttpStatusCode.Accepted, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Created, mounted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
    }

    [Fact]
    public async Task A_manifest_whose_layers_never_came_is_refused()
    {
        await using var world = await RegistryWorld.StartAsync();
        var token = await world.OwnerAsync(Repository);
        var config = await world.PushBlobAsync(Repository, "{}"u8.ToArray(), token);

        using var lacking = await PutAsync(world, token, "1", RegistryWorld.ManifestOf(config, RegistryWorld.Digest([9]), 1));
        using var noJson = await PutAsync(world, token, "1", "no json"u8.ToArray());
        using var wrongName = await PutAsync(world, token, RegistryWorld.Digest([9]), RegistryWorld.ManifestOf(config, config, 2));

        Assert.Equal("MANIFEST_BLOB_UNKNOWN", await RegistryWorld.CodeAsync(lacking));
        Assert.Equal("MANIFEST_INVALID", await RegistryWorld.CodeAsync(noJson));
        Assert.Equal("DIGEST_INVALID", await RegistryWorld.CodeAsync(wrongName));
    }

    [Fact]
    public async Task An_index_names_images_that_are_there_and_goes_to_who_asks_for_one()
    {
        await using var world = await RegistryWorld.StartAsync();
        var token = await world.OwnerAsync(Repository);
        const string Type = "application/vnd.oci.image.index.v1+json";
        var image = await world.PushAsync(Repository, "image", token);

        using var put = await world.SendAsync("PUT", $"/v2/{Repository}/manifests/all", token, Index(image), ("Content-Type", Type));
        using var lacking = await world.SendAsync("PUT", $"/v2/{Repository}/manifests/lacking", token, Index(RegistryWorld.Digest([9])), ("Content-Type", Type));
        using var given = await world.SendAsync("GET", $"/v2/{Repository}/manifests/all", token, body: null, ("Accept", Type));
        using var withheld = await world.SendAsync("GET", $"/v2/{Repository}/manifests/all", token, body: null, ("Accept", RegistryWorld.Manifest));

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal("MANIFEST_UNKNOWN", await RegistryWorld.CodeAsync(lacking));
        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, withheld.StatusCode);

        static byte[] Index(string digest) => Encoding.UTF8.GetBytes($$$"""{"schemaVersion":2,"mediaType":"{{{Type}}}","manifests":[{"mediaType":"{{{RegistryWorld.Manifest}}}","size":1,"digest":"{{{digest}}}"}]}""");
    }

    [Fact]
    public async Task Lists_come_page_by_page()
    {
        await using var world = await RegistryWorld.StartAsync();
        var token = await world.OwnerAsync("a", "b", "c");
        foreach (var (repository, tag) in (IEnumerable<(string, string)>)[("a", "1"), ("a", "2"), ("a", "3"), ("b", "1"), ("c", "1")]) await world.PushAsync(repository, tag, token);

        using var first = await world.SendAsync("GET", "/v2/_catalog?n=2", token);
        using var second = await world.SendAsync("GET", Next(first), token);
        using var tags = await world.SendAsync("GET", "/v2/a/tags/list?n=2&last=1", token);
        using var none = await world.SendAsync("GET", "/v2/none/tags/list", await world.OwnerAsync("none"));

        Assert.Equal("""{"repositories":["a","b"]}""", await first.Content.ReadAsStringAsync());
        Assert.Equal("""{"repositories":["c"]}""", await second.Content.ReadAsStringAsync());
        Assert.False(second.Headers.Contains("Link"));
        Assert.Equal("""{"name":"a","tags":["2","3"]}""", await tags.Content.ReadAsStringAsync());
        Assert.Equal("NAME_UNKNOWN", await RegistryWorld.CodeAsync(none));
    }

    [Fact]
    public async Task A_deleted_image_takes_its_tags_along()
    {
        await using var world = await RegistryWorld.StartAsync();
        var token = await world.OwnerAsync(Repository);
        var digest = await world.PushAsync(Repository, "1", token);
        await world.PushAsync(Repository, "2", token, "another");

        using var byTag = await world.SendAsync("DELETE", $"/v2/{Repository}/manifests/1", token);
        using var byDigest = await world.SendAsync("DELETE", $"/v2/{Repository}/manifests/{digest}", token);
        using var tags = await world.SendAsync("GET", $"/v2/{Repository}/tags/list", token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, byTag.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, byDigest.StatusCode);
        Assert.Equal($$"""{"name":"{{Repository}}","tags":["2"]}""", await tags.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Images_outlive_a_restart_and_not_their_registry()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await RegistryWorld.OpenAsync(folder.Path))
        {
            await before.MakeAsync();
            await before.PushAsync(Repository, "1", await before.OwnerAsync(Repository));
        }

        await using var after = await RegistryWorld.OpenAsync(folder.Path);
        using var kept = await after.SendAsync("GET", $"/v2/{Repository}/tags/list", await after.OwnerAsync(Repository));
        await after.DeleteAsync();
        await after.MakeAsync();
        using var anew = await after.SendAsync("GET", $"/v2/{Repository}/tags/list", await after.OwnerAsync(Repository));

        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, anew.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v2/Team/hello/tags/list", "NAME_INVALID")]
    [InlineData("GET", "/v2/team/hello/blobs/sha256:1", "DIGEST_INVALID")]
    [InlineData("PATCH", "/v2/team/hello/blobs/uploads/00000000-0000-0000-0000-000000000000", "BLOB_UPLOAD_UNKNOWN")]
    [InlineData("PUT", "/v2/team/hello/manifests/-bad-", "TAG_INVALID")]
    [InlineData("GET", "/v2/team/hello", "NOT_FOUND")]
    public async Task A_wrong_request_is_refused_in_the_words_of_registries(string method, string path, string code)
    {
        await using var world = await RegistryWorld.StartAsync();

        using var answer = await world.SendAsync(method, path, await world.OwnerAsync(Repository), method is "GET" ? null : [1]);

        Assert.Equal(code, await RegistryWorld.CodeAsync(answer));
    }

    private static async Task<string> BeginAsync(RegistryWorld world, string token)
    {
        using var begun = await world.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/", token);
        return begun.Headers.Location!.ToString();
    }

    private static Task<HttpResponseMessage> PutAsync(RegistryWorld world, string token, string reference, byte[] manifest) =>
        world.SendAsync("PUT", $"/v2/{Repository}/manifests/{reference}", token, manifest, ("Content-Type", RegistryWorld.Manifest));

    private static string Next(HttpResponseMessage answer)
    {
        var link = answer.Headers.GetValues("Link").Single();
        return link[1..link.IndexOf('>', StringComparison.Ordinal)];
    }
}
