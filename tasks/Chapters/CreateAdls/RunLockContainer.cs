using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The container of the blob that keeps two runs apart; it holds no data of anybody.</summary>
public sealed class RunLockContainer(Arm arm, AdlsNames names, string name) : BlobContainer(arm, names, name)
{
    public override bool HoldsData => false;

    public override bool NeedsPermission => false;
}
