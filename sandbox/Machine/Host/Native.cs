using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DssPipeline.Sandbox;

/// <summary>The few calls of Linux that .NET has no name for.</summary>
internal static partial class Native
{
    public const int NewNetwork = 0x40000000;
    public const uint BlockDevice = 0x6000;
    public const uint CharacterDevice = 0x2000;
    public const int Kill = 9;
    public const uint CloseOnExecute = 0x1;
    public const uint AddMount = 0x11;
    public const ulong OpenToExecute = 0x1000;
    public const int CurrentFolder = -100;

    private const short Readable = 0x1;

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int EnterNamespace(SafeFileHandle file, int kind);

    [LibraryImport("libc", EntryPoint = "mknod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int MakeNode(string path, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Control(SafeFileHandle file, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "fanotify_init", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial SafeFileHandle WatchBegin(uint flags, uint fileFlags);

    [LibraryImport("libc", EntryPoint = "fanotify_mark", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int WatchAdd(SafeFileHandle events, uint flags, ulong mask, int folder, string path);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Read(SafeFileHandle file, byte[] buffer, nuint length);

    /// <summary>Waits so long until there is something to read.</summary>
    public static bool HasData(SafeFileHandle file, TimeSpan patience)
    {
        var poll = new Polled { Descriptor = (int)file.DangerousGetHandle(), Wanted = Readable };
        return Poll(ref poll, 1, (int)patience.TotalMilliseconds) > 0;
    }

    public static ulong Device(uint major, uint minor) => (major << 8) | (minor & 0xff) | ((ulong)(minor & ~0xffu) << 12);

    public static string LastError => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref Polled file, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }
}
