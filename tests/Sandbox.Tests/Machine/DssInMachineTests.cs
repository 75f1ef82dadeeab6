using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>DSS in a machine: the sandbox around it knows of its requests, bends its habits and breaks it.</summary>
public sealed class DssInMachineTests
{
    // A data directory as the installer leaves it, without the installer.
    private const string Run = """
        set -e
        data=/tmp/dss; mkdir -p $data/config $data/run $data/install-support $data/tmp; cd $data
        printf '{"product_version":"13.0.0"}' >dss-version.json
        printf '[general]\nnodetype = design\ninstallid = one\n' >install.ini
        printf 'port = 11000\n' >install-support/server.conf
        printf secret >run/shared-secret.txt
        printf '{"content":{"expiresOn":"20991231"}}' >config/license.json
        printf '{"keys":[{"id":"k","key":"letmein"}]}' >config/public-apikeys.json
        DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 setsid dotnet /opt/dss-sandbox/DssPipeline.Sandbox.dll dss-backend --data $data </dev/null >$data/run/log 2>&1 &
        curl -s -o /dev/null --retry 100 --retry-delay 1 --retry-all-errors -f http://127.0.0.1:11000/dip/api/ping


        """;

    private const string Kubectl = "printf '[k8s]\\nname=k8s\\nbaseurl=https://pkgs.k8s.io/core:/stable:/v1.33/rpm/\\nenabled=1\\ngpgcheck=0\\n' | sudo tee /etc/yum.repos.d/k8s.repo >/dev/null; sudo dnf -y -q install kubectl python3.11";

    private const string Api = "curl -s -w '\\n%{http_code}' -u letmein: http://127.0.0.1:11000/public/api";

    [Fact]
    public async Task Faults_reach_it_and_its_requests_are_in_the_log()
    {
        await using var world = await MachineWorld.StartAsync("429@GET *instance-info times=1 retry-after=7 on=dss");
        await world.SshAsync(Run);

        var first = await world.SshAsync($"{Api}/instance-info");
        world.Server.Faults.Add("drop-after@PUT *variables* times=1 on=dss");
        var dropped = await world.SshAsync($"{Api}/admin/variables -X PUT -d '{{\"a\":1}}' || true");
        var kept = await world.SshAsync($"{Api}/admin/variables");

        Assert.EndsWith("\n429", first, StringComparison.Ordinal);
        Assert.EndsWith("000", dropped, StringComparison.Ordinal);
        Assert.Equal("{\"a\":1}\n200", kept);
        Assert.Equal([429, 0, 200], world.Server.Requests.Where(request => request.Endpoint == Endpoint.Dss).Select(request => request.Status));
    }

