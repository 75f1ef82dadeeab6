using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace DssPipeline.Sandbox;

/// <summary>Hears from the kernel which programs of the system start in a machine, one after the other.</summary>
internal static class MachineCommands
{
    private const int HeaderLength = 24;
    private const int ProgramAt = 16;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    /// <summary>Tells the path of each until the machine ends; what started before this call is not told.</summary>
    public static void Follow(MachineProcess process, Action<string> told)
    {
        var events = Native.WatchBegin(Native.CloseOnExecute, 0);
        if (events.IsInvalid) throw Refused();
        if (Native.WatchAdd(events, Native.AddMount, Native.OpenToExecute, Native.CurrentFolder, process.PathOf("/usr")) != 0) throw Refused();

        new Thread(() => Read(process, events, told)) { IsBackground = true, Name = "machine commands" }.Start();
    }

    private static void Read(MachineProcess process, SafeFileHandle events, Action<string> told)
    {
        using var end = events;
        var buffer = new byte[HeaderLength * 256];
        while (!process.Ended.IsCompleted)
        {
            if (!Native.HasData(events, Breath)) continue;

            var length = Native.Read(events, buffer, (nuint)buffer.Length);
            for (var at = 0; at + HeaderLength <= length; at += BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at))) Tell(BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at + ProgramAt)), told);
        }
    }

    private static void Tell(int descriptor, Action<string> told)
    {
        using var program = new SafeFileHandle(descriptor, ownsHandle: true);
        var path = new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget ?? "";

        // The loader is opened in the same way for each program.
        if (!Path.GetFileName(path).StartsWith("ld-", StringComparison.Ordinal)) told(path);
    }

    private static SandboxException Refused() => new($"This host does not tell which programs start in a machine, so there can be no fault at a COMMAND: {Native.LastError}.");
}
