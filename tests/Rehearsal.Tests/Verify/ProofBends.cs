using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What somebody else may do to the deployment, each with the way back, which is taken when it is disposed of.</summary>
internal static class ProofBends
{
    private const string ClusterVersion = "2025-10-01";
    private const string RoleVersion = "2022-04-01";

    private static string Cluster => Stage.Reference.Names.For(Stage.Reference.Aks.Clusters[0]).Cluster.Path;

    private static string Account => Stage.Reference.Names.For(Stage.Reference.Adls[0]).StorageAccount.Path;

    /// <summary>Where the registry keeps what it knows of a base image: tags and digests.</summary>
    public static string Repository(this ProofWorld world, string kind) =>
        Directory.EnumerateFiles(Path.Combine(world.Folder, "registries", "crreference", "repositories"), $"dku-{kind}-base-*.json").Single();

    public static IDisposable With(this ProofWorld _, string file, string text)
    {
        var before = File.ReadAllText(file);
        File.WriteAllText(file, text);
        return new Back(() => File.WriteAllText(file, before));
    }

    public static IDisposable Without(this ProofWorld _, string file)
    {
        var before = File.ReadAllText(file);
        File.Delete(file);
        return new Back(() => File.WriteAllText(file, before));
    }

    public static IDisposable Faulty(this ProofWorld world, string fault)
    {
        world.Faults.Add(fault);
        return new Back(world.Faults.Clear);
    }

    /// <summary>The connection signs with the key that the account has now, instead of an application.</summary>
    public static async Task<IAsyncDisposable> WithKeyAsync(this ProofWorld world, string connection)
    {
        await AllowAsync(true);
        var keys = await world.Somebody.ToldAsync($"{Account}/listKeys", Chapters.StorageAccount.ApiVersion);
        var path = $"admin/connections/{connection}";
        var before = await world.InDssAsync(dss => dss.GetAsync(path, CancellationToken.None));
        var bent = before!.DeepClone();
        (bent["params"]!["authType"], bent["params"]!["accessKey"]) = ("SHARED_KEY", $"{Pointer.At(keys, "/keys/0/value")}");
        await world.InDssAsync(dss => dss.PutAsync(path, bent, CancellationToken.None));
        return new Return(async () =>
        {
            await world.InDssAsync(dss => dss.PutAsync(path, before, CancellationToken.None));
            await AllowAsync(false);
        });

        Task AllowAsync(bool keys) => world.Somebody.PatchAsync(Account, Chapters.StorageAccount.ApiVersion, new { properties = new { allowSharedKeyAccess = keys } });
    }

    public static Task RotateAsync(this ProofWorld world) => world.Somebody.ToldAsync($"{Account}/regenerateKey", Chapters.StorageAccount.ApiVersion, new { keyName = "key1" });

    /// <summary>Its kubelet has not been heard of.</summary>
    public static async Task<IAsyncDisposable> NotReadyAsync(this ProofWorld world, string node)
    {
        await PatchAsync("Unknown", "NodeStatusUnknown");
        return new Return(() => PatchAsync("True", "KubeletReady"));

        Task PatchAsync(string status, string reason) => world.KubectlAsync("patch", "node", node, "--subresource=status", "--type=strategic", "--patch", $$$"""{"status":{"conditions":[{"type":"Ready","status":"{{{status}}}","reason":"{{{reason}}}"}]}}""");
    }

    /// <summary>A namespace that takes no pod.</summary>
    public static async Task<IAsyncDisposable> FullNamespaceAsync(this ProofWorld world, string name)
    {
        await world.KubectlAsync("create", "namespace", name);
        await world.KubectlAsync("create", "quota", "none", "--hard=pods=0", $"--namespace={name}");
        return new Return(() => world.KubectlAsync("delete", "namespace", name));
    }

    /// <summary>Pods of somebody else, one for each node, that take all its processors.</summary>
    public static async Task<IAsyncDisposable> WithoutRoomAsync(this ProofWorld world)
    {
        string[] hogs = ["hog-1", "hog-2", "hog-3"];
        foreach (var hog in hogs)
        {
            await world.KubectlAsync("run", hog, "--image=registry.k8s.io/pause", "--restart=Never", "--overrides", $$$"""{"spec":{"containers":[{"name":"{{{hog}}}","image":"registry.k8s.io/pause","resources":{"requests":{"cpu":"7800m"} } }]} }""");
            await world.KubectlAsync("wait", $"pod/{hog}", "--for=condition=PodScheduled", "--timeout=20s");
        }

        return new Return(() => world.KubectlAsync(["delete", "pod", .. hogs, "--now"]));
    }

    /// <summary>Who the nodes are has no role any longer but those at the accounts.</summary>
    public static async Task<IAsyncDisposable> WithoutPullAsync(this ProofWorld world)
    {
        var (group, who) = (Stage.Reference.Names.ResourceGroup.Path, Stage.Reference.Identity.ServicePrincipal!.ObjectId);
        var roles = await world.Somebody.GetAsync($"{group}/providers/Microsoft.Authorization/roleAssignments", RoleVersion);
        var given = (Pointer.At(roles, "/value") as JsonArray ?? []).Where(role => $"{role!["properties"]!["principalId"]}" == who && !$"{role["id"]}".Contains("/storageAccounts/", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var role in given) await world.Somebody.DeleteUnderLocksAsync($"{role!["id"]}", group, RoleVersion);
        return new Return(async () =>
        {
            foreach (var role in given) await world.Somebody.PutAsync($"{role!["id"]}", RoleVersion, new { properties = new { roleDefinitionId = $"{role["properties"]!["roleDefinitionId"]}", principalId = $"{role["properties"]!["principalId"]}", principalType = $"{role["properties"]!["principalType"]}" } });
        });
    }

    /// <summary>The machine calls itself by a name that nobody else knows.</summary>
    public static async Task<IAsyncDisposable> RenamedAsync(this ProofWorld world, string name)
    {
        await world.OnMachineAsync($"hostname {name}");
        return new Return(() => world.OnMachineAsync($"hostname {Stage.Reference.Names.VirtualMachine.Name}"));
    }

    public static async Task<IAsyncDisposable> StoppedAsync(this ProofWorld world)
    {
        await world.Somebody.PostAsync($"{Cluster}/stop", ClusterVersion);
        return new Return(() => world.Somebody.PostAsync($"{Cluster}/start", ClusterVersion));
    }

    /// <summary>Removes the projects that proofs could not.</summary>
    public static Task TidyAsync(this ProofWorld world) => world.InDssAsync(async dss =>
    {
        var projects = ((JsonArray)(await dss.GetAsync("projects/", CancellationToken.None))!).Select(project => $"{project!["projectKey"]}");
        foreach (var key in projects.Where(key => key.StartsWith("DSSPIPELINE_PROOF_", StringComparison.Ordinal))) await dss.DeleteAsync($"projects/{key}", CancellationToken.None);
        return true;
    });

    private sealed class Back(Action way) : IDisposable
    {
        public void Dispose() => way();
    }

    private sealed class Return(Func<Task> way) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await way();
    }
}
