using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DssPipeline.Sandbox;

/// <summary>Requests for a container itself.</summary>
internal sealed partial class BlobContainers(BlobStore store, Containers containers)
{
    public BlobAnswer Serve(BlobCall call)
    {
        var query = call.Request.Query;
        return (call.Request.Method, query["restype"].ToString(), query["comp"].ToString()) switch
        {
            ("PUT", "container", "") => Create(call),
            ("GET" or "HEAD", "container", "") => Found(call, new BlobAnswer(200, Properties())),
            ("GET", "container", "list") => Found(call, call => List(call, query["prefix"].ToString())),
            ("DELETE", "container", "") => Found(call, Delete),
            _ => throw new BlobRefusal(400, "InvalidQueryParameterValue", "The sandbox's blob service knows no such request for a container."),
        };
    }

    /// <summary>The containers of an account.</summary>
    public BlobAnswer List(string account) => BlobAnswer.Xml(new XElement(
        "EnumerationResults",
        new XElement("Containers", containers.Of(account).Order(StringComparer.Ordinal).Select(name => new XElement("Container", new XElement("Name", name)))),
        new XElement("NextMarker")));

    private BlobAnswer Create(BlobCall call)
    {
        if (!Name().IsMatch(call.Container)) throw new BlobRefusal(400, "InvalidResourceName", "The specified resource name contains invalid characters.");
        if (containers.Has(call.Account, call.Container)) throw BlobRefusal.Conflict("ContainerAlreadyExists", "The specified container already exists.");

        containers.Add(call.Account, call.Container);
        return new BlobAnswer(201, Properties());
    }

    private BlobAnswer Delete(BlobCall call)
    {
        containers.Remove(call.Account, call.Container);
        return new BlobAnswer(202, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private BlobAnswer List(BlobCall call, string prefix)
    {
        var blobs = store.List(call.Account, call.Container).Where(blob => blob.Name.StartsWith(prefix, StringComparison.Ordinal));
        return BlobAnswer.Xml(new XElement(
            "EnumerationResults",
            new XAttribute("ContainerName", call.Container),
            new XElement("Blobs", blobs.Select(Entry)),
            new XElement("NextMarker")));
    }

    private static XElement Entry(StoredBlob blob) => new(
        "Blob",
        new XElement("Name", blob.Name),
        new XElement(
            "Properties",
            new XElement("Last-Modified", blob.Modified.ToString("R", CultureInfo.InvariantCulture)),
            new XElement("Etag", blob.ETag),
            new XElement("Content-Length", blob.Content.Length),
            new XElement("Content-Type", blob.ContentType),
            new XElement("BlobType", "BlockBlob")));

    private BlobAnswer Found(BlobCall call, BlobAnswer answer) => Found(call, _ => answer);

    private BlobAnswer Found(BlobCall call, Func<BlobCall, BlobAnswer> serve) =>
        containers.Has(call.Account, call.Container) ? serve(call) : throw BlobRefusal.ContainerMissing();

    private static Dictionary<string, string> Properties() => new(StringComparer.Ordinal)
    {
        ["x-ms-lease-state"] = "available",
        ["x-ms-lease-status"] = "unlocked",
    };

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