    [Fact]
    public async Task Habits_are_those_that_the_sandbox_was_started_with()
    {
        using var folder = new TemporaryFolder();
        await using var world = await MachineWorld.OpenAsync(folder.Path, habits: "404-for-missing");
        await world.FurnishAsync();
        await world.SshAsync(Run);

        Assert.EndsWith("\n404", await world.SshAsync($"{Api}/admin/connections/none"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reaches_the_storage_of_the_sandbox_by_its_real_name()
    {
        await using var world = await MachineWorld.StartAsync();
        await RegisterAsync(world, "Microsoft.Storage");
        await world.MakeAsync("providers/Microsoft.Storage/storageAccounts/stone", "2025-06-01", new { location = "westeurope", kind = "StorageV2", sku = new { name = "Standard_LRS" }, properties = new { isHnsEnabled = true } });
        await world.ArmAsync("PUT", "providers/Microsoft.Storage/storageAccounts/stone/blobServices/default/containers/data", "2025-06-01", """{"properties":{}}""");
        var key = (string?)(await world.ArmAsync("POST", "providers/Microsoft.Storage/storageAccounts/stone/listKeys", "2025-06-01")).Body!["keys"]![0]!["value"];
        await world.SshAsync(Run);
        var wish = new JsonObject { ["name"] = "adls", ["type"] = "Azure", ["params"] = new JsonObject { ["storageAccount"] = "stone", ["accessKey"] = key, ["defaultManagedContainer"] = "data" } };

        await world.SshAsync($"{Api}/admin/connections/ -d '{wish.ToJsonString()}'");

        Assert.Equal("{\"connectionOK\":true}\n200", await world.SshAsync($"{Api}/connections/adls/test"));
    }

    [Fact]
    public async Task It_makes_a_cluster_with_the_identity_of_its_machine_and_asks_it_with_the_machines_kubectl()
    {
        await using var world = await MachineWorld.StartAsync();
        await RegisterAsync(world, "Microsoft.ManagedIdentity", "Microsoft.ContainerService");
        await IdentityAsync(world);
        await world.SshAsync(Kubectl);
        await world.SshAsync(Run + "printf inline-futures >$data/config/sandbox-habits");
        var started = await StartClusterAsync(world);
        var nodes = await world.SshAsync($"{Api}/admin/clusters/aks1/k8s/actions/run-kubectl -d '{{\"args\":\"get nodes -o name\"}}'");

        Assert.EndsWith("\n200", started, StringComparison.Ordinal);
        Assert.Equal(3, (string?)JsonNode.Parse(nodes.Split('\n')[0])!["output"] is { } lines ? lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.StartsWith("node/aks-nodepool0-", StringComparison.Ordinal)) : 0);
    }

    [Fact]
    public async Task It_pushes_base_images_for_which_az_signs_in_as_the_machine_and_runs_a_recipe_with_them()
    {
        await using var world = await MachineWorld.StartAsync();
        await RegisterAsync(world, "Microsoft.ManagedIdentity", "Microsoft.ContainerRegistry", "Microsoft.Authorization", "Microsoft.ContainerService");
        const string Registry = "providers/Microsoft.ContainerRegistry/registries/acrone";
        var identity = await IdentityAsync(world);
        await world.MakeAsync(Registry, "2025-11-01", new { location = "westeurope", sku = new { name = "Standard" }, properties = new { } });
        var push = $"/subscriptions/{world.Client.Endpoints.SubscriptionId}/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec";
        await world.MakeAsync($"{Registry}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}", "2022-04-01", new { properties = new { roleDefinitionId = push, principalId = (string)identity["properties"]!["principalId"]! } });
        await world.SshAsync("""
            exec 2>&1
            sudo dnf -y -q install dnf-plugins-core && sudo dnf config-manager --add-repo https://download.docker.com/linux/rhel/docker-ce.repo
            sudo dnf -y -q remove podman buildah runc; sudo dnf -y -q install docker-ce docker-ce-cli containerd.io && sudo systemctl start docker && sudo usermod -aG docker azureuser
            """);
        await world.SshAsync(Kubectl);
        await world.SshAsync("mkdir /tmp/image && cd /tmp/image && echo content >content && printf 'FROM scratch\nCOPY content /content\n' >Dockerfile && docker build -q -t dku-exec-base-one:dss-13.0.0 .");
        await world.SshAsync(Run + "printf inline-futures >$data/config/sandbox-habits");
        var settings = new JsonObject { ["containerSettings"] = new JsonObject { ["executionConfigs"] = new JsonArray(new JsonObject { ["name"] = "aks", ["repositoryURL"] = "acrone.azurecr.io", ["prePushMode"] = "ACR", ["kubernetesNamespace"] = "dssns-${dssUserLogin}", ["createNamespace"] = true }), ["defaultExecutionConfig"] = "aks" }, ["defaultK8sClusterId"] = "aks1" };
        await world.SshAsync($"{Api}/admin/general-settings -X PUT -d '{settings.ToJsonString()}'");

        var early = await world.SshAsync($"{Api}/admin/container-exec/actions/push-base-images -X POST");
        await world.SshAsync("printf '[az]\nname=az\nbaseurl=https://packages.microsoft.com/yumrepos/azure-cli/\nenabled=1\ngpgcheck=0\n' | sudo tee /etc/yum.repos.d/az.repo >/dev/null; sudo dnf -y -q install azure-cli");
        var late = await world.SshAsync($"{Api}/admin/container-exec/actions/push-base-images -X POST");
        var id = await world.SshAsync("docker image inspect -f '{{.Id}}' dku-exec-base-one:dss-13.0.0");
        var there = await world.SshAsync("docker manifest inspect acrone.azurecr.io/dku-exec-base-one:dss-13.0.0");

        await StartClusterAsync(world);
        var (done, told) = await RunRecipeAsync(world, "print('hello from a pod')");
        var (failed, why) = await RunRecipeAsync(world, "import sys; sys.exit(4)");

        Assert.Equal(("DONE", "FAILED"), (done, failed));
        Assert.Contains("hello from a pod", told, StringComparison.Ordinal);
        Assert.Contains("namespace dssns-admin", told, StringComparison.Ordinal);
        Assert.Contains("Container ended: Failed", why, StringComparison.Ordinal);
        Assert.Contains("az command not found", early, StringComparison.Ordinal);
        Assert.Contains("\"error\":false", late, StringComparison.Ordinal);
        Assert.Equal(id, (string?)JsonNode.Parse(there)!["config"]!["digest"]);
    }

    private static async Task<string> StartClusterAsync(MachineWorld world)
    {
        var config = Dss.AksWorld.Config();
        config["nodePools"] = new JsonArray(Dss.AksWorld.Inline(Dss.AksWorld.Pool()));
        (config["serviceCIDR"], config["dnsServiceIP"]) = ("10.9.0.0/16", "10.9.0.10");
        await world.SshAsync($"{Api}/plugins/actions/installFromStore -d '{{\"pluginId\":\"aks-clusters\"}}' && {Api}/plugins/aks-clusters/code-env/actions/create -d '{{\"pythonInterpreter\":\"PYTHON311\"}}'");
        await world.SshAsync($"{Api}/plugins/aks-clusters/settings -d '{{\"codeEnvName\":\"plugin_aks-clusters_managed\"}}'");
        await world.SshAsync($"{Api}/admin/clusters/ -d '{new JsonObject { ["name"] = "aks1", ["type"] = "pycluster_aks-clusters_create-aks-cluster", ["architecture"] = "KUBERNETES", ["params"] = new JsonObject { ["config"] = config } }.ToJsonString()}'");
        return await world.SshAsync($"{Api}/admin/clusters/aks1/actions/start -X POST");
    }

    /// <summary>How the job of a recipe ended, and its log.</summary>
    private static async Task<(string State, string Log)> RunRecipeAsync(MachineWorld world, string code)
    {
        var name = $"r{Guid.NewGuid():N}";
        await world.SshAsync($"{Api}/projects/ -d '{{\"projectKey\":\"OPS\",\"name\":\"Ops\",\"owner\":\"admin\"}}'");
        var recipe = new JsonObject { ["recipePrototype"] = new JsonObject { ["type"] = "python", ["name"] = name, ["outputs"] = new JsonObject { ["main"] = new JsonObject { ["items"] = new JsonArray(new JsonObject { ["ref"] = name }) } } }, ["creationSettings"] = new JsonObject { ["script"] = code } };
        await world.SshAsync($"{Api}/projects/OPS/recipes/ -d '{recipe.ToJsonString().Replace("'", "'\\''", StringComparison.Ordinal)}'");
        var job = (string)JsonNode.Parse((await world.SshAsync($"{Api}/projects/OPS/jobs/ -d '{{\"type\":\"NON_RECURSIVE_FORCED_BUILD\",\"outputs\":[{{\"id\":\"{name}\",\"type\":\"MANAGED_FOLDER\"}}]}}'")).Split('\n')[0])!["id"]!;
        for (var look = 0; look < 100; look++)
        {
            var state = (string)JsonNode.Parse((await world.SshAsync($"{Api}/projects/OPS/jobs/{job}/")).Split('\n')[0])!["baseStatus"]!["state"]!;
            if (state != "RUNNING") return (state, await world.SshAsync($"{Api}/projects/OPS/jobs/{job}/log"));
        }

        throw new InvalidOperationException($"The job {job} does not end.");
    }

    /// <summary>An identity, and the machine has it.</summary>
    private static async Task<JsonNode> IdentityAsync(MachineWorld world)
    {
        var identity = await world.MakeAsync("providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-dss", "2024-11-30", new { location = "westeurope" });
        var borrowed = new JsonObject { ["identity"] = new JsonObject { ["type"] = "UserAssigned", ["userAssignedIdentities"] = new JsonObject { [(string)identity["id"]!] = new JsonObject() } } };
        await world.ArmAsync("PATCH", MachineWorld.Vm(), body: borrowed.ToJsonString());
        await world.SettledAsync(MachineWorld.Vm());
        return identity;
    }

    private static async Task RegisterAsync(MachineWorld world, params IReadOnlyList<string> providers)
    {
        foreach (var provider in providers)
        {
            var url = $"{world.Client.Endpoints.Arm}subscriptions/{world.Client.Endpoints.SubscriptionId}/providers/{provider}";
            await world.ArmAsync("POST", $"{url}/register?api-version=2021-04-01");
            for (var look = 0; look < 3; look++) await world.ArmAsync("GET", $"{url}?api-version=2021-04-01");
        }
    }
}
