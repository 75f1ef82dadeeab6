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

    public static ulong Device(uint major, uint minor) => (major << 8) | (minor & 0xff) | ((ulong)(minor & ~0xffu) << 12);

    public static string LastError => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}
