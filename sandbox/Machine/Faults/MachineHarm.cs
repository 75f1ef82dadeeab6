namespace DssPipeline.Sandbox;

/// <summary>Does to a machine that is up what a fault says.</summary>
internal static class MachineHarm
{
    private const string Flags = "/run/dss-sandbox/faults";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // What a file system keeps back for itself is taken by many small files after the large one.
    private const string Fill = """
        for disk in /dev/disk/azure/scsi1/lun*; do
            place=$(findmnt -n -f -o TARGET --source "$(readlink -f "$disk")") || continue
            free=$(df --output=avail -B 1 "$place" | tail -n 1)
            fallocate -l "$free" "$place/.sandbox-full"
            head -c 1G /dev/zero >"$place/.sandbox-full.rest"
        done 2>/dev/null
        true
        """;

    private const string Free = """
        for disk in /dev/disk/azure/scsi1/lun*; do
            place=$(findmnt -n -f -o TARGET --source "$(readlink -f "$disk")") && rm -f "$place/.sandbox-full" "$place/.sandbox-full.rest"
        done
        true
        """;

    public static Task DoAsync(FaultRule rule, MachineProcess process, CancellationToken cancel) => rule.Kind switch
    {
        FaultKind.DiskFull => process.RunAsync(Fill, cancel),
        FaultKind.DiskFree => process.RunAsync(Free, cancel),
        FaultKind.DnfLocked => process.RunAsync($"mkdir -p {Flags}; : >{Flags}/dnf-locked", cancel),
        FaultKind.SlowDnf => process.RunAsync($"mkdir -p {Flags}; : >{Flags}/dnf-slow", cancel),
        FaultKind.DssNeverUp => process.RunAsync($"mkdir -p {Flags}; : >{Flags}/dss-never-up", cancel),
        FaultKind.KillDnf => KillAsync(process, "dnf", cancel),
        _ => Task.CompletedTask,
    };

    /// <summary>Waits until a program of this name runs in the machine, and kills it.</summary>
    private static async Task KillAsync(MachineProcess process, string program, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        var own = NamespaceOf(process.Init);
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(3), TimeProvider.System);
        while (TimeProvider.System.GetElapsedTime(began) < Patience && !process.Ended.IsCompleted && await often.WaitForNextTickAsync(cancel))
        {
            var found = MachineProcesses.Named(program).Where(number => NamespaceOf(number) == own).ToList();
            foreach (var number in found) _ = Native.Signal(number, Native.Kill);
            if (found.Count > 0) return;
        }
    }

    private static string? NamespaceOf(int process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/pid").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
