using System.Text;

namespace DssPipeline.Chapters;

/// <summary>What the machine does at its first boot: the file <c>cloud-init.yml</c> beside this one, the same for every deployment.</summary>
internal static class CloudInit
{
    /// <summary>The file as Azure wants it.</summary>
    public static string CustomData => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text));

    public static string Text
    {
        get
        {
            using var reader = new StreamReader(typeof(CloudInit).Assembly.GetManifestResourceStream("cloud-init.yml")!);
            return reader.ReadToEnd();
        }
    }
}
