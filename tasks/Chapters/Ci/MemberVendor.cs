namespace DssPipeline.Chapters;

/// <summary>A member of a fleet within the run of the fleet: its notes are shown beside its manifest, and the rest is the fleet's to tell.</summary>
public sealed class MemberVendor(Vendor fleet) : PlainVendor
{
    public override bool ShowsColours => fleet.ShowsColours;

    public override string? Mask(string text) => fleet.Mask(text);

    public override string? Annotate(Annotation annotation) => fleet.Annotate(annotation);

    public override string Disarm(string line) => fleet.Disarm(line);
}
