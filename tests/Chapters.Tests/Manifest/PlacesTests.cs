namespace DssPipeline.Chapters.Tests;

public sealed class PlacesTests
{
    [Theory]
    [InlineData("/azure/location", "demo.yml:5:13")]
    [InlineData("/azure", "demo.yml:2:1")]
    [InlineData("/adls/1/containers/0", "demo.yml:16:18")]
    [InlineData("/aks/clusters/0/name", "demo.yml:19:22")]
    [InlineData("/vm/osDisk/sizeGB", "demo.yml:8:1")]
    [InlineData("/registry/sku", "demo.yml:1:1")]
    public void A_pointer_leads_to_what_was_written_or_to_what_is_above_it(string pointer, string expected)
    {
        var manifest = Sample.Read();

        Assert.Equal(expected, manifest.Places.Of(pointer)!.ToString());
    }

    [Fact]
    public void What_was_left_out_is_known_to_be()
    {
        var places = Sample.Read().Places;

        Assert.True(places.IsWritten("/dss/version"));
        Assert.False(places.IsWritten("/dss/port"));
    }

    [Fact]
    public void Places_sort_by_line_with_settings_last()
    {
        Place[] places = [new("--set vm.size"), new("a.yml", 10, 1), new("a.yml", 9, 5), new("a.yml", 9, 1)];

        Assert.Equal(["a.yml:9:1", "a.yml:9:5", "a.yml:10:1", "--set vm.size"], places.Order().Select(place => place.ToString()));
    }
}
