namespace DssPipeline.Chapters;

/// <summary>Which release of the Enterprise Linux family a machine is wished to be: 8 or 9.</summary>
public sealed record EnterpriseLinux(int Release)
{
    /// <summary>The distributions of the family that DSS is supported on.</summary>
    public static IReadOnlyList<string> Distributions { get; } = ["almalinux", "rocky", "rhel"];

    /// <summary>The one of <c>vm.image</c>: 9 where the image is named after it, else 8.</summary>
    public static EnterpriseLinux Of(ImageReferenceSection image)
    {
        var name = image.Id ?? image.CommunityGalleryImageId ?? image.Sku;
        return new(name.Split('/', '-', '_').Any(word => word == "9" || word.StartsWith("9.", StringComparison.Ordinal)) ? 9 : 8);
    }

    /// <summary>Repository of the packages that only builds need, which the machine has disabled.</summary>
    public string BuildRepository => Release == 8 ? "powertools" : "crb";

    public override string ToString() => $"{Release}";
}
