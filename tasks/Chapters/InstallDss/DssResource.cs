using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A part of the DSS installation on the machine.</summary>
public abstract class DssResource(Machine machine, DssHome home, string kind, string name) : MachineResource(machine, kind, name)
{
    // Installer and dssadmin write into the same folders.
    public override string MachineLock => "dss";

    public override bool IsLong => true;

    public override TimeSpan? Patience => TimeSpan.FromMinutes(15);

    protected DssHome Home => home;

    protected override JobValues Asking => home.Values();
}
