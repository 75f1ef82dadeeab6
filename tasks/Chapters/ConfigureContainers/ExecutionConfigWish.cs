using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>An execution configuration as the wished version of DSS stores it.</summary>
internal sealed class ExecutionConfigWish(Manifest manifest, ExecutionConfigSection config)
{
    private const int Unset = -1;

    private bool Splits => DssVersion.Parse(manifest.Dss.Version)!.SplitsBuilds;

    /// <summary>How its images are built; of a version that keeps both in one place, a part of it.</summary>
    public ImagePush Push => new(manifest, "EXEC", config.BaseImage ?? manifest.Images.ContainerExec.Tag ?? "", config.PrePush, config.PrePushScript);

    public JsonObject Wish => Splits ? Split : Flat;

    /// <summary>What a new one holds beside the wish, as the interface of DSS writes it.</summary>
    public JsonObject Template => Splits
        ? (JsonObject)Json.Of(new { workloadType = "ANY", isFinal = false })
        : (JsonObject)Json.Of(new { baseImageType = "EXEC", hostPathVolumes = Array.Empty<object>(), dockerNetwork = "host", dockerResources = Array.Empty<object>(), dockerTLSVerify = false, isFinal = false });

    private JsonObject Flat
    {
        get
        {
            var wish = Users;
            foreach (var part in new[] { Push.Flat, Pods })
            {
                foreach (var (name, value) in part) wish[name] = value?.DeepClone();
            }

            return wish;
        }
    }

    private JsonObject Split
    {
        get
        {
            var wish = Users;
            wish["imageBuildConfig"] = config.Name;
            wish["kubernetesRuntimeConfig"] = Pods;
            return wish;
        }
    }

    private JsonObject Users => (JsonObject)Json.Of(new
    {
        type = "KUBERNETES",
        usableBy = config.AllowedGroups.Count == 0 ? "ALL" : "ALLOWED",
        allowedGroups = config.AllowedGroups,
    });

    private JsonObject Pods => (JsonObject)Json.Of(new
    {
        kubernetesNamespace = config.Namespace,
        createNamespace = config.CreateNamespace,
        ensureNamespaceCompliance = config.EnsureNamespaceCompliance,
        kubernetesResources = new
        {
            cpuRequest = config.CpuRequest ?? Unset,
            cpuLimit = config.CpuLimit ?? Unset,
            memRequestMB = config.MemoryRequestMB ?? Unset,
            memLimitMB = config.MemoryLimitMB ?? Unset,
            customRequests = Pairs(config.CustomRequests),
            customLimits = Pairs(config.CustomLimits),
        },
        nodeSelector = config.NodeSelector,
        affinity = config.Affinity,
        tolerations = config.Tolerations,
        imagePullSecretName = config.ImagePullSecret,
    });

    private static IEnumerable<object> Pairs(IReadOnlyDictionary<string, string> entries) =>
        entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new { key = entry.Key, value = entry.Value });
}
