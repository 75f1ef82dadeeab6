using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DssPipeline.Sandbox;

/// <summary>A block device over an image file. It frees itself when the last one who has it open is gone, however the sandbox ends.</summary>
internal sealed class LoopDevice : IDisposable
{
    private const nuint GetFree = 0x4C82;
    private const nuint Configure = 0x4C0A;
    private const nuint ReadSize = 0x4C07;
    private const int FlagsAt = 60;
    private const int NameAt = 64;
    private const int Length = 304;
    private const int FreeItself = 4;
    private const int Tries = 50;

    private readonly SafeFileHandle _device;

    private LoopDevice(int number, SafeFileHandle device) => (Number, _device) = (number, device);

    public int Number { get; }

    public static LoopDevice Open(string image)
    {
        using var file = File.OpenHandle(image, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (var tried = 0; tried < Tries; tried++)
        {
            // Between the two calls somebody else may take the number; then it is busy and the next one is asked for.
            var number = FreeNumber();
            var device = File.OpenHandle(Node(number), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (Take(device, file, image)) return new(number, device);
            device.Dispose();
        }

        throw new SandboxException($"No loop device is free for the disk {image}: {Native.LastError}.");
    }

    /// <summary>The image has grown, and so does the device.</summary>
    public void Grow() => _ = Native.Control(_device, ReadSize, 0);

    public void Dispose() => _device.Dispose();

    private static int FreeNumber()
    {
        using var control = File.OpenHandle("/dev/loop-control", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var number = Native.Control(control, GetFree, 0);
        return number >= 0 ? number : throw new SandboxException($"The host gives no loop device: {Native.LastError}.");
    }

    private static string Node(int number)
    {
        var node = $"/dev/loop{number}";
        if (!File.Exists(node)) _ = Native.MakeNode(node, Native.BlockDevice | 0x1b0, Native.Device(7, (uint)number));
        return node;
    }

    private static bool Take(SafeFileHandle device, SafeFileHandle file, string image)
    {
        var settings = new byte[Length];
        BitConverter.TryWriteBytes(settings, (int)file.DangerousGetHandle());
        BitConverter.TryWriteBytes(settings.AsSpan(FlagsAt), FreeItself);
        var name = System.Text.Encoding.UTF8.GetBytes(image);
        name.AsSpan(0, Math.Min(name.Length, 63)).CopyTo(settings.AsSpan(NameAt));
        var pinned = GCHandle.Alloc(settings, GCHandleType.Pinned);
        try
        {
            return Native.Control(device, Configure, pinned.AddrOfPinnedObject()) == 0;
        }
        finally
        {
            pinned.Free();
        }
    }
}
