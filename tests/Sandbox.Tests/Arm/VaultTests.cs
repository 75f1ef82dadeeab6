using System.Text.Json.Nodes;

namespace Sandbox.Tests.Arm;

public sealed class VaultTests
{
    private const string Vault = "Microsoft.KeyVault/vaults";
    private const string Secret = "Microsoft.KeyVault/vaults/secrets";

    [Fact]
    public async Task A_new_vault_registers_its_name_first_and_its_address_gains_a_slash()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var made = await host.CallAsync("PUT", cases.Id(Vault), cases.Body(Vault));
        var seen = await host.SettleAsync(cases.Id(Vault));

        Assert.Equal((200, "RegisteringDns"), (made.Status, (string?)made.Body!["properties"]!["provisioningState"]));
        Assert.Null(made.Header("Azure-AsyncOperation"));
        Assert.Equal("https://kv-one.vault.azure.net", (string?)made.Body["properties"]!["vaultUri"]);
        Assert.Equal("https://kv-one.vault.azure.net/", (string?)seen["properties"]!["vaultUri"]);
    }

    [Fact]
    public async Task A_deleted_vault_holds_its_name_until_it_is_recovered_with_its_secrets()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Secret);
        await host.RemoveAsync(cases.Id(Vault));
        var recover = cases.Body(Vault);
        recover["properties"]!["createMode"] = "recover";

        var deleted = await host.SendAsync("GET", $"{host.Subscription}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kv-one?api-version=2026-02-01");
        var refused = await host.CallAsync("PUT", cases.Id(Vault), cases.Body(Vault));
        var recovered = await host.CallAsync("PUT", cases.Id(Vault), recover);
        var secret = await host.CallAsync("GET", cases.Id(Secret));

        Assert.Equal(cases.Id(Vault), (string?)deleted.Body!["properties"]!["vaultId"]);
        Assert.Equal((409, "ConflictError"), (refused.Status, refused.Code));
        Assert.Equal((200, 200), (recovered.Status, secret.Status));
        Assert.Empty(host.Store.OfType("Microsoft.KeyVault/locations/deletedVaults"));
    }

    [Fact]
    public async Task A_purged_vault_leaves_its_name_free()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Vault);
        await host.RemoveAsync(cases.Id(Vault));

        var purged = await host.SendAsync("POST", $"{host.Subscription}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kv-one/purge?api-version=2026-02-01");
        await host.SendAsync("GET", purged.Header("Location")!);
        var done = await host.SendAsync("GET", purged.Header("Location")!);
        var again = await host.CallAsync("PUT", cases.Id(Vault), cases.Body(Vault));

        Assert.Equal((202, 204, 200), (purged.Status, done.Status, again.Status));
    }

    [Fact]
    public async Task Purge_protection_goes_one_way_and_stops_a_purge()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        var body = cases.Body(Vault);
        body["properties"]!["enablePurgeProtection"] = true;
        await host.MakeAsync(cases.Id(Vault), body);
        body["properties"]!["enablePurgeProtection"] = false;

        var back = await host.CallAsync("PUT", cases.Id(Vault), body);
        await host.RemoveAsync(cases.Id(Vault));
        var purge = await host.SendAsync("POST", $"{host.Subscription}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kv-one/purge?api-version=2026-02-01");

        Assert.Equal(409, back.Status);
        Assert.Equal(405, purge.Status);
    }

    [Fact]
    public async Task Recovering_what_was_never_deleted_is_refused()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        var body = cases.Body(Vault);
        body["properties"]!["createMode"] = "recover";

        var reply = await host.CallAsync("PUT", cases.Id(Vault), body);

        Assert.Equal("SoftDeletedVaultDoesNotExist", reply.Code);
    }

    [Fact]
    public async Task The_newer_version_makes_role_based_access_the_default()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        var body = cases.Body(Vault);
        body["properties"]!.AsObject().Remove("enableRbacAuthorization");

        var older = await host.SendAsync("PUT", cases.Id(Vault) + "-a?api-version=2025-05-01", body);
        var newer = await host.SendAsync("PUT", cases.Id(Vault) + "-b?api-version=2026-02-01", body);

        Assert.False((bool)older.Body!["properties"]!["enableRbacAuthorization"]!);
        Assert.True((bool)newer.Body!["properties"]!["enableRbacAuthorization"]!);
    }

    [Fact]
    public async Task A_secret_is_kept_but_never_shown_and_each_write_is_a_new_version()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var first = await cases.MakeAsync(host, Secret);
        var second = await host.MakeAsync(cases.Id(Secret), new JsonObject { ["properties"] = new JsonObject { ["value"] = "hush, hush" } });

        Assert.Null(first["properties"]!["value"]);
        Assert.NotEqual((string?)first["properties"]!["secretUriWithVersion"], (string?)second["properties"]!["secretUriWithVersion"]);
        Assert.Equal("hush, hush", (string?)host.Store.FindHidden(cases.Id(Secret))!["properties"]!["value"]);
    }
}
