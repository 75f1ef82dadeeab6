namespace DssPipeline.Sandbox;

/// <summary>Tells the programs of a machine whom to ask for names: its own files first, then the name server of Azure.</summary>
internal static class MachineResolver
{
    public static void Write(string root)
    {
        var etc = Directory.CreateDirectory(Path.Combine(root, "etc")).FullName;
        Ensure(Path.Combine(etc, "resolv.conf"), "nameserver", $"# The names that Azure knows are told by the sandbox; no other name can be found.\nnameserver {Internet.NameServer}\noptions timeout:1 attempts:2\n");
        Ensure(Path.Combine(etc, "nsswitch.conf"), "dns", "passwd:     files\nshadow:     files\ngroup:      files\nhosts:      files dns\nservices:   files\nprotocols:  files\n");
    }

    // A machine of an older sandbox knows no name server; one that somebody has set stays.
    private static void Ensure(string file, string word, string text)
    {
        if (!File.Exists(file) || !File.ReadAllText(file).Contains(word, StringComparison.Ordinal)) File.WriteAllText(file, text);
    }
}
