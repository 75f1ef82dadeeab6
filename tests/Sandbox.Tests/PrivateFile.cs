namespace DssPipeline.Sandbox.Tests;

internal static class PrivateFile
{
    /// <summary>Nobody but the owner may read it, where the system knows such rights.</summary>
    public static void AssertPrivate(string file)
    {
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }
}
